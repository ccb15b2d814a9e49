"""Briefs as Pelican articles: made from the typed value, never from front matter, so none of its traps is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from plugins.domain.brief import Brief
from plugins.domain.dates import parse_partial_date
from plugins.domain.markup import ROOT
from plugins.edition.edition import Edition


def describe_brief(edition: Edition, brief: Brief) -> tuple[str, dict[str, Any]]:
    """The content and the metadata of an article that shows a brief; its stage names the category, countries and topics the tags."""
    day = parse_partial_date(brief.date).first
    titles = [name for _, name in edition.names(brief)] + [title for _, title in edition.topic_links(brief)]
    html = edition.bodies.html(brief.id).replace(ROOT, edition.site.url + "/")
    metadata: dict[str, Any] = {
        "title": brief.title,
        "slug": brief.id,
        "date": datetime(day.year, day.month, day.day, tzinfo=UTC),
        "modified": datetime.fromisoformat(brief.changed).replace(tzinfo=UTC),
        "category": brief.stage.label,
        "tags": titles,
        "summary": brief.summary,
        "url": brief.url[1:],
        "save_as": f"briefs/{brief.id}/index.html",
        "lang": "en",
    }
    return html, metadata


def group_by_tag(articles: Iterable[Any]) -> dict[Any, list[Any]]:
    """Articles by tag, in the order of the tags."""
    found: dict[Any, list[Any]] = {}
    for article in articles:
        for tag in article.tags:
            found.setdefault(tag, []).append(article)
    return dict(sorted(found.items()))
