"""JSON Feed 1.1. Renders ``feed.json``."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.edition.encoding import encode
from plugins.feeds.feed import LANGUAGE, Entry, Feed, moment_of

FILE, LABEL, MEDIA_TYPE = "feed.json", "JSON Feed", "application/feed+json"
_END = b"]}"


def render_entry(entry: Entry) -> bytes:
    """An item, to be put into a feed."""
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": moment_of(entry.published),
        "date_modified": moment_of(entry.updated),
        "tags": list(dict.fromkeys(c.label for c in entry.categories)),
        "language": LANGUAGE,
    }
    return encode(item)


def render_feed(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The feed around its rendered items."""
    frame: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.url + FILE,
        "description": feed.subtitle,
        "language": LANGUAGE,
        "authors": [{"name": feed.site.name, "url": feed.site.url + "/"}],
        "_rights": {"licence": feed.site.licence_name, "url": feed.site.licence_url},
    }
    if feed.site.hub_url:
        frame["hubs"] = [{"type": "WebSub", "url": feed.site.hub_url}]
    head = encode({**frame, "items": []}).removesuffix(_END)
    return head + b"\n" + b",\n".join(entries) + b"\n" + _END + b"\n"
