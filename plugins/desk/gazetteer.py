"""Whose rules a text is about: countries by the names, adjectives, institutions and towns that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from plugins.desk.folding import fold_letters
from plugins.desk.phrases import Hit, PhraseIndex
from plugins.desk.suggestion import Suggestion, phrase_reason

_DATA = Path(__file__).with_name("data")
_WEIGHTS = {"name": 1.0, "adj": 0.8, "inst": 0.7, "capital": 0.6, "part": 0.5, "abbr": 0.3, "weak": 0.3, "stop": 0.0}
# Said of more than the country, or of firms there.
_LIGHTER = dict.fromkeys(("America", "Brussels", "Dubai", "Istanbul", "Europe", "European", "Europeans", "European Economic Area", "EEA"), 0.6)
_TITLE_FACTOR, _FIRST_QUARTER_FACTOR = 3.0, 2.0
LEAST_SHARE = 0.18  # of all that was found
LEAST_HITS = 2
SINGLE_SCORE = 1.5  # from which one hit is enough
MOST_COUNTRIES = 4
_SHARED_ONLY = 0.01  # factor where nothing but institutions of several countries speaks for a country
_ENGLISH_BONUS = 1.5  # for what a text in another language names as English texts do
# Languages that are read together: twins, and the two scripts of Chinese.
_TOGETHER = {"zh": ("zh", "zh_Hant"), "id": ("id", "ms"), "ms": ("ms", "id"), "sr": ("sr", "sr_Latn"), "no": ("nb",), "nn": ("nb",), "tl": ("fil",)}
_SCRIPTS = (
    (re.compile("[\u3041-\u30ff]"), ("ja",)),
    (re.compile("[\uac00-\ud7af]"), ("ko",)),
    (re.compile("[\u4e00-\u9fff]"), ("zh", "zh_Hant")),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u0900-\u097f]"), ("hi",)),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa")),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk")),
    (re.compile("[\u0370-\u03ff]"), ("el",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for: codes with the weight of each, whether it is shared by several countries, and whether English texts have it."""

    phrase: str
    codes: tuple[tuple[str, float], ...]
    shared: bool = False
    english: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the hand-made table."""

    kind: str
    codes: tuple[str, ...]
    language: str
    phrases: tuple[str, ...]
    shared: bool = False


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
    title, text = fold_letters(title), fold_letters(text)
    indexes = _load_indexes(_languages(language, f"{title} {text}"))
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
    """The weights of a shared institution: to the countries that have support of their own, by its measure; else as they are, or next to nothing."""
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
    whole = sum(seen.score for code, seen in found.items() if not _is_part(code))
    ordered = sorted(found.items(), key=lambda entry: (-entry[1].score, entry[0]))
    kept = [
        (code, seen)
        for code, seen in ordered
        if seen.score >= LEAST_SHARE * whole and (seen.hits >= LEAST_HITS or seen.score >= SINGLE_SCORE) and not (_is_part(code) and seen.hits < LEAST_HITS)
    ]
    states = [entry for entry in kept if not _is_part(entry[0])][:MOST_COUNTRIES] or [entry for entry in ordered if not _is_part(entry[0])][:1]
    parts = [entry for entry in kept if _is_part(entry[0]) and any(entry[0].startswith(code) for code, _ in states)][:MOST_COUNTRIES]
    chosen = sorted(states + parts, key=lambda entry: (-entry[1].score, not _is_part(entry[0]), entry[0]))
    return tuple(Suggestion(code, seen.score / whole if whole else 0.0, phrase_reason(seen.words)) for code, seen in chosen)


def _is_part(code: str) -> bool:
    """Whether the code is that of a subdivision."""
    return "-" in code and not code.startswith("XX-")


def _languages(language: str | None, text: str) -> tuple[str, ...]:
    """The tables to read besides the English one."""
    code = (language or "").lower().replace("_", "-").split("-")[0]
    if code == "en":
        return ()
    if code:
        return _TOGETHER.get(code, (code,))
    return tuple(name for script, names in _SCRIPTS if len(script.findall(text)) > 20 for name in names)


@cache
def _load_indexes(languages: tuple[str, ...]) -> tuple[PhraseIndex[Entry], ...]:
    if not languages:
        return (_load_english(),)
    index: PhraseIndex[Entry] = PhraseIndex(plural=True, names=True)
    not_here = {phrase for line in _read_lines() if line.kind == "not" and line.language in languages for phrase in line.phrases}
    for language in languages:
        for phrase, codes in _read_names(language):
            if phrase.split("*")[0] not in not_here:
                index.add(fold_letters(phrase), Entry(phrase, _weigh(codes, 1.0)))
    _add_lines(index, languages, english=False)
    index.close()
    return (index, _load_english(in_other_language=True))


@cache
def _load_english(*, in_other_language: bool = False) -> PhraseIndex[Entry]:
    """The English table; in a text in another language without its small words, which mean other things there (``won``, ``peso``)."""
    index: PhraseIndex[Entry] = PhraseIndex(plural=True, names=True)
    seen = set()
    for phrase, codes in _read_names("en"):
        index.add(fold_letters(phrase), Entry(phrase, _weigh(codes, 1.0), english=True))
        seen.add(phrase)
    adjectives: dict[str, list[str]] = {}
    for line in (_DATA / "adjectives.txt").read_text("utf-8").splitlines():
        code, _, phrases = line.partition(" ")
        for phrase in phrases.split("|") if line and not line.startswith("#") else ():
            adjectives.setdefault(phrase.strip(), []).append(code)
    for phrase, found in adjectives.items():
        if phrase not in seen:
            weight = 1.0 if phrase.isupper() else _LIGHTER.get(phrase, _WEIGHTS["adj"])
            index.add(fold_letters(phrase), Entry(phrase, _weigh(tuple(found), weight), english=True))
            seen.add(phrase)
    _add_lines(index, ("en", "*"), english=True, seen=seen, capitals_only=in_other_language)
    index.close()
    return index


def _add_lines(index: PhraseIndex[Entry], languages: tuple[str, ...], *, english: bool, seen: set[str] | None = None, capitals_only: bool = False) -> None:
    seen = set() if seen is None else seen
    for line in _read_lines():
        if line.language not in languages or line.kind == "not":
            continue
        for phrase in line.phrases:
            if phrase not in seen and not (capitals_only and phrase[0].islower()):
                seen.add(phrase)
                weight = _LIGHTER.get(phrase, _WEIGHTS[line.kind])
                index.add(fold_letters(phrase), Entry(phrase, _weigh(line.codes, weight, first_leads=line.shared), line.shared, english))


def _weigh(codes: tuple[str, ...], weight: float, *, first_leads: bool = False) -> tuple[tuple[str, float], ...]:
    """Each code with its weight: divided among several, but the first of a shared list keeps it whole; a state counts for its country too."""
    found = []
    for place, code in enumerate(codes):
        share = weight if first_leads and not place else weight / len(codes)
        found.append((code, share))
        if _is_part(code):
            found.append((code[:2], share))
    return tuple(found)


@cache
def _read_lines() -> tuple[_Line, ...]:
    lines = []
    for line in (_DATA / "gazetteer.txt").read_text("utf-8").splitlines():
        head, _, rest = line.partition(" ")
        if not line or head == "#":
            continue
        if head == "STOP":
            lines.append(_Line("stop", (), "en", tuple(rest.split("|"))))
        elif head == "NOT":
            language, phrases = rest.split(" ", 1)
            lines.append(_Line("not", (), language, tuple(phrases.split("|"))))
        else:
            codes = line.removeprefix("SHARED ").split(" ")
            first = next(i for i, word in enumerate(codes) if word.islower())  # the kind
            phrases = " ".join(codes[first + 2 :])
            lines.append(_Line(codes[first], tuple(codes[:first]), codes[first + 1], tuple(phrases.split("|")), head == "SHARED"))
    return tuple(lines)


def _read_names(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names of a language, as ``make_gazetteer`` wrote them, with the codes of each."""
    start = f"{language}\t"
    for line in (_DATA / "gazetteer_names.txt").read_text("utf-8").splitlines():
        if line.startswith(start):
            entries = (entry.rpartition("=") for entry in line.split("\t")[1:])
            return tuple((phrase, tuple(codes.split())) for phrase, _, codes in entries)
    return ()
