"""All feeds in folders, for the OPML file and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plugins.domain.collection import Index
from plugins.edition.edition import Edition
from plugins.feeds.index_feeds import OFFERS
from plugins.feeds.series import TITLES
from plugins.feeds.titles import Titles
from plugins.press.output import key_of


class Title(NamedTuple):
    """A page with feeds: its name in lists, the title of its feed, its address, and what belongs under it."""

    name: str
    feed: str
    url: str
    parts: tuple[Title, ...] = ()


class Shelf(NamedTuple):
    """A folder of feeds."""

    name: str
    titles: tuple[Title, ...]


def digest_shelves(edition: Edition) -> bytes:
    """A digest of what the shelves hold, beside countries and topics: cheap, it is asked for in every build."""
    indexes, measures = edition.collection.indexes, edition.collection.vocabulary.measures
    fits = OFFERS[0].fits
    some = (indexes.home, *indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values())
    pairs = sorted(indexes.pairs.topics_of.items())
    return key_of("\n".join([i.url for i in some if fits(i)]), repr(pairs), *(m.digest for m in measures.values()))


def list_shelves(edition: Edition) -> tuple[Shelf, ...]:
    """Every index that has an Atom feed, once: General, Countries with their pairs, Topics, Measures."""
    indexes, titles = edition.collection.indexes, Titles(edition.site, edition.collection.vocabulary)

    def build(found: Iterable[Index]) -> tuple[Title, ...]:
        return tuple(Title(i.title, titles.of(i), i.url) for i in found if OFFERS[0].fits(i))

    general = [Title("All briefs", titles.of(i), i.url) for i in (indexes.home,) if OFFERS[0].fits(i)]
    general += [Title(f"{about[0].upper()}{about[1:]}", f"{edition.site.name}: {about}", url) for url, about in TITLES.items()]
    countries = []
    for code, index in indexes.countries.items():
        pairs = build(indexes.pairs_of(code))
        countries += [Title(t.name, t.feed, t.url, pairs) for t in build([index])]
    return (
        Shelf("General", tuple(general)),
        Shelf("Countries", tuple(countries)),
        Shelf("Topics", build(indexes.topics.values())),
        Shelf("Measures", build(indexes.measures.values())),
    )
