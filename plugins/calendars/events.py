"""Coming dates as all-day events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain

from plugins.calendars.lines import escape_text, write_line
from plugins.domain.brief import Brief, ComingDate
from plugins.edition.edition import Edition
from plugins.edition.kept_rows import KeptRows

_NAMED = 3  # countries that a summary names at most
_DAY = timedelta(days=1)
_BEGIN = b"BEGIN:VEVENT\r\n"
_FREE = b"TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"


class Events:
    """Writes the events of one edition: those of a brief once for all calendars that hold it, and again only when the brief changes.

    ``about`` is a digest of the site and the vocabularies. A row is the first day and the text of each event, as the brief lists them.
    """

    def __init__(self, edition: Edition, about: bytes) -> None:
        words = edition.collection.vocabulary
        self._site = edition.site
        self._countries = {code: c.name for code, c in words.countries.items()}
        self._topics = {id: t.title for id, t in words.topics.items()}
        kept = KeptRows(edition, "events", about, lambda brief: tuple(chain.from_iterable(self._write(brief))))
        self.all, self.keep = kept.all, kept.keep

    def _write(self, brief: Brief) -> Iterator[tuple[bytes, bytes]]:
        dates = brief.coming()
        names = [self._countries[c] for c in brief.countries]
        stamp = f"{brief.changed.replace('-', '')}T000000Z"
        url = self._site.absolute(brief.url)
        fixed = b"".join(
            (
                write_line("DTSTAMP", stamp),
                write_line("CREATED", f"{brief.added.replace('-', '')}T000000Z"),
                write_line("LAST-MODIFIED", stamp),
                write_line("SEQUENCE", str(brief.revision_count)),
                write_line("CATEGORIES", ",".join(map(escape_text, dict.fromkeys([*names, *(self._topics[t] for t in brief.topics)])))),
                write_line("URL", url),
                _FREE,
            )
        )
        for coming, uid in zip(dates, make_uids(brief.id, dates, self._site.domain), strict=True):
            own = (
                write_line("UID", escape_text(uid)),
                _span(coming.on.first, coming.on.last),
                write_line("SUMMARY", escape_text(f"{_join(names)}: {coming.what}")),
                write_line("DESCRIPTION", escape_text(_describe(brief, coming))),
                b"STATUS:CONFIRMED\r\n" if coming.on.is_exact else b"STATUS:TENTATIVE\r\n",
            )
            yield coming.on.first.isoformat().encode(), _BEGIN + b"".join(own) + fixed


def make_uids(id: str, dates: tuple[ComingDate, ...], domain: str) -> list[str]:
    """The UIDs of a brief's dates: its id and the words of the date, with a number where words repeat."""
    from slugify import slugify  # only where a calendar is written

    found: list[str] = []
    for coming in dates:
        slug = slugify(coming.what) or "date"
        uid, number = f"{id}/{slug}@{domain}", 1
        while uid in found:
            number += 1
            uid = f"{id}/{slug}-{number}@{domain}"
        found.append(uid)
    return found


def _join(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:_NAMED])} and {more} more"


def _describe(brief: Brief, coming: ComingDate) -> str:
    """What the calendar shows below the title, with the wording of an imprecise date."""
    stated = "" if coming.on.is_exact else f"Stated as: {coming.on.label}\n"
    return f"{stated}{brief.title}\nInformation, not legal advice."


@lru_cache(maxsize=4096)
def _span(first: date, last: date) -> bytes:
    """Whole days; the end is the day after the last (RFC 5545 section 3.6.1)."""
    end = last + _DAY
    return write_line("DTSTART;VALUE=DATE", f"{first:%Y%m%d}") + write_line("DTEND;VALUE=DATE", f"{end:%Y%m%d}")
