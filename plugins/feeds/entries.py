"""Entries from briefs, changes and weeks: ids from the brief or week, text from the theme's templates in ``feeds/``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from plugins.domain.brief import Brief
from plugins.domain.changes import Change
from plugins.domain.issue import Issue
from plugins.domain.markup import ROOT
from plugins.edition.edition import Edition
from plugins.feeds.feed import Category, Entry
from plugins.feeds.formats import KEPT

_NAMED = 8  # countries that the summary of a week names at most
_FOOTNOTE = re.compile(r'(<a [^>]*href=")#fn')
TEMPLATES = ("feeds/brief.html", "feeds/withdrawn.html", "feeds/change.html", "feeds/issue.html")


class Entries:
    """Makes the entries of one edition."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        site, words = edition.site, edition.collection.vocabulary
        countries, topics = site.absolute("/countries/"), site.absolute("/topics/")
        self._countries = {code: Category(code, c.name, countries) for code, c in words.countries.items()}
        self._topics = {id: Category(id, t.title, topics) for id, t in words.topics.items()}
        self._kept = lru_cache(maxsize=KEPT)(self._of_id)

    def of_brief(self, brief: Brief) -> Entry:
        """A brief with its full text; a withdrawn one keeps its id and gives the reason."""
        return self._kept(brief.id)

    def _of_id(self, id: str) -> Entry:
        brief = self._edition.collection.by_id[id]
        site, detail = self._edition.site, brief.detail()
        url = site.absolute(brief.url)
        if brief.is_listed:
            title, summary = brief.title, brief.summary
            values = {
                "brief": brief,
                "detail": detail,
                "body": _anchor(self._edition.bodies.html(brief.id), url),
                "countries": self._edition.names(brief),
                "topics": self._edition.topic_links(brief),
            }
            html = self._html("feeds/brief.html", values)
        else:
            title, summary = f"Withdrawn: {brief.title}", detail.revisions[-1].note
            html = self._html("feeds/withdrawn.html", {"brief": brief, "reason": summary})
        return Entry(site.tag(f"brief/{brief.id}"), url, title, summary, html, brief.added, brief.changed, self._categories(brief))

    def of_change(self, change: Change) -> Entry:
        """A correction, update, stage change or withdrawal."""
        site, brief = self._edition.site, change.brief
        url = f"{site.absolute(brief.url)}#{change.mark.replace('/', '-')}"
        html = self._html("feeds/change.html", {"change": change, "brief": brief, "countries": self._edition.names(brief)})
        id = site.tag(f"brief/{brief.id}/{change.mark}")
        return Entry(id, url, f"{change.kind.label}: {brief.title}", change.note, html, change.on, change.on, self._categories(brief))

    def of_issue(self, issue: Issue) -> Entry:
        """A week as an issue of the digest."""
        site, index = self._edition.site, issue.index
        countries = self._edition.collection.vocabulary.countries
        groups = [(countries[code], briefs) for code, briefs in issue.countries]
        count = sum(len(briefs) for _, briefs in groups)
        names = ", ".join(country.name for country, _ in groups[:_NAMED])
        more = f" and {len(groups) - _NAMED} more" if len(groups) > _NAMED else ""
        summary = f"{count} {'brief' if count == 1 else 'briefs'}: {names}{more}"
        html = self._html("feeds/issue.html", {"issue": issue, "groups": groups, "week": index.week})
        return Entry(site.tag(f"week/{index.id}"), site.absolute(index.url), index.title, summary, html, issue.published, issue.updated)

    def _categories(self, brief: Brief) -> tuple[Category, ...]:
        return (*(self._countries[c] for c in brief.countries), *(self._topics[t] for t in brief.topics))

    def _html(self, template: str, values: Mapping[str, Any]) -> str:
        return self._edition.templates.text(template, values).replace(ROOT, self._edition.site.url + "/").strip()


def _anchor(html: str, url: str) -> str:
    """The body with links to its footnotes made absolute."""
    return _FOOTNOTE.sub(rf"\1{url}#fn", html) if 'href="#fn' in html else html
