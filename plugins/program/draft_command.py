"""``digest draft``: from articles to draft briefs."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.desk.article import Article, FoundDate, RefusedInput, warn
from plugins.desk.inputs import STANDARD_INPUT, read_input
from plugins.desk.targets import Target, check_free, choose_target, write_draft
from plugins.domain.dates import parse_partial_date
from plugins.domain.faults import Fault, printable
from plugins.edition.site import read_build_day
from plugins.program.failure import UseError

if TYPE_CHECKING:
    from plugins.desk.draft import WrittenParts
    from plugins.desk.findings import Findings

NAME = "draft"
HELP = "draft a brief from an article"
EXAMPLES = """\
digest draft https://example.org/news/mining-bill
digest draft page.html --date 2024-05-16
digest draft law.pdf -o content/briefs/2024/2024-05-16-germany-mining-bill.md
digest draft saved/*.html -o drafts
pbpaste | digest draft - --date 2024-05
"""
_CLEAR_AFTER = 200  # inputs: what libraries keep for speed is let go


@dataclass(slots=True)
class _Run:
    """What all inputs of one run share."""

    options: argparse.Namespace
    vocabulary: Any
    known_actors: tuple[str, ...]
    added: str
    shelf: Any = None
    refused: int = 0
    entries: list[dict[str, Any]] = field(default_factory=list)

    @property
    def briefs(self) -> Path:
        return Path(self.options.content) / "briefs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest draft``."""
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="an address, a file .html, .pdf or .txt, or - for standard input")
    parser.add_argument(
        "-o", "--output", metavar="FILE.md|FOLDER", help="where to write (default: content/briefs/<year>/<date>-<title>.md)"
    )
    parser.add_argument("--content", default="content", metavar="DIR", help="the content folder to compare with (default: content)")
    parser.add_argument("--cache", default=".cache", metavar="DIR", help="what is kept from run to run, and the evidence (default: .cache)")
    parser.add_argument("--date", metavar="DATE", help="when it happened, where the page does not say: YYYY-MM-DD, YYYY-MM or YYYY")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: everything that was found, for programs")
    parser.add_argument("--force", action="store_true", help="write over an existing draft")
    parser.add_argument("--no-fingerprint", action="store_true", help="write no fingerprint beside the draft")
    parser.add_argument("--model", metavar="NAME", help="let a language model write the draft (needs the extra [llm])")
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="HOST:PORT", help="a host that need not be public; may be given again"
    )


def run(arguments: argparse.Namespace) -> int:
    """Drafts all inputs. 0 all drafted, 1 at least one refused."""
    inputs = arguments.inputs or ([STANDARD_INPUT] if not sys.stdin.isatty() else [])
    _check_use(arguments, inputs)
    state = _prepare(arguments)
    with _progress(inputs, arguments) as advance:
        for number, name in enumerate(inputs, 1):
            _draft_one(name, state)
            advance()
            if number % _CLEAR_AFTER == 0:
                _clear_caches()
    if arguments.format == "json":
        json.dump(state.entries, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    return 1 if state.refused else 0


def _check_use(arguments: argparse.Namespace, inputs: list[str]) -> None:
    missing = [name for name in ("trafilatura", "justext", "pypdf") if find_spec(name) is None]
    if missing:
        raise UseError(f"drafting needs {', '.join(missing)}: call `make brief FROM=...` once, or pip install '.[draft]'")
    if not inputs:
        raise UseError("give an address or a file to draft from, or - for standard input; `digest draft --help` shows examples")
    if arguments.output and arguments.output.endswith(".md") and len(inputs) > 1:
        raise UseError("-o names one file, but there are several inputs; name a folder")
    if arguments.date:
        try:
            parse_partial_date(arguments.date)
        except ValueError as reason:
            raise UseError(f"--date {printable(arguments.date)}: {reason}") from reason
    for host in arguments.allow_host:
        if not re.fullmatch(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):\d{1,5}", host):
            raise UseError(f"--allow-host {printable(host)}: write HOST:PORT")
    if not Path(arguments.content).is_dir():
        raise UseError(f"no content folder {printable(arguments.content)}; call digest in the project's folder, or name it with --content")


def _prepare(arguments: argparse.Namespace) -> _Run:
    from plugins.desk.duplicates import Shelf
    from plugins.desk.known_actors import load_known_actors
    from plugins.domain.loading import load_vocabulary

    content = Path(arguments.content)
    vocabulary, _ = load_vocabulary(content)
    briefs = content / "briefs"
    return _Run(arguments, vocabulary, load_known_actors(briefs), build_day(), Shelf.read(briefs, Path(arguments.cache)))


def build_day() -> str:
    """The build day as ``YYYY-MM-DD``. Raises UseError."""
    try:
        return read_build_day(os.environ).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise UseError("SOURCE_DATE_EPOCH is no number of seconds since 1970") from error


def _draft_one(name: str, state: _Run) -> None:
    """Drafts one input; a refusal is printed, counted and part of the JSON."""
    from plugins.desk.findings import findings_json, refusal_json, study_article

    article: Article | None = None
    try:
        article = _dated(read_input(name, state.options.allow_host, sys.stdin.buffer), state)
        found = study_article(article, state.vocabulary, state.known_actors)
        date = state.options.date or (article.date.text if article.date else None)
        target = None
        if state.options.output or state.options.format != "json":
            target = choose_target(article, state.options.output, state.briefs, date, Path(state.options.cache))
        found = replace(found, warnings=(*found.warnings, *_find_copies(article, state, target)))
        if target:
            found = _write(found, target, date, state)
    except RefusedInput as reason:
        state.refused += 1
        print(f"{printable(name)}: {reason}", file=sys.stderr)
        if state.options.format == "json":
            state.entries.append(refusal_json(name, str(reason), reason.article or article))
        return
    if state.options.format == "json":
        state.entries.append(findings_json(found, str(target.draft) if target else None))
    else:
        print("\n".join(_report(found, target, date)))


def _dated(article: Article, state: _Run) -> Article:
    """The article with a date that lies after the build day made a guess."""
    found = article.date
    if found and parse_partial_date(found.text).first.isoformat() > state.added:
        return replace(article, date=None, guessed_date=FoundDate(found.text, f"{found.how}, but it lies ahead"))
    return article


def _find_copies(article: Article, state: _Run, target: Target | None) -> Iterator[Fault]:
    """Warnings D1: briefs that the article looks like a copy of."""
    from plugins.desk.fingerprint import build_fingerprint

    fingerprint = build_fingerprint(article.title, article.tagged_text)
    own = target.draft.stem if target else None
    for copy in state.shelf.find(fingerprint, [article.url] if article.url else [], own):
        yield warn(article.path, "D1", copy.message, copy.hint)


def _write(found: Findings, target: Target, date: str | None, state: _Run) -> Findings:
    """Writes draft, fingerprint and evidence; the findings, with a warning where the model failed."""
    from plugins.desk.draft import render_draft
    from plugins.desk.evidence import render_evidence
    from plugins.desk.fingerprint import build_fingerprint

    article = found.article
    check_free(target, force=state.options.force)
    written, found = _ask_model(found, state)
    draft = render_draft(found, date=date, added=state.added, evidence=target.evidence.as_posix(), written=written)
    fingerprint = None
    if not state.options.no_fingerprint:
        fingerprint = build_fingerprint(article.title, article.full_text, article.date.text if article.date else None).to_json()
    write_draft(target, draft, fingerprint, render_evidence(found))
    return found


def _ask_model(found: Findings, state: _Run) -> tuple[WrittenParts | None, Findings]:
    """What a model wrote, if one was asked for and its answer holds."""
    if not state.options.model:
        return None, found
    from plugins.desk.model import ModelFailed, ModelUnavailable, write_with_model

    try:
        return write_with_model(found, state.vocabulary, state.options.model), found
    except ModelUnavailable as reason:
        raise UseError(str(reason)) from reason
    except ModelFailed as reason:
        fault = warn(found.article.path, "A3", str(reason), "this is the draft without a model")
        return None, replace(found, warnings=(*found.warnings, fault))


def _report(found: Findings, target: Target | None, date: str | None) -> list[str]:
    """What was written and what is still wanted, for a person."""
    article = found.article
    lines = [f"{target.draft if target else article.path}: drafted"]
    for label, entries in (
        ("countries", found.countries),
        ("topics", found.topics),
        ("stage?", found.stages),
        ("measure?", found.measures),
    ):
        if entries:
            lines.append(f"  {label:10} " + "; ".join(f"{entry.id} {entry.weight:.2f}: {entry.reason}" for entry in entries))
    open_keys = ["stage", "summary", "body", *([] if date else ["date"])]
    open_keys += [
        f"the source's {key}"
        for key, value in (("address", article.url), ("title", article.title), ("publisher", article.publisher))
        if not value
    ]
    lines.append(f"  to write   {', '.join(open_keys)}")
    if article.guessed_date and not date:
        lines.append(f"  date?      perhaps {article.guessed_date.text} ({article.guessed_date.how}); --date sets it")
    if target:
        lines.append(f"  read       {target.evidence}")
    lines += [f"  warning    {fault.code} {fault.message}; {fault.hint}" for fault in found.warnings]
    return [printable(line, limit=400) for line in lines]


def _progress(inputs: list[str], arguments: argparse.Namespace) -> Any:
    """A progress bar on standard error where many inputs meet a terminal."""
    if len(inputs) < 4 or not sys.stderr.isatty() or (arguments.format == "text" and sys.stdout.isatty()):
        return nullcontext(lambda: None)
    from rich.console import Console
    from rich.progress import Progress

    class _Bar(Progress):
        def __enter__(self) -> Any:
            super().__enter__()
            task = self.add_task("drafting", total=len(inputs))
            return lambda: self.advance(task)

    return _Bar(console=Console(stderr=True), transient=True)


def _clear_caches() -> None:
    """Lets go of what trafilatura and its parts keep for speed, so that memory does not grow with the number of inputs."""
    meta = sys.modules.get("trafilatura.meta")
    if meta is not None:
        meta.reset_caches()
