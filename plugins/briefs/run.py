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
from plugins.briefs.versions import MAKERS, READERS, digest_code, digest_folder, digest_stamps
from plugins.domain.folders import Listed
from plugins.domain.markup import ROOT
from plugins.domain.prose import INTRODUCED, MADE
from plugins.edition.edition import Edition
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
    is_plain: bool = False  # whether all templates that the theme lacks are those of a package

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
        self._recalled: list[tuple[str, bytes, dict[str, str], dict[str, str]]] = []  # each as it is, and as it was

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
            versions = self._recall("versions", digest_stamps(listed or {}))
            code, self._makers = (_digest_code(rooms, versions) for rooms in (READERS, MAKERS))
            self.shelf = Shelf(settings.content, self.state, settings.shown, code, listed, looked, changed or frozenset())
            self.stock = self.shelf.read(drafts=settings.drafts)
        except BaseException:
            self._stack.close()
            raise
        self._theme = digest_folder(settings.theme)
        self._codes = self._recall("codes", self._makers)
        self._digests = self._recall("template digests", key_of(self._makers, self._theme) if settings.is_plain else b"")
        shared = {"site": self.site, "integrity": hash_assets(settings.theme)}
        templates = Templates(self._environment, shared, self._codes, self._digests)
        self.edition = Edition(self.stock.collection, self.site, templates, self.shelf.bodies)
        self.edition.pages, self.edition.texts, self.edition.code = self.stock.pages, self.state, self._makers
        self.edition.before += (templates.load_all, lambda: self.shelf.bodies.fetch(self.stock.collection.by_id))
        return self.edition

    def close(self) -> None:
        """Gives up a build that was opened, and is not published."""
        self._stack.close()

    def _recall(self, name: str, of: bytes) -> dict[str, str]:
        """What the last build left under a name, if it was made of the same; ``publish`` keeps what it is then. Of nothing, none is kept."""
        if not of:
            return {}
        known = orjson.loads(self.state.get(name) or "{}")
        found: dict[str, str] = known.get("found", {}) if known.get("of") == of.hex() else {}
        self._recalled.append((name, of, found, dict(found)))
        return found

    def _keep(self) -> None:
        for name, of, found, before in self._recalled:
            if found != before:
                self.state.set(name, orjson.dumps({"of": of.hex(), "found": found}).decode())

    def publish(self) -> Report:
        """Runs the press over all sheets, and commits the state."""
        with self._stack:
            unlink_missing(self.edition)
            share_navigation(self.edition)
            edition = key_of(self._makers, self.edition.offers.signature())
            press = Press(self.settings.output, self.state, edition, keep_paths=self.keep_paths, looks=self._looks)
            report = press.run(self.edition.groups(), prepare=lambda: _call(self.edition.before))
            _call(self.edition.after)
            if digest_folder(self.settings.theme) != self._theme:  # templates were edited while they were used
                self.state.set("edition", "")
            else:
                self._keep()
            self.state.set("briefs", str(len(self.stock.collection.briefs)))
            self.state.set("files", str(report.files))
            self.state.commit()
            self.state.close()
            if self.settings.memory:
                self.settings.memory.keep(self.shelf.looked, stamp_of(self.settings.cache))
        self.seconds = time.perf_counter() - self._started
        return report


def _digest_code(rooms: tuple[str, ...], known: dict[str, str]) -> bytes:
    """A digest of the code of some rooms, taken from those that are known or put there."""
    name = " ".join(rooms)
    if name not in known:
        known[name] = digest_code(rooms).hex()
    return bytes.fromhex(known[name])


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
