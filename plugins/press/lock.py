"""One build at a time for a cache folder: a lock that a crash releases."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


class BusyError(Exception):
    """Another build holds the folder."""


@contextlib.contextmanager
def hold(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Holds the folder's lock, waiting for it unless told otherwise. Raises BusyError."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle, wait)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, wait: bool) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: the output folder is written by one person's one build
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError as error:
        raise BusyError("another build is running; wait for it to end") from error
