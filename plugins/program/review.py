"""What a pull request brings, as one comment and labels: from a file of numbers that its own run made and nobody trusts.

Needs the standard library only, for it runs where the rights to write are. Nothing from the file reaches the comment
but whole numbers and words of closed forms: ids, codes, stages and grades.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from plugins.domain.stage import Grade, Stage

MARK = "<!-- policy-digest: review -->"
LARGEST = 200_000  # bytes of the file
MOST_BRIEFS = 500
MOST_SHOWN = 40  # briefs in the table of one comment
MOST_DUPLICATES = 20  # of one brief
MOST_LABELS = 12  # countries, and as many topics
LONGEST_LABEL = 50  # GitHub's limit
_MOST = 10_000_000  # any count
_ID = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:-[a-z0-9]+)+", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,8})?", re.ASCII)
_RUN = re.compile(r"https://[A-Za-z0-9.-]+/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+/actions/runs/\d{1,20}", re.ASCII)
_KEYS = frozenset({"faults", "warnings", "briefs", "pages", "feeds", "preview"})
_BRIEF_KEYS = frozenset({"id", "countries", "topics", "stage", "previous_stage", "grade", "measure", "new_measure", "near_duplicates"})
_PREFIXES = ("country:", "topic:")
_E = TypeVar("_E", bound=Enum)
FLAGS: Mapping[str, str] = {
    "needs-official-source": "A brief has no official source",
    "stage-change": "A measure moves to another stage",
    "new-measure": "A measure is new",
    "near-duplicate": "A brief looks like one that exists",
}


CHANGES_PROGRAM = (
    "**This pull request changes more than content.** These numbers come from its own run and prove nothing: read the code first."
)


class BadNumbersError(ValueError):
    """The file of numbers is not what it must be; the message names the place, never quotes the file."""


@dataclass(frozen=True, slots=True)
class BriefNumbers:
    """What a pull request does to one brief."""

    id: str
    countries: tuple[str, ...]
    topics: tuple[str, ...]
    stage: Stage | None
    previous_stage: Stage | None
    grade: Grade | None
    measure: str | None
    new_measure: bool
    near_duplicates: tuple[str, ...]

    @property
    def moves(self) -> bool:
        """Whether the measure of the brief stands at another stage than before."""
        return bool(self.measure and self.stage and self.previous_stage and self.stage.moves and self.stage is not self.previous_stage)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a pull request brings. ``preview`` is the name of an artifact of the run."""

    faults: int
    warnings: int
    briefs: tuple[BriefNumbers, ...]
    pages: int
    feeds: int
    preview: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """The countries and topics of the branch that the pull request goes to: only they become labels."""

    countries: frozenset[str]
    topics: frozenset[str]


def read_known(content: Path) -> Known:
    """The codes and topics of a trusted content folder. Raises OSError and tomllib.TOMLDecodeError."""
    table = tomllib.loads((content / "countries.toml").read_text("utf-8"))
    topics = (file.stem for file in (content / "topics").glob("*.md"))
    return Known(frozenset(c for c in table if _CODE.fullmatch(c)), frozenset(t for t in topics if _SLUG.fullmatch(t)))


def parse_numbers(raw: bytes) -> Numbers:
    """The numbers in a file that a stranger made. Raises BadNumbersError for anything but the one known form."""
    if len(raw) > LARGEST:
        raise BadNumbersError(f"the file has more than {LARGEST:,} bytes")
    try:
        data = json.loads(raw.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadNumbersError("the file is not the JSON that was agreed") from error
    top = _table(data, _KEYS, "the file")
    briefs = _list(top["briefs"], "briefs", MOST_BRIEFS)
    return Numbers(
        faults=_count(top["faults"], "faults"),
        warnings=_count(top["warnings"], "warnings"),
        briefs=tuple(_brief(b, f"briefs[{i}]") for i, b in enumerate(briefs)),
        pages=_count(top["pages"], "pages"),
        feeds=_count(top["feeds"], "feeds"),
        preview=_word(top["preview"], _SLUG, "preview", 60, optional=True),
    )


def choose_labels(numbers: Numbers, known: Known) -> tuple[str, ...]:
    """The labels of the pull request, in order."""
    briefs = numbers.briefs
    countries = _first((c for b in briefs for c in b.countries if c in known.countries), MOST_LABELS)
    topics = _first((t for b in briefs for t in b.topics if t in known.topics), MOST_LABELS)
    flags = {
        "needs-official-source": any(b.grade is not None and b.grade is not Grade.OFFICIAL for b in briefs),
        "stage-change": any(b.moves for b in briefs),
        "new-measure": any(b.new_measure for b in briefs),
        "near-duplicate": any(b.near_duplicates for b in briefs),
    }
    names = [*(f"country:{c}" for c in countries), *(f"topic:{t}" for t in topics), *(f for f in FLAGS if flags[f])]
    return tuple(n for n in names if len(n) <= LONGEST_LABEL)


def compare_labels(wanted: Sequence[str], current: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which labels to add and which to take away; labels that are not ours stay."""
    there = frozenset(current)
    ours = (label for label in sorted(there) if label in FLAGS or label.startswith(_PREFIXES))
    return tuple(n for n in wanted if n not in there), tuple(n for n in ours if n not in wanted)


def render_comment(numbers: Numbers, run_url: str, *, changes_program: bool) -> str:
    """The comment in Markdown. ``run_url`` comes from the platform. Raises ValueError where it has another form."""
    if not _RUN.fullmatch(run_url):
        raise ValueError("no address of a run")
    parts = [MARK, _verdict(numbers, run_url)]
    if changes_program:
        parts.append(CHANGES_PROGRAM)
    if numbers.briefs:
        parts.append(_table_of(numbers.briefs[:MOST_SHOWN]))
        if len(numbers.briefs) > MOST_SHOWN:
            parts.append(f"And {len(numbers.briefs) - MOST_SHOWN} more.")
    parts += _notes(numbers.briefs)
    parts.append(_reach(numbers, run_url))
    parts.append("Programs cannot see a claim that is turned round: please compare the brief with its sources.")
    return "\n\n".join(parts) + "\n"


def render_refusal(run_url: str) -> str:
    """The comment where the numbers were refused. Raises ValueError as above."""
    if not _RUN.fullmatch(run_url):
        raise ValueError("no address of a run")
    return f"{MARK}\n\nThe checks of this pull request brought no numbers that can be read. [What they said]({run_url})\n"


def _verdict(numbers: Numbers, run_url: str) -> str:
    if numbers.faults:
        faults = _many(numbers.faults, "fault")
        return f"**{faults} to mend.** *Files changed* and the [log of the checks]({run_url}) say where each is, and what to do."
    notes = f" {_many(numbers.warnings, 'matter')} of style may be looked at." if numbers.warnings else ""
    return f"**No faults: ready for an editor.**{notes}"


def _table_of(briefs: Sequence[BriefNumbers]) -> str:
    rows = ["| brief | countries | topics | stage | sources | measure |", "|---|---|---|---|---|---|"]
    for b in briefs:
        stage = b.stage.label if b.stage else "–"
        if b.moves and b.previous_stage:
            stage = f"{b.previous_stage.label} → **{stage}**"
        measure = f"`{b.measure}`{' (new)' if b.new_measure else ''}" if b.measure else "–"
        grade = b.grade.label if b.grade else "–"
        rows.append(f"| `{b.id}` | {', '.join(b.countries) or '–'} | {', '.join(b.topics) or '–'} | {stage} | {grade} | {measure} |")
    return "\n".join(rows)


def _notes(briefs: Sequence[BriefNumbers]) -> list[str]:
    doubled = [b for b in briefs[:MOST_SHOWN] if b.near_duplicates]
    if not doubled:
        return []
    lines = [f"- `{b.id}` looks like {', '.join(f'`{d}`' for d in b.near_duplicates)}" for b in doubled]
    return ["Told already? If so, the page is a further source of the brief that is there.\n\n" + "\n".join(lines)]


def _reach(numbers: Numbers, run_url: str) -> str:
    text = f"Touches {_many(numbers.pages, 'page')} and {_many(numbers.feeds, 'feed')}."
    if numbers.preview:
        text += f" The changed pages lie in the artifact `{numbers.preview}` of [this run]({run_url}#artifacts)."
    return text


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def _first(values: Iterable[str], most: int) -> list[str]:
    return list(dict.fromkeys(values))[:most]


def _brief(value: Any, at: str) -> BriefNumbers:
    b = _table(value, _BRIEF_KEYS, at)
    if not isinstance(b["new_measure"], bool):
        raise BadNumbersError(f"{at}.new_measure is neither true nor false")
    return BriefNumbers(
        id=_word(b["id"], _ID, f"{at}.id", 150) or "",
        countries=_words(b["countries"], _CODE, f"{at}.countries", 30),
        topics=_words(b["topics"], _SLUG, f"{at}.topics", 6),
        stage=_choice(b["stage"], Stage, f"{at}.stage"),
        previous_stage=_choice(b["previous_stage"], Stage, f"{at}.previous_stage"),
        grade=_choice(b["grade"], Grade, f"{at}.grade"),
        measure=_word(b["measure"], _SLUG, f"{at}.measure", 120, optional=True),
        new_measure=b["new_measure"],
        near_duplicates=_words(b["near_duplicates"], _ID, f"{at}.near_duplicates", MOST_DUPLICATES),
    )


def _refuse(text: str) -> None:
    raise ValueError("a number that is no whole number")


def _table(value: Any, keys: frozenset[str], at: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != keys:
        raise BadNumbersError(f"{at} has not exactly the agreed keys")
    return value


def _list(value: Any, at: str, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise BadNumbersError(f"{at} is no list of at most {most}")
    return value


def _count(value: Any, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise BadNumbersError(f"{at} is no count")
    return value


def _word(value: Any, form: re.Pattern[str], at: str, longest: int, *, optional: bool = False) -> str | None:
    if value is None and optional:
        return None
    if not isinstance(value, str) or len(value) > longest or not form.fullmatch(value):
        raise BadNumbersError(f"{at} has the wrong form")
    return value


def _words(value: Any, form: re.Pattern[str], at: str, most: int) -> tuple[str, ...]:
    return tuple(_word(v, form, f"{at}[{i}]", 150) or "" for i, v in enumerate(_list(value, at, most)))


def _choice(value: Any, kind: type[_E], at: str) -> _E | None:
    if value is None:
        return None
    for member in kind:
        if isinstance(value, str) and member.value == value:
            return member
    raise BadNumbersError(f"{at} is not in the list")
