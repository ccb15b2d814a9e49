"""From a PDF with a text layer to its text; laws and gazettes come so."""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import Any

from plugins.desk.article import Article, RefusedInput, count_words
from plugins.desk.cleaning import clean_line, clean_text
from plugins.desk.language import detect_language

LARGEST = 20_000_000  # bytes of one file
_MOST_PAGES = 200
_MOST_CHARACTERS = 2_000_000
_SECONDS = 20.0  # for all pages
_FEWEST_WORDS = 20
_UNTITLED = re.compile(
    r"untitled|microsoft word.*|.*\.(?:docx?|pdf|indd|qxd|rtf|odt)|document\d*|slide \d+|powerpoint.*|print", re.IGNORECASE
)


def read_pdf(data: bytes, path: str) -> Article:
    """The text of a PDF. Raises RefusedInput for a damaged or locked file, or one without a text layer."""
    if len(data) > LARGEST:
        raise RefusedInput(f"larger than {LARGEST // 1_000_000} MB")
    if not data.strip():
        raise RefusedInput("the file is empty")
    if b"%PDF-" not in data[:1024]:
        raise RefusedInput("not a PDF")
    pages, stated = _read_pages(data)
    whole = "\n".join(_reflow(pages))
    if count_words(whole) < _FEWEST_WORDS:
        raise RefusedInput("no text layer; it seems to be scanned, paste the text instead")
    blocks = whole.split("\n")
    title = stated if stated and len(stated) > 8 and not _UNTITLED.fullmatch(stated) else _first_heading(blocks)
    body = "\n".join(block for block in blocks if block != title)
    return Article(path=path, text=body, full_text=whole, title=title, language=detect_language(whole))


def _read_pages(data: bytes) -> tuple[list[list[str]], str | None]:
    """The lines of each page, and the title in the file's own description."""
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # damage is told once, by us
    started, pages, size = time.monotonic(), [], 0
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedInput("locked with a password")
        title = clean_line(_stated_title(reader))
        for number in range(min(len(reader.pages), _MOST_PAGES)):
            text = clean_text(reader.pages[number].extract_text() or "")
            size += len(text)
            pages.append([" ".join(line.split()) for line in text.split("\n")])
            if size > _MOST_CHARACTERS or time.monotonic() - started > _SECONDS:
                break
    except RefusedInput:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
        ArithmeticError,
        NotImplementedError,
    ) as reason:
        raise RefusedInput(f"a damaged PDF ({type(reason).__name__})") from reason
    except ImportError as reason:  # AES needs a package that a draft does not
        raise RefusedInput("locked with a password") from reason
    return pages, title


def _stated_title(reader: Any) -> str | None:
    information = reader.metadata
    title = information.title if information else None
    return title if isinstance(title, str) else None


def _reflow(pages: list[list[str]]) -> list[str]:
    """Paragraphs: lines joined, hyphens at line ends closed, page numbers and running heads left out."""
    running = Counter(line for page in pages for line in {re.sub(r"\d+", "#", line) for line in page[:2] + page[-2:] if line})
    paragraphs: list[str] = []
    current = ""
    for page in pages:
        for line in page:
            if not line or re.fullmatch(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d+)?\W*", line, re.IGNORECASE):
                if not line and current:
                    paragraphs.append(current)
                    current = ""
                continue
            if len(pages) > 2 and running[re.sub(r"\d+", "#", line)] > len(pages) / 2:
                continue
            current = _join(current, line, paragraphs)
    return [*paragraphs, current] if current else paragraphs


def _join(current: str, line: str, done: list[str]) -> str:
    """The paragraph with one more line, or the line that opens the next one."""
    if not current:
        return line
    if re.search(r"[^\W\d_]-$", current) and line[:1].islower():
        return current[:-1] + line
    if (
        re.search(r"[.!?:;。]$", current)
        and len(current.rsplit("\n", 1)[-1]) > 0
        and (line[:1].isupper() or line[:1].isdigit() or line[:1] in "(•–-")
    ):
        done.append(current)
        return line
    if len(current) < 60 and line[:1].isupper() and current[:1].isupper() and not done:  # headings at the top
        done.append(current)
        return line
    return f"{current} {line}"


def _first_heading(blocks: list[str]) -> str | None:
    first = blocks[0] if blocks else ""
    return first if 2 < count_words(first) <= 30 and not re.search(r"[.;:]$", first) else None
