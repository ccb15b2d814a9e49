"""Pelican plugin: the digest as data, and citations."""

from plugins.opendata.plugin import register

__all__ = ["register"]
