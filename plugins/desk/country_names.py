"""Names and adjectives of countries in a text: any of them stands for the same country, unlike its institutions and leaders."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?")
_LONGEST = 60  # characters of a name


def find_countries(text: str, *, foreign: bool = False) -> dict[tuple[int, int], frozenset[str]]:
    """Where countries are named in a text, longest name first, with the codes that each name may mean.

    ``foreign`` adds the names of languages other than English.
    """
    codes, sizes = _load(foreign)
    words = list(_WORD.finditer(text))
    found: dict[tuple[int, int], frozenset[str]] = {}
    i = 0
    while i < len(words):
        step = 1
        for size in range(min(sizes.get(_bare(words[i][0]), 0), len(words) - i), 0, -1):
            start, end = words[i].start(), words[i + size - 1].end()
            named = _look_up(text[start:end], codes)
            if named:
                found[start, end] = named
                step = size
                break
        i += step
    return found


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").rstrip(".")


def _look_up(name: str, codes: dict[str, frozenset[str]]) -> frozenset[str] | None:
    if len(name) > _LONGEST:
        return None
    name = re.sub(r"\s+", " ", name).replace("’", "'")
    return codes.get(name) or codes.get(name.removesuffix("'s").rstrip("."))


@cache
def _load(foreign: bool) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """The codes of each name, and for each word that begins a name how many words the longest such name has."""
    tables = json.loads((_DATA / "country_names.json").read_text("utf-8"))
    names: dict[str, str] = {**tables["other"], **tables["english"]} if foreign else tables["english"]
    codes: dict[str, frozenset[str]] = {}
    sizes: dict[str, int] = {}
    for name, those in names.items():
        codes[name] = codes[name.rstrip(".")] = frozenset(those.split())
        words = _WORD.findall(name)
        first = _bare(words[0])
        sizes[first] = max(sizes.get(first, 0), len(words))
    return codes, sizes
