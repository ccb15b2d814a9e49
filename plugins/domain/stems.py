"""The stem of a brief's file, its id for ever: the date as it was first known, then words."""

from __future__ import annotations

import re
from datetime import date

from plugins.domain.dates import FIRST_YEAR, LAST_YEAR

LONGEST_STEM = 150
_FORM = re.compile(r"\d{4}(?:-[a-z0-9]+)*", re.ASCII)
_SHORT_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
_LEADING_NUMBERS = re.compile(r"^(?:\d+(?:-|$))+", re.ASCII)


def find_stem_problem(stem: str) -> tuple[str, str] | None:
    """What is wrong with a stem, and what to do; None for ``YYYY[-MM[-DD]]-slug`` with a date that exists.

    Numbers of one or two digits after the year are month and day, whatever else they were meant to be.
    """
    if not _FORM.fullmatch(stem) or len(stem) > LONGEST_STEM:
        hint = f"name it YYYY-MM-DD-slug.md (or YYYY-MM-, YYYY-), small letters a-z, digits and hyphens, at most {LONGEST_STEM} characters"
        return "is no name of a brief", hint
    year, *words = stem.split("-")
    numbers = [year]
    while words and len(numbers) < 3 and _SHORT_NUMBER.fullmatch(words[0]):
        numbers.append(words.pop(0))
    written = "-".join(numbers)
    if not _exists(numbers):
        hint = "name it for the date of the brief, YYYY-MM-DD-, YYYY-MM- or YYYY-, and begin the words after it with a letter"
        return f"is named for `{written}`, a date that does not exist", hint
    if not words:
        return "has no words after its date", f"add a few that say what it is about: {written}-russia-mining-bill.md"
    return None


def _exists(numbers: list[str]) -> bool:
    if any(len(n) != 2 for n in numbers[1:]) or not FIRST_YEAR <= int(numbers[0]) <= LAST_YEAR:
        return False
    try:
        date(*(int(n) for n in [*numbers, "01", "01"][:3]))
    except ValueError:
        return False
    return True


def build_stem(day: str, slug: str) -> str:
    """The stem for a date and words; numbers that would be read as part of the date are left out."""
    stem = f"{day}-{slug}"
    if find_stem_problem(stem) is None:
        return stem
    return f"{day}-{_LEADING_NUMBERS.sub('', slug) or 'brief'}"
