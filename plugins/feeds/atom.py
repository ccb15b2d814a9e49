"""Atom (RFC 4287). Renders ``atom.xml``."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import escape, quoteattr  # entries: a tree for each would be half of what a feed costs

from plugins.feeds.feed import LANGUAGE, Entry, Feed, moment_of

FILE, LABEL, MEDIA_TYPE = "atom.xml", "Atom", "application/atom+xml"
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'


def render_entry(entry: Entry) -> bytes:
    """An entry, to be put into a feed."""
    categories = [
        f"<category term={quoteattr(c.term)} scheme={quoteattr(c.scheme)} label={quoteattr(c.label)} />" for c in entry.categories
    ]
    parts = (
        "<entry>",
        f"<id>{escape(entry.id)}</id>",
        f"<title>{escape(entry.title)}</title>",
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)} />',
        f"<published>{moment_of(entry.published)}</published>",
        f"<updated>{moment_of(entry.updated)}</updated>",
        *categories,
        f"<summary>{escape(entry.summary)}</summary>",
        f'<content type="html">{escape(entry.html)}</content>',
        "</entry>",
    )
    return "".join(parts).encode()


def render_feed(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The feed around its rendered entries."""
    top = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": LANGUAGE})
    _add(top, "id", feed.id)
    _add(top, "title", feed.title)
    _add(top, "subtitle", feed.subtitle)
    SubElement(top, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.url + FILE})
    SubElement(top, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    SubElement(top, "link", {"rel": "license", "href": feed.site.licence_url})
    if feed.site.hub_url:
        SubElement(top, "link", {"rel": "hub", "href": feed.site.hub_url})
    author = SubElement(top, "author")
    _add(author, "name", feed.site.name)
    _add(author, "uri", feed.site.url + "/")
    _add(top, "rights", feed.rights)
    _add(top, "updated", moment_of(feed.updated))
    return fill(top, b"</feed>", entries)


def fill(frame: Element, end: bytes, entries: Iterable[bytes]) -> bytes:
    """A document with rendered entries put before the tag ``end``, one a line."""
    raw = tostring(frame, "unicode").encode()
    at = raw.rindex(end)
    return b"\n".join([DECLARATION + raw[:at], *entries, raw[at:] + b"\n"])


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
