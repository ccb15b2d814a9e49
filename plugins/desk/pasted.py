"""From a whole page pasted as text to its article: the block cleaner of INGESTION-NOTES, section 3."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from plugins.desk.addresses import clean_url
from plugins.desk.article import Article, RefusedInput, count_words, warn
from plugins.desk.cleaning import UnreadableText, clean_text, decode_text, looks_binary
from plugins.desk.datelines import find_dateline
from plugins.desk.furniture import (
    BIOGRAPHY,
    BIOGRAPHY_WEAK,
    BYLINE,
    DATELINE,
    DISCLAIMER,
    ELLIPSIS,
    FURNITURE,
    LIST_MARK,
    PAYWALL,
    SENTENCE_END,
    TAIL,
)
from plugins.desk.language import detect_language, stop_words, words_of

LARGEST = 5_000_000  # bytes of one input
_FEWEST_WORDS = 20  # a text of fewer is no article
_SHORT_WORDS = 60  # a body of fewer is probably cut off
_LEAST_SHARE, _LEAST_CHARACTERS = 0.3, 200  # of the page that must be left, else the whole page is tagged
_LONG_BLOCK = 80  # characters: blocks that tell the language
_PACKED_LANGUAGES = frozenset({"ja", "zh", "th", "lo", "km", "my"})
_MOST_BLOCKS = 20_000
_PROSE_WORDS = 20  # a block of as many is a paragraph


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    words: int
    score: float
    has_end: bool
    has_mark: bool


def read_pasted(data: bytes, path: str, url: str | None = None) -> Article:
    """The article in pasted text. Raises RefusedInput for bytes that are no text, or no article."""
    if len(data) > LARGEST:
        raise RefusedInput(f"larger than {LARGEST // 1_000_000} MB")
    if looks_binary(data):
        raise RefusedInput("a binary file, not text")
    try:
        whole = clean_text(decode_text(data)).strip()
    except UnreadableText as reason:
        raise RefusedInput(str(reason)) from reason
    if not whole:
        raise RefusedInput("the file is empty")
    if count_words(whole) < _FEWEST_WORDS:
        raise RefusedInput("too short for an article; paste its whole text")
    article = clean_page(whole, path)
    return replace(article, url=clean_url(url)) if url else article


def clean_page(whole: str, path: str) -> Article:
    """The article in the text of a whole page."""
    lines = [" ".join(line.split()) for line in whole.split("\n")]
    lines = [line for line in lines if line][:_MOST_BLOCKS]
    language = detect_language(" ".join(line for line in lines if len(line) > _LONG_BLOCK) or whole) or detect_language(whole)
    if language is None:
        raise RefusedInput(
            "its language cannot be told: no stop words of a known language; save the page as .html, or paste the text alone"
        )
    title = find_title(lines)
    blocks = [_score(line, language, repeated) for line, repeated in _with_repeats(lines)]
    first, last = _best_run(blocks, _tail(blocks))
    kept = [block for number, block in enumerate(blocks) if first <= number < last and _stays(blocks, number, first, last)]
    body = [block.text for block in kept if block.text != title]
    return _build(path, whole, lines, language, title, body)


def _build(path: str, whole: str, lines: list[str], language: str, title: str | None, body: list[str]) -> Article:
    text = "\n".join(body)
    warnings = []
    tag_whole = len(text) < _LEAST_SHARE * len(whole) or (len(text) < _LEAST_CHARACTERS and len(text) < 0.9 * len(whole))
    if tag_whole:
        warnings.append(
            warn(
                path, "A2", "little of the pasted page looks like its article; the whole page was tagged", "paste the article's text alone"
            )
        )
    if not text:
        text = "\n".join(line for line in lines if line != title)
    if count_words(text) < _SHORT_WORDS or (PAYWALL.search(whole) and count_words(text) < 2 * _SHORT_WORDS):
        warnings.append(warn(path, "A1", f"only {count_words(text)} words; cut off, or behind a paywall?", "paste the whole text"))
    found = find_dateline(lines, title)
    return Article(
        path=path,
        text=text,
        full_text=whole,
        title=title,
        date=found,
        language=language,
        tag_whole=tag_whole,
        warnings=tuple(warnings),
    )


def find_title(lines: list[str]) -> str | None:
    """The title: the line that stands twice near the top, else the first line where it reads like a heading."""
    counts = Counter(lines)
    for line in lines[:12]:
        if counts[line] > 1 and _reads_like_title(line) and count_words(line) > 3:
            return line
    for line in lines[:8]:
        if FURNITURE.fullmatch(line) or DATELINE.fullmatch(line) or LIST_MARK.match(line) or count_words(line) < 3:
            continue
        return line if _reads_like_title(line) else None
    return None


def _reads_like_title(line: str) -> bool:
    words = count_words(line)
    if not 2 < words <= 32 or len(line) > 220 or BYLINE.fullmatch(line):
        return False
    return not re.search(r"[.:;。।۔][\"'”’»“」』)\]]*$", line) or bool(re.search(r"\b(?:[A-Z]\.){2,}$", line))


def _with_repeats(lines: list[str]) -> list[tuple[str, bool]]:
    """Each line with whether it is a repeat; where a page holds its article twice, only the second copy repeats."""
    counts = Counter(lines)
    long = [line for line in lines if count_words(line) >= _PROSE_WORDS]
    is_doubled = sum(counts[line] > 1 for line in long) > len(long) / 2
    seen: set[str] = set()
    found = []
    for line in lines:
        words = count_words(line)
        is_first = is_doubled and words >= _PROSE_WORDS and line not in seen
        found.append((line, counts[line] > 1 and words > 3 and not is_first))
        seen.add(line)
    return found


def _score(line: str, language: str, repeated: bool) -> _Block:
    """A block with its score: how much it reads like the prose of an article."""
    words = count_words(line)
    mark = LIST_MARK.match(line)
    end = bool(SENTENCE_END.search(line))
    return _Block(line, words, _weigh(line, words, end, bool(mark), language, repeated), end, bool(mark))


def _weigh(line: str, words: int, end: bool, mark: bool, language: str, repeated: bool) -> float:
    if repeated:
        return -4.0
    short = words <= 30
    if short and (FURNITURE.fullmatch(line) or DATELINE.fullmatch(line) or (BYLINE.fullmatch(line) and words <= 12)):
        return -3.0
    if mark and words <= 6 and not end:
        return -3.0
    if words < 140 and DISCLAIMER.search(line):
        return -6.0
    if words < 130 and BIOGRAPHY.search(line):
        return -6.0
    if BIOGRAPHY_WEAK.search(line) and words < 90:
        return -1.0 if words > 25 else -6.0
    if words < 45 and ELLIPSIS.search(line):
        return -5.0
    share = _stop_share(line, language)
    if words >= 12 and share > 0.22:
        return min(words, 60) / 10 + (1 if end else -1)
    if (words >= 7 and share > 0.2 and end) or (words >= 16 and share > 0.12 and end):
        return 1.2
    if words <= 12:
        return -0.2 if end else -1.0
    return -1.2


def _stop_share(line: str, language: str) -> float:
    if language in _PACKED_LANGUAGES:
        return 0.5 if len(line) > 20 else 0.0
    words = words_of(line)
    stops = stop_words(language)
    return sum(word in stops for word in words) / len(words) if words else 0.0


def _tail(blocks: list[_Block]) -> int:
    """The number of the block at which the page goes on to something else; the number of blocks where it does not."""
    total = sum(block.score for block in blocks if block.score > 0)
    behind = 0.0
    for number, block in enumerate(blocks):
        if block.words < 9 and behind > max(6.0, 0.3 * total) and TAIL.fullmatch(block.text):
            following = blocks[number + 1 : number + 7]
            if sum(later.score >= 3 for later in following) < 4:
                return number
        behind += max(0.0, block.score)
    return len(blocks)


def _best_run(blocks: list[_Block], end: int) -> tuple[int, int]:
    """First block and the one after the last of the contiguous run with the greatest sum, each block at least -3."""
    best, where = 0.0, (0, 0)
    total, first = 0.0, 0
    for number, block in enumerate(blocks[:end]):
        if block.score < -3 or total + block.score < 0:
            total, first = 0.0, number + 1
            continue
        total += block.score
        if total > best:
            best, where = total, (first, number + 1)
    return where


def _stays(blocks: list[_Block], number: int, first: int, last: int) -> bool:
    """Whether a block inside the run belongs to the article."""
    block = blocks[number]
    if block.score <= -3:
        return False
    if block.score > 0 or block.words > 12:
        return True
    around = [blocks[number - 1].score if number > first else 0.0, blocks[number + 1].score if number + 1 < last else 0.0]
    if block.has_end and block.words >= 3:
        return True
    if block.has_mark:
        return block.words >= 4
    follows = around[1] >= 1.2 or (number + 1 < last and blocks[number + 1].has_mark)
    return 2 <= block.words <= 12 and follows and not block.text[:1].islower()
