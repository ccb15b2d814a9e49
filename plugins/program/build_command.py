"""``digest build``: builds the digest into a folder, incrementally."""

from __future__ import annotations

import argparse
from pathlib import Path

from plugins.program.failure import UseError
from plugins.program.project import add_folders, load_settings, log_plainly, prepare_environment

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
    """One build through Pelican: the exit status and the output folder. Raises UseError for failures with a known cause."""
    settings = load_settings(arguments)
    return run_pelican(settings), settings["OUTPUT_PATH"]


def run_pelican(settings: dict[str, object]) -> int:
    """Runs Pelican with settings; 1 where briefs were refused."""
    from pelican import Pelican
    from pelican.log import console

    from plugins.press.files import UnwritableError
    from plugins.press.output import BadPathError, ClaimError
    from plugins.press.press import ForeignFolderError

    try:
        console.quiet = True  # the closing line is ours
        host = Pelican(settings)
        host.run()
    except (ClaimError, BadPathError, ForeignFolderError, UnwritableError) as error:
        raise UseError(str(error)) from error
    except SystemExit as error:
        return int(error.code or 0)
    return 0
