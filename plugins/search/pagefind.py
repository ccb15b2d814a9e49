"""The search index, made by pagefind over the finished pages. pagefind writes ``pagefind/…`` itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
LIMIT = 600  # seconds


class NoSearchError(Exception):
    """The index could not be made; the message says why."""


def index_site(output: Path) -> str:
    """Makes the index of a built site; the last line that pagefind says. Raises NoSearchError."""
    command = [sys.executable, "-m", "pagefind", "--site", str(output), "--output-subdir", FOLDER]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)  # noqa: S603 - our own interpreter
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSearchError(f"the search index could not be made: {error}") from error
    if done.returncode:
        if "No module named" in done.stderr:
            raise NoSearchError("pagefind is not installed; `make publish` brings it, or: pip install 'policy-digest[search]'")
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise NoSearchError(f"the search index could not be made: {lines[-1] if lines else 'no reason given'}")
    lines = done.stdout.strip().splitlines()
    return lines[-1].strip() if lines else ""
