"""Pages from templates: each template sees only the values that it is given."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from plugins.domain.markup import ROOT

if TYPE_CHECKING:
    from jinja2 import Environment, Template


class Templates:
    """The theme's templates. ``shared`` are the values that every template may use."""

    def __init__(self, environment: Environment, shared: Mapping[str, Any]) -> None:
        self._environment = environment
        self._environment.auto_reload = False  # each build has an environment of its own: no file is looked at twice
        self._environment.globals.update(shared, root=ROOT, hash_of=hash_of)
        self._loaded: dict[str, Template] = {}
        self._dead: re.Pattern[str] | None = None

    def share(self, **values: Any) -> None:
        """Gives every template more values; before the first template is used."""
        self._environment.globals.update(values)

    def without(self, *rooms: str) -> None:
        """Pages show links to home and to pages below these folders as text: nobody publishes them. Files beside them stay."""
        pages = rf"(?:(?:{'|'.join(rooms)})/(?:[^\"#]*/)?(?:#[^\"]*)?)?"
        self._dead = re.compile(rf'<a href="{ROOT}{pages}"[^>]*>(.*?)</a>', re.DOTALL)

    def text(self, name: str, values: Mapping[str, Any]) -> str:
        """A template as text; the root of the site stands in it as ROOT."""
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = self._environment.get_template(name)
        return template.render(values)

    def page(self, name: str, url: str, values: Mapping[str, Any]) -> bytes:
        """A page at ``url`` (below the root, with slashes at both ends), with relative links."""
        html = self.text(name, {**values, "url": url})
        if self._dead:
            html = self._dead.sub(r"\1", html)
        return html.replace(ROOT, way_to_root(url)).encode("utf-8")


def hash_of(text: str) -> str:
    """A text as a source in a Content-Security-Policy: ``sha256-…``, to be put between single quotes."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def way_to_root(url: str) -> str:
    """The relative way from a page to the root: ``./`` at home, ``../../`` at ``/briefs/x/``."""
    return "../" * (url.count("/") - 1) or "./"


def file_of(url: str) -> str:
    """The file that a server answers an address with."""
    return f"{url[1:]}index.html"
