"""Citations, read back by a parser that others wrote."""

from __future__ import annotations

import bibtexparser
import pytest
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.brief import Brief
from plugins.domain.stage import Status
from plugins.opendata.citations import render_citation
from plugins.opendata.plugin import contribute as register_opendata
from tests.editions import SITE, keys_of, make_brief, make_edition, make_revision, publish


def read(brief: Brief) -> dict[str, str]:
    """The fields of a citation, with its key and kind."""
    library = bibtexparser.parse_string(render_citation(SITE, brief).decode(), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    entry = library.entries[0]
    return {f.key: str(f.value) for f in entry.fields} | {"key": entry.key, "kind": entry.entry_type}


def test_citation_names_the_brief_for_ever() -> None:
    """Key and address are the brief's identity; the date is as precise as known."""
    found = read(
        make_brief(id="2022-04-russia-x", date="2022-04", added="2026-11-23", revisions=(make_revision("2026-11-25", "update", "More."),))
    )
    assert found["key"] == "2022-04-russia-x"
    assert found["url"] == "https://digest.example.org/briefs/2022-04-russia-x/"
    assert (found["year"], found["date"]) == ("2022", "2022-04")
    assert found["title"].strip("{}") == "Russia: the ministry publishes a notice on mining"
    assert found["author"].strip("{}") == "Policy Digest"
    assert found["note"] == "Added 2026-11-23, revised 2026-11-25"


@pytest.mark.parametrize("title", ["Tax at 50% & rising: $5 #1 a_b ~ ^ \\end", "“Мининг” — 中文 “quoted” @article, x="])
def test_title_survives(title: str) -> None:
    """What TeX would take for a command comes back as text."""
    found = read(make_brief(title=title))["title"].replace("ˆ", "^")  # the parser's word for the circumflex
    assert found.removeprefix("{").removesuffix("}") == title


@given(st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80))
def test_no_title_breaks_the_entry(title: str) -> None:
    """Any title leaves one entry with its key and address; braces balance as BibTeX counts them, backslash or not."""
    raw = render_citation(SITE, make_brief(title=title)).decode()
    assert raw.count("{") == raw.count("}")
    assert title.count("{") == raw.count(r"\textbraceleft{}")
    found = bibtexparser.parse_string(raw)
    assert not found.failed_blocks
    assert [e.key for e in found.entries] == ["2026-11-23-russia-notice"]
    assert found.entries[0]["url"] == "https://digest.example.org/briefs/2026-11-23-russia-notice/"


def test_each_brief_has_its_own() -> None:
    """One file beside each brief that is not withdrawn; an edit of one changes one key."""
    briefs = [make_brief(id=f"2026-11-0{n}-x", title=f"Brief of test {n}", date=f"2026-11-0{n}") for n in range(1, 5)]
    gone = make_brief(
        id="2026-11-09-gone",
        title="A brief withdrawn",
        status=Status.WITHDRAWN,
        revisions=(make_revision("2026-11-30", "correction", "Wrong."),),
    )
    edition = make_edition([*briefs, gone])
    register_opendata(edition)
    files = {p for p in publish(edition) if p.endswith(".bib")}
    assert files == {f"briefs/{b.id}/brief.bib" for b in briefs}
    assert edition.offers.brief_files == (("brief.bib", "BibTeX"),)
    other = make_edition([make_brief(id=briefs[0].id, title="Another title here", date=briefs[0].date), *briefs[1:], gone])
    register_opendata(other)
    old, new = keys_of(edition), keys_of(other)
    assert {p for p in files if old[p] != new[p]} == {f"briefs/{briefs[0].id}/brief.bib"}
