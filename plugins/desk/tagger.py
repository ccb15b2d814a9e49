"""Topics of a text, from the words that editors keep with each topic; beside them whatever else is suggested from words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from pathlib import Path

from plugins.desk.cues import is_policy, suggest_stages
from plugins.desk.folding import fold_case
from plugins.desk.known import suggest_actors, suggest_measures
from plugins.desk.phrases import Hit, PhraseIndex
from plugins.desk.suggestion import Suggestion, phrase_reason
from plugins.domain.vocabulary import Topic

_MISLEADING = Path(__file__).with_name("data") / "misleading.txt"
__all__ = ["is_policy", "suggest_actors", "suggest_measures", "suggest_stages", "suggest_topics"]

LONGEST = 100_000  # characters that are read
LEAST_SCORE = 2.0
LEAST_SHARE = 0.12  # of the best topic's score
MOST_TOPICS = 6
_EARLY_SHARE, _EARLY_CHARACTERS = 0.35, 300  # the beginning of a text, where its subject stands
_EARLY_WEIGHT, _TITLE_WEIGHT = 0.4, 1.2
# Said of many measures in passing, so they would be suggested too often.
_FACTORS = {"ban-restriction": 0.75, "market-structure": 0.8}


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of one topic; weight 0 hides what stands inside it."""

    topic: str
    pattern: str
    weight: float


@dataclass(slots=True)
class _Found:
    """Where one word was found."""

    hits: int = 0
    early: int = 0
    in_title: bool = False

    def score(self, weight: float) -> float:
        """What the hits of a word of this weight add to its topic."""
        return weight * (log(1 + self.hits) + _EARLY_WEIGHT * log(1 + self.early) + _TITLE_WEIGHT * self.in_title)


def suggest_topics(title: str, text: str, topics: Mapping[str, Topic]) -> tuple[Suggestion, ...]:
    """The topics of an article, best first, at most six. Reason: the words found."""
    index = _build_index(tuple(topics.values()))
    folded = fold_case(text[:LONGEST])
    early = max(_EARLY_CHARACTERS, int(_EARLY_SHARE * len(folded)))
    found: dict[_Word, _Found] = {}
    for hit in _visible(index.find(fold_case(title))):
        entry = found.setdefault(hit.payload, _Found())
        entry.hits += 1
        entry.early += 1
        entry.in_title = True
    for hit in _visible(index.find(folded)):
        entry = found.setdefault(hit.payload, _Found())
        entry.hits += 1
        entry.early += hit.start < early
    scores: dict[str, float] = {}
    counts: dict[str, dict[str, int]] = {}
    for word, entry in found.items():
        scores[word.topic] = scores.get(word.topic, 0.0) + entry.score(word.weight) * _FACTORS.get(word.topic, 1.0)
        counts.setdefault(word.topic, {})[word.pattern] = entry.hits
    ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
    best = ordered[0][1] if ordered else 0.0
    kept = [(topic, score) for topic, score in ordered if score >= LEAST_SCORE and score >= LEAST_SHARE * best][:MOST_TOPICS]
    return tuple(Suggestion(topic, score, phrase_reason(counts[topic])) for topic, score in kept)


def _visible(hits: list[Hit[_Word]]) -> list[Hit[_Word]]:
    """The hits without those of a topic that lie inside a longer one of the same topic, or inside a phrase that misleads."""
    reach: dict[str, int] = {}
    kept = []
    for hit in hits:  # in the order of the text, longer ones first
        if hit.end > reach.get(hit.payload.topic, 0):
            reach[hit.payload.topic] = hit.end
            if hit.payload.weight:
                kept.append(hit)
    return kept


@lru_cache(maxsize=4)
def _build_index(topics: tuple[Topic, ...]) -> PhraseIndex[_Word]:
    index: PhraseIndex[_Word] = PhraseIndex(plural=True)
    lines = [line.partition(" ") for line in _MISLEADING.read_text("utf-8").splitlines() if not line.startswith("#")]
    misleading = {topic: phrases.split("|") for topic, _, phrases in lines}
    for topic in topics:
        for pattern, weight in topic.words:
            index.add(fold_case(pattern), _Word(topic.id, pattern.replace("*", ""), weight))
        for pattern in misleading.get(topic.id, ()):
            index.add(fold_case(pattern), _Word(topic.id, pattern, 0.0))
    index.close()
    return index
