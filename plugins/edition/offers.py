"""What plugins publish beside an index: pages link to what was registered, so that no link is dead when a plugin is out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from plugins.domain.collection import Index, IndexKind


class Offer(NamedTuple):
    """A file beside the page of each index that ``fits``."""

    file: str
    label: str
    media_type: str
    group: str  # feeds, calendars or data
    fits: Callable[[Index], bool]


class Link(NamedTuple):
    """An offer as a link: ``href`` is the path below the root, without a slash at the start."""

    href: str
    label: str
    media_type: str
    title: str
    group: str


@dataclass(slots=True)
class Offers:
    """The registry of one build."""

    _offers: list[Offer] = field(default_factory=list)
    _pages: dict[str, str] = field(default_factory=dict)
    _page_links: dict[str, list[Link]] = field(default_factory=dict)
    _brief_files: list[tuple[str, str]] = field(default_factory=list)

    def add(self, offer: Offer) -> None:
        """Registers a file beside indexes."""
        self._offers.append(offer)

    def add_page(self, url: str, label: str) -> None:
        """Registers a page of its own, such as ``/data/``."""
        self._pages[url] = label

    def add_brief_file(self, file: str, label: str) -> None:
        """Registers a file beside every brief."""
        self._brief_files.append((file, label))

    def add_beside_page(self, url: str, link: Link) -> None:
        """Registers a file beside a page that is no index, such as ``/changes/atom.xml``."""
        self._page_links.setdefault(url, []).append(link)

    def beside_page(self, url: str) -> tuple[Link, ...]:
        """The links of such a page."""
        return tuple(self._page_links.get(url, ()))

    def label(self, url: str) -> str:
        """The label of a registered page."""
        return self._pages[url]

    @property
    def pages(self) -> tuple[str, ...]:
        """The addresses of all registered pages, in order."""
        return tuple(sorted(self._pages))

    def has_page(self, url: str) -> bool:
        """Whether somebody publishes this page."""
        return url in self._pages

    @property
    def brief_files(self) -> tuple[tuple[str, str], ...]:
        """Name and label of the files beside every brief."""
        return tuple(self._brief_files)

    def beside(self, index: Index) -> tuple[Link, ...]:
        """The links of an index to what is published beside it."""
        return tuple(
            Link(index.path + o.file, o.label, o.media_type, f"{index.title or 'All briefs'} ({o.label})", o.group)
            for o in self._offers
            if o.fits(index)
        )

    def count_beside(self, index: Index) -> int:
        """How many links an index has."""
        return sum([1 for o in self._offers if o.fits(index)])

    def signature(self) -> str:
        """A text that differs when another set of offers is registered."""
        return repr(
            [(o.file, o.label, o.media_type, o.group) for o in self._offers]
            + sorted(self._pages.items())
            + self._brief_files
            + sorted(self._page_links.items())
        )


def kinds(*wanted: IndexKind) -> Callable[[Index], bool]:
    """Fits the indexes of some kinds that have briefs."""
    found = frozenset(wanted)
    return lambda index: index.kind in found and bool(index.every)
