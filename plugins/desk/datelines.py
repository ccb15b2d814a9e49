"""The date of publication that stands in the text of a page, beside its title."""

from __future__ import annotations

import re
from datetime import date

from plugins.desk.article import FoundDate
from plugins.desk.furniture import DATE, DATELINE

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen janv янв ocak januar janeiro enero gennaio",
            "feb fev févr фев şubat",
            "mar mars märz mär мар mart",
            "apr abr avr апр nisan",
            "may mai mag мая май mayıs maio",
            "jun juin giu июн haziran",
            "jul juil lug июл temmuz",
            "aug ago août авг ağustos",
            "sep set сен eylül",
            "oct okt ott out окт ekim",
            "nov ноя kasım",
            "dec dic déc dez дек aralık",
        ),
        1,
    )
    for name in names.split()
}
_STATED = re.compile(
    rf"\b(?:published|posted|publicado|publié le|veröffentlicht|опубликовано|pubblicato)(?:\s+(?:on|at|am|el|em|il))?:?\s+({DATE})",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:updated|modified|copyright|©)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})")
_WORDY = re.compile(r"(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d_]{3,})\.?\s*(?:(\d{1,2})(?:st|nd|rd|th)?,?)?\s+(?:de\s+)?(\d{4})")
_TOP = 40  # lines of a page in which its title may stand again
_NEAR = 6  # lines behind the title


def parse_stated_date(text: str) -> str | None:
    """``YYYY-MM-DD`` of a date with its year; None where the year is missing or day and month could change places."""
    if found := _ISO.search(text):
        year, month, day = (int(part) for part in found.groups() if part)
        return _day(year, month, day)
    if found := _WORDY.search(text):
        month_name = found[2].lower()
        number = next((_MONTHS[month_name[:size]] for size in (8, 7, 6, 5, 4, 3) if month_name[:size] in _MONTHS), None)
        day_text = found[1] or found[3]
        if number and day_text:
            return _day(int(found[4]), number, int(day_text))
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1990 <= year <= 2199 else None
    except ValueError:
        return None


def find_dateline(lines: list[str], title: str | None) -> FoundDate | None:
    """The date of a dateline or of ``Published …`` beside the title; None where the page shows no such line."""
    top = lines[:_TOP]
    start = max((number for number, line in enumerate(top) if line == title), default=0)
    for line in lines[start : start + 1 + _NEAR]:
        if len(line) > 160:
            continue
        stated = _STATED.search(line)
        found = stated[1] if stated else line if DATELINE.fullmatch(line) and not _OLD.search(line) else ""
        if day := parse_stated_date(found):
            return FoundDate(day, f"dateline “{line[:80]}”")
    return None
