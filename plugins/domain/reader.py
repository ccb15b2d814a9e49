"""From one file to a brief or to every fault that it has."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from plugins.domain.brief import Brief, build_brief, exchange_body
from plugins.domain.characters import find_forbidden, line_of
from plugins.domain.faults import Fault, printable
from plugins.domain.frontmatter import FrontMatter, find_body, split_front_matter
from plugins.domain.markup import FEWEST_WORDS, MOST_WORDS, Rendered, count_words, render_body, render_in_steps
from plugins.domain.stage import Stage, Status
from plugins.domain.stems import find_stem_problem
from plugins.domain.steps import Steps, finish

LARGEST = 64_000  # bytes of a brief
FINGERPRINT = ".fingerprint.json"
PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|XXX|LOREM)\b|<(?:your|write|fill)[^>]*>|\[(?:write|fill in)[^\]]*\]|^…$", re.MULTILINE)
# One is in each placeholder, or in what YAML makes it of; before it a character that tells sooner that it is not there.
_PLACEHOLDER_SIGNS = (
    *(("", word) for word in ("TODO", "TBD", "LOREM")),
    *(("X", word) for word in ("FIXME", "XXX")),
    *(("<", tag) for tag in ("<your", "<write", "<fill")),
    *(("[", bracket) for bracket in ("[write", "[fill in")),
    *((mark, mark) for mark in ("…", "\\")),
)
_MOST_CHARACTER_FAULTS = 5


class Known(NamedTuple):
    """A good brief, and a digest of what stands before its body."""

    brief: Brief
    before_body: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave: a brief with its HTML, or None, and all faults."""

    brief: Brief | None
    html: str
    faults: tuple[Fault, ...]
    front: FrontMatter | None = None
    raw: bytes = b""
    before_body: bytes = b""  # a digest of what stands before the body


def read_brief(file: Path | str, shown: str, known: Known | None = None) -> Reading:
    """The brief in a file.

    ``shown`` is the path that faults name. A file that cannot be read is a fault, never an exception. ``known`` is what the file gave
    when it was read before, without a fault or a warning: where only the body changed, the front matter is not looked at again.
    """
    return finish(read_in_steps(str(file), shown, known))  # a Path takes longer to make than the file to read


def read_in_steps(file: str, shown: str, known: Known | None = None) -> Steps[Reading]:
    """What ``read_brief`` gives."""
    faults = check_name(file, shown)
    if any(f.code in ("F101", "F103") for f in faults):
        return Reading(None, "", tuple(faults))
    try:
        info = os.lstat(file)
        if not stat.S_ISREG(info.st_mode):
            return Reading(None, "", (Fault(shown, 1, "F103", "no regular file", "replace the link or folder with the file itself"),))
        if info.st_size > LARGEST:
            return Reading(
                None, "", (*faults, Fault(shown, 1, "F104", f"the file has {info.st_size:,} bytes", f"keep it under {LARGEST:,}"))
            )
        with open(file, "rb", buffering=0) as opened:
            raw = opened.read(LARGEST + 1) or b""
    except OSError as error:
        return Reading(
            None, "", (Fault(shown, 1, "F103", f"cannot be read: {error.strerror}", "check that the file is there and readable"),)
        )
    again = _read_body_again(raw, shown, known) if known and not faults else None
    yield
    found = again or (yield from _parse_in_steps(raw, shown, os.path.basename(file).removesuffix(".md"), faults))
    return replace(found, raw=raw)


def _read_body_again(raw: bytes, shown: str, known: Known) -> Reading | None:
    """The brief with another body; None where something else changed, or there is anything to say of the body."""
    text, problems = decode(raw, shown)
    at = find_body(text) if text and not problems else 0
    if not text or not at or _digest(text[:at]) != known.before_body or _has_sign_of_placeholder(text):
        return None
    rendered, faults = render_body(text[at:], shown, 1)
    if rendered is None or faults or not has_fitting_length(text[at:]):
        return None
    return Reading(exchange_body(known.brief, rendered), rendered.html, (), before_body=known.before_body)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8"), digest_size=12).digest()


def parse_brief(raw: bytes, shown: str, stem: str, faults: list[Fault] | None = None) -> Reading:
    """The brief that the bytes of a file state; ``stem`` is its id."""
    return finish(_parse_in_steps(raw, shown, stem, faults or []))


def _parse_in_steps(raw: bytes, shown: str, stem: str, faults: list[Fault]) -> Steps[Reading]:
    found = list(faults)
    text, problems = decode(raw, shown)
    if text is None:
        return Reading(None, "", (*found, *problems))
    yield
    front, more = split_front_matter(text, shown)
    found += problems + more
    if front is None:
        return Reading(None, "", tuple(found))
    is_draft = front.data.get("status") == Status.DRAFT.value
    yield
    rendered = yield from _read_body(front, shown, found, is_draft)
    yield
    brief = _read_values(front, shown, stem, found, rendered, text, is_draft)
    if any(not f.is_warning for f in found):
        brief = None
    before = _digest(text[: len(text) - len(front.body)])
    return Reading(brief, rendered.html if rendered and brief else "", tuple(found), front, before_body=before)


def import_parts() -> None:
    """Imports what reading needs and a run that reads nothing does without."""
    from plugins.domain import values  # noqa: F401

    render_body("", "", 1)


def check_name(file: str, shown: str) -> list[Fault]:
    """Faults of a file's name and folder (F101, F102)."""
    folder, name = os.path.split(file)
    stem = name.removesuffix(".md")
    problem = find_stem_problem(stem if stem != name else "")
    if problem:
        return [Fault(shown, 1, "F101", f"`{printable(name)}` {problem[0]}", problem[1])]
    if os.path.basename(folder) != stem[:4]:
        return [Fault(shown, 1, "F102", f"lies in `{printable(os.path.basename(folder))}`", f"move it to the folder `{stem[:4]}`")]
    return []


def decode(raw: bytes, shown: str) -> tuple[str | None, list[Fault]]:
    """The text of a file with ``\\n`` line ends, or its faults (F105, F106)."""
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Fault(shown, line, "F105", f"the byte {raw[error.start]:02X} is not UTF-8", "save the file with the encoding UTF-8")]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    conflict = _find_conflict(text) if "<" in text and "<<<<<<< " in text else 0
    if conflict:
        hint = "keep what is right, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
        return None, [Fault(shown, conflict, "F108", "two versions of these lines, as git leaves them", hint)]
    bad = []
    for at, name in find_forbidden(text):
        if text[at] == "\t" or text[at] == "\n":
            continue
        bad.append(Fault(shown, line_of(text, at), "F106", f"a hidden or control character: {name}", "type the text around it again"))
        if len(bad) >= _MOST_CHARACTER_FAULTS:
            break
    return (None, bad) if bad else (text, [])


def _find_conflict(text: str) -> int:
    """The line in which git's marks of a conflict begin; 0 where the three do not follow one another."""
    begins = 0
    halves = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("<<<<<<< ") and not begins:
            begins = number
        elif line == "=======" and begins:
            halves = True
        elif line.startswith(">>>>>>> ") and halves:
            return begins
    return 0


def _read_body(front: FrontMatter, shown: str, found: list[Fault], is_draft: bool) -> Steps[Rendered | None]:
    rendered, faults = yield from render_in_steps(front.body, shown, front.body_line)
    found += faults
    if not is_draft and rendered is not None and not has_fitting_length(front.body):
        hint = f"write {FEWEST_WORDS} to {MOST_WORDS} words"
        found.append(Fault(shown, front.body_line, "M602", f"the body has {count_words(front.body)} words", hint))
    return rendered


def has_fitting_length(body: str) -> bool:
    """Whether a body has neither too few words nor too many: counted only where the blanks between them do not tell."""
    if body.isascii() and "\t" not in body and len(body.split(None, FEWEST_WORDS)) > FEWEST_WORDS:  # controls are no blanks: see decode()
        if body.count(" ") + body.count("\n") < MOST_WORDS:
            return True
    return FEWEST_WORDS <= count_words(body) <= MOST_WORDS


def _read_values(
    front: FrontMatter, shown: str, stem: str, found: list[Fault], rendered: Rendered | None, text: str, is_draft: bool
) -> Brief | None:
    from plugins.domain.values import build_detail, check_values, parse_values  # pydantic-core: only where a file is read

    model, faults = parse_values(replace(front, data=_fill_draft(front)) if is_draft else front, shown)
    found += faults
    if not is_draft:
        found += _check_placeholders(front, text, shown)
    if model is None:
        return None
    found += check_values(model, front, shown, stem)
    if rendered is None:
        return None
    values = {
        "title": model.title,
        "date": model.date,
        "added": model.added,
        "countries": model.countries,
        "topics": model.topics,
        "stage": model.stage,
        "measure": model.measure,
        "summary": model.summary,
        "status": Status(model.status.value) if model.status else Status.PUBLISHED,
    }
    return build_brief(stem, values, build_detail(model), rendered)


def _fill_draft(front: FrontMatter) -> dict[str, object]:
    """A draft may lack stage, summary and body."""
    data = dict(front.data)
    for key, value in (("stage", Stage.NONE.value), ("summary", "This draft has no summary yet; it is open.")):
        if data.get(key) in (None, "", []):
            data[key] = value
    return data


def _check_placeholders(front: FrontMatter, text: str, shown: str) -> list[Fault]:
    found: list[Fault] = []
    if not _has_sign_of_placeholder(text):
        return found
    for at, value in _texts(front.data, ()):
        if PLACEHOLDER.search(value):
            found.append(Fault(shown, front.line(*at), "B311", "a placeholder is still there", "write what it asks for, or take it out"))
    hit = PLACEHOLDER.search(front.body)
    if hit:
        found.append(
            Fault(
                shown,
                front.body_line + line_of(front.body, hit.start()) - 1,
                "B311",
                "a placeholder is still there",
                "write what it asks for, or take it out",
            )
        )
    return found


def _has_sign_of_placeholder(text: str) -> bool:
    for mark, sign in _PLACEHOLDER_SIGNS:  # noqa: SIM110 - a generator takes twice as long
        if mark in text and sign in text:
            return True
    return False


def _texts(value: object, at: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        return [(at, value)]
    if isinstance(value, list):
        return [x for i, v in enumerate(value) for x in _texts(v, (*at, i))]
    if isinstance(value, dict):
        return [x for k, v in value.items() for x in _texts(v, (*at, k))]
    return []
