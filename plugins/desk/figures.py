"""Figures and dates of a text as comparable values: ``$240bn`` and ``240,000,000,000`` are one, ``6월 28일`` is 28 June."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from plugins.desk import figure_words as words
from plugins.desk.figure_dates import read_date
from plugins.desk.figure_tokens import Token, find_tokens, read_number, write_value

_CONNECTOR_TEXT = "- – — ~ 〜 / to and or bis und a e y et и до по o ve"
_CONNECTORS = frozenset(_CONNECTOR_TEXT.split())
_HEDGE_WORDS = "about around roughly nearly almost approximately over under some more less than least most up to close"
_HEDGES = frozenset(_HEDGE_WORDS.split())
_MOST_GROUPS = 6  # of three digits
_LEAST_CHECKED = 4  # one, two and three are too common to be worth a check
_ONE = (Decimal(1),)
_LARGEST = Decimal(10) ** 18
Readings = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: where it stands, and its readings, each a group of values of which all must be found.

    ``sized`` says that a word of size or percent follows, ``hedged`` that ``about`` or the like stands before, ``day`` that it may
    be a day of a month by itself.
    """

    start: int
    end: int
    readings: Readings
    sized: bool = False
    hedged: bool = False
    day: bool = False

    @property
    def is_trivial(self) -> bool:
        """Whether the figure is a bare number too small to be checked."""
        if self.sized or len(self.readings) != 1 or len(self.readings[0]) != 1:
            return False
        value = self.readings[0][0]
        return value.isdigit() and int(value) < _LEAST_CHECKED


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what follows it: possible values, factor, percent, and the place of the next token."""

    values: tuple[Decimal, ...]
    factors: tuple[Decimal, ...]
    percent: bool
    next: int

    def readings(self) -> Readings:
        """What the token may stand for, as written numbers."""
        products = {v * f for v in self.values for f in self.factors if v * f < _LARGEST}
        return tuple((write_value(p) + ("%" if self.percent else ""),) for p in sorted(products))


def find_figures(text: str) -> tuple[Figure, ...]:
    """The figures and dates of an English text, in order; numbers that are part of a name (``G20``) are left out."""
    return tuple(_scan(find_tokens(text)))


def _scan(tokens: list[Token]) -> Iterator[Figure]:
    i = 0
    while i < len(tokens):
        date = read_date(tokens, i, foreign=False)
        if date:
            yield Figure(tokens[i].start, tokens[date.next - 1].end, date.readings)
            i = date.next
            continue
        amount = read_amount(tokens, i, foreign=False)
        if amount is None or _is_in_name(tokens, i, amount):
            i += 1
            continue
        yield _build_figure(tokens, i, amount)
        i = amount.next


def _build_figure(tokens: list[Token], i: int, amount: Amount) -> Figure:
    readings = read_readings(tokens, i, amount, foreign=False)
    before = {t.plain for t in tokens[max(0, i - 3) : i]}
    after = tokens[amount.next - 1].plain
    is_day = 1 <= tokens[i].small <= 31 and (
        after in ("st", "nd", "rd", "th") or any(t.plain in words.ENGLISH_MONTHS for t in tokens[max(0, i - 6) : i + 7])
    )
    sized = amount.percent or amount.factors != _ONE
    return Figure(tokens[i].start, tokens[amount.next - 1].end, readings, sized, bool(before & _HEDGES), is_day)


def read_readings(tokens: list[Token], i: int, amount: Amount, *, foreign: bool) -> Readings:
    """What an amount may mean: its own values, those with the unit of its range's other end, the year that ``'21`` is."""
    readings = amount.readings()
    if not amount.percent and amount.factors == _ONE:
        other = _read_range_end(tokens, amount.next, foreign)
        if other is not None and (other.percent or other.factors != _ONE):
            readings += Amount(amount.values, other.factors, other.percent, 0).readings()
    if tokens[i].small > 0 and i and (tokens[i - 1].text in "'’‘" or (tokens[i - 1].text in "-–/" and i > 1 and tokens[i - 2].year > 0)):
        readings += ((f"20{tokens[i].text}",),)
    return readings


def read_amount(tokens: list[Token], i: int, *, foreign: bool) -> Amount | None:
    """The amount whose number stands at ``i``, in digits or English words."""
    token = tokens[i]
    if token.is_number:
        values = read_number(token.text, foreign=foreign)
        joined, j = _join_groups(tokens, i)
        if joined is not None:
            values = (*values, joined) if foreign else (joined,)
        return _finish_amount(tokens, i, j, values) if values else None
    if token.is_word and token.plain in words.number_words():
        value = words.number_words()[token.plain]
        j = i + 1
        if 20 <= value < 100 and j < len(tokens):
            k = j + 1 if tokens[j].text == "-" and j + 1 < len(tokens) else j
            unit = words.number_words().get(tokens[k].plain, 0) if tokens[k].is_word else 0
            if 1 <= unit <= 9:
                value, j = value + unit, k + 1
        amount = _finish_amount(tokens, i, j, (Decimal(value),))
        return None if value < _LEAST_CHECKED and not foreign and amount.factors == _ONE and not amount.percent else amount
    return None


def _join_groups(tokens: list[Token], i: int) -> tuple[Decimal | None, int]:
    """``7 500 000``: the number that groups of three digits with blanks between them make, and the place after it."""
    j, digits = i + 1, tokens[i].text
    if not digits.isdigit() or len(digits) > 3:
        return None, j
    for token in tokens[i + 1 : i + _MOST_GROUPS]:
        if not token.is_number or token.start != tokens[j - 1].end + 1:
            break
        if len(token.text) == 3 and token.text.isdigit():
            digits, j = digits + token.text, j + 1
            continue
        if len(token.text) > 4 and token.text[:3].isdigit() and token.text[3] in ".," and token.text[4:].isdigit():
            return Decimal(f"{digits}{token.text[:3]}.{token.text[4:]}"), j + 1
        break
    return (Decimal(digits), j) if j > i + 1 else (None, j)


def _finish_amount(tokens: list[Token], i: int, j: int, values: tuple[Decimal, ...]) -> Amount:
    factor, after = read_sizes(tokens, j)
    factors: tuple[Decimal, ...] = (factor,)
    if after == j + 1 and tokens[j].glued and len(tokens[j].plain) == 1 and tokens[j].plain.isascii():
        factors = (Decimal(1), factor)  # 30m is thirty million or thirty metres
    percent, after = _read_percent(tokens, i, after)
    return Amount(values, factors, percent, after)


def read_sizes(tokens: list[Token], j: int) -> tuple[Decimal, int]:
    """The product of the words of size from ``j`` on, and the place after them."""
    factor = Decimal(1)
    for _ in range(3):
        if j >= len(tokens):
            break
        k = j + 1 if tokens[j].text in "-" and tokens[j].glued and j + 1 < len(tokens) else j
        table = words.glued_sizes() if tokens[k].glued and k == j else words.sizes()
        size = table.get(tokens[k].plain) if tokens[k].is_word else None
        if size is None or (len(tokens[k].plain) < 3 and tokens[k].plain.isascii() and k > j):
            break
        factor, j = factor * size, k + 1
    return factor, j


def _read_percent(tokens: list[Token], i: int, j: int) -> tuple[bool, int]:
    """Whether per cent follows at ``j`` or stands before ``i``, and the place after it."""
    if j < len(tokens):
        k = j + 1 if tokens[j].text == "-" and tokens[j].glued and j + 1 < len(tokens) else j
        if tokens[k].text in words.PERCENT_SIGNS or tokens[k].plain in words.percent_words():
            return True, k + 1
        if k + 1 < len(tokens) and (tokens[k].plain, tokens[k + 1].plain) in words.PERCENT_PAIRS:
            return True, k + 2
    if (
        i
        and (tokens[i - 1].text in words.PERCENT_SIGNS or tokens[i - 1].plain in ("yuzde", "ร้อยละ"))
        and (i < 2 or not tokens[i - 2].is_number)
    ):
        return True, j
    return (True, j) if i > 2 and "".join(t.text for t in tokens[i - 3 : i]) == "百分之" else (False, j)


def _read_range_end(tokens: list[Token], j: int, foreign: bool) -> Amount | None:
    """The amount at the other end of a range: ``15-55%``, ``$5 to $10 billion``."""
    if j + 1 >= len(tokens) or tokens[j].plain not in _CONNECTORS:
        return None
    k = j + 1
    while (
        k < min(len(tokens), j + 4) and not tokens[k].is_number and (tokens[k].plain in words.CURRENCIES or tokens[k].text in "$€£₹₽₩¥₺₦")
    ):
        k += 1
    return read_amount(tokens, k, foreign=foreign) if k < len(tokens) and tokens[k].is_number else None


def _is_in_name(tokens: list[Token], i: int, amount: Amount) -> bool:
    """Whether the number is glued to letters that are no currency: ``G20``, ``Q3``, ``CP22``."""
    if not (i and tokens[i].is_number and tokens[i].glued and tokens[i - 1].is_word):
        return False
    return tokens[i - 1].plain not in words.CURRENCIES and amount.factors == _ONE and tokens[i].text.isdigit()
