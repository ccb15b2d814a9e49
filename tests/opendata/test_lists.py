"""Measures, countries, topics, dates, the schema, the package and the page."""

from __future__ import annotations

import json
import re

from plugins.domain.model import KEYS
from plugins.domain.stage import Stage
from plugins.edition.edition import Edition
from plugins.opendata.page import DOWNLOADS, list_due
from plugins.opendata.plugin import contribute as register_opendata
from plugins.opendata.record import FIELDS
from plugins.opendata.tables import Rows
from tests.editions import make_brief, make_date, make_edition, publish


def edition() -> Edition:
    """Three briefs: two of a measure that came into force, one that nobody checked."""
    found = make_edition(
        [
            make_brief(id="2026-11-01-a", title="Brief of test A", date="2026-11-01", measure="ru-mining-law", checked="2026-11-02"),
            make_brief(id="2026-11-05-b", title="Brief of test B", date="2026-11-05", measure="ru-mining-law", stage=Stage.IN_FORCE),
            make_brief(
                id="2026-11-06-c",
                title="Brief of test C",
                date="2026-11-06",
                checked="2026-11-07",
                dates=(make_date("2027-Q1", "Due"), make_date("2026-12-01", "Vote")),
            ),
        ]
    )
    register_opendata(found)
    return found


def rows_of(name: str) -> list[dict]:
    """The rows of a list of `/data/`."""
    return json.loads(publish(edition())[f"data/{name}.json"])[name]


def test_measures_have_their_current_stage() -> None:
    """The stage of the newest brief that moves the measure, with its date and brief."""
    assert rows_of("measures") == [
        {
            "id": "ru-mining-law",
            "title": "Law on mining",
            "countries": ["RU"],
            "kind": "law",
            "official_id": None,
            "official_url": None,
            "stage": "in-force",
            "stage_date": "2026-11-05",
            "stage_brief": "2026-11-05-b",
            "briefs": 2,
            "url": "https://digest.example.org/measures/ru-mining-law/",
        }
    ]


def test_countries_without_a_page_have_no_address() -> None:
    """Every country is listed; an address only where the digest has a page."""
    found = {r["code"]: r for r in rows_of("countries")}
    assert (found["RU"]["url"], found["RU"]["briefs"]) == ("https://digest.example.org/countries/russia/", 3)
    assert (found["FR"]["url"], found["FR"]["briefs"]) == (None, 0)


def test_topics_and_dates() -> None:
    """Topics count their briefs; dates say which days they span, the last first."""
    assert {r["id"]: r["briefs"] for r in rows_of("topics")} == {"mining": 3, "payments": 0, "russia": 0}
    assert [(r["on"], r["first"], r["last"], r["precision"], r["brief"]) for r in rows_of("dates")] == [
        ("2027-Q1", "2027-01-01", "2027-03-31", "quarter", "2026-11-06-c"),
        ("2026-12-01", "2026-12-01", "2026-12-01", "day", "2026-11-06-c"),
    ]


def test_schema_knows_keys_and_vocabulary() -> None:
    """Editors complete every key of the front matter, and countries, topics and measures."""
    schema = json.loads(publish(edition())["data/brief.schema.json"])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://digest.example.org/data/brief.schema.json"
    properties = schema["properties"]
    assert tuple(properties) == KEYS
    assert properties["topics"]["items"]["enum"] == ["mining", "payments", "russia"]
    assert "US-ND" in properties["countries"]["items"]["enum"]
    assert properties["measure"]["anyOf"][0]["enum"] == ["ru-mining-law"]
    assert schema["additionalProperties"] is False


def test_package_describes_every_column() -> None:
    """The Data Package names the columns of the table in their order."""
    package = json.loads(publish(edition())["data/datapackage.json"])
    assert [f["name"] for f in package["resources"][0]["schema"]["fields"]] == [f.name for f in FIELDS]


def test_page_links_to_what_is_there() -> None:
    """Every download is published, every published file of `/data/` is a download, every field is explained."""
    files = publish(edition())
    html = files["data/index.html"].decode()
    linked = set(re.findall(r'href="\.\./(data/[^"]+)"', html))
    assert linked == {f"data/{d.file}" for d in DOWNLOADS} == {p for p in files if p.startswith("data/") and p != "data/index.html"}
    for field in FIELDS:
        assert f"<code>{field.name}</code>" in html
    assert "1 of 3 briefs were not yet reviewed" in html


def test_due_is_ordered_and_has_no_clock() -> None:
    """90 days while a measure is pending, 365 once it is settled; what is due first stands first."""
    found = edition()
    due = list_due(found, Rows(found))
    assert [(d.brief.id, d.review.due) for d in due] == [("2026-11-06-c", "2027-02-05"), ("2026-11-01-a", "2027-11-02")]
