"""Changes that subscribers should know of: revisions, withdrawals, and measures that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.stage import Status
from plugins.domain.vocabulary import Measure

_ADDED = attrgetter("added")
_JOINED = attrgetter("added", "date", "id")


class ChangeKind(Enum):
    """What changed."""

    CORRECTION = "correction"
    UPDATE = "update"
    STAGE = "stage"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"correction": "Correction", "update": "Update", "stage": "Stage change", "withdrawal": "Withdrawal"}[self.value]


class Change(NamedTuple):
    """One change. ``mark`` tells it from other changes of its brief for ever: ``revision/2``, ``stage``."""

    on: str
    kind: ChangeKind
    brief: Brief
    note: str
    mark: str

    @property
    def order(self) -> tuple[str, str, str]:
        """Oldest first."""
        return (self.on, self.brief.id, self.mark)


def list_changes(briefs: Iterable[Brief], measures: Mapping[str, Measure]) -> tuple[Change, ...]:
    """All changes, newest first."""
    every = tuple(briefs)
    found = [c for b in every if b.revision_count for c in _revisions(b)]
    by_measure: dict[str, list[Brief]] = {}
    for brief in every:
        if brief.measure and brief.stage.moves and brief.is_listed:
            by_measure.setdefault(brief.measure, []).append(brief)
    for id, members in by_measure.items():
        if any(b.stage is not members[0].stage for b in members):
            found += _moves(members, measures[id].title if id in measures else id)
    return tuple(sorted(found, key=lambda c: c.order, reverse=True))


def _revisions(brief: Brief) -> Iterable[Change]:
    revisions = brief.detail().revisions
    for number, revision in enumerate(revisions, 1):
        kind = ChangeKind(revision.kind.value)
        if brief.status is Status.WITHDRAWN and number == len(revisions):
            kind = ChangeKind.WITHDRAWAL
        yield Change(revision.on, kind, brief, revision.note, f"revision/{number}")


def _moves(briefs: list[Brief], title: str) -> Iterable[Change]:
    """Days on which a brief joined that moved the measure's current stage; a late brief on the past moves nothing."""
    newest: Brief | None = None
    for day, group in groupby(sorted(briefs, key=_JOINED), key=_ADDED):
        before = newest
        for brief in group:
            if newest is None or brief.order > newest.order:
                newest = brief
        if before and newest and newest is not before and newest.stage is not before.stage:
            note = f"{title}: {before.stage.label.lower()} → {newest.stage.label.lower()}"
            yield Change(day, ChangeKind.STAGE, newest, note, "stage")
