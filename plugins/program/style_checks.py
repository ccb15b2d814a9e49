"""Matters of style for ``digest check --warnings``: what one file shows, and what only all briefs together show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.desk.country_names import find_countries
from plugins.domain.checks import check_order, check_repeats
from plugins.domain.collection import Collection
from plugins.domain.faults import Fault
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.reader import read_brief
from plugins.domain.style import check_style
from plugins.domain.vocabulary import Vocabulary


def check_file_style(file: Path, front: FrontMatter, shown: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """The warnings of one brief."""
    yield from check_style(file.read_bytes().decode("utf-8", "replace"), front, shown, _names(front, vocabulary))


def _names(front: FrontMatter, vocabulary: Vocabulary) -> Mapping[str, tuple[str, ...]]:
    """For each country of a brief its name, and the words of the title that stand for it or for its state."""
    title, codes = front.data.get("title"), front.data.get("countries")
    if not isinstance(title, str) or not isinstance(codes, list):
        return {}
    words = [(title[start:end], meant) for (start, end), meant in find_countries(title).items()]
    known = [vocabulary.countries[code] for code in codes if isinstance(code, str) and code in vocabulary.countries]
    return {c.code: (c.name, *(word for word, meant in words if meant & {c.code, c.parent})) for c in known}


def check_collection_style(collection: Collection, content: Path) -> Iterator[Fault]:
    """The warnings of all briefs together."""
    shown = {b.id: f"{content.as_posix()}/briefs/{b.id[:4]}/{b.id}.md" for b in collection.briefs}

    def line(id: str, at: tuple[str | int, ...]) -> int:
        front = read_brief(shown[id], shown[id]).front
        return front.line(*at) if front else 1

    yield from check_order(collection.briefs, shown, line)
    yield from check_repeats(collection.briefs, shown, line)
