"""One build: opens state, reads the shelf, makes the edition, runs the press."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from plugins.briefs.assets import hash_assets
from plugins.briefs.memory import Memory
from plugins.briefs.shelf import Shelf
from plugins.briefs.versions import MAKERS, READERS, digest_code, digest_folder
from plugins.domain.folders import Listed
from plugins.domain.markup import ROOT
from plugins.domain.prose import INTRODUCED, MADE
from plugins.edition.edition import Edition
from plugins.edition.kept_code import Codes
from plugins.edition.site import Site, check_site_url, read_build_day
from plugins.edition.templates import Templates
from plugins.press.lock import hold
from plugins.press.output import key_of
from plugins.press.press import Press, Report
from plugins.press.state import State, stamp_of

if TYPE_CHECKING:
    from jinja2 import Environment


FRESH = 2.0  # seconds; a build that waited for another one looks again


class RunSettings(NamedTuple):
    """Where a build reads and writes."""

    content: Path
    output: Path
    cache: Path
    theme: Path
    project: Path
    drafts: bool = False
    listed: Listed | None = None  # folders of content, looked at before Pelican was imported
    listed_at: float = 0.0  # seconds, by the clock that `time.monotonic` reads
    memory: Memory | None = None  # of a process that builds again and again

    @property
    def shown(self) -> str:
        """How faults name the content folder: as seen from the project."""
        try:
            return self.content.resolve().relative_to(self.project.resolve()).as_posix()
        except ValueError:
            return self.content.as_posix()


class Run:
    """A build in its steps: ``open``, then ``publish`` or ``close``."""

    def __init__(self, settings: RunSettings, site: Site, environment: Environment) -> None:
        self.settings = settings
        self.site = site
        self.seconds = 0.0
        self._environment = environment
        self._started = time.perf_counter()
        self._stack = ExitStack()
        self.keep_paths = False

    def open(self) -> Edition:
        """Reads the content, and makes the edition that plugins register with."""
        settings = self.settings
        self._stack.enter_context(hold(settings.cache))
        looked, changed = settings.memory.take(stamp_of(settings.cache)) if settings.memory else (None, None)
        self.state = State(settings.cache)
        self._stack.callback(self.state.close)
        looked = None if self.state.is_new else looked
        self._looks = looked is None
        try:
            is_fresh = time.monotonic() - settings.listed_at < FRESH
            listed = settings.listed if is_fresh and not settings.memory else None  # who remembers needs every reading
            code = digest_code(READERS)
            self.shelf = Shelf(settings.content, self.state, settings.shown, code, listed, looked, changed or frozenset())
            self.stock = self.shelf.read(drafts=settings.drafts)
        except BaseException:
            self._stack.close()
            raise
        self._codes = self._recall_codes()
        templates = Templates(self._environment, {"site": self.site, "integrity": hash_assets(settings.theme)}, self._codes)
        self.edition = Edition(self.stock.collection, self.site, templates, self.shelf.bodies)
        self.edition.pages, self.edition.texts, self.edition.code = self.stock.pages, self.state, digest_code(MAKERS)
        self.edition.before.append(lambda: self.shelf.bodies.fetch(self.stock.collection.by_id))
        return self.edition

    def close(self) -> None:
        """Gives up a build that was opened, and is not published."""
        self._stack.close()

    def _recall_codes(self) -> Codes:
        """What Jinja made of the templates, where the same code of ours left it."""
        self._code = digest_code(MAKERS).hex()
        known = self.state.get("codes of") == self._code
        found: Codes = orjson.loads((known and self.state.get("codes")) or "{}")
        return found

    def _keep_codes(self) -> None:
        self.state.set("codes of", self._code)
        self.state.set("codes", orjson.dumps(self._codes).decode())

    def publish(self) -> Report:
        """Runs the press over all sheets, and commits the state."""
        with self._stack:
            unlink_missing(self.edition)
            share_navigation(self.edition)
            theme = digest_folder(self.settings.theme)
            edition = key_of(digest_code(MAKERS), self.edition.offers.signature())
            press = Press(self.settings.output, self.state, edition, keep_paths=self.keep_paths, looks=self._looks)
            report = press.run(self.edition.groups(), prepare=lambda: _call(self.edition.before))
            _call(self.edition.after)
            if digest_folder(self.settings.theme) != theme:  # templates were edited while they were used
                self.state.set("edition", "")
            self._keep_codes()
            self.state.set("briefs", str(len(self.stock.collection.briefs)))
            self.state.set("files", str(report.files))
            self.state.commit()
            self.state.close()
            if self.settings.memory:
                self.settings.memory.keep(self.shelf.looked, stamp_of(self.settings.cache))
        self.seconds = time.perf_counter() - self._started
        return report


def _call(functions: Iterable[Callable[[], object]]) -> None:
    for function in functions:
        function()


def unlink_missing(edition: Edition) -> None:
    """Prose names a page that no plugin publishes without linking to it."""
    missing = [url for url in sorted(MADE | INTRODUCED) if not edition.offers.has_page(f"/{url}/") and f"/{url}/" not in edition.prose]
    if missing:
        dead = re.compile(rf'<a href="{ROOT}(?:{"|".join(missing)})/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
        edition.prose = {url: page._replace(html=dead.sub(r"\1", page.html)) for url, page in edition.prose.items()}


NAVIGATION = ("/countries/", "/topics/", "/measures/", "/dates/", "/weeks/", "/search/", "/subscribe/")
FOOTER = ("/about/", "/method/", "/contribute/", "/changes/", "/data/", "/publishing/", "/security/")


def share_navigation(edition: Edition) -> None:
    """Gives every template the links of header and footer: only to pages that somebody registered."""
    offers, prose = edition.offers, edition.prose
    if not offers.has_page("/countries/"):  # the plugin `indexes` is out
        edition.templates.without("countries", "topics", "measures", "weeks", "dates", "changes")
    titles = {url: offers.label(url) for url in offers.pages} | {url: p.title for url, p in prose.items() if not offers.has_page(url)}
    edition.templates.share(
        nav=[(url[1:], titles[url]) for url in NAVIGATION if offers.has_page(url)],
        footer_nav=[(url[1:], titles[url]) for url in FOOTER if url in titles],
        home_links=offers.beside(edition.collection.indexes.home),
        has_page=offers.has_page,
    )


def read_site(settings: Mapping[str, Any], environment: Mapping[str, str]) -> Site:
    """The site from Pelican's settings and the environment. Raises ValueError for an address that is none."""
    return Site(
        name=settings["SITENAME"],
        tagline=settings.get("TAGLINE", ""),
        url=check_site_url(settings["SITEURL"]),
        tag_authority=settings["TAG_AUTHORITY"],
        day=read_build_day(dict(environment)),
        repo_url=(settings.get("REPO_URL") or "").rstrip("/"),
        repo_branch=settings.get("REPO_BRANCH", "main"),
        hub_url=settings.get("WEBSUB_HUB") or "",
    )


def describe_stock(run: Run, report: Report) -> str:
    """The closing line of a build."""
    count = len(run.stock.collection.briefs)
    changes = f"{report.written:,} written, {report.deleted:,} deleted, {report.unchanged:,} unchanged"
    return f"{count:,} {'brief' if count == 1 else 'briefs'}, {report.files:,} files: {changes} in {run.seconds:.1f} s"
