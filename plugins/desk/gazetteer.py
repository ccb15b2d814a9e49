"""Whose rules a text is about: countries by the names, adjectives, institutions and towns that stand for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from plugins.desk.folding import fold_letters
from plugins.desk.gazetteer_tables import Entry, choose_languages, is_part, load_indexes
from plugins.desk.phrases import Hit, PhraseIndex
from plugins.desk.suggestion import Suggestion, phrase_reason

_TITLE_FACTOR, _FIRST_QUARTER_FACTOR = 3.0, 2.0
LONGEST = 100_000  # characters that are read
LEAST_SHARE = 0.18  # of all that was found
LEAST_HITS = 2
SINGLE_SCORE = 1.5  # from which one hit is enough
MOST_COUNTRIES = 4
_SHARED_ONLY = 0.01  # factor where nothing but institutions of several countries speaks for a country
_ENGLISH_BONUS = 1.5  # for what a text in another language names as English texts do


@dataclass(slots=True)
class _Found:
    """What speaks for one country."""

    score: float = 0.0
    hits: int = 0
    english: bool = False
    words: Counter[str] = field(default_factory=Counter)


def suggest_countries(title: str, text: str, language: str | None = None) -> tuple[Suggestion, ...]:
    """The countries, unions and bodies of an article, best first, at most four, and the states of a federation among them.

    ``weight`` is the share of all that was found; the reason names the words.
    """
    title, text = fold_letters(title[:LONGEST]), fold_letters(text[:LONGEST])
    indexes = load_indexes(choose_languages(language, f"{title} {text}"))
    quarter = max(len(text) / 4, 1.0)
    hits = [(hit.payload, words, _TITLE_FACTOR) for hit, words in _read(indexes, title)]
    hits += [(hit.payload, words, max(1.0, _FIRST_QUARTER_FACTOR - hit.start / quarter)) for hit, words in _read(indexes, text)]
    found: dict[str, _Found] = {}
    for entry, words, factor in hits:
        if not entry.shared:
            _count(found, entry, entry.codes, words, factor)
    for seen in found.values():
        seen.score += _ENGLISH_BONUS * (seen.english and len(indexes) > 1)
    own = {code: seen.score for code, seen in found.items()}
    for entry, words, factor in hits:
        if entry.shared:
            _count(found, entry, _divide(entry.codes, own), words, factor)
    return _choose(found)


def _divide(codes: tuple[tuple[str, float], ...], own: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """The weights of what countries share, divided by the support that each has of its own; where none has any, next to nothing."""
    supported = sum(own.get(code, 0.0) for code, _ in codes)
    if supported:
        most = max(weight for _, weight in codes)
        return tuple((code, most * own.get(code, 0.0) / supported) for code, _ in codes)
    return tuple((code, weight * (_SHARED_ONLY if own else 1.0)) for code, weight in codes)


def _read(indexes: tuple[PhraseIndex[Entry], ...], text: str) -> list[tuple[Hit[Entry], str]]:
    """The hits that count, with the words found: of those that overlap the first and longest, of equal ones the most exact."""
    hits = [hit for index in indexes for hit in index.find(text)]
    hits.sort(key=lambda hit: (hit.start, -hit.end, -len(hit.payload.phrase)))
    kept, after = [], 0
    for hit in hits:
        if hit.start >= after:
            after = hit.end
            if hit.payload.codes:
                kept.append((hit, text[hit.start : hit.end]))
    return kept


def _count(found: dict[str, _Found], entry: Entry, codes: tuple[tuple[str, float], ...], words: str, factor: float) -> None:
    for code, weight in codes:
        if weight:
            seen = found.setdefault(code, _Found())
            seen.score += weight * factor
            seen.hits += 1
            seen.english = seen.english or entry.english
            seen.words[words] += 1


def _choose(found: dict[str, _Found]) -> tuple[Suggestion, ...]:
    states = _order({code: seen for code, seen in found.items() if not is_part(code)})
    whole = sum(seen.score for _, seen in states)
    least = LEAST_SHARE * whole
    kept = [(code, seen) for code, seen in states if seen.score >= least and (seen.hits >= LEAST_HITS or seen.score >= SINGLE_SCORE)]
    kept = kept[:MOST_COUNTRIES] or states[:1]
    for state, _ in tuple(kept):
        parts = [(code, seen) for code, seen in found.items() if is_part(code, of=state)]
        kept += [(code, seen) for code, seen in parts if seen.score >= least and seen.hits >= LEAST_HITS]
    return tuple(Suggestion(code, seen.score / whole, phrase_reason(seen.words)) for code, seen in _order(dict(kept)))


def _order(found: dict[str, _Found]) -> list[tuple[str, _Found]]:
    """Best first; of equals the part of a state before the state itself."""
    return sorted(found.items(), key=lambda entry: (-entry[1].score, not is_part(entry[0]), entry[0]))
