"""The forms that values of front matter have, as schemas of pydantic-core: the engine of pydantic, without pydantic's own models.

To import pydantic and to make models takes 70 ms, and each build that reads a brief would wait for it; its engine takes 15 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields
from enum import Enum
from typing import Any

from pydantic_core.core_schema import (
    CoreConfig,
    CoreSchema,
    dataclass_args_schema,
    dataclass_field,
    dataclass_schema,
    enum_schema,
    no_info_after_validator_function,
    nullable_schema,
    str_schema,
    tuple_schema,
    with_default_schema,
)

from plugins.domain.addresses import BadAddressError, check_address
from plugins.domain.dates import parse_partial_date

_CLOSED = CoreConfig(extra_fields_behavior="forbid", str_strip_whitespace=True)


def _check_date(text: str) -> str:
    return parse_partial_date(text).text


def _check_day(text: str) -> str:
    found = parse_partial_date(text)
    if not found.is_exact:
        raise ValueError("a day is needed here: YYYY-MM-DD")
    return text


def _check_period(text: str) -> str:
    return parse_partial_date(text, periods=True).text


def _check_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("one line of text without tabs is needed here")
    if not text[:1].isalnum() and not any(c.isalnum() for c in text):
        raise ValueError("words are needed here")
    return text


def _check_address(text: str) -> str:
    try:
        return check_address(text)
    except BadAddressError as error:
        raise ValueError(f"{error.code}|{error}|{error.hint}") from error


def line(fewest: int, most: int) -> CoreSchema:
    """One line of text with so many characters."""
    return no_info_after_validator_function(_check_line, str_schema(min_length=fewest, max_length=most))


def word(pattern: str, most: int | None = None) -> CoreSchema:
    """A text that has a pattern."""
    return str_schema(pattern=pattern, max_length=most)


def _checked(check: Callable[[str], str], pattern: str) -> CoreSchema:
    """A text that a function of ours checks; the pattern is what JSON Schema can say of it."""
    return no_info_after_validator_function(check, str_schema(metadata={"pattern": pattern}))


DAY = _checked(_check_day, r"^\d{4}-\d\d-\d\d$")
DATE = _checked(_check_date, r"^\d{4}(-\d\d(-\d\d)?)?$")
PERIOD = _checked(_check_period, r"^\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]))?$")
ADDRESS = _checked(_check_address, "^https?://")


def one_of(kind: type[Enum]) -> CoreSchema:
    """A value of a closed list."""
    return enum_schema(kind, list(kind), ref=kind.__name__)


def several(form: CoreSchema, *, most: int, fewest: int | None = None) -> CoreSchema:
    """A list of values of one form."""
    return tuple_schema([form], variadic_item_index=0, min_length=fewest, max_length=most)


def group(model: type[Any]) -> CoreSchema:
    """A mapping with the keys of a dataclass whose fields are ``needed`` or ``optional``, and no others."""
    keys = [dataclass_field(key.name, **key.metadata) for key in fields(model)]
    arguments = dataclass_args_schema(model.__name__, keys)
    return dataclass_schema(model, arguments, [key["name"] for key in keys], config=_CLOSED, ref=model.__name__)


def needed(form: CoreSchema, description: str) -> Any:
    """A key that must be there; the description stands in the JSON Schema."""
    return field(metadata={"schema": form, "metadata": {"description": description}})


def optional(form: CoreSchema, description: str) -> Any:
    """A key that may be missing, which is None then."""
    return needed(with_default_schema(nullable_schema(form), default=None), description)


def optional_list(form: CoreSchema, description: str, *, most: int) -> Any:
    """A list that may be missing, which is empty then."""
    return needed(with_default_schema(several(form, most=most), default=()), description)
