"""The public format of a brief: its own type, apart from how briefs are kept. A change is noted in CHANGES and on ``/data/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from plugins.domain.brief import Brief, Detail
from plugins.edition.site import Site

VERSION = "1"
CHANGES = (("2026-11-22", "Version 1: first published."),)


class Field(NamedTuple):
    """A field of a record: what it is in JSON, and how the cell of the table says it."""

    name: str
    form: str
    meaning: str


FIELDS = (
    Field("id", "text", "Identity of the brief, for ever"),
    Field("title", "text", "Title"),
    Field("date", "YYYY-MM-DD, YYYY-MM or YYYY", "When it happened or was reported, as precisely as a source supports"),
    Field("date_note", "text or null", "How the date is known, where no source states it"),
    Field("added", "YYYY-MM-DD", "The day the brief joined the digest"),
    Field("countries", "list of codes", "ISO 3166 codes, EU, XK, and XX-… for unions and bodies; see countries.json"),
    Field("topics", "list of ids", "Topics, main one first; see topics.json"),
    Field("stage", "text", "Where the measure stands, or what kind of event this is"),
    Field("measure", "id or null", "The law or bill that the brief follows; see measures.json"),
    Field("summary", "text", "One or two sentences"),
    Field(
        "sources", "list of url, title, publisher, kind, author, date, lang, archive", "What the brief rests on; in the table, addresses"
    ),
    Field("dates", "list of on, what", "What comes next: YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY-Hn or YYYY, as precisely as stated"),
    Field("actors", "list of text", "Institutions and people that matter"),
    Field("revisions", "list of on, kind, note", "Corrections, updates and stage changes, oldest first"),
    Field("checked", "YYYY-MM-DD or null", "The day a person last compared the brief with its sources"),
    Field("ai", "none, assisted or drafted", "What part a machine had in the writing"),
    Field("url", "address", "Page of the brief"),
)
COLUMNS = tuple(f.name for f in FIELDS)

_BREAK = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
# What a spreadsheet takes for a formula, at the start of a cell or of an item of a list (a `;` separates cells in many countries).
_FORMULA = re.compile(r"(^|;)(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
_SUSPECT = frozenset("=+-@\uff1d\uff0b\uff0d\uff20 \u00a0\u3000")


def build_record(brief: Brief, detail: Detail, site: Site) -> dict[str, Any]:
    """The record of a brief, every field there, null where it says nothing."""
    return {
        "id": brief.id,
        "title": brief.title,
        "date": brief.date,
        "date_note": detail.date_note,
        "added": brief.added,
        "countries": brief.countries,
        "topics": brief.topics,
        "stage": brief.stage.value,
        "measure": brief.measure,
        "summary": brief.summary,
        "sources": [
            {
                "url": s.url,
                "title": s.title,
                "publisher": s.publisher,
                "kind": s.kind.value,
                "author": s.author,
                "date": s.date,
                "lang": s.lang,
                "archive": s.archive,
            }
            for s in detail.sources
        ],
        "dates": [{"on": d.on.text, "what": d.what} for d in detail.dates],
        "actors": detail.actors,
        "revisions": [{"on": r.on, "kind": r.kind.value, "note": r.note} for r in detail.revisions],
        "checked": detail.checked,
        "ai": detail.ai.value,
        "url": site.absolute(brief.url),
    }


def build_cells(record: dict[str, Any]) -> list[str]:
    """The record as cells of a table: lists joined by ``;``, no line breaks, nothing that a spreadsheet takes for a formula."""
    return [_CELLS[name](record[name]) if name in _CELLS else guard_cell(record[name] or "") for name in COLUMNS]


def guard_cell(text: str) -> str:
    """The text as a harmless cell: an apostrophe before what a spreadsheet would calculate."""
    if text.isprintable() and text[:1] not in _SUSPECT and ";" not in text:
        return text  # nearly every cell
    return _FORMULA.sub(r"\1\2'", _BREAK.sub(" ", text))


def _join(items: Iterable[str]) -> str:
    """A list in a cell; a ``;`` inside an item becomes a comma."""
    return ";".join([guard_cell(i.replace(";", ",")) for i in items])


_CELLS: dict[str, Callable[[Any], str]] = {
    "countries": ";".join,
    "topics": ";".join,
    "sources": lambda sources: ";".join([guard_cell(s["url"].replace(";", "%3B")) for s in sources]),
    "dates": lambda dates: _join([f"{d['on']} {d['what']}" for d in dates]),
    "actors": _join,
    "revisions": lambda revisions: _join([f"{r['on']} {r['kind']}: {r['note']}" for r in revisions]),
}
