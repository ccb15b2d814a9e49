"""Pelican plugin: from content to the collection, and a page for each brief."""

from plugins.briefs.plugin import register

__all__ = ["register"]
