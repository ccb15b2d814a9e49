"""Where things stand: the last reported stage of a measure, and of a topic in a country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from plugins.domain.brief import Brief
from plugins.domain.stage import Stage


def find_standing(briefs: Iterable[Brief]) -> Brief | None:
    """The newest brief (by date, then added, then id) whose stage moves a measure; ``briefs`` are newest first."""
    return next((b for b in briefs if b.stage.moves and b.is_listed), None)


def find_report(briefs: Iterable[Brief], code: str) -> Brief | None:
    """The brief that last reported a stage in this country, as in `stand_by_country`; ``briefs`` are those of its index, newest first."""
    return next((b for b in briefs if b.stage.moves and b.is_listed and code in b.countries), None)


def find_start(briefs: Iterable[Brief], standing: Brief | None) -> Brief | None:
    """The brief that first reported the stage in which the measure of ``standing`` has been since. ``briefs`` are newest first."""
    start = standing
    for brief in briefs:
        if standing and standing.measure and brief.measure == standing.measure and brief.stage.moves:
            if brief.stage is not standing.stage:
                break
            start = brief
    return start


def find_turns(briefs: Sequence[Brief]) -> tuple[Brief, ...]:
    """The briefs that tell where a measure stands and stood: its standing, the start of that, and the first of each stage.

    ``briefs`` are newest first. What pages of other things show of the measure, they show of these.
    """
    first: dict[Stage, Brief] = {}
    for brief in reversed(briefs):
        if brief.stage.moves:
            first.setdefault(brief.stage, brief)
    standing = find_standing(briefs)
    start = find_start(briefs, standing)
    return tuple(b for b in (standing, start, *first.values()) if b)


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


def stand_by_measure(indexes: Mapping[str, Iterable[Brief]]) -> Mapping[str, Brief]:
    """For each measure the brief that last moved it; ``indexes`` are all briefs of each measure, newest first."""
    found = {id: find_standing(briefs) for id, briefs in indexes.items()}
    return {id: brief for id, brief in found.items() if brief}


def list_in_force(
    briefs: Iterable[Brief], standing: Mapping[str, Brief], measures: Mapping[str, Brief], keys: Callable[[Brief], Iterable[str]]
) -> Mapping[str, tuple[Brief, ...]]:
    """What is in force where the last report is not of that: for each key the standings of measures that apply, newest report first.

    The last report on a topic may be of a new bill, while the law of years ago goes on; or the law moved on in briefs on other topics.
    ``measures`` are the briefs that first reported the stage of each measure, ``keys`` those under which a brief counts.
    """
    found: dict[str, dict[str, Brief]] = {}
    for brief in briefs:
        now = measures.get(brief.measure or "")
        if now and now.stage is Stage.IN_FORCE and brief.stage.moves and brief.is_listed:
            for key in keys(brief):
                last = standing.get(key)
                if last and last.stage is not Stage.IN_FORCE:
                    found.setdefault(key, {}).setdefault(now.measure or "", now)
    return {key: tuple(others.values()) for key, others in found.items()}
