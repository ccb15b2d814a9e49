"""Python-Markdown, with only those of its parts that a body can use: the same HTML as with all of them, sooner.

A test converts random bodies with all parts and with the chosen ones, and compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    import markdown

_INLINE = re.compile(r"""[`\\\[*_'"<>&]|--|\.\.\.|  \n""")  # a text without these is the same after all inline patterns
_CAN_FIT: Mapping[str, Callable[[str], bool]] = {  # what a block must have before a part's pattern is tried on it
    "hashheader": lambda block: "#" in block,
    "quote": lambda block: ">" in block,
    "hr": lambda block: block.count("-") + block.count("*") + block.count("_") > 2,
}
_BEFORE_INLINE = 25  # Python-Markdown's inline patterns have priority 20


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
    _ITEM = re.compile(r"\n[ \t]*(?:[-*+_]|\d+\.)")

    _UNDERLINE = re.compile(r"\n[=-]+[ ]*(?:\n|\Z)")

    @classmethod
    def get_mask(cls, body: str) -> frozenset[str]:
        """The marks that stand in a body."""
        found = {mark for mark in cls.MARKS if mark in body}
        text = f"\n{body}"
        if cls._ITEM.search(text):
            found.add("item")
        if cls._UNDERLINE.search(text):
            found.add("underlined")
        if "*" in found or "_" in found:
            found.add("emphasis")
        if "    " in found or "\t" in found:
            found.add("indented")
        return frozenset(found)


@cache
def build_converter(marks: frozenset[str]) -> markdown.Markdown:
    """The converter of bodies with these marks."""
    converter = assemble(marks)
    _ask_less(converter)
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


def _ask_less(converter: markdown.Markdown) -> None:
    """Spares the parts questions whose answer is no: about blocks and texts without their marks."""
    from markdown.treeprocessors import InlineProcessor, Treeprocessor
    from markdown.util import AtomicString

    for name, can_fit in _CAN_FIT.items():
        if name in converter.parser.blockprocessors:
            processor = converter.parser.blockprocessors[name]
            processor.test = _ask_after(can_fit, processor.test)  # type: ignore[method-assign, assignment]
    # tuples: a registry sorts at each look
    converter.parser.blockprocessors = tuple(converter.parser.blockprocessors)  # type: ignore[assignment]
    for step in converter.treeprocessors:
        if isinstance(step, InlineProcessor):
            step.inlinePatterns = tuple(step.inlinePatterns)  # type: ignore[assignment]

    class Settle(Treeprocessor):
        """Takes texts without inline marks out of the inline patterns' way (AtomicString)."""

        def run(self, root: Element) -> None:
            for element in root.iter():
                text = element.text
                if text and not _INLINE.search(text):
                    element.text = AtomicString(text)

    converter.treeprocessors.register(Settle(converter), "settle", _BEFORE_INLINE)


def _ask_after(can_fit: Callable[[str], bool], test: Callable[[Element, str], bool]) -> Callable[[Element, str], bool]:
    return lambda parent, block: can_fit(block) and test(parent, block)


def _drop(registry: markdown.util.Registry[Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in registry:
            registry.deregister(name)
