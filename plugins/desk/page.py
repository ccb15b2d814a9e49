"""From a saved or fetched web page to its article: body and metadata, with bounds against hostile pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from plugins.desk.addresses import clean_url
from plugins.desk.article import Article, FoundDate, RefusedInput, count_words, warn
from plugins.desk.cleaning import UnreadableText, clean_line, clean_text, decode_page, looks_binary
from plugins.desk.datelines import find_dateline
from plugins.desk.furniture import PAYWALL
from plugins.desk.language import detect_language, parse_language_tag
from plugins.desk.metadata import PageMetadata, read_metadata

LARGEST = 5_000_000  # bytes of one page
_DEEPEST = 1_500  # elements inside one another, as far as start and end tags tell
_SHORT_WORDS = 60  # a body of fewer is a paywall, a cookie wall or a page built by scripts
_STUB_WORDS = 140  # the same, where the page itself speaks of subscribers
_NESTING = re.compile(
    r"<(/?)(?:div|section|article|main|span|table|ul|ol|blockquote|font|b|i|em|strong|center|form|small|big|u|nav|aside)\b",
    re.IGNORECASE,
)
_MOST_ELEMENTS = 30_000  # start tags of one page; a long page of a newspaper has 5,000
_ELEMENT = re.compile(r"<[A-Za-z]")
_HUGE_TAG = re.compile(r"<([A-Za-z][\w-]*)[^<>]{20000,}>")  # pictures inside attributes, or thousands of attributes
_HINT = "paywall, cookie wall or script-built page; paste the text instead"


def read_page(data: bytes, path: str, url: str | None = None, charset: str | None = None) -> Article:
    """The article of an HTML page. Raises RefusedInput where there is none."""
    if len(data) > LARGEST:
        raise RefusedInput(f"larger than {LARGEST // 1_000_000} MB")
    if not data.strip():
        raise RefusedInput("the file is empty")
    if data.startswith(b"%PDF-"):
        raise RefusedInput("a PDF, not a page; name it .pdf")
    if looks_binary(data):
        raise RefusedInput("a binary file, not a page")
    try:
        markup = decode_page(data, charset)
    except UnreadableText as reason:
        raise RefusedInput(str(reason)) from reason
    if _is_too_deep(markup):
        raise RefusedInput("its elements are nested too deeply for an article")
    if sum(1 for _ in _ELEMENT.finditer(markup)) > _MOST_ELEMENTS:
        raise RefusedInput(f"more than {_MOST_ELEMENTS:,} elements, which no article has")
    document, extracted = _extract(_HUGE_TAG.sub(r"<\1>", markup), url)
    return _build(path, url, read_metadata(document), extracted)


def _is_too_deep(markup: str) -> bool:
    """Whether elements stand inside one another deeper than any page is made by hand; a count, not a parse."""
    depth = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _extract(markup: str, url: str | None) -> tuple[Any, Any]:
    """The parsed page, and what trafilatura makes of it (None where it finds no text)."""
    import logging

    from lxml import etree
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports odd pages, we do so ourselves
    try:
        document = load_html(markup.encode("utf-8", "replace"))
        if document is None:
            raise RefusedInput(f"no article found ({_HINT})")
        found = bare_extraction(
            load_html(markup.encode("utf-8", "replace")), url=url, with_metadata=True, include_comments=False, favor_precision=True
        )
    except (etree.LxmlError, RecursionError, ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError) as reason:
        if isinstance(reason, RefusedInput):
            raise
        raise RefusedInput(f"its HTML cannot be read ({type(reason).__name__})") from reason
    return document, found


def _build(path: str, url: str | None, meta: PageMetadata, extracted: Any) -> Article:
    title = meta.title or clean_line(getattr(extracted, "title", None))
    publisher = meta.publisher
    title = _without_publisher(title, publisher)
    blocks = [" ".join(line.split()) for line in clean_text(getattr(extracted, "text", "") or "").split("\n")]
    blocks = [block for block in (re.sub(r"^- (?=\S)", "", block) for block in blocks) if block]
    if title and blocks and _plain(blocks[0]) == _plain(title):
        blocks = blocks[1:]
    text = "\n".join(blocks)
    article = Article(
        path=path,
        text=text,
        full_text="\n".join(part for part in (title, meta.description, text) if part),
        title=title,
        url=clean_url(meta.canonical) or clean_url(url),
        publisher=publisher,
        author=meta.author or _as_author(getattr(extracted, "author", None), publisher),
        date=meta.date,
        guessed_date=None if meta.date else _guess_date(blocks, extracted),
        language=_language(text, meta.language),
        is_news=meta.is_news,
    )
    words = count_words(text)
    if words < _SHORT_WORDS:
        found = f"only {words} words" if words else "no article"
        raise RefusedInput(f"{found} found ({_HINT})", article)
    if words < _STUB_WORDS and (meta.is_paid or PAYWALL.search(text)):
        raise RefusedInput(f"only {words} words and a note to subscribers ({_HINT})", article)
    if meta.is_paid:
        return replace(
            article,
            warnings=(
                warn(path, "A1", "the page says that it is not free to read; its end may be missing", "compare it with the full article"),
            ),
        )
    return article


def _language(text: str, tag: str | None) -> str | None:
    """The language of the text where it can be told; else what the page says of itself."""
    declared = parse_language_tag(tag)
    detected = detect_language(text)
    if declared and detected and declared != detected:
        return detected if len(text) > 600 and {declared, detected} not in ({"id", "ms"}, {"hr", "sr"}, {"hi", "ne"}) else declared
    return declared or detected


def _guess_date(blocks: list[str], extracted: Any) -> FoundDate | None:
    """A date that the page does not state for machines: to be shown, never to be filled in."""
    if shown := find_dateline(blocks, None):
        return FoundDate(shown.text, f"only in the visible text: {shown.how}")
    guess = clean_line(getattr(extracted, "date", None))
    return FoundDate(guess, "a guess from the page's markup") if guess and re.fullmatch(r"\d{4}-\d\d-\d\d", guess) else None


def _without_publisher(title: str | None, publisher: str | None) -> str | None:
    """The title without `` | Site`` at its end."""
    if not title or not publisher:
        return title
    head, _, tail = re.sub(r"\s+[|–—·»-]\s+", "\0", title).rpartition("\0")
    if head and _plain(tail) == _plain(publisher):
        return title[: len(title) - len(tail)].rstrip(" |–—·»-")
    return title


def _as_author(name: str | None, publisher: str | None) -> str | None:
    """A by-line that names people; None for the site itself, an address or a sentence."""
    line = clean_line(name)
    if not line or len(line) > 80 or re.search(r"https?:|@|\d", line) or _plain(line) == _plain(publisher or ""):
        return None
    return line.replace("; ", ", ")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
