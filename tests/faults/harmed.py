"""Runs ``digest`` with a fault at a chosen moment: ``python -m tests.faults.harmed FAULT AT LOG -- publish --no-search``.

Moments are counted in operations on files (audit events of Python): the same on every machine, however fast it is.
FAULT: ``count`` writes how many there were to LOG; ``kill``, ``interrupt``, ``terminate`` send a signal just before operation AT;
``full`` makes that operation and all that write after it fail as on a full disk; ``clock`` runs AT years off.
"""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
import time
from pathlib import Path

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.truncate", "sqlite3.connect"})
_GROWS = frozenset({"os.mkdir", "os.symlink"})
_SIGNALS = {"kill": signal.SIGKILL, "interrupt": signal.SIGINT, "terminate": signal.SIGTERM}
_PASSING = ("__pycache__", os.devnull, ".pyc")


def _writes(event: str, words: tuple[object, ...]) -> bool:
    if event in _CHANGES:
        return "__pycache__" not in str(words[0])
    if event != "open" or isinstance(words[0], int) or any(p in str(words[0]) for p in _PASSING):
        return False
    flags = words[2]
    return isinstance(flags, int) and bool(flags & _WRITING)


def harm(fault: str, at: int, log: Path) -> None:
    """Sets the fault up in this process."""
    seen = 0
    own = str(log)

    def watch(event: str, words: tuple[object, ...]) -> None:
        nonlocal seen
        if event != "open" and event not in _CHANGES:
            return
        if not _writes(event, words) or str(words[0]) == own:
            return
        seen += 1
        if fault == "full" and seen >= at and (event == "open" or event in _GROWS):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if seen == at and fault in _SIGNALS:
            os.kill(os.getpid(), _SIGNALS[fault])

    if fault == "clock":
        real, real_ns, off = time.time, time.time_ns, at * 365 * 86_400
        time.time = lambda: real() + off
        time.time_ns = lambda: real_ns() + off * 1_000_000_000
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins deaf to it
    sys.addaudithook(watch)
    if fault == "count":
        atexit.register(lambda: log.write_text(str(seen)))


def main() -> int:
    """Runs the program with the fault."""
    from plugins.program.cli import main as run

    at = sys.argv.index("--")
    fault, moment, log = sys.argv[1:at]
    words = sys.argv[at + 1 :]
    sys.argv[1:] = words  # what is_watching and serve look at
    harm(fault, int(moment), Path(log))
    return run(words)


if __name__ == "__main__":
    sys.exit(main())
