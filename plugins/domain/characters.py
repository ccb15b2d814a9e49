"""Which bytes and characters content may hold (DESIGN.md section 7.4; Unicode TR36, TR39)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What no text of a brief may hold: controls but tab and newline, bidi marks, overrides and isolates, invisible
# operators and fillers, interlinear marks, tag characters, variation selectors beyond emoji, noncharacters, private use.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\uffff\ue000-\uf8ff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff\U0006fffe\U0006ffff"
    "\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff\U000bfffe\U000bffff\U000cfffe\U000cffff"
    "\U000dfffe\U000dffff\U0001d173-\U0001d17a\U0001bca0-\U0001bca3\u2800\ufe00-\ufe0d]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # all that is forbidden in ASCII
_SHOWN_CONTROLS = bytes(63 if n < 128 and _CONTROL.match(chr(n)) else n for n in range(256))  # as question marks
# Joiners and emoji selectors: needed by scripts and emoji, hidden anywhere else.
_JOINERS = re.compile("[\u200c\u200d\ufe0e\ufe0f]")
_JOINING_SCRIPTS = (
    (0x0600, 0x08FF),  # Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic
    (0x0900, 0x0DFF),  # the scripts of India and Sinhala
    (0x0E00, 0x109F),  # Thai, Lao, Tibetan, Myanmar
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),  # Arabic presentation forms
)
# More marks on one character than any script needs: "zalgo" text.
_STACK = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")


def find_forbidden(text: str) -> Iterator[tuple[int, str]]:
    """The position and a name of each character that content may not hold."""
    if text.isascii():
        plain = text.encode("ascii")
        for found in _CONTROL.finditer(text) if plain.translate(_SHOWN_CONTROLS) != plain else ():  # ten times faster than the pattern
            yield found.start(), _name(found[0])
        return
    for found in _FORBIDDEN.finditer(text):
        yield found.start(), _name(found[0])
    for found in _JOINERS.finditer(text):
        if not _is_needed(text, found.start()):
            yield found.start(), _name(found[0])
    yield from _find_stacks(text)


def is_clean(text: str) -> bool:
    """Whether the text holds no forbidden character."""
    return next(find_forbidden(text), None) is None


def _is_needed(text: str, at: int) -> bool:
    """Whether a joiner or selector stands where a script or an emoji needs it."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before:
        return False
    if text[at] in "\ufe0e\ufe0f":
        return unicodedata.category(before) in ("So", "Sk", "Sm", "Po", "Nd", "Me", "Pd") and not before.isspace()
    if not after:
        return False
    if all(any(low <= ord(c) <= high for low, high in _JOINING_SCRIPTS) for c in (before, after)):
        return True
    emoji = ("So", "Sk", "Mn")
    return text[at] == "\u200d" and unicodedata.category(before) in emoji and unicodedata.category(after) in ("So", "Sm")


def _find_stacks(text: str) -> Iterator[tuple[int, str]]:
    for found in _STACK.finditer(text):
        yield found.start(), "a stack of combining marks"


def _name(c: str) -> str:
    return f"U+{ord(c):04X} {unicodedata.name(c, 'control character')}"


def line_of(text: str, at: int) -> int:
    """The line, counted from 1, of a position in a text."""
    return text.count("\n", 0, at) + 1
