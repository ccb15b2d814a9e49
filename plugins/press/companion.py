"""What a process that helps a build promises: it obeys signals at once, and outlives nobody."""

from __future__ import annotations

import os
import threading


def stay_with_parent() -> None:
    """Called first in a forked process: SIGTERM ends it, Ctrl-C is left to the process that started it, and it ends with that one."""
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A helper that went on would hold the lock of a build that was killed."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
