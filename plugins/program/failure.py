"""Failures that end the program with exit status 2 and one clear line."""

from __future__ import annotations


class UseError(Exception):
    """Wrong use, or something that the program needs and does not find; the message is the line that is printed."""
