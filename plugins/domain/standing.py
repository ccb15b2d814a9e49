"""Where things stand: the last reported stage of a measure, and of a topic in a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plugins.domain.brief import Brief
from plugins.domain.stage import Stage


def find_standing(briefs: Iterable[Brief]) -> Brief | None:
    """The newest brief (by date, then added, then id) whose stage moves a measure; ``briefs`` are newest first."""
    return next((b for b in briefs if b.stage.moves and b.is_listed), None)


def current_stage(briefs: Iterable[Brief]) -> Stage | None:
    """The current stage of a measure, or None where no brief moved it."""
    found = find_standing(briefs)
    return found.stage if found else None


def stand_by_topic(briefs: Iterable[Brief], code: str) -> Mapping[str, Brief]:
    """For each topic the brief that last reported a stage in this country; briefs on its subdivisions do not count."""
    found: dict[str, Brief] = {}
    for brief in briefs:
        if brief.stage.moves and brief.is_listed and code in brief.countries:
            for topic in brief.topics:
                found.setdefault(topic, brief)
    return found


def stand_by_country(briefs: Iterable[Brief]) -> Mapping[str, Brief]:
    """For each country the brief that last reported a stage; ``briefs`` are those of a topic, newest first."""
    found: dict[str, Brief] = {}
    for brief in briefs:
        if brief.stage.moves and brief.is_listed:
            for code in brief.countries:
                found.setdefault(code, brief)
    return found
