"""Pelican plugin: the search page; its index is made by pagefind after a build that asks for it."""

from plugins.search.plugin import contribute, register

__all__ = ["contribute", "register"]
