"""RSS 2.0, with the full text as the content module has it. Renders ``rss.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from plugins.edition.xml import escape, quote
from plugins.feeds.atom import DECLARATION
from plugins.feeds.feed import LANGUAGE, Category, Entry, Feed, moment_of

FILE, LABEL, MEDIA_TYPE = "rss.xml", "RSS", "application/rss+xml"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dcterms="http://purl.org/dc/terms/"'
)


def render_entry(entry: Entry) -> bytes:
    """An item, to be put into a feed."""
    parts = (
        "<item>",
        f'<guid isPermaLink="false">{escape(entry.id)}</guid>',
        f"<title>{escape(entry.title)}</title>",
        f"<link>{escape(entry.url)}</link>",
        f"<pubDate>{_moment(entry.published)}</pubDate>",
        f"<dcterms:modified>{moment_of(entry.updated)}</dcterms:modified>",
        *map(_render_category, entry.categories),
        f"<description>{escape(escape(entry.summary))}</description>",  # readers take it for HTML
        f"<content:encoded>{escape(entry.html)}</content:encoded>",
        "</item>",
    )
    return "".join(parts).encode()


def render_feed(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The feed around its rendered items."""
    hub = feed.site.hub_url
    parts = (
        DECLARATION,
        f'<rss version="2.0" {_NAMESPACES} xml:lang="{LANGUAGE}"><channel>',
        f"<title>{escape(feed.title)}</title>",
        f"<link>{escape(feed.url)}</link>",
        f"<description>{escape(escape(feed.subtitle))}</description>",
        f"<language>{LANGUAGE}</language>",
        f"<copyright>{escape(feed.rights)}</copyright>",
        f"<lastBuildDate>{_moment(feed.updated)}</lastBuildDate>",
        f'<atom:link rel="self" type="{MEDIA_TYPE}" href={quote(feed.url + FILE)} />',
        f'<atom:link rel="hub" href={quote(hub)} />' if hub else "",
    )
    return b"\n".join(("".join(parts).encode(), *entries, b"</channel></rss>\n"))


@lru_cache(maxsize=1024)
def _render_category(category: Category) -> str:
    return f"<category domain={quote(category.scheme)}>{escape(category.label)}</category>"


@lru_cache(maxsize=4096)
def _moment(day: str) -> str:
    """The first moment of a day in UTC, as RFC 5322, section 3.3, writes it: `email.utils` does the same, and imports sockets."""
    found = date.fromisoformat(day)
    return f"{_DAYS[found.weekday()]}, {found.day:02} {_MONTHS[found.month - 1]} {found.year:04} 00:00:00 GMT"
