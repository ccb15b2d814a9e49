"""The text of a draft brief: front matter filled in where something is certain, everything else open."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slugify import slugify

from plugins.desk.cleaning import clean_line
from plugins.domain.dates import parse_partial_date
from plugins.domain.stage import SourceKind, Stage

if TYPE_CHECKING:
    from plugins.desk.article import Article
    from plugins.desk.findings import Findings
    from plugins.desk.suggestion import Suggestion

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ./_-]*[A-Za-z0-9]|[A-Z]{2}(?:-[A-Z0-9]+)?|\d{4}(?:-\d\d(?:-\d\d)?)?")
_SHORTEST_TITLE, _LONGEST_TITLE = 10, 110  # characters, DESIGN.md section 2
_LONGEST_SLUG = 70
_LONGEST_REASON = 110
_OFFICIAL_HOST = re.compile(
    r"(?:^|\.)(?:gov|gob|gouv|govt|go|gub|guv|gv|admin|europa|gc|government|parliament|bundestag|legifrance|un|bis|fatf-gafi|imf|fsb|iosco|oecd|federalregister)"
    r"(?:\.[a-z]{2,3})?$|(?:^|\.)(?:gov|mil|int)(?:\.[a-z]{2})?$"
)
# Placeholders without figures and names, so that the checks of grounding have nothing to say about them.
_PLACEHOLDERS = """\
[write what changed, and who says so, in your own words]

[write who is affected]

[write what is not known, and what the sources do not say]

[write what comes next, and when]
"""
_HOW_TO = "# The text: 60 to 400 words of your own in three to six short paragraphs, one sentence per line; no [placeholder] may stay."


@dataclass(frozen=True, slots=True)
class WrittenParts:
    """What somebody or something has written for a draft already; empty texts stay open."""

    title: str = ""
    summary: str = ""
    body: str = ""
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    ai: str = "assisted"


def render_draft(found: Findings, *, date: str | None, added: str, evidence: str, written: WrittenParts | None = None) -> str:
    """The draft of a brief from findings.

    ``date`` is the day of the brief where known, ``added`` the build day, ``evidence`` the path that the first comment names.
    """
    article, parts = found.article, written or WrittenParts()
    lines = [
        "---",
        f"# Fill in what is open, then take out the status line and the comments. Reasons and sentences: {_comment(evidence)}",
        "status: draft",
        *_title_lines(article, parts.title),
        *_date_lines(article, date),
        f"added: {added}",
        *_list_lines("countries", found.countries, parts.countries),
        *_list_lines("topics", found.topics, parts.topics),
        f"# Where does the measure stand? {_likely(found.stages)} All: {' '.join(stage.value for stage in Stage)}.",
        "stage:",
        *(f"# measure: {entry.id}  # {_comment(entry.reason)}" for entry in found.measures[:2]),
        f"summary: {scalar(parts.summary)}" if parts.summary else "summary:  # one or two sentences of your own, 40 to 300 characters",
        "sources:",
        *source_lines(article),
        *_coming_lines(found, parts),
    ]
    if found.actors:
        lines.append(f"# actors: [{', '.join(scalar(name) for name in found.actors[:8])}]")
    if parts.ai == "assisted":
        lines.append("# assisted: a machine found, a person writes; `none` or `drafted` if it was otherwise.")
    lines += [f"ai: {parts.ai}", *([] if parts.body else [_HOW_TO]), "---", ""]
    return "\n".join(lines) + (parts.body.strip() + "\n" if parts.body else _PLACEHOLDERS)


def render_new(title: str, *, date: str, added: str, countries: Sequence[str], topics: Sequence[str], measure: str | None) -> str:
    """An empty brief: valid but for what only a person can write."""
    lines = [
        "---",
        "# Fill in what is open, then take out the status line and the comments.",
        "status: draft",
        f"title: {scalar(title)}",
        f"date: {date}",
        f"added: {added}",
        f"countries: [{', '.join(countries)}]",
        f"topics: [{', '.join(topics)}]",
        f"# Where does the measure stand? One of: {' '.join(stage.value for stage in Stage)}.",
        "stage:",
        *([f"measure: {measure}"] if measure else []),
        "summary:  # one or two sentences, 40 to 300 characters",
        "sources:",
        "  - url:  # complete, without tracking parameters",
        "    title:",
        "    publisher:",
        f"    kind:  # {' '.join(kind.value for kind in SourceKind)}",
        "ai: none  # assisted or drafted, if a machine had a part in it",
        _HOW_TO,
        "---",
        "",
    ]
    return "\n".join(lines) + _PLACEHOLDERS


def scalar(text: str) -> str:
    """A YAML scalar that reads back as this text and as nothing else; JSON strings are YAML."""
    line = clean_line(text) or ""
    if _PLAIN.fullmatch(line) and line.lower() not in ("true", "false", "null", "yes", "no", "on", "off", "y", "n", "none"):
        return line
    return json.dumps(line, ensure_ascii=False)


def build_slug(title: str) -> str:
    """The words of a title as the slug of a file name, cut at a word."""
    return slugify(title.replace("’", "'").replace("'", ""), max_length=_LONGEST_SLUG, word_boundary=True, save_order=True)


def source_lines(article: Article) -> list[str]:
    """The source as an entry of ``sources``; what is not known stands open."""
    kind, note = _kind(article)
    lines = [
        f"  - url: {scalar(article.url)}" if article.url else "  - url:  # complete, without tracking parameters",
        f"    title: {scalar(article.title[:400])}" if article.title else "    title:",
        f"    publisher: {scalar(article.publisher)}" if article.publisher else "    publisher:",
        f"    kind: {kind}{note}",
    ]
    if article.author:
        lines.append(f"    author: {scalar(article.author)}")
    if article.date:
        lines.append(f"    date: {article.date.text}")
    if article.language and article.language != "en":
        lines.append(f"    lang: {article.language}")
    return lines


def _kind(article: Article) -> tuple[str, str]:
    """Who speaks in the source, and a comment: only a page that calls itself news is taken at its word."""
    host = re.sub(r"^https?://|[:/].*$", "", article.url or "")
    if _OFFICIAL_HOST.search(host):
        return "", " # law, government, parliament, regulator, court or body?"
    if article.is_news:
        return SourceKind.PRESS.value, ""
    return "", f" # {' '.join(kind.value for kind in SourceKind)}"


def _title_lines(article: Article, title: str) -> list[str]:
    if title:
        return [f"title: {scalar(title)}"]
    given = article.title or ""
    if len(given) > _LONGEST_TITLE:
        given = given[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
    if len(given) < _SHORTEST_TITLE:
        return ['title: "[write a title, the country first]"  # 10 to 110 characters']
    return ["# The title of the source: write your own, the country first.", f"title: {scalar(given)}"]


def _date_lines(article: Article, date: str | None) -> list[str]:
    if date:
        how = f"  # {_comment(article.date.how)}" if article.date and article.date.text == date else ""
        return [f"date: {date}{how}"]
    note = "when it happened or was reported, as precisely as the source supports; the page states no date"
    if article.guessed_date:
        note += f" (perhaps {article.guessed_date.text}: {_comment(article.guessed_date.how)})"
    return [f"date:  # {note}"]


def _list_lines(key: str, found: tuple[Suggestion, ...], written: tuple[str, ...]) -> list[str]:
    ids = written or tuple(entry.id for entry in found)
    reasons = [f"#   {entry.id} {entry.weight:.2f}: {_comment(entry.reason)}" for entry in found if entry.id in ids]
    return [*reasons, f"{key}: [{', '.join(ids)}]"]


def _likely(stages: tuple[Suggestion, ...]) -> str:
    if not stages:
        return "The text gives no sign."
    return "Likely: " + " or ".join(f"{entry.id} ({_comment(entry.reason)})" for entry in stages[:2]) + "."


def _coming_lines(found: Findings, parts: WrittenParts) -> list[str]:
    if parts.dates:
        return ["dates:", *(line for on, what in parts.dates for line in (f"  - on: {on}", f"    what: {scalar(what)}"))]
    if not found.coming:
        return []
    days = sorted({entry.on for entry in found.coming}, key=lambda on: (parse_partial_date(on, periods=True).first, on))
    return [f"# dates: what comes next, each with `on` and `what`; the text names {', '.join(days)}"]


def _comment(text: str) -> str:
    """Foreign text that is safe in a comment: one line, bounded, without marks that could be taken for markup."""
    line = clean_line(text) or ""
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"
