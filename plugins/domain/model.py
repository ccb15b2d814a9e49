"""The front matter of a brief as typed values: its keys, the form of each, and what it is for. Told here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum

from plugins.domain.forms import ADDRESS, DATE, DAY, PERIOD, group, line, needed, one_of, optional, optional_list, several, word
from plugins.domain.stage import Authorship, RevisionKind, SourceKind, Stage, Status

ID = r"^[0-9]{4}(-[0-9][0-9](-[0-9][0-9])?)?(-[a-z0-9]+)+$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}(-[A-Z0-9]{1,8})?$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
NAME, LINE = line(1, 200), line(3, 400)


class SetStatus(Enum):
    """The statuses that front matter may state; without one a brief is published."""

    DRAFT = Status.DRAFT.value
    WITHDRAWN = Status.WITHDRAWN.value


# Filled by pydantic-core: what a dataclass has to be made and compared by is asked by nobody, and takes time to make.


@dataclass(frozen=True, init=False, repr=False, eq=False)
class SourceModel:
    """A cited document."""

    url: str = needed(ADDRESS, "Complete http or https address, without tracking parameters")
    title: str = needed(LINE, "Title of the page or document")
    publisher: str = needed(NAME, "Who published it")
    author: str | None = optional(NAME, "Who wrote it, where named")
    date: str | None = optional(DATE, "When it was published: YYYY-MM-DD, YYYY-MM or YYYY")
    kind: SourceKind = needed(one_of(SourceKind), "Who speaks")
    lang: str | None = optional(word(LANGUAGE), "BCP 47 language, where not English")
    archive: str | None = optional(ADDRESS, "Address of an archived copy")


@dataclass(frozen=True, init=False, repr=False, eq=False)
class DateModel:
    """A date ahead."""

    on: str = needed(PERIOD, "YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY-Hn or YYYY: as precise as stated")
    what: str = needed(LINE, "What happens then")


@dataclass(frozen=True, init=False, repr=False, eq=False)
class RevisionModel:
    """A change that readers should know of."""

    on: str = needed(DAY, "The day of the change")
    kind: RevisionKind = needed(one_of(RevisionKind), "Why")
    note: str = needed(LINE, "What changed, in one line")


@dataclass(frozen=True, init=False, repr=False, eq=False)
class BriefModel:
    """The front matter of a brief of the Policy Digest."""

    title: str = needed(line(10, 110), "10 to 110 characters, the country first")
    date: str = needed(DATE, "When it happened or was reported: YYYY-MM-DD, YYYY-MM or YYYY, as precisely as a source supports")
    date_note: str | None = optional(LINE, "How the date is known, where no source states it")
    added: str | None = optional(DAY, "The day the brief joined the digest; required where `date` has no day")
    countries: tuple[str, ...] = needed(several(word(COUNTRY), fewest=1, most=30), "Codes, main one first")
    topics: tuple[str, ...] = needed(several(word(SLUG, 120), fewest=1, most=6), "Ids of topics, main one first")
    stage: Stage = needed(one_of(Stage), "Where the measure stands, or what kind of event this is")
    measure: str | None = optional(word(SLUG, 120), "Id of the measure that the brief follows")
    summary: str = needed(line(40, 300), "One or two sentences, 40 to 300 characters")
    sources: tuple[SourceModel, ...] = needed(several(group(SourceModel), fewest=1, most=10), "Official sources first")
    dates: tuple[DateModel, ...] = optional_list(group(DateModel), "What comes next", most=30)
    actors: tuple[str, ...] = optional_list(NAME, "Institutions and people that matter", most=30)
    revisions: tuple[RevisionModel, ...] = optional_list(group(RevisionModel), "Corrections, updates, stage changes", most=60)
    checked: str | None = optional(DAY, "The day a person last compared the brief with its sources")
    ai: Authorship = needed(one_of(Authorship), "What part a machine had in the writing")
    replaces: tuple[str, ...] = optional_list(word(ID, 150), "Ids of briefs that this one takes the place of", most=20)
    status: SetStatus | None = optional(one_of(SetStatus), "draft or withdrawn")


def _keys(model: type[BriefModel | SourceModel | DateModel | RevisionModel]) -> tuple[str, ...]:
    return tuple(key.name for key in fields(model))


KEYS = _keys(BriefModel)
PARTS = {"sources": _keys(SourceModel), "dates": _keys(DateModel), "revisions": _keys(RevisionModel)}
SCHEMA = group(BriefModel)
