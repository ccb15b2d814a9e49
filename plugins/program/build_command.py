"""``digest build``: builds the digest into a folder, incrementally."""

from __future__ import annotations

import argparse
import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from plugins.edition.site import read_build_day
from plugins.program.failure import UseError
from plugins.program.project import SETTINGS, add_folders, choose_folders, find_project, load_settings, log_plainly, prepare_environment

NAME = "build"
HELP = "Builds the digest into a folder; only what changed is made again."
EXAMPLES = """
digest build
digest build --output /tmp/site --site-url https://digest.example.org
digest build --search
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest build``."""
    add_folders(parser)
    parser.add_argument("--search", action="store_true", help="make the search index too (pagefind)")


def run(arguments: argparse.Namespace) -> int:
    """Builds. 1 where briefs were refused: the others are published."""
    prepare_environment(arguments)
    log_plainly()
    status, output = build(arguments)
    if arguments.search:
        make_search(output)
    return status


def make_search(output: str) -> None:
    """The search index of a built site. Raises UseError where it cannot be made."""
    from plugins.search.pagefind import NoSearchError, index_site

    try:
        print(f"search index: {index_site(Path(output))}")
    except NoSearchError as error:
        raise UseError(str(error)) from error


def build(arguments: argparse.Namespace) -> tuple[int, str]:
    """One build: the exit status and the output folder. Where nothing changed, next to nothing is imported."""
    from plugins.press.inputs import Listed, digest_inputs, find_closing_line, remember_inputs
    from plugins.press.state import is_sealed

    started = time.perf_counter()
    project = find_project()
    folders = choose_folders(arguments, project)
    watched = [folders["PATH"], project / "theme", project / "plugins", project / SETTINGS]
    output, cache = folders["OUTPUT_PATH"], folders["CACHE_PATH"]
    listed: Listed = {}
    listed_at = time.monotonic()
    inputs = digest_inputs(watched, os.environ, f"{output} {read_build_day(os.environ)}", listed)
    closing = find_closing_line(cache, output, inputs) if inputs else None
    if closing:
        print(f"{closing} in {time.perf_counter() - started:.1f} s")
        return 0, str(output)
    settings = load_settings(arguments, LISTED=listed, LISTED_AT=listed_at)
    status = run_build(settings)
    if inputs and not status and is_sealed(cache) and settings["THEME"] == str(project / "theme"):
        remember_inputs(cache, inputs, _describe(*count_stock(cache)))
    return status, settings["OUTPUT_PATH"]


def _describe(briefs: int, files: int) -> str:
    """The closing line of a build that finds nothing changed."""
    return f"{briefs:,} {'brief' if briefs == 1 else 'briefs'}, {files:,} files: 0 written, 0 deleted, {files:,} unchanged"


def count_stock(cache: Path) -> tuple[int, int]:
    """How many briefs the last build published, and how many files."""
    db = sqlite3.connect(f"file:{cache / 'state.sqlite'}?mode=ro", uri=True)
    try:
        counts = dict(db.execute("SELECT name, value FROM meta WHERE name IN ('briefs', 'files')"))
    finally:
        db.close()
    return int(counts["briefs"]), int(counts["files"])


def run_build(settings: dict[str, Any]) -> int:
    """One build with settings, through Pelican where they need it; 1 where briefs were refused. Raises UseError."""
    from plugins.briefs.plugin import PLAIN, MissingPluginError
    from plugins.press.files import UnwritableError
    from plugins.press.output import BadPathError, ClaimError
    from plugins.press.press import ForeignFolderError
    from plugins.program.host import build_plainly

    try:
        refused = build_plainly(settings) if settings.get(PLAIN) else _run_pelican(settings)
    except (ClaimError, BadPathError, ForeignFolderError, UnwritableError, MissingPluginError) as error:
        raise UseError(str(error)) from error
    return 1 if refused else 0


def _run_pelican(settings: dict[str, Any]) -> int:
    from pelican import Pelican
    from pelican.log import console

    console.quiet = True  # the closing line is ours
    try:
        Pelican(settings).run()
    except SystemExit as error:
        return int(error.code or 0)
    return 0
