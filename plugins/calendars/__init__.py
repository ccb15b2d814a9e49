"""Pelican plugin: calendars of coming dates."""

from plugins.calendars.plugin import register

__all__ = ["register"]
