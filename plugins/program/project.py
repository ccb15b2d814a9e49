"""The project in the folder in which the program is called, and its settings."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import Any

from plugins.edition.site import check_site_url, read_build_day
from plugins.program.failure import UseError

SETTINGS = "pelicanconf.py"


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The options that say where a build reads and writes."""
    parser.add_argument("--content", metavar="DIR", help="the content folder (default: content)")
    parser.add_argument("--output", metavar="DIR", help="where to write (default: output)")
    parser.add_argument("--cache", metavar="DIR", help="what is kept from build to build (default: .cache)")
    parser.add_argument("--site-url", metavar="URL", help="the public address (default: SITE_URL, else http://localhost:8000)")


def find_project() -> Path:
    """The project's folder. Raises UseError where the program is called elsewhere."""
    here = Path.cwd()
    if not (here / SETTINGS).is_file():
        raise UseError(f"there is no {SETTINGS} in {here}; call digest in the folder of the project")
    return here


def prepare_environment(arguments: argparse.Namespace, default_url: str = "") -> None:
    """Checks what comes from the environment, and puts ``--site-url`` there for the settings. Raises UseError."""
    if not os.environ.get("SITE_URL"):
        os.environ.pop("SITE_URL", None)  # empty: a variable that nobody set
    url = getattr(arguments, "site_url", None) or os.environ.get("SITE_URL") or default_url
    try:
        if url:
            os.environ["SITE_URL"] = check_site_url(url)
        read_build_day(os.environ)
    except (ValueError, OverflowError, OSError) as error:
        message = str(error) if "SITE_URL" in str(error) else "SOURCE_DATE_EPOCH is no number of seconds since 1970"
        raise UseError(message) from error


def load_settings(arguments: argparse.Namespace, **more: Any) -> dict[str, Any]:
    """The settings with the folders of the command line. Imports Pelican where they ask for what only it has. Raises UseError."""
    from plugins.program.host import read_plainly

    project = find_project()
    folders = choose_folders(arguments, project)
    if not folders["PATH"].is_dir():
        raise UseError(f"there is no content folder {folders['PATH']}")
    override = {name: str(folder) for name, folder in folders.items()} | {"ON_REFUSED": "report"} | more
    sys.path.insert(0, str(project))
    try:
        return read_plainly(project / SETTINGS, override) or _load_with_pelican(project / SETTINGS, override)
    finally:
        sys.path.remove(str(project))


def _load_with_pelican(file: Path, override: dict[str, Any]) -> dict[str, Any]:
    from pelican.settings import read_settings

    return dict(read_settings(str(file), override=override))


def choose_folders(arguments: argparse.Namespace, project: Path) -> dict[str, Path]:
    """Content, output and cache folder by their names in the settings."""
    return {
        "PATH": (project / (arguments.content or "content")).absolute(),
        "OUTPUT_PATH": (project / (arguments.output or "output")).absolute(),
        "CACHE_PATH": (project / (arguments.cache or ".cache")).absolute(),
    }


class PlainHandler(logging.Handler):
    """Prints each record as one plain line; faults are never wrapped or cut."""

    def emit(self, record: logging.LogRecord) -> None:
        """Prints the message to standard error, information to standard output."""
        stream = sys.stdout if record.levelno <= logging.INFO else sys.stderr
        print(record.getMessage(), file=stream, flush=True)


def log_plainly() -> None:
    """Our messages at information level, Pelican's and the libraries' at warning level, as plain lines."""
    root = logging.getLogger()
    root.handlers = [PlainHandler()]
    root.setLevel(logging.WARNING)
    logging.getLogger("plugins").setLevel(logging.INFO)
