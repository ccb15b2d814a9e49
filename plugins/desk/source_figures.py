"""Every value that the figures and dates of a source may mean, whatever its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from plugins.desk import figure_words as words
from plugins.desk.figure_dates import read_date
from plugins.desk.figure_tokens import Token, find_tokens, read_number, write_value
from plugins.desk.figures import Amount, read_amount, read_readings, read_sizes

_HALVES = frozenset(["half", "medio", "meio", "mezzo", "halbe", "un-demi"])
_PIECE = re.compile(r"[^.;:!?\n。！？；]+")
_SEPARATOR = re.compile(r",\s*(?:(?:and|or|und|y|e|et|и|та|ve|dan)\s+)?|\s+(?:and|or|und|y|e|et|и|та|ve|dan)\s+|[、，]")
_BULLETS = re.compile(r"(?:^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t].*(?:\n+|\Z)){4,}", re.MULTILINE)
_MARKED = re.compile(r"\((i{1,3}|iv|vi{0,3}|ix|x|[a-j])\)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LONGEST_ITEM = 5  # words of an item of a list within a sentence
_LEAST_COUNT, _MOST_COUNT = 4, 30
_OTHERS = frozenset(["other", "others", "more", "further"])


def source_figures(text: str, *, foreign: bool) -> frozenset[str]:
    """The values and dates of a source, each in one spelling.

    ``12%``, ``240000000000``, ``d06-28`` (a day of a month), ``m06`` (a month), ``c10`` (the length of a list). ``foreign`` adds number
    words of other languages.
    """
    tokens = find_tokens(text)
    found: set[str] = set()
    i = 0
    while i < len(tokens):
        date = read_date(tokens, i, foreign=foreign)
        if date:
            found.update(part for reading in date.readings for part in reading)
            found.update(token.text for token in tokens[i : date.next] if token.year > 0)
            found.update(value for j in range(i, date.next) for value in _other_calendars(tokens, j))
            i = date.next
            continue
        found.update(_read_token(tokens, i, foreign))
        i += 1
    return frozenset(found | set(_count_lists(text)))


def _read_token(tokens: list[Token], i: int, foreign: bool) -> Iterator[str]:
    token = tokens[i]
    amount = read_amount(tokens, i, foreign=True)
    if amount:
        for reading in read_readings(tokens, i, amount, foreign=True):
            yield from reading
        yield from _add_parts(tokens, amount)
        if amount.next < len(tokens) and tokens[amount.next].plain in _OTHERS and amount.values[0] <= _MOST_COUNT:
            yield f"c{int(amount.values[0]) + 1}"
    if token.is_word:
        yield from _read_word(tokens, i, foreign)
    elif token.is_number:
        yield from (write_value(value) for value in read_number(token.text, foreign=True))
        yield from _other_calendars(tokens, i)


def _add_parts(tokens: list[Token], amount: Amount) -> Iterator[str]:
    """``1억 5000만``: the sum of parts of falling size in scripts read sign by sign."""
    total, size, j = amount.values[0] * amount.factors[-1], amount.factors[-1], amount.next
    while size >= _MYRIAD and j < len(tokens) and tokens[j].is_number and not tokens[j - 1].plain.isascii():
        part = read_amount(tokens, j, foreign=True)
        if part is None or part.factors[-1] >= size:
            return
        total, size, j = total + part.values[0] * part.factors[-1], part.factors[-1], part.next
        yield write_value(total)


_MYRIAD = Decimal(10_000)


def _read_word(tokens: list[Token], i: int, foreign: bool) -> Iterator[str]:
    """Values of ordinals, months, sizes without a number (``half a million``) and number words of other languages."""
    token = tokens[i]
    if token.plain in words.ORDINALS:
        yield str(words.ORDINALS[token.plain])
    months = words.months(foreign=foreign)
    if token.plain in months and (token.plain not in ("may", "march") or token.text[0].isupper()):
        yield from (f"m{month:02}" for month in months[token.plain])
    size = words.sizes().get(token.plain) if len(token.plain) > 2 and not (i and tokens[i - 1].is_number) else None
    if size is not None:
        yield write_value(size)
        if any(before.plain in _HALVES for before in tokens[max(0, i - 2) : i]):
            yield write_value(size / 2)
    if foreign and token.plain in words.foreign_number_words():
        value = Decimal(words.foreign_number_words()[token.plain])
        factor, _ = read_sizes(tokens, i + 1)
        yield from (write_value(value), write_value(value * factor), f"{value}%")


def _other_calendars(tokens: list[Token], i: int) -> tuple[str, ...]:
    """Years of the Thai, the Persian, the Japanese and the Taiwanese calendar as common ones."""
    year = tokens[i].year
    if 2440 <= year <= 2640:
        return (str(year - 543),)
    if 1330 <= year <= 1450:
        return (str(year + 621), str(year + 622))
    era = "".join(token.text for token in tokens[max(0, i - 2) : i])
    if era == "令和" and tokens[i].small > 0:
        return (str(2018 + tokens[i].small),)
    if era in ("民國", "民国") and tokens[i].is_number and tokens[i].text.isdigit() and len(tokens[i].text) <= 3:
        return (str(1911 + int(tokens[i].text)),)
    return ()


def _count_lists(text: str) -> Iterator[str]:
    """How long the lists of a text are: a brief may count what a source lists."""
    for piece in _PIECE.finditer(text):
        if piece[0].count(",") + piece[0].count("、") >= _LEAST_COUNT - 2:
            items = [len(item.split()) for item in _SEPARATOR.split(piece[0])]
            middle = [size <= _LONGEST_ITEM for size in items[1:-1]]
            if len(items) >= _LEAST_COUNT and all(middle) and len(items) <= _MOST_COUNT:
                yield f"c{len(items)}"
    for bullets in _BULLETS.finditer(text):
        count = sum(1 for line in bullets[0].split("\n") if line.strip())
        if count <= _MOST_COUNT:
            yield f"c{count}"
    marks = {match[1] for match in _MARKED.finditer(text)}
    for signs in (_ROMAN, tuple("abcdefghij")):
        count = next((n for n, sign in enumerate(signs) if sign not in marks), len(signs))
        if count >= _LEAST_COUNT:
            yield f"c{count}"
