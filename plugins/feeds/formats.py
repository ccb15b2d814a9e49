"""The formats in which a feed is published, and entries rendered once for all feeds that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from plugins.feeds import atom, jsonfeed, rss
from plugins.feeds.feed import Entry, Feed

KEPT = 1024  # entries kept in each format: with twice as many a twentieth fewer are made, for twenty MB


class Format(NamedTuple):
    """A format: its file beside a page, and how it is rendered."""

    file: str
    label: str
    media_type: str
    entry: Callable[[Entry], bytes]
    feed: Callable[[Feed, Iterable[bytes]], bytes]


ATOM = Format(atom.FILE, atom.LABEL, atom.MEDIA_TYPE, atom.render_entry, atom.render_feed)
RSS = Format(rss.FILE, rss.LABEL, rss.MEDIA_TYPE, rss.render_entry, rss.render_feed)
JSON = Format(jsonfeed.FILE, jsonfeed.LABEL, jsonfeed.MEDIA_TYPE, jsonfeed.render_entry, jsonfeed.render_feed)
FORMATS = (ATOM, RSS, JSON)


class Typesetter:
    """Renders feeds in one build; an entry that several feeds carry is rendered once while it is in use."""

    def __init__(self) -> None:
        self._entries = {f.file: lru_cache(maxsize=KEPT)(f.entry) for f in FORMATS}

    def render(self, format: Format, feed: Feed) -> bytes:
        """The feed in a format."""
        render = self._entries[format.file]
        return format.feed(feed, [render(entry) for entry in feed.entries])
