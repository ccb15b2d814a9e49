"""What several kinds of index pages show: the list with its pages, links, dates, actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from plugins.domain.brief import Brief, digest_facts, digest_heads
from plugins.domain.collection import Index
from plugins.domain.coming import Coming, list_coming, without_repeats
from plugins.domain.dates import parse_partial_date
from plugins.domain.standing import find_start, list_in_force, stand_by_country, stand_by_measure
from plugins.domain.vocabulary import Measure
from plugins.edition.edition import Edition
from plugins.edition.lists import ListPage, split_pages, take
from plugins.edition.templates import file_of
from plugins.indexes.standing_table import View
from plugins.press.output import Output, Sheet, key_of

Values = dict[str, Any]
MORE = 8  # entries of a short list
LIST = "list.html"
TOGETHER = 25  # pages of a list in one sheet
PARTS = ("partials/row.html", "partials/tile.html", "partials/measure.html")


def list_values(edition: Edition, index: Index, page: ListPage) -> Values:
    """The rows of a page of an index, and the way to the pages beside it."""
    briefs = take(index.briefs, page)
    return {
        "rows": [edition.row(b) for b in briefs],
        "count": len(index.briefs),
        "first": len(index.briefs) - page.start,
        "last": len(index.briefs) - page.end + 1,
        "newer": None if page.newer is None else index.path + (f"page/{page.newer}/" if page.newer else ""),
        "older": f"{index.path}page/{page.older}/" if page.older else None,
    }


def index_output(edition: Edition, index: Index, template: str, beside: bytes, values: Callable[[], Values]) -> Output:
    """The page of an index. ``values()`` gives what the page shows beside its list.

    ``beside`` is a digest of that, but for the facts of the briefs of the index: few pages show the titles of more than a list.
    """
    page = split_pages(len(index.briefs))[0]
    rows, facts = digest_heads(take(index.briefs, page)), digest_facts(index.every)
    key = key_of(page_key(edition, template), index.url, facts, rows, beside)
    return Output(file_of(index.url), key, partial(_render_index, edition, index, template, page, values))


def list_sheets(edition: Edition, index: Index) -> Iterator[Sheet]:
    """The list pages of an index: those that are not made again are looked at many at a time."""
    common = key_of(page_key(edition, LIST), index.title, index.url)
    for number, some in groupby(split_pages(len(index.briefs))[1:], key=lambda page: (page.number or 0) // TOGETHER):
        pages = tuple(some)
        shown = index.briefs[pages[0].start : pages[-1].end]
        key = key_of(common, pages[0].number, pages[0].newer, pages[-1].number, digest_heads(shown))
        yield Sheet(f"list{index.url}{number}", key, partial(_list_outputs, edition, index, common, pages))


def _list_outputs(edition: Edition, index: Index, common: bytes, pages: Iterable[ListPage]) -> Iterator[Output]:
    for page in pages:
        url = f"{index.url}page/{page.number}/"
        key = key_of(common, page.number, page.newer, page.older, digest_heads(take(index.briefs, page)))
        yield Output(file_of(url), key, partial(_render_list, edition, index, page, url))


def page_key(edition: Edition, template: str) -> bytes:
    """The part of a key that all pages made from a template share. Parts are put into pages that don't name them."""
    return edition.key(template, *PARTS)


def _render_index(edition: Edition, index: Index, template: str, page: ListPage, values: Callable[[], Values]) -> bytes:
    shown = {"index": index, "links": edition.offers.beside(index), **list_values(edition, index, page), **values()}
    return edition.templates.page(template, index.url, shown)


def _render_list(edition: Edition, index: Index, page: ListPage, url: str) -> bytes:
    shown = {"index": index, "links": edition.offers.beside(index), "number": page.number, **list_values(edition, index, page)}
    return edition.templates.page(LIST, url, shown)


Dates = list[tuple[Coming, tuple[tuple[str, str], ...], Measure | None]]


def place_dates(edition: Edition, dates: Iterable[Coming]) -> Dates:
    """Each date with address and name of the countries of its brief, and the measure that it is about."""
    measures = edition.collection.vocabulary.measures
    return [(c, edition.names(c.brief), measures.get(c.brief.measure or "")) for c in dates]


def dates_ahead(edition: Edition, index: Index, *, places: bool = False) -> Dates:
    """The coming dates of an index that were not over when one of its briefs last changed: no clock is asked."""
    briefs = (b for b in index.briefs if b.dates and _last_day(b.dates) >= index.changed)
    ahead = (c for c in without_repeats(list_coming(briefs)) if c.date.on.last.isoformat() >= index.changed)
    return [(c, some if places else (), measure) for c, some, measure in place_dates(edition, ahead)]


@lru_cache(maxsize=16_384)  # every index that holds the brief asks for it
def _last_day(dates: tuple[str, ...]) -> str:
    """The day on which the last of some dates is over."""
    return max(parse_partial_date(on, periods=True).last for on in dates).isoformat()


def view_of(edition: Edition, briefs: Iterable[Brief], standing: Mapping[str, Brief], keys: Callable[[Brief], Iterable[str]]) -> View:
    """Where things stand by the briefs (newest first); a measure stands where all its briefs put it, on whatever subject they are."""
    every, indexes = tuple(briefs), edition.collection.indexes.measures
    measures = stand_by_measure({b.measure: indexes[b.measure].briefs for b in every if b.measure})
    starts = {id: find_start(indexes[id].briefs, brief) or brief for id, brief in measures.items()}
    return View(standing, list_in_force(every, standing, starts, keys), measures)


def view_countries(edition: Edition, briefs: Iterable[Brief]) -> View:
    """Where countries stand by the briefs, newest first."""
    every = tuple(briefs)
    return view_of(edition, every, stand_by_country(every), lambda b: b.countries)


def brief_template(title: str, countries: str, topics: str) -> str:
    """The annotated front matter that "Add a brief" opens with."""
    return f"""---
title: {title}
date: YYYY-MM-DD   # when it happened, as precisely as a source states it
added: YYYY-MM-DD   # today
countries: [{countries}]
topics: [{topics}]
stage:   # {_STAGES}
summary: >-
  One or two sentences, 40 to 300 characters.
sources:
  - url: https://
    title:
    publisher:
    kind: press   # law government parliament regulator court body press research company
ai: none   # none, assisted or drafted
---
What changed, and who says so: one sentence a line, in your own words.

Who is affected.

What is not known, and what comes next.
"""


_STAGES = "discussion proposal consultation bill passed in-force rejected repealed guidance enforcement court none"


def add_url(edition: Edition, title: str, countries: str, topics: str, slug: str) -> str | None:
    """Where a brief on a country or topic is added on the web, or None without a repository."""
    name = f"YYYY/YYYY-MM-DD-{slug}.md"
    return edition.site.new_file_url("content/briefs", name, brief_template(title, countries, topics))
