"""Calendars of coming dates, read back by icalendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from plugins.calendars.calendars import has_calendar
from plugins.calendars.plugin import contribute as register_calendars
from plugins.domain.brief import Brief
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from tests.editions import SITE, keys_of, make_brief, make_date, make_edition, make_revision, publish

DOMAIN = "policy-digest.example"


def calendars_of(*briefs: Brief, edition: Edition | None = None) -> dict[str, bytes]:
    """All calendars, by path."""
    found = edition or make_edition(briefs)
    register_calendars(found)
    return publish(found)


def events_of(raw: bytes) -> list[Event]:
    """The events of a calendar."""
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def dated(on: str, what: str = "The law takes effect", **changes: object) -> Brief:
    """A brief with one coming date."""
    return make_brief(dates=(make_date(on, what),), **changes)


@pytest.mark.parametrize(
    ("on", "first", "last", "status", "wording"),
    [
        ("2027-03-01", date(2027, 3, 1), date(2027, 3, 1), "CONFIRMED", None),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "TENTATIVE", "February 2028"),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), "TENTATIVE", "third quarter of 2026"),
        ("2027-H2", date(2027, 7, 1), date(2027, 12, 31), "TENTATIVE", "second half of 2027"),
        ("2027", date(2027, 1, 1), date(2027, 12, 31), "TENTATIVE", "2027"),
    ],
)
def test_date_spans_what_was_stated(on: str, first: date, last: date, status: str, wording: str | None) -> None:
    """A day is a day; what is less exact spans its period, is tentative and quotes the wording."""
    event = events_of(calendars_of(dated(on))["dates.ics"])[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, last + timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["STATUS"]) == status
    assert ("Stated as" in event["DESCRIPTION"]) == bool(wording)
    assert (wording or "") in event["DESCRIPTION"]


def test_event_comes_from_the_brief() -> None:
    """Identity, stamps and sequence are the brief's own, never the clock's."""
    revisions = (make_revision("2026-11-25", "correction", "Day corrected."), make_revision("2026-11-28", "update", "More known."))
    event = events_of(calendars_of(dated("2027-03-01", revisions=revisions))["dates.ics"])[0]
    stamp = datetime(2026, 11, 28, tzinfo=UTC)
    assert str(event["UID"]) == f"2026-11-23-russia-notice/the-law-takes-effect@{DOMAIN}"
    assert (event["DTSTAMP"].dt, event["LAST-MODIFIED"].dt) == (stamp, stamp)
    assert event["SEQUENCE"] == 2
    assert str(event["URL"]) == "https://digest.example.org/briefs/2026-11-23-russia-notice/"
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert [str(c) for c in event["CATEGORIES"].cats] == ["Russia", "Mining"]
    assert str(event["SUMMARY"]) == "Russia: The law takes effect"


def test_uids_are_unique_and_do_not_follow_dates() -> None:
    """Two dates with the same words have two UIDs; a corrected day or another SITE_URL keeps them."""
    dates = tuple(
        make_date(on, what)
        for on, what in (("2027-01-01", "Report due"), ("2028-01-01", "Report due"), ("2029-01-01", "Report due 2"), ("2030", "报告"))
    )
    uids = [str(e["UID"]) for e in events_of(calendars_of(make_brief(dates=dates))["dates.ics"])]
    assert len(set(uids)) == 4
    assert uids[:2] == [f"2026-11-23-russia-notice/report-due@{DOMAIN}", f"2026-11-23-russia-notice/report-due-2@{DOMAIN}"]
    moved = make_edition([dated("2027-05-01")], site=SITE._replace(url="http://localhost:8000"))
    one, two = calendars_of(dated("2027-04-01")), calendars_of(edition=moved)
    assert [e["UID"] for e in events_of(one["dates.ics"])] == [e["UID"] for e in events_of(two["dates.ics"])]


def test_each_date_is_in_exactly_its_calendars() -> None:
    """A date is in the calendars of its brief's countries, topics and measure, in that of all, and nowhere else."""
    briefs = [
        dated("2027-01-01", "First", id="2026-11-01-a", title="Brief of test A", measure="ru-mining-law"),
        dated("2027-02-01", "Second", id="2026-11-01-b", title="Brief of test B", countries=("FR", "US-ND"), topics=("payments", "mining")),
        make_brief(id="2026-11-01-c", title="Brief of test C", countries=("NO",), topics=("russia",)),
        dated(
            "2027-03-01",
            "Third",
            id="2026-11-01-d",
            title="Brief of test D",
            status=Status.WITHDRAWN,
            revisions=(make_revision("2026-11-30", "correction", "Wrong."),),
        ),
        dated("2027-04-01", "Fourth", id="2026-11-01-e", title="Brief of test E", status=Status.DRAFT),
    ]
    found = {path: {str(e["UID"]).split("/")[0][-1] for e in events_of(raw)} for path, raw in calendars_of(*briefs).items()}
    assert found == {
        "dates.ics": {"a", "b"},
        "dates/dates.ics": {"a", "b"},
        "countries/france/dates.ics": {"b"},
        "countries/russia/dates.ics": {"a"},
        "countries/us-north-dakota/dates.ics": {"b"},
        "countries/united-states/dates.ics": {"b"},
        "topics/mining/dates.ics": {"a", "b"},
        "topics/payments/dates.ics": {"b"},
        "measures/ru-mining-law/dates.ics": {"a"},
    }


def test_offers_are_what_is_published() -> None:
    """Pages link to a calendar exactly where there is one."""
    edition = make_edition([dated("2027"), make_brief(id="2026-11-01-c", title="Brief of test C", countries=("NO",), topics=("russia",))])
    files = calendars_of(edition=edition)
    assert {i.path + "dates.ics" for i in edition.collection.indexes.every() if has_calendar(i)} == set(files) - {"dates/dates.ics"}
    assert [link.href for link in edition.links_of("/dates/")] == ["dates/dates.ics"]


def test_calendar_is_named_and_refreshed() -> None:
    """Programs show a name and ask again once a day (RFC 7986)."""
    calendar = Calendar.from_ical(calendars_of(dated("2027"))["countries/russia/dates.ics"])
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Policy Digest: Russia"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(days=1)
    assert str(calendar["SOURCE"]) == "https://digest.example.org/countries/russia/dates.ics"


def test_order_and_bytes_are_fixed() -> None:
    """Events go by day, then brief; equal content gives equal bytes in any order of reading."""
    briefs = [dated(f"2027-0{9 - n}-01", id=f"2026-11-0{n + 1}-x", title=f"Brief of test {n}") for n in range(5)]
    raw = calendars_of(*briefs)
    assert raw == calendars_of(*reversed(briefs))
    days = [e["DTSTART"].dt for e in events_of(raw["dates.ics"])]
    assert days == sorted(days)
    assert all(len(line) <= 75 for line in raw["dates.ics"].split(b"\r\n"))
    assert b"\n" not in raw["dates.ics"].replace(b"\r\n", b"")


def test_brief_without_dates_changes_no_calendar() -> None:
    """The key of a calendar depends on the briefs that state dates."""
    plain = {"id": "2026-11-01-c", "title": "Brief of test C"}
    one, two = (
        make_edition([dated("2027"), make_brief(**plain)]),
        make_edition([dated("2027"), make_brief(**plain, summary="Another summary, long enough to be one.")]),
    )
    for edition in (one, two):
        register_calendars(edition)
    assert keys_of(one) == keys_of(two)
