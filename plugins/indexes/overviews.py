"""Pages that list all countries, topics and measures, coming dates, and changes.

Writes ``countries/index.html``, ``topics/index.html``, ``measures/index.html``, ``dates/index.html``, ``changes/index.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from itertools import groupby

from plugins.domain.brief import digest_facts, digest_heads
from plugins.domain.changes import Change, find_tellers, list_newest
from plugins.domain.coming import Coming, split_at, without_repeats
from plugins.domain.dates import Precision, day_label
from plugins.domain.standing import find_report, find_standing
from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.indexes.parts import Dates, Values, page_key, place_dates, view_countries
from plugins.indexes.standing_table import table_of_countries
from plugins.indexes.tile_map import map_values
from plugins.press.output import Output, Sheet, key_of

SPANS = ((30, "Next 30 days"), (90, "31 to 90 days"), (365, "91 to 365 days"))  # by the first day on which a date may fall
MOST_PAST = 200
MOST_CHANGES = 200


def make_overviews(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each of the pages."""
    briefs, measures = edition.collection.briefs, edition.collection.vocabulary.measures
    facts, laws, day = digest_facts(briefs), key_of(*[m.digest for m in measures.values()]), edition.site.day.isoformat()
    standing = digest_heads(b for code, i in edition.collection.indexes.countries.items() if (b := find_report(i.briefs, code)))
    followed, dated = digest_facts(b for b in briefs if b.measure), digest_facts(b for b in briefs if b.dates)
    tellers = find_tellers(briefs)
    newest = cache(lambda: list_newest(tellers, measures, MOST_CHANGES))
    told = edition.recall_briefs("told as changes", lambda: {"all": [change.brief for change in newest()]})["all"]
    changes = key_of(digest_facts(tellers), digest_heads(told), laws)
    yield _sheet(edition, "/countries/", "countries.html", key_of(facts, standing, laws), _countries)
    yield _sheet(edition, "/topics/", "topics.html", facts, _topics)
    yield _sheet(edition, "/measures/", "measures.html", key_of(followed, laws), _measures)
    yield _sheet(edition, "/dates/", "dates.html", key_of(dated, laws, day), _dates)
    yield _sheet(edition, "/changes/", "changes.html", changes, lambda _: _changes(newest()))


def _sheet(edition: Edition, url: str, template: str, key: bytes, values: Callable[[Edition], Values]) -> Sheet:
    key = key_of(page_key(edition, template), key)

    def render() -> bytes:
        return edition.templates.page(template, url, {"links": edition.links_of(url), **values(edition)})

    return Sheet(f"page{url}", key, lambda: [Output(file_of(url), key, render)])


def _countries(edition: Edition) -> Values:
    collection, indexes = edition.collection, edition.collection.indexes
    counts = {code: len(i.briefs) for code, i in indexes.countries.items()}
    view = view_countries(edition, collection.listed)
    table = table_of_countries(view, collection.vocabulary, None, ())
    others = [i for code, i in indexes.countries.items() if i.briefs and code not in view.standing]
    return {"table": table, "others": others, **map_values(edition, view, counts, {})}


def _topics(edition: Edition) -> Values:
    indexes, vocabulary = edition.collection.indexes, edition.collection.vocabulary
    top = [i for i in indexes.topics.values() if i.topic and not i.topic.broader]
    return {"topics": [(i, [indexes.topics[t.id] for t in vocabulary.narrower(i.id)]) for i in top]}


def _measures(edition: Edition) -> Values:
    countries = edition.collection.vocabulary.countries
    rows = [
        (i, find_standing(i.briefs), [countries[c] for c in i.measure.countries])
        for i in edition.collection.indexes.measures.values()
        if i.measure
    ]
    rows.sort(key=lambda r: (r[2][0].name, r[0].title))
    return {"groups": [(c, list(g)) for c, g in groupby(rows, key=lambda r: r[2][0])]}


def _dates(edition: Edition) -> Values:
    day = edition.site.day
    ahead, past = split_at(edition.collection.coming, day)
    left = list(without_repeats(ahead))
    spans = []
    for days, label in SPANS:
        end = day + timedelta(days=days)
        spans.append((f"{label}, to {day_label(end.isoformat())}", _placed(edition, (c for c in left if c.date.on.first <= end))))
        left = [c for c in left if c.date.on.first > end]
    spans.append(("Later", _placed(edition, left)))
    shown = sorted(without_repeats(past), key=lambda c: c.order, reverse=True)[:MOST_PAST]
    return {"spans": spans, "past": _placed(edition, shown), "day": day}


def _placed(edition: Edition, dates: Iterable[Coming]) -> list[tuple[str, Dates]]:
    """The dates by month, each with the countries of its brief."""
    return [(label, place_dates(edition, group)) for label, group in by_month(dates)]


def by_month(dates: Iterable[Coming]) -> list[tuple[str, list[Coming]]]:
    """The dates under the month that they state, or under the longer time where no month is stated; headings in the order given."""
    found: dict[str, list[Coming]] = {}
    for coming in dates:
        on = coming.date.on
        label = day_label(on.first.isoformat()[:7]) if on.precision in (Precision.DAY, Precision.MONTH) else on.label
        found.setdefault(label[:1].upper() + label[1:], []).append(coming)
    return list(found.items())


def _changes(changes: Iterable[Change]) -> Values:
    return {"days": [(day, list(group)) for day, group in groupby(changes, key=lambda c: c.on)]}
