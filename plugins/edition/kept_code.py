"""What Jinja makes of templates, kept from build to build by its own cache of byte code: to make it again would be most of an edit.

Jinja tells the code of another Python or Jinja from its own, and that of another text of a template. Whoever can write what is kept can
write our code as well; against decay the state has a checksum.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from plugins.press.output import key_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

Codes = MutableMapping[str, str]
"""The code of each template in base64, by a digest of its name and of the options that it was made with."""
_OPTIONS = (
    "block_start_string block_end_string variable_start_string variable_end_string comment_start_string comment_end_string "
    "line_statement_prefix line_comment_prefix trim_blocks lstrip_blocks newline_sequence keep_trailing_newline optimized autoescape"
).split()


class KeptCode(BytecodeCache):
    """Takes the code of an environment's templates from ``codes``, and leaves it there."""

    def __init__(self, environment: Environment, codes: Codes) -> None:
        self._codes = codes
        self._options = repr([getattr(environment, name) for name in _OPTIONS] + sorted(environment.extensions))

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """What the code of a template is kept under."""
        return key_of(self._options, name, filename).hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills the bucket, if the code of its template is there; Jinja then looks whether it fits."""
        known = self._codes.get(bucket.key)
        if known:
            bucket.bytecode_from_string(b64decode(known))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a bucket."""
        self._codes[bucket.key] = b64encode(bucket.bytecode_to_string()).decode("ascii")
