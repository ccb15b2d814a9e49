"""The words of faults in front matter: what pydantic-core found, as a person without Python should read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plugins.domain.faults import Fault
from plugins.domain.frontmatter import FrontMatter
from plugins.domain.model import KEYS, PARTS, SetStatus
from plugins.domain.stage import Authorship, RevisionKind, SourceKind, Stage
from plugins.domain.suggest import closest

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


def word_fault(error: Any, front: FrontMatter, path: str) -> Fault:
    """The fault that an error of pydantic-core is."""
    at = error["loc"]
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
    (lambda k: k == "unexpected_keyword_argument", _unknown),
    (lambda k: k == "missing", _missing),
    (lambda k: k in ("string_too_short", "string_too_long"), _length),
    (lambda k: k in ("too_short", "too_long"), _count),
    (lambda k: k == "value_error", _value),
    (lambda k: k == "enum", _enumerated),
    (lambda k: k == "string_pattern_mismatch", _pattern),
    (lambda k: k in ("string_type", "tuple_type", "dataclass_type"), _form),
)
