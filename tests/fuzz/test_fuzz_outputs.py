"""Random content in what is published, and random pages to draft from. `make fuzz` tries many more (FUZZ_EXAMPLES)."""

from __future__ import annotations

import json
import re
import time
from xml.etree import ElementTree

import pytest
from html5lib import HTMLParser
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from plugins.calendars.plugin import contribute as register_calendars
from plugins.desk.article import RefusedInput
from plugins.desk.fingerprint import parse_fingerprint
from plugins.desk.page import read_page
from plugins.desk.pasted import read_pasted
from plugins.domain.characters import is_clean
from plugins.domain.faults import Fault
from plugins.domain.markup import ROOT
from plugins.domain.prose import parse_page
from plugins.domain.stems import build_stem, find_stem_problem
from plugins.feeds.plugin import contribute as register_feeds
from plugins.opendata.citations import render_citation
from plugins.program.review import BadNumbersError, parse_numbers
from tests.editions import SITE, make_brief, make_date, make_edition, make_revision, publish
from tests.fuzz.test_fuzz import EXAMPLES, SLOWEST, many, messy

fewer = settings(many, max_examples=max(EXAMPLES // 10, 20))  # each of these makes whole feeds, calendars or articles
line = messy.map(lambda t: " ".join("".join(c for c in t if is_clean(c)).split())).filter(
    lambda t: is_clean(t) and any(map(str.isalnum, t))
)
TAGS = frozenset("p h2 h3 ul ol li blockquote em strong code pre a table thead tbody tr th td hr br".split())


@many
@given(head=messy, body=messy)
def test_any_page_of_prose_is_safe_or_refused(head: str, body: str) -> None:
    """Closed lists of elements, attributes and addresses, in time; the title is one clean line."""
    started = time.perf_counter()
    for text in (head + body, f"Title: x\n\n{body}", f"Title: {head}\n\n{body}"):
        faults: list[Fault] = []
        fields = parse_page(text, "x.md", "x", faults)
        assert (fields is None) == any(not f.is_warning for f in faults)
        if fields is None:
            continue
        _, title, summary, html, links = fields
        assert title
        assert "\n" not in title + summary
        assert is_clean(html.replace(ROOT, "").replace("\t", " "))
        for element in HTMLParser(namespaceHTMLElements=False).parseFragment(html).iter():
            if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
                assert element.tag in TAGS, element.tag
                assert set(element.attrib) <= {"href", "title", "class", "id", "start"}
                assert re.match(rf"https?://|mailto:|#|{ROOT}", element.attrib.get("href", "#"))
        assert all(url.startswith("/") for url, _ in links)
    assert time.perf_counter() - started < SLOWEST


@fewer
@given(title=line, summary=line, name=line, note=line)
def test_any_words_come_out_of_feeds_as_text(title: str, summary: str, name: str, note: str) -> None:
    """Atom and RSS stay XML, JSON Feed stays JSON, and each gives the words back; nothing in them acts."""
    brief = make_brief(title=title, summary=summary, actors=(name,), revisions=(make_revision("2026-11-24", "update", note),))
    edition = make_edition([brief])
    register_feeds(edition)
    files = {path: raw for path, raw in publish(edition).items() if path in ("atom.xml", "rss.xml", "feed.json", "changes/atom.xml")}
    assert len(files) == 4
    atom = ElementTree.fromstring(files["atom.xml"])
    space = "{http://www.w3.org/2005/Atom}"
    assert atom.findtext(f"{space}entry/{space}title") == title
    assert ElementTree.fromstring(files["rss.xml"]).findtext("channel/item/title") == title
    item = json.loads(files["feed.json"])["items"][0]
    assert item["title"] == title
    for html in (item["content_html"], atom.findtext(f"{space}entry/{space}content") or ""):
        elements = [e for e in HTMLParser(namespaceHTMLElements=False).parseFragment(html).iter() if isinstance(e.tag, str)]
        assert not {e.tag for e in elements} & {"script", "img", "iframe", "svg", "style", "form", "math", "object"}
        assert not [k for e in elements for k in e.attrib if k.startswith("on") or k == "style"]
    ElementTree.fromstring(files["changes/atom.xml"])


@fewer
@given(title=line, what=line, on=st.sampled_from(["2027", "2027-05", "2027-Q2", "2027-H1", "2027-02-28"]))
def test_any_words_come_out_of_calendars_as_text(title: str, what: str, on: str) -> None:
    """One event whose words are those of the brief, whatever they are; no line of theirs becomes a property."""
    edition = make_edition([make_brief(title=title, dates=(make_date(on, what),))])
    register_calendars(edition)
    raw = publish(edition)["dates.ics"]
    assert all(len(part) <= 75 for part in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert what in str(event["SUMMARY"])
    assert {str(k) for k in event} <= {
        *"UID DTSTAMP LAST-MODIFIED CREATED SEQUENCE DTSTART DTEND SUMMARY DESCRIPTION URL STATUS TRANSP CATEGORIES CLASS".split()
    }


@many
@given(title=line)
def test_any_title_leaves_one_citation(title: str) -> None:
    """Braces balance, and nothing follows the entry."""
    text = render_citation(SITE, make_brief(title=title)).decode()
    assert text.count("{") == text.count("}")
    assert re.match(r"@\w+\{[\w-]+,", text)
    assert text.rstrip().endswith("}")


@fewer
@given(
    parts=st.lists(
        messy | st.sampled_from(["<p>", "</p>", "<article>", "<script>", "<!--", "<meta property='og:title' content='", "<html lang='"]),
        max_size=30,
    ),
    raw=st.binary(max_size=60),
)
def test_any_page_is_an_article_or_refused(parts: list[str], raw: bytes) -> None:
    """What a page says is data: no crash, no hidden character in what a draft is made of, in time."""
    page = "".join(parts).encode("utf-8", "surrogatepass") + raw
    refused: list[str] = []
    started = time.perf_counter()
    for read in (read_page, read_pasted):
        try:
            article = read(page, "page.html")
        except RefusedInput as refusal:
            refused.append(str(refusal))
            continue
        assert is_clean((article.title or "") + (article.author or "") + (article.publisher or ""))
    assert all(said.isprintable() for said in refused)
    assert time.perf_counter() - started < 5


@many
@given(text=messy | st.from_regex(r'\{"[a-z_]{1,9}":[\[\]{}0-9,"a-z-]{0,60}\}'))
def test_any_fingerprint_is_read_or_refused(text: str) -> None:
    """Nothing but ValueError comes from a bad file."""
    with pytest.raises(ValueError, match="fingerprint"):
        parse_fingerprint(text)


@many
@given(raw=st.binary(max_size=200) | messy.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_numbers_of_a_stranger_are_refused(raw: bytes) -> None:
    """The comment on a pull request is made of the one known form only."""
    with pytest.raises(BadNumbersError):
        parse_numbers(raw)


@many
@given(stem=st.from_regex(r"[0-9]{4}(-[0-9a-z]{1,3}){0,4}", fullmatch=True) | messy, day=st.sampled_from(["2024", "2024-05", "2024-05-16"]))
def test_any_name_is_good_or_says_why(stem: str, day: str) -> None:
    """A good name is a date that exists and words; what the program makes of such words is good."""
    problem = find_stem_problem(stem)
    assert problem is None or all(problem)
    if problem is None:
        assert re.fullmatch(r"(?:19|2[01])\d\d(?:-[a-z0-9]+)+", stem, re.ASCII)
        assert find_stem_problem(build_stem(day, stem[5:])) is None
