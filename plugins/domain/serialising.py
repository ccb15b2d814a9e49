"""The tree that Python-Markdown builds, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

_EMPTY = frozenset({"br", "hr"})  # without an end tag
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)  # one that begins no character reference
_QUOTE = '"'


def serialise(root: Element) -> str:
    """The tree as HTML, as ``markdown.serializers.to_html_string`` writes it, for elements that a body can have."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: Element, write: Callable[[str], object]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    text = _escape(text) if text else ""
    attributes = element.items()
    named = "".join([f' {name}="{_escape(value).replace(_QUOTE, "&quot;")}"' for name, value in sorted(attributes)]) if attributes else ""
    if len(element):
        write(f"<{tag}{named}>{text}")
        for child in element:
            _write(child, write)
        write(f"</{tag}>")
    else:
        write(f"<{tag}{named}>{text}" if tag in _EMPTY else f"<{tag}{named}>{text}</{tag}>")
    if tail:
        write(_escape(tail))


def _escape(text: str) -> str:
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
