"""Names in English text, and whether a source has them: capitalised words, acronyms, countries by any of their names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plugins.desk.country_names import find_countries
from plugins.desk.figure_words import ENGLISH_MONTHS, is_english
from plugins.desk.name_words import GENERIC, KNOWN, SAME, SKIPPED
from plugins.desk.normalise import MARKS, fold_word, split_words, strip_accents

_TOKEN = re.compile(rf"[^\W_](?:[^\W_]++|[{MARKS}]++|[.'’&](?=[^\W_]))*+")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|Nos|Sen|Rep|Gov|Gen|Prof|Art|Sec|Jr|Sr|vs|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec))$"
)
_BETWEEN = re.compile(r"[ \t\n\-‑–'’“”\"«»]{0,3}")
_JOINING = "of and for the on in to de del di da do du des la le et y e und für &"
_IN_RUN = frozenset(_JOINING.split())
_LEAST_STEM = 4
_LONGEST_ENDING = 4
_LONGEST_RUN = 12  # words of one name
_ACRONYM = re.compile(r"[A-Z]{2,}s?")
LONGEST_NAME = 40  # characters; longer words are addresses or hashes


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised word of a text, with the run of capitalised words that it belongs to (``Financial Conduct Authority``)."""

    text: str
    start: int
    end: int
    run: tuple[str, ...]
    place: int  # in the run


@dataclass(frozen=True, slots=True)
class SourceNames:
    """The names of a source: folded words, codes of countries, and ``script`` (``en``, ``latin``, ``cyrillic`` or ``other``).

    Acronyms that it does not spell out also stand in capitals.
    """

    words: frozenset[str]
    countries: frozenset[str]
    script: str


def fold_name(word: str) -> str:
    """A name in the form in which names are compared: lower case, no accents, no possessive."""
    return strip_accents(fold_word(word)).rstrip("'’")


def is_capitalised(word: str) -> bool:
    """Whether a word is written as a name: it has a capital anywhere."""
    return not word.islower() and any(c.isupper() for c in word)


def find_names(text: str) -> tuple[Name, ...]:
    """The names of an English text. A word that opens a sentence counts only where it has a second capital."""
    tokens = list(_TOKEN.finditer(text))
    found: list[Name] = []
    for run in _find_runs(text, tokens):
        folded = tuple(fold_name(tokens[i][0]) for i in run)
        for place, i in enumerate(run):
            word = tokens[i][0]
            if not is_capitalised(word) or folded[place] in SKIPPED or folded[place] in ENGLISH_MONTHS or len(folded[place]) < 2:
                continue
            inner = any(c.isupper() for c in word[1:])
            if not inner and _opens_sentence(text, tokens[i].start()):
                continue
            found.append(Name(word, tokens[i].start(), tokens[i].end(), folded, place))
    return tuple(found)


def is_title_case(text: str) -> bool:
    """Whether most longer words of a text begin with a capital, so that capitals tell nothing."""
    long = [w for w in _TOKEN.findall(text) if len(w) > 3]
    return len(long) >= 5 and sum(w[0].isupper() for w in long) > 0.7 * len(long)


def _opens_sentence(text: str, start: int) -> bool:
    """Whether the word at ``start`` is the first of a sentence, a quotation or a heading."""
    near = text[max(0, start - 40) : start]
    before = near.rstrip(" \t\n*_`#>“”\"«„‘'(—–-")
    if not before:
        return True
    if before[-1] == ".":
        return not _ABBREVIATION.search(before[-6:-1])
    return before[-1] in "!?:;|•。！？" or (near.rstrip(" \t*_")[-1:] in '“"«„‘' and not near[-1].isspace())


def _find_runs(text: str, tokens: list[re.Match[str]]) -> Iterator[list[int]]:
    """Runs of capitalised words with small joining words between them, as places in ``tokens``."""
    run: list[int] = []
    pending: list[int] = []
    for i, token in enumerate(tokens):
        joined = 0 < len(run) < _LONGEST_RUN and _BETWEEN.fullmatch(text, tokens[i - 1].end(), token.start()) is not None
        if run and not joined:
            yield run
            run, pending = [], []
        if is_capitalised(token[0]):
            run += [*pending, i]
            pending = []
        elif run and token[0] in _IN_RUN and len(pending) < 2:
            pending.append(i)
        elif run:
            yield run
            run, pending = [], []
    if run:
        yield run


def _initials(run: Iterable[str]) -> tuple[str, str]:
    """The initials of a run without and with those of its joining words."""
    words = list(run)
    return "".join(w[0] for w in words if w not in _IN_RUN), "".join(w[0] for w in words)


def _singular(acronym: str) -> str:
    return acronym.removesuffix("s")


def read_source_names(text: str) -> SourceNames:
    """The names that a source states, with acronyms of its longer names."""
    words = split_words(text)
    script = _find_script(text, words)
    found: set[str] = set()
    tokens = list(_TOKEN.finditer(text))
    acronyms: set[str] = set()
    expanded: set[str] = set()
    for run in _find_runs(text, tokens):
        folded = [fold_name(tokens[i][0]) for i in run]
        found.update(folded)
        acronyms.update(_singular(tokens[i][0]) for i in run if _ACRONYM.fullmatch(tokens[i][0]))
        ends = {(first, len(folded)) for first in range(len(folded))} | {(0, last) for last in range(len(folded) + 1)}
        for first, last in sorted(ends):
            if 3 <= last - first <= _LONGEST_RUN and folded[first] not in _IN_RUN:
                expanded.update(_initials(folded[first:last]))
    found |= {initials for initials in expanded if initials.upper() not in acronyms and len(initials) > 2}
    found |= {acronym for acronym in acronyms if acronym.lower() not in expanded}
    vocabulary = {strip_accents(w) for w in words}
    found |= vocabulary & GENERIC
    if script == "cyrillic":
        found |= _transliterate(tokens)
    kept = frozenset(w for w in found if 1 < len(w) <= LONGEST_NAME and not w.isdigit() and w not in SKIPPED)
    named = find_countries(text, foreign=script != "en").values()
    return SourceNames(kept, frozenset(code for codes in named for code in codes), script)


def _find_script(text: str, words: list[str]) -> str:
    letters = [c for c in text[:20_000] if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    if 2 * latin >= len(letters):
        return "en" if is_english(words) else "latin"
    return "cyrillic" if 2 * sum("\u0370" <= c < "\u0530" for c in letters) >= len(letters) else "other"


def _transliterate(tokens: list[re.Match[str]]) -> set[str]:
    """Latin spellings of capitalised words of a text in Cyrillic or Greek letters, and their skeletons."""
    from slugify import slugify  # its tables are only needed here

    names = {t[0] for t in tokens if is_capitalised(t[0]) and not t[0].isascii()}
    latin = {slugify(name).replace("-", "") for name in names}
    return latin | {"~" + skeleton(name) for name in latin if len(skeleton(name)) > 1}


def skeleton(word: str) -> str:
    """The consonants of a word written alike: ``yakovlev`` and ``iakovlev`` are both ``kvlv``."""
    bare = re.sub(
        r"[aeiouyjhw'’]",
        "",
        word.replace("x", "ks").replace("c", "k").replace("q", "k").replace("w", "v"),
    )
    return re.sub(r"(.)\1+", r"\1", bare)


class NameSet:
    """Whether a source has a name, by its own words, an inflection, another name of the same country, or an acronym."""

    def __init__(self, source: SourceNames, vocabulary: frozenset[str] = frozenset()) -> None:
        self._source = source
        self._words = source.words
        self._vocabulary = vocabulary
        self._sorted = sorted(source.words)
        self.is_readable = source.script != "other"
        self.is_homely = not source.countries

    def find_strange(self, text: str, countries: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
        """The names of an English text that the source does not have.

        ``countries`` are codes of countries and ``known`` folded words that may be named all the same.
        """
        names = find_names(text) if self.is_readable else ()
        codes = self._source.countries | countries
        named = [span for span, those in find_countries(text).items() if those & codes] if names else []
        return tuple(
            name
            for name in names
            if not (
                fold_name(name.text) in known or self._has(name) or any(start <= name.start and name.end <= end for start, end in named)
            )
        )

    def _has(self, name: Name) -> bool:
        word = fold_name(name.text)
        if word in KNOWN or self._has_word(word) or self._has_acronym(name):
            return True
        if _ACRONYM.fullmatch(name.text) and (self._has_word(word.removesuffix("s")) or self._is_begun(word)):
            return True
        parts = re.split(r"[&.]", word)
        return len(parts) > 1 and all(len(p) < 2 or self._has_word(p) for p in parts)

    def _has_word(self, word: str) -> bool:
        if word in self._words or word in self._vocabulary or word.isdigit():
            return True
        if any(other in self._words for other in SAME.get(word, ())):
            return True
        if self._source.script != "en" and word in GENERIC:
            return True
        if self._source.script == "cyrillic" and ("~" + skeleton(word) in self._words or len(skeleton(word)) < 2):
            return True
        return len(word) >= _LEAST_STEM and self._has_inflected(word)

    def _is_begun(self, word: str) -> bool:
        """Whether a name of the source begins with an acronym of four letters or more, as Economic does with ECON."""
        at = bisect_left(self._sorted, word)
        return len(word) >= _LEAST_STEM and at < len(self._sorted) and self._sorted[at].startswith(word)

    def _has_inflected(self, word: str) -> bool:
        """Whether a word of the source and this one differ by an ending of up to four letters, two after a stem of four."""
        for cut in range(1, _LONGEST_ENDING + 1):
            if _may_end(len(word) - cut, cut) and word[:-cut] in self._words:
                return True
        at = bisect_left(self._sorted, word)
        while at < len(self._sorted) and self._sorted[at].startswith(word):
            if _may_end(len(word), len(self._sorted[at]) - len(word)):
                return True
            at += 1
        if word.endswith("y") and word[:-1] + "ies" in self._words:
            return True
        return word.endswith("ies") and word[:-3] + "y" in self._words

    def _has_acronym(self, name: Name) -> bool:
        """Whether a run around a name has its acronym in the source, unexplained: ``Financial Conduct Authority`` where that says FCA."""
        run = name.run
        for first in range(name.place + 1):
            for last in range(max(name.place, first + 2), len(run)):
                if run[first] in _IN_RUN or run[last] in _IN_RUN:
                    continue
                if any(len(initials) > 2 and initials.upper() in self._words for initials in _initials(run[first : last + 1])):
                    return True
        return False


def _may_end(stem: int, ending: int) -> bool:
    """Whether a stem of so many letters may have an ending of so many."""
    return stem >= _LEAST_STEM and ending <= min(_LONGEST_ENDING, stem - 2)
