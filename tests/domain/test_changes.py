"""Changes and coming dates, by tables."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.domain.brief import Brief
from plugins.domain.changes import ChangeKind, list_changes, list_newest
from plugins.domain.coming import list_ahead, list_coming, split_at, without_repeats
from plugins.domain.freshness import describe_review
from plugins.domain.stage import Stage, Status
from tests.factories import make_brief, make_collection, make_date, make_revision, make_vocabulary

LAW = {"measure": "ru-mining-law"}
BILL = make_brief("2024-01-01-a", date="2024-01-01", stage=Stage.BILL, **LAW)
CASES = {
    "nothing happened": ([BILL], []),
    "a correction": (
        [make_brief("x", revisions=(make_revision("2026-11-24", "correction", "Wrong day"),))],
        [("2026-11-24", "correction", "x", "Wrong day", "revision/1")],
    ),
    "two revisions of a day, newest first": (
        [make_brief("x", revisions=(make_revision("2026-11-24", "update", "One"), make_revision("2026-11-24", "stage", "Two")))],
        [("2026-11-24", "stage", "x", "Two", "revision/2"), ("2026-11-24", "update", "x", "One", "revision/1")],
    ),
    "a withdrawal is told by its last revision": (
        [
            make_brief(
                "x",
                status=Status.WITHDRAWN,
                revisions=(make_revision("2026-11-24", "update", "One"), make_revision("2026-11-25", "correction", "Mistaken")),
            )
        ],
        [("2026-11-25", "withdrawal", "x", "Mistaken", "revision/2"), ("2026-11-24", "update", "x", "One", "revision/1")],
    ),
    "a measure moves": (
        [BILL, make_brief("2024-05-05-b", date="2024-05-05", stage=Stage.PASSED, **LAW)],
        [("2024-05-05", "stage", "2024-05-05-b", "Law on mining: bill → passed", "stage")],
    ),
    "the same stage again moves nothing": ([BILL, make_brief("2024-05-05-b", date="2024-05-05", stage=Stage.BILL, **LAW)], []),
    "an event moves nothing": ([BILL, make_brief("2024-05-05-b", date="2024-05-05", stage=Stage.COURT, **LAW)], []),
    "a late brief on the past moves nothing": (
        [BILL, make_brief("2023-05-05-b", date="2023-05-05", added="2024-06-01", stage=Stage.PROPOSAL, **LAW)],
        [],
    ),
    "a late brief on the present moves on the day it joined": (
        [BILL, make_brief("2024-05-05-b", date="2024-05-05", added="2024-06-01", stage=Stage.PASSED, **LAW)],
        [("2024-06-01", "stage", "2024-05-05-b", "Law on mining: bill → passed", "stage")],
    ),
    "two steps that join on one day are one move": (
        [
            BILL,
            *(
                make_brief(f"2024-05-0{n}-b", date=f"2024-05-0{n}", added="2024-06-01", stage=s, **LAW)
                for n, s in ((1, Stage.PASSED), (2, Stage.IN_FORCE))
            ),
        ],
        [("2024-06-01", "stage", "2024-05-02-b", "Law on mining: bill → in force", "stage")],
    ),
    "a withdrawn brief moves nothing": (
        [BILL, make_brief("2024-05-05-b", date="2024-05-05", stage=Stage.PASSED, status=Status.WITHDRAWN, **LAW)],
        [],
    ),
    "other measures do not mix": ([BILL, make_brief("2024-05-05-b", date="2024-05-05", stage=Stage.PASSED)], []),
}


@pytest.mark.parametrize("what", CASES)
def test_changes(what: str) -> None:
    """What subscribers of changes are told, newest first."""
    briefs, wanted = CASES[what]
    found = list_changes(make_collection(*briefs).briefs, make_vocabulary().measures)
    assert [(c.on, c.kind.value, c.brief.id, c.note, c.mark) for c in found] == wanted
    assert [(c.on, c.mark) for c in list_changes(reversed(briefs), make_vocabulary().measures)] == [(c.on, c.mark) for c in found]
    assert all(k.label for k in ChangeKind)


def moving_briefs() -> list[Brief]:
    """Briefs of a year, some of them revised, some late, all on a measure that moves."""
    stages = (Stage.BILL, Stage.PASSED, Stage.COURT, Stage.IN_FORCE, Stage.BILL)
    return [
        make_brief(
            f"2024-{month:02}-0{day}-b",
            date=f"2024-{month:02}-0{day}",
            added=f"2024-{month:02}-2{day}" if month % 3 else None,
            stage=stages[(month + day) % 5],
            revisions=(make_revision(f"2024-12-{month + day:02}"), make_revision(f"2025-01-0{day}")) if month % 4 == 1 else (),
            **(LAW if day != 3 else {}),
        )
        for month in range(1, 13)
        for day in range(1, 5)
    ]


def test_newest_changes_are_the_first_of_all() -> None:
    """Whether all are listed, those since a day, or some of the newest."""
    briefs, measures = make_collection(*moving_briefs()).briefs, make_vocabulary().measures
    every = list_changes(briefs, measures)
    assert len(every) > 40
    for count in (0, 1, 8, 13, 20, len(every), 1000):
        assert list_newest(briefs, measures, count) == every[:count]
    for day in ("2024-03-01", "2024-12-05", "2025-01-02", "2026-01-01"):
        assert list_changes(briefs, measures, day) == tuple(c for c in every if c.on >= day)


def test_facts_are_all_but_the_words() -> None:
    """Title, summary and body do not stand in the digest of the facts; all else of the front matter does."""
    brief = make_brief()
    for words in ({"title": "Another"}, {"summary": "Another summary"}, {"title": "Another", "body": "<p>Other</p>"}):
        other = make_brief(**words)
        assert other.facts == brief.facts
        assert other.head != brief.head
    body = make_brief(body="<p>Other</p>")
    assert (body.facts, body.head) == (brief.facts, brief.head)
    assert body.digest != brief.digest
    changes: list[dict[str, Any]] = [
        {"date": "2026-11-22"}, {"added": "2026-11-24"}, {"countries": ("FR",)}, {"topics": ("payments",)}, {"stage": Stage.BILL},
        {"measure": "x"}, {"status": Status.DRAFT}, {"dates": (make_date("2027"),)}, {"checked": "2026-11-24"}, {"actors": ("A",)},
    ]  # fmt: skip
    assert len({make_brief(**change).facts for change in changes} | {brief.facts}) == len(changes) + 1


def test_coming_dates_are_in_order() -> None:
    """What surely comes sooner stands first: by last day, then first day, then brief; withdrawn briefs state none."""
    briefs = [
        make_brief("a", dates=(make_date("2027"), make_date("2027-01"), make_date("2026-12-31"))),
        make_brief("b", dates=(make_date("2027-H1"), make_date("2027-Q1"), make_date("2027-01-01"))),
        make_brief("c", dates=(make_date("2026-01-01"),), status=Status.WITHDRAWN),
        make_brief("d", dates=(make_date("2027-09-15"), make_date("2027-12-31"))),
    ]
    found = list_coming(briefs)
    assert [(c.date.on.text, c.number) for c in found] == [
        ("2026-12-31", 3),
        ("2027-01-01", 3),
        ("2027-01", 2),
        ("2027-Q1", 2),
        ("2027-H1", 1),
        ("2027-09-15", 1),
        ("2027", 1),
        ("2027-12-31", 2),
    ]


@pytest.mark.parametrize(
    ("day", "ahead"),
    [((2026, 6, 30), ["2026-06-30", "2026-06", "2026"]), ((2026, 7, 1), ["2026"]), ((2026, 12, 31), ["2026"]), ((2027, 1, 1), [])],
)
def test_a_date_is_over_when_its_last_day_is(day: tuple[int, int, int], ahead: list[str]) -> None:
    """What is imprecise is not over before its period ends."""
    brief = make_brief(dates=tuple(make_date(on) for on in ("2026-06-30", "2026-06", "2026")))
    now, past = split_at(list_coming([brief]), date(*day))
    assert {c.date.on.text for c in now} == set(ahead)
    assert len(now) + len(past) == 3
    assert list(past) == sorted(past, key=lambda c: c.order, reverse=True)
    assert list_ahead([brief, make_brief("b"), make_brief("c", dates=(make_date("2025"),))], date(*day)) == now


def test_repeats_are_told_once() -> None:
    """Briefs of one measure that state one date for one thing: the newest speaks; other measures speak for themselves."""
    old = make_brief("2024-01-01-a", date="2024-01-01", dates=(make_date("2027", "Enters into force"),), **LAW)
    new = make_brief(
        "2024-02-01-b", date="2024-02-01", dates=(make_date("2027", "enters into FORCE"), make_date("2027", "Fee is due")), **LAW
    )
    other = make_brief("2024-03-01-c", date="2024-03-01", dates=(make_date("2027", "Enters into force"),))
    found = without_repeats(list_coming([old, new, other]))
    assert [(c.brief.id, c.number) for c in found] == [("2024-02-01-b", 1), ("2024-02-01-b", 2), ("2024-03-01-c", 1)]


@pytest.mark.parametrize(
    ("stage", "due"),
    [(Stage.BILL, "2025-04-01"), (Stage.IN_FORCE, "2026-01-01"), (Stage.REJECTED, "2026-01-01"), (Stage.PASSED, "2025-04-01")],
)
def test_reviews_are_due_by_the_state_of_the_measure(stage: Stage, due: str) -> None:
    """90 days while something is pending, a year once it is settled; no clock is asked."""
    brief = make_brief(date="2024-12-01", stage=Stage.COURT, checked="2025-01-01")
    review = describe_review(brief, brief.detail().checked, make_brief("b", stage=stage))
    assert review.due == due
    assert "1 January 2025" in review.text
    assert "Not yet reviewed" in describe_review(brief, make_brief().detail().checked, None).text
