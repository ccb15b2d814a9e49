"""Rule G4: no ten words in a row as in the source, outside quotation marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plugins.desk.names import is_capitalised
from plugins.desk.normalise import Word, find_words, measure_words
from plugins.desk.passages import Passages

MOST_WORDS = 10  # a run this long is copied; people's own wording has 7 at most in 95 of 100 briefs
_FIVE = 5  # words of the runs that tell a thin paraphrase
THIN = 0.20  # share of such runs
_LEAST_FIVES = 25  # too few tell nothing
_REST = 6  # words of our own beside a long name
_SMALL_WORDS = "of the and for on in to de del di da do du des la le et y with as by or under no nr a an"
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Copy:
    """A copied run: where it begins and ends in the text, and its words."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """How many five-word runs of our own text there are, and how many of them the source has."""

    fives: int
    common: int


def find_copies(text: str, quoted: Sequence[tuple[int, int]], passages: Passages) -> tuple[tuple[Copy, ...], Likeness]:
    """The runs of ten words or more that a text has in common with the source, and how like the source it is."""
    copies: list[Copy] = []
    fives = common = 0
    for words in _split_quoted(find_words(text), quoted):
        plain = [word.text for word in words]
        fives += max(0, len(words) - _FIVE + 1)
        for run in passages.find_runs(plain):
            common += max(0, run.stop - run.start - _FIVE + 1)
            length = measure_words(plain[run.start : run.stop])
            if length >= MOST_WORDS and not _is_name(text, words[run.start : run.stop], len(words)):
                copies.append(
                    Copy(
                        words[run.start].start,
                        words[run.stop - 1].end,
                        run.stop - run.start,
                    )
                )
    return tuple(copies), Likeness(fives, min(common, fives))


def is_thin(likeness: Likeness) -> bool:
    """Whether the text keeps so much of the source's wording that it reads like a copy with words changed."""
    return likeness.fives >= _LEAST_FIVES and likeness.common > THIN * likeness.fives


def _split_quoted(words: list[Word], quoted: Sequence[tuple[int, int]]) -> list[list[Word]]:
    """The words outside quotations, in stretches."""
    stretches: list[list[Word]] = [[]]
    for word in words:
        if any(start <= word.start < end for start, end in quoted):
            stretches.append([])
        else:
            stretches[-1].append(word)
    return [stretch for stretch in stretches if stretch]


def _is_name(text: str, run: list[Word], of: int) -> bool:
    """Whether a run is one long name, such as the title of a law, within a sentence of our own."""
    if of - len(run) < _REST:
        return False
    return all(word.text in _SMALL or word.text.isdigit() or is_capitalised(text[word.start : word.end]) for word in run)
