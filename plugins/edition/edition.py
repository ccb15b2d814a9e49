"""The edition: everything that the publishing plugins make their outputs from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple, Protocol

import orjson
from markupsafe import Markup

from plugins.domain.brief import Brief, digest_facts
from plugins.domain.collection import Collection
from plugins.domain.prose import Page
from plugins.edition.offers import Link, Offers
from plugins.edition.site import Site
from plugins.edition.templates import Templates
from plugins.press.output import Batch, Group, Sheet, key_of


class Bodies(Protocol):
    """Where the HTML of bodies comes from."""

    def html(self, id: str) -> str:
        """The body of a brief."""

    def fetch(self, ids: Iterable[str]) -> None:
        """Brings many bodies at once."""


class Texts(Protocol):
    """Where makers keep from build to build what takes long to make. A text may be lost at any time."""

    def texts(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those of some texts that are there."""

    def put_texts(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Keeps texts under their names."""


class Prose(NamedTuple):
    """A page of ``content/pages``: its HTML has links of ours below ROOT."""

    title: str
    summary: str
    html: str


Maker = Callable[["Edition"], Iterable[Sheet]]
BatchMaker = Callable[["Edition"], Iterable[Batch]]


@dataclass
class Edition:
    """One build's content, settings and templates, and the makers that plugins registered."""

    collection: Collection
    site: Site
    templates: Templates
    bodies: Bodies
    offers: Offers = field(default_factory=Offers)
    makers: list[tuple[str, Callable[[str], Batch | Group]]] = field(default_factory=list)  # each with its name
    pages: tuple[Page, ...] = ()  # of content/pages, as they were read
    prose: dict[str, Prose] = field(default_factory=dict)  # of those that somebody publishes, by address
    texts: Texts | None = None
    code: bytes = b""  # a digest of the code that makes outputs: what another one made is not to be kept
    before: list[Callable[[], object]] = field(default_factory=list)  # called before very many sheets are made, by two processes
    after: list[Callable[[], object]] = field(default_factory=list)  # called when all sheets are made
    _common: bytes = b""
    _front: bytes = b""
    _facts: bytes = b""
    _keys: dict[tuple[str, ...], bytes] = field(default_factory=dict)
    _rows: dict[str, Markup] = field(default_factory=dict)
    _recalled: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, maker: Maker, *, shows_bodies: bool = True, shows_titles: bool = True) -> None:
        """Registers what makes sheets; called once the last plugin has registered.

        One that shows no bodies of briefs is not called again where nothing else changed; nor is one that shows no titles, summaries
        and bodies where nothing but these changed.
        """

        def batch(name: str) -> Batch:
            key = self._facts if not shows_titles else b"" if shows_bodies else self._front
            return Batch(name, key, partial(maker, self))

        self.makers.append((f"{maker.__module__}.{maker.__qualname__}", batch))

    def add_batches(self, maker: BatchMaker, *, shows_bodies: bool = True) -> None:
        """Registers what makes batches of sheets, each of which is called only where its key changed.

        One that shows no bodies of briefs is not asked for its batches where nothing else changed.
        """

        def group(name: str) -> Group:
            return Group(name, b"" if shows_bodies else self._front, lambda: (b._replace(name=f"{name} {b.name}") for b in maker(self)))

        self.makers.append((f"{maker.__module__}.{maker.__qualname__}", group))

    def sheets(self) -> Iterator[Sheet]:
        """All sheets of all plugins, in the order of registration."""
        for batch in self.batches():
            yield from batch.sheets()

    def batches(self) -> Iterator[Batch]:
        """The batches of all makers, in the order of registration."""
        for some in self.groups():
            yield from [some] if isinstance(some, Batch) else some.batches()

    def groups(self) -> Iterator[Batch | Group]:
        """What each maker makes, in the order of registration."""
        self._common = self._work_out_key()
        self._keys.clear()
        self._recalled.clear()
        beside = self._key_beside_briefs()
        self._front = key_of(beside, self.collection.indexes.home.heads)
        self._facts = key_of(beside, digest_facts(self.collection.briefs))
        for number, (name, make) in enumerate(self.makers):
            yield make(f"{number} {name}")

    def _key_beside_briefs(self) -> bytes:
        """A digest of all that can be shown but for briefs."""
        measures = (m.digest for m in self.collection.vocabulary.measures.values())
        return key_of(
            self.key(), self.templates.digest_all(), *measures, repr(self.site), repr(self.pages), repr(sorted(self.prose.items()))
        )

    def key(self, *templates: str) -> bytes:
        """What every output depends on beside its own values: vocabularies, site and offers; and the templates that it is made from.

        Worked out once all of it is there.
        """
        common = self._common or self._work_out_key()
        if not templates:
            return common
        key = self._keys.get(templates)
        if key is None or not self._common:
            key = self._keys[templates] = key_of(common, self.templates.digest(*templates))
        return key

    def _work_out_key(self) -> bytes:
        words = self.collection.vocabulary
        site = self.site
        about = (site.name, site.tagline, site.url, site.tag_authority, site.repo_url, site.repo_branch, site.hub_url)
        prose = sorted((url, page.title) for url, page in self.prose.items())  # the footer names them
        return key_of(
            repr(words.countries), repr([t.digest for t in words.topics.values()]), repr(about), repr(prose), self.offers.signature()
        )

    def recall(self, name: str, make: Callable[[], dict[str, str]], *, shows_titles: bool = True) -> dict[str, str]:
        """What ``make`` works out: anew only where something changed since the last build that is no body of a brief.

        Nor a title or a summary, where it shows none.
        """
        if name not in self._recalled:
            key = key_of(self.code, self._front if shows_titles else self._facts)
            known = None if self.texts is None else self.texts.texts([name]).get(name)
            if known and known.startswith(key):
                self._recalled[name] = orjson.loads(known[len(key) :])
            else:
                self._recalled[name] = make()
                if self.texts is not None:
                    self.texts.put_texts([(name, key + orjson.dumps(self._recalled[name]))])
        return self._recalled[name]

    def recall_briefs(self, name: str, make: Callable[[], Mapping[str, Iterable[Brief]]]) -> dict[str, tuple[Brief, ...]]:
        """Lists of briefs that ``make`` works out from neither bodies nor titles nor summaries: anew only where something else changed.

        None stands in a list twice.
        """
        ids = self.recall(name, lambda: {key: " ".join({b.id: "" for b in some}) for key, some in make().items()}, shows_titles=False)
        return {key: tuple(map(self.collection.by_id.__getitem__, text.split())) for key, text in ids.items()}

    def links_of(self, url: str) -> tuple[Link, ...]:
        """What is published beside a page that is no index, such as ``/changes/``."""
        return self.offers.beside_page(url)

    def row(self, brief: Brief) -> Markup:
        """A brief as a row of a list, rendered once."""
        found = self._rows.get(brief.id)
        if found is None:
            found = self._rows[brief.id] = self.templates.part(
                "partials/row.html", {"brief": brief, "names": self.names(brief), "topics": self.topic_links(brief)}
            )
        return found

    def names(self, brief: Brief) -> tuple[tuple[str, str], ...]:
        """Address and name of each country of a brief."""
        return tuple([self._country_links[c] for c in brief.countries])

    def topic_links(self, brief: Brief) -> tuple[tuple[str, str], ...]:
        """Address and title of each topic of a brief."""
        return tuple([self._topic_links[t] for t in brief.topics])

    @cached_property
    def _country_links(self) -> dict[str, tuple[str, str]]:
        return {code: (f"countries/{c.slug}/", c.name) for code, c in self.collection.vocabulary.countries.items()}

    @cached_property
    def _topic_links(self) -> dict[str, tuple[str, str]]:
        return {id: (f"topics/{id}/", t.title) for id, t in self.collection.vocabulary.topics.items()}
