"""RSS 2.0, with the full text as the content module has it. Renders ``rss.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape, quoteattr

from plugins.feeds.atom import fill
from plugins.feeds.feed import LANGUAGE, Entry, Feed, moment_of

FILE, LABEL, MEDIA_TYPE = "rss.xml", "RSS", "application/rss+xml"
_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
}


def render_entry(entry: Entry) -> bytes:
    """An item, to be put into a feed."""
    parts = (
        "<item>",
        f'<guid isPermaLink="false">{escape(entry.id)}</guid>',
        f"<title>{escape(entry.title)}</title>",
        f"<link>{escape(entry.url)}</link>",
        f"<pubDate>{_moment(entry.published)}</pubDate>",
        f"<dcterms:modified>{moment_of(entry.updated)}</dcterms:modified>",
        *(f"<category domain={quoteattr(c.scheme)}>{escape(c.label)}</category>" for c in entry.categories),
        f"<description>{escape(escape(entry.summary))}</description>",  # readers take it for HTML
        f"<content:encoded>{escape(entry.html)}</content:encoded>",
        "</item>",
    )
    return "".join(parts).encode()


def render_feed(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The feed around its rendered items."""
    top = Element("rss", {"version": "2.0", **_NAMESPACES, "xml:lang": LANGUAGE})
    channel = SubElement(top, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.url)
    _add(channel, "description", escape(feed.subtitle))
    _add(channel, "language", LANGUAGE)
    _add(channel, "copyright", feed.rights)
    _add(channel, "lastBuildDate", _moment(feed.updated))
    SubElement(channel, "atom:link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.url + FILE})
    if feed.site.hub_url:
        SubElement(channel, "atom:link", {"rel": "hub", "href": feed.site.hub_url})
    return fill(top, b"</channel>", entries)


@lru_cache(maxsize=4096)
def _moment(day: str) -> str:
    """A day as an RFC 822 date: its first moment in UTC."""
    return format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC), usegmt=True)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
