"""The front matter of a brief as JSON Schema, for editors and for data users. Writes ``data/brief.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.domain.vocabulary import Vocabulary
from plugins.edition.edition import Edition
from plugins.press.output import Output, Sheet, key_of

PATH = "data/brief.schema.json"


def make_schema(edition: Edition) -> Iterator[Sheet]:
    """One sheet: it changes with the vocabulary, and with the code of the model (a part of every key)."""
    words = edition.collection.vocabulary
    key = key_of(edition.site.url, edition.site.name, *words.countries, "", *words.topics, "", *words.measures)
    yield Sheet("data/schema", key, lambda: [Output(PATH, key, partial(render_schema, edition))])


def render_schema(edition: Edition) -> bytes:
    """The schema, indented: people read it too."""
    schema = build_schema(edition.collection.vocabulary)
    top = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": edition.site.absolute(f"/{PATH}"),
        **schema,
        "title": f"Front matter of a brief of the {edition.site.name}",
    }
    return (json.dumps(top, ensure_ascii=False, indent=1) + "\n").encode()


def build_schema(words: Vocabulary) -> dict[str, Any]:
    """The model's own schema with the vocabulary as enumerations."""
    from plugins.opendata.model_schema import build_model_schema  # pydantic: only where the schema is written

    schema = build_model_schema()
    properties = schema["properties"]
    for key, values in (("countries", words.countries), ("topics", words.topics)):
        if values:
            properties[key]["items"] = {"type": "string", "enum": list(values)}
    if words.measures:
        about = {k: v for k, v in properties["measure"].items() if k in ("description", "default", "title")}
        properties["measure"] = {"anyOf": [{"type": "string", "enum": list(words.measures)}, {"type": "null"}], **about}
    return schema
