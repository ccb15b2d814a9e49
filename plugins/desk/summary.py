"""Which sentences of a source are worth reading first: position, centroid and MMR (INGESTION-NOTES, section 5)."""

from __future__ import annotations

import math
from collections import Counter

from plugins.desk.article import count_words
from plugins.desk.language import stop_words, words_of

_LOOKED_AT = 80  # sentences
_FEWEST, _MOST = 8, 60  # words of a sentence of usual length
_ODD_LENGTH = 0.4  # factor for the others
_RELEVANCE, _NOVELTY = 0.75, 0.25

Vector = dict[str, float]


def choose_sentences(sentences: list[str], language: str | None, count: int = 4) -> tuple[int, ...]:
    """Numbers, from 0, of the ``count`` sentences that tell most of the text, in the order of the text."""
    pool = sentences[:_LOOKED_AT]
    if not pool:
        return ()
    vectors = _weigh(pool, language)
    base = _rate(pool, vectors)
    chosen: list[int] = []
    rest = list(range(len(pool)))
    while rest and len(chosen) < count:
        best = max(
            rest, key=lambda i: (_RELEVANCE * base[i] / 2 - _NOVELTY * max((_dot(vectors[i], vectors[j]) for j in chosen), default=0.0), -i)
        )
        chosen.append(best)
        rest.remove(best)
    return tuple(sorted(chosen))


def _weigh(sentences: list[str], language: str | None) -> list[Vector]:
    """A TF-IDF vector of length 1 for each sentence: ``(1 + ln tf) * (ln((1 + n) / (1 + df)) + 1)``."""
    stops = stop_words(language or "en")
    counts = [Counter(word for word in words_of(sentence) if word not in stops) for sentence in sentences]
    if language in ("ja", "zh", "th"):  # no spaces: pairs of characters stand for words
        counts = [Counter(sentence[i : i + 2] for i in range(len(sentence) - 1)) for sentence in sentences]
    seen: Counter[str] = Counter()
    for words in counts:
        seen.update(words.keys())
    vectors = []
    for words in counts:
        vector = {word: (1 + math.log(tf)) * (math.log((1 + len(sentences)) / (1 + seen[word])) + 1) for word, tf in words.items()}
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({word: value / length for word, value in vector.items()})
    return vectors


def _rate(sentences: list[str], vectors: list[Vector]) -> list[float]:
    """Closeness to the centre of the text plus place in it, less for sentences of odd length."""
    centre: Counter[str] = Counter()
    for vector in vectors:
        for word, value in vector.items():
            centre[word] += value  # type: ignore[assignment]  # Counter of floats
    closeness = [_dot(vector, centre) for vector in vectors]
    top = max(closeness) or 1.0
    usual = [_FEWEST <= count_words(sentence) <= _MOST for sentence in sentences]
    return [(closeness[i] / top + 1 / math.sqrt(1 + i)) * (1.0 if usual[i] else _ODD_LENGTH) for i in range(len(sentences))]


def _dot(one: Vector, other: Vector | Counter[str]) -> float:
    if len(one) > len(other):
        return _dot(dict(other), one)
    return sum(value * other[word] for word, value in one.items() if word in other)
