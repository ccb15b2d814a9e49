"""Feeds of indexes, weeks and changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from xml.etree import ElementTree

import pytest

from plugins.domain.markup import ROOT
from plugins.domain.stage import Status
from plugins.edition.edition import Edition
from plugins.feeds import rss
from plugins.feeds.plugin import contribute as register_feeds
from tests.editions import SITE, Bodies, keys_of, make_brief, make_edition, make_revision, publish
from tests.feeds.reading import read_feed

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("atom.xml", "rss.xml", "feed.json")


def feeds_of(edition: Edition) -> dict[str, bytes]:
    """All feeds of an edition, by path."""
    register_feeds(edition)
    return {path: raw for path, raw in publish(edition).items() if path.endswith(FEEDS)}


def some_briefs(count: int) -> list:
    """Briefs added on different days, newest last, of several countries and topics."""
    return [
        make_brief(
            id=f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}-brief-{n}",
            title=f"Russia: notice number {n} & <more>",
            date=f"2026-{n // 28 + 1:02}-{n % 28 + 1:02}",
            countries=(("RU",), ("FR", "NO"), ("US-ND",))[n % 3],
            topics=(("mining",), ("payments", "mining"))[n % 2],
            measure="ru-mining-law" if n % 3 == 0 else None,
            revisions=(make_revision("2026-11-20", "correction", "A figure was wrong."),) if n % 7 == 0 else (),
        )
        for n in range(count)
    ]


def test_formats_carry_the_same_entries() -> None:
    """Ids, order, titles, links, dates and texts agree in Atom, RSS and JSON Feed."""
    feeds = feeds_of(make_edition(some_briefs(30)))
    folders = {path.rsplit("/", 1)[0] for path in feeds if path.endswith("rss.xml") and "/" in path} | {""}
    assert {"", "weeks", "changes", "countries/russia", "topics/mining", "measures/ru-mining-law"} <= folders
    for folder in folders:
        read = [read_feed(name, feeds[f"{folder}/{name}".lstrip("/")]) for name in FEEDS]
        assert read[0] == read[1] == read[2]
        assert read[0], folder


def test_feed_holds_the_20_last_added() -> None:
    """A feed goes by `added`, newest first, whatever the date of the event."""
    late = make_brief(id="2019-05-01-late", title="A late brief on an old event", date="2019-05-01", added="2026-11-22")
    items = read_feed("atom.xml", feeds_of(make_edition([*some_briefs(30), late]))["atom.xml"])
    assert len(items) == 20
    assert items[0].id == "tag:policy-digest.example,2026:brief/2019-05-01-late"
    assert [i.published for i in items] == sorted((i.published for i in items), reverse=True)


def test_ids_do_not_follow_the_address() -> None:
    """Another SITE_URL changes links and no id, of entries and of feeds."""
    here = feeds_of(make_edition(some_briefs(5)))
    there = feeds_of(make_edition(some_briefs(5), site=SITE._replace(url="http://localhost:8000/sub")))
    assert here.keys() == there.keys()
    for path in here:
        a, b = read_feed(path, here[path]), read_feed(path, there[path])
        assert [i.id for i in a] == [i.id for i in b]
        assert all(i.link.startswith("http://localhost:8000/sub/") for i in b)
        if path.endswith("atom.xml"):
            assert _text(here[path], "id") == _text(there[path], "id")


def test_feed_ids_are_unique() -> None:
    """No two feeds share an id or a title, even where a topic is called as a country."""
    briefs = [*some_briefs(6), make_brief(id="2026-11-01-x", topics=("russia",), title="A topic named as a country")]
    atoms = [raw for path, raw in feeds_of(make_edition(briefs)).items() if path.endswith("atom.xml")]
    for name in ("id", "title"):
        found = [_text(raw, name) for raw in atoms]
        assert len(set(found)) == len(found)


def test_links_are_absolute() -> None:
    """Links of ours and to footnotes lead to the site from anywhere."""
    body = f'<p><a href="{ROOT}measures/ru-mining-law/">law</a><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
    bodies = Bodies({"2026-11-23-russia-notice": body})
    feeds = feeds_of(make_edition([make_brief()], bodies=bodies))
    for name in FEEDS:
        html = read_feed(name, feeds[name])[0].html
        assert ROOT not in html
        assert 'href="https://digest.example.org/measures/ru-mining-law/"' in html
        assert 'href="https://digest.example.org/briefs/2026-11-23-russia-notice/#fn:1"' in html
        hrefs = [part.split('"')[0] for part in html.split('href="')[1:]]
        assert all(h.startswith("https://") for h in hrefs)


def test_entry_is_complete() -> None:
    """The full text has summary, stage, body, sources, and says that it is no advice."""
    html = read_feed("rss.xml", feeds_of(make_edition([make_brief()]))["rss.xml"])[0].html
    for part in ("who has to register", "Proposal", "published a notice", "https://ministry.example/notice", "not legal advice"):
        assert part in html


def test_atom_says_what_readers_need() -> None:
    """Language, self and alternate links, author, rights, categories with schemes."""
    top = ElementTree.fromstring(feeds_of(make_edition([make_brief()]))["countries/russia/atom.xml"])
    assert top.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    links = {link.get("rel"): link.get("href") for link in top.findall(f"{ATOM}link")}
    page = "https://digest.example.org/countries/russia/"
    assert (links["self"], links["alternate"]) == (page + "atom.xml", page)
    assert "hub" not in links
    assert top.findtext(f"{ATOM}author/{ATOM}name") == "Policy Digest"
    assert "CC BY 4.0" in (top.findtext(f"{ATOM}rights") or "")
    entry = top.find(f"{ATOM}entry")
    assert entry is not None
    found = [(c.get("term"), c.get("scheme"), c.get("label")) for c in entry.findall(f"{ATOM}category")]
    site = "https://digest.example.org"
    assert found == [("RU", f"{site}/countries/", "Russia"), ("mining", f"{site}/topics/", "Mining")]


def test_rss_says_what_readers_need() -> None:
    """A guid that is no link, a self link, the language, categories with a domain."""
    channel = ElementTree.fromstring(feeds_of(make_edition([make_brief()]))["rss.xml"]).find("channel")
    assert channel is not None
    guid = channel.find("item/guid")
    assert guid is not None
    assert (guid.get("isPermaLink"), guid.text) == ("false", "tag:policy-digest.example,2026:brief/2026-11-23-russia-notice")
    link = channel.find(f"{ATOM}link[@rel='self']")
    assert link is not None
    assert link.get("href") == "https://digest.example.org/rss.xml"
    assert channel.findtext("language") == "en"
    assert [c.get("domain") for c in channel.findall("item/category")] == [f"{SITE.url}/countries/", f"{SITE.url}/topics/"]


def test_hub_is_named_where_there_is_one() -> None:
    """WebSub: the hub stands in all formats when it is set."""
    feeds = feeds_of(make_edition([make_brief()], site=SITE._replace(hub_url="https://hub.example/")))
    atom, rss = ElementTree.fromstring(feeds["atom.xml"]), ElementTree.fromstring(feeds["rss.xml"])
    assert [e.get("href") for e in (*atom.findall(f"{ATOM}link[@rel='hub']"), *rss.findall(f"channel/{ATOM}link[@rel='hub']"))] == [
        "https://hub.example/"
    ] * 2
    assert json.loads(feeds["feed.json"])["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_pair_has_atom_only() -> None:
    """A country x topic index has an Atom feed and no other."""
    feeds = feeds_of(make_edition([make_brief()]))
    assert [p for p in feeds if p.startswith("countries/russia/mining/")] == ["countries/russia/mining/atom.xml"]


def test_drafts_are_in_no_feed() -> None:
    """A preview shows drafts on pages, never in feeds."""
    draft = make_brief(id="2026-11-24-draft", title="A draft that is not finished", status=Status.DRAFT)
    for path, raw in feeds_of(make_edition([make_brief(), draft])).items():
        assert "2026-11-24-draft" not in raw.decode(), path


def test_subdivision_is_in_its_state() -> None:
    """A brief on a subdivision reaches the subscribers of its state too."""
    feeds = feeds_of(make_edition([make_brief(countries=("US-ND",))]))
    for slug in ("us-north-dakota", "united-states"):
        assert len(read_feed("atom.xml", feeds[f"countries/{slug}/atom.xml"])) == 1


def test_equal_content_gives_equal_bytes() -> None:
    """Nothing depends on the clock or on the order of reading."""
    briefs = some_briefs(12)
    assert feeds_of(make_edition(briefs)) == feeds_of(make_edition(reversed(briefs)))
    later = SITE._replace(day=SITE.day.replace(year=2031))
    assert feeds_of(make_edition(briefs)) == feeds_of(make_edition(briefs, site=later))


def test_old_brief_renders_no_feed_again() -> None:
    """The body of a brief that is in no feed any more changes no key."""
    briefs = some_briefs(30)
    before, after = (
        make_edition(briefs),
        make_edition([make_brief(**_same(briefs[1]), body="<p>Another text.</p>"), *briefs[:1], *briefs[2:]]),
    )
    for edition in (before, after):
        register_feeds(edition)
    old, new = keys_of(before), keys_of(after)
    changed = {path for path in old if old[path] != new[path]}
    assert changed == {p for p in changed if "france" in p or "norway" in p or "topics/payments" in p}
    assert "atom.xml" not in changed


def _same(brief) -> dict:
    return {"id": brief.id, "title": brief.title, "date": brief.date, "countries": brief.countries, "topics": brief.topics}


def test_feed_without_entries_has_a_fixed_date() -> None:
    """`updated` never comes from the clock."""
    feeds = feeds_of(make_edition([make_brief()]))
    assert read_feed("atom.xml", feeds["changes/atom.xml"]) == []
    assert _text(feeds["changes/atom.xml"], "updated") == "2000-01-01T00:00:00Z"


@pytest.mark.parametrize("title", ["Norway: <script>alert(1)</script> & “quotes” ]]>", "Norway: 中文 and עברית and 😀 together"])
def test_any_title_survives(title: str) -> None:
    """What a contributor writes comes out of every parser as text."""
    feeds = feeds_of(make_edition([make_brief(title=title, countries=("NO",))]))
    assert [read_feed(name, feeds[name])[0].title for name in FEEDS] == [title] * 3
    assert all("<script>" not in read_feed(name, feeds[name])[0].html for name in FEEDS)


def _text(raw: bytes, name: str) -> str:
    return ElementTree.fromstring(raw).findtext(f"{ATOM}{name}") or ""


def test_dates_of_rss_are_those_of_rfc_5322() -> None:
    """Every day of a leap year, as the standard library writes it."""
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(days=number)
        expected = format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)
        assert rss._moment(day.isoformat()) == expected
