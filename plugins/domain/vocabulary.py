"""Countries, topics and measures: the lists that editors keep in ``content/``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from plugins.domain.stage import CountryKind, MeasureKind


class Country(NamedTuple):
    """Whose rules they are: a state, territory, subdivision, union or body, keyed by its code."""

    code: str
    name: str
    slug: str
    kind: CountryKind
    region: str  # UN M49 area, or "" for bodies and unions that span several
    members: tuple[str, ...] = ()  # codes of the members of a union
    tile: tuple[int, int] | None = None  # column and row on the tile map

    @property
    def parent(self) -> str | None:
        """The code of the state that a subdivision belongs to."""
        return self.code[:2] if self.kind is CountryKind.SUBDIVISION else None


class Topic(NamedTuple):
    """A subject chosen by editors (SKOS Concept)."""

    id: str
    title: str
    definition: str
    broader: str | None = None
    words: tuple[tuple[str, float], ...] = ()  # what the tagger looks for, with its weight
    html: str = ""  # of the body, with addresses of ours below ROOT
    links: tuple[str, ...] = ()  # addresses of ours in the body
    digest: bytes = b""  # of the whole file


class Measure(NamedTuple):
    """An instrument that briefs follow: act, bill, directive, case … (ELI LegalResource)."""

    id: str
    title: str
    countries: tuple[str, ...]
    kind: MeasureKind
    official_id: str | None = None
    url: str | None = None
    html: str = ""  # of the body, with addresses of ours below ROOT
    links: tuple[str, ...] = ()  # addresses of ours in the body
    digest: bytes = b""  # of the whole file


class Vocabulary(NamedTuple):
    """All countries by code, topics and measures by id, each in the order of their names."""

    countries: Mapping[str, Country] = MappingProxyType({})
    topics: Mapping[str, Topic] = MappingProxyType({})
    measures: Mapping[str, Measure] = MappingProxyType({})

    def unions_of(self, code: str) -> tuple[Country, ...]:
        """The unions that a country is a member of."""
        return tuple(c for c in self.countries.values() if code in c.members)

    def parts_of(self, code: str) -> tuple[Country, ...]:
        """The subdivisions of a state."""
        return tuple(c for c in self.countries.values() if c.parent == code)

    def narrower(self, topic: str) -> tuple[Topic, ...]:
        """The topics directly under a topic."""
        return tuple(t for t in self.topics.values() if t.broader == topic)
