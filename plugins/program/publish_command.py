"""``digest publish``: a complete, checked release, switched in at one go."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import urlsplit

from plugins.program.failure import UseError
from plugins.program.project import add_folders, find_project, load_settings, log_plainly, prepare_environment

NAME = "publish"
HELP = "Makes a complete, checked release in releases/, and switches the link `public` to it. A release that fails changes nothing."
EXAMPLES = """
SITE_URL=https://digest.example.org digest publish
digest publish --to /srv/digest --site-url https://digest.example.org
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest publish``."""
    add_folders(parser)
    parser.add_argument("--to", default=".", metavar="DIR", help="the folder that holds releases/ and public (default: the project)")
    parser.add_argument("--no-search", action="store_true", help="leave the search index out")


def run(arguments: argparse.Namespace) -> int:
    """Publishes. 1 where briefs were refused: the last release stays."""
    from plugins.press.lock import BusyError, hold
    from plugins.press.release import Place, ReleaseError

    project = find_project()
    prepare_environment(arguments)
    log_plainly()
    place = Place((project / arguments.to).absolute())
    try:
        with hold(place.releases, wait=False):
            return _publish(arguments, place)
    except BusyError as error:
        raise UseError(str(error)) from error
    except ReleaseError as error:
        raise UseError(f"{error}; the last release stays as it is") from error


def _publish(arguments: argparse.Namespace, place: object) -> int:
    from plugins.press.release import Place, ReleaseError, begin, clear, finish

    assert isinstance(place, Place)
    folder = begin(place)
    try:
        status = _build(arguments, folder)
        if status:
            print("not published: the last release stays as it is")
            return status
        number = finish(place, folder)
    except OSError as error:
        raise ReleaseError(f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}") from error
    finally:
        clear(place)
    print(f"release {number} is public: {place.public}")
    return 0


def _build(arguments: argparse.Namespace, folder: Path) -> int:
    from plugins.press.inspect_site import inspect_counts, inspect_site
    from plugins.press.release import ReleaseError
    from plugins.program.build_command import count_stock, make_search, run_build
    from plugins.program.headers import write_headers

    arguments.output = str(folder)
    arguments.cache = arguments.cache or ".cache/publish"
    settings = load_settings(arguments)
    status = run_build(settings)
    if status:
        return status
    briefs, files = count_stock(Path(settings["CACHE_PATH"]))
    problems = inspect_counts(folder, briefs, files) + inspect_site(folder, urlsplit(str(settings["SITEURL"])).path.rstrip("/") + "/")
    if problems:
        for problem in problems:
            print(problem)
        raise ReleaseError(f"the release has {len(problems)} problems, first: {problems[0]}")
    if not arguments.no_search:
        make_search(str(folder))
    write_headers(folder)
    return 0
