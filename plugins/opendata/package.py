"""The table of all briefs described for programs (Data Package of frictionlessdata.io). Writes ``data/datapackage.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from plugins.edition.edition import Edition
from plugins.edition.site import Site
from plugins.opendata.record import FIELDS, VERSION
from plugins.opendata.tables import CSV
from plugins.press.output import Output, Sheet, key_of

PATH = "data/datapackage.json"
_DAYS = frozenset({"added", "checked"})  # always a whole day; `date` may be a month or a year


def make_package(edition: Edition) -> Iterator[Sheet]:
    """One sheet: it says how the table is built, not what is in it."""
    site = edition.site
    key = key_of(site.name, site.tagline, site.url, site.licence_url, site.licence_name)
    yield Sheet("data/package", key, lambda: [Output(PATH, key, partial(render_package, site))])


def render_package(site: Site) -> bytes:
    """The description, indented: people read it too."""
    fields = [{"name": f.name, "type": "date" if f.name in _DAYS else "string", "description": f.meaning} for f in FIELDS]
    package = {
        "name": "policy-digest",
        "title": site.name,
        "description": site.tagline,
        "homepage": site.absolute("/data/"),
        "version": VERSION,
        "licenses": [{"name": site.licence_name.replace(" ", "-"), "path": site.licence_url, "title": site.licence_name}],
        "resources": [
            {
                "name": "briefs",
                "path": CSV,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": "id"},
            }
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
