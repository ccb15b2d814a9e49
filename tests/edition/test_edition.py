"""Lists that do not renumber, ways to the root, links to what was registered, settings of the site."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError, UndefinedError

from plugins.domain.brief import Brief
from plugins.domain.collection import IndexKind
from plugins.domain.markup import ROOT
from plugins.edition.lists import PAGE, split_pages, take
from plugins.edition.offers import Link, Offer, Offers, kinds
from plugins.edition.site import check_site_url, read_build_day
from plugins.edition.templates import Templates, file_of, way_to_root
from tests.factories import SITE, make_brief, make_collection, make_edition

# Lists


def shown(count: int) -> dict[int | None, list[int]]:
    """The entries of each page of a list of ``count``, newest first; entry 1 is the oldest."""
    entries = list(range(count, 0, -1))
    return {page.number: list(take(entries, page)) for page in split_pages(count)}


def test_45_briefs() -> None:
    """DESIGN.md section 3: the index shows 45 to 21, `/page/1/` 20 to 1."""
    assert shown(45) == {None: list(range(45, 20, -1)), 1: list(range(20, 0, -1))}


@pytest.mark.parametrize(
    ("count", "numbers"),
    [(0, [None]), (1, [None]), (39, [None]), (40, [None, 1]), (59, [None, 1]), (60, [None, 2, 1]), (100, [None, 4, 3, 2, 1])],
)
def test_the_index_shows_20_to_39(count: int, numbers: list[int | None]) -> None:
    """Up to 39 there is one page; from 40 on the oldest are split off, 20 at a time."""
    assert list(shown(count)) == numbers


@given(st.integers(0, 3_000))
def test_every_entry_stands_once_and_in_order(count: int) -> None:
    """No entry is lost or shown twice; neighbours link to each other."""
    pages = split_pages(count)
    assert [e for entries in shown(count).values() for e in entries] == list(range(count, 0, -1))
    assert len(shown(count)[None]) in range(20, 40) or count < 20
    for newer, older in pairwise(pages):
        assert newer.older == older.number
        assert older.newer == (newer.number or 0)
    assert pages[0].newer is None
    assert pages[-1].older is None


@given(st.integers(1, 3_000))
def test_a_new_brief_changes_at_most_two_pages(count: int) -> None:
    """Adding the newest changes the index, and at times makes one page more; all others keep their number and entries."""
    before, after = shown(count), shown(count + 1)
    changed = [number for number in after if number is not None and before.get(number) != after[number]]
    assert len(changed) <= 1
    assert all(len(after[number]) == PAGE for number in after if number is not None)


# Templates


@pytest.mark.parametrize(
    ("url", "way"),
    [("/", "./"), ("/about/", "../"), ("/briefs/x/", "../../"), ("/countries/russia/mining/", "../../../"), ("/page/1/", "../../")],
)
def test_the_way_to_the_root_is_relative(url: str, way: str) -> None:
    """The site can be moved into any folder."""
    assert way_to_root(url) == way
    assert file_of(url) == url[1:] + "index.html"


def make_templates(**texts: str) -> Templates:
    """Templates from texts."""
    return Templates(Environment(loader=DictLoader(texts), autoescape=True, undefined=StrictUndefined), {"site": SITE})


def test_pages_escape_and_link() -> None:
    """Values are escaped; the root stands where ROOT was."""
    templates = make_templates(page='<a href="{{ root }}x/">{{ text }}</a>{{ site.name }}')
    assert templates.page("page", "/a/b/", {"text": "<b> & c"}) == b'<a href="../../x/">&lt;b&gt; &amp; c</a>Policy Digest'


def test_a_kept_part_of_the_same_values_everywhere_is_not_compiled_into_the_page() -> None:
    """Jinja works out what is constant when it compiles; sources of templates outlive the build, and parts do not."""
    sources: dict[str, list[str]] = {}
    for said in ("before", "after"):
        texts = {"page.html": "{{ 'part.html' | kept(home=true) }}", "part.html": said}
        environment = Environment(loader=DictLoader(texts), autoescape=True, undefined=StrictUndefined)
        assert Templates(environment, {}, sources).page("page.html", "/", {}) == said.encode()


def test_templates_are_made_ready_once() -> None:
    """Those that outputs are made from, with what these need; one that is broken is told of when it is rendered."""
    texts = {
        "page.html": "{% extends 'base.html' %}",
        "base.html": "{{ 'part.html' | kept }}",
        "part.html": "a",
        "broken.html": "{% if %}",
        "other.html": "b",
    }
    environment = Environment(loader=DictLoader(texts), autoescape=True, undefined=StrictUndefined)
    made: list[str | None] = []
    compile_template = environment.compile

    def compile_noted(source: str, name: str | None = None, *rest: Any) -> Any:
        made.append(name)
        return compile_template(source, name, *rest)

    environment.compile = compile_noted  # type: ignore[method-assign]
    templates = Templates(environment, {})
    templates.digest("page.html", "broken.html")
    templates.digest_all()
    templates.load_all()
    assert set(made) == {"base.html", "broken.html", "page.html", "part.html"}
    made.clear()
    assert templates.page("page.html", "/", {}) == b"a"
    assert made == []
    with pytest.raises(TemplateSyntaxError):
        templates.page("broken.html", "/", {})


def test_a_name_that_nobody_gave_is_an_error() -> None:
    """A misspelt value never vanishes from a page in silence."""
    with pytest.raises(UndefinedError):
        make_templates(page="{{ nobody }}").page("page", "/", {})


@pytest.mark.parametrize(
    ("href", "stays"),
    [
        ("", False),
        ("countries/russia/", False),
        ("measures/x/#timeline", False),
        ("topics/", False),
        ("countries/russia/atom.xml", True),
        ("briefs/x/", True),
        ("about/", True),
    ],
)
def test_pages_without_indexes_have_no_dead_links(href: str, stays: bool) -> None:
    """Where the plugin `indexes` is out, links to its pages are text; files beside them are there."""
    templates = make_templates(page='<p><a href="{{ root }}%s" class="x">A <b>word</b></a></p>' % href)
    templates.without("countries", "topics", "measures")
    shown = templates.page("page", "/", {}).decode()
    assert shown == (f'<p><a href="./{href}" class="x">A <b>word</b></a></p>' if stays else "<p>A <b>word</b></p>")


def test_root_cannot_come_from_content() -> None:
    """The mark is a control character, which the reader refuses."""
    from plugins.domain.characters import is_clean

    assert not is_clean(ROOT)


# Offers


def make_offers() -> Offers:
    """A feed beside every index, a calendar beside countries, a page."""
    offers = Offers()
    offers.add(Offer("atom.xml", "Atom", "application/atom+xml", "feeds", lambda index: True))
    offers.add(Offer("dates.ics", "Calendar", "text/calendar", "calendars", kinds(IndexKind.COUNTRY)))
    offers.add_page("/data/", "Data")
    return offers


def test_pages_link_to_what_was_registered() -> None:
    """An index links to the files that fit it, and to no other."""
    indexes = make_collection(make_brief()).indexes
    offers = make_offers()
    assert [link.href for link in offers.beside(indexes.countries["RU"])] == ["countries/russia/atom.xml", "countries/russia/dates.ics"]
    assert [link.href for link in offers.beside(indexes.home)] == ["atom.xml"]
    assert [link.href for link in offers.beside(indexes.topics["payments"])] == ["topics/payments/atom.xml"]
    assert offers.has_page("/data/")
    assert not offers.has_page("/search/")
    assert offers.beside_page("/changes/") == ()


def test_a_kind_without_briefs_has_nothing_beside_it() -> None:
    """`kinds` fits indexes that have briefs, withdrawn ones among them."""
    indexes = make_collection(make_brief()).indexes
    assert kinds(IndexKind.TOPIC)(indexes.topics["mining"])
    assert not kinds(IndexKind.TOPIC)(indexes.topics["payments"])


@pytest.mark.parametrize(
    "change",
    [
        lambda o: o.add(Offer("x", "X", "text/plain", "data", lambda i: True)),
        lambda o: o.add_page("/x/", "X"),
        lambda o: o.add_brief_file("x.bib", "X"),
        lambda o: o.add_beside_page("/changes/", Link("changes/atom.xml", "Atom", "x", "y", "feeds")),
    ],
)
def test_another_set_of_offers_is_another_key(change: object) -> None:
    """A plugin that is taken out makes every page anew that could link to it."""
    one, other = make_edition([make_brief()]), make_edition([make_brief()])
    assert one.key() == other.key()
    change(other.offers)  # type: ignore[operator]
    assert one.key() != other.key()


@pytest.mark.parametrize(
    "change",
    [{"url": "https://x.example"}, {"name": "X"}, {"tagline": "X"}, {"repo_url": "https://r.example"}, {"hub_url": "https://h.example"}],
)
def test_settings_are_part_of_the_key(change: dict[str, str]) -> None:
    """What every page shows is in the key of every page; the build day is not."""
    one = make_edition([make_brief()])
    assert make_edition([make_brief()], site=SITE._replace(**change)).key() != one.key()
    assert make_edition([make_brief()], site=SITE._replace(day=date(2030, 1, 1))).key() == one.key()


# Batches


def batch_key(brief: Brief, **shows: bool) -> bytes:
    """The key of a maker's batch in an edition of one brief."""
    edition = make_edition([brief])
    edition.add(lambda edition: [], **shows)
    return next(iter(edition.batches())).key


def test_a_maker_is_called_again_where_what_it_shows_changed() -> None:
    """One that shows bodies always; others not for another body; one that shows no titles not for another title."""
    brief, body, title = make_brief(), make_brief(body="<p>Other</p>"), make_brief(title="Another title")
    assert batch_key(brief) == b""
    assert batch_key(brief, shows_bodies=False) == batch_key(body, shows_bodies=False) != batch_key(title, shows_bodies=False)
    keys = {batch_key(b, shows_titles=False) for b in (brief, body, title)}
    assert len(keys) == 1
    assert batch_key(make_brief(date="2026-11-22"), shows_titles=False) not in keys


# The site


@pytest.mark.parametrize(
    "url", ["https://digest.example.org", "http://localhost:8000", "https://name.github.io/digest", "https://x.example/a/b"]
)
def test_addresses_of_the_site(url: str) -> None:
    """With or without a folder; a slash at the end goes."""
    assert check_site_url(url) == check_site_url(url + "/") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "digest.example.org",
        "ftp://x.example",
        "https://",
        "https://x.example/?a=b",
        "https://x.example/#a",
        "https://user@x.example",
        "javascript:x",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    """With the address in the message."""
    with pytest.raises(ValueError, match="SITE_URL"):
        check_site_url(url)


@pytest.mark.parametrize(
    ("epoch", "day"), [("0", date(1970, 1, 1)), ("1795305599", date(2026, 11, 21)), ("1795305600", date(2026, 11, 22))]
)
def test_the_build_day_is_said_from_outside(epoch: str, day: date) -> None:
    """SOURCE_DATE_EPOCH, in UTC whatever the zone."""
    assert read_build_day({"SOURCE_DATE_EPOCH": epoch}) == day


def test_the_build_day_is_today_otherwise() -> None:
    """In UTC; what is no number is an error."""
    assert abs((read_build_day({}) - datetime.now(UTC).date()).days) <= 1
    with pytest.raises(ValueError, match="invalid literal"):
        read_build_day({"SOURCE_DATE_EPOCH": "yesterday"})


def test_identity_does_not_follow_the_address() -> None:
    """Tags come from the authority."""
    assert SITE.tag("brief/x") == "tag:policy-digest.example,2026:brief/x"
    assert SITE.domain == "policy-digest.example"
    assert SITE._replace(url="https://h.example/a/b").base == "/a/b/"
    assert SITE.base == "/"


def test_links_to_the_repository() -> None:
    """None without a repository; with one, names and texts are escaped."""
    assert SITE.edit_url("x") is SITE.history_url("x") is SITE.report_url("t", "b") is SITE.new_file_url("f", "n", "v") is None
    site = SITE._replace(repo_url="https://forge.example/a/b")
    assert site.edit_url("content/x.md") == "https://forge.example/a/b/edit/main/content/x.md"
    assert (
        site.new_file_url("content/briefs", "2024/a.md", "a: b\n& c")
        == "https://forge.example/a/b/new/main/content/briefs?filename=2024%2Fa.md&value=a%3A%20b%0A%26%20c"
    )
