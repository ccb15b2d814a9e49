"""A feed as a value: all formats are rendered from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from plugins.edition.site import Site

LANGUAGE = "en"  # briefs are in English (DESIGN.md section 2)
EMPTY_DAY = "2000-01-01"  # the date of a feed without entries: never the clock


class Category(NamedTuple):
    """A country or topic of an entry; ``scheme`` is the address of the list that it is from."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True, eq=False)  # an entry is kept for several feeds under itself: its texts need not be hashed
class Entry:
    """One entry. ``id`` never changes; ``published`` and ``updated`` are days; ``html`` has absolute links only."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: str
    updated: str
    categories: tuple[Category, ...] = ()


class Feed(NamedTuple):
    """A feed with its entries, newest first. ``url`` is the address of its page, and its files lie beside it."""

    id: str
    url: str
    title: str
    subtitle: str
    site: Site
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> str:
        """The newest day of an entry."""
        return max((e.updated for e in self.entries), default=EMPTY_DAY)

    @property
    def rights(self) -> str:
        """Under what terms the texts may be used."""
        return f"{self.site.licence_name}: {self.site.licence_url}"


def moment_of(day: str) -> str:
    """A day as an RFC 3339 time: its first moment in UTC."""
    return f"{day}T00:00:00Z"
