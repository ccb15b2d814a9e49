"""Processes that help a build end with it: a killed build leaves nobody who holds its lock."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.press.lock import BusyError, hold

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0  # seconds; a helper that stays would work for longer

# Both processes take the first sheets and never end: the helper counts, so that its guard must get a turn beside it.
PRINT = """
import os, sys, time
from pathlib import Path
from plugins.press import printing
from plugins.press.lock import hold
from plugins.press.output import Output, Sheet
from plugins.press.press import Press
from plugins.press.state import State

printing.MANY = 50
root, first = Path(sys.argv[1]), os.getpid()

def render(number):
    if os.getpid() != first:
        (root / "helper").touch()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        pass

with hold(root / "cache"):
    sheets = [Sheet(f"s{n}", b"k", lambda n=n: [Output(f"{n}.html", b"k", lambda: render(n))]) for n in range(400)]
    Press(root / "out", State(root / "cache"), b"").run(sheets)
"""

READ = """
import sys, time
from pathlib import Path
from plugins.briefs import reading
from plugins.press.lock import hold

root = Path(sys.argv[1])

def read(tasks):
    (root / "helper").touch()
    until = time.monotonic() + 120
    while time.monotonic() < until:
        pass

reading.MANY = 2
reading._read_some = read
with hold(root / "cache"):
    with reading.read_files([("", "", "", 0, 0, b"", None)] * 200) as found:
        list(found)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which a build works; what is left of it is ended."""
    yield tmp_path
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.killpg(int((tmp_path / "group").read_text()), signal.SIGKILL)


def is_free(cache: Path) -> bool:
    """Whether nobody holds the lock."""
    try:
        with hold(cache, wait=False):
            return True
    except BusyError:
        return False


def wait_for(what: Path) -> None:
    """Until a file is there."""
    until = time.monotonic() + PATIENCE
    while not what.exists():
        assert time.monotonic() < until, f"{what.name} never came"
        time.sleep(0.02)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="one process does everything here")
@pytest.mark.parametrize("script", [PRINT, READ], ids=["printing", "reading"])
def test_a_helper_ends_with_the_build_that_was_killed(folder: Path, script: str) -> None:
    """kill -9 of the build: the lock is free soon after, for the helper that shared it is gone."""
    build = subprocess.Popen([sys.executable, "-c", script, str(folder)], cwd=ROOT, start_new_session=True)
    (folder / "group").write_text(str(build.pid))
    wait_for(folder / "helper")
    assert not is_free(folder / "cache")
    build.kill()
    build.wait()
    until = time.monotonic() + PATIENCE
    while not is_free(folder / "cache"):
        assert time.monotonic() < until, "somebody still holds the lock of the killed build"
        time.sleep(0.02)
