"""Dates at the precision that a source states: day, month, quarter, half or year (after EDTF, ISO 8601-2)."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

_FORM = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])|H([12])))?", re.ASCII)
_MONTHS_EN = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ORDINALS = ("", "first", "second", "third", "fourth")
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Precision(Enum):
    """How exact a date is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class PartialDate(NamedTuple):
    """A date as stated: ``text`` is its form in the front matter, ``first`` and ``last`` the days that it spans."""

    text: str
    precision: Precision
    first: date
    last: date

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.precision is Precision.DAY

    @property
    def label(self) -> str:
        """The date in words: ``1 April 2022``, ``April 2022``, ``third quarter of 2022``, ``2022``."""
        year, month = self.first.year, _MONTHS_EN[self.first.month]
        match self.precision:
            case Precision.DAY:
                return f"{self.first.day} {month} {year}"
            case Precision.MONTH:
                return f"{month} {year}"
            case Precision.QUARTER:
                return f"{_ORDINALS[(self.first.month + 2) // 3]} quarter of {year}"
            case Precision.HALF:
                return f"{'first' if self.first.month == 1 else 'second'} half of {year}"
            case _:
                return str(year)


@lru_cache(8192)
def parse_partial_date(text: str, *, periods: bool = False) -> PartialDate:
    """The date that ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY`` states; with ``periods`` also ``YYYY-Qn`` and ``YYYY-Hn``.

    Raises ValueError for any other text, for a day that does not exist and for a year outside 1900 to 2199.
    """
    found = _FORM.fullmatch(text)
    if not found:
        raise ValueError("not a date of the form YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day, quarter, half = (int(x) if x else 0 for x in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    if (quarter or half) and not periods:
        raise ValueError("a quarter or a half is no date here")
    if quarter:
        return PartialDate(text, Precision.QUARTER, date(year, quarter * 3 - 2, 1), _end(year, quarter * 3))
    if half:
        return PartialDate(text, Precision.HALF, date(year, half * 6 - 5, 1), _end(year, half * 6))
    if found[2] is None:
        return PartialDate(text, Precision.YEAR, date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {found[2]}")
    if found[3] is None:
        return PartialDate(text, Precision.MONTH, date(year, month, 1), _end(year, month))
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"there is no day {found[3]} in {_MONTHS_EN[month]} {year}")
    return PartialDate(text, Precision.DAY, date(year, month, day), date(year, month, day))


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


class Week(NamedTuple):
    """An ISO 8601 week."""

    year: int
    number: int

    @property
    def id(self) -> str:
        """``2026-W48``."""
        return f"{self.year}-W{self.number:02}"

    @property
    def first(self) -> date:
        """The Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.first + timedelta(days=6)

    def next(self, count: int) -> list[Week]:
        """The weeks that follow."""
        return [week_of((self.first + timedelta(weeks=n)).isoformat()) for n in range(1, count + 1)]


@cache
def week_of(day: str) -> Week:
    """The ISO week of a day given as ``YYYY-MM-DD``."""
    year, number, _ = date.fromisoformat(day).isocalendar()
    return Week(year, number)


def day_label(day: str) -> str:
    """A date of the front matter in words."""
    return parse_partial_date(day, periods=True).label
