"""The collection: all valid briefs with countries, topics and measures, grouped into indexes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from operator import itemgetter

from plugins.domain.brief import Brief, digest_briefs, digest_facts, digest_heads
from plugins.domain.coming import Coming, list_coming
from plugins.domain.dates import Week, week_of
from plugins.domain.stage import Status
from plugins.domain.standing import find_turns
from plugins.domain.vocabulary import Country, Measure, Topic, Vocabulary

# by place, which is faster than by name
_BY_PLACE = ("id", "changed", "status", "topics", "added")
_ID, _CHANGED, _STATUS, _TOPICS, _DAY_ADDED = map(itemgetter, map(Brief._fields.index, _BY_PLACE))
_ORDER = itemgetter(*map(Brief._fields.index, ("date", "added", "id")))  # as the property `order` of a brief, which takes longer
_GROUPED = itemgetter(*map(Brief._fields.index, ("countries", "topics", "measure")))
_STAMPED = itemgetter(*map(Brief._fields.index, ("changed", "topics")))
_ADDED = itemgetter(*map(Brief._fields.index, ("added", "date", "id")))
_WITHDRAWN, _DRAFT = Status.WITHDRAWN, Status.DRAFT


class IndexKind(Enum):
    """What the briefs of an index have in common."""

    HOME = "home"
    COUNTRY = "country"
    TOPIC = "topic"
    PAIR = "pair"
    MEASURE = "measure"
    WEEK = "week"


@dataclass(frozen=True, eq=False)
class Index:
    """The briefs of one country, topic, pair, measure or week, newest first, with all that is published beside them.

    There are hundreds, and few are asked for more than a digest: the rest is worked out when somebody asks.
    """

    kind: IndexKind
    id: str
    url: str
    title: str
    every: tuple[Brief, ...]  # withdrawn ones among them
    country: Country | None = None
    topic: Topic | None = None
    measure: Measure | None = None
    week: Week | None = None

    @cached_property
    def briefs(self) -> tuple[Brief, ...]:
        """Those that lists show."""
        return tuple([b for b in self.every if b.status is not _WITHDRAWN]) if _WITHDRAWN in map(_STATUS, self.every) else self.every

    @cached_property
    def withdrawn(self) -> tuple[Brief, ...]:
        """Those that lists no longer show."""
        return tuple([b for b in self.every if b.status is _WITHDRAWN]) if len(self.briefs) < len(self.every) else ()

    @cached_property
    def heads(self) -> bytes:
        """A digest of the front matters of all its briefs."""
        return digest_heads(self.every)

    @cached_property
    def digests(self) -> bytes:
        """A digest of all its briefs with their bodies."""
        return digest_briefs(self.every)

    @cached_property
    def gist(self) -> bytes:
        """A digest of what pages of other things show of a measure: the measure itself, and the facts of `find_turns`."""
        own = self.measure.digest if self.measure else b""
        return blake2b(own + digest_facts(find_turns(self.briefs)), digest_size=12).digest()

    @cached_property
    def changed(self) -> str:
        """The newest day on which one of its briefs was added or revised; empty where there is none."""
        return max(map(_CHANGED, self.every), default="")

    @property
    def path(self) -> str:
        """The folder of its files below the output folder, with a slash at the end but for home."""
        return self.url[1:]

    @property
    def has_dates(self) -> bool:
        """Whether one of its briefs states a coming date."""
        return any(b.dates for b in self.briefs)

    def newest_added(self, count: int) -> tuple[Brief, ...]:
        """The briefs that joined the digest last, withdrawn ones among them, newest first."""
        days = list(map(_DAY_ADDED, self.every))
        first = sorted(days)[-count:][:1]  # texts in runs are sorted sooner than a heap is kept of what a key makes of briefs
        newest = [brief for brief, day in zip(self.every, days, strict=True) if day >= first[0]] if first else []
        return tuple(sorted(newest, key=_ADDED, reverse=True)[:count])


@dataclass(frozen=True)
class Collection:
    """All briefs, newest first, and the vocabularies."""

    briefs: tuple[Brief, ...]
    vocabulary: Vocabulary
    by_id: Mapping[str, Brief] = field(default_factory=dict)

    @cached_property
    def listed(self) -> tuple[Brief, ...]:
        """The briefs that lists and data show."""
        return tuple(b for b in self.briefs if b.is_listed)

    @cached_property
    def indexes(self) -> Indexes:
        """The briefs grouped in every way that is published."""
        return group_briefs(self)

    @cached_property
    def coming(self) -> tuple[Coming, ...]:
        """All coming dates that listed briefs state, in order."""
        return list_coming(self.listed)

    def codes_of(self, brief: Brief) -> tuple[str, ...]:
        """The countries on whose pages a brief is listed: its own, and the states that its subdivisions belong to."""
        if "-" not in "".join(brief.countries):
            return brief.countries
        countries = self.vocabulary.countries
        parents = (countries[c].parent for c in brief.countries if c in countries)
        return tuple(dict.fromkeys((*brief.countries, *(p for p in parents if p))))


class Pairs(Mapping[tuple[str, str], Index]):
    """The indexes of country and topic, by both, in order. Those of a country are made when one of them is asked for: few ever are.

    ``members`` are the briefs of each country, newest first.
    """

    def __init__(self, words: Vocabulary, members: Mapping[str, Sequence[Brief]]) -> None:
        self._words = words
        self._members = members
        self._place = {topic: at for at, topic in enumerate(words.topics)}
        self._topics: dict[str, tuple[str, ...]] = {}
        self._made: dict[str, dict[str, Index]] = {}

    def __getitem__(self, pair: tuple[str, str]) -> Index:
        code, topic = pair
        if code not in self._made:
            self._made[code] = self._make(code)
        return self._made[code][topic]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((code, topic) for code in sorted(self.topics_of) for topic in sorted(self.topics_of[code]))

    def __len__(self) -> int:
        return sum(map(len, self.topics_of.values()))

    def __contains__(self, pair: object) -> bool:
        return isinstance(pair, tuple) and pair[1] in self.topics(pair[0])

    def _make(self, code: str) -> dict[str, Index]:
        members: dict[str, list[Brief]] = {topic: [] for topic in self.topics(code)}
        for brief in self._members.get(code, ()) if members else ():
            for topic in brief.topics:
                if topic in members:
                    members[topic].append(brief)
        return {topic: _pair(self._words, (code, topic), briefs) for topic, briefs in members.items()}

    def topics(self, code: str) -> tuple[str, ...]:
        """The topics that a country has a pair with, in the order of their titles."""
        if code not in self._topics:
            stated = {topic for some in set(map(_TOPICS, self._members.get(code, ()))) for topic in some}
            known = stated & self._place.keys() if code in self._words.countries else ()
            self._topics[code] = tuple(sorted(known, key=self._place.__getitem__))
        return self._topics[code]

    @cached_property
    def topics_of(self) -> Mapping[str, tuple[str, ...]]:
        """The topics of every country that has a brief."""
        return {code: self.topics(code) for code in self._members if code in self._words.countries}

    def url(self, code: str, topic: str) -> str:
        """The address of a pair."""
        return f"/countries/{self._words.countries[code].slug}/{topic}/"

    def stamps(self) -> Mapping[tuple[str, str], tuple[str, int]]:
        """For each pair what its index would say: the newest day on which a brief changed, and how many are listed."""
        found = {}
        for code, topics in self.topics_of.items():
            members = sorted(self._members[code], key=_CHANGED)
            changed = {topic: day for day, some in map(_STAMPED, members) for topic in some}  # the last one stays
            counts = Counter(chain.from_iterable(map(_TOPICS, members)))
            if _WITHDRAWN in map(_STATUS, members):
                counts.subtract(topic for brief in members if brief.status is _WITHDRAWN for topic in brief.topics)
            found.update({(code, topic): (changed[topic], counts[topic]) for topic in topics})
        return found


@dataclass(frozen=True)
class Indexes:
    """Every index, by what it is about."""

    home: Index
    countries: Mapping[str, Index]
    topics: Mapping[str, Index]
    pairs: Pairs
    measures: Mapping[str, Index]

    @cached_property
    def weeks(self) -> Mapping[str, Index]:
        """Those of the ISO weeks in which a listed brief was added, newest first."""
        weeks, of_day = defaultdict[str, list[Brief]](list), dict[str, list[Brief]]()
        for brief, day in zip(self.home.every, map(_DAY_ADDED, self.home.every), strict=True):
            week = of_day.get(day)
            if week is None:
                week = of_day[day] = weeks[week_of(day).id]
            week.append(brief)
        return {id: _week(id, members) for id, members in sorted(weeks.items(), reverse=True) if any(b.is_listed for b in members)}

    def every(self) -> Iterable[Index]:
        """All of them, in a fixed order: home, each country with its pairs, topics, measures, weeks."""
        yield self.home
        for code, index in self.countries.items():
            yield index
            yield from self.pairs_of(code)
        yield from self.topics.values()
        yield from self.measures.values()
        yield from self.weeks.values()

    def pairs_of(self, code: str) -> Iterator[Index]:
        """The pairs of a country, in the order of the topics' titles."""
        return (self.pairs[code, topic] for topic in self.pairs.topics(code))


def sort_briefs(briefs: Iterable[Brief]) -> list[Brief]:
    """Briefs, newest first."""
    return sorted(briefs, key=_ORDER, reverse=True)


def build_collection(briefs: Sequence[Brief], vocabulary: Vocabulary, *, drafts: bool = False) -> Collection:
    """The collection of published briefs, which come newest first; with ``drafts`` those too that are not finished."""
    shown = briefs
    if not drafts and _DRAFT in map(_STATUS, shown):
        shown = [b for b in shown if b.status is not _DRAFT]
    return Collection(tuple(shown), vocabulary, dict(zip(map(_ID, shown), shown, strict=True)))


def group_briefs(collection: Collection) -> Indexes:
    """The indexes of a collection. One pass over the briefs, newest first, so that every index is in order."""
    countries, topics, measures = (defaultdict[str, list[Brief]](list) for _ in range(3))
    codes: dict[tuple[str, ...], tuple[str, ...]] = {}  # many briefs state the same countries
    for brief, (stated, subjects, measure) in zip(collection.briefs, map(_GROUPED, collection.briefs), strict=True):
        for topic in subjects:
            topics[topic].append(brief)
        shown = codes.get(stated)
        if shown is None:
            shown = codes[stated] = collection.codes_of(brief)
        for code in shown:
            countries[code].append(brief)
        if measure:
            measures[measure].append(brief)
    words = collection.vocabulary
    return Indexes(
        home=Index(IndexKind.HOME, "", "/", "", collection.briefs),
        countries={
            code: Index(IndexKind.COUNTRY, code, f"/countries/{c.slug}/", c.name, tuple(countries.get(code, ())), country=c)
            for code, c in words.countries.items()
            if code in countries or c.tile or c.members
        },
        topics={
            id: Index(IndexKind.TOPIC, id, f"/topics/{id}/", t.title, tuple(topics.get(id, ())), topic=t) for id, t in words.topics.items()
        },
        pairs=Pairs(words, countries),
        measures={
            id: Index(IndexKind.MEASURE, id, f"/measures/{id}/", m.title, tuple(measures.get(id, ())), measure=m)
            for id, m in words.measures.items()
        },
    )


def _pair(words: Vocabulary, key: tuple[str, str], members: list[Brief]) -> Index:
    country, topic = words.countries[key[0]], words.topics[key[1]]
    url = f"/countries/{country.slug}/{topic.id}/"
    title = f"{country.name}: {topic.title}"
    return Index(IndexKind.PAIR, f"{country.code}/{topic.id}", url, title, tuple(members), country=country, topic=topic)


def _week(id: str, members: list[Brief]) -> Index:
    year, number = id.split("-W")
    week = Week(int(year), int(number))
    return Index(IndexKind.WEEK, id, f"/weeks/{id}/", f"Week {week.number} of {week.year}", tuple(members), week=week)
