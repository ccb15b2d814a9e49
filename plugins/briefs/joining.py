"""Which of the briefs that were read fit together, and what is to be told of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Collection as Many
from operator import itemgetter
from pathlib import Path

from plugins.domain.brief import Brief
from plugins.domain.characters import line_of
from plugins.domain.checks import check_links, check_references, check_replaced, check_stated, check_titles, known_addresses
from plugins.domain.collection import Collection, build_collection
from plugins.domain.faults import Fault
from plugins.domain.markup import find_link
from plugins.domain.reader import read_brief
from plugins.domain.vocabulary import Vocabulary

_LINKED = re.compile(r"^a link to `(/briefs/([a-z0-9-]+)/)`", re.ASCII)
_COUNTRIES, _TOPICS, _MEASURE, _LINKS = map(itemgetter, map(Brief._fields.index, ("countries", "topics", "measure", "links")))


class ShownPaths(Mapping[str, str]):
    """How faults name the files of some briefs, by their ids."""

    def __init__(self, shown: str, ids: Many[str]) -> None:
        self._shown = shown
        self._ids = ids

    def __getitem__(self, id: str) -> str:
        return f"{self._shown}/briefs/{id[:4]}/{id}.md"

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Joiner:
    """Joins what the files of ``content`` gave; ``shown`` is how faults name that folder."""

    def __init__(self, content: Path, shown: str) -> None:
        self._content = content
        self._shown = shown

    def check(self, briefs: list[Brief], vocabulary: Vocabulary, paths: Mapping[str, str]) -> list[Fault]:
        """The faults of front matters that do not fit together."""
        faults: list[Fault] = []
        if not _are_known(briefs, vocabulary):
            for brief in briefs:
                faults += check_references(brief, vocabulary, paths[brief.id], self._line)
        faults += check_titles(briefs, paths, self._line)
        faults += check_replaced(briefs, paths, self._line)
        return faults

    def join(
        self, briefs: list[Brief], vocabulary: Vocabulary, paths: Mapping[str, str], drafts: bool, faults: list[Fault]
    ) -> tuple[Collection, list[Fault]]:
        """The collection of the briefs that fit together, and the faults of all others; ``faults`` are what ``check`` told of them."""
        faults = [*faults]
        bad = {f.path for f in faults if not f.is_warning}
        while True:
            good = [b for b in briefs if paths[b.id] not in bad] if bad else briefs
            collection = build_collection(good, vocabulary, drafts=drafts)
            known = find_addresses(collection)
            linking = [b for b in filter(_LINKS, good) if b.id in collection.by_id]
            dead = [f for b in linking for f in check_links(b, known, paths[b.id], self._line)]
            if not dead:
                return collection, faults
            faults += dead
            bad |= {f.path for f in dead}

    def check_refused(self, path: str, vocabulary: Vocabulary) -> Iterator[Fault]:
        """What a file that is refused for other faults names and nobody knows: all is told at once."""
        shown = f"{self._shown}/{path}"
        front = read_brief(self._content / path, shown).front
        if front is not None:
            yield from check_stated(front.data, vocabulary, shown, front.line)

    def name_left_out(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """The faults; where a link leads to a brief that is there, and only left out, they say what to mend instead (M603)."""
        for fault in faults:
            linked = _LINKED.search(fault.message) if fault.code == "M603" else None
            path = f"briefs/{linked[2][:4]}/{linked[2]}.md" if linked else ""
            if linked and (self._content / path).is_file():
                message = f"a link to `{linked[1]}`, which is left out: it has faults, or is a draft"
                fault = fault._replace(message=message, hint=f"leave the link, and mend or publish {self._shown}/{path}")
            yield fault

    def line_of_link(self, shown: str, url: str) -> int:
        """The line of a file of content that holds a link."""
        text = (self._content / shown[len(self._shown) + 1 :]).read_text("utf-8")
        return line_of(text, max(text.rfind(url), 0))  # the front matter above holds none

    def _line(self, id: str, at: tuple[str | int, ...]) -> int:
        file = self._content / "briefs" / id[:4] / f"{id}.md"
        front = read_brief(file, str(file)).front
        if front is None:
            return 1
        if at[0] == "body":
            index = find_link(front.body, str(at[1]))
            return front.body_line + front.body.count("\n", 0, max(index, 0))
        return front.line(*at)


def _are_known(briefs: list[Brief], words: Vocabulary) -> bool:
    """Whether all countries, topics and measures of all briefs are known: nearly always, and told at once."""
    countries, topics, measures = (set(map(stated, briefs)) for stated in (_COUNTRIES, _TOPICS, _MEASURE))
    return (
        {code for codes in countries for code in codes} <= words.countries.keys()
        and {topic for some in topics for topic in some} <= words.topics.keys()
        and measures - {None} <= words.measures.keys()
    )


def find_addresses(collection: Collection) -> Callable[[str], bool]:
    """Whether an address of ours exists; worked out when somebody asks."""
    known: Callable[[str], bool] | None = None

    def ask(url: str) -> bool:
        nonlocal known
        known = known or known_addresses(collection.vocabulary, collection.by_id, _pairs_of(collection))
        return known(url)

    return ask


def _pairs_of(collection: Collection) -> set[tuple[str, str]]:
    """Each country with each topic that a page tells of, without the indexes, which take longer to make."""
    return {(c, t) for b in collection.briefs for c in collection.codes_of(b) for t in b.topics}
