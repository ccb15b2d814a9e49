"""Weeks as issues."""

from __future__ import annotations

from plugins.domain.changes import list_changes
from plugins.domain.coming import list_coming
from plugins.domain.dates import Week
from plugins.domain.issue import Almanac
from plugins.domain.stage import Status
from tests.editions import make_brief, make_date, make_edition, make_revision


def almanac_of(*briefs) -> tuple[Almanac, dict]:
    """The almanac of some briefs, and their weeks."""
    collection = make_edition(briefs).collection
    changes = list_changes(collection.briefs, collection.vocabulary.measures)
    return Almanac(collection.vocabulary.countries, changes, list_coming(collection.listed)), dict(collection.indexes.weeks)


def test_briefs_stand_under_their_first_country_by_name() -> None:
    """A brief on several countries is listed once; drafts are not."""
    almanac, weeks = almanac_of(
        make_brief(countries=("RU", "FR")),
        make_brief(id="2026-11-24-a", title="Brief of test A", date="2026-11-24", countries=("FR",)),
        make_brief(id="2026-11-24-b", title="Brief of test B", date="2026-11-24", countries=("NO",), status=Status.DRAFT),
    )
    issue = almanac.issue(weeks["2026-W48"])
    assert [(code, [b.id for b in briefs]) for code, briefs in issue.countries] == [
        ("FR", ["2026-11-24-a"]),
        ("RU", ["2026-11-23-russia-notice"]),
    ]


def test_changes_are_those_of_its_days() -> None:
    """Monday to Sunday, newest first."""
    days = ("2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30")
    old = make_brief(date="2026-11-02", revisions=tuple(make_revision(day, "update", f"News of {day}.") for day in days))
    almanac, _ = almanac_of(old)
    assert [c.on for c in almanac.changes_in(Week(2026, 48))] == ["2026-11-29", "2026-11-23"]


def test_dates_are_those_known_at_its_end() -> None:
    """Exact days of the two weeks after it; the statement of a later brief does not hide what was known."""
    dates = (
        make_date("2026-11-29", "Sunday"),
        make_date("2026-11-30", "Monday"),
        make_date("2026-12-13", "Last day"),
        make_date("2026-12-14", "Too late"),
    )
    same = {"dates": dates, "measure": "ru-mining-law"}
    almanac, _ = almanac_of(make_brief(**same), make_brief(id="2026-12-02-again", title="Brief of test A", date="2026-12-02", **same))
    known = almanac.coming_after(Week(2026, 48))
    assert [(c.date.what, c.brief.id) for c in known] == [("Monday", "2026-11-23-russia-notice"), ("Last day", "2026-11-23-russia-notice")]


def test_issue_is_dated_by_what_joined_and_left() -> None:
    """Published when its first brief was added, updated by additions, changes and withdrawals of its own briefs."""
    gone = make_brief(
        id="2026-11-23-gone",
        title="A brief withdrawn",
        status=Status.WITHDRAWN,
        revisions=(make_revision("2026-12-20", "correction", "Wrong."),),
    )
    later = make_brief(
        id="2026-11-26-c", title="Brief of test C", date="2026-11-26", revisions=(make_revision("2026-12-05", "update", "More."),)
    )
    almanac, weeks = almanac_of(later)
    assert (almanac.issue(weeks["2026-W48"]).published, almanac.issue(weeks["2026-W48"]).updated) == ("2026-11-26", "2026-11-26")
    almanac, weeks = almanac_of(later, gone)
    assert (almanac.issue(weeks["2026-W48"]).published, almanac.issue(weeks["2026-W48"]).updated) == ("2026-11-23", "2026-12-20")
