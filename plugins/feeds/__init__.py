"""Pelican plugin: Atom, RSS and JSON feeds, OPML, and the page that lists them."""

from plugins.feeds.plugin import register

__all__ = ["register"]
