"""Tokens for reading figures: numbers, words and marks, and what a number may mean in the spelling of any country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from plugins.desk.figure_words import plain
from plugins.desk.normalise import MARKS

LONGEST_NUMBER = 24  # characters; longer runs of digits are hashes and account numbers

_ZEROS = (
    0x0660,
    0x06F0,
    0x0966,
    0x09E6,
    0x0E50,
    0x0ED0,
    0xFF10,
)  # of scripts with their own digits; nine more follow each
_TO_ASCII = {zero + i: str(i) for zero in _ZEROS for i in range(10)}
_TO_ASCII |= dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ") | {
    ord("٫"): ".",
    ord("٬"): ",",
    ord("．"): ".",
    ord("，"): ",",
}
_CHARACTER = "\u3005\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7a3"  # scripts read sign by sign: Han, kana, Hangul
_TOKEN = re.compile(rf"(\d+(?:[.,'’]\d+)*)|([{_CHARACTER}])|((?:[^\W\d_{_CHARACTER}]|[{MARKS}])+)|(\S)")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)*,\d{3}")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word or a mark. ``plain`` is the word in lower case without accents; ``glued`` says that no blank stands before."""

    text: str
    plain: str
    is_number: bool
    is_word: bool
    start: int
    end: int
    glued: bool

    @property
    def small(self) -> int:
        """The value of a number of one or two digits, else -1."""
        return int(self.text) if self.is_number and len(self.text) <= 2 else -1

    @property
    def year(self) -> int:
        """The value of a number of four digits that can be a year, else -1."""
        return int(self.text) if self.is_number and len(self.text) == 4 and self.text.isdigit() and 1300 <= int(self.text) <= 2700 else -1


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text in order."""
    text = text.translate(_TO_ASCII)
    found = []
    last = -1
    for match in _TOKEN.finditer(text):
        kind = match.lastindex
        word = match[0]
        found.append(
            Token(
                word,
                plain(word) if kind in (2, 3) else word,
                kind == 1,
                kind in (2, 3),
                match.start(),
                match.end(),
                match.start() == last,
            )
        )
        last = match.end()
    return found


def read_number(text: str, *, foreign: bool) -> tuple[Decimal, ...]:
    """What a number can mean. English gives one value; with ``foreign`` ``35.000`` is 35 and 35,000, and ``17,5`` is 17.5."""
    if len(text) > LONGEST_NUMBER:
        return ()
    digits = re.sub(r"\D", "", text)
    if digits == text:
        return (Decimal(text),)
    text = text.replace("’", "'")
    marks = [c for c in text if not c.isdigit()]
    groups = re.split(r"[.,']", text)
    whole = Decimal(digits)
    in_threes = len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
    if len(set(marks)) == 1:
        mark = marks[0]
        if len(marks) > 1:
            return (whole,) if in_threes or _INDIAN.fullmatch(text) else tuple(Decimal(g) for g in groups)
        decimal = Decimal(f"{groups[0]}.{groups[1]}")
        if mark == "'":
            return (whole,) if in_threes else tuple(Decimal(g) for g in groups)
        if in_threes and groups[0] != "0":
            if foreign:
                return (whole, decimal)
            return (whole,) if mark == "," else (decimal,)
        if mark == "." or foreign:
            return (decimal,)
        return (
            decimal,
            *(Decimal(g) for g in groups),
        )  # 5,6 is a list in English, or a foreign decimal
    if marks.count(marks[-1]) == 1 and all(m == marks[0] for m in marks[:-1]):
        return (Decimal("".join(groups[:-1]) + "." + groups[-1]),)
    return tuple(Decimal(g) for g in groups)


def write_value(value: Decimal) -> str:
    """A value in one spelling: no exponent, no zeros at the end of decimals."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
