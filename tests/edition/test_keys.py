"""Keys tell what outputs show: where a key is the same, a build from the kept state keeps what a clean one would make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from plugins.calendars.plugin import contribute as register_calendars
from plugins.domain.brief import Brief
from plugins.domain.stage import MeasureKind, Stage, Status
from plugins.domain.vocabulary import Measure
from plugins.edition.edition import Edition
from plugins.feeds.plugin import contribute as register_feeds
from plugins.indexes.plugin import contribute as register_indexes
from plugins.opendata.plugin import contribute as register_opendata
from tests.editions import make_brief, make_date, make_edition, make_revision, make_words

LAWS = (
    Measure("ru-mining-law", "Law on mining", ("RU",), MeasureKind.LAW, digest=b"l"),
    Measure("no-tax", "Tax on mining", ("NO",), MeasureKind.BILL, digest=b"t"),
)
STAGES = (Stage.BILL, Stage.COURT, Stage.PASSED, Stage.IN_FORCE, Stage.NONE)


def values_of(number: int) -> dict[str, Any]:
    """What the front matter of a brief says: 90 of them, over two years, some on a measure, with dates, revised, or checked."""
    year, month, day = 2025 + number // 48, number // 4 % 12 + 1, number % 4 * 7 + 1
    date = f"{year}-{month:02}-{day:02}"
    return {
        "id": f"{date}-brief-{number}",
        "title": f"Brief number {number}",
        "date": date,
        "countries": [("RU",), ("NO", "RU"), ("US-ND",), ("FR",)][number % 4],
        "topics": [("mining",), ("payments", "mining"), ("russia",)][number % 3],
        "stage": STAGES[number % 5],
        "measure": [None, "ru-mining-law", None, "no-tax"][number % 4] if number % 3 else None,
        "dates": (make_date(f"2026-{month:02}-20", f"Step {number}"), make_date("2026-Q4", "Report")) if number % 5 == 2 else (),
        "revisions": (make_revision(f"2026-11-{day:02}", "update", f"Note {number}"),) if number % 7 == 3 else (),
        "checked": "2026-11-20" if number % 9 == 4 else None,
    }


BRIEFS = [values_of(number) for number in range(90)]
NEWEST, OLD, MOVED, DATED, REVISED, CHECKED = 89, 0, 7, 17, 31, 22
TOLD = {"title": "Another title", "summary": "Another summary, which is long enough to be one."}
EDITS: dict[str, tuple[int, dict[str, Any]]] = {
    **{f"words of the {who} brief": (at, TOLD) for who, at in (("newest", NEWEST), ("oldest", OLD), ("moving", MOVED), ("dated", DATED))},
    **{f"words of the {who} brief": (at, TOLD) for who, at in (("revised", REVISED), ("checked", CHECKED))},
    "a body": (NEWEST, {"body": "<p>Another body.</p>"}),
    "a stage": (MOVED, {"stage": Stage.REJECTED}),
    "a stage that stood": (NEWEST, {"stage": Stage.REPEALED}),
    "a measure": (MOVED, {"measure": "no-tax"}),
    "no measure": (MOVED, {"measure": None}),
    "a country": (OLD, {"countries": ("FR", "US-ND")}),
    "a topic": (OLD, {"topics": ("russia", "payments")}),
    "dates": (DATED, {"dates": (make_date("2026-12-30", "Step 17"), make_date("2027-01-04", "Another step"))}),
    "no dates": (DATED, {"dates": ()}),
    "a revision": (OLD, {"revisions": (make_revision("2026-01-02", "correction", "A figure."),)}),
    "a note": (REVISED, {"revisions": (make_revision("2026-11-10", "update", "Another note"),)}),
    "a withdrawal": (MOVED, {"status": Status.WITHDRAWN, "revisions": (make_revision("2026-11-21", "correction", "Wrong."),)}),
    "a draft": (NEWEST, {"status": Status.DRAFT}),
    "a day of addition": (OLD, {"added": "2026-11-20"}),
    "a check": (OLD, {"checked": "2026-11-22"}),
}


def edition_of(briefs: Iterable[Brief]) -> Edition:
    """An edition with all plugins that publish."""
    edition = make_edition(briefs, vocabulary=make_words(*LAWS))
    for register in (register_indexes, register_feeds, register_calendars, register_opendata):
        register(edition)
    return edition


Sheets = dict[str, tuple[bytes, dict[str, tuple[bytes, bytes]]]]  # by name the key, and by path key and bytes of each output


def publish(edition: Edition) -> dict[str, tuple[bytes, Sheets]]:
    """All batches with all that they hold."""
    edition.templates.share(nav=(), footer_nav=(), home_links=(), has_page=edition.offers.has_page)
    return {
        batch.name: (
            batch.key,
            {sheet.name: (sheet.key, {o.path: (o.key, o.render()) for o in sheet.outputs()}) for sheet in batch.sheets()},
        )
        for batch in edition.batches()
    }


@pytest.fixture(scope="module")
def before() -> dict[str, tuple[bytes, Sheets]]:
    """What is published before an edit."""
    return publish(edition_of(make_brief(**values) for values in BRIEFS))


def bytes_of(sheets: Sheets) -> dict[str, bytes]:
    """The outputs of a batch."""
    return {path: content for _, outputs in sheets.values() for path, (_, content) in outputs.items()}


def check_kept(before: dict[str, tuple[bytes, Sheets]], after: dict[str, tuple[bytes, Sheets]]) -> None:
    """Nothing differs under a key that is the same."""
    for name in before.keys() & after.keys():
        (old_key, old), (new_key, new) = before[name], after[name]
        if old_key and old_key == new_key:
            assert bytes_of(old) == bytes_of(new), name
        for sheet in old.keys() & new.keys():
            (old_key, olds), (new_key, news) = old[sheet], new[sheet]
            if old_key == new_key:
                assert {path: content for path, (_, content) in olds.items()} == {path: content for path, (_, content) in news.items()}, (
                    sheet
                )
            for path in olds.keys() & news.keys():
                assert olds[path][0] != news[path][0] or olds[path][1] == news[path][1], path


@pytest.mark.parametrize("what", EDITS)
def test_same_key_same_bytes(what: str, before: dict[str, tuple[bytes, Sheets]]) -> None:
    """Of batches, of sheets and of outputs."""
    at, changes = EDITS[what]
    after = publish(edition_of(make_brief(**(values | (changes if n == at else {}))) for n, values in enumerate(BRIEFS)))
    check_kept(before, after)


@pytest.mark.parametrize("at", [OLD, DATED, NEWEST])
def test_same_key_same_bytes_without_a_brief(at: int, before: dict[str, tuple[bytes, Sheets]]) -> None:
    """A brief that went, or came."""
    check_kept(before, publish(edition_of(make_brief(**values) for n, values in enumerate(BRIEFS) if n != at)))


def test_a_title_is_made_again_where_it_stands(before: dict[str, tuple[bytes, Sheets]]) -> None:
    """A brief that is neither new nor the last report of anything: its title stands in lists, its week and the data, and nothing else is made."""
    after = publish(edition_of(make_brief(**(values | (TOLD if n == OLD else {}))) for n, values in enumerate(BRIEFS)))
    made = {
        path
        for name, (key, sheets) in after.items()
        for sheet, (own, outputs) in sheets.items()
        for path, (last, _) in outputs.items()
        if not key or key != before[name][0]
        if own != before[name][1][sheet][0]
        if last != before[name][1][sheet][1][path][0]
    }
    assert made == {
        "page/1/index.html",
        "countries/russia/page/1/index.html",
        "countries/russia/mining/index.html",  # few briefs: all of them stand on the page
        "topics/mining/page/1/index.html",
        "weeks/2025-W01/index.html",
        "weeks/index.html",
        f"briefs/{BRIEFS[OLD]['id']}/brief.bib",
        *(f"data/briefs.{ending}" for ending in ("json", "jsonl", "csv")),
        *(f"{place}briefs.{ending}" for place in ("countries/russia/", "topics/mining/") for ending in ("json", "csv")),
    }
