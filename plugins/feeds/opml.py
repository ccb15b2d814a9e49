"""All feeds as an outline (OPML 2.0). Writes ``feeds.opml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from plugins.edition.edition import Edition
from plugins.feeds.atom import DECLARATION
from plugins.feeds.formats import ATOM
from plugins.feeds.shelf import Title, digest_shelves, list_shelves
from plugins.press.output import Output, Sheet, key_of

FILE, LABEL, MEDIA_TYPE = "feeds.opml", "All feeds (OPML)", "text/x-opml"


def make_opml(edition: Edition) -> Iterator[Sheet]:
    """One sheet: it changes when an index comes, goes or is renamed."""
    key = key_of(edition.key(), digest_shelves(edition))
    yield Sheet("feeds/opml", key, lambda: [Output(FILE, key, partial(render_opml, edition))])


def render_opml(edition: Edition) -> bytes:
    """The outline: folders General, Countries (a folder for each, with its pairs), Topics, Measures."""
    top = Element("opml", {"version": "2.0"})
    head = SubElement(top, "head")
    SubElement(head, "title").text = f"{edition.site.name}: all feeds"
    SubElement(head, "ownerName").text = edition.site.name
    SubElement(head, "docs").text = "https://opml.org/spec2.opml"
    body = SubElement(top, "body")
    for shelf in list_shelves(edition):
        folder = SubElement(body, "outline", {"text": shelf.name, "title": shelf.name})
        for title in shelf.titles:
            inside = SubElement(folder, "outline", {"text": title.name, "title": title.name}) if title.parts else folder
            for one in (title, *title.parts):
                _add_feed(inside, edition, one)
    return f"{DECLARATION}{tostring(top, 'unicode')}\n".encode()


def _add_feed(folder: Element, edition: Edition, title: Title) -> None:
    page = edition.site.absolute(title.url)
    SubElement(
        folder,
        "outline",
        {"type": "rss", "text": title.feed, "title": title.feed, "xmlUrl": page + ATOM.file, "htmlUrl": page, "language": "en"},
    )
