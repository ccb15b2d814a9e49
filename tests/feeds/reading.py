"""Feeds read back by parsers that others wrote, each entry in the same form."""

from __future__ import annotations

import json
from dataclasses import dataclass

import feedparser


@dataclass(frozen=True)
class Item:
    """An entry as a reader sees it."""

    id: str
    link: str
    title: str
    published: str
    updated: str
    html: str


def read_feed(path: str, raw: bytes) -> list[Item]:
    """The entries of a feed; fails where a parser complains."""
    if path.endswith(".json"):
        items = json.loads(raw)["items"]
        return [Item(i["id"], i["url"], i["title"], i["date_published"][:10], i["date_modified"][:10], i["content_html"]) for i in items]
    parsed = feedparser.parse(raw, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [
        Item(e.id, e.link, e.title, _day(e.published_parsed), _day(e.updated_parsed), e.content[0].value if "content" in e else "")
        for e in parsed.entries
    ]


def _day(moment: tuple[int, ...]) -> str:
    assert tuple(moment[3:6]) == (0, 0, 0)
    return f"{moment[0]:04}-{moment[1]:02}-{moment[2]:02}"
