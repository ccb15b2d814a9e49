"""``digest check``: all faults of all content, or of some files, for people, programs and pull requests."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.domain.checks import name_codes
from plugins.domain.faults import Fault, Severity, printable, sort_faults
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.loading import load_vocabulary
from plugins.domain.reader import FINGERPRINT, decode, read_brief
from plugins.domain.stage import Status
from plugins.domain.vocabulary import Vocabulary
from plugins.program.failure import UseError

if TYPE_CHECKING:
    from plugins.briefs.shelf import Stock
    from plugins.desk.grounding import Evidence

NAME = "check"
HELP = "Checks briefs: every fault says where it is, what is wrong and what to do."
EXAMPLES = """
digest check
digest check content/briefs/2026/2026-11-22-example.md
digest check draft.md --source article.txt
digest check --fix
digest check --changed origin/main --format json
"""
ASKED_OF_WRITERS = frozenset({"W807"})  # warnings about the files that are named, or that a branch brings, only
_LARGEST_SOURCE = 10_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest check``."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="files to check: briefs, topics, measures, pages; without any, all content"
    )
    parser.add_argument("--content", default="content", metavar="DIR", help="the content folder (default: content)")
    parser.add_argument("--cache", default=".cache", metavar="DIR", help="what is kept from run to run (default: .cache)")
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="json for programs, github to annotate a pull request"
    )
    parser.add_argument("--source", metavar="TEXTFILE", help="compare every FILE with this text: figures, names, quotations, copied words")
    parser.add_argument("--fix", action="store_true", help="mend what has one right answer")
    parser.add_argument("--changed", metavar="REV", help="only what differs from this revision, such as origin/main")
    parser.add_argument("--warnings", action="store_true", help="matters of style too; they never change the exit status")


def run(arguments: argparse.Namespace) -> int:
    """Checks. 1 where there are faults."""
    content = Path(arguments.content)
    if not content.is_dir():
        raise UseError(f"there is no content folder {content}")
    wanted = _choose(arguments, content)
    if arguments.fix:
        _fix(wanted, content)
    source = _read_source(arguments.source)
    if source is not None and not wanted:
        raise UseError("--source compares a FILE with a text: name the file")
    faults, count = check(content, Path(arguments.cache), wanted, source, style=arguments.warnings)
    report(faults, count, arguments.format, arguments.warnings)
    return 1 if any(not f.is_warning for f in faults) else 0


def _choose(arguments: argparse.Namespace, content: Path) -> list[str] | None:
    if arguments.changed:
        from plugins.program.changed import list_changed

        return list_changed(arguments.changed, content)
    for name in arguments.files:
        if not Path(name).exists() and not Path(name).is_symlink():
            raise UseError(f"there is no file {printable(name)}")
    return list(arguments.files) or None


def _fix(wanted: list[str] | None, content: Path) -> None:
    from plugins.program.fix import fix_files

    names = wanted if wanted is not None else [str(f) for f in sorted(content.glob("briefs/*/*.md")) if not f.parent.is_symlink()]
    for line in fix_files(names, content):
        print(line, file=sys.stderr)


def _read_source(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        with Path(name).open("rb") as file:
            return file.read(_LARGEST_SOURCE).decode("utf-8", "replace")
    except OSError as error:
        raise UseError(f"cannot read {name}: {error.strerror}") from error


def check(content: Path, cache: Path, wanted: list[str] | None, source: str | None, *, style: bool) -> tuple[list[Fault], int]:
    """The faults of some files, or of all content, and how many files were looked at."""
    inside, outside = _split(wanted, content)
    faults: list[Fault] = []
    count = len(outside)
    if wanted is None or inside:
        found, names = _check_content(content, cache, style=style)
        if wanted is None:
            faults += found
            inside = {name: name for name in names}
        else:
            faults += [Fault(inside[f.path], f.line, f.code, f.message, f.hint, f.severity) for f in found if f.path in inside]
        count += len(inside)
    for name in outside:
        own = read_brief(name, name).faults
        faults += name_codes(own, load_vocabulary(content)[0]) if any(f.code == "V401" for f in own) else own
    faults += _check_texts([*inside.values(), *outside], source, load_vocabulary(content)[0] if style else None)
    if wanted is None:  # a question to who writes a brief; over all content it is what the badges say
        faults = [f for f in faults if f.code not in ASKED_OF_WRITERS]
    return sort_faults(faults), count


def _split(wanted: list[str] | None, content: Path) -> tuple[dict[str, str], list[str]]:
    """Files below the content folder, by the name that its faults have, and others."""
    inside: dict[str, str] = {}
    outside = []
    root = content.resolve()
    for name in wanted or ():
        path = Path(name)
        place = path.parent.resolve() / path.name
        if any(place.is_relative_to(root / folder) for folder in ("briefs", "measures", "pages", "topics")):
            inside[f"{content.as_posix()}/{printable(place.relative_to(root).as_posix(), limit=None)}"] = name
        else:
            outside.append(name)
    return inside, outside


def _check_content(content: Path, cache: Path, *, style: bool) -> tuple[list[Fault], list[str]]:
    stock = read_stock(content, cache)
    faults = [*stock.faults, *_name_drafts(stock, content)]
    if style:
        from plugins.program.style_checks import check_collection_style

        faults += check_collection_style(stock.collection, content)
    shown = content.as_posix()
    return faults, [f"{shown}/{key}" for key in stock.paths]


def _name_drafts(stock: Stock, content: Path) -> Iterator[Fault]:
    """Drafts, of which a writer should know that nobody sees them (W810)."""
    for brief in stock.collection.briefs:
        if brief.status is Status.DRAFT:
            shown = f"{content.as_posix()}/briefs/{brief.id[:4]}/{brief.id}.md"
            yield Fault(shown, 1, "W810", "a draft: it is not published", "take out `status: draft` when it is finished", Severity.WARNING)


def read_stock(content: Path, cache: Path) -> Stock:
    """All briefs of a content folder, drafts too; what did not change since the last run is not read again."""
    from plugins.briefs.shelf import Shelf
    from plugins.briefs.versions import READERS, digest_code
    from plugins.press.lock import hold
    from plugins.press.state import State

    cache = cache / "check" if content.absolute() != (Path.cwd() / "content") else cache
    with hold(cache):
        state = State(cache)
        try:
            stock = Shelf(content, state, content.as_posix(), digest_code(READERS)).read(drafts=True)
            state.commit()
        finally:
            state.close()
    return stock


def _check_texts(names: Sequence[str], source: str | None, words: Vocabulary | None) -> Iterator[Fault]:
    """Grounding against a text or the fingerprint beside a brief; with a vocabulary matters of style too."""
    evidence: Evidence | None = None
    if source is not None:
        from plugins.desk.grounding import Evidence

        evidence = Evidence.from_text(source)
    with_fingerprint = set(_find_with_fingerprint(names))
    for name in names if evidence is not None or words is not None else with_fingerprint:
        path = Path(name)
        reading = read_brief(path, name)
        front = reading.front
        if front is None:
            continue
        if words is not None:
            from plugins.program.style_checks import check_file_style

            yield from check_file_style(path, front, name, words)
        if evidence is not None or name in with_fingerprint:
            yield from _ground(name, front, evidence, path.with_name(path.stem + FINGERPRINT))


def _find_with_fingerprint(names: Iterable[str]) -> Iterator[str]:
    """The files of briefs beside which a fingerprint lies; each folder is looked at once."""
    found: dict[str, set[str]] = {}
    for name in names:
        folder, file = os.path.split(name)
        if folder not in found:
            found[folder] = set()
            with contextlib.suppress(OSError), os.scandir(folder or ".") as entries:
                found[folder] = {e.name for e in entries if e.name.endswith(FINGERPRINT) and e.is_file()}
        if found[folder] and Path(file).stem + FINGERPRINT in found[folder]:
            yield name


def _ground(name: str, front: FrontMatter, evidence: Evidence | None, fingerprint: Path) -> Iterator[Fault]:
    """Figures, names, quotations and copied words of a brief against its evidence."""
    from plugins.desk.grounding import Evidence, check_grounding
    from plugins.domain.fingerprints import read_fingerprint_text

    if evidence is None:
        text, fault = read_fingerprint_text(fingerprint)
        if fault:
            yield fault
            return
        from plugins.desk.fingerprint import parse_fingerprint

        try:
            evidence = Evidence.from_fingerprint(parse_fingerprint(text))
        except ValueError as error:
            yield Fault(
                str(fingerprint), 1, "C703", f"the fingerprint cannot be read: {error}", "draft the brief again, or take the file away"
            )
            return
    whole, _ = decode(Path(name).read_bytes(), name)
    yield from check_grounding(front, name, evidence, whole)


def report(faults: list[Fault], count: int, form: str, warnings: bool) -> None:
    """Prints the faults in a form."""
    shown = [f for f in faults if warnings or not f.is_warning]
    if form == "json":
        json.dump([f.as_json() for f in shown], sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    for fault in shown:
        print(_annotation(fault) if form == "github" else fault)
    drafts = [f.path for f in faults if f.code == "W810"]
    bad = sum(not f.is_warning for f in faults)
    notes = len(faults) - bad - len(drafts)
    closing = f"{count:,} {'brief' if count == 1 else 'briefs'}: {bad} {'fault' if bad == 1 else 'faults'}"
    closing += f", {notes} {'warning' if notes == 1 else 'warnings'}" if notes else ""
    if drafts:
        closing += f"; not published: {len(drafts):,} {'draft' if len(drafts) == 1 else 'drafts'}, such as {drafts[-1]}"
    print(printable(closing, limit=None), file=sys.stderr)


def _annotation(fault: Fault) -> str:
    """A fault as a workflow command of GitHub Actions, with everything escaped that could begin another one."""
    kind = "warning" if fault.is_warning else "error"

    def data(text: str) -> str:
        return printable(text, limit=None).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    hint = f"; {fault.hint}" if fault.hint else ""
    return f"::{kind} file={value(fault.path)},line={fault.line},title={value(fault.code)}::{data(fault.message + hint)}"
