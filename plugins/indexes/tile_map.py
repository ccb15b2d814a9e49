"""The tile map as HTML: one equal tile for each country, as lists under the names of the regions."""

from __future__ import annotations

from collections.abc import Mapping

from plugins.domain.stage import Stage
from plugins.edition.edition import Edition
from plugins.indexes.parts import Values
from plugins.indexes.standing_table import Tile, View, build_bodies, build_tiles

LEGEND = tuple(s for s in Stage if s.moves)


def map_values(edition: Edition, view: View, counts: Mapping[str, int], hrefs: Mapping[str, str]) -> Values:
    """What the map shows: regions with their tiles as HTML, and the stages that the legend explains."""
    vocabulary = edition.collection.vocabulary
    regions = build_tiles(vocabulary, view, counts, hrefs)
    return {
        "legend": LEGEND,
        "regions": [(name, "\n".join(_render_tile(edition, t) for t in tiles)) for name, tiles in regions],
        "bodies": build_bodies(vocabulary, view.standing, counts, hrefs),
    }


def _render_tile(edition: Edition, tile: Tile) -> str:
    """A tile, rendered once a build for each of its looks: most are the same on the pages of all topics."""
    looks: dict[tuple[str, str, str], str] = edition.__dict__.setdefault("_tiles", {})
    look = (tile.country.code, tile.href, tile.words)
    found = looks.get(look)
    if found is None:
        found = looks[look] = edition.templates.text("partials/tile.html", {"tile": tile})
    return found
