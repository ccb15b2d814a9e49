"""What Jinja makes of a template: Python source, kept from build to build, for most of an edit would go by making it again.

It is kept as source and not as byte code: what is read back is text, and fits every Python.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from types import CodeType
from typing import TYPE_CHECKING

from plugins.press.output import key_of

if TYPE_CHECKING:
    from jinja2 import Environment

Sources = MutableMapping[str, list[str]]
"""For the name of a template a digest of all that its source depends on, and the source."""
_OPTIONS = (
    "block_start_string block_end_string variable_start_string variable_end_string comment_start_string comment_end_string "
    "line_statement_prefix line_comment_prefix trim_blocks lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape"
).split()


def keep_sources(environment: Environment, sources: Sources) -> None:
    """Makes an environment take what Jinja made of a template from ``sources``, and leave it there."""
    make = environment.compile
    options = repr([getattr(environment, name) for name in _OPTIONS] + sorted(environment.extensions))

    def compile_template(text: str, name: str | None = None, filename: str | None = None) -> CodeType:
        key = key_of(options, name, text).hex()
        known = sources.get(name or "")
        if not known or known[0] != key:
            known = sources[name or ""] = [key, make(text, name, filename, raw=True)]
        return environment._compile(known[1], filename or "<template>")

    environment.compile = compile_template  # type: ignore[method-assign, assignment]
