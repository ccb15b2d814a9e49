"""Home. Writes ``index.html`` and the pages of the list of all briefs, ``page/<n>/index.html``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from plugins.domain.brief import digest_heads
from plugins.domain.changes import Change, list_newest
from plugins.domain.collection import Index
from plugins.domain.coming import list_ahead, without_repeats
from plugins.edition.edition import Edition
from plugins.indexes.parts import MORE, Values, index_output, list_sheets, page_key, place_dates, view_countries
from plugins.indexes.tile_map import map_values
from plugins.press.output import Output, Sheet, key_of

ON_TOP = 8  # briefs above the map; the rest of the list follows below it


def make_home(edition: Edition) -> Iterator[Sheet]:
    """The sheet of home, which depends on the build day, and those of the list of all briefs."""
    home = edition.collection.indexes.home
    measures = key_of(*(m.digest for m in edition.collection.vocabulary.measures.values()))
    beside = key_of(edition.site.day.isoformat(), measures)
    yield Sheet("page/home", key_of(page_key(edition, "home.html"), home.heads, beside), partial(_outputs, edition, home, beside))
    yield from list_sheets(edition, home)


def _outputs(edition: Edition, home: Index, beside: bytes) -> Iterable[Output]:
    changes = list_newest(edition.collection.briefs, edition.collection.vocabulary.measures, MORE)
    beside = key_of(beside, digest_heads(c.brief for c in changes))
    return (index_output(edition, home, "home.html", beside, partial(_values, edition, changes)),)


def _values(edition: Edition, changes: tuple[Change, ...]) -> Values:
    collection, indexes = edition.collection, edition.collection.indexes
    ahead = list_ahead(collection.listed, edition.site.day)
    counts = {code: len(i.briefs) for code, i in indexes.countries.items()}
    used = [i for i in indexes.topics.values() if i.briefs]
    return {
        "coming": place_dates(edition, without_repeats(ahead)[:MORE]),
        "changes": changes,
        **map_values(edition, view_countries(edition, collection.listed), counts, {}),
        "on_top": ON_TOP,
        "topics": sorted(used, key=lambda i: (-len(i.briefs), i.title)),
        "countries": sorted((i for i in indexes.countries.values() if i.briefs), key=lambda i: (-len(i.briefs), i.title)),
        "measures": sorted(
            (i for i in indexes.measures.values() if i.briefs), key=lambda i: (i.changed, len(i.briefs), i.id), reverse=True
        )[:MORE],
        "places": sum(1 for i in indexes.countries.values() if i.briefs),
        "measure_count": sum(1 for i in indexes.measures.values() if i.briefs),
    }
