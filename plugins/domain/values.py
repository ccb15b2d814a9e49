"""From front matter to typed values, or to every fault that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import SchemaValidator, ValidationError

from plugins.domain.brief import ComingDate, Detail, Revision, Source
from plugins.domain.dates import parse_partial_date
from plugins.domain.faults import Fault
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.model import PARTS, SCHEMA, BriefModel, SetStatus
from plugins.domain.wordings import word_fault

_VALIDATOR = SchemaValidator(SCHEMA)


def parse_values(front: FrontMatter, path: str) -> tuple[BriefModel | None, list[Fault]]:
    """The typed front matter, or every fault of form that it has (B301 to B309, S501, S505)."""
    data = _without_empty(front.data)
    try:
        return _VALIDATOR.validate_python(data), []
    except ValidationError as error:
        faults = [word_fault(e, front, path) for e in error.errors(include_url=False) if not _is_echo(e)]
        return None, list(dict.fromkeys(faults))


def _is_echo(error: Any) -> bool:
    """Whether a list is called too short only because of entries that have faults of their own."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """The data without keys that are there and empty, which count as missing."""
    kept = {k: v for k, v in data.items() if v not in ("", None)}
    for key in PARTS:
        if isinstance(kept.get(key), list):
            kept[key] = [_without_empty(v) if isinstance(v, dict) else v for v in kept[key]]
    return kept


def check_values(model: BriefModel, front: FrontMatter, path: str, stem: str) -> Iterator[Fault]:
    """Rules that join several keys (B307 to B312)."""
    for key in ("countries", "topics", "actors"):
        values = getattr(model, key)
        for i, value in enumerate(values):
            if value in values[:i]:
                yield Fault(path, front.line(key, i), "B307", f"`{key}`: `{value}` stands twice", "keep one of them")
    if model.added is None and len(model.date) < 10:
        yield Fault(
            path,
            front.line("date"),
            "B309",
            "`date` has no day and `added` is missing",
            "write the day on which the brief joins the digest: added: YYYY-MM-DD",
        )
    added = model.added or model.date
    if model.added and model.added < parse_partial_date(model.date).first.isoformat():
        yield Fault(path, front.line("added"), "B308", f"`added` ({model.added}) lies before `date` ({model.date})", "correct one of them")
    for i, revision in enumerate(model.revisions):
        if revision.on < added:
            yield Fault(
                path,
                front.line("revisions", i, "on"),
                "B308",
                f"a revision of {revision.on} lies before the brief was added ({added})",
                "correct one of them",
            )
    if model.status is SetStatus.WITHDRAWN and not model.revisions:
        yield Fault(
            path,
            front.line("status"),
            "B312",
            "a withdrawn brief gives no reason",
            "add a revision with `on`, `kind: correction` and a `note` that says why",
        )
    if stem in model.replaces:
        yield Fault(path, front.line("replaces"), "C702", "a brief cannot replace itself", "name the id of the old brief")


def build_detail(model: BriefModel) -> Detail:
    """The detail of a brief from its typed front matter."""
    return Detail(
        sources=tuple(Source(s.url, s.title, s.publisher, s.kind, s.author, s.date, s.lang, s.archive) for s in model.sources),
        date_note=model.date_note,
        dates=tuple(ComingDate(parse_partial_date(d.on, periods=True), d.what) for d in model.dates),
        actors=model.actors,
        revisions=tuple(sorted((Revision(r.on, r.kind, r.note) for r in model.revisions), key=lambda r: r.on)),
        checked=model.checked,
        ai=model.ai,
        replaces=model.replaces,
    )
