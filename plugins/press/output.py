"""Outputs, and the sheets that they are made from together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

KEY_BYTES = 12


@dataclass(frozen=True, slots=True)
class Output:
    """One published file.

    ``path`` is relative to the output folder, with ``/``; ``key`` is a digest of the values that the file shows;
    ``render`` is a pure function to its bytes. Equal keys mean equal bytes.
    """

    path: str
    key: bytes
    render: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Outputs made from one set of values, such as all files of one country.

    Equal ``key``: no output of the sheet changed, and ``outputs`` is not called.
    """

    name: str
    key: bytes
    outputs: Callable[[], Iterable[Output]]


def key_of(*parts: bytes | str | int | None) -> bytes:
    """A digest of parts, each with its length so that no two lists of parts look alike."""
    found = hashlib.blake2b(digest_size=KEY_BYTES)
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode("utf-8")
        found.update(b"%d:" % len(raw))
        found.update(raw)
    return found.digest()


class ClaimError(Exception):
    """Two outputs, or two sheets, claim one path or name; the message names both."""


class BadPathError(Exception):
    """An output's path would leave the output folder, or is no plain path."""
