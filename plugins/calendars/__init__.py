"""Pelican plugin: calendars of coming dates."""

from plugins.calendars.plugin import contribute, register

__all__ = ["contribute", "register"]
