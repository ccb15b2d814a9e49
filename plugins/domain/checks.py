"""Checks: over one brief with the vocabularies, and over all briefs together. One rule, one small generator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeVar

from plugins.domain.addresses import canonical_address
from plugins.domain.brief import Brief
from plugins.domain.faults import Fault, Severity
from plugins.domain.stage import Stage
from plugins.domain.suggest import closest
from plugins.domain.vocabulary import Measure, Topic, Vocabulary

Lines = Callable[[str, tuple[str | int, ...]], int]
"""The line of a value in the file of a brief id: only asked for where there is a fault."""


def check_references(brief: Brief, vocabulary: Vocabulary, shown: str, line: Lines) -> Iterator[Fault]:
    """Countries, topics and measures that the vocabularies do not have (V401 to V403)."""
    stated = {"countries": brief.countries, "topics": brief.topics, "measure": brief.measure}
    yield from check_stated(stated, vocabulary, shown, lambda *at: line(brief.id, at))


def check_stated(stated: Mapping[str, object], vocabulary: Vocabulary, shown: str, line: Callable[..., int]) -> Iterator[Fault]:
    """The same of a front matter as it stands, which may have other faults; what has not the form of a name is one of these."""
    for i, code in _names(stated.get("countries"), _CODE):
        if code not in vocabulary.countries:
            near = closest(code, vocabulary.countries)
            hint = (
                f"did you mean `{near}` ({vocabulary.countries[near].name})?" if near else "write a code such as RU, US-ND, EU or XX-FATF"
            )
            yield Fault(shown, line("countries", i), "V401", f"unknown country `{code}`", hint)
    for i, topic in _names(stated.get("topics"), _SLUG):
        if topic not in vocabulary.topics:
            near = closest(topic, vocabulary.topics)
            hint = f"did you mean `{near}`?" if near else f"the topics are {', '.join(sorted(vocabulary.topics))}"
            yield Fault(shown, line("topics", i), "V402", f"unknown topic `{topic}`", hint)
    for _, measure in _names([stated.get("measure")], _SLUG):
        if measure not in vocabulary.measures:
            near = closest(measure, vocabulary.measures)
            hint = f"did you mean `{near}`?" if near else f"add content/measures/{measure}.md, or leave the key out"
            yield Fault(shown, line("measure"), "V403", f"unknown measure `{measure}`", hint)


_CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,8})?", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_NAME = 120


def _names(values: object, form: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Those of some values that have the form of a name, with their places."""
    for i, value in enumerate(values if isinstance(values, (list, tuple)) else ()):
        if isinstance(value, str) and len(value) <= _LONGEST_NAME and form.fullmatch(value):
            yield i, value


def check_links(brief: Brief, known: Callable[[str], bool], shown: str, line: Lines) -> Iterator[Fault]:
    """Links of a body to pages of ours that do not exist (M603)."""
    for url in brief.links:
        if not known(url):
            hint = "correct the address, or take the link out"
            yield Fault(shown, line(brief.id, ("body", url)), "M603", f"a link to `{url}`, which does not exist", hint)


Thing = TypeVar("Thing", Topic, Measure)


def check_words(
    words: Vocabulary, known: Callable[[str], bool], shown: str, line: Callable[[str, str], int]
) -> tuple[Vocabulary, list[Fault]]:
    """The vocabulary without the bodies of topics and measures that link to pages of ours which do not exist, and these faults (M603).

    ``shown`` is how faults name the content folder, ``line`` tells the line of a link in a file.
    """
    faults: list[Fault] = []

    def keep(things: Mapping[str, Thing], folder: str) -> dict[str, Thing]:
        found = {}
        for id, thing in things.items():
            dead = [url for url in thing.links if not known(url)]
            for url in dead:
                path, hint = f"{shown}/{folder}/{id}.md", "correct the address, or take the link out"
                faults.append(Fault(path, line(path, url), "M603", f"a link to `{url}`, which does not exist", hint))
            found[id] = thing._replace(html="", links=(), digest=thing.digest + b" without its body") if dead else thing
        return found

    topics, measures = keep(words.topics, "topics"), keep(words.measures, "measures")
    return (words._replace(topics=topics, measures=measures) if faults else words), faults


def check_titles(briefs: Sequence[Brief], shown: Mapping[str, str], line: Lines) -> Iterator[Fault]:
    """Two briefs of one title (C701)."""
    stated = list(map(_TITLE, briefs))
    plain = "\n".join(filter(str.isascii, stated)).lower()  # at once: these characters fold to their small letters
    folded = {*(plain.split("\n") if plain else ()), *[_fold(title) for title in stated if not title.isascii()]}
    if "  " not in plain and len(folded) == len(briefs):  # nearly always
        return
    titles = {brief.id: _fold(brief.title) for brief in briefs}
    seen: dict[str, str] = {}
    for brief in sorted(briefs, key=lambda b: b.id):
        title = titles[brief.id]
        first = seen.setdefault(title, brief.id)
        if first != brief.id:
            yield Fault(
                shown[brief.id],
                line(brief.id, ("title",)),
                "C701",
                f"has the title of {shown[first]}",
                "say in the title what is special about this one",
            )


_TITLE = itemgetter(Brief._fields.index("title"))


def _fold(title: str) -> str:
    """The title without what readers do not tell apart: case, forms of a character, spaces."""
    return " ".join((title if title.isascii() else unicodedata.normalize("NFKC", title)).casefold().split())


def check_replaced(briefs: Iterable[Brief], shown: Mapping[str, str], line: Lines) -> Iterator[Fault]:
    """Replaced briefs that are still there, or replaced twice (C702)."""
    by: dict[str, str] = {}
    for brief in sorted((b for b in briefs if b.replaces), key=lambda b: b.id):
        for i, old in enumerate(brief.replaces):
            at = line(brief.id, ("replaces", i)) if old in shown or old in by else 1
            if old in shown:
                yield Fault(shown[brief.id], at, "C702", f"`{old}` is replaced, but its file is still there", f"delete {shown[old]}")
            elif by.setdefault(old, brief.id) != brief.id:
                yield Fault(shown[brief.id], at, "C702", f"`{old}` is replaced by `{by[old]}` too", "keep one of them")


def check_order(briefs: Iterable[Brief], shown: Mapping[str, str], line: Lines) -> Iterator[Fault]:
    """Measures that seem to go back (C704, a warning). ``briefs`` are newest first."""
    newer: dict[str, Brief] = {}
    for brief in briefs:
        if not brief.measure or not brief.stage.moves or not brief.is_listed:
            continue
        later = newer.get(brief.measure)
        if later and brief.stage in (Stage.IN_FORCE, Stage.REPEALED) and later.stage.rank <= Stage.BILL.rank:
            message = f"puts the measure back to `{later.stage.value}` after `{brief.stage.value}` ({brief.id})"
            hint = "if it is about a later change, use `none`, `guidance` or another measure"
            yield Fault(shown[later.id], line(later.id, ("stage",)), "C704", message, hint, Severity.WARNING)
        newer[brief.measure] = brief


def check_repeats(briefs: Iterable[Brief], shown: Mapping[str, str], line: Lines) -> Iterator[Fault]:
    """Briefs of one measure, one date and one source (C705, a warning)."""
    groups: dict[tuple[str, str], list[Brief]] = {}
    for brief in sorted(briefs, key=lambda b: b.id):
        if brief.measure and brief.is_listed:
            groups.setdefault((brief.measure, brief.date), []).append(brief)
    for members in groups.values():
        seen: dict[str, str] = {}
        for brief in members if len(members) > 1 else ():
            addresses = {canonical_address(s.url) for s in brief.detail().sources}
            first = next((seen[a] for a in sorted(addresses) if a in seen), None)
            if first:
                hint = "if it is one story, keep one brief with all its sources"
                yield Fault(
                    shown[brief.id],
                    line(brief.id, ("sources",)),
                    "C705",
                    f"has measure, date and a source of {shown[first]}",
                    hint,
                    Severity.WARNING,
                )
            seen |= {a: brief.id for a in addresses if a not in seen}


def known_addresses(vocabulary: Vocabulary, ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Callable[[str], bool]:
    """Whether an address of ours exists. A country without briefs has a page where the map or a union shows it."""
    slugs = {c.slug: code for code, c in vocabulary.countries.items()}
    briefs, known_pairs = frozenset(ids), frozenset(pairs)
    told = {code for code, _ in known_pairs} | {code for code, c in vocabulary.countries.items() if c.tile or c.members}

    def known(url: str) -> bool:
        match url.strip("/").split("/"):
            case ["briefs", id]:
                return id in briefs
            case ["measures", id]:
                return id in vocabulary.measures
            case ["topics", id]:
                return id in vocabulary.topics
            case ["countries", slug]:
                return slugs.get(slug) in told
            case ["countries", slug, topic]:
                return (slugs.get(slug, ""), topic) in known_pairs
        return False

    return known


def name_codes(faults: Iterable[Fault], vocabulary: Vocabulary) -> Iterator[Fault]:
    """The faults, with the code where a country was written by its name (`Russia`: write `RU`)."""
    names = {c.name.casefold(): code for code, c in vocabulary.countries.items()} | _OTHER_NAMES
    for fault in faults:
        if fault.code == "V401":
            written = fault.message.split("`")[-2].strip().casefold()
            code = names.get(written) or (written.upper() if written.upper() in vocabulary.countries else None)
            near = None if code else closest(written, names) if len(written) > 3 else None
            if code:
                fault = fault._replace(hint=f"write `{code}` ({vocabulary.countries[code].name})")
            elif near:
                fault = fault._replace(hint=f"did you mean `{names[near]}` ({vocabulary.countries[names[near]].name})?")
        yield fault


_OTHER_NAMES = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "usa": "US",
    "u.s.": "US",
    "united states of america": "US",
    "turkey": "TR",
    "uae": "AE",
}
