"""JSON of what is published (RFC 8259, UTF-8, without spaces)."""

from __future__ import annotations

import orjson


def encode(value: object) -> bytes:
    """A value as JSON. Raises TypeError for what JSON cannot say.

    It is a copy: what orjson gives holds several times the memory that its text takes, and rows are kept by the thousand.
    """
    return bytes(memoryview(orjson.dumps(value)))
