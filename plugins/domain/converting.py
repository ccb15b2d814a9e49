"""Python-Markdown, with only those of its parts that a body can use: the same HTML as with all of them, sooner.

A test converts random bodies with all parts and with the chosen ones, and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element

from plugins.domain.serialising import serialise

if TYPE_CHECKING:
    import markdown

# A text without any of these is the same after all inline patterns.
_INLINE_MARKS = ("[", "*", "`", "_", "'", '"', "--", "...", "|", "<", ">", "\\", "  \n")
_TWO_MARKS = re.compile(r"\n {0,3}([-*_]) {0,2}\1")  # of a rule there are three
_CAN_FIT: Mapping[str, Callable[[str], bool]] = {  # what a block must have before a part's pattern is tried on it
    "hashheader": lambda block: "#" in block,
    "quote": lambda block: ">" in block,
    "hr": lambda block: _TWO_MARKS.search(f"\n{block}") is not None,
}
# Places among Python-Markdown's parts: its inline patterns have priority 20, empty blocks 100, links 160 among patterns.
_INLINE, _FIRST, _SECOND, _LINK = 20, 120, 110, 160


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

    from plugins.domain.short_ways import Ending, Inline, Link, Plain, PlainHeading

    converter.serializer = serialise
    is_plain = build_plain_test(marks)
    if "white" not in marks:
        converter.preprocessors.deregister("normalize_whitespace")
        converter.preprocessors.register(Ending(converter), "ending", 0)
    blocks = converter.parser.blockprocessors
    for name, can_fit in _CAN_FIT.items():
        if name in blocks:
            blocks[name].test = _ask_after(can_fit, blocks[name].test)  # type: ignore[method-assign, assignment]
    blocks.register(Plain(converter.parser), "plain", _FIRST)
    if "#" in marks:
        blocks.register(PlainHeading(converter.parser), "plain_heading", _SECOND)
    if "[" in marks:
        converter.inlinePatterns.register(Link(converter, is_plain), "link", _LINK)
    delimiters = getattr(converter, "delimiters", None)  # older versions have other parts for emphasis
    if delimiters is not None:
        for mark in {"*", "_"} - marks:
            delimiters.remove(mark)
    steps = tuple([step for step in converter.treeprocessors if isinstance(step, InlineProcessor)])
    for step in steps:
        patterns: tuple[Any, ...] = tuple(step.inlinePatterns)
        for pattern in patterns:
            pattern.compiled_re = _quicken(pattern.getCompiledRegExp())
        step.inlinePatterns = patterns  # type: ignore[assignment]
    # tuples: a registry sorts at each look
    converter.parser.blockprocessors = tuple(blocks)  # type: ignore[assignment]
    has_notes = "[^" in marks  # they are moved between the steps
    inline = Inline(steps[:1] if has_notes else steps, is_plain, brackets_are_links=not marks & {"]:", "[^"}, may_part=not has_notes)
    for name in ("smarty",) if not has_notes and "smarty" in converter.treeprocessors else ():
        converter.treeprocessors.deregister(name)
    converter.treeprocessors.register(inline, "inline", _INLINE)


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


def build_plain_test(marks: frozenset[str]) -> Callable[[str], bool]:
    """Whether a text from a body with these marks is the same after all inline patterns."""
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
