"""``digest serve``: builds, serves on this machine, and rebuilds as files change."""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from plugins.briefs.memory import Memory
from plugins.program.failure import UseError
from plugins.program.project import SETTINGS, add_folders, find_project, load_settings, log_plainly, prepare_environment

if TYPE_CHECKING:
    from plugins.program.server import Server

NAME = "serve"
HELP = "Builds the digest, serves it on this machine, and rebuilds as files change. Drafts are shown, with a banner."
EXAMPLES = """
digest serve
digest serve --port 8001
"""
SETTLE = 40  # milliseconds of quiet after a change before the build begins
QUIET = 5  # seconds after the last change until everything is looked at, outputs too
log = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest serve``."""
    add_folders(parser)
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="the port (default: 8000)")


def run(arguments: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    if not 0 < arguments.port < 65536:
        raise UseError("--port is a number from 1 to 65535")
    project = find_project()
    prepare_environment(arguments, f"http://localhost:{arguments.port}")
    log_plainly()
    settings = load_settings(arguments, SHOW_DRAFTS=True, SERVING=True)
    logging.setLoggerClass(logging.Logger)  # Pelican's tell each line once; what every build of a preview says is wanted again
    output = Path(settings["OUTPUT_PATH"])
    output.mkdir(parents=True, exist_ok=True)
    server = _listen(output, arguments.port, settings["SITEURL"])
    watched = [Path(settings["PATH"]), Path(settings["THEME"]), project / "plugins", project / SETTINGS]
    try:
        changes = Watch(watched, ignore=(output, Path(settings["CACHE_PATH"]), project / "plugins" / "desk"))
        memory = settings["MEMORY"] = Memory()
        _build(settings)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"The digest is at http://localhost:{arguments.port}/ (stop with Ctrl-C)", flush=True)
        for paths in changes:
            code = [Path(p) for p in paths if p.endswith(".py")]
            if code and not _is_sound(code):
                continue
            if code:
                server.server_close()
                _restart()
            memory.changed = list_changed(paths, settings["PATH"], settings["THEME"]) if paths else None
            _build(settings)
    except KeyboardInterrupt:
        print("stopped")
    finally:
        server.server_close()
    return 0


def list_changed(paths: Iterable[str], content: str, theme: str) -> frozenset[str] | None:
    """The changed paths in the content folder; None where one lies neither there nor in the theme."""
    content, theme = f"{content}{os.sep}", f"{theme}{os.sep}"
    if not all(path.startswith((content, theme)) for path in paths):
        return None
    return frozenset(path for path in paths if path.startswith(content))


def _listen(output: Path, port: int, site_url: str) -> Server:
    from plugins.program.server import Server

    try:
        return Server(output, port, urlsplit(site_url).path.rstrip("/") + "/")
    except OSError as error:
        raise UseError(f"port {port} is taken; choose another one with --port") from error


def _build(settings: dict[str, object]) -> None:
    """One build; whatever happens, the preview goes on."""
    from plugins.program.build_command import run_build

    gc.disable()  # a look for cycles in the middle of a build goes through all that it holds, and finds nothing
    try:
        run_build(settings)
    except UseError as error:
        log.error("%s", error)
    except Exception as error:  # noqa: BLE001 - a broken template must not end the preview
        log.error("the build failed: %s: %s", type(error).__name__, error)
    finally:
        gc.enable()
    gc.collect()
    if not gc.get_freeze_count():  # what stays from the first build to the last is not looked through after each
        gc.freeze()


def _is_sound(files: Iterable[Path]) -> bool:
    """Whether Python can read the files; what is wrong is told, and the preview goes on as it was."""
    for file in files:
        try:
            compile(file.read_bytes(), str(file), "exec")
        except FileNotFoundError:
            continue
        except (SyntaxError, ValueError, OSError) as error:
            log.error("%s: %s; the preview goes on without it", file.name, error)
            return False
    return True


def _restart() -> None:
    """Starts again with new code."""
    print("code or settings changed: starting again", flush=True)
    os.execv(sys.executable, [sys.executable, "-m", "plugins.program.cli", *sys.argv[1:]])  # noqa: S606 - ourselves


Stamps = dict[str, tuple[int, int]]


class Watch:
    """Paths that changed, in batches: what changes while a build runs comes with the next batch, and with the first what changed since this was made.

    An empty batch tells that nothing changed for some time after a change.
    """

    def __init__(self, paths: list[Path], ignore: tuple[Path, ...]) -> None:
        self._paths = [p for p in paths if p.exists()]
        self._ignore = tuple(f"{p.resolve()}{os.sep}" for p in ignore)
        self._before = self._look()

    def __iter__(self) -> Iterator[set[str]]:
        from watchfiles import watch

        batches = watch(
            *self._paths,
            watch_filter=lambda _, path: self._is_wanted(path),
            debounce=SETTLE * 4,
            step=SETTLE,
            rust_timeout=1_000,
            yield_on_timeout=True,
            raise_interrupt=True,
        )
        paths = {path for _, path in next(batches)}  # from here on it sees what happens; what happened before, we look for
        paths |= {path for path, _ in self._before.items() ^ self._look().items()}
        self._before = {}
        if paths:
            yield paths
        quiet = QUIET  # nothing changed yet
        for batch in batches:
            quiet = 0 if batch else quiet + 1
            if batch or quiet == QUIET:
                yield {path for _, path in batch}

    def _is_wanted(self, path: str) -> bool:
        name = os.path.basename(path)
        return not (
            path.startswith(self._ignore)
            or name.startswith((".", "#"))
            or name.endswith(("~", ".pyc", ".swp", ".tmp"))
            or "__pycache__" in path
        )

    def _look(self) -> Stamps:
        """Time stamp and size of every file that is watched."""
        found: Stamps = {}
        folders = [str(p) for p in self._paths if p.is_dir()]
        for folder in folders:  # which grows
            with contextlib.suppress(OSError), os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif self._is_wanted(entry.path):
                        found[entry.path] = _stamp(entry)
        for file in self._paths:
            if file.is_file():
                found[str(file)] = _stamp(file)
        return found


def _stamp(file: Path | os.DirEntry[str]) -> tuple[int, int]:
    try:
        info = file.stat(follow_symlinks=False)
    except OSError:
        return 0, 0
    return info.st_mtime_ns, info.st_size
