"""Outputs, and the sheets that they are made from together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

KEY_BYTES = 12


class Output(NamedTuple):
    """One published file.

    ``path`` is relative to the output folder, with ``/``; ``key`` is a digest of the values that the file shows;
    ``render`` is a pure function to its bytes. Equal keys mean equal bytes.
    """

    path: str
    key: bytes
    render: Callable[[], bytes]


class Sheet(NamedTuple):
    """Outputs made from one set of values, such as all files of one country.

    Equal ``key``: no output of the sheet changed, and ``outputs`` is not called.
    """

    name: str
    key: bytes
    outputs: Callable[[], Iterable[Output]]


class Batch(NamedTuple):
    """Sheets that one maker makes from one edition.

    Equal ``key``: none of them changed, came or went, and ``sheets`` is not called. Without a key they are always asked for.
    ``shares_little``: whether hardly anything is worked out once for several of its sheets, so that any process may make any of them.
    """

    name: str
    key: bytes
    sheets: Callable[[], Iterable[Sheet]]
    shares_little: bool = False


class Group(NamedTuple):
    """Batches that one maker makes from one edition.

    Equal ``key``: none of them changed, came or went, and ``batches`` is not called where all their outputs are there. Without a key
    they are always asked for.
    """

    name: str  # followed by a space, what the names of its batches begin with, and no other
    key: bytes
    batches: Callable[[], Iterable[Batch]]


def key_of(*parts: bytes | str | int | None) -> bytes:
    """A digest of parts, as Python writes them, so that no two lists of parts look alike."""
    return blake2b(repr(parts).encode("utf-8"), digest_size=KEY_BYTES).digest()


class ClaimError(Exception):
    """Two outputs, or two sheets, claim one path or name; the message names both."""


class BadPathError(Exception):
    """An output's path would leave the output folder, or is no plain path."""
