"""Citations in BibTeX. Writes ``briefs/<id>/brief.bib`` for each brief that is not withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from plugins.domain.brief import Brief, digest_heads, sort_by_month
from plugins.edition.edition import Edition
from plugins.edition.site import Site
from plugins.press.output import Batch, Output, Sheet, key_of

FILE, LABEL = "brief.bib", "BibTeX"
_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces even after a backslash
    "}": r"\textbraceright{}",
}


def make_citations(edition: Edition) -> Iterator[Batch]:
    """A batch for the briefs of each month, with one sheet: one for each brief would cost more to look at than it saves."""
    common = key_of(edition.site.name, edition.site.url)
    for month, briefs in sort_by_month(edition.collection.listed).items():
        key = key_of(common, digest_heads(briefs))
        yield Batch(month, key, partial(_sheets, edition.site, f"citations/{month}", key, common, briefs))


def _sheets(site: Site, name: str, key: bytes, common: bytes, briefs: Iterable[Brief]) -> Iterator[Sheet]:
    yield Sheet(name, key, partial(_outputs, site, common, briefs))


def _outputs(site: Site, common: bytes, briefs: Iterable[Brief]) -> Iterator[Output]:
    for brief in briefs:
        yield Output(f"briefs/{brief.id}/{FILE}", key_of(common, brief.head), partial(render_citation, site, brief))


def render_citation(site: Site, brief: Brief) -> bytes:
    """An entry that BibTeX and biblatex read; the title in braces keeps its capitals."""
    fields = {
        "author": f"{{{escape_tex(site.name)}}}",
        "title": f"{{{escape_tex(brief.title)}}}",
        "year": brief.date[:4],
        "date": brief.date,
        "url": site.absolute(brief.url),
        "note": f"Added {brief.added}" if brief.changed == brief.added else f"Added {brief.added}, revised {brief.changed}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{brief.id},\n{lines}\n}}\n".encode()


def escape_tex(text: str) -> str:
    """The text with what TeX would take for a command written out."""
    return _SPECIAL.sub(lambda m: _ESCAPES.get(m[0], "\\" + m[0]), text)
