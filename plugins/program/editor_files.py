"""What makes briefs easy to write in VS Code: ``python -m plugins.program.editor_files`` writes it anew into ``.vscode/``.

The JSON Schema of the front matter and the snippet ``brief``. Both follow the model and the vocabularies of countries and
topics. Measures are not listed: every new one would change a file that two contributors share.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plugins.domain.loading import load_vocabulary
from plugins.domain.stage import Authorship, SourceKind, Stage
from plugins.domain.vocabulary import Vocabulary
from plugins.opendata.schema import build_schema

FOLDER = Path(".vscode")
SCHEMA_ID = "urn:policy-digest:brief"


def render_files(vocabulary: Vocabulary) -> dict[str, str]:
    """The text of each file by its name."""
    return {"brief.schema.json": _render(build_editor_schema(vocabulary)), "brief.code-snippets": _render(build_snippets(vocabulary))}


def build_editor_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The published schema as an editor needs it: explained values, years that YAML reads as numbers, no ``null``."""
    schema = build_schema(vocabulary._replace(measures={}))
    for part in (schema, *schema["$defs"].values()):
        for name, value in part.get("properties", {}).items():
            part["properties"][name] = _loosen(value)
    properties, parts = schema["properties"], schema["$defs"]
    properties["countries"]["items"]["enumDescriptions"] = [c.name for c in vocabulary.countries.values()]
    properties["topics"]["items"]["enumDescriptions"] = [t.definition for t in vocabulary.topics.values()]
    parts["Stage"]["enumDescriptions"] = [Stage(value).meaning for value in parts["Stage"]["enum"]]
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": SCHEMA_ID}
    return {**head, **schema, "title": "Front matter of a brief of the Policy Digest"}


def _loosen(value: dict[str, Any]) -> dict[str, Any]:
    """A property without null and default; a year may be a number, for that is what YAML makes of it."""
    kept = {k: v for k, v in value.items() if k not in ("default", "title", "anyOf")}
    choices = [c for c in value.get("anyOf", ()) if c.get("type") != "null"]
    kept |= choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {}
    if str(kept.get("pattern", "")).startswith(r"^\d{4}("):
        kept["type"] = ["string", "integer"]
    return kept


def build_snippets(vocabulary: Vocabulary) -> dict[str, Any]:
    """One snippet. Every value that a person must choose is TODO at first, which the checks refuse."""
    today = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"
    body = [
        "---",
        "title: ${1:TODO the country first, then what happened}",
        f"date: ${{2:{today}}}",
        f"added: {today}",
        "countries: [${3:TODO}]",
        f"topics: [{_choice(4, sorted(vocabulary.topics))}]",
        f"stage: {_choice(5, [s.value for s in Stage])}",
        "summary: >-",
        "  ${6:TODO one or two sentences, 40 to 300 characters}",
        "sources:",
        "  - url: ${7:TODO https://}",
        '    title: "${8:TODO}"',
        "    publisher: ${9:TODO}",
        f"    kind: {_choice(10, [k.value for k in SourceKind])}",
        f"ai: {_choice(11, [a.value for a in Authorship])}",
        "---",
        "${0:TODO what changed, and who says so; 60 to 400 words, one sentence a line}",
    ]
    return {
        "Brief": {
            "scope": "markdown",
            "prefix": "brief",
            "description": "A new brief of the Policy Digest. TODO stands where you decide.",
            "body": body,
        }
    }


def _choice(place: int, values: Iterable[str]) -> str:
    return f"${{{place}|{','.join(['TODO', *values])}|}}"


def _render(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Writes the files of the project in this folder. 0 written, 1 the vocabularies have faults."""
    vocabulary, faults = load_vocabulary(Path("content"))
    if faults:
        print("\n".join(str(f) for f in faults), file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    for name, text in render_files(vocabulary).items():
        (FOLDER / name).write_text(text, "utf-8")
        print(f"{FOLDER / name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
