"""Text in XML 1.0. The standard library's saxutils does the same, and imports what is needed to open addresses."""

from __future__ import annotations

from html import escape as _escape


def escape(text: str) -> str:
    """Text as the content of an element."""
    return _escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def quote(text: str) -> str:
    """Text of one line as the value of an attribute, with its quotation marks."""
    return f'"{_escape(text)}"'
