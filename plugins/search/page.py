"""The search page. Writes ``search/index.html``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.edition.edition import Edition
from plugins.edition.templates import file_of
from plugins.press.output import Output, Sheet

URL = "/search/"


def make_search(edition: Edition) -> Iterator[Sheet]:
    """The page points at the indexes for readers without script."""
    key = edition.key("search.html")
    yield Sheet("page/search", key, lambda: [Output(file_of(URL), key, partial(edition.templates.page, "search.html", URL, {}))])
