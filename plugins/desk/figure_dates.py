"""Dates in running text: day and month, month and year, numeric dates, the spellings of many languages."""

from __future__ import annotations

from dataclasses import dataclass

from plugins.desk import figure_words as words
from plugins.desk.figure_tokens import Token

Readings = tuple[tuple[str, ...], ...]
_SUFFIX_TEXT = "st nd rd th º ª o er е го ου"
_SUFFIXES = frozenset(_SUFFIX_TEXT.split())
_OF_TEXT = "de del of d di . , - / ' ’ ngay nam"
_OF = frozenset(_OF_TEXT.split())
_AND_TEXT = "and or to until through y e et und bis и по до і a al au ve dan en , - – — & / ~"
_AND = frozenset(_AND_TEXT.split())
_YEAR_MARKS = frozenset("年년")
_MONTH_MARKS = frozenset("月월")
_DAY_MARKS = frozenset("日일号號")
_BEFORE = "in of by since until till from to through before after early late mid during between and this last next every each for"
_BEFORE_MONTH = frozenset(_BEFORE.split())


@dataclass(frozen=True, slots=True)
class Date:
    """A date as read: its readings, the place of the token after it, and whether it is a day whose month stands elsewhere."""

    readings: Readings
    next: int
    is_day: bool = False


def read_date(tokens: list[Token], i: int, *, foreign: bool) -> Date | None:
    """The date that begins at a token, if one does; ``foreign`` reads the months of other languages too."""
    token = tokens[i]
    if token.is_number:
        return _read_numeric(tokens, i) or _read_marked(tokens, i) or _read_day_month(tokens, i, foreign)
    if token.is_word:
        return _read_month_first(tokens, i, foreign)
    return None


def _at(tokens: list[Token], i: int) -> Token | None:
    return tokens[i] if 0 <= i < len(tokens) else None


def _read_numeric(tokens: list[Token], i: int) -> Date | None:
    """``2024-06-28``, ``2024-06``, ``28.06.2024``, ``6/28/2024``, ``’24.7.19``."""
    token = tokens[i]
    parts = token.text.split(".")
    j = i + 1
    if len(parts) == 1:
        second, third = _at(tokens, i + 2), _at(tokens, i + 4)
        marks = [t.text for t in (_at(tokens, i + 1), _at(tokens, i + 3)) if t]
        if second and third and second.is_number and third.is_number and third.glued and marks in (["-", "-"], ["/", "/"], [".", "."]):
            parts, j = [token.text, second.text, third.text], i + 5
        elif second and token.year > 0 and marks[0] == "-" and second.glued and len(second.text) == 2:
            return _build([(second.text, "", token.text)], i + 3) if second.small > 0 else None
        else:
            return None
    elif len(parts) == 2:
        day_mark = _at(tokens, i + 1)
        return _build([(parts[0], parts[1], "")], i + 2) if day_mark and day_mark.text in _DAY_MARKS else None
    if len(parts) != 3 or not all(p.isdigit() and len(p) <= 4 for p in parts):
        return None
    first, middle, last = parts
    if len(first) == 4:
        return _build([(middle, last, first)], j)
    if len(last) == 4:
        return _build([(middle, first, last)] if "." in token.text else [(middle, first, last), (first, middle, last)], j)
    if i and tokens[i - 1].text in "'’‘" and len(first) == 2:
        return _build([(middle, last, f"20{first}")], j)
    return None


def _read_marked(tokens: list[Token], i: int) -> Date | None:
    """``2024年6月28日``, ``6월 28일``, ``2023년``, also with the last parts left out."""
    j, year, month, day = i, "", "", ""
    while (number := _at(tokens, j)) and number.is_number and (mark := _at(tokens, j + 1)) and not mark.is_number:
        if mark.text in _YEAR_MARKS and not year and not month and number.text.isdigit():
            year = number.text if len(number.text) == 4 else f"20{number.text}" if i and tokens[i - 1].text in "'’‘" else ""
            if not year:
                return None
        elif mark.text in _MONTH_MARKS and number.small > 0 and not month:
            month = number.text
        elif mark.text in _DAY_MARKS and number.small > 0 and month:
            day = number.text
        else:
            break
        j += 2
        if day:
            break
    return _build([(month, day, year)], j) if year or month else None


def _read_day_month(tokens: list[Token], i: int, foreign: bool) -> Date | None:
    """``28 June 2024``, ``28th of June``, ``28 de junio de 2024``, ``5, 6 and 7 June``, ``28 tháng 6 năm 2024``."""
    if not 1 <= tokens[i].small <= 31:
        return None
    j = i + 1
    for _ in range(4):
        place = _skip(tokens, j, _SUFFIXES | _OF)
        named = _read_month(tokens, place, foreign, beside=place == 0 or tokens[place - 1].text != ",")
        if named:
            numbers, after = named
            year, after = _read_year(tokens, after)
            return _build(
                [(str(m), tokens[i].text, year) for m in numbers],
                after if j == i + 1 else i + 1,
            )
        joint = _at(tokens, _skip(tokens, j, _SUFFIXES, most=1))
        if joint is None or joint.plain not in _AND:
            return None
        j = _skip(tokens, j, _SUFFIXES | _AND, most=3)
        number = _at(tokens, j)
        if number is None or not 1 <= number.small <= 31:
            return None
        j += 1
    return None


def _read_month_first(tokens: list[Token], i: int, foreign: bool) -> Date | None:
    """``June 28th, 2024``, ``June 2024``, ``in June``."""
    nxt = _at(tokens, _skip(tokens, i + 1, frozenset({"."}), most=1))
    named = _read_month(tokens, i, foreign, beside=nxt is not None and nxt.is_number)
    if not named:
        return None
    numbers, j = named
    day = _at(tokens, j)
    if day and 1 <= day.small <= 31 and not (tokens[j - 1].is_number and tokens[i].plain == "thang"):
        after = _skip(tokens, j + 1, _SUFFIXES, most=1)
        year, after = _read_year(tokens, after)
        return _build([(str(m), day.text, year) for m in numbers], after)
    year, after = _read_year(tokens, j)
    if year:
        return _build([(str(m), "", year) for m in numbers], after)
    before = _at(tokens, i - 1)
    if tokens[i].text[0].islower() or (before and (before.plain in _BEFORE_MONTH or before.text == "-")):
        return _build([(str(m), "", "") for m in numbers], j)
    return None


def _read_month(tokens: list[Token], i: int, foreign: bool, *, beside: bool) -> tuple[list[int], int] | None:
    """The months that the word at ``i`` may mean, and the place after it; abbreviations only beside a number."""
    token = _at(tokens, i)
    if token is None or not token.is_word:
        return None
    if token.plain == "thang":
        number = _at(tokens, i + 1)
        return ([number.small], i + 2) if number and 1 <= number.small <= 12 else None
    table = words.short_months(foreign=foreign) if beside else words.months(foreign=foreign)
    found = table.get(token.plain)
    if found is None or (token.plain in ("may", "march", "mar", "sun") and token.text[0].islower() and not (i and tokens[i - 1].is_number)):
        return None
    is_short = beside and token.plain not in words.months(foreign=foreign)
    return found, _skip(tokens, i + 1, frozenset({"."}), most=1) if is_short else i + 1


def _read_year(tokens: list[Token], i: int) -> tuple[str, int]:
    """The year after a month or day, with ``de``, ``of``, a comma or nothing before it; and the place after it."""
    j = _skip(tokens, i, _OF, most=2)
    token = _at(tokens, j)
    if token and token.year > 0:
        return token.text, j + 1
    if token and j > i and tokens[j - 1].text in "'’" and len(token.text) == 2 and token.small >= 0:
        return f"20{token.text}", j + 1
    return "", i


def _skip(tokens: list[Token], i: int, those: frozenset[str], most: int = 2) -> int:
    for _ in range(most):
        if i < len(tokens) and not tokens[i].is_number and tokens[i].plain in those:
            i += 1
    return i


def _build(dates: list[tuple[str, str, str]], after: int) -> Date | None:
    """The readings of month, day and year as written; None where none of them can be a date."""
    readings = []
    for month, day, year in dates:
        parts: tuple[str, ...] = ()
        if month and not (len(month) <= 2 and 1 <= int(month) <= 12):
            continue
        if day and not (len(day) <= 2 and 1 <= int(day) <= 31):
            continue
        if month:
            parts = (f"d{int(month):02}-{int(day):02}",) if day else (f"m{int(month):02}",)
        readings.append((*parts, year) if year else parts)
    return Date(tuple(readings), after) if readings else None
