"""Dates at the precision stated: never completed, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.dates import FIRST_YEAR, LAST_YEAR, Precision, day_label, parse_partial_date, week_of

CASES = (
    ("2022-04-01", Precision.DAY, date(2022, 4, 1), date(2022, 4, 1), "1 April 2022"),
    ("2024-02-29", Precision.DAY, date(2024, 2, 29), date(2024, 2, 29), "29 February 2024"),
    ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
    ("2023-12", Precision.MONTH, date(2023, 12, 1), date(2023, 12, 31), "December 2023"),
    ("2024-Q1", Precision.QUARTER, date(2024, 1, 1), date(2024, 3, 31), "first quarter of 2024"),
    ("2024-Q4", Precision.QUARTER, date(2024, 10, 1), date(2024, 12, 31), "fourth quarter of 2024"),
    ("2024-H1", Precision.HALF, date(2024, 1, 1), date(2024, 6, 30), "first half of 2024"),
    ("2024-H2", Precision.HALF, date(2024, 7, 1), date(2024, 12, 31), "second half of 2024"),
    ("1900", Precision.YEAR, date(1900, 1, 1), date(1900, 12, 31), "1900"),
    ("2199", Precision.YEAR, date(2199, 1, 1), date(2199, 12, 31), "2199"),
)


@pytest.mark.parametrize(("text", "precision", "first", "last", "label"), CASES)
def test_a_date_spans_what_it_states(text: str, precision: Precision, first: date, last: date, label: str) -> None:
    """A month is a month: first and last day, and words that add nothing."""
    found = parse_partial_date(text, periods=True)
    assert (found.text, found.precision, found.first, found.last, found.label) == (text, precision, first, last, label)
    assert day_label(text) == label
    assert found.is_exact == (precision is Precision.DAY)


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022-4-1", "2022-13", "2022-00", "2022-02-30", "2023-02-29", "1899", "2200", "2022/04/01", "01.04.2022", "2022-04-01T00:00", " 2022", "2022 ", "2022\n",
     "2022-Q5", "2022-Q0", "2022-H3", "2022-q1", "２０２２", "२०२२", "2022-04-", "yesterday"],
)  # fmt: skip
def test_other_texts_are_no_dates(text: str) -> None:
    """Nothing is guessed; digits of other scripts are no digits."""
    with pytest.raises(ValueError, match=r"."):
        parse_partial_date(text, periods=True)


@pytest.mark.parametrize("text", ["2022-Q1", "2022-H2"])
def test_periods_only_where_they_are_asked_for(text: str) -> None:
    """A brief's own date is no quarter."""
    with pytest.raises(ValueError, match="quarter or a half"):
        parse_partial_date(text)


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """A day is itself, and lies in its month, quarter, half and year."""
    iso = day.isoformat()
    assert parse_partial_date(iso).first == day
    for text in (iso[:7], iso[:4], f"{iso[:4]}-Q{(day.month + 2) // 3}", f"{iso[:4]}-H{(day.month + 5) // 6}"):
        period = parse_partial_date(text, periods=True)
        assert period.first <= day <= period.last


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_weeks_are_iso_weeks(day: date) -> None:
    """Monday to Sunday around the day; the id is that of ISO 8601."""
    week = week_of(day.isoformat())
    assert week.first <= day <= week.last == week.first + timedelta(days=6)
    assert week.first.weekday() == 0
    assert week.id == f"{day.isocalendar().year}-W{day.isocalendar().week:02}"


@pytest.mark.parametrize(("day", "week"), [("2026-11-22", "2026-W47"), ("2021-01-03", "2020-W53"), ("2018-12-31", "2019-W01")])
def test_weeks_at_the_turn_of_the_year(day: str, week: str) -> None:
    """The year of a week is that of its Thursday."""
    assert week_of(day).id == week
