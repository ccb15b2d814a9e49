"""The OPML file and the page that lists all feeds."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from plugins.calendars.plugin import contribute as register_calendars
from plugins.edition.edition import Edition, Prose
from plugins.feeds.plugin import contribute as register_feeds
from plugins.opendata.plugin import contribute as register_opendata
from tests.editions import keys_of, make_brief, make_date, make_edition, publish

SITE = "https://digest.example.org/"


def edition() -> Edition:
    """Briefs of two countries, three topics and a measure."""
    briefs = [
        make_brief(dates=(make_date("2027", "In force"),)),
        make_brief(
            id="2026-11-01-b", title="Second brief of the test", date="2026-11-01", countries=("RU", "FR"), topics=("payments", "russia")
        ),
        make_brief(id="2026-11-02-c", title="Third brief of the test", date="2026-11-02", measure="ru-mining-law"),
    ]
    found = make_edition(briefs)
    for register in (register_feeds, register_calendars, register_opendata):
        register(found)
    return found


def test_outline_holds_each_atom_feed_once() -> None:
    """Indexes with a feed = outlines; titles are unique, and are those of the feeds."""
    files = publish(edition())
    outlines = [o for o in ElementTree.fromstring(files["feeds.opml"]).iter("outline") if o.get("xmlUrl")]
    addresses = [o.get("xmlUrl") for o in outlines]
    assert sorted(addresses) == sorted(SITE + path for path in files if path.endswith("atom.xml"))
    titles = [o.get("title") for o in outlines]
    assert len(set(titles)) == len(titles)
    for outline in outlines:
        feed = ElementTree.fromstring(files[str(outline.get("xmlUrl")).removeprefix(SITE)])
        assert outline.get("title") == feed.findtext("{http://www.w3.org/2005/Atom}title")
        assert outline.get("type") == "rss"


def test_outline_has_folders() -> None:
    """General, Countries with a folder for each that holds its pairs, Topics, Measures."""
    body = ElementTree.fromstring(publish(edition())["feeds.opml"]).find("body")
    assert body is not None
    assert [o.get("text") for o in body] == ["General", "Countries", "Topics", "Measures"]
    russia = body.find("outline[@text='Countries']/outline[@text='Russia']")
    assert russia is not None
    assert [str(o.get("xmlUrl")).removeprefix(SITE) for o in russia] == [
        "countries/russia/atom.xml",
        "countries/russia/mining/atom.xml",
        "countries/russia/payments/atom.xml",
        "countries/russia/russia/atom.xml",
    ]


def test_page_links_to_every_feed_and_calendar() -> None:
    """The page lists all that can be followed, and nothing that is not there."""
    files = publish(edition())
    html = files["subscribe/index.html"].decode()
    hrefs = {h.removeprefix("../") for h in re.findall(r'<a href="([^"]+)"', html)}
    wanted = {
        p
        for p in files
        if p.endswith(("atom.xml", "rss.xml", "feed.json", ".opml")) or (p.endswith("dates.ics") and not p.startswith("dates/"))
    }
    assert wanted <= hrefs
    assert {h for h in hrefs if "." in h.rsplit("/", 1)[-1]} <= set(files)


def test_prose_is_the_introduction() -> None:
    """The words of `content/pages/subscribe.md` stand on the page when it is there."""
    found = edition()
    found.prose["/subscribe/"] = Prose("Follow us", "How to follow", "<p>A feed tells you what is new.</p>")
    html = publish(found)["subscribe/index.html"].decode()
    assert "<h1>Follow us</h1>" in html
    assert "<p>A feed tells you what is new.</p>" in html


def test_edited_brief_changes_neither() -> None:
    """Both depend on which indexes there are, not on what their briefs say."""
    before, after = edition(), edition()
    brief = after.collection.briefs[0]
    changed = [
        make_brief(id=brief.id, dates=(make_date("2027", "In force"),), summary="Another summary that is long enough to stand here."),
        *after.collection.briefs[1:],
    ]
    after = make_edition(changed)
    for register in (register_feeds, register_calendars, register_opendata):
        register(after)
    old, new = keys_of(before), keys_of(after)
    assert old["atom.xml"] != new["atom.xml"]
    for path in ("feeds.opml", "subscribe/index.html"):
        assert old[path] == new[path]
