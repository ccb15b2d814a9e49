"""The front matter of a brief as a typed model: pydantic checks the forms, this module words the faults."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from plugins.domain.addresses import BadAddressError, check_address
from plugins.domain.brief import ComingDate, Detail, Revision, Source
from plugins.domain.dates import parse_partial_date
from plugins.domain.faults import Fault
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.stage import Authorship, RevisionKind, SourceKind, Stage, Status
from plugins.domain.suggest import closest

# What else is installed has no say in what is a good brief; to look for plugins of pydantic takes 20 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")

ID = r"^[0-9]{4}(-[0-9][0-9](-[0-9][0-9])?)?(-[a-z0-9]+)+$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _date(text: str) -> str:
    return parse_partial_date(text).text


def _day(text: str) -> str:
    found = parse_partial_date(text)
    if not found.is_exact:
        raise ValueError("a day is needed here: YYYY-MM-DD")
    return text


def _period(text: str) -> str:
    return parse_partial_date(text, periods=True).text


def _plain(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("one line of text without tabs is needed here")
    if not text[:1].isalnum() and not any(c.isalnum() for c in text):
        raise ValueError("words are needed here")
    return text


def _address(text: str) -> str:
    try:
        return check_address(text)
    except BadAddressError as error:
        raise ValueError(f"{error.code}|{error}|{error.hint}") from error


DATE_PATTERN = r"^\d{4}(-\d\d(-\d\d)?)?$"
DAY_PATTERN = r"^\d{4}-\d\d-\d\d$"
PERIOD_PATTERN = r"^\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]))?$"

Day = Annotated[str, Field(json_schema_extra={"pattern": DAY_PATTERN}), AfterValidator(_day)]
Date = Annotated[str, Field(json_schema_extra={"pattern": DATE_PATTERN}), AfterValidator(_date)]
Period = Annotated[str, Field(json_schema_extra={"pattern": PERIOD_PATTERN}), AfterValidator(_period)]
Url = Annotated[str, Field(json_schema_extra={"pattern": "^https?://"}), AfterValidator(_address)]


class SetStatus(Enum):
    """The statuses that front matter may state; without one a brief is published."""

    DRAFT = Status.DRAFT.value
    WITHDRAWN = Status.WITHDRAWN.value


Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_plain)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400), AfterValidator(_plain)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=110), AfterValidator(_plain)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=40, max_length=300), AfterValidator(_plain)]
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=120)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,8})?$")]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class SourceModel(_Closed):
    """A cited document."""

    url: Url = Field(description="Complete http or https address, without tracking parameters")
    title: Line = Field(description="Title of the page or document")
    publisher: Short = Field(description="Who published it")
    author: Short | None = Field(None, description="Who wrote it, where named")
    date: Date | None = Field(None, description="When it was published: YYYY-MM-DD, YYYY-MM or YYYY")
    kind: SourceKind = Field(description="Who speaks")
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = Field(
        None, description="BCP 47 language, where not English"
    )
    archive: Url | None = Field(None, description="Address of an archived copy")


class DateModel(_Closed):
    """A date ahead."""

    on: Period = Field(description="YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY-Hn or YYYY: as precise as stated")
    what: Line = Field(description="What happens then")


class RevisionModel(_Closed):
    """A change that readers should know of."""

    on: Day = Field(description="The day of the change")
    kind: RevisionKind = Field(description="Why")
    note: Line = Field(description="What changed, in one line")


class BriefModel(_Closed):
    """The front matter of a brief of the Policy Digest."""

    title: Title = Field(description="10 to 110 characters, the country first")
    date: Date = Field(description="When it happened or was reported: YYYY-MM-DD, YYYY-MM or YYYY, as precisely as a source supports")
    date_note: Line | None = Field(None, description="How the date is known, where no source states it")
    added: Day | None = Field(None, description="The day the brief joined the digest; required where `date` has no day")
    countries: Annotated[tuple[Code, ...], Field(min_length=1, max_length=30)] = Field(description="Codes, main one first")
    topics: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=6)] = Field(description="Ids of topics, main one first")
    stage: Stage = Field(description="Where the measure stands, or what kind of event this is")
    measure: Slug | None = Field(None, description="Id of the measure that the brief follows")
    summary: Summary = Field(description="One or two sentences, 40 to 300 characters")
    sources: Annotated[tuple[SourceModel, ...], Field(min_length=1, max_length=10)] = Field(description="Official sources first")
    dates: Annotated[tuple[DateModel, ...], Field(max_length=30)] = Field((), description="What comes next")
    actors: Annotated[tuple[Short, ...], Field(max_length=30)] = Field((), description="Institutions and people that matter")
    revisions: Annotated[tuple[RevisionModel, ...], Field(max_length=60)] = Field((), description="Corrections, updates, stage changes")
    checked: Day | None = Field(None, description="The day a person last compared the brief with its sources")
    ai: Authorship = Field(description="What part a machine had in the writing")
    replaces: Annotated[tuple[Annotated[str, StringConstraints(pattern=ID, max_length=150)], ...], Field(max_length=20)] = Field(
        (), description="Ids of briefs that this one takes the place of"
    )
    status: SetStatus | None = Field(None, description="draft or withdrawn")


KEYS = tuple(BriefModel.model_fields)
PARTS = {"sources": tuple(SourceModel.model_fields), "dates": tuple(DateModel.model_fields), "revisions": tuple(RevisionModel.model_fields)}
# Habits from Pelican and other generators, with our word for what they mean.
_HABITS = {
    "tags": "write `countries` and `topics`",
    "tag": "write `countries` and `topics`",
    "category": "write `topics`",
    "categories": "write `topics`",
    "author": "who wrote a source stands in `sources`; who wrote the brief is known from the repository",
    "authors": "who wrote a source stands in `sources`",
    "slug": "the name of the file is the address",
    "url": "the source's address stands in `sources`",
    "source": "write `sources`, a list",
    "link": "the source's address stands in `sources`",
    "country": "write `countries`, a list",
    "topic": "write `topics`, a list",
    "lang": "briefs are in English; a source's language stands in `sources`",
    "template": "take it out",
    "save_as": "take it out: the name of the file is the address",
    "modified": "write a revision",
    "updated": "write a revision",
    "description": "write `summary`",
    "keywords": "write `topics`",
    "draft": "write `status: draft`",
    "deadline": "write `dates`, a list of `on` and `what`",
    "events": "write `dates`, a list of `on` and `what`",
    "event": "write `dates`, a list of `on` and `what`",
    "published": "write `date`",
    "reviewed": "write `checked`",
}
_ENUMS = {"stage": Stage, "ai": Authorship, "status": SetStatus}


def parse_values(front: FrontMatter, path: str) -> tuple[BriefModel | None, list[Fault]]:
    """The typed front matter, or every fault of form that it has (B301 to B309, S501, S505)."""
    data = _without_empty(front.data)
    try:
        return BriefModel.model_validate(data), []
    except ValidationError as error:
        faults = [_word(e, front, path) for e in error.errors(include_url=False) if not _is_echo(e)]
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


def _word(error: Any, front: FrontMatter, path: str) -> Fault:
    at = tuple(p for p in error["loc"] if isinstance(p, int) or not p.startswith(("function-", "literal", "tuple", "constrained")))
    line = front.line(*at)
    name = _name(at)
    kind, context = error["type"], error.get("ctx", {})
    for test, word in _WORDINGS:
        if test(kind):
            code, message, hint = word(name, at, error, context)
            if kind == "missing":
                line = front.lines.get(at) or (front.line(*at[:-1]) if at[:-1] else 1)
            return Fault(path, line, code, message, hint)
    return Fault(path, line, "B303", f"{name}: {error['msg']}", "see the page Contribute")


def _name(at: tuple[Any, ...]) -> str:
    return "`" + ".".join(str(p + 1) if isinstance(p, int) else str(p) for p in at) + "`"


Wording = tuple[str, str, str]


def _unknown(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    key = str(at[-1])
    known = PARTS.get(str(at[0]), KEYS) if len(at) > 1 else KEYS
    if key.lower() in known:
        return "B301", f"unknown key `{key}`", f"write it in small letters: `{key.lower()}`"
    if len(at) == 1 and key.lower() in _HABITS:
        return "B301", f"unknown key `{key}`", _HABITS[key.lower()]
    near = closest(key.lower(), known)
    return "B301", f"unknown key `{key}`", f"did you mean `{near}`?" if near else f"take it out; the keys are {', '.join(known)}"


def _missing(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    where = f" of {_name(at[:-1])}" if len(at) > 1 else ""
    return "B302", f"`{at[-1]}`{where} is missing or empty", _FILL.get(str(at[-1]), "fill it in")


_FILL = {
    "title": "write a title of 10 to 110 characters, the country first",
    "date": "write when it happened, as precisely as a source states it: 2022-04-01, 2022-04 or 2022",
    "countries": "write the codes of the countries: [RU]",
    "topics": "write one to six topics: [mining]",
    "stage": f"write where the measure stands: {', '.join(s.value for s in Stage)}",
    "summary": "write one or two sentences, 40 to 300 characters",
    "sources": "write at least one source with url, title, publisher and kind",
    "ai": "write none, assisted or drafted",
    "kind": f"write who speaks: {', '.join(k.value for k in SourceKind)}",
}


def _length(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    n = len(str(error["input"]).strip())
    if "min_length" in context:
        return "B304", f"{name} has {n} characters", f"write at least {context['min_length']}"
    return "B304", f"{name} has {n:,} characters", f"write at most {context['max_length']}"


def _count(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    few = error["type"] == "too_short"
    limit = context.get("min_length") if few else context.get("max_length")
    return "B307", f"{name} has {'no' if few else 'too many'} entries", f"give at {'least' if few else 'most'} {limit}"


def _value(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    text = str(context.get("error", error["msg"]))
    if text.count("|") >= 2:
        code, message, hint = text.split("|", 1)[0], *text.split("|", 1)[1].rsplit("|", 1)
        return code, f"{name}: {message}", hint
    if at and at[-1] in ("date", "added", "checked", "on"):
        return (
            "B305",
            f"{name}: `{error['input']}` is {_as_said(text)}",
            "write it as 2022-04-01; where only the month or year is known, 2022-04 or 2022",
        )
    return "B303", f"{name}: {text}", "see the page Contribute"


def _as_said(text: str) -> str:
    return text if text.startswith("not ") else f"no date: {text}"


def _enumerated(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    allowed = _allowed(at)
    near = closest(str(error["input"]).lower(), allowed)
    mean = f"did you mean `{near}`? " if near else ""
    return "B306", f"{name}: `{error['input']}` is not in the list", f"{mean}write one of {', '.join(allowed)}"


def _allowed(at: tuple[Any, ...]) -> tuple[str, ...]:
    key = at[-1] if isinstance(at[-1], str) else at[-2]
    if key == "kind":
        return tuple(k.value for k in (SourceKind if at[0] == "sources" else RevisionKind))
    found = _ENUMS.get(str(key)) or ()
    return tuple(v.value for v in found)


def _pattern(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    if at[0] == "countries":
        return "V401", f"{name}: `{error['input']}` is no country code", "write a code such as RU, US-ND, EU or XX-FATF"
    if at[0] == "topics":
        return "V402", f"{name}: `{error['input']}` is no topic", "write the id of a file in content/topics/"
    if at[0] == "measure":
        return "V403", f"{name}: `{error['input']}` is no measure", "write the id of a file in content/measures/"
    if at[0] == "replaces":
        return "B303", f"{name}: `{error['input']}` is no id of a brief", "write the name of the old file without .md"
    return (
        "B303",
        f"{name}: `{error['input']}` has the wrong form",
        "write a language as en, ru or pt-BR" if at[-1] == "lang" else "see the page Contribute",
    )


def _form(name: str, at: tuple[Any, ...], error: Any, context: Any) -> Wording:
    kind = error["type"]
    if kind.startswith("string"):
        return "B303", f"{name} is no plain text", "write one line of text"
    if kind.startswith("tuple"):
        return "B303", f"{name} is no list", f"write {_EXAMPLES.get(str(at[-1]), '[…]')}"
    return "B303", f"{name} is no group of `key: value` lines", "write its keys indented below it"


_EXAMPLES = {
    "countries": "[RU]",
    "topics": "[mining]",
    "actors": "[Bank of Russia]",
    "sources": "a list: `- url: …`",
    "dates": "a list: `- on: …`",
}
_WORDINGS: tuple[tuple[Callable[[str], bool], Callable[..., Wording]], ...] = (
    (lambda k: k == "extra_forbidden", _unknown),
    (lambda k: k == "missing", _missing),
    (lambda k: k in ("string_too_short", "string_too_long"), _length),
    (lambda k: k in ("too_short", "too_long"), _count),
    (lambda k: k == "value_error", _value),
    (lambda k: k in ("enum", "literal_error"), _enumerated),
    (lambda k: k == "string_pattern_mismatch", _pattern),
    (lambda k: k in ("string_type", "tuple_type", "model_type", "model_attributes_type", "dict_type"), _form),
)


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
