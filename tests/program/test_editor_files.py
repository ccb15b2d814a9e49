"""What VS Code is given: the schema and the snippet follow the model, and the settings name files that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from plugins.domain.frontmatter import split_front_matter
from plugins.domain.loading import load_vocabulary
from plugins.domain.model import KEYS
from plugins.domain.reader import parse_brief
from plugins.program.editor_files import FOLDER, build_editor_schema, build_snippets, render_files
from tests.domain.broken_briefs import CASES, GOOD

PROJECT = Path(__file__).parents[2]
EDITOR = PROJECT / FOLDER


def read_commented(name: str) -> Any:
    """A JSON file whose comments stand on lines of their own."""
    lines = (EDITOR / name).read_text("utf-8").splitlines()
    return json.loads("\n".join(line for line in lines if not line.lstrip().startswith("//")))


def test_generated_files_are_up_to_date() -> None:
    """Whoever changes the model, a topic or a country writes them anew: `make editor`."""
    vocabulary, faults = load_vocabulary(PROJECT / "content")
    assert faults == []
    for name, text in render_files(vocabulary).items():
        assert (EDITOR / name).read_text("utf-8") == text, f"{name} is out of date: make editor"


def test_no_file_changes_with_a_brief_or_a_measure() -> None:
    """Two contributors never change one file: neither ids of measures nor of briefs stand in it."""
    vocabulary, _ = load_vocabulary(PROJECT / "content")
    text = "".join(render_files(vocabulary).values())
    assert vocabulary.measures
    assert [m for m in vocabulary.measures if re.search(rf'[",]{re.escape(m)}[",]', text)] == []


def test_settings_name_what_is_there() -> None:
    """The schema is wired to the briefs, and its address is no page that somebody could take over."""
    settings = read_commented("settings.json")
    ((schema, wanted),) = settings["yaml.schemas"].items()
    data = json.loads((PROJECT / schema).read_text("utf-8"))
    assert data["$id"].startswith("urn:")
    assert wanted == ["content/briefs/**/*.md"]
    assert next(iter((PROJECT / "content" / "briefs").glob("*/*.md"))).suffix == ".md"
    assert all(re.fullmatch(r"[\w-]+\.[\w-]+", name) for name in read_commented("extensions.json")["recommendations"])


def test_the_task_finds_every_fault() -> None:
    """The pattern of the task takes path, line, code and message from what the program prints."""
    tasks = {task["label"]: task for task in read_commented("tasks.json")["tasks"]}
    pattern = tasks["Check briefs"]["problemMatcher"]["pattern"]
    printed = (PROJECT / "tests" / "domain" / "broken_briefs.txt").read_text("utf-8").splitlines()
    faults = [line[line.index("content/") :] for line in printed]
    assert len(faults) >= len(CASES)
    for line in [*faults, "content/briefs/2026/2026-01-01-x.md:8: G1 “nine” is not stated by the source; leave it out"]:
        found = re.fullmatch(pattern["regexp"], line)
        assert found, line
        path, number, code, message = (found[pattern[name]] for name in ("file", "line", "code", "message"))
        assert f"{path}:{number}: {code} {message}" == line


def check_schema(value: object, schema: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether a value fits; the few words of JSON Schema that ours uses."""
    if "$ref" in schema:
        return check_schema(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return (
            schema.get("type") == "object"
            and value.keys() <= known.keys()
            and set(schema["required"]) <= value.keys()
            and all(check_schema(v, known[k], root) for k, v in value.items())
        )
    if isinstance(value, list):
        fits = schema.get("type") == "array" and schema.get("minItems", 0) <= len(value) <= schema["maxItems"]
        return fits and all(check_schema(v, schema["items"], root) for v in value)
    kinds = schema.get("type")
    text = str(value)
    return (
        "string" in (kinds if isinstance(kinds, list) else [kinds])
        and text in schema.get("enum", [text])
        and schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 1000)
        and bool(re.search(schema.get("pattern", ""), text))
    )


SCHEMA = build_editor_schema(load_vocabulary(PROJECT / "content")[0])


def test_every_published_brief_fits_the_schema() -> None:
    """The editor marks nothing that the checks let through."""
    for file in sorted((PROJECT / "content" / "briefs").glob("*/*.md")):
        front, _ = split_front_matter(file.read_text("utf-8"), file.name)
        assert front is not None
        assert check_schema(front.data, SCHEMA, SCHEMA), file.name
    assert list(SCHEMA["properties"]) == list(KEYS)


SEEN = (
    "misspelt key",
    "unknown key of a source",
    "no title",
    "countries no list",
    "title too short",
    "American date",
    "added no day",
    "unknown stage",
    "unknown kind of source",
    "unknown status",
    "no topics",
    "country name",
)


@pytest.mark.parametrize("what", [*SEEN, "replaced id that climbs out"])
def test_the_schema_marks_what_the_checks_refuse(what: str) -> None:
    """Kinds of faults that a form can show."""
    front, _ = split_front_matter(next(c for c in CASES if c.what == what).content().decode(), "x")
    good, _ = split_front_matter(GOOD, "x")
    assert front is not None
    assert good is not None
    assert check_schema(good.data, SCHEMA, SCHEMA)
    assert not check_schema(front.data, SCHEMA, SCHEMA)


def fill(body: list[str], answers: dict[int, str]) -> str:
    """A snippet as VS Code inserts it: the first choice or the default, unless answered; a day for the variables."""
    text = "\n".join(body)
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-22")
    return re.sub(r"\$\{(\d+)(?::([^}]*)|\|([^,]*)[^}]*\|)\}", lambda m: answers.get(int(m[1]), m[2] or m[3]), text)


def test_the_snippet_half_filled_is_refused_and_filled_is_clean() -> None:
    """Each TODO is a fault until a person writes something, and nothing else is."""
    vocabulary, _ = load_vocabulary(PROJECT / "content")
    body = build_snippets(vocabulary)["Brief"]["body"]
    answers = {
        1: "Ruritania plans a register for miners",
        3: "DE",
        4: "mining",
        5: "proposal",
        6: "The ministry of finance proposes a register for miners and a duty to report.",
    }
    answers |= {
        7: "https://gazette.example/register",
        8: "A register for miners",
        9: "Example Gazette",
        10: "press",
        11: "none",
        0: GOOD.split("---\n", 2)[2],
    }
    stem = "2026-11-22-ruritania-register"
    assert parse_brief(fill(body, answers).encode(), "x", stem).faults == ()
    for place in answers:
        left = {k: v for k, v in answers.items() if k != place}
        found = parse_brief(fill(body, left).encode(), "x", stem).faults
        assert {"B311", "B306", "V402", "S501"} & {f.code for f in found}, (place, found)
