"""Prose pages, the notice for missing pages and the theme's files.

Writes ``<slug>/index.html`` for each page of ``content/pages``, ``404.html``, ``robots.txt`` and ``theme/…``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from plugins.domain.markup import ROOT
from plugins.edition.edition import Edition, Prose
from plugins.edition.templates import file_of
from plugins.indexes.parts import edition_key
from plugins.press.output import Output, Sheet, key_of

GENERATED = frozenset({"/data/", "/subscribe/", "/search/", "/countries/", "/topics/", "/measures/", "/weeks/", "/dates/", "/changes/"})


def make_prose(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each prose page that no plugin generates, and for 404 and robots."""
    common = edition_key(edition)
    for url, prose in sorted(edition.prose.items()):
        if url in GENERATED:
            continue
        key = key_of(common, prose.title, prose.summary, prose.html)
        yield Sheet(f"prose{url}", key, partial(_page, edition, url, prose, key))
    yield Sheet("404", common, lambda: [Output("404.html", common, partial(_missing, edition))])
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {edition.site.url}/sitemap.xml\n".encode()
    yield Sheet("robots", key_of(robots), lambda: [Output("robots.txt", key_of(robots), lambda: robots)])


def _page(edition: Edition, url: str, prose: Prose, key: bytes) -> Iterator[Output]:
    yield Output(file_of(url), key, partial(edition.templates.page, "prose.html", url, {"prose": prose}))


def _missing(edition: Edition) -> bytes:
    """The notice is served at any depth, so its links begin at the site's root."""
    return edition.templates.text("404.html", {"url": "/404.html"}).replace(ROOT, edition.site.base).encode()


def make_assets(theme: Path, edition: Edition) -> Iterator[Sheet]:
    """The theme's static files, as they are."""
    folder = theme / "static"
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.is_symlink() and not f.name.startswith(".")):
        content = file.read_bytes()
        path = f"theme/{file.relative_to(folder).as_posix()}"
        key = key_of(content)
        yield Sheet(f"asset/{path}", key, partial(_asset, path, key, content))
        if file.name == "favicon.ico":
            yield Sheet("asset/favicon.ico", key, partial(_asset, "favicon.ico", key, content))


def _asset(path: str, key: bytes, content: bytes) -> Iterator[Output]:
    yield Output(path, key, lambda: content)
