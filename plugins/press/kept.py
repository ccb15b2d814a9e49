"""What the state keeps of a sheet: its key, its outputs with their sizes and keys, and its batch, in a few columns that are read at once."""

from __future__ import annotations

import os
from collections.abc import Iterable

from plugins.press.output import KEY_BYTES

Kept = tuple[bytes, str, bytes, str]
"""Key of the sheet; path and size of each output, all with spaces between (no path holds one); the outputs' keys, or nothing; batch."""


def pack_outputs(outputs: Iterable[tuple[str, bytes, int]]) -> tuple[str, bytes]:
    """Path, key and size of each output as two columns."""
    every = list(outputs)
    return " ".join([f"{path} {size}" for path, _, size in every]), b"".join([key for _, key, _ in every])


def parse_kept(kept: Kept) -> dict[str, tuple[bytes, int]]:
    """Key and size of each output by its path; the key is empty where all are void."""
    _, outputs, keys, _ = kept
    words = outputs.split(" ") if outputs else []
    places = zip(range(0, len(words) * KEY_BYTES, KEY_BYTES), words[::2], words[1::2], strict=False)
    return {path: (keys[at : at + KEY_BYTES], int(size)) for at, path, size in places}


def count_there(root: str, outputs: Iterable[str]) -> int | None:
    """How many outputs some sheets have; None where one of them does not lie below the root with its size."""
    words = " ".join(filter(None, outputs)).split(" ")
    if words == [""]:
        return 0
    try:
        sizes = [info.st_size for info in map(os.lstat, [f"{root}/{path}" for path in words[::2]])]
    except OSError:
        return None
    return len(sizes) if sizes == list(map(int, words[1::2])) else None
