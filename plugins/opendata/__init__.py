"""Pelican plugin: the digest as data, and citations."""

from plugins.opendata.plugin import contribute, register

__all__ = ["contribute", "register"]
