"""Pages of briefs. Writes ``briefs/<id>/index.html``, for withdrawn and replaced briefs too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from plugins.briefs.structured import describe_brief
from plugins.domain.brief import Brief, digest_briefs, sort_by_month
from plugins.domain.collection import Index
from plugins.domain.freshness import describe_review
from plugins.domain.stage import Status
from plugins.domain.standing import find_standing
from plugins.edition.edition import Edition
from plugins.press.output import Batch, Output, Sheet, key_of


class Related(NamedTuple):
    """The place of a brief in the timeline of its measure."""

    measure: Index | None
    older: Brief | None
    newer: Brief | None
    standing: Brief | None

    def key(self) -> bytes:
        """A digest of what the page shows of it."""
        if not self.measure or not self.measure.measure:
            return b""
        briefs = (self.older, self.newer, self.standing)
        return key_of(self.measure.measure.digest, len(self.measure.briefs), *(b.head if b else b"" for b in briefs))


def make_batches(edition: Edition) -> Iterator[Batch]:
    """A batch for the briefs of each month: those of a month of which nothing changed are not looked at one by one."""
    common = edition.key("brief.html", "withdrawn.html", "moved.html")
    shown = edition.recall("related", lambda: _find_shown(edition.collection.indexes.measures.values()))
    for month, briefs in sort_by_month(edition.collection.briefs).items():
        key = key_of(common, digest_briefs(briefs), shown.get(month))
        yield Batch(month, key, partial(make_sheets, edition, briefs), shares_little=True)


def _find_shown(indexes: Iterable[Index]) -> dict[str, str]:
    """For each month a digest of what the pages of its briefs show of other briefs and of measures: see Related."""
    shown: dict[str, list[bytes]] = {}
    for index in indexes:
        standing = find_standing(index.briefs)
        common = key_of(index.measure.digest if index.measure else b"", len(index.briefs), standing.head if standing else b"")
        months: dict[str, list[bytes]] = {}
        around = [b"", *[b.head for b in index.briefs], b""]
        for at, brief in enumerate(index.briefs):
            months.setdefault(brief.month, [common]).append(around[at] + b"<" + around[at + 2])
        for month, heads in months.items():
            shown.setdefault(month, []).extend(heads)
    return {month: key_of(b"".join(heads)).hex() for month, heads in shown.items()}


def make_sheets(edition: Edition, briefs: Iterable[Brief]) -> Iterator[Sheet]:
    """A sheet for each of some briefs, and for each address that leads to a successor."""
    measures, used = edition.collection.indexes.measures, {brief.measure for brief in briefs}
    related = find_related(index for id, index in measures.items() if id in used)
    nothing = Related(None, None, None, None)
    common, moved = edition.key("brief.html", "withdrawn.html"), edition.key("moved.html")
    for brief in briefs:
        about = related.get(brief.id, nothing)
        key = key_of(common, brief.digest, about.key())
        yield Sheet(f"brief/{brief.id}", key, partial(_brief_outputs, edition, brief, about, key))
        for old in brief.replaces:
            yield Sheet(f"moved/{old}", key_of(moved, brief.head), partial(_moved, edition, brief, old))


def find_related(measures: Iterable[Index]) -> dict[str, Related]:
    """For each brief of some measures its neighbours in the timeline."""
    found: dict[str, Related] = {}
    for index in measures:
        standing = find_standing(index.briefs)
        around = [None, *index.briefs, None]
        for at, brief in enumerate(index.briefs, 1):
            found[brief.id] = Related(index, around[at + 1], around[at - 1], standing)
    return found


def _brief_outputs(edition: Edition, brief: Brief, related: Related, key: bytes) -> Iterable[Output]:
    return (Output(f"briefs/{brief.id}/index.html", key, partial(render_brief, edition, brief, related)),)


def render_brief(edition: Edition, brief: Brief, related: Related) -> bytes:
    """The page of a brief; of a withdrawn one a notice with the reason."""
    detail = brief.detail()
    countries, topics = edition.names(brief), edition.topic_links(brief)
    path = f"content/briefs/{brief.id[:4]}/{brief.id}.md"
    values: dict[str, Any] = {
        "brief": brief,
        "detail": detail,
        "body": edition.bodies.html(brief.id) if brief.is_listed else "",
        "countries": countries,
        "topics": topics,
        "related": related,
        "year": brief.date[:4],
        "files": [(f"briefs/{brief.id}/{name}", label) for name, label in edition.offers.brief_files],
        "review": describe_review(brief, detail.checked, related.standing),
        "edit_url": edition.site.edit_url(path),
        "history_url": edition.site.history_url(path),
        "report_url": edition.site.report_url(f"Error in {brief.id}", brief.id),
        "structured": describe_brief(edition.site, brief, detail, countries, topics),
        "is_draft": brief.status is Status.DRAFT,
    }
    name = "brief.html" if brief.is_listed else "withdrawn.html"
    return edition.templates.page(name, brief.url, values)


def _moved(edition: Edition, brief: Brief, old: str) -> Iterable[Output]:
    url = f"/briefs/{old}/"
    render = partial(edition.templates.page, "moved.html", url, {"brief": brief, "old": old})
    return (Output(f"briefs/{old}/index.html", key_of(edition.key("moved.html"), old, brief.head), render),)
