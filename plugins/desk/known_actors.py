"""Names of institutions and people that briefs of the digest name as actors."""

from __future__ import annotations

import re
from pathlib import Path

_LINE = re.compile(r"^actors:[ \t]*(?:\[(?P<flow>[^\]\n]*)\])?[ \t]*\n(?P<block>(?:[ \t]*-[ \t]+[^\n]+\n)*)", re.MULTILINE)
_NAME = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'|([^,\[\]\"']+)")
_HEAD = 8_000  # bytes of a brief in which its actors stand
_MOST_BRIEFS = 20_000


def load_known_actors(briefs: Path) -> tuple[str, ...]:
    """The names in ``actors`` of all briefs, sorted; unreadable files are passed over, for their faults are reported elsewhere."""
    names: set[str] = set()
    for file in sorted(briefs.glob("*/*.md"))[:_MOST_BRIEFS]:
        try:
            with file.open("rb") as stream:
                head = stream.read(_HEAD).decode("utf-8", "replace")
        except OSError:
            continue
        found = _LINE.search(head.split("\n---", 1)[0] + "\n")
        if found:
            names.update(_names(found["flow"] or ""))
            for line in (found["block"] or "").splitlines():
                names.update(_names(line.strip()[1:]))
    return tuple(sorted(names))


def _names(text: str) -> list[str]:
    return [name for parts in _NAME.findall(text) if 2 < len(name := "".join(parts).strip()) <= 200]
