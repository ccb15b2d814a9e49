"""Pelican plugin: briefs as read-only Article-like objects, for stock themes and public plugins that ask for them."""

from plugins.compat.plugin import register

__all__ = ["register"]
