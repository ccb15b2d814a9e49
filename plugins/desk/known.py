"""What the digest knows already and a text may be about: measures that it follows, actors that its briefs name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from plugins.desk.folding import fold_case
from plugins.desk.suggestion import Suggestion
from plugins.domain.vocabulary import Measure

# A number with a mark of its series: HB 302, 2023/1114, 221-FZ, No. 144/2020. Plain small numbers and years stand everywhere.
_NUMBER = re.compile(
    r"\b(?:[A-Z]{2,4}\.? ?\d{3,}|[A-Z]\d{3,}(?:-[A-Z])?|\d{2,}[-–/](?:\d{2,}(?:[-–/]\d+)*|[A-Z]{1,4})(?:-\d+)*|(?:SAB|DAC) ?\d+)\b"
)
_SHORT_NAME = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z0-9])(?=\w*[a-zA-Z]{2})\w{3,}\b")
_ACT = re.compile(
    r"\b(?:[A-Z][\w-]+ )(?:(?:[A-Z][\w-]+|of|on|and|to) )*(?:Act|Law|Ordinance|Regulation|Decree|Framework|Directive|Token|Coin)\b"
)
_OF_COUNTRIES = frozenset(("South", "North", "New", "El", "EU", "UK", "US"))  # words of their names
_NO_NAMES = frozenset(
    "CEMAC FATF G20 SEC CFTC OCC FDIC IRS FCA UAE USA VASP VASPs CASP CASPs NFT NFTs AML KYC ICO ICOs ETF ETFs DeFi CBDC PoW OECD".split()
)
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6  # letters by which words are compared
_TITLE_WEIGHT = 3  # of a word of the title against one of the prose
_NUMBER_WEIGHT, _NAME_WEIGHT, _WORDS_WEIGHT = 3.0, 1.5, 5.0
LONGEST = 100_000  # characters that are read
LEAST_SHARE = 0.12  # of a measure's own words, weighted, that are enough alone
LEAST_LEAD = 0.6  # of the best one's score
_SECOND_COUNTRY = 0.7  # factor where the measure is not of the article's first country
MOST_MEASURES = 2


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a measure is known by: numbers, names, and stems of its words with their weights, which sum to 1."""

    measure: Measure
    numbers: tuple[str, ...]
    names: tuple[tuple[str, float], ...]  # with a weight: less where two measures have the name
    stems: tuple[tuple[str, str, float], ...]  # stem, a word of it, weight; the weightiest first


def suggest_measures(title: str, text: str, countries: tuple[str, ...], measures: Mapping[str, Measure]) -> tuple[Suggestion, ...]:
    """The measures of ours that an article of these countries may be about, best first, at most two; none where nothing speaks for one.

    For a measure speak its number, its short name, and the words of its title and prose that other measures have not.
    """
    whole = f"{title}\n{text[:LONGEST]}"
    low = fold_case(whole)
    heading = fold_case(title)
    there = {word[:_STEM] for word in _WORD.findall(low)}
    found: list[Suggestion] = []
    for traits in _read_traits(tuple(measures.values())):
        place = min((countries.index(code) for code in traits.measure.countries if code in countries), default=None)
        if place is None:
            continue
        marks = [number for number in traits.numbers if _stands(number, whole)]
        names = [(name, weight * (1 + _stands(fold_case(name), heading))) for name, weight in traits.names if _stands(fold_case(name), low)]
        shared = [(word, weight) for stem, word, weight in traits.stems if stem in there]
        share = sum(weight for _, weight in shared)
        if marks or names or share >= LEAST_SHARE:
            score = _NUMBER_WEIGHT * bool(marks) + sum(weight for _, weight in names[:2]) + _WORDS_WEIGHT * share
            score *= 1.0 if place == 0 or traits.measure.countries[0].startswith(countries[0]) else _SECOND_COUNTRY
            found.append(
                Suggestion(traits.measure.id, score, ", ".join([*marks, *(name for name, _ in names), *(word for word, _ in shared)][:5]))
            )
    found.sort(key=lambda entry: (-entry.weight, entry.id))
    return tuple(entry for entry in found[:MOST_MEASURES] if entry.weight >= LEAST_LEAD * found[0].weight)


def suggest_actors(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The known actors that the text names, in the order in which it names them; a name inside a longer one does not count."""
    spans: list[tuple[int, int, str]] = []
    for name in known:
        if len(name) > 2:
            spans += [(match.start(), match.end(), name) for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text[:LONGEST])]
    found, after = [], 0
    for start, end, name in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        if start >= after:
            found.append(name)
            after = end
    return tuple(dict.fromkeys(found))


def _stands(phrase: str, text: str) -> bool:
    """Whether the phrase stands in the text as whole words; a blank or hyphen in it may be missing."""
    pattern = re.sub(r"(?:\\ |\\-|–)+", r"[\\s\\-–]*", re.escape(phrase))
    return bool(re.search(rf"(?<![\w/-]){pattern}(?![\w/])", text))


@lru_cache(maxsize=4)
def _read_traits(measures: tuple[Measure, ...]) -> tuple[_Traits, ...]:
    names = [_names_of(measure) for measure in measures]
    named = Counter(name for entry in names for name in entry)
    words = [_words_of(measure) for measure in measures]
    spread = Counter(stem for entry in words for stem in entry)
    found = []
    for measure, its_names, its_words in zip(measures, names, words, strict=True):
        weights = {stem: count * log(len(measures) / spread[stem] + 1) for stem, (_, count) in its_words.items()}
        whole = sum(weights.values()) or 1.0
        stems = sorted(
            ((stem, its_words[stem][0], weight / whole) for stem, weight in weights.items()), key=lambda entry: (-entry[2], entry[0])
        )
        found.append(_Traits(measure, _numbers_of(measure), tuple((name, _NAME_WEIGHT / named[name]) for name in its_names), tuple(stems)))
    return tuple(found)


def _numbers_of(measure: Measure) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in _NUMBER.finditer(measure.official_id or "")))


def _names_of(measure: Measure) -> tuple[str, ...]:
    """Acronyms and names of acts in the title, without the country before them."""
    title = re.sub(r"['’]s\b", "", measure.title)
    names = [match[0] for match in _SHORT_NAME.finditer(title) if match[0] not in _NO_NAMES]
    for match in _ACT.finditer(title):
        words = match[0].split(" ")
        while len(words) > 1 and (words[0].islower() or words[0] in _NO_NAMES or _is_country(words[0])):
            words = words[1:]
        if len(words) > 1:
            names.append(" ".join(words))
    return tuple(dict.fromkeys(names))


def _is_country(word: str) -> bool:
    from plugins.desk.gazetteer import suggest_countries

    return word in _OF_COUNTRIES or bool(suggest_countries("", word, "en"))


def _words_of(measure: Measure) -> dict[str, tuple[str, int]]:
    """The stems of the measure's words but for names of countries, each with a word and a weight."""
    found: dict[str, tuple[str, int]] = {}
    for text, weight in ((measure.title, _TITLE_WEIGHT), (_TAG.sub(" ", measure.html), 1)):
        for word in _WORD.findall(text):
            low = fold_case(word)
            if low[:_STEM] not in found and not (word[0].isupper() and _is_country(word)):
                found[low[:_STEM]] = (low, weight)
    return found
