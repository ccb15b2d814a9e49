"""Faults: what is wrong in a file of content, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

# Unicode categories that a terminal or a log must never receive raw: control, format, surrogate, private use, unassigned, separators of lines.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
LONGEST_SHOWN = 160  # characters of foreign text that one message quotes at most


class Severity(Enum):
    """How much a fault weighs: faults make the exit status 1, warnings never do."""

    FAULT = "fault"
    WARNING = "warning"


class Fault(NamedTuple):
    """One reported problem of content.

    ``path`` is the file as the caller named it, ``line`` counts from 1, ``code`` names the rule,
    ``message`` says what is wrong and ``hint`` what to do.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.FAULT

    def __str__(self) -> str:
        cure = f"; {self.hint}" if self.hint else ""
        return printable(f"{self.path}:{self.line}: {self.code} {self.message}{cure}", limit=None)

    @property
    def is_warning(self) -> bool:
        """Whether this is a matter of style."""
        return self.severity is Severity.WARNING

    def as_json(self) -> dict[str, object]:
        """The fault as an entry of ``digest check --format json``."""
        entry: dict[str, object] = {
            "path": self.path,
            "line": self.line,
            "code": self.code,
            "message": printable(self.message, limit=None),
            "hint": printable(self.hint, limit=None),
        }
        if self.is_warning:
            entry["severity"] = "warning"
        return entry


def printable(text: str, limit: int | None = LONGEST_SHOWN) -> str:
    """The text with control, bidi and invisible characters written as ``\\u{…}``, cut at ``limit`` characters."""
    if limit is not None and len(text) > limit:
        text = text[: limit - 1] + "…"
    text = text.replace("##[", "##\\u{5B}")  # a command to the runner of GitHub Actions, wherever it stands in a line
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{{{ord(c):X}}}" if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


def sort_faults(faults: Iterable[Fault]) -> list[Fault]:
    """The faults by path, line, code and message, each once."""
    return sorted(set(faults), key=lambda f: (f.path, f.line, f.code, f.message))
