"""Python-Markdown, with only those of its parts that a body can use: the same HTML as with all of them, sooner.

A test converts random bodies with all parts and with the chosen ones, and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from plugins.domain.serialising import serialise

if TYPE_CHECKING:
    import markdown
    from markdown.blockprocessors import BlockProcessor
    from markdown.inlinepatterns import InlineProcessor
    from markdown.preprocessors import Preprocessor
    from markdown.treeprocessors import Treeprocessor

# A text without any of these is the same after all inline patterns, and a block without them is no table.
_INLINE_MARKS = ("[", "*", "`", "_", "'", '"', "--", "...", "|", "<", ">", "\\", "  \n")
_NEW_LINE = re.compile(r"\n(?![A-Za-z])")  # a line that may begin something else than more of a paragraph
_TWO_MARKS = re.compile(r"\n {0,3}([-*_]) {0,2}\1")  # of a rule there are three
_PLAIN_HEADING = re.compile(r"(#{1,6})([^#\\\n]*)")
_PLAIN_LINK_TEXT = re.compile(r"([^\[\]]*)\]")
_PLAIN_LINK = re.compile(r"""\(([^\s()<>'"\x02]*)\)""")
_CAN_FIT: Mapping[str, Callable[[str], bool]] = {  # what a block must have before a part's pattern is tried on it
    "hashheader": lambda block: "#" in block,
    "quote": lambda block: ">" in block,
    "hr": lambda block: _TWO_MARKS.search(f"\n{block}") is not None,
}
# Places among Python-Markdown's parts: its inline patterns have priority 20, empty blocks 100, links 160 among patterns.
_BEFORE_INLINE, _FIRST, _SECOND, _LINK = 25, 120, 110, 160


def convert(body: str) -> str:
    """A bounded body (see ``check_bounds``) as HTML, not yet sanitised."""
    converter = build_converter(Features.get_mask(body))
    converter.reset()
    return converter.convert(body)


class Features:
    """Which features of Markdown a body can use at all: a converter without the others gives the same HTML, sooner."""

    MARKS = ("`", "\\", "[", "]:", "*", "_", "'", '"', "...", "--", "|", "[^", "<", ">", "#", "    ", "\t", "  \n")
    INLINE: Mapping[str, tuple[str, ...]] = {
        "`": ("backtick",),
        "\\": ("escape",),
        "[": ("link", "footnote"),
        "]:": ("reference", "short_reference"),
        "emphasis": ("em_strong", "em_strong2"),
        "  \n": ("linebreak",),
    }
    BLOCK: Mapping[str, tuple[str, ...]] = {
        "]:": ("reference",),
        "#": ("hashheader",),
        ">": ("quote",),
        "item": ("ulist", "olist", "hr", "indent"),
        "indented": ("code",),
        "underlined": ("setextheader",),
    }
    EVERY = frozenset([*MARKS, *INLINE, *BLOCK])
    _CHARACTERS = tuple(mark for mark in MARKS if len(mark) == 1)
    _ITEM = re.compile(r"\n(?=[ \t>*+_\d-])[ \t>]*(?:[-*+_]|\d+\.)")
    _UNDERLINE = re.compile(r"\n(?=[ \t>=-])[ \t>]*[=-]+[ \t]*(?:\n|\Z)")

    @classmethod
    def get_mask(cls, body: str) -> frozenset[str]:
        """The marks that stand in a body, and ``white`` where NormalizeWhitespace changes something."""
        found = {mark for mark in cls._CHARACTERS if mark in body}
        text = f"\n{body}\n"
        if "[" in found:
            found.update([mark for mark in ("]:", "[^") if mark[1] in body and mark in body])
        found.update([mark for mark in ("...", "--", "    ") if mark in body])
        if " \n" in text:
            found.add("white")
            if "  \n" in body:
                found.add("  \n")
        if "[^" in found or cls._ITEM.search(text):  # what a footnote says may begin with an item
            found.add("item")
        if "[^" in found or cls._UNDERLINE.search(text):
            found.add("underlined")
        if "*" in found or "_" in found:
            found.add("emphasis")
        if "    " in found or "\t" in found:
            found.add("indented")
        if "\t" in found:  # becomes blanks
            found.add("  \n")
        if "\t" in found or "\r" in body or "\x02" in body or "\x03" in body:
            found.add("white")
        return frozenset(found)


@cache
def build_converter(marks: frozenset[str]) -> markdown.Markdown:
    """The converter of bodies with these marks."""
    converter = assemble(marks)
    _ask_less(converter, marks)
    return converter


def assemble(marks: frozenset[str]) -> markdown.Markdown:
    """Python-Markdown with what the digest documents and a body with these marks can use; raw HTML is off."""
    import markdown
    from markdown.extensions import Extension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.smarty import SmartyExtension
    from markdown.extensions.tables import TableExtension

    extensions: list[Extension] = [SaneListExtension()]
    if "|" in marks:
        extensions.append(TableExtension())
    if "[^" in marks:
        extensions.append(FootnoteExtension(BACKLINK_TEXT="↩", UNIQUE_IDS=False))
    if marks & {"'", '"', "...", "--", "<"}:
        quotes = bool(marks & {"'", '"', "<"})
        extensions.append(SmartyExtension(smart_quotes=quotes, smart_dashes="--" in marks, smart_ellipses="..." in marks))
    converter = markdown.Markdown(extensions=extensions, output_format="html")
    _drop(converter.preprocessors, ("html_block",))
    _drop(converter.treeprocessors, ("prettify",))  # line breaks between blocks
    _drop(converter.inlinePatterns, ("html", "entity", "image_link", "image_reference", "short_image_ref", "autolink", "automail"))
    _drop(converter.inlinePatterns, tuple(name for mark, names in Features.INLINE.items() if mark not in marks for name in names))
    _drop(converter.parser.blockprocessors, tuple(name for mark, names in Features.BLOCK.items() if mark not in marks for name in names))
    if "\\" not in marks:
        _drop(converter.treeprocessors, ("unescape",))
    return converter


def _ask_less(converter: markdown.Markdown, marks: frozenset[str]) -> None:
    """Spares the parts questions whose answer is no: about bodies, blocks and texts without their marks."""
    from markdown.treeprocessors import InlineProcessor

    converter.serializer = serialise
    ending, plain, heading, settle, link = _build_parts(converter, build_plain_test(marks))
    if "white" not in marks:
        converter.preprocessors.deregister("normalize_whitespace")
        converter.preprocessors.register(ending, "ending", 0)
    for name, can_fit in _CAN_FIT.items():
        if name in converter.parser.blockprocessors:
            processor = converter.parser.blockprocessors[name]
            processor.test = _ask_after(can_fit, processor.test)  # type: ignore[method-assign, assignment]
    converter.parser.blockprocessors.register(plain, "plain", _FIRST)
    if "#" in marks:
        converter.parser.blockprocessors.register(heading, "plain_heading", _SECOND)
    if "[" in marks:
        converter.inlinePatterns.register(link, "link", _LINK)
    delimiters = getattr(converter, "delimiters", None)  # older versions have other parts for emphasis
    if delimiters is not None:
        for mark in {"*", "_"} - marks:
            delimiters.remove(mark)
    converter.treeprocessors.register(settle, "settle", _BEFORE_INLINE)
    # tuples: a registry sorts at each look
    converter.parser.blockprocessors = tuple(converter.parser.blockprocessors)  # type: ignore[assignment]
    for step in converter.treeprocessors:
        if isinstance(step, InlineProcessor):
            patterns: tuple[Any, ...] = tuple(step.inlinePatterns)
            for pattern in patterns:
                pattern.compiled_re = _quicken(pattern.getCompiledRegExp())
            step.inlinePatterns = patterns  # type: ignore[assignment]


class _Marked(NamedTuple):
    """A pattern that is searched for only in texts with its mark."""

    pattern: re.Pattern[str]
    mark: str

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        return self.pattern.finditer(text, start) if self.mark in text else ()


def _quicken(pattern: re.Pattern[str]) -> re.Pattern[str] | _Marked:
    """A pattern of Python-Markdown so written that it begins with a character, which is found many times faster."""
    match pattern.pattern:
        case str(written) if written.startswith(r"(?:(?<!\\)((?:\\{2})+)(?=`+)"):
            return _Marked(pattern, "`")
        case r"(?<!\!)\[":
            return re.compile(r"\[(?<!!\[)", pattern.flags)
    return pattern


def _build_parts(
    converter: markdown.Markdown, is_plain: Callable[[str], bool]
) -> tuple[Preprocessor, BlockProcessor, BlockProcessor, Treeprocessor, InlineProcessor]:
    """Parts of ours: short ways for what is plain text."""
    from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
    from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
    from markdown.preprocessors import Preprocessor
    from markdown.treeprocessors import Treeprocessor
    from markdown.util import AtomicString

    class Ending(Preprocessor):
        """What NormalizeWhitespace does to a text whose white space is as it should be."""

        def run(self, lines: list[str]) -> list[str]:
            return [*lines, "", ""]

    class Plain(ParagraphProcessor):
        """A paragraph whose first letters say that no other block processor fits it."""

        def test(self, parent: Element, block: str) -> bool:
            return block[:1].isalpha() and is_plain(block) and not _NEW_LINE.search(block)

        def run(self, parent: Element, blocks: list[str]) -> None:
            if not self.parser.state.isstate("list"):
                SubElement(parent, "p").text = AtomicString(blocks.pop(0))
            elif parent.text or len(parent):
                super().run(parent, blocks)
            else:
                parent.text = AtomicString(blocks.pop(0))

    class PlainHeading(BlockProcessor):
        """A heading that is one line with neither escapes nor more of its mark."""

        def test(self, parent: Element, block: str) -> bool:
            return block.startswith("#") and _PLAIN_HEADING.fullmatch(block) is not None

        def run(self, parent: Element, blocks: list[str]) -> None:
            text = blocks.pop(0)
            words = text.lstrip("#")
            SubElement(parent, f"h{len(text) - len(words)}").text = words.strip()

    class Settle(Treeprocessor):
        """Takes texts without inline marks out of the inline patterns' way (AtomicString)."""

        def run(self, root: Element) -> None:
            for element in root.iter():
                text = element.text
                if text and type(text) is str and is_plain(text):
                    element.text = AtomicString(text)

    class Link(LinkInlineProcessor):
        """Links whose text has no brackets and whose address has neither title nor brackets, not read by the character."""

        def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # Python-Markdown's name
            found = _PLAIN_LINK_TEXT.match(data, index)
            if not found:
                return super().getText(data, index)
            text = found[1]
            return AtomicString(text) if is_plain(text) else text, found.end(), True

        def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # Python-Markdown's name
            found = _PLAIN_LINK.match(data, index)
            return (found[1], None, found.end(), True) if found else super().getLink(data, index)

    return Ending(converter), Plain(converter.parser), PlainHeading(converter.parser), Settle(converter), Link(LINK_RE, converter)


def build_plain_test(marks: frozenset[str]) -> Callable[[str], bool]:
    """Whether a text from a body with these marks is the same after all inline patterns, and no row of a table."""
    signs = tuple(mark for mark in _INLINE_MARKS if mark in marks)

    def is_plain(text: str) -> bool:
        for sign in signs:  # noqa: SIM110 - a generator takes three times as long
            if sign in text:
                return False
        return True

    return is_plain


def _ask_after(can_fit: Callable[[str], bool], test: Callable[[Element, str], bool]) -> Callable[[Element, str], bool]:
    return lambda parent, block: can_fit(block) and test(parent, block)


def _drop(registry: markdown.util.Registry[Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in registry:
            registry.deregister(name)
