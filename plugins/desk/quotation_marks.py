"""Where quotations stand in a text: pairs of quotation marks of any kind that hold three words or more."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.desk.normalise import measure_words, split_words

LEAST_WORDS = 3  # fewer are a scare quote, a title or a term
_LONGEST = 2_000  # characters between two marks; a mark without a partner must not swallow a page
# Opening mark -> the marks that may close it.
_PAIRS = {
    '"': '"',
    "＂": "＂",
    "“": '”“"',
    "„": '“”"',
    "‟": "”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
}
_OPENING = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
# The single mark closes only where no letter follows: else it is an apostrophe.
_CLOSING = {mark: re.compile(f"[{re.escape(marks)}]" + ("(?![^\\W_])" if mark in "‘‚" else "")) for mark, marks in _PAIRS.items()}
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: where its marks begin and end, and the text between them."""

    start: int
    end: int
    text: str

    @property
    def text_start(self) -> int:
        """Where the quoted text begins."""
        return self.start + 1


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of three words or more, outermost marks only, in order."""
    found = []
    at = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        end = _find_close(text, start)
        if end is None:
            at = start + 1
            continue
        inside = text[start + 1 : end]
        if measure_words(split_words(inside)) >= LEAST_WORDS:
            found.append(Quotation(start, end + 1, inside))
        at = end + 1
    return tuple(found)


def _find_close(text: str, start: int) -> int | None:
    """The place of the mark that closes the one at ``start``, or None where that opens nothing."""
    mark = text[start]
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    if not after or after.isspace() or (mark in '‘‚"' and _LETTER.match(before)):
        return None
    if mark == '"' and before.isdigit():
        return None  # inches
    found = _CLOSING[mark].search(text, start + 1, min(len(text), start + _LONGEST))
    if found is None or (mark == "»" and text[found.start() - 1].isspace()):
        return None
    return found.start()
