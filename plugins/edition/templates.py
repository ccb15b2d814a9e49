"""Pages from templates: each template sees only the values that it is given, and what all of them share.

Beside Jinja's own, a theme has: the macros of ``partials/macros.html`` and ``partials/tables.html`` as functions, and as filters
(``links | follow``) in other files, which Jinja calls without a detour; those of one value, such as a stage, only as filters
(``brief.stage | stage``), rendered once for each value; and ``template | kept(…)``, a part that is rendered once for each set of
values, such as the header of all pages of a section.

Marks such as dashes stand in templates as references (``&ndash;``), and so do those of the filters: to put together and encode a page
of nothing but ASCII takes half as long.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from plugins.domain.dates import day_label
from plugins.domain.markup import ROOT
from plugins.edition.compiling import Generator
from plugins.edition.encoding import encode
from plugins.edition.kept_code import Codes, KeptCode
from plugins.edition.references import Digests, References
from plugins.press.output import key_of

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from jinja2.ext import Extension

MACROS = ("partials/macros.html", "partials/tables.html")
_ROOT = ROOT.encode("utf-8")
FILTERS = ("stage", "grade", "day", "period")  # macros of one value, which stands for the same words wherever it is shown


class Templates:
    """The theme's templates. ``shared`` are the values that every template may use.

    ``codes`` is what Jinja made of them before, ``digests`` what was worked out from the same templates before.
    """

    def __init__(
        self, environment: Environment, shared: Mapping[str, Any], codes: Codes | None = None, digests: Digests | None = None
    ) -> None:
        self._environment = environment
        self._names = environment.list_templates()
        self._environment.code_generator_class = Generator
        self._environment.auto_reload = False  # each build has an environment of its own: no file is looked at twice
        self._environment.cache = {}  # all templates of a build are kept, without a book of which was used last
        self._environment.add_extension(_root_as_text())
        self._environment.policies["json.dumps_function"] = _dump  # of `tojson`, which then escapes what HTML would take for a tag
        self._environment.policies["json.dumps_kwargs"] = {}
        if codes is not None:
            self._environment.bytecode_cache = KeptCode(environment, codes)
        # one mapping for each template and not a chain, which is slow: what is shared is shared before a template is loaded
        self._environment.make_globals = lambda own: {**environment.globals, **(own or {})}  # type: ignore[method-assign, assignment]
        self._environment.globals.update(shared, root=ROOT)
        self._environment.filters.update(
            {name: self._filter(name) for name in FILTERS},
            in_words=lru_cache(maxsize=8192)(day_label),
            hash_of=hash_of,
            kept=self._kept_filter(),
        )
        self._asked: set[str] = set()  # names of the templates that outputs are made from
        self._loaded: dict[str, Template] = {}
        self._kept: dict[Hashable, Markup] = {}
        self._dead: re.Pattern[str] | None = None
        self._references = References(environment, digests)
        self._files = repr(shared.get("integrity"))  # pages name stylesheet and scripts by their digests

    def share(self, **values: Any) -> None:
        """Gives every template more values; before the first template is used."""
        self._environment.globals.update(values)

    def without(self, *rooms: str) -> None:
        """Pages show links to home and to pages below these folders as text: nobody publishes them. Files beside them stay."""
        pages = rf"(?:(?:{'|'.join(rooms)})/(?:[^\"#]*/)?(?:#[^\"]*)?)?"
        self._dead = re.compile(rf'<a href="{ROOT}{pages}"[^>]*>(.*?)</a>', re.DOTALL)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all templates of the theme."""
        return tuple(sorted(self._names))

    def digest(self, *names: str) -> bytes:
        """What outputs made from some templates depend on, beside what these show."""
        self._asked.update(names)
        return key_of(self._files, self._references.digest(*names, *MACROS))

    def digest_all(self) -> bytes:
        """What everything that is made from templates depends on, beside what these show."""
        return key_of(self._files, self._references.digest(*self.names))

    def text(self, name: str, values: Mapping[str, Any]) -> str:
        """A template as text; the root of the site stands in it as ROOT."""
        return self._load(name).render(values)

    def part(self, name: str, values: Mapping[str, Any]) -> Markup:
        """A template as a part of others."""
        return Markup(self.text(name, values))  # noqa: S704 - a template of ours

    def load_all(self) -> None:
        """Makes ready what outputs are made from. Done before very many are made in two processes, it is done once."""
        from jinja2 import TemplateError

        for name in sorted(self._references.find(self._asked)):
            with suppress(TemplateError):  # told of by whoever renders it
                self._load(name)

    def _load(self, name: str) -> Template:
        template = self._loaded.get(name)
        if template is None:
            self._share_macros()
            template = self._loaded[name] = self._environment.get_template(name)
        return template

    def _share_macros(self) -> None:
        """Gives every template the macros, once all else is shared. A stock theme has none."""
        if self._loaded:
            return
        for file in filter(self._names.__contains__, MACROS):
            found = vars(self._environment.get_template(file).module).items()
            macros = {name: macro for name, macro in found if not name.startswith("_") and name not in FILTERS}
            self._environment.globals.update(macros)
            self._environment.filters.update(macros)

    def _kept_filter(self) -> Callable[..., Markup]:
        """A template as a part of others, rendered once for each set of values.

        It takes the context, so that Jinja does not call it while it compiles: the part would stand in the kept code of the template.
        """
        from jinja2 import pass_context

        @pass_context
        def keep(context: object, name: str, **values: Hashable) -> Markup:
            key = (name, *values.items())
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = self.part(name, values)
            return found

        return keep

    def _filter(self, name: str) -> Callable[[Hashable], Markup]:
        """A macro of one value as a filter, rendered once for each value."""
        known: dict[Hashable, Markup] = {}

        def show(value: Hashable) -> Markup:
            found = known.get(value)
            if found is None:
                html = getattr(self._environment.get_template(MACROS[0]).module, name)(value)
                found = known[value] = Markup(html.encode("ascii", "xmlcharrefreplace").decode())  # noqa: S704 - as it was
            return found

        return show

    def page(self, name: str, url: str, values: Mapping[str, Any], *, root: str | None = None) -> bytes:
        """A page at ``url`` (below the root, with slashes at both ends), with links relative to it, or below ``root``."""
        html = self._load(name).render(values, url=url, section=url[: url.find("/", 1) + 1] or "/")
        if self._dead:
            html = self._dead.sub(r"\1", html)
        return html.encode("utf-8").replace(_ROOT, (root or way_to_root(url)).encode("utf-8"))


def _root_as_text() -> type[Extension]:
    """An extension of Jinja that writes ROOT into the templates before they are compiled: it stands in them a hundred times a page."""
    from jinja2.ext import Extension

    class RootAsText(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return source.replace("{{ root }}", ROOT)

    return RootAsText


def _dump(value: object) -> str:
    return encode(value).decode()


def hash_of(text: str) -> str:
    """A text as a source in a Content-Security-Policy: ``sha256-…``, to be put between single quotes."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def way_to_root(url: str) -> str:
    """The relative way from a page to the root: ``./`` at home, ``../../`` at ``/briefs/x/``."""
    return "../" * (url.count("/") - 1) or "./"


def file_of(url: str) -> str:
    """The file that a server answers an address with."""
    return f"{url[1:]}index.html"
