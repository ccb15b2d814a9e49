"""Figures and dates of briefs and sources as comparable values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.desk.figure_match import FigureSet
from plugins.desk.figures import find_figures
from plugins.desk.source_figures import source_figures


def is_stated(said: str, source: str, *, foreign: bool = False) -> bool:
    """Whether a source bears out all figures of a text."""
    known = FigureSet(source_figures(source, foreign=foreign))
    figures = find_figures(said)
    return bool(figures) and all(known.states(figure) for figure in figures)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("$240 billion", "about $240bn in all"),
        ("240,000,000,000 dollars", "$240 billion"),
        ("12%", "12 per cent of it"),
        ("12 percent", "12 pct"),
        ("15%", "a range of 15-55%"),
        ("$5 million", "from $5 to $10 million"),
        ("twelve members", "12 members"),
        ("25 members", "twenty-five members"),
        ("a dozen firms", "12 firms"),
        ("five hundred thousand people", "500,000 people"),
        ("10 crore rupees", "100 million rupees"),
        ("30 million", "a fine of N30m"),
        ("N30 million", "30,000,000 naira"),
        ("5,000 shillings", "KSh5,000"),
        ("the 10th session", "its tenth session"),
        ("in 2023 and 2024", "the fiscal year 2023-24"),
        ("in 2021", "back in ’21"),
        ("28 June 2024", "On June 28th, 2024, it"),
        ("28 June", "2024-06-28"),
        ("June 2024", "28.06.2024"),
        ("5 June", "between 5 and 10 June"),
        ("6 May 2021", "5, 6 and 7 May 2021"),
        ("seven ministries", "the bank and six other ministries"),
        ("four goals", "goals: (i) order, (ii) trust, (iii) speed and (iv) reach"),
        ("ten firms", "Abc, Bcd, Cde, Def, Efg, Fgh, Ghi, Hij, Ijk and Jkl were named"),
        ("about 1.2 million", "1,234,567 units"),
        ("half of the 500,000", "half a million units"),
    ],
)
def test_one_value_in_many_spellings_is_found(said: str, source: str) -> None:
    """A figure is its value, however it is written."""
    assert is_stated(said, source)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("17.5%", "una tasa del 17,5 % sobre"),
        ("35,000 reais", "até R$ 35 mil por mês"),
        ("35,000", "35.000 Euro"),
        ("2 billion", "2 mil millones"),
        ("1.5 million roubles", "штраф 1,5 млн рублей"),
        ("28 June 2024", "28 июня 2024 года"),
        ("28 June", "6월 28일"),
        ("28 June 2024", "2024年6月28日"),
        ("18 July 2023", "’23.7.18일 공포"),
        ("3 July", "el 3 de julio"),
        ("28 June 2024", "ngày 28 tháng 6 năm 2024"),
        ("28 June 2024", "28 มิถุนายน 2567"),
        ("28 June 2024", "٢٨ يونيو ٢٠٢٤"),
        ("12%", "%12 oranında"),
        ("12%", "百分之12"),
        ("150 million won", "1억 5000만 원"),
        ("ten regions", "in dieci regioni"),
        ("7,500,000", "7 500 000 euros"),
        ("24 July 2019", "令和元年、令和1年7月24日"),
    ],
)
def test_other_languages_are_read_in_their_own_spelling(said: str, source: str) -> None:
    """Decimal commas, points for thousands, words of size, month names and calendars of the source's language."""
    assert is_stated(said, source, foreign=True)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("13%", "12%"),
        ("12%", "12 months"),
        ("$264 billion", "$240 billion"),
        ("$2.4 trillion", "$240 billion"),
        ("2025", "2024"),
        ("29 June", "28 June"),
        ("28 July", "28 June"),
        ("19 firms", "on 19 June"),
        ("5 firms", "4 firms"),
        ("1.3 million", "1,234,567 units"),
        ("2000", "1,999 people"),
        ("120 million", "twelve million"),
        ("five firms", "Abc, Bcd, Cde and Def were named"),
    ],
)
def test_other_values_are_refused(said: str, source: str) -> None:
    """Neither a neighbouring value nor a wrong unit, day, month or year passes; years are never rounded."""
    assert not is_stated(said, source)


@pytest.mark.parametrize("text", ["G20 and Q3", "MiCA2 and CP22", "the two or three of them", "no figure at all"])
def test_names_and_small_counts_are_no_figures(text: str) -> None:
    """Numbers within names belong to the check of names; one, two and three are not checked."""
    assert all(FigureSet(frozenset()).states(figure) for figure in find_figures(text))


def test_a_figure_knows_where_it_stands() -> None:
    """A fault can point at the words that are wrong."""
    text = "On 28 June 2024, 12% of $240 billion."
    assert [text[f.start : f.end] for f in find_figures(text)] == ["28 June 2024", "12%", "240 billion"]


@given(st.integers(min_value=4, max_value=10**12))
def test_every_number_is_found_with_and_without_commas(value: int) -> None:
    """Grouping says nothing about the value."""
    assert is_stated(f"{value:,} units", f"some {value} units")
    assert is_stated(f"{value} units", f"some {value:,} units")


@given(st.integers(min_value=4, max_value=10**9), st.sampled_from([11, 100]))
def test_a_tenth_more_or_ten_times_is_never_found(value: int, tenths: int) -> None:
    """Figures altered by a tenth or a factor are refused."""
    other = value * tenths // 10
    assert other == value or not is_stated(f"{other:,} units", f"some {value:,} units")


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Reading never fails, whatever the source holds."""
    find_figures(text)
    source_figures(text, foreign=True)
