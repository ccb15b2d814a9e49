"""Which templates a template needs: what its pages have to be made again for."""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.press.output import key_of

if TYPE_CHECKING:
    from jinja2 import Environment

Digests = MutableMapping[str, str]
"""Digests of templates in hexadecimal, by their names with spaces between."""
_QUOTED = re.compile(r"""["']([^"'\n]{1,200})["']""")
_COMPUTED = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\s+[^\s\"']")  # of a name that only rendering tells


class References:
    """The templates of an environment, each with those that it names, in quotation marks, wherever that is.

    ``known`` are digests that were worked out from the same templates, by their names; those that are worked out are put there.
    """

    def __init__(self, environment: Environment, known: Digests | None = None) -> None:
        self._environment = environment
        self._texts: dict[str, str] = {}
        self._digests: Digests = {} if known is None else known

    def digest(self, *names: str) -> bytes:
        """A digest of some templates with all that they need; of every template where one of them works a name out."""
        together = " ".join(names)
        if together not in self._digests:
            self._digests[together] = self._work_out(names).hex()
        return bytes.fromhex(self._digests[together])

    def find(self, names: Iterable[str]) -> set[str]:
        """Some templates, as far as there are such, with all that they need."""
        found: set[str] = set()
        left = [name for name in names if name in self._names]
        while left:
            name = left.pop()
            found.add(name)
            text = self._text(name)
            needed = self._names if _COMPUTED.search(text) else self._names.intersection(_QUOTED.findall(text))
            left += needed - found
        return found

    def _work_out(self, names: tuple[str, ...]) -> bytes:
        found = self.find(names)
        return key_of(*(part for name in sorted(found) for part in (name, self._text(name))))

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self._environment.list_templates())

    def _text(self, name: str) -> str:
        if name not in self._texts:
            assert self._environment.loader
            self._texts[name] = self._environment.loader.get_source(self._environment, name)[0]
        return self._texts[name]
