"""The file of a fingerprint beside a brief: bounded before it is parsed."""

from __future__ import annotations

import stat
from pathlib import Path

from plugins.domain.faults import Fault

LARGEST = 64_000  # bytes; about 1.2 kB for an article of 670 words


def read_fingerprint_text(file: Path) -> tuple[str, Fault | None]:
    """The text of a fingerprint file, or a fault (C703)."""
    try:
        info = file.lstat()
        if not stat.S_ISREG(info.st_mode) or info.st_size > LARGEST:
            return "", Fault(str(file), 1, "C703", "is no small regular file", "draft the brief again, or take the file away")
        return file.read_bytes().decode("utf-8"), None
    except (OSError, UnicodeDecodeError) as error:
        return "", Fault(str(file), 1, "C703", f"cannot be read: {error}", "draft the brief again, or take the file away")
