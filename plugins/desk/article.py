"""A news article or official document as it was read: the text that a draft starts from."""

from __future__ import annotations

from dataclasses import dataclass, field

from plugins.domain.faults import Fault, Severity, printable


class RefusedInput(ValueError):
    """An input that no draft can be made from; the message is one clear line without the input's name."""

    def __init__(self, message: str, article: Article | None = None) -> None:
        super().__init__(printable(message, limit=300))
        self.article = article  # what was read all the same, for ``--format json``


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of publication as found: ``YYYY-MM-DD`` or ``YYYY-MM``, and where it stood."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Article:
    """What was read from one input. ``None`` means unknown; nothing here is a guess except ``guessed_date``."""

    path: str  # as the caller named it
    text: str  # the body, blocks divided by newlines, without the title
    full_text: str  # everything that was there, title included
    title: str | None = None
    url: str | None = None  # http or https, without tracking parameters
    publisher: str | None = None
    author: str | None = None
    date: FoundDate | None = None  # stated by the publisher for machines, or in a dateline
    guessed_date: FoundDate | None = None  # to be confirmed by a person
    language: str | None = None  # ISO 639-1
    is_news: bool = False  # whether the page calls itself a news article
    tag_whole: bool = False  # whether the body is too small a part of the page to be tagged alone
    warnings: tuple[Fault, ...] = field(default=())

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks of the body."""
        return tuple(block for block in self.text.split("\n") if block.strip())

    @property
    def tagged_text(self) -> str:
        """The text that suggestions are made from."""
        return self.full_text if self.tag_whole else self.text

    @property
    def source_text(self) -> str:
        """Title and whole text: what a brief is held against."""
        return self.full_text if not self.title or self.title in self.full_text[:2000] else f"{self.title}\n\n{self.full_text}"


def warn(path: str, code: str, message: str, hint: str = "") -> Fault:
    """A warning about an input as a whole."""
    return Fault(path, 1, code, message, hint, Severity.WARNING)


def count_words(text: str) -> int:
    """Words of the text; two characters of a script without spaces count as one."""
    packed = sum(_is_packed(char) for char in text)
    spaced = "".join(" " if _is_packed(char) else char for char in text) if packed else text
    return packed // 2 + sum(any(c.isalnum() for c in word) for word in spaced.split())


def _is_packed(char: str) -> bool:
    """Whether a character belongs to a script written without spaces: Han, kana, Thai, Lao, Khmer, Burmese."""
    code = ord(char)
    return (
        0x3040 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or 0x0E00 <= code <= 0x0EFF
        or 0x1780 <= code <= 0x17FF
        or 0x1000 <= code <= 0x109F
    )
