"""What a page says about itself for machines: JSON-LD, Open Graph, meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from plugins.desk.article import FoundDate
from plugins.desk.cleaning import clean_line

_ARTICLE_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "blogposting",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "report",
        "techarticle",
    }
)
_NEWS_TYPES = frozenset({"newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle"})
_LONGEST_JSON = 500_000  # characters of one block of JSON-LD
_MOST_NODES = 2_000
_STATED = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?|(\d{4}-\d\d)|(\d{4})(\d\d)(\d\d)(?:T.*)?")
_NO_AUTHORS = frozenset(
    {
        "admin",
        "administrator",
        "staff",
        "editor",
        "editorial team",
        "newsroom",
        "webmaster",
        "unknown",
        "guest",
        "redaktion",
        "redacción",
        "author",
    }
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What was stated; None where nothing was."""

    title: str | None
    canonical: str | None
    publisher: str | None
    author: str | None
    description: str | None
    date: FoundDate | None
    language: str | None
    is_news: bool
    is_paid: bool


def read_metadata(document: Any) -> PageMetadata:
    """The metadata of a page parsed by lxml."""
    meta = _meta_elements(document)
    entry = _pick_article(list(_json_ld(document)), meta)
    canonical = next(
        (str(href) for href in document.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")), None
    ) or meta.get("og:url")
    types = _types(entry)
    return PageMetadata(
        title=_headline(document, entry, meta),
        canonical=canonical,
        publisher=_name(entry.get("publisher")) or clean_line(meta.get("og:site_name")),
        author=_author(entry.get("author")) or _author(meta.get("author") or meta.get("article:author")),
        description=clean_line(meta.get("og:description") or meta.get("description")),
        date=_date(entry, meta),
        language=next((str(tag) for tag in document.xpath("/html/@lang")), None) or _text(entry.get("inLanguage")) or meta.get("og:locale"),
        is_news=bool(types & _NEWS_TYPES),
        is_paid=str(entry.get("isAccessibleForFree", "")).lower() == "false" or "locked" in meta.get("article:content_tier", ""),
    )


def _meta_elements(document: Any) -> dict[str, str]:
    """Name or property -> content, the first of each."""
    found: dict[str, str] = {}
    for element in document.iterfind(".//meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = (element.get("content") or "").strip()
        if name and content and len(content) < 5_000:
            found.setdefault(name, content)
    return found


def _json_ld(document: Any) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, outer ones first."""
    count = 0
    for script in document.iterfind(".//script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = (script.text or "").strip()
        if len(text) > _LONGEST_JSON:
            continue
        try:
            waiting: list[Any] = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting and count < _MOST_NODES:
            node = waiting.pop(0)
            count += 1
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                yield node
                waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if isinstance(node.get(key), (list, dict))]


def _types(entry: dict[str, Any]) -> set[str]:
    kinds = entry.get("@type")
    return {str(kind).lower().rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _pick_article(entries: list[dict[str, Any]], meta: dict[str, str]) -> dict[str, Any]:
    """The object that describes this page's article: the one with its headline, else the only or first one."""
    articles = [entry for entry in entries if _types(entry) & _ARTICLE_TYPES]
    title = (meta.get("og:title") or "").lower()
    for entry in articles:
        headline = str(entry.get("headline") or "").strip().lower()
        if headline and title and (headline in title or title in headline):
            return entry
    return articles[0] if articles else {}


def _headline(document: Any, entry: dict[str, Any], meta: dict[str, str]) -> str | None:
    """The title: the only h1 where metadata begin with the same words, else Open Graph, JSON-LD, h1 or the title element."""
    heads = [line for h1 in document.iterfind(".//h1") if (line := clean_line(" ".join(h1.itertext())))]
    stated = [line for line in (clean_line(meta.get("og:title")), clean_line(_text(entry.get("headline")))) if line]
    for line in stated:
        for head in heads:
            if line.lower() == head.lower() or (line.lower().startswith(head.lower()) and len(head) > 20):
                return head
    if stated:
        return stated[0]
    shown = clean_line("".join(document.findtext(".//title") or ""))
    for head in heads:
        if (len(heads) == 1 and len(head) > 12) or (shown and head.lower() in shown.lower() and len(head) > 12):
            return head
    return shown


def _date(entry: dict[str, Any], meta: dict[str, str]) -> FoundDate | None:
    """The stated day of publication: JSON-LD first, then ``article:published_time`` and its kin."""
    stated = [("JSON-LD datePublished", entry.get("datePublished"))]
    for name in (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "parsely-pub-date",
        "dc.date.issued",
        "citation_publication_date",
    ):
        stated.append((name, meta.get(name)))
    for how, value in stated:
        if day := parse_machine_date(value):
            return FoundDate(day, how)
    return None


def parse_machine_date(value: object) -> str | None:
    """``YYYY-MM-DD`` or ``YYYY-MM`` of an ISO 8601 date; None for anything else or a day that does not exist."""
    found = _STATED.fullmatch(value.strip().replace("/", "-")) if isinstance(value, str) else None
    if not found:
        return None
    text = found[1] or found[2] or f"{found[3]}-{found[4]}-{found[5]}"
    try:
        day = date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return None
    return text if 1990 <= day.year <= 2199 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    line = clean_line(_text(value))
    return line if line and len(line) <= 120 and "://" not in line else None


def _author(value: object) -> str | None:
    """Up to three names of people."""
    names: list[str] = []
    for part in value if isinstance(value, list) else [value]:
        name = _name(part)
        if name and name.lower() not in _NO_AUTHORS and "@" not in name and len(name) <= 80 and name not in names:
            names.append(name)
    return ", ".join(names[:3]) or None
