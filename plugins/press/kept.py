"""What the state keeps of a batch: its key and its outputs, which every build looks at, and apart from them its sheets.

A row of text for all sheets of a batch is read at once; the sheets are told apart only where the batch is made again.
"""

from __future__ import annotations

from typing import NamedTuple

from plugins.press.output import KEY_BYTES

Known = tuple[bytes, int]
"""Key and size of an output as the last build left it; the key is empty where it is void."""


class KeptBatch(NamedTuple):
    """A batch as the last build left it, in words with spaces between (no path holds one)."""

    key: bytes
    outputs: str  # path and size of each
    folders: str  # those that they lie in


class KeptSheet(NamedTuple):
    """A sheet as the last build left it."""

    key: bytes
    outputs: dict[str, Known]


Sheets = dict[str, KeptSheet]
PackedSheets = tuple[str, bytes, bytes]
"""Name and number of outputs of each sheet; their keys; the keys of all outputs."""


def pack_batch(key: bytes, sheets: Sheets) -> tuple[KeptBatch, PackedSheets]:
    """A batch, and its sheets."""
    outputs = [(path, *known) for sheet in sheets.values() for path, known in sheet.outputs.items()]
    names = "\n".join([f"{len(sheet.outputs)} {name}" for name, sheet in sheets.items()])
    keys = b"".join([sheet.key for sheet in sheets.values()])
    folders = " ".join(dict.fromkeys([folder_of(path) for path, _, _ in outputs]))
    batch = KeptBatch(key, " ".join([f"{path} {size}" for path, _, size in outputs]), folders)
    return batch, (names, keys, b"".join([key for _, key, _ in outputs]))


def unpack_sheets(outputs: str, packed: PackedSheets) -> Sheets:
    """The sheets of a batch, as they were packed."""
    names, keys, own = packed
    words = outputs.split(" ") if outputs else []
    every = list(zip(words[::2], zip(_split(own), map(int, words[1::2]), strict=True), strict=True))
    found, at = {}, 0
    for line, key in zip(names.split("\n") if names else (), _split(keys), strict=True):
        count, _, name = line.partition(" ")
        found[name] = KeptSheet(key, dict(every[at : at + int(count)]))
        at += int(count)
    return found


def _split(keys: bytes) -> list[bytes]:
    return [keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES)]


def without_keys(sheets: Sheets) -> Sheets:
    """The sheets with keys that are void: what they were is known, and everything is made again."""
    return {name: KeptSheet(b"", {path: (b"", size) for path, (_, size) in sheet.outputs.items()}) for name, sheet in sheets.items()}


def paths_of(outputs: str) -> list[str]:
    """The paths of the outputs of a batch."""
    return outputs.split(" ")[::2] if outputs else []


def folder_of(path: str) -> str:
    """The folder of an output, with the ``/`` at its end; empty for the output folder itself."""
    return path[: path.rfind("/") + 1]
