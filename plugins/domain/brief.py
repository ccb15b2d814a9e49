"""A brief: our text on one development, and everything that its front matter says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from plugins.domain.dates import PartialDate, parse_partial_date
from plugins.domain.stage import Authorship, Grade, RevisionKind, SourceKind, Stage, Status, grade_sources

if TYPE_CHECKING:
    from plugins.domain.markup import Rendered


_WITHDRAWN = Status.WITHDRAWN  # by a name of its own: a member of an enumeration is looked up at some length


class Source(NamedTuple):
    """A cited document (schema.org citation)."""

    url: str
    title: str
    publisher: str
    kind: SourceKind
    author: str | None = None
    date: str | None = None
    lang: str | None = None
    archive: str | None = None


class ComingDate(NamedTuple):
    """A dated fact ahead, at the precision stated."""

    on: PartialDate
    what: str


class Revision(NamedTuple):
    """A change to a published brief that readers should know of."""

    on: str
    kind: RevisionKind
    note: str


class Detail(NamedTuple):
    """What only the page, the feeds and the data of a brief show."""

    sources: tuple[Source, ...]
    date_note: str | None = None
    dates: tuple[ComingDate, ...] = ()
    actors: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    checked: str | None = None
    ai: Authorship = Authorship.NONE
    replaces: tuple[str, ...] = ()


class Brief(NamedTuple):
    """A valid brief. What lists and indexes need is at hand; the rest is decoded by ``detail()``.

    ``facts`` is a digest of id and front matter but for title and summary, ``head`` of these too, ``digest`` of all that and the body:
    equal digests, equal pages.
    """

    id: str
    title: str
    date: str
    added: str
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    stage: Stage
    measure: str | None
    summary: str
    status: Status
    grade: Grade
    dates: tuple[str, ...]  # when its coming dates are, as stated
    changed: str  # newest of `added` and the days of its revisions
    revision_count: int
    links: tuple[str, ...]  # addresses of ours that the body links to
    replaces: tuple[str, ...]
    facts: bytes
    head: bytes
    digest: bytes
    packed: bytes  # the rest, as JSON: see detail()

    @property
    def url(self) -> str:
        """The address below the site's root."""
        return f"/briefs/{self.id}/"

    @property
    def month(self) -> str:
        """The month that its id begins with."""
        return self.id[: len("YYYY-MM")]

    @property
    def order(self) -> tuple[str, str, str]:
        """The place in lists and timelines, oldest first: by date, then added, then id."""
        return (self.date, self.added, self.id)

    @property
    def is_listed(self) -> bool:
        """Whether lists and data show it."""
        return self.status is not _WITHDRAWN

    def detail(self) -> Detail:
        """The rest of the front matter."""
        return unpack_detail(self.packed)

    def coming(self) -> tuple[ComingDate, ...]:
        """Its coming dates: asked for by every index that holds the brief, and so kept."""
        return _unpack_dates(self.packed) if self.dates else ()


_ID, _FACTS, _HEAD, _WHOLE = map(itemgetter, map(Brief._fields.index, ("id", "facts", "head", "digest")))  # by place: faster than by name
_MONTH = itemgetter(slice(len("YYYY-MM")))  # of an id


def pack_detail(detail: Detail) -> bytes:
    """The detail as compact JSON, read back by ``unpack_detail``."""
    rows = [
        [[s.url, s.title, s.publisher, s.kind.value, s.author, s.date, s.lang, s.archive] for s in detail.sources],
        detail.date_note,
        [[d.on.text, d.what] for d in detail.dates],
        detail.actors,
        [[r.on, r.kind.value, r.note] for r in detail.revisions],
        detail.checked,
        detail.ai.value,
        detail.replaces,
    ]
    return orjson.dumps(rows)


_SOURCE_KINDS = {k.value: k for k in SourceKind}
_REVISION_KINDS = {k.value: k for k in RevisionKind}
_AUTHORSHIPS = {a.value: a for a in Authorship}


@lru_cache(maxsize=64)
def unpack_detail(packed: bytes) -> Detail:
    """The detail that ``pack_detail`` wrote. The last few are kept: who asks for a brief often asks for it again."""
    (sources, date_note, dates, actors, revisions, checked, ai, replaces) = orjson.loads(packed)
    return Detail(
        tuple([Source(url, title, by, _SOURCE_KINDS[kind], *rest) for url, title, by, kind, *rest in sources]),
        date_note,
        tuple([ComingDate(parse_partial_date(on, periods=True), what) for on, what in dates]),
        tuple(actors),
        tuple([Revision(on, _REVISION_KINDS[kind], note) for on, kind, note in revisions]),
        checked,
        _AUTHORSHIPS[ai],
        tuple(replaces),
    )


@lru_cache(maxsize=16_384)
def _unpack_dates(packed: bytes) -> tuple[ComingDate, ...]:
    """The dates of a detail alone: every brief with one is asked for them, and hardly one for the rest."""
    dates: list[list[str]] = orjson.loads(packed)[2]
    return tuple([ComingDate(parse_partial_date(on, periods=True), what) for on, what in dates])


def build_brief(id: str, values: dict[str, Any], detail: Detail, body: Rendered) -> Brief:
    """A brief from checked values of its front matter and its body."""
    packed = pack_detail(detail)
    status: Status = values["status"]
    lists = (" ".join(values["countries"]), " ".join(values["topics"]))
    own = packed.decode()
    stated = (id, values["date"], values["added"] or "", *lists, values["measure"] or "", values["stage"].value, status.value, own)
    # one line each, as none holds a line break: what differs in any of them differs here
    facts = _digest("\n".join(stated).encode("utf-8"))
    head = _digest(facts + f"{values['title']}\n{values['summary']}".encode())
    added = values["added"] or values["date"]
    return Brief(
        id=id,
        title=values["title"],
        date=values["date"],
        added=added,
        countries=values["countries"],
        topics=values["topics"],
        stage=values["stage"],
        measure=values["measure"],
        summary=values["summary"],
        status=status,
        grade=grade_sources(tuple(s.kind for s in detail.sources)),
        dates=tuple(d.on.text for d in detail.dates),
        changed=max([added, *(r.on for r in detail.revisions)]),
        revision_count=len(detail.revisions),
        links=body.links,
        replaces=detail.replaces,
        facts=facts,
        head=head,
        digest=_digest_body(head, body),
        packed=packed,
    )


def exchange_body(brief: Brief, body: Rendered) -> Brief:
    """The brief with the same front matter and another body."""
    return brief._replace(links=body.links, digest=_digest_body(brief.head, body))


def sort_by_month(briefs: Sequence[Brief]) -> dict[str, list[Brief]]:
    """Briefs by the months that their ids begin with."""
    months: dict[str, list[Brief]] = {}
    for month, brief in zip(map(_MONTH, map(_ID, briefs)), briefs, strict=True):
        if month in months:
            months[month].append(brief)
        else:
            months[month] = [brief]
    return months


def digest_facts(briefs: Iterable[Brief]) -> bytes:
    """A digest of what some briefs say beside titles, summaries and bodies."""
    return _digest(b"".join(map(_FACTS, briefs)))


def digest_heads(briefs: Iterable[Brief]) -> bytes:
    """A digest of what some briefs say beside bodies."""
    return _digest(b"".join(map(_HEAD, briefs)))


def digest_briefs(briefs: Iterable[Brief]) -> bytes:
    """A digest of all that some briefs say."""
    return _digest(b"".join(map(_WHOLE, briefs)))


def _digest_body(head: bytes, body: Rendered) -> bytes:
    return _digest(head + body.html.encode("utf-8"))


def _digest(raw: bytes) -> bytes:
    return blake2b(raw, digest_size=12).digest()
