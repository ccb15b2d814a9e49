"""Home. Writes ``index.html`` and the pages of the list of all briefs, ``page/<n>/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.domain.coming import split_at, without_repeats
from plugins.edition.edition import Edition
from plugins.indexes.parts import MORE, Values, index_key, index_outputs, place_dates, view_countries
from plugins.indexes.tile_map import map_values
from plugins.press.output import Sheet, key_of

ON_TOP = 8  # briefs above the map; the rest of the list follows below it


def make_home(edition: Edition) -> Iterator[Sheet]:
    """The sheet of home; it depends on the build day."""
    home = edition.collection.indexes.home
    measures = key_of(*(m.digest for m in edition.collection.vocabulary.measures.values()))
    key = key_of(index_key(edition, "home.html"), home.heads, edition.site.day.isoformat(), measures)
    yield Sheet("page/home", key, partial(index_outputs, edition, home, "home.html", key, partial(_values, edition)))


def _values(edition: Edition) -> Values:
    collection, indexes = edition.collection, edition.collection.indexes
    ahead, _ = split_at(collection.coming, edition.site.day)
    counts = {code: len(i.briefs) for code, i in indexes.countries.items()}
    used = [i for i in indexes.topics.values() if i.briefs]
    return {
        "coming": place_dates(edition, without_repeats(ahead)[:MORE]),
        "changes": collection.changes[:MORE],
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
