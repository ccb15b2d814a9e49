"""Matters of style: warnings that never stop a brief (W801 to W808, M604, B310)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from plugins.domain.addresses import find_tracking, is_shortener
from plugins.domain.faults import Fault, Severity
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.markup import find_raw_html
from plugins.domain.stage import SourceKind

ORDER = (
    "title", "date", "date_note", "added", "countries", "topics", "stage", "measure", "summary", "sources", "dates",
    "actors", "revisions", "checked", "ai", "replaces", "status",
)  # fmt: skip
OFFICIAL = frozenset(kind.value for kind in SourceKind if kind.is_official)

_HYPE = re.compile(
    r"\b(?:shocking|stunning|bombshell|game.?changer|you won't believe|breaking|just in|unprecedented|skyrocket\w*|slams?|blasts?|mind.?blowing)\b|!|\?$",
    re.IGNORECASE,
)
_SHOUTING = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,}){2,}\b")
_LOADED = re.compile(
    r"\b(?:draconian|crackdown|landmark|historic|groundbreaking|revolutionary|notorious|infamous|heavy-handed|common.?sense|so-called"
    r"|to the moon|bullish|bearish|soar(?:s|ed|ing)?|plummet(?:s|ed|ing)?|skyrocket(?:s|ed|ing)?|surg(?:e|es|ed|ing) in price"
    r"|investors should|you should|good news|bad news|unfortunately|luckily|clearly|obviously|of course)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]?\s+(?=[A-Z“\"‘(])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov|Inc|Ltd|Co|Corp|No|Nos|Art|Sec|Reg|vs?|cf|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|St|[A-Z])|\b[A-Z]\.[A-Z])\.$"
)
_BLOCK = re.compile(r"^\s*(?:[-*+>|#]|\d+[.)]|```|\[\^)")
_STEM_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?(?=-)", re.ASCII)
_TYPED = re.compile(r"--|\.\.\.|\"")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def check_style(text: str, front: FrontMatter, shown: str, names: Mapping[str, tuple[str, ...]] | None = None) -> Iterator[Fault]:
    """The warnings of one file. ``names`` are words that a title may begin with, by country code."""

    def warn(line: int, code: str, message: str, hint: str) -> Fault:
        return Fault(shown, line, code, message, hint, Severity.WARNING)

    for line, code, message, hint in _findings(text, front, shown, names or {}):
        yield warn(line, code, message, hint)


Finding = tuple[int, str, str, str]


def _findings(text: str, front: FrontMatter, shown: str, names: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    yield from _title(front, names)
    yield from _date(front, Path(shown).stem)
    yield from _signs(front)
    yield from _order(front)
    yield from _blanks(text)
    yield from _sources(front)
    yield from _words(front)
    yield from _sentences(front)
    for at, tag in find_raw_html(front.body):
        line = front.body_line + front.body.count("\n", 0, at)
        yield line, "M604", f"`{tag[:40]}` looks like HTML and is shown as text", "write Markdown, or put code in `backticks`"


def _title(front: FrontMatter, names: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    title = front.data.get("title")
    if not isinstance(title, str):
        return
    line = front.line("title")
    hype = _HYPE.search(title)
    if hype or _SHOUTING.search(title):
        yield line, "W802", f"the title shouts or hypes (`{hype[0] if hype else title[:30]}`)", "say plainly what happened"
    codes = front.data.get("countries")
    starts = tuple(n for c in codes if isinstance(c, str) for n in names.get(c, ())) if isinstance(codes, list) else ()
    if starts and not title.casefold().removeprefix("the ").startswith(tuple(s.casefold() for s in starts)):
        yield line, "W801", "the title does not begin with the country", f"begin with `{starts[0]}` or its adjective"


def _date(front: FrontMatter, stem: str) -> Iterator[Finding]:
    date, named = front.data.get("date"), _STEM_DATE.match(stem)
    if isinstance(date, str) and named and not front.data.get("revisions") and not (date.startswith(named[0]) or named[0].startswith(date)):
        yield (
            front.line("date"),
            "B310",
            f"the file is named for {named[0]}",
            "correct one of them; a published brief keeps its name and says so in a revision",
        )


def _signs(front: FrontMatter) -> Iterator[Finding]:
    for key in ("title", "summary"):
        text = front.data.get(key)
        found = _TYPED.search(text) if isinstance(text, str) else None
        if found:
            yield front.line(key), "W808", f"`{found[0]}` in the {key}", "write “ ” for quotation marks, – for a dash and … for three dots"


def _order(front: FrontMatter) -> Iterator[Finding]:
    known = [k for k in front.data if k in ORDER]
    for before, after in pairwise(known):
        if ORDER.index(after) < ORDER.index(before):
            yield front.key_lines.get(after, 1), "W805", f"`{after}` stands after `{before}`", "`digest check --fix` puts the keys in order"
            return


def _blanks(text: str) -> Iterator[Finding]:
    found = _TRAILING.search(text)
    if found:
        yield text.count("\n", 0, found.start()) + 1, "W806", "blanks at the end of a line", "`digest check --fix` takes them away"
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield max(text.rstrip("\n").count("\n") + 1, 1), "W806", "the file does not end with one newline", "`digest check --fix` mends it"


def _sources(front: FrontMatter) -> Iterator[Finding]:
    sources = front.data.get("sources")
    if not isinstance(sources, list):
        return
    kinds = {s.get("kind") for s in sources if isinstance(s, dict)}
    if kinds and not kinds & OFFICIAL:
        yield front.line("sources"), "W807", "no official source", "add the law, ruling or notice itself where there is one"
    seen: dict[str, int] = {}
    for i, source in enumerate(sources):
        url = source.get("url") if isinstance(source, dict) else None
        if not isinstance(url, str):
            continue
        line = front.line("sources", i, "url")
        tracking = find_tracking(url)
        if tracking:
            yield line, "S502", f"the address carries {', '.join(tracking)}", "`digest check --fix` takes tracking parameters out"
        if is_shortener(url):
            yield line, "S504", "the address is a shortener", "follow it, and give the address of the page itself"
        if url in seen:
            yield line, "S503", f"source {i + 1} has the address of source {seen[url]}", "keep one of them"
        seen.setdefault(url, i + 1)


def _words(front: FrontMatter) -> Iterator[Finding]:
    for line, text in [(front.line(k), str(front.data.get(k) or "")) for k in ("title", "summary")] + list(_lines(front)):
        found = _LOADED.search(text)
        if found:
            yield line, "W803", f"`{found[0]}` takes sides or talks of prices", "say what happened, and who says so"


def _lines(front: FrontMatter) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(front.body.split("\n")):
        yield front.body_line + number, line


def _sentences(front: FrontMatter) -> Iterator[Finding]:
    for number, line in _lines(front):
        if len(split_sentences(line)) > 1:
            yield number, "W804", "two sentences on one line", "begin a new line after each sentence; `digest check --fix` does it"


def split_sentences(line: str) -> list[str]:
    """The sentences of a line of running text; an item of a list, a quotation, a row of a table and a line of code are one."""
    if _BLOCK.match(line) or line.startswith(("    ", "\t")) or "|" in line:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    found, start = [], 0
    for end in _SENTENCE_END.finditer(line):
        if not _ABBREVIATION.search(line[: end.start() + 1]):
            found.append((indent if start else "") + line[start : end.end()].rstrip())
            start = end.end()
    return [*found, (indent if start else "") + line[start:]]
