"""Atom (RFC 4287). Renders ``atom.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from plugins.edition.xml import escape, quote
from plugins.feeds.feed import LANGUAGE, Category, Entry, Feed, moment_of

FILE, LABEL, MEDIA_TYPE = "atom.xml", "Atom", "application/atom+xml"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def render_entry(entry: Entry) -> bytes:
    """An entry, to be put into a feed."""
    parts = (
        "<entry>",
        f"<id>{escape(entry.id)}</id>",
        f"<title>{escape(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href={quote(entry.url)} />',
        f"<published>{moment_of(entry.published)}</published>",
        f"<updated>{moment_of(entry.updated)}</updated>",
        *map(_render_category, entry.categories),
        f"<summary>{escape(entry.summary)}</summary>",
        f'<content type="html">{escape(entry.html)}</content>',
        "</entry>",
    )
    return "".join(parts).encode()


def render_feed(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The feed around its rendered entries."""
    site = feed.site
    parts = (
        DECLARATION,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{LANGUAGE}">',
        f"<id>{escape(feed.id)}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<subtitle>{escape(feed.subtitle)}</subtitle>",
        f'<link rel="self" type="{MEDIA_TYPE}" href={quote(feed.url + FILE)} />',
        f'<link rel="alternate" type="text/html" href={quote(feed.url)} />',
        f'<link rel="license" href={quote(site.licence_url)} />',
        f'<link rel="hub" href={quote(site.hub_url)} />' if site.hub_url else "",
        f"<author><name>{escape(site.name)}</name><uri>{escape(site.url)}/</uri></author>",
        f"<rights>{escape(feed.rights)}</rights>",
        f"<updated>{moment_of(feed.updated)}</updated>",
    )
    return b"\n".join(("".join(parts).encode(), *entries, b"</feed>\n"))


@lru_cache(maxsize=1024)
def _render_category(category: Category) -> str:
    return f"<category term={quote(category.term)} scheme={quote(category.scheme)} label={quote(category.label)} />"
