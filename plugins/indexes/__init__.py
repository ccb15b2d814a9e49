"""Pelican plugin: pages of countries, topics, measures, weeks, dates and changes, prose pages and the sitemap."""

from plugins.indexes.plugin import register

__all__ = ["register"]
