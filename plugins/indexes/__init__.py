"""Pelican plugin: pages of countries, topics, measures, weeks, dates and changes, prose pages and the sitemap."""

from plugins.indexes.plugin import contribute, register

__all__ = ["contribute", "register"]
