"""The model's own JSON Schema, as pydantic makes it of what pydantic-core checks by. A module of its own: pydantic is large."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from plugins.domain.model import SCHEMA


class _Described(GenerateJsonSchema):
    """With what the model says in the words of JSON Schema: descriptions, and the patterns of what functions check."""

    def generate_inner(self, schema: Any) -> dict[str, Any]:
        return {**super().generate_inner(schema), **schema.get("metadata", {})}


def build_model_schema() -> dict[str, Any]:
    """The form of every key, without a vocabulary."""
    return _Described().generate(SCHEMA)
