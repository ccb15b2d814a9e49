"""The phrases that stand for countries: generated names, English adjectives, and the hand-made table, ready to be looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plugins.desk.folding import fold_letters
from plugins.desk.phrases import PhraseIndex

_DATA = Path(__file__).with_name("data")
_WEIGHTS = {"name": 1.0, "adj": 0.8, "inst": 0.7, "capital": 0.6, "part": 0.5, "abbr": 0.3, "weak": 0.3, "stop": 0.0}
# Said of more than the country, or of firms there.
_LIGHT = ("America", "Brussels", "Dubai", "Istanbul", "Europe", "European", "Europeans", "European Economic Area", "EEA")
_LIGHTER = dict.fromkeys(_LIGHT, 0.6)
# Languages that are read together: twins, and the two scripts of Chinese.
_TOGETHER = {
    "zh": ("zh", "zh_Hant"),
    "id": ("id", "ms"),
    "ms": ("ms", "id"),
    "sr": ("sr", "sr_Latn"),
    "no": ("nb",),
    "nn": ("nb",),
    "tl": ("fil",),
}
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
    """What a phrase stands for: codes, each with a weight; whether countries share it; whether it is of the English table."""

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


def is_part(code: str, *, of: str | None = None) -> bool:
    """Whether the code is that of a subdivision, or of one of this state."""
    return "-" in code and not code.startswith("XX-") and of in (None, code[:2])


def choose_languages(language: str | None, text: str) -> tuple[str, ...]:
    """The tables to read besides the English one."""
    code = (language or "").lower().replace("_", "-").split("-")[0]
    if code == "en":
        return ()
    if code:
        return _TOGETHER.get(code, (code,))
    return tuple(name for script, names in _SCRIPTS if len(script.findall(text)) > 20 for name in names)


@cache
def load_indexes(languages: tuple[str, ...]) -> tuple[PhraseIndex[Entry], ...]:
    """The table of these languages and the English one, or the English one alone."""
    if not languages:
        return (_load_english(),)
    index: PhraseIndex[Entry] = PhraseIndex(plural=True, names=True)
    not_here = {phrase for line in _read_lines() if line.kind == "not" and line.language in languages for phrase in line.phrases}
    for language in languages:
        for phrase, codes in _read_names(language):
            if phrase.split("*")[0] not in not_here:
                index.add(fold_letters(phrase), Entry(phrase, _weigh(codes, 1.0)))
    _add_lines(index, languages, set(), english=False)
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
    _add_lines(index, ("en", "*"), seen, english=True, capitals=in_other_language)
    index.close()
    return index


def _add_lines(index: PhraseIndex[Entry], languages: tuple[str, ...], seen: set[str], *, english: bool, capitals: bool = False) -> None:
    """Enter the hand-made lines of these languages; ``seen`` has those that are there; ``capitals`` leaves out small words."""
    for line in _read_lines():
        if line.language not in languages or line.kind == "not":
            continue
        for phrase in line.phrases:
            if phrase not in seen and not (capitals and phrase[0].islower()):
                seen.add(phrase)
                weight = _LIGHTER.get(phrase, _WEIGHTS[line.kind])
                index.add(fold_letters(phrase), Entry(phrase, _weigh(line.codes, weight, first_leads=line.shared), line.shared, english))


def _weigh(codes: tuple[str, ...], weight: float, *, first_leads: bool = False) -> tuple[tuple[str, float], ...]:
    """Each code with its weight: divided among several, whole for the first of a shared list; a part counts for its state too."""
    found = []
    for place, code in enumerate(codes):
        share = weight if first_leads and not place else weight / len(codes)
        found.append((code, share))
        if is_part(code):
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
