"""Words of a text as the comparison of brief and source sees them: one case, one kind of apostrophe, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Marks that belong to the letter before them (Latin, Cyrillic, Hebrew, Arabic, Indic and Thai scripts).
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a4d\u0a81-\u0acd\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c4d\u0c81-\u0ccd\u0d00-\u0d4d"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3"
)
# Letters of scripts that put no blanks between words: each counts as a word.
PACKED = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u1000-\u102a\u1780-\u17b3\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{PACKED}]"
_WORD = re.compile(rf"[{PACKED}][{MARKS}]*+|{_LETTER}(?:[^\W_{PACKED}]++|[{MARKS}]++|[.,'’ʼ](?={_LETTER}))*+|[%％٪]")
_PACKED_WORD = re.compile(rf"[{PACKED}]")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
# Soft hyphen, zero-width characters, byte order mark: invisible in a page, no part of a word.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_PER_CENT = {
    "%": ("per", "cent"),
    "％": ("per", "cent"),
    "percent": ("per", "cent"),
    "pct": ("per", "cent"),
    "٪": ("per", "cent"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A normalised word, and where it stands in the text that it was read from."""

    text: str
    start: int
    end: int


def fold_word(word: str) -> str:
    """One word in normal form: NFKC, lower case, without possessive ``'s`` and the points of initials."""
    if word.isascii():
        folded = word.lower()
    else:
        folded = unicodedata.normalize("NFKC", word).lower().replace("’", "'").replace("ʼ", "'")
    if folded.endswith("'s") and len(folded) > 2:
        folded = folded[:-2]
    if "." in folded and _INITIALS.fullmatch(folded):
        folded = folded.replace(".", "")
    return folded


def find_words(text: str) -> list[Word]:
    """The normalised words of the text in order. ``%``, ``percent`` and ``pct`` are the two words ``per cent``."""
    found = []
    for match in _WORD.finditer(text):
        folded = fold_word(match[0])
        for part in _PER_CENT.get(folded, (folded,)):
            found.append(Word(part, match.start(), match.end()))
    return found


def split_words(text: str) -> list[str]:
    """The normalised words of the text, without their places."""
    words: list[str] = []
    for raw in _WORD.findall(text):
        folded = fold_word(raw)
        if folded in _PER_CENT:
            words += _PER_CENT[folded]
        else:
            words.append(folded)
    return words


def measure_words(words: Sequence[str]) -> float:
    """How many words these are worth: ``per cent`` counts as one, and so do two characters of a script without blanks."""
    worth = sum(0.5 if _PACKED_WORD.match(word) else 1.0 for word in words)
    return worth - sum(pair == ("per", "cent") for pair in pairwise(words))


def strip_accents(word: str) -> str:
    """The word without accents: ``são`` is ``sao``."""
    if word.isascii():
        return word
    return (
        "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        .replace("ı", "i")
        .replace("ø", "o")
        .replace("ł", "l")
    )
