"""Tables of what was last reported, and the tile map that is made from them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.stage import CountryKind
from plugins.domain.vocabulary import Country, Measure, Vocabulary


class View(NamedTuple):
    """Where things stand on one page: the last report by country or topic, what is in force besides, and the measures by now."""

    standing: Mapping[str, Brief]
    in_force: Mapping[str, tuple[Brief, ...]]
    measures: Mapping[str, Brief]


class Cell(NamedTuple):
    """One row: what was last reported of a country, or of a topic in a country, and by which brief."""

    label: str
    href: str  # below the root
    brief: Brief
    measure: Measure | None
    now: Brief | None = None  # where the measure stands by now, if briefs on other subjects moved it on
    also: tuple[tuple[Measure, Brief], ...] = ()  # other measures that are in force, where what was last reported is not
    others: tuple[str, ...] = ()  # titles of the other topics of the brief, on the page of a topic


@dataclass(frozen=True, slots=True)
class Tile:
    """A country on the map; ``brief`` is None where no stage was reported, ``union`` what was reported of a union that it is in."""

    country: Country
    href: str
    brief: Brief | None
    count: int
    union: tuple[Country, Brief] | None = None
    also: bool = False  # whether a measure is in force, where what was last reported is not

    @property
    def words(self) -> str:
        """The stage in words, for readers who see no shade."""
        if self.brief:
            return self.brief.stage.label + ("; a measure is in force" if self.also else "")
        if self.union and not self.count:
            return f"Nothing of its own; {self.union[0].name}: {self.union[1].stage.label}"
        return "Reported, no stage" if self.count else "Nothing reported yet"

    @property
    def sign(self) -> str:
        """What stands for the words in the tile: the sign of the stage, or the code of the union."""
        if self.brief:
            return self.brief.stage.sign
        return self.union[0].code.removeprefix("XX-") if self.union and not self.count else ""


def table_of_countries(view: View, vocabulary: Vocabulary, topic: str | None, pairs: Container[object]) -> tuple[Cell, ...]:
    """Rows by country name; a country links to its pair with the topic where there is one."""
    rows = []
    for code, country in vocabulary.countries.items():
        if code in view.standing:
            deep = topic is not None and (code, topic) in pairs
            href = f"countries/{country.slug}/{topic}/" if deep else f"countries/{country.slug}/"
            rows.append(build_cell(country.name, href, code, view, vocabulary, topic))
    return tuple(rows)


def table_of_topics(view: View, vocabulary: Vocabulary, country: Country) -> tuple[Cell, ...]:
    """Rows by topic title."""
    return tuple(
        build_cell(topic.title, f"countries/{country.slug}/{id}/", id, view, vocabulary)
        for id, topic in vocabulary.topics.items()
        if id in view.standing
    )


def build_cell(label: str, href: str, key: str, view: View, vocabulary: Vocabulary, topic: str | None = None) -> Cell:
    """The row of a country or topic of which something was reported; on the page of a topic with the other topics of the brief."""
    brief, measures = view.standing[key], vocabulary.measures
    now = view.measures.get(brief.measure or "")
    also = tuple((measures[b.measure], b) for b in view.in_force.get(key, ()) if b.measure and b.measure != brief.measure)
    others = tuple(vocabulary.topics[t].title for t in brief.topics if topic and t != topic)
    return Cell(label, href, brief, measures.get(brief.measure or ""), now if now and now.stage is not brief.stage else None, also, others)


def build_tiles(
    vocabulary: Vocabulary, view: View, counts: Mapping[str, int], hrefs: Mapping[str, str]
) -> tuple[tuple[str, tuple[Tile, ...]], ...]:
    """The tiles by region: one for each country that has a place on the map."""
    regions: dict[str, list[Tile]] = {}
    unions: dict[str, tuple[Country, Brief]] = {}
    for code, brief in view.standing.items():
        for member in vocabulary.countries[code].members:
            unions.setdefault(member, (vocabulary.countries[code], brief))
    for code, country in vocabulary.countries.items():
        if country.tile:
            href = hrefs.get(code, f"countries/{country.slug}/")
            regions.setdefault(country.region or "Elsewhere", []).append(
                Tile(country, href, view.standing.get(code), counts.get(code, 0), unions.get(code), code in view.in_force)
            )
    return tuple((region, tuple(sorted(tiles, key=lambda t: t.country.name))) for region, tiles in sorted(regions.items()))


def build_bodies(
    vocabulary: Vocabulary, standing: Mapping[str, Brief], counts: Mapping[str, int], hrefs: Mapping[str, str]
) -> tuple[Tile, ...]:
    """The unions and bodies of which something was reported: they have no place on the map, and stand beside it."""
    return tuple(
        Tile(country, hrefs.get(code, f"countries/{country.slug}/"), standing.get(code), counts[code])
        for code, country in vocabulary.countries.items()
        if counts.get(code) and country.kind in (CountryKind.UNION, CountryKind.BODY)
    )
