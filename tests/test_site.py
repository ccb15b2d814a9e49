"""The mini site as a whole: what readers, feed readers and search engines find."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from plugins.domain.stage import Status
from tests.pages import Page, dead_links, read_pages
from tests.project import URL, Project
from tests.site_content import MEASURES, PAGES, SLUGS, TOPICS, briefs

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def tree(site: Project) -> Tree:
    """The published files."""
    return site.tree()


@pytest.fixture(scope="module")
def pages(tree: Tree) -> dict[str, Page]:
    """The published pages."""
    return read_pages(tree)


def _status(text: str) -> Status:
    line = next((line for line in text.splitlines() if line.startswith("status: ")), "status: published")
    return Status(line.split()[1])


def test_briefs_in_are_pages_out(tree: Tree) -> None:
    """Each brief that is no draft has its page; nothing else has one but replaced briefs."""
    wanted = {id for id, text in briefs().items() if _status(text) is not Status.DRAFT}
    replaced = {"2024-04-01-esterland-old", "2024-04-02-esterland-older"}
    assert {p.split("/")[1] for p in tree if p.startswith("briefs/")} == wanted | replaced
    assert all(f"briefs/{id}/index.html" in tree for id in wanted | replaced)


def test_every_thing_has_its_address(tree: Tree) -> None:
    """The table of DESIGN.md section 3."""
    wanted = ["", "countries/", "topics/", "measures/", "weeks/", "dates/", "changes/", "search/", "about/", "method/", "contribute/"]
    wanted += (
        [f"topics/{t}/" for t in TOPICS]
        + [f"measures/{m}/" for m in MEASURES]
        + [f"countries/{s}/" for s in ("ruritania", "ruritania-north", "ile-d-argent")]
    )
    wanted += ["countries/ruritania/mining/", "weeks/2026-W45/", "page/1/", "countries/esterland/page/1/", "topics/licensing/page/1/"]
    assert [w for w in wanted if f"{w}index.html" not in tree] == []
    assert {"sitemap.xml", "robots.txt", "404.html"} <= tree.keys()
    assert "countries/ruritania/quiet/index.html" not in tree
    assert set(PAGES) >= {"about", "method"}


def test_every_internal_link_and_anchor_resolves(tree: Tree, pages: dict[str, Page]) -> None:
    """No dead link, sheet, feed or anchor."""
    assert dead_links(tree, pages) == []


def test_pages_link_relatively(pages: dict[str, Page]) -> None:
    """The site can be moved into any folder: only the notice for missing pages names places from the root."""
    rooted = [(p.path, h) for p in pages.values() if p.path != "404.html" for h in (*p.links, *p.loads) if h.startswith("/")]
    assert rooted == []


def _distances(pages: dict[str, Page]) -> dict[str, int]:
    distance = {"index.html": 0}
    front = ["index.html"]
    while front:
        following = []
        for path in front:
            for href in pages[path].links:
                place = pages[path].resolve(href)
                if place and place[0] in pages and place[0] not in distance:
                    distance[place[0]] = distance[path] + 1
                    following.append(place[0])
        front = following
    return distance


def test_every_page_is_reachable_and_every_brief_in_three_clicks(pages: dict[str, Page]) -> None:
    """From home; the notice for missing pages and addresses of replaced briefs are not for walking to."""
    distance = _distances(pages)
    replaced = {p for p in pages if p.startswith(("briefs/2024-04-01-", "briefs/2024-04-02-"))}
    withdrawn = {"briefs/2024-07-01-norvania-withdrawn/index.html"}
    assert set(pages) - set(distance) - replaced - {"404.html"} == set()
    assert {p: d for p, d in distance.items() if p.startswith("briefs/") and d > 3 and p not in withdrawn} == {}


def test_titles_are_unique(pages: dict[str, Page]) -> None:
    """Two tabs, two results of a search engine can be told apart."""
    titles = Counter(p.title for p in pages.values())
    assert [t for t, n in titles.items() if n > 1] == []
    assert "" not in titles


def test_pages_parse_and_have_one_heading(pages: dict[str, Page]) -> None:
    """HTML without a parse error, one `h1`, a `main`, a language, a description; no id twice."""
    assert {p.path: p.parsed[1] for p in pages.values() if p.parsed[1]} == {}
    for page in pages.values():
        names = Counter(e.tag for e in page.tree.iter())
        assert (page.path, names["h1"], names["main"]) == (page.path, 1, 1)
        assert page.tree.get("lang") == "en"
        ids = Counter(e.get("id") for e in page.tree.iter() if e.get("id"))
        assert (page.path, [i for i, n in ids.items() if n > 1]) == (page.path, [])
        levels = [
            int(e.tag[1]) for e in page.tree.iter() if isinstance(e.tag, str) and len(e.tag) == 2 and e.tag[0] == "h" and e.tag[1].isdigit()
        ]
        assert (page.path, [(a, b) for a, b in pairwise(levels) if b > a + 1]) == (page.path, [])


# Everything but style sheets, which the Nu checker cannot resolve against 'self' in a folder and warns of.
POLICY = {"default-src", "style-src", "script-src", "connect-src", "img-src", "base-uri", "form-action"}


def test_every_page_holds_to_the_policy(pages: dict[str, Page]) -> None:
    """A content security policy that allows nothing but our own files, and nothing in the page that it would stop."""
    for page in pages.values():
        metas = {(e.get("http-equiv") or "").lower(): e.get("content") or "" for e in page.tree.iter("meta")}
        policy = {d.split()[0]: d.split()[1:] for d in metas["content-security-policy"].split(";") if d.strip()}
        assert set(policy) >= POLICY, page.path
        assert policy["default-src"] == ["'none'"], page.path
        for sources in policy.values():
            hashes = [s for s in sources if s.startswith(("'sha256-", "'sha384-", "'nonce-"))]
            assert {"'none'", "'self'", "'wasm-unsafe-eval'", *hashes} >= set(sources), page.path
        for element in page.tree.iter():
            assert not [k for k in element.attrib if isinstance(k, str) and (k.startswith("on") or k == "style")], page.path
            assert element.tag != "style"
            assert element.tag != "script" or element.get("src") or element.get("type") == "application/ld+json"


def test_no_page_loads_from_elsewhere(pages: dict[str, Page]) -> None:
    """No request leaves the site."""
    assert [(p.path, h) for p in pages.values() for h in p.loads if p.resolve(h) is None] == []


def test_sheets_and_scripts_name_no_host(tree: Tree) -> None:
    """Nothing in the theme's files is fetched from elsewhere."""
    for path, raw in tree.items():
        if path.endswith(".css"):
            assert (path, b"url(http" in raw, b"@import" in raw, b"url(//" in raw) == (path, False, False, False)
        if path.endswith(".js"):
            assert (path, b"https://" in raw, b"http://" in raw) == (path, False, False)


def test_canonical_addresses_are_the_pages_own(pages: dict[str, Page]) -> None:
    """The public address of the settings, and the address of the page."""
    for page in pages.values():
        found = [e.get("href") for e in page.tree.iter("link") if e.get("rel") == "canonical"]
        if page.path != "404.html" and not page.path.startswith("briefs/2024-04-0"):
            assert found == [URL + page.url]


def _paths_of_sitemap(tree: Tree) -> set[str]:
    index = ElementTree.fromstring(tree["sitemap.xml"])
    found = set()
    for part in index.iter(f"{SITEMAP}loc"):
        assert part.text is not None
        for place in ElementTree.fromstring(tree[part.text.removeprefix(URL + "/")]).iter(f"{SITEMAP}loc"):
            assert place.text is not None
            assert place.text.startswith(URL + "/")
            assert place.text not in found, "twice"
            found.add(place.text.removeprefix(URL))
    return found


def test_the_sitemap_is_complete(tree: Tree, pages: dict[str, Page]) -> None:
    """Every page but the notice for missing pages and addresses that lead elsewhere, once."""
    moved = {p.url for p in pages.values() if p.path.startswith(("briefs/2024-04-01-", "briefs/2024-04-02-"))}
    assert _paths_of_sitemap(tree) == {p.url for p in pages.values()} - moved - {"/404.html"}
    assert f"Sitemap: {URL}/sitemap.xml" in tree["robots.txt"].decode()


def test_every_page_says_that_it_is_no_advice(pages: dict[str, Page]) -> None:
    """DESIGN.md 7.5: information, not legal advice."""
    assert [p.path for p in pages.values() if "not legal advice" not in " ".join("".join(p.tree.itertext()).split())] == []


def test_a_brief_shows_everything_that_it_says(pages: dict[str, Page]) -> None:
    """Countries, topics, stage, measure, sources with kind, dates, revisions, review and label."""
    page = pages["briefs/2025-01-20-ruritania-mining-act-applies/index.html"]
    text = " ".join("".join(page.tree.find(".//main").itertext()).split())  # type: ignore[union-attr]
    for words in (
        "Ruritania's mining act applies", "Ruritania", "Mining", "In force", "Ruritanian Mining Act", "20 January 2025", "stated by the ministry only",
        "Example Gazette", "Legal text", "Official source", "First reports are due", "The fee is 1,000 crowns, not 100", "It applies since January",
        "Written with machine help", "1 May 2025", "above 10 MW", "<b>the office</b>", "“changes little” – says the ministry… and",
    ):  # fmt: skip
        assert words in text, words
    assert page.tree.find(".//main//table") is not None
    assert {"https://gazette.example/2025/act?a=1&b=2", "mailto:office@example.org"} <= set(page.links)
    data = json.loads("".join(e.text or "" for e in page.tree.iter("script") if e.get("type") == "application/ld+json"))
    assert (data["@type"], data["headline"]) == ("NewsArticle", "Ruritania's mining act applies")


def test_a_press_report_says_so(pages: dict[str, Page]) -> None:
    """The badge where no source is official, and that no person has reviewed it."""
    page = pages["briefs/2024-11-08-ruritania-passes-mining-act/index.html"]
    text = " ".join("".join(page.tree.itertext()).split())
    assert "Press report only" in text
    assert "Not yet reviewed by a person" in text
    assert "Drafted by machine" in text


def test_a_withdrawn_brief_is_a_notice(tree: Tree, pages: dict[str, Page]) -> None:
    """The page stays, with the reason; no list shows it."""
    path = "briefs/2024-07-01-norvania-withdrawn/index.html"
    text = " ".join("".join(pages[path].tree.itertext()).split())
    assert "The report turned out to be about another country" in text
    assert "The ministry has published" not in text
    lists = [p.path for p in pages.values() if p.path.startswith(("topics/", "countries/", "measures/", "page/")) or p.path == "index.html"]
    linking = [
        path_
        for path_ in lists
        if any((pages[path_].resolve(h) or ("",))[0] == path for h in pages[path_].links) and not path_.endswith("changes/index.html")
    ]
    assert [p for p in linking if p != "index.html"] == []


def test_a_replaced_address_leads_to_its_successor(pages: dict[str, Page]) -> None:
    """Readers of the old address come to the new one; search engines do not keep it."""
    page = pages["briefs/2024-04-01-esterland-old/index.html"]
    targets = {(page.resolve(h) or ("",))[0] for h in page.links}
    assert "briefs/2024-04-03-esterland-successor/index.html" in targets


def test_a_subdivision_shows_on_its_state_but_sets_no_stage(pages: dict[str, Page]) -> None:
    """A brief on a part is listed on the state's pages; what was last reported of the state is the state's own."""
    part = "briefs/2025-08-08-north-ruritania-fee/index.html"
    state, pair = pages["countries/ruritania/index.html"], pages["countries/ruritania/mining/index.html"]
    for page in (state, pair):
        assert part in {(page.resolve(h) or ("",))[0] for h in page.links}
    tables = [" ".join("".join(t.itertext()).split()) for t in state.tree.iter("table")]
    assert not any("Rejected" in t for t in tables)
    assert any("In force" in t for t in tables)


def test_a_union_reaches_its_members(pages: dict[str, Page]) -> None:
    """A brief on a union is listed on the pages of its members only."""
    union = "briefs/2024-10-10-union-custody/index.html"

    def shows(path: str) -> bool:
        return union in {(pages[path].resolve(h) or ("",))[0] for h in pages[path].links}

    assert shows("countries/ruritania/index.html")
    assert "Middle Sea Union" in pages["countries/ruritania/index.html"].text(".//main")
    assert not shows("countries/norvania/index.html")


def test_a_late_brief_is_news_of_the_week_it_joined(pages: dict[str, Page]) -> None:
    """Weeks go by `added`, lists by `date`."""
    page = pages["weeks/2026-W45/index.html"]
    targets = {(page.resolve(h) or ("",))[0] for h in page.links}
    assert {"briefs/2021-06-01-esterland-late-report/index.html", "briefs/2023-ruritania-first-talks/index.html"} <= targets
    assert "weeks/2021-W22/index.html" not in pages


def test_lists_are_numbered_from_the_oldest(pages: dict[str, Page]) -> None:
    """49 listed briefs: home shows 29 of them, `/page/1/` the 20 oldest."""
    oldest = pages["page/1/index.html"]
    listed = [h for h in oldest.links if "briefs/" in h]
    assert len(listed) == 20
    assert any("2021-06-01-esterland-late-report" in h for h in listed)
    assert "page/2/index.html" not in pages


def _feeds(tree: Tree, name: str) -> dict[str, bytes]:
    return {path: raw for path, raw in tree.items() if PurePosixPath(path).name == name}


def has_plugin(name: str) -> bool:
    """Whether the settings of the repository name a plugin."""
    from tests.project import ROOT

    return f'    "plugins.{name}",' in (ROOT / "pelicanconf.py").read_text("utf-8")


def test_every_feed_parses(tree: Tree) -> None:
    """Atom and RSS for a reader that forgives nothing, JSON with what version 1.1 asks for; ids of the three formats are equal."""
    titles = []
    for path, raw in _feeds(tree, "atom.xml").items():
        read = feedparser.parse(raw)
        assert (path, read.bozo) == (path, False)
        assert read.version == "atom10"
        titles.append(read.feed.title)
        beside = str(PurePosixPath(path).with_name("rss.xml"))
        ids = [e.id for e in read.entries]
        assert len(ids) == len(set(ids))
        if beside in tree:
            other = feedparser.parse(tree[beside])
            data = json.loads(tree[str(PurePosixPath(path).with_name("feed.json"))])
            assert not other.bozo
            assert data["version"] == "https://jsonfeed.org/version/1.1"
            assert ids == [e.id for e in other.entries] == [i["id"] for i in data["items"]]
    assert len(titles) == len(set(titles))
    assert titles or not has_plugin("feeds")


def test_anchors_in_feeds_are_on_the_pages(tree: Tree, pages: dict[str, Page]) -> None:
    """An entry of changes leads to its revision or stage on the page of the brief."""
    links = [i["url"] for path, raw in _feeds(tree, "feed.json").items() for i in json.loads(raw)["items"] if "#" in i["url"]]
    assert {urlsplit(link).fragment.rstrip("0123456789") for link in links} == {"revision-", "stage"} or not has_plugin("feeds")
    dead = [link for link in links if urlsplit(link).fragment not in pages[f"{urlsplit(link).path[1:]}index.html"].ids]
    assert dead == []


def test_the_outline_names_exactly_the_atom_feeds(tree: Tree) -> None:
    """OPML = the indexes with an Atom feed."""
    if not has_plugin("feeds"):
        assert "feeds.opml" not in tree
        return
    outlines = [e.get("xmlUrl") for e in ElementTree.fromstring(tree["feeds.opml"]).iter("outline") if e.get("xmlUrl")]
    assert len(outlines) == len(set(outlines))
    assert {urlsplit(str(u)).path[1:] for u in outlines} == set(_feeds(tree, "atom.xml"))


def _listed(pages: dict[str, Page], folder: str) -> list[str]:
    """The briefs in the list of an index, over all its pages, or on the timeline of a measure."""
    ids: list[str] = []
    for path, page in pages.items():
        if path == f"{folder}index.html" or (path.startswith(f"{folder}page/") and path.count("/") == folder.count("/") + 2):
            whole = path != f"{folder}index.html"
            for part in page.tree.iter("main" if whole else "section"):
                heading = part.find("h2")
                if whole or (heading is not None and heading.get("id") in ("latest", "briefs", "timeline")):
                    for link in (a for h3 in part.iter("h3") for a in h3.iter("a")):
                        place = page.resolve(str(link.get("href")))
                        assert place
                        ids.append(place[0].split("/")[1])
    return ids


def test_tables_data_and_pages_agree(tree: Tree, pages: dict[str, Page]) -> None:
    """Rows of CSV = JSON = briefs on the pages of each index, each brief once; what is withdrawn or a draft is in none."""
    tables = {path.removesuffix("briefs.csv"): raw for path, raw in tree.items() if path.endswith("briefs.csv")}
    assert len(tables) > 30 or not has_plugin("opendata")
    for folder, raw in tables.items():
        rows = [row["id"] for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))]
        assert rows == [b["id"] for b in json.loads(tree[f"{folder}briefs.json"])["briefs"]], folder
        shown = _listed(pages, "" if folder == "data/" else folder)
        assert sorted(shown) == sorted(rows), folder
    if tables:
        assert {json.loads(line)["id"] for line in tree["data/briefs.jsonl"].splitlines()} == {
            id for id, text in briefs().items() if _status(text) is Status.PUBLISHED
        }


def test_xml_and_json_can_be_read(tree: Tree) -> None:
    """Nothing is written by hand that a parser refuses; no file is empty."""
    for path, raw in tree.items():
        assert raw.strip(), path
        if path.endswith((".xml", ".opml", ".svg")):
            ElementTree.fromstring(raw)
        elif path.endswith(".json"):
            json.loads(raw)


def test_foreign_texts_arrive_whole(pages: dict[str, Page]) -> None:
    """Cyrillic and Arabic titles, ampersands and angle brackets are text; languages are named."""
    page = pages["briefs/2024-06-03-norvania-non-latin/index.html"]
    assert page.text(".//h1") == "Norvania adopts “Закон о майнинге” & a <5% fee"
    marked = {e.get("lang"): "".join(e.itertext()) for e in page.tree.iter() if e.get("lang") and e.tag != "html"}
    assert marked["ru"] == "Закон о майнинге принят"
    assert marked["ar"] == "قانون جديد"


def test_thirty_countries_have_the_brief(pages: dict[str, Page]) -> None:
    """A brief of many countries stands on the page of each."""
    target = "briefs/2024-01-15-thirty-states-sign/index.html"
    on = [
        s
        for s in SLUGS.values()
        if f"countries/{s}/index.html" in pages
        and target in {(pages[f"countries/{s}/index.html"].resolve(h) or ("",))[0] for h in pages[f"countries/{s}/index.html"].links}
    ]
    assert len(on) == 30
