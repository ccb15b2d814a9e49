"""Which runs of words of a brief stand in its source, by the source's text or by its fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from plugins.desk.fingerprint import SIZE, Fingerprint, hash_shingles


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of the brief that the source has, as places in the list of words."""

    start: int
    stop: int


class Passages(Protocol):
    """What can be asked of a source about runs of words."""

    def holds(self, words: Sequence[str]) -> bool | None:
        """Whether these words stand in the source in this order; None where that cannot be told."""

    def find_runs(self, words: Sequence[str]) -> list[Run]:
        """The longest runs of three words or more that the source has, none within another."""

    def find_nearest(self, words: Sequence[str]) -> str:
        """The passage of the source that is most like these words; empty where the text is not there."""


class TextPassages:
    """Exact answers from the words of the text."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._joined = f" {' '.join(words)} "
        self._places: dict[tuple[str, ...], list[int]] = {}
        for i in range(len(self._words) - SIZE + 1):
            self._places.setdefault(tuple(self._words[i : i + SIZE]), []).append(i)

    def holds(self, words: Sequence[str]) -> bool | None:
        """Whether these words stand in the source in this order."""
        return f" {' '.join(words)} " in self._joined

    def find_runs(self, words: Sequence[str]) -> list[Run]:
        """The longest runs of three words or more that the source has, none within another."""
        runs: list[Run] = []
        reached = 0
        for i in range(len(words) - SIZE + 1):
            best = 0
            for place in self._places.get(tuple(words[i : i + SIZE]), ()):
                if i and place and words[i - 1] == self._words[place - 1]:
                    continue  # a part of a run that has been seen
                length = SIZE
                while i + length < len(words) and place + length < len(self._words) and words[i + length] == self._words[place + length]:
                    length += 1
                best = max(best, length)
            if best and i + best > reached:
                runs.append(Run(i, i + best))
                reached = i + best
        return runs

    def find_nearest(self, words: Sequence[str]) -> str:
        """The passage of the source that shares most words with these."""
        wanted, size = set(words), len(words)
        hits = [word in wanted for word in self._words]
        if size == 0 or not any(hits):
            return ""
        count = best = sum(hits[:size])
        place = 0
        for i in range(size, len(hits)):
            count += hits[i] - hits[i - size]
            if count > best:
                best, place = count, i - size + 1
        return " ".join(self._words[place : place + size]) if 2 * best >= size else ""


class HashedPassages:
    """Answers from a fingerprint: right but for one strange shingle in 256."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._fingerprint = fingerprint

    def holds(self, words: Sequence[str]) -> bool | None:
        """Whether all shingles of these words are there; None for fewer than three words."""
        if len(words) < SIZE:
            return None
        return all(self._fingerprint.holds_shingles(hash_shingles(words)))

    def find_runs(self, words: Sequence[str]) -> list[Run]:
        """Runs of shingles that are there, as runs of words."""
        runs: list[Run] = []
        start = -1
        for i, there in enumerate([*self._fingerprint.holds_shingles(hash_shingles(words)), False]):
            if there and start < 0:
                start = i
            elif not there and start >= 0:
                runs.append(Run(start, i + SIZE - 1))
                start = -1
        return runs

    def find_nearest(self, words: Sequence[str]) -> str:
        """Nothing: the text is not there."""
        return ""
