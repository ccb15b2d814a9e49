"""Closed lists of the front matter: where code branches on a value, it is an enumeration here."""

from __future__ import annotations

from enum import Enum

_EVENTS = frozenset({"guidance", "enforcement", "court", "none"})


class Stage(Enum):
    """Where a measure stands, or the kind of an event that does not move it (ELI-DL process stage)."""

    DISCUSSION = "discussion"
    PROPOSAL = "proposal"
    CONSULTATION = "consultation"
    BILL = "bill"
    PASSED = "passed"
    IN_FORCE = "in-force"
    REJECTED = "rejected"
    REPEALED = "repealed"
    GUIDANCE = "guidance"
    ENFORCEMENT = "enforcement"
    COURT = "court"
    NONE = "none"

    def __init__(self, word: str) -> None:
        self.moves = word not in _EVENTS  # whether a brief of this stage moves its measure

    @property
    def label(self) -> str:
        """The stage in words."""
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """One line that explains the stage to a reader."""
        return _MEANINGS[self]

    @property
    def rank(self) -> int:
        """How far along the usual way a moving stage is, from 1; 0 for events."""
        return _MOVING.index(self) + 1 if self in _MOVING else 0

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is pending once a measure is here."""
        return self in (Stage.IN_FORCE, Stage.REJECTED, Stage.REPEALED)

    @property
    def sign(self) -> str:
        """A letter or mark that stands for the stage where colour alone must not."""
        return _SIGNS[self]


_MOVING = (
    Stage.DISCUSSION,
    Stage.PROPOSAL,
    Stage.CONSULTATION,
    Stage.BILL,
    Stage.PASSED,
    Stage.IN_FORCE,
    Stage.REJECTED,
    Stage.REPEALED,
)
_LABELS = {
    Stage.DISCUSSION: "Discussion",
    Stage.PROPOSAL: "Proposal",
    Stage.CONSULTATION: "Consultation",
    Stage.BILL: "Bill",
    Stage.PASSED: "Passed",
    Stage.IN_FORCE: "In force",
    Stage.REJECTED: "Rejected",
    Stage.REPEALED: "Repealed",
    Stage.GUIDANCE: "Guidance",
    Stage.ENFORCEMENT: "Enforcement",
    Stage.COURT: "Court",
    Stage.NONE: "News",
}
_MEANINGS = {
    Stage.DISCUSSION: "Talk, intention or denial; there is no text yet.",
    Stage.PROPOSAL: "A government or regulator has put forward a plan or draft that is not yet before a legislature.",
    Stage.CONSULTATION: "A text or principles are open for comment, or such a round has just ended.",
    Stage.BILL: "Before a legislature: introduced, in committee, or passed by one chamber.",
    Stage.PASSED: "Adopted or signed; effect still ahead or not stated.",
    Stage.IN_FORCE: "Applies now.",
    Stage.REJECTED: "Voted down, vetoed for good, or withdrawn before it was passed.",
    Stage.REPEALED: "A rule that applied is withdrawn, lifted or struck down.",
    Stage.GUIDANCE: "Non-binding guidance, standards or statements; does not move a measure.",
    Stage.ENFORCEMENT: "Warning, blocking, penalty or settlement under an existing rule; does not move a measure.",
    Stage.COURT: "A ruling or a pending case; does not move a measure.",
    Stage.NONE: "News that moves no measure.",
}
_SIGNS = {
    Stage.DISCUSSION: "·",
    Stage.PROPOSAL: "○",
    Stage.CONSULTATION: "◌",
    Stage.BILL: "◔",
    Stage.PASSED: "◑",
    Stage.IN_FORCE: "●",
    Stage.REJECTED: "✕",
    Stage.REPEALED: "⊘",
    Stage.GUIDANCE: "i",
    Stage.ENFORCEMENT: "!",
    Stage.COURT: "§",
    Stage.NONE: "–",
}


class SourceKind(Enum):
    """Who speaks in a source."""

    LAW = "law"
    GOVERNMENT = "government"
    PARLIAMENT = "parliament"
    REGULATOR = "regulator"
    COURT = "court"
    BODY = "body"
    PRESS = "press"
    RESEARCH = "research"
    COMPANY = "company"

    @property
    def is_official(self) -> bool:
        """Whether a source of this kind is the institution itself (a primary source)."""
        return self.value in _OFFICIAL_KINDS

    @property
    def label(self) -> str:
        """The kind in words."""
        return _KIND_LABELS[self]


_OFFICIAL_KINDS = frozenset({"law", "government", "parliament", "regulator", "court", "body"})
_KIND_LABELS = {
    SourceKind.LAW: "Legal text",
    SourceKind.GOVERNMENT: "Government",
    SourceKind.PARLIAMENT: "Parliament",
    SourceKind.REGULATOR: "Regulator",
    SourceKind.COURT: "Court",
    SourceKind.BODY: "Public body",
    SourceKind.PRESS: "Press",
    SourceKind.RESEARCH: "Research",
    SourceKind.COMPANY: "Company or law firm",
}


class Grade(Enum):
    """How close the sources of a brief are to the institution: the badge on its page."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    PRESS = "press"

    @property
    def label(self) -> str:
        """The badge."""
        return {"official": "Official source", "secondary": "No official source", "press": "Press report only"}[self.value]


def grade_sources(kinds: tuple[SourceKind, ...]) -> Grade:
    """The grade of a brief from the kinds of its sources."""
    if any(kind.is_official for kind in kinds):
        return Grade.OFFICIAL
    return Grade.PRESS if all(kind is SourceKind.PRESS for kind in kinds) else Grade.SECONDARY


class MeasureKind(Enum):
    """What sort of instrument a measure is."""

    LAW = "law"
    BILL = "bill"
    REGULATION = "regulation"
    DIRECTIVE = "directive"
    DECREE = "decree"
    ORDER = "order"
    RULE = "rule"
    GUIDELINE = "guideline"
    STANDARD = "standard"
    CASE = "case"
    PLAN = "plan"


class CountryKind(Enum):
    """What sort of jurisdiction a country is."""

    STATE = "state"
    TERRITORY = "territory"
    SUBDIVISION = "subdivision"
    UNION = "union"
    BODY = "body"


class RevisionKind(Enum):
    """Why a brief was revised."""

    CORRECTION = "correction"
    UPDATE = "update"
    STAGE = "stage"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {"correction": "Correction", "update": "Update", "stage": "Stage change"}[self.value]


class Authorship(Enum):
    """What part a machine had in the writing: the key ``ai``."""

    NONE = "none"
    ASSISTED = "assisted"
    DRAFTED = "drafted"

    @property
    def label(self) -> str:
        """The label on the page."""
        return {"none": "Written by a person", "assisted": "Written with machine help", "drafted": "Drafted by machine"}[self.value]


class Status(Enum):
    """Where a brief stands in the digest (a measure has a stage, a brief a status)."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
