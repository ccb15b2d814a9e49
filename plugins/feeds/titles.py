"""Titles of feeds: unique among all, because each kind is worded in its own way."""

from __future__ import annotations

from collections import Counter

from plugins.domain.collection import Index, IndexKind
from plugins.domain.vocabulary import Vocabulary
from plugins.edition.site import Site


class Titles:
    """Words the titles of the feeds of one edition: a country's is its name, any other says what it is about."""

    def __init__(self, site: Site, words: Vocabulary) -> None:
        self._site = site
        names = Counter(c.name.casefold() for c in words.countries.values())
        topics = Counter(t.title.casefold() for t in words.topics.values())
        measures = Counter(m.title.casefold() for m in words.measures.values())
        self._countries = {code: _distinct(c.name, code, names) for code, c in words.countries.items()}
        self._topics = {id: _distinct(t.title, id, topics) for id, t in words.topics.items()}
        self._measures = {id: _distinct(m.title, id, measures) for id, m in words.measures.items()}

    def of(self, index: Index) -> str:
        """The title of an index's feed: ``Policy Digest: Russia``, ``Policy Digest: Mining (topic)``."""
        about = self.about(index)
        return f"{self._site.name}: {about}" if about else self._site.name

    def about(self, index: Index) -> str:
        """What an index is about, unique among all; "" for home."""
        match index.kind:
            case IndexKind.COUNTRY if index.country:
                return self._countries[index.country.code]
            case IndexKind.PAIR if index.country and index.topic:
                return f"{self._countries[index.country.code]} / {self._topics[index.topic.id]}"
            case IndexKind.TOPIC if index.topic:
                return f"{self._topics[index.topic.id]} (topic)"
            case IndexKind.MEASURE if index.measure:
                return f"{self._measures[index.measure.id]} (measure)"
            case _:
                return index.title


def _distinct(name: str, id: str, all: Counter[str]) -> str:
    """The name, with its id where another of its kind has the same; only pairs hold `` / ``."""
    plain = name.replace(" / ", "/")
    return plain if all[name.casefold()] == 1 else f"{plain} [{id}]"
