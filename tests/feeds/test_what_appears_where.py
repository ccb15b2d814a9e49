"""What a change of content shows to subscribers: new x changes x week x calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from icalendar import Calendar

from plugins.calendars.plugin import contribute as register_calendars
from plugins.domain.brief import Brief
from plugins.domain.stage import Stage, Status
from plugins.feeds.plugin import contribute as register_feeds
from tests.editions import make_brief, make_date, make_edition, make_revision, publish
from tests.feeds.reading import Item, read_feed

TAG = "tag:policy-digest.example,2026:"
OLD = {
    "id": "2026-10-05-russia-bill",
    "title": "Russia: a bill on mining is announced",
    "date": "2026-10-05",
    "measure": "ru-mining-law",
    "stage": Stage.PROPOSAL,
    "dates": (make_date("2026-12-01", "First reading"),),
}
RECENT = make_brief(
    id="2026-11-23-france-guide", title="France: a guide for payment firms", countries=("FR",), topics=("payments",), stage=Stage.GUIDANCE
)
NEW = {"id": "2026-11-24-russia-act", "title": "Russia: an act on mining is published", "date": "2026-11-24"}
UID = "2026-10-05-russia-bill/first-reading@policy-digest.example"


@dataclass(frozen=True)
class Seen:
    """What subscribers have: entries of three feeds by id, and events by UID with sequence and day."""

    new: dict[str, Item]
    changes: dict[str, Item]
    weeks: dict[str, Item]
    events: dict[str, tuple[int, str]]


def look(briefs: list[Brief]) -> Seen:
    """What is published for some briefs."""
    edition = make_edition(briefs)
    register_feeds(edition)
    register_calendars(edition)
    files = publish(edition)
    feeds = [
        {i.id.removeprefix(TAG): i for i in read_feed("atom.xml", files[f])} for f in ("atom.xml", "changes/atom.xml", "weeks/atom.xml")
    ]
    events = {}
    if "dates.ics" in files:
        for event in Calendar.from_ical(files["dates.ics"]).walk("VEVENT"):
            events[str(event["UID"])] = (int(event["SEQUENCE"]), event["DTSTART"].dt.isoformat())
    return Seen(feeds[0], feeds[1], feeds[2], events)


def old(**changes: object) -> Callable[[], list[Brief]]:
    """The old brief as edited."""
    return lambda: [make_brief(**{**OLD, **changes}), RECENT]


def added(**changes: object) -> Callable[[], list[Brief]]:
    """A brief more."""
    return lambda: [make_brief(**OLD), RECENT, make_brief(**{**NEW, **changes})]


def revised(kind: str, **changes: object) -> Callable[[], list[Brief]]:
    """The old brief with a revision of the same week as RECENT."""
    return old(revisions=(make_revision("2026-11-24", kind, "The day of the reading was wrong."),), **changes)


CASES = [
    # what happens, briefs after it, new entries, changes, weeks whose text differs, calendar: added, gone, sequence raised
    ("new brief", added(), {f"brief/{NEW['id']}"}, set(), {"week/2026-W48"}, set(), set(), False),
    (
        "new brief with a date",
        added(dates=(make_date("2027-Q3", "In force"),)),
        {f"brief/{NEW['id']}"},
        set(),
        {"week/2026-W48"},
        {f"{NEW['id']}/in-force@policy-digest.example"},
        set(),
        False,
    ),
    (
        "new brief that moves its measure",
        added(measure="ru-mining-law", stage=Stage.PASSED),
        {f"brief/{NEW['id']}"},
        {f"brief/{NEW['id']}/stage"},
        {"week/2026-W48"},
        set(),
        set(),
        False,
    ),
    (
        "late brief",
        added(id="2024-02-01-late", date="2024-02-01", added="2026-11-24", measure="ru-mining-law", stage=Stage.DISCUSSION),
        {"brief/2024-02-01-late"},
        set(),
        {"week/2026-W48"},
        set(),
        set(),
        False,
    ),
    ("correction", revised("correction"), set(), {f"brief/{OLD['id']}/revision/1"}, {"week/2026-W48"}, set(), set(), True),
    ("update", revised("update"), set(), {f"brief/{OLD['id']}/revision/1"}, {"week/2026-W48"}, set(), set(), True),
    (
        "stage",
        revised("stage", stage=Stage.BILL),
        set(),
        {f"brief/{OLD['id']}/revision/1"},
        {"week/2026-W41", "week/2026-W48"},
        set(),
        set(),
        True,
    ),
    (
        "withdrawal",
        revised("correction", status=Status.WITHDRAWN),
        set(),
        {f"brief/{OLD['id']}/revision/1"},
        {"week/2026-W48"},
        set(),
        {UID},
        False,
    ),
    ("typo in the title", old(title="Russia: a bill on mining is now announced"), set(), set(), {"week/2026-W41"}, set(), set(), False),
    ("typo in the body", old(body="<p>Another text.</p>"), set(), set(), set(), set(), set(), False),
    ("corrected date of the event", old(date="2026-10-04", added="2026-10-05"), set(), set(), {"week/2026-W41"}, set(), set(), False),
]


@pytest.mark.parametrize(("after", "new", "changes", "weeks", "added", "gone", "raised"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_appears_where(
    after: Callable[[], list[Brief]], new: set[str], changes: set[str], weeks: set[str], added: set[str], gone: set[str], raised: bool
) -> None:
    """Each kind of change reaches exactly the subscribers whom it concerns; no entry is ever shown as another one."""
    before, now = look([make_brief(**OLD), RECENT]), look(after())
    assert now.new.keys() - before.new.keys() == new
    assert before.new.keys() <= now.new.keys()
    assert now.changes.keys() - before.changes.keys() == changes
    text = {id: i.html for id, i in before.weeks.items()}
    differing = {id for id, i in now.weeks.items() if text.get(id) != i.html}
    assert differing == weeks
    assert now.events.keys() - before.events.keys() == added
    assert before.events.keys() - now.events.keys() == gone
    if UID in now.events:
        assert now.events[UID][0] == int(raised)


def test_withdrawn_brief_stays_the_same_entry() -> None:
    """A withdrawal is the same entry with its reason, dated by the withdrawal; pages of weeks leave it out."""
    now = look(revised("correction", status=Status.WITHDRAWN)())
    item = now.new[f"brief/{OLD['id']}"]
    assert item.title == f"Withdrawn: {OLD['title']}"
    assert (item.published, item.updated) == ("2026-10-05", "2026-11-24")
    assert "The day of the reading was wrong." in item.html
    assert now.changes[f"brief/{OLD['id']}/revision/1"].title == f"Withdrawal: {OLD['title']}"
    assert "week/2026-W41" not in now.weeks


def test_late_brief_is_first() -> None:
    """A brief on an old event is what subscribers see first on the day it was added."""
    now = look(added(id="2024-02-01-late", date="2024-02-01", added="2026-11-25")())
    assert next(iter(now.new)) == "brief/2024-02-01-late"
    assert now.new["brief/2024-02-01-late"].published == "2026-11-25"


def test_revised_entry_is_updated_and_not_new() -> None:
    """A revision moves `updated`, never `published`."""
    item = look(revised("update")()).new[f"brief/{OLD['id']}"]
    assert (item.published, item.updated) == ("2026-10-05", "2026-11-24")


def test_week_shows_dates_as_known_then() -> None:
    """An issue lists the days of the two weeks after it, from briefs that had been added by its end."""
    after = make_brief(
        id="2026-12-07-later", title="Russia: a brief of a later week", date="2026-12-07", dates=(make_date("2026-12-02", "Told too late"),)
    )
    vague = make_brief(
        id="2026-11-24-vague",
        title="Norway: a plan for December",
        date="2026-11-24",
        countries=("NO",),
        dates=(make_date("2026-12", "Some day"),),
    )
    weeks = look([make_brief(**OLD), RECENT, after, vague]).weeks
    issue = weeks["week/2026-W48"].html
    assert "First reading" in issue
    assert "Told too late" not in issue
    assert "Some day" not in issue
    assert "First reading" not in weeks["week/2026-W41"].html


def test_issue_names_week_and_countries() -> None:
    """An issue is an entry of its own with the page of the week as its address."""
    item = look([make_brief(**OLD), RECENT]).weeks["week/2026-W48"]
    assert item.title == "Week 48 of 2026"
    assert item.link == "https://digest.example.org/weeks/2026-W48/"
    assert (item.published, item.updated) == ("2026-11-23", "2026-11-23")
    assert "France" in item.html
