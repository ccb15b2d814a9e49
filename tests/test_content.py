"""The real content is checked with every change of the code."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from plugins.domain.collection import Collection
from plugins.domain.loading import load_vocabulary
from plugins.domain.stage import CountryKind
from plugins.program.check_command import check, read_stock
from tests.project import ROOT

CONTENT = ROOT / "content"


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """All briefs of the repository."""
    return read_stock(CONTENT, tmp_path_factory.mktemp("cache")).collection


def test_no_fault(tmp_path: Path) -> None:
    """Every brief, topic, measure and country."""
    faults, count = check(CONTENT, tmp_path, None, None, style=False)
    assert [str(f) for f in faults if not f.is_warning] == []
    assert count == len(list(CONTENT.glob("briefs/*/*.md"))) > 0


def test_every_brief_says_who_says_so(collection: Collection) -> None:
    """At least one source with publisher and title; a date without a day says when the brief joined; who wrote it."""
    for brief in collection.briefs:
        detail = brief.detail()
        assert detail.sources, brief.id
        assert all(s.publisher and s.title and s.url for s in detail.sources), brief.id
        assert len(brief.added) == 10, brief.id
        assert detail.ai.label


def test_no_day_is_ahead_of_its_brief(collection: Collection) -> None:
    """A brief reports what happened before it joined; what is ahead stands in its coming dates."""
    assert [b.id for b in collection.briefs if b.date > b.added] == []
    assert [b.id for b in collection.briefs if (b.detail().checked or b.added) < b.added] == []


def test_every_used_word_has_its_page(collection: Collection) -> None:
    """Each measure has a brief or says what it is; each country that is used has a slug of its own."""
    words = collection.vocabulary
    slugs = Counter(c.slug for c in words.countries.values())
    assert [s for s, n in slugs.items() if n > 1] == []
    assert all(words.measures[m].title for m in {b.measure for b in collection.briefs if b.measure})


def test_the_vocabulary_of_countries_is_whole() -> None:
    """249 codes of ISO 3166-1, the EU and Kosovo, 50 states and DC; every state has its place on the map, and no two share one."""
    words, faults = load_vocabulary(CONTENT)
    assert faults == []
    two_letters = [c for c in words.countries if len(c) == 2]
    assert len(two_letters) == 249 + 2
    assert len([c for c in words.countries if c.startswith("US-")]) == 51
    tiles = Counter(c.tile for c in words.countries.values() if c.tile)
    assert [t for t, n in tiles.items() if n > 1] == []
    assert [c.code for c in words.countries.values() if c.kind is CountryKind.STATE and not c.tile] == []
    assert len(words.topics) == 31
    assert len(words.countries["EU"].members) == 27


def test_names_that_have_addresses_for_ever() -> None:
    """Slugs never change: a sample of them."""
    words, _ = load_vocabulary(CONTENT)
    slugs = {
        "CI": "cote-d-ivoire",
        "HK": "hong-kong",
        "US-ND": "us-north-dakota",
        "XX-FATF": "fatf",
        "RU": "russia",
        "US": "united-states",
        "EU": "european-union",
    }
    assert {code: words.countries[code].slug for code in slugs} == slugs


def test_fingerprints_are_small_and_readable() -> None:
    """`<id>.fingerprint.json` holds no text, and lies beside its brief."""
    for file in CONTENT.glob("briefs/*/*.fingerprint.json"):
        assert file.with_name(file.name.replace(".fingerprint.json", ".md")).is_file()
        assert file.stat().st_size < 64_000
        json.loads(file.read_text("utf-8"))
