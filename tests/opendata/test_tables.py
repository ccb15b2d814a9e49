"""Briefs as JSON, JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.brief import Brief, Source
from plugins.domain.stage import SourceKind, Status
from plugins.edition.edition import Edition
from plugins.opendata.plugin import contribute as register_opendata
from plugins.opendata.record import CHANGES, COLUMNS, build_cells, build_record, guard_cell
from tests.editions import SITE, SOURCE, keys_of, make_brief, make_date, make_edition, make_revision, publish

RECORD = {
    "id": "2026-11-23-russia-notice",
    "title": "Russia: the ministry publishes a notice on mining",
    "date": "2026-11-23",
    "date_note": None,
    "added": "2026-11-23",
    "countries": ["RU", "FR"],
    "topics": ["mining", "payments"],
    "stage": "proposal",
    "measure": "ru-mining-law",
    "summary": "The notice says who has to register, and by when they have to do so.",
    "sources": [
        {"url": "https://ministry.example/notice", "title": "Notice 7", "publisher": "Ministry of Finance", "kind": "government"}
        | dict.fromkeys(("author", "date", "lang", "archive")),
        {"url": "https://news.example/a;b", "title": "News", "publisher": "Paper", "kind": "press"}
        | dict.fromkeys(("author", "date", "lang", "archive")),
    ],
    "dates": [{"on": "2027-Q1", "what": "In force; first stage"}],
    "actors": ["Bank of Russia", "=cmd|' /C calc'!A0"],
    "revisions": [{"on": "2026-11-25", "kind": "correction", "note": "A figure."}],
    "checked": "2026-11-24",
    "ai": "none",
    "url": "https://digest.example.org/briefs/2026-11-23-russia-notice/",
}
CELLS = {
    "countries": "RU;FR",
    "topics": "mining;payments",
    "date_note": "",
    "sources": "https://ministry.example/notice;https://news.example/a%3Bb",
    "dates": "2027-Q1 In force, first stage",
    "actors": "Bank of Russia;'=cmd|' /C calc'!A0",
    "revisions": "2026-11-25 correction: A figure.",
}


def full_brief() -> Brief:
    """A brief that says everything."""
    return make_brief(
        countries=("RU", "FR"),
        topics=("mining", "payments"),
        measure="ru-mining-law",
        sources=(SOURCE, Source("https://news.example/a;b", "News", "Paper", SourceKind.PRESS)),
        dates=(make_date("2027-Q1", "In force; first stage"),),
        actors=("Bank of Russia", "=cmd|' /C calc'!A0"),
        revisions=(make_revision("2026-11-25", "correction", "A figure."),),
        checked="2026-11-24",
    )


def data_of(edition: Edition) -> dict[str, bytes]:
    """All files of data, by path."""
    register_opendata(edition)
    return publish(edition)


def read_csv(raw: bytes) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def test_record_is_the_public_format() -> None:
    """Exactly the fields of DESIGN.md section 3, in JSON, JSON lines and the table; a change must be noted in CHANGES."""
    files = data_of(make_edition([full_brief()]))
    assert json.loads(files["data/briefs.json"]) == {"licence": SITE.licence_url, "briefs": [RECORD]}
    assert [json.loads(line) for line in files["data/briefs.jsonl"].splitlines()] == [RECORD]
    row = read_csv(files["data/briefs.csv"])[0]
    assert tuple(row) == COLUMNS == tuple(RECORD)
    assert row == {k: v for k, v in RECORD.items() if isinstance(v, str)} | CELLS
    assert len(CHANGES) == 1


def test_slices_hold_their_briefs() -> None:
    """Rows of tables = JSON = pages, newest first; withdrawn briefs and drafts are in none."""
    gone = {"revisions": (make_revision("2026-11-30", "correction", "Wrong."),), "status": Status.WITHDRAWN}
    briefs = [
        make_brief(id="2026-11-01-a", title="Brief of test A", date="2026-11-01", measure="ru-mining-law"),
        make_brief(id="2026-11-02-b", title="Brief of test B", date="2026-11-02", countries=("FR", "US-ND")),
        make_brief(id="2026-11-03-c", title="Brief of test C", date="2026-11-03", countries=("NO",), topics=("russia",), **gone),
        make_brief(id="2026-11-04-d", title="Brief of test D", date="2026-11-04", status=Status.DRAFT),
        make_brief(id="2026-11-05-e", title="Brief of test E", date="2026-11-05"),
    ]
    edition = make_edition(briefs)
    files = data_of(edition)
    found = {p: [r["id"][-1] for r in json.loads(raw)["briefs"]] for p, raw in files.items() if p.endswith("briefs.json")}
    assert found == {
        "data/briefs.json": ["e", "b", "a"],
        "countries/france/briefs.json": ["b"],
        "countries/russia/briefs.json": ["e", "a"],
        "countries/us-north-dakota/briefs.json": ["b"],
        "countries/united-states/briefs.json": ["b"],
        "topics/mining/briefs.json": ["e", "b", "a"],
        "measures/ru-mining-law/briefs.json": ["a"],
    }
    for path, ids in found.items():
        assert [r["id"][-1] for r in read_csv(files[path.replace(".json", ".csv")])] == ids
    offered = {link.href for i in edition.collection.indexes.every() for link in edition.offers.beside(i)}
    assert offered == {p for p in files if p.endswith(("briefs.json", "briefs.csv")) and not p.startswith("data/")}


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60) | st.from_regex(r"[ ;=+\-@\t\r\n|a]{0,12}", fullmatch=True)


@given(TEXT)
def test_no_cell_is_a_formula(text: str) -> None:
    """Neither a cell nor an item after `;` begins as a formula, and no cell holds a line break."""
    cell = guard_cell(text)
    assert not set(cell) & set("\r\n\t\x00\u2028")
    for part in cell.split(";"):
        assert part.strip()[:1] not in tuple("=+-@＝＋－＠")
    if text.isalnum():
        assert cell == text


@given(st.lists(TEXT, min_size=3, max_size=3))
def test_rows_come_back(texts: list[str]) -> None:
    """A row has all columns whatever its texts hold; lists keep their number of items."""
    brief = make_brief(title=texts[0], actors=tuple(texts), dates=tuple(make_date("2027", t) for t in texts))
    cells = build_cells(build_record(brief, brief.detail(), SITE))
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    back = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert back == cells
    assert len(back) == len(COLUMNS)
    for name in ("actors", "dates"):
        assert back[COLUMNS.index(name)].count(";") == 2


def test_body_changes_no_data() -> None:
    """Data holds no bodies: an edit of a text leaves all of it alone."""
    one, two = make_edition([full_brief()]), make_edition([make_brief(**_keys(full_brief()), body="<p>Another.</p>")])
    for edition in (one, two):
        register_opendata(edition)
    old, new = keys_of(one), keys_of(two)
    changed = {p for p in old if old[p] != new[p]}
    assert changed == set()


def _keys(brief: Brief) -> dict:
    detail = brief.detail()
    names = ("sources", "dates", "actors", "revisions", "checked")
    return {"countries": brief.countries, "topics": brief.topics, "measure": brief.measure} | {n: getattr(detail, n) for n in names}


@pytest.mark.parametrize("url", ["https://digest.example.org/sub", "http://localhost:8000"])
def test_addresses_follow_the_site(url: str) -> None:
    """The address of a page is complete."""

    edition = make_edition([make_brief()], site=SITE._replace(url=url))
    assert json.loads(data_of(edition)["data/briefs.json"])["briefs"][0]["url"] == f"{url}/briefs/2026-11-23-russia-notice/"
