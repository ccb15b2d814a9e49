"""The evidence file of a draft: what the source says and why things were suggested. It is never published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.domain.faults import printable

if TYPE_CHECKING:
    from plugins.desk.findings import Findings
    from plugins.desk.suggestion import Suggestion


def render_evidence(found: Findings) -> str:
    """Numbered sentences of the source, those worth reading first, quotations, dates ahead and reasons, for a person to read."""
    article = found.article
    lines = [
        f"Evidence for the draft from {printable(article.path)}",
        "The words below are the source's. Do not copy them into the brief.",
        "",
        f"Title:     {article.title or '(not found)'}",
        f"Address:   {article.url or '(not known)'}",
        f"Publisher: {article.publisher or '(not known)'}",
        f"Author:    {article.author or '(not known)'}",
        f"Date:      {_date(found)}",
        f"Language:  {article.language or '(not known)'}",
        "",
        *_suggested("Countries", found.countries),
        *_suggested("Topics", found.topics),
        *_suggested("Stage, two guesses", found.stages),
        *_suggested("Measure", found.measures),
        "Actors known to the digest: " + (", ".join(found.actors) or "none"),
        "",
        "Read first:",
        *(f"  [{number}] {found.sentences[number]}" for number in found.summary),
        "",
        "Quotations:",
        *(f"  “{quote.text}” - {quote.speaker or 'speaker not found'}" for quote in found.quotes),
        "",
        "Dates ahead:",
        *(f"  {date.on} ({date.cue}): {date.sentence}" for date in found.coming),
        "",
        "Figures: " + "; ".join(found.figures),
        "",
        "Warnings:",
        *(f"  {fault.code} {fault.message}; {fault.hint}" for fault in found.warnings),
        "",
        "All sentences:",
        *(f"  [{number}] {sentence}" for number, sentence in enumerate(found.sentences)),
    ]
    return "\n".join(lines) + "\n"


def _date(found: Findings) -> str:
    article = found.article
    if article.date:
        return f"{article.date.text} ({article.date.how})"
    if article.guessed_date:
        return f"not stated; perhaps {article.guessed_date.text} ({article.guessed_date.how})"
    return "not stated"


def _suggested(heading: str, entries: tuple[Suggestion, ...]) -> list[str]:
    return [f"{heading}:", *(f"  {entry.id} {entry.weight:.2f}: {entry.reason}" for entry in entries), ""]
