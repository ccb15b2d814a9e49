"""Names and adjectives of countries in a text: any of them stands for the same country, unlike its institutions and leaders."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?")
_MOST_WORDS = 6


def find_countries(text: str, *, foreign: bool = False) -> dict[tuple[int, int], frozenset[str]]:
    """Where countries are named in a text, longest name first, with the codes that each name may mean.

    ``foreign`` adds the names of languages other than English.
    """
    tables = (_load("english"), _load("other")) if foreign else (_load("english"),)
    words = list(_WORD.finditer(text))
    found: dict[tuple[int, int], frozenset[str]] = {}
    i = 0
    while i < len(words):
        step = 1
        if words[i][0][0].isupper() or foreign:
            for size in range(min(_MOST_WORDS, len(words) - i), 0, -1):
                start, end = words[i].start(), words[i + size - 1].end()
                codes = _look_up(text[start:end], tables)
                if codes:
                    found[start, end] = codes
                    step = size
                    break
        i += step
    return found


def _look_up(name: str, tables: tuple[dict[str, frozenset[str]], ...]) -> frozenset[str] | None:
    if len(name) > 60:
        return None
    name = re.sub(r"\s+", " ", name).replace("’", "'")
    for table in tables:
        codes = (
            table.get(name)
            or (table.get(name[:-1]) if name[-1] == "." else None)
            or (table.get(name[:-2]) if name.endswith("'s") else None)
        )
        if codes:
            return codes
    return None


@cache
def _load(kind: str) -> dict[str, frozenset[str]]:
    return {name: frozenset(codes.split()) for name, codes in json.loads((_DATA / "country_names.json").read_text("utf-8"))[kind].items()}
