"""Tables, maps and pages that say where things stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import lxml.html
import pytest

from plugins.domain.stage import CountryKind, MeasureKind, Stage
from plugins.domain.vocabulary import Country, Measure
from plugins.edition.edition import Edition
from plugins.indexes.country import make_countries
from plugins.indexes.home import make_home
from plugins.indexes.overviews import make_overviews
from plugins.indexes.topic import make_measures, make_topics
from plugins.indexes.week import make_weeks
from plugins.press.output import Sheet
from tests.editions import keys_of, make_brief, make_date, make_edition, make_words, publish

MEASURES = (
    Measure("ru-mining-law", "Law on mining", ("RU",), MeasureKind.LAW, digest=b"l"),
    Measure("ru-fines", "Bill on fines", ("RU",), MeasureKind.BILL, digest=b"f"),
)
LAW = make_brief(id="2024-11-01-law", title="The law takes effect", date="2024-11-01", stage=Stage.IN_FORCE, measure="ru-mining-law")
BILL = make_brief(id="2026-01-19-bill", title="Fines are tabled", date="2026-01-19", stage=Stage.BILL, measure="ru-fines")
MAKERS = (make_home, make_topics, make_measures, make_overviews)


def edition_of(*briefs, tiles: bool = False) -> Edition:
    """An edition with two measures; with ``tiles`` Russia has a place on the map."""
    words = make_words(*MEASURES)
    if tiles:
        words.countries["RU"] = Country("RU", "Russia", "russia", CountryKind.STATE, "Eastern Europe", tile=(20, 2))
    edition = make_edition(briefs, vocabulary=words)
    for maker in MAKERS:
        edition.add(maker)
    edition.add_batches(make_weeks)
    edition.add_batches(make_countries)
    return edition


def page_of(pages: dict[str, bytes], url: str) -> lxml.html.HtmlElement:
    """A page, parsed."""
    return lxml.html.fromstring(pages[f"{url}index.html"].decode("utf-8"))


def text(element: lxml.html.HtmlElement) -> str:
    """Its text, with single spaces."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def test_a_row_of_a_topic_names_the_other_topics() -> None:
    """So that a reader finds the bans among the rules on payments."""
    pages = publish(edition_of(make_brief(title="Payments are barred", stage=Stage.PASSED, topics=("payments", "mining"))))
    told = {
        url: [text(row[3]) for row in page_of(pages, url).xpath("//table[@data-sort]/tbody/tr")]
        for url in ("topics/payments/", "countries/")
    }
    assert told == {"topics/payments/": ["Payments are barred also on Mining"], "countries/": ["Payments are barred"]}


@pytest.mark.parametrize("url", ["countries/", "countries/russia/", "topics/mining/"])
def test_a_row_says_what_else_is_in_force(url: str) -> None:
    """A bill that was reported last does not hide the law."""
    row = page_of(publish(edition_of(BILL, LAW)), url).xpath("//table[@data-sort]/tbody/tr")[0]
    cells = [text(cell) for cell in row]
    assert cells[1:4] == ["Bill", "19 January 2026", "Fines are tabled"]
    assert cells[4] == "Bill on fines Also in force: Law on mining, since 1 November 2024"
    assert row.xpath(".//a[contains(@href, 'measures/ru-mining-law/')]")


def test_a_pair_says_it_too() -> None:
    """The box at the top answers what applies."""
    facts = page_of(publish(edition_of(BILL, LAW)), "countries/russia/mining/").xpath("//dl[@class='facts']")[0]
    assert "Also in force: Law on mining, since 1 November 2024" in text(facts)


def test_a_row_says_where_its_measure_stands_by_now() -> None:
    """The measure moved on in a brief on another topic."""
    early = make_brief(
        id="2023-01-01-early", title="First reading", date="2023-01-01", stage=Stage.BILL, measure="ru-mining-law", topics=("payments",)
    )
    pages = publish(edition_of(early, LAW))
    row = page_of(pages, "topics/payments/").xpath("//table[@data-sort]/tbody/tr")[0]
    assert [text(cell) for cell in row][1:5] == ["Bill", "1 January 2023", "First reading", "Law on mining now In force"]
    assert "now" not in text(page_of(pages, "topics/mining/").xpath("//table[@data-sort]/tbody/tr")[0])


def test_a_tile_shows_it() -> None:
    """In words for those who see no shade, and by a class for the others."""
    tile = page_of(publish(edition_of(BILL, LAW, tiles=True)), "countries/").xpath("//div[@class='map']//li")[0]
    assert text(tile) == "RU Russia: Bill; a measure is in force"
    assert "also" in tile.get("class").split()
    alone = page_of(publish(edition_of(BILL, tiles=True)), "countries/").xpath("//div[@class='map']//li")[0]
    assert "also" not in alone.get("class").split()


def test_home_and_dates_tell_first_what_surely_comes_first() -> None:
    """A date known by its year only waits behind the days of that year, under the span in which it may first fall."""
    dates = (make_date("2027", "Some day of 2027"), make_date("2027-01-18", "A day"), make_date("2027-06-30", "A later day"))
    edition = edition_of(make_brief(dates=dates, measure="ru-fines"))
    assert edition.site.day < date(2027, 1, 1)
    pages = publish(edition)
    told = [text(a) for a in page_of(pages, "").xpath("//*[@id='next']/following-sibling::ul[@class='dates']/li/span/a")]
    assert told == ["A day", "A later day", "Some day of 2027"]
    dated = page_of(pages, "dates/")
    spans = {text(h2).split(",")[0]: [text(a) for a in h2.getparent().xpath(".//li/span/a")] for h2 in dated.xpath("//section/h2")}
    assert spans == {
        "Next 30 days": [],
        "31 to 90 days": ["A day", "Some day of 2027"],
        "91 to 365 days": ["A later day"],
        "Later": [],
        "Past dates": [],
    }
    assert {text(li.xpath(".//span[@class='meta']")[0]) for li in dated.xpath("//ul[@class='dates']/li")} == {"Russia Bill on fines"}


Maker = Callable[[Edition], Iterable[Sheet]]


def test_pages_follow_their_measures() -> None:
    """A new title of a measure is a new key wherever it is named; a brief that moves it, too."""
    dated = make_brief(
        id="2026-01-20-dated",
        title="A date is set",
        date="2026-01-20",
        stage=Stage.BILL,
        measure="ru-fines",
        dates=(make_date("2026-01-28", "Vote"),),
    )
    before = keys_of(edition_of(BILL, LAW, dated))
    renamed = edition_of(BILL, LAW, dated)
    renamed.collection.vocabulary.measures["ru-fines"] = Measure("ru-fines", "Another title", ("RU",), MeasureKind.BILL, digest=b"other")
    after = keys_of(renamed)
    naming = set(_pages_with(publish(edition_of(BILL, LAW, dated)), "Bill on fines"))
    assert naming >= {
        "index.html",
        "countries/russia/index.html",
        "topics/mining/index.html",
        "dates/index.html",
        "weeks/2026-W04/index.html",
    }
    assert {path for path in before if before[path] != after[path]} >= naming


def _pages_with(pages: dict[str, bytes], words: str) -> Iterator[str]:
    return (path for path, page in pages.items() if words.encode() in page)
