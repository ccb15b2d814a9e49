"""Calendars of coming dates, past ones among them: no clock is asked.

Writes ``dates.ics`` in the root, in ``dates/`` and beside each country, topic and measure with a brief that states a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from plugins.calendars.events import Events
from plugins.calendars.lines import escape_text, write_line
from plugins.domain.brief import Brief, digest_heads
from plugins.domain.collection import Index, IndexKind
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.edition.offers import Link, Offer
from plugins.edition.site import Site
from plugins.press.output import Output, Sheet, key_of

FILE, LABEL, MEDIA_TYPE = "dates.ics", "Calendar", "text/calendar"
DATES = "/dates/"
_KINDS = frozenset({IndexKind.HOME, IndexKind.COUNTRY, IndexKind.TOPIC, IndexKind.MEASURE})
_PUBLISHED = Status.PUBLISHED
_REFRESH = "P1D"
_ABOUT = escape_text("Coming dates as the sources state them. Information, not legal advice.")
_END = b"END:VCALENDAR\r\n"


def has_calendar(index: Index) -> bool:
    """Whether an index has coming dates to publish."""
    return index.kind in _KINDS and any(b.dates and b.status is _PUBLISHED for b in index.briefs)


OFFER = Offer(FILE, LABEL, MEDIA_TYPE, "calendars", has_calendar)
DATES_LINK = Link(DATES[1:] + FILE, LABEL, MEDIA_TYPE, f"All dates ({LABEL})", "calendars")


def make_calendars(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each index that has coming dates; that of home also makes the calendar of ``/dates/``."""
    indexes, common = edition.collection.indexes, edition.key()
    events = Events(edition, common)
    edition.before.append(lambda: events.all(_dated(edition.collection.listed)))
    edition.after.append(events.keep)
    for index in (indexes.home, *indexes.countries.values(), *indexes.topics.values(), *indexes.measures.values()):
        if has_calendar(index):
            key = key_of(common, index.heads, index.measure.digest if index.measure else b"")
            yield Sheet(f"calendar{index.url}", key, partial(_outputs, edition, common, events, index))


def _dated(briefs: Iterable[Brief]) -> list[Brief]:
    return [b for b in briefs if b.dates and b.status is _PUBLISHED]


def _outputs(edition: Edition, common: bytes, events: Events, index: Index) -> Iterator[Output]:
    dated = _dated(index.briefs)
    heads = digest_heads(dated)
    name = f"{edition.site.name}: {index.title or 'coming dates'}"
    for url in (index.url, DATES) if index.kind is IndexKind.HOME else (index.url,):
        key = key_of(common, url, name, heads)
        yield Output(url[1:] + FILE, key, partial(render_calendar, edition.site, events, name, url, dated))


def render_calendar(site: Site, events: Events, name: str, url: str, briefs: Sequence[Brief]) -> bytes:
    """The calendar of the briefs' dates, by first day, then brief, then as the brief lists them."""
    rows = zip(briefs, events.all(briefs), strict=True)
    found = [(row[at], b.id, at, row[at + 1]) for b, row in rows for at in range(0, len(row), 2)]
    found.sort()
    return b"".join([_write_head(site, name, url), *[text for _, _, _, text in found], _END])


def _write_head(site: Site, name: str, url: str) -> bytes:
    """What stands before the events."""
    title, page = escape_text(name), site.absolute(url)
    lines = (
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", escape_text(f"-//{site.name}//policy-digest//EN")),
        ("CALSCALE", "GREGORIAN"),
        ("DESCRIPTION", _ABOUT),
        ("X-WR-CALDESC", _ABOUT),
        ("NAME", title),
        ("X-WR-CALNAME", title),
        ("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH),
        ("SOURCE;VALUE=URI", page + FILE),
        ("URL", page),
        ("X-PUBLISHED-TTL", _REFRESH),
    )
    return b"".join([write_line(key, value) for key, value in lines])
