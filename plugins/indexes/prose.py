"""Prose pages, the notice for missing pages, and the word to robots.

Writes ``<slug>/index.html`` for each page of ``content/pages``, ``rules/index.html``, ``404.html`` and ``robots.txt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from plugins.domain.rules import RULES
from plugins.edition.edition import Edition, Prose
from plugins.edition.templates import file_of
from plugins.indexes.parts import page_key
from plugins.press.output import Output, Sheet, key_of


def make_prose(edition: Edition) -> Iterator[Sheet]:
    """A sheet for each prose page whose address no plugin took, and for 404 and robots."""
    common, missing = page_key(edition, "prose.html"), page_key(edition, "404.html")
    for url, prose in sorted(edition.prose.items()):
        if edition.offers.has_page(url):
            continue
        key = key_of(common, prose.title, prose.summary, prose.html)
        yield Sheet(f"prose{url}", key, partial(_page, edition, url, prose, key))
    yield Sheet("404", missing, lambda: [Output("404.html", missing, partial(_missing, edition))])
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {edition.site.url}/sitemap.xml\n".encode()
    yield Sheet("robots", key_of(robots), lambda: [Output("robots.txt", key_of(robots), lambda: robots)])


def _page(edition: Edition, url: str, prose: Prose, key: bytes) -> Iterator[Output]:
    yield Output(file_of(url), key, partial(edition.templates.page, "prose.html", url, {"prose": prose}))


def _missing(edition: Edition) -> bytes:
    """The notice is served at any depth, so its links begin at the site's root."""
    return edition.templates.page("404.html", "/404.html", {}, root=edition.site.base)


RULE_GROUPS = (
    ("The file", ("F",)),
    ("Front matter", ("Y", "B")),
    ("Countries, topics, measures", ("V",)),
    ("Sources", ("S",)),
    ("The body", ("M",)),
    ("All briefs together", ("C",)),
    ("Figures, names, quotations, wording", ("G", "D", "P")),
    ("Style", ("W",)),
)


def make_rules(edition: Edition) -> Iterator[Sheet]:
    """The page of all rules of content, generated from the table that the checks use."""
    key = key_of(page_key(edition, "rules.html"), repr(tuple(RULES.values())))
    groups = [(title, [r for r in RULES.values() if r.code.startswith(letters)]) for title, letters in RULE_GROUPS]
    values = {"groups": groups}
    yield Sheet(
        "page/rules", key, lambda: [Output("rules/index.html", key, partial(edition.templates.page, "rules.html", "/rules/", values))]
    )
