"""Parts for Python-Markdown: short ways for plain text with plain links, emphases or code in it. Each gives what the long way gives.

Imported where a body is converted: it takes Python-Markdown along.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown

IsPlain = Callable[[str], bool]
"""Whether a text is the same after all inline patterns."""

_NEW_LINE = re.compile(r"\n(?![A-Za-z])")  # a line that may begin something else than more of a paragraph
_HEADING = re.compile(r"(#{1,6})([^#\\\n]*)")
_TEXT = r"([^\[\]]*)\]"
_LINK_TEXT = re.compile(_TEXT)
_LINK = re.compile(r"""\(([^\s()<>'"\x02]*)\)""")
# A link, an emphasis or code. It can be nothing else if the text around it is plain, and so are the words of a link or an emphasis. An
# address holds no more than _LINK lets through, and neither what may be code nor an escape: before _LINK is asked, these are gone.
_SPAN = re.compile(
    r"[\[*`](?:"  # found many times faster than any of three
    rf"""(?<=\[){_TEXT}\(([^\s()<>'"\x02`\\]*)\)"""
    r"|(?<=\*)(?<!\S\*)(\*?)([^\s*](?:[^*]*[^\s*])?)\*\3(?!\*)"
    r"|(?<=`)(?<!``)([^`&<>\\\n\x02]+)`(?!`))"
)
_SPANS = frozenset({"a", "em", "strong", "code"})  # tags of what is made where _SPAN fits


class Ending(Preprocessor):
    """What NormalizeWhitespace does to a text whose white space is as it should be."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines and two empty ones."""
        return [*lines, "", ""]


class Plain(ParagraphProcessor):
    """A paragraph whose lines begin with letters: no other block processor fits it."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether it is one."""
        return block[:1].isalpha() and not ("\n" in block and _NEW_LINE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Takes the first block away, and appends it to the parent."""
        if not self.parser.state.isstate("list"):
            SubElement(parent, "p").text = blocks.pop(0)
        elif parent.text or len(parent):
            super().run(parent, blocks)
        else:
            parent.text = blocks.pop(0)


class PlainHeading(BlockProcessor):
    """A heading that is one line with neither escapes nor more of its mark."""

    def test(self, parent: Element, block: str) -> bool:
        """Whether it is one."""
        return block.startswith("#") and _HEADING.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Takes the first block away, and appends it to the parent."""
        text = blocks.pop(0)
        words = text.lstrip("#")
        SubElement(parent, f"h{len(text) - len(words)}").text = words.strip()


class Link(LinkInlineProcessor):
    """Links whose text has no brackets and whose address has neither title nor brackets, not read by the character."""

    def __init__(self, converter: Markdown, is_plain: IsPlain) -> None:
        super().__init__(LINK_RE, converter)
        self._is_plain = is_plain

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # Python-Markdown's name
        """The text that begins at an index, where it ends, and that there is one."""
        found = _LINK_TEXT.match(data, index)
        if not found:
            return super().getText(data, index)
        text = found[1]
        return AtomicString(text) if self._is_plain(text) else text, found.end(), True

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # Python-Markdown's name
        """The address that begins at an index, no title, where it ends, and that there is one."""
        found = _LINK.match(data, index)
        return (found[1], None, found.end(), True) if found else super().getLink(data, index)


class Inline(Treeprocessor):
    """Takes plain texts, and those that are plain but for links, emphases and code, out of the way of steps that look for patterns.

    ``brackets_are_links``: whether neither notes nor references may be meant by square brackets; a text that is more than plain takes
    the long way otherwise. ``may_part``: whether the steps need no more of the tree than the texts that are left to them.
    """

    def __init__(self, steps: tuple[InlineProcessor, ...], is_plain: IsPlain, *, brackets_are_links: bool, may_part: bool) -> None:
        super().__init__()
        self._steps = steps
        self._is_plain = is_plain
        self._brackets_are_links = brackets_are_links
        self._may_part = may_part

    @property
    def stashed_nodes(self) -> dict[str, Element | str]:
        """What the patterns found in the text before them: some of them ask for it here."""
        return self._steps[0].stashed_nodes

    def run(self, root: Element) -> None:
        """Settles what is plain, and leaves the rest to the steps: with the whole tree where it is more than texts."""
        is_plain, brackets_are_links, may_part = self._is_plain, self._brackets_are_links, self._may_part
        left = []
        for element in list(root.iter()):
            text, tail = element.text, element.tail
            if text and type(text) is str and not is_plain(text) and not (brackets_are_links and self._settle_spans(element, text)):
                left.append(element)
                may_part = may_part and not len(element)
            if tail and not is_plain(tail):
                may_part = False
        if not may_part:
            self._protect(root, left)
        elif left:
            root = Element("div")
            root.extend(left)
        for step in self._steps if left or not may_part else ():
            step.run(root)

    def _settle_spans(self, element: Element, text: str) -> bool:
        """Makes elements of a text's links, emphases and code; whether all else in it is plain."""
        made: list[Element] = []
        plain: list[str] = []
        at = 0
        for found in _SPAN.finditer(text):
            words, address, mark, stressed, code = found.groups()
            if stressed:
                span = Element("strong" if mark else "em")
                span.text = stressed
            elif code:
                span = Element("code")
                span.text = AtomicString(code.strip())
            else:
                span = Element("a", {"href": address})
                span.text = words
            before = text[at : found.start()]
            plain += (before, words or stressed or "")
            if made:
                made[-1].tail = before
            made.append(span)
            at = found.end()
        if not made or "![" in text or not self._is_plain("\n".join([*plain, text[at:]])):
            return False
        element.text, made[-1].tail = plain[0], text[at:]
        for number, span in enumerate(made):
            element.insert(number, span)
        return True

    def _protect(self, root: Element, left: list[Element]) -> None:
        """Makes every text that is settled one that the steps leave alone (AtomicString): so are those after spans, all made here."""
        known = set(map(id, left))
        for element in root.iter():
            if element.text and id(element) not in known:
                element.text = AtomicString(element.text)
            if element.tail and element.tag in _SPANS:
                element.tail = AtomicString(element.tail)
