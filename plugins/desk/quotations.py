"""Rule G3: what stands in quotation marks stands word for word in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plugins.desk.normalise import find_words
from plugins.desk.passages import Passages
from plugins.desk.quotation_marks import Quotation

_GAP = re.compile(r"\.{3,}|(?:\. ){2,}\.|…|\[[^\][]*\]|\([^()]{0,3}\.{3}\)")
LEAST_PART = 2  # words of a part that is tested
LONGEST_QUOTED = 20  # words of a passage that a hint repeats


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a quotation stands: the first part that the source does not have, and the stretches that need no other check."""

    wrong: str
    at: int  # where the wrong part begins in the text
    borne_out: tuple[tuple[int, int], ...]
    hint: str


def check_quotation(quotation: Quotation, passages: Passages) -> Verdict:
    """Holds a quotation against the source, part by part between ellipses and brackets."""
    borne_out: list[tuple[int, int]] = []
    wrong, at, hint = "", quotation.start, ""
    start = quotation.text_start
    for gap in [*_GAP.finditer(quotation.text), None]:
        stop = quotation.text_start + (gap.start() if gap else len(quotation.text))
        part = quotation.text[start - quotation.text_start : stop - quotation.text_start]
        words = [word.text for word in find_words(part)]
        holds = passages.holds(words) if words else None
        if holds is False and len(words) >= LEAST_PART:
            if not wrong:
                wrong, at = part.strip(), start + len(part) - len(part.lstrip())
                nearest = passages.find_nearest(words) if len(words) <= 3 * LONGEST_QUOTED else ""
                hint = f"nearest in the source: {nearest}" if nearest else ""
        elif holds is not False:
            borne_out.append((start, stop))
        start = quotation.text_start + gap.end() if gap else stop
    return Verdict(wrong, at, () if wrong else tuple(borne_out), hint)
