"""What Jinja makes of a template: Python code, kept from build to build, for most of an edit would go by making it again.

It is kept as byte code of the Python that runs, which takes a fiftieth of the time that source takes. Whoever can write it can write
our code as well; against decay the state has a checksum.
"""

from __future__ import annotations

import marshal
from base64 import b64decode, b64encode
from collections.abc import MutableMapping
from importlib.util import MAGIC_NUMBER
from types import CodeType
from typing import TYPE_CHECKING

from plugins.press.output import key_of

if TYPE_CHECKING:
    from jinja2 import Environment

Sources = MutableMapping[str, list[str]]
"""For the name of a template a digest of all that its code depends on, and the code (marshal, in base64)."""
_OPTIONS = (
    "block_start_string block_end_string variable_start_string variable_end_string comment_start_string comment_end_string "
    "line_statement_prefix line_comment_prefix trim_blocks lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape"
).split()


def keep_sources(environment: Environment, sources: Sources) -> None:
    """Makes an environment take what Jinja made of a template from ``sources``, and leave it there."""
    make = environment.compile
    options = repr([MAGIC_NUMBER, *(getattr(environment, name) for name in _OPTIONS), *sorted(environment.extensions)])

    def compile_template(text: str, name: str | None = None, filename: str | None = None) -> CodeType:
        key = key_of(options, name, filename, text).hex()
        known = sources.get(name or "")
        if known and known[0] == key:
            kept: CodeType = marshal.loads(b64decode(known[1]))  # noqa: S302 - of the state, which is trusted as code is
            return kept
        code: CodeType = make(text, name, filename)
        sources[name or ""] = [key, b64encode(marshal.dumps(code)).decode("ascii")]
        return code

    environment.compile = compile_template  # type: ignore[method-assign, assignment]
