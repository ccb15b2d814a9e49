"""JSON-LD of a brief (schema.org NewsArticle, isBasedOn)."""

from __future__ import annotations

from typing import Any

from plugins.domain.brief import Brief, Detail
from plugins.edition.site import Site

Links = tuple[tuple[str, str], ...]


def describe_brief(site: Site, brief: Brief, detail: Detail, countries: Links, topics: Links) -> dict[str, Any]:
    """The brief as schema.org sees it; only what the page itself states."""
    publisher = {"@type": "Organization", "name": site.name, "url": site.url + "/"}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": site.absolute(brief.url),
        "url": site.absolute(brief.url),
        "headline": brief.title,
        "description": brief.summary,
        "datePublished": brief.added,
        "dateModified": brief.changed,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": site.licence_url,
        "author": publisher,
        "publisher": publisher,
        "about": [{"@type": "Place", "name": name} for _, name in countries],
        "keywords": [title for _, title in topics],
        "isBasedOn": [_describe_source(s.url, s.title, s.publisher, s.author, s.date, s.lang) for s in detail.sources],
    }
    return found


def _describe_source(url: str, title: str, publisher: str, author: str | None, date: str | None, lang: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "CreativeWork", "url": url, "name": title, "publisher": {"@type": "Organization", "name": publisher}}
    if author:
        found["author"] = {"@type": "Person", "name": author}
    if date:
        found["datePublished"] = date
    if lang:
        found["inLanguage"] = lang
    return found
