"""The timeline of a measure: stages reached, events beside the line, and what is next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.stage import Stage


class Step(NamedTuple):
    """One brief on the line; ``moved`` where it put the measure into another stage."""

    brief: Brief
    moved: bool
    is_event: bool
    is_current: bool


def build_timeline(briefs: Iterable[Brief]) -> tuple[Step, ...]:
    """The steps of a measure, oldest first. ``briefs`` are newest first."""
    every = tuple(briefs)
    current = next((b for b in every if b.stage.moves), None)
    steps, stage = [], None
    for brief in reversed(every):
        moved = brief.stage.moves and brief.stage is not stage
        steps.append(Step(brief, moved, not brief.stage.moves, brief is current))
        if brief.stage.moves:
            stage = brief.stage
    return tuple(steps)


def stages_reached(steps: Iterable[Step]) -> tuple[tuple[Stage, Brief], ...]:
    """Each stage that the measure was put into, with the brief that reported it first."""
    found: dict[Stage, Brief] = {}
    for step in steps:
        if step.moved:
            found.setdefault(step.brief.stage, step.brief)
    return tuple(found.items())
