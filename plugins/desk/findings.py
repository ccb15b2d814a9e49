"""Everything that a machine can find in an article: suggestions with reasons, quotations, dates ahead, warnings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.desk.article import Article, warn
from plugins.desk.coming import Coming, find_coming_dates
from plugins.desk.figures import find_figures
from plugins.desk.quotes import Quote, find_quotes
from plugins.desk.sentences import split_text
from plugins.desk.summary import choose_sentences
from plugins.domain.faults import Fault, printable

if TYPE_CHECKING:
    from plugins.desk.suggestion import Suggestion
    from plugins.domain.vocabulary import Vocabulary

_MOST_SENTENCES = 2_000
_MOST_FIGURES = 80
_LONGEST_FOR_FIGURES = 100_000  # characters
_CURRENCY = re.compile(r"(?:[A-Z]{1,3})?[$€£¥₽₩₹₴₺₦₫฿₱₪]\s?\Z|(?<![A-Z])[A-Z]{3}\s\Z")


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one article; suggestions are best first and none of them is a fact."""

    article: Article
    sentences: tuple[str, ...]
    quotes: tuple[Quote, ...]
    countries: tuple[Suggestion, ...]
    topics: tuple[Suggestion, ...]
    stages: tuple[Suggestion, ...]
    measures: tuple[Suggestion, ...]
    actors: tuple[str, ...]
    summary: tuple[int, ...]  # numbers of the sentences worth reading first
    coming: tuple[Coming, ...]
    figures: tuple[str, ...]  # amounts, shares and dates as they stand in the text
    warnings: tuple[Fault, ...]


def study_article(article: Article, vocabulary: Vocabulary, known_actors: tuple[str, ...]) -> Findings:
    """The findings of an article, with the vocabularies of the content folder."""
    from plugins.desk.gazetteer import suggest_countries
    from plugins.desk.tagger import is_policy, suggest_actors, suggest_measures, suggest_stages, suggest_topics

    title, body = article.title or "", article.tagged_text
    sentences = split_text(article.blocks)[:_MOST_SENTENCES]
    countries = suggest_countries(title, body, article.language)
    countries = tuple(entry for entry in countries if not vocabulary.countries or entry.id in vocabulary.countries)
    warnings = list(article.warnings)
    if not is_policy(title, body):
        warnings.append(
            warn(article.path, "P1", "does not read like policy", "the digest is about rules; leave it out unless it tells of one")
        )
    return Findings(
        article=article,
        sentences=tuple(sentences),
        quotes=find_quotes(article.blocks),
        countries=countries,
        topics=suggest_topics(title, body, vocabulary.topics),
        stages=suggest_stages(title, body)[:2],
        measures=suggest_measures(title, body, tuple(entry.id for entry in countries), vocabulary.measures),
        actors=suggest_actors(body, known_actors),
        summary=choose_sentences(sentences, article.language),
        coming=find_coming_dates(sentences, article.date.text if article.date else None),
        figures=list_figures(article.text),
        warnings=tuple(warnings),
    )


def list_figures(text: str) -> tuple[str, ...]:
    """The figures of a text as they stand there, with a sign of currency before them, each once."""
    shown = []
    for figure in find_figures(text[:_LONGEST_FOR_FIGURES]):
        sign = _CURRENCY.search(text[max(0, figure.start - 5) : figure.start])
        shown.append((sign[0] if sign else "") + text[figure.start : figure.end])
    return tuple(entry for entry in dict.fromkeys(shown) if len(entry) > 1 and any(char.isdigit() for char in entry))[:_MOST_FIGURES]


def findings_json(found: Findings, draft: str | None) -> dict[str, Any]:
    """The object of ``digest draft --format json`` for one input."""
    article = found.article
    return {
        **article_json(article, draft),
        "sentences": list(found.sentences),
        "quotes": [{"text": quote.text, "speaker": quote.speaker} for quote in found.quotes],
        "suggestions": {
            "countries": _suggestions(found.countries),
            "topics": _suggestions(found.topics),
            "stage": _suggestions(found.stages),
            "measure": _suggestions(found.measures),
            "summary": list(found.summary),
            "dates": [{"on": date.on, "what": None, "sentence": date.sentence} for date in found.coming],
            "figures": list(found.figures),
            "actors": list(found.actors),
        },
        "warnings": [_warning(fault) for fault in found.warnings],
    }


def refusal_json(path: str, reason: str, article: Article | None) -> dict[str, Any]:
    """The object for an input that no draft was made from: what was read all the same, and why it was not enough."""
    return {
        **article_json(article or Article(path=path, text="", full_text=""), None),
        "sentences": [],
        "quotes": [],
        "suggestions": {"countries": [], "topics": [], "stage": [], "measure": [], "summary": [], "dates": [], "figures": [], "actors": []},
        "warnings": [_warning(warn(path, "A0", reason))],
    }


def article_json(article: Article, draft: str | None) -> dict[str, Any]:
    """What was read, as far as it is known."""
    return {
        "path": article.path,
        "draft": draft,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "author": article.author,
        "date": article.date.text if article.date else None,
        "date_found": article.date.how if article.date else None,
        "date_guess": {"on": article.guessed_date.text, "reason": article.guessed_date.how} if article.guessed_date else None,
        "language": article.language,
        "text": article.text,
    }


def _suggestions(entries: tuple[Suggestion, ...]) -> list[Mapping[str, object]]:
    return [{"id": entry.id, "weight": round(entry.weight, 3), "reason": printable(entry.reason)} for entry in entries]


def _warning(fault: Fault) -> dict[str, object]:
    entry = fault.as_json()
    entry.pop("severity", None)
    return entry
