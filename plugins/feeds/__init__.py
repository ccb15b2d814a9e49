"""Pelican plugin: Atom, RSS and JSON feeds, OPML, and the page that lists them."""

from plugins.feeds.plugin import contribute, register

__all__ = ["contribute", "register"]
