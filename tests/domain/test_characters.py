"""Which characters content may hold: text of every script, nothing that hides."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.characters import find_forbidden, is_clean, line_of
from plugins.domain.faults import printable

GOOD = (
    "Plain text", "Ünïcödé – “quotes” … ½ €", "Закон о майнинге", "قانون", "می\u200cخواهم", "क्\u200dष", "ප්\u200dර", "加密货币法", "법률", "กฎหมาย", "tab\there\nand line",
    "👩\u200d💻 and 🏳\ufe0f\u200d🌈 and ❤\ufe0f and 1\ufe0f\u20e3", "é as e\u0301", "Việt Nam", "עברית", "x\u00a0y", "Ñandú", "£",
)  # fmt: skip
BAD = {
    "NUL": "\0", "escape": "\x1b[31m", "delete": "\x7f", "C1 control": "\x85", "carriage return": "a\rb", "vertical tab": "\x0b", "soft hyphen": "a\u00adb",
    "zero-width space": "a\u200bb", "joiner between Latin letters": "a\u200db", "non-joiner between Latin letters": "a\u200cb", "left-to-right mark": "\u200e",
    "override": "\u202eabc", "isolate": "\u2066abc\u2069", "Arabic letter mark": "\u061c", "word joiner": "a\u2060b", "byte order mark": "a\ufeffb", "Hangul filler": "\u3164",
    "Braille blank": "\u2800", "tag character": "\U000e0041", "private use": "\ue000", "noncharacter": "\ufdd0", "noncharacter of plane 1": "\U0001ffff",
    "variation selector": "a\ufe01", "emoji selector after a letter": "a\ufe0f", "selector of plane 14": "a\U000e0100", "interlinear mark": "\ufff9", "line separator": "\u2028",
    "invisible operator": "\u2062", "stack of marks": "e" + "\u0301" * 6, "musical control": "\U0001d173", "shorthand control": "\U0001bca0", "replacement": "\ufffd",
}  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_text_of_every_script_is_clean(text: str) -> None:
    """Joiners stay where a script or an emoji needs them."""
    assert list(find_forbidden(text)) == []


@pytest.mark.parametrize("what", BAD)
def test_hiding_characters_are_found(what: str) -> None:
    """Controls, bidi marks, invisible fillers, tags, private use, noncharacters."""
    assert not is_clean("before " + BAD[what] + " after")


@given(st.text())
def test_nothing_clean_is_unprintable(text: str) -> None:
    """What passes holds no control, surrogate or private character, and nothing that `printable` must escape but tab, newline and joiners."""
    if is_clean(text):
        left = {c for c in text if unicodedata.category(c) in ("Cc", "Cs", "Co", "Zl", "Zp")} - {"\t", "\n"}
        assert left == set()


@given(st.text(), st.integers(1, 40))
def test_printable_text_is_safe_for_a_terminal(text: str, limit: int) -> None:
    """No control character comes through, and the cut is kept."""
    shown = printable(text, limit=None)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in shown)
    assert printable("a" * 100, limit=limit) == ("a" * (limit - 1) + "…")


def test_lines_count_from_one() -> None:
    """Positions become lines as editors number them."""
    assert [line_of("a\nb\nc", at) for at in (0, 1, 2, 4)] == [1, 1, 2, 3]
