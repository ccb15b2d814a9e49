"""``digest new``: an empty brief, valid but for what only a person can write."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from plugins.desk.cleaning import clean_line
from plugins.desk.draft import build_slug, render_new
from plugins.domain.dates import parse_partial_date
from plugins.domain.faults import printable
from plugins.domain.stems import build_stem
from plugins.domain.suggest import closest
from plugins.program.draft_command import build_day
from plugins.program.failure import UseError

NAME = "new"
HELP = "write an empty brief"
EXAMPLES = """\
digest new --countries RU --topics mining "Russia signs its law on mining"
digest new --countries US-NH,US --topics reserves --date 2025-05-06 "New Hampshire may hold bitcoin"
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest new``."""
    parser.add_argument("title", metavar="TITLE", help="10 to 110 characters, the country first")
    parser.add_argument(
        "--countries", required=True, metavar="CODES", help="codes with commas between them, the main one first: RU or US-NH,US"
    )
    parser.add_argument(
        "--topics", required=True, metavar="IDS", help="names of files in content/topics, the main one first: mining,taxation"
    )
    parser.add_argument("--measure", metavar="ID", help="name of a file in content/measures")
    parser.add_argument("--date", metavar="DATE", help="when it happened: YYYY-MM-DD, YYYY-MM or YYYY (default: today)")
    parser.add_argument("-o", "--output", metavar="FILE.md", help="where to write (default: content/briefs/<year>/<date>-<title>.md)")
    parser.add_argument("--content", default="content", metavar="DIR", help="the content folder (default: content)")
    parser.add_argument("--force", action="store_true", help="write over an existing file")


def run(arguments: argparse.Namespace) -> int:
    """Writes the file and says where."""
    from plugins.domain.loading import load_vocabulary

    content = Path(arguments.content)
    if not content.is_dir():
        raise UseError(f"no content folder {printable(arguments.content)}; call digest in the project's folder, or name it with --content")
    vocabulary, _ = load_vocabulary(content)
    title = clean_line(arguments.title) or ""
    if not 10 <= len(title) <= 110:
        raise UseError(f"the title has {len(title)} characters; write 10 to 110")
    countries = _known("country", arguments.countries, vocabulary.countries)
    topics = _known("topic", arguments.topics, vocabulary.topics)
    measure = _known("measure", arguments.measure, vocabulary.measures)[0] if arguments.measure else None
    added = build_day()
    date = arguments.date or added
    try:
        parse_partial_date(date)
    except ValueError as reason:
        raise UseError(f"--date {printable(date)}: {reason}") from reason
    file = Path(arguments.output) if arguments.output else content / "briefs" / date[:4] / f"{build_stem(date, build_slug(title))}.md"
    if file.suffix != ".md":
        raise UseError(f"-o {printable(str(file))}: name a file that ends in .md")
    _write(file, render_new(title, date=date, added=added, countries=countries, topics=topics, measure=measure), force=arguments.force)
    print(printable(f"{file}: written; fill in stage, summary, sources and the text", limit=None))
    return 0


def _known(what: str, text: str, known: Iterable[str]) -> list[str]:
    """The ids in a list with commas, each one known."""
    ids = [part.strip() for part in text.split(",") if part.strip()]
    names = set(known)
    for one in ids:
        if one not in names:
            near = closest(one, names)
            mean = f"; did you mean {near}?" if near else ""
            raise UseError(f"unknown {what} {printable(one)}{mean}")
    if not ids:
        raise UseError(f"name at least one {what}")
    return list(dict.fromkeys(ids))


def _write(file: Path, text: str, *, force: bool) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
        with os.fdopen(os.open(file, flags, 0o666), "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as reason:
        raise UseError(f"{printable(str(file))} is there already; --force writes over it") from reason
    except OSError as reason:
        raise UseError(f"{printable(str(file))} cannot be written: {reason.strerror}") from reason
