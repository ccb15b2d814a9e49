"""The body of a brief: Markdown bounded before it is converted, sanitised after, with links of ours left open.

Addresses of ours stand in the HTML as ``ROOT`` + path (``\\x02briefs/x/``): a page puts its relative way to the root
there, a feed the absolute address. No content can hold that character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from plugins.domain.addresses import find_problem, is_of_others
from plugins.domain.characters import find_forbidden, line_of
from plugins.domain.converting import convert
from plugins.domain.faults import Fault
from plugins.domain.steps import Steps, finish

if TYPE_CHECKING:
    import nh3

ROOT = "\x02"
FEWEST_WORDS, MOST_WORDS = 60, 400

_LARGEST = 16_000  # characters of a body
_LONGEST_LINE = 4_000
_MOST_LINES = 1_000
_MOST_MARKS = 600  # of one kind
_MOST_BARS = 40  # in a line: each row of a table gets as many cells as its head has
_MARKS = "[*_`<!&"
_COUNTED = f"\n{_MARKS}".encode()
_LONGEST_RUN = 24
_DEEPEST_INDENT = 16  # blanks before a list item or quotation
_RUN = re.compile(r"([\[\]*_`!<>()~#&\\])\1{%d,}| {200,}" % _LONGEST_RUN)
# Of a body with a line break before it: a pattern that begins with a character is found many times faster than one with `^`.
# What may stand next is looked at before what is repeated: most lines are words.
_DEEP = re.compile(r"\n[ \t]{%d,}(?:[-*+>]|\d+[.)])" % _DEEPEST_INDENT)
_QUOTES = re.compile(r"\n(?=[ \t>])(?:[ \t]*>){6,}")
_INLINE_NEST = re.compile(r"\n(?=[ \t*+\d-])(?:[ \t]*(?:[-*+]|\d+[.)])[ \t]+){5,}")
_RUN_MARKS = "[]*_`!<>()~#&\\"
# Signs without one of which a pattern cannot fit, none where it is as quick to look; the pattern; what is wrong, and the cure.
_SHAPES = (
    ((*(c * (_LONGEST_RUN + 1) for c in _RUN_MARKS), " " * 200), _RUN, "a long run of one mark", "shorten it"),
    (("\t", " " * _DEEPEST_INDENT), _DEEP, "a list nested too deep", "use at most two levels"),
    ((">",), _QUOTES, "quotations nested too deep", "use one level"),
    (("",), _INLINE_NEST, "a list nested too deep", "use at most two levels"),
)

_TAGS = frozenset(
    "p h2 h3 ul ol li blockquote em strong code pre a table thead tbody tr th td hr br sup div dl dt dd del".split(),
)
_ATTRIBUTES = {
    "a": {"href", "title", "class", "id"},
    "li": {"id"},
    "sup": {"id"},
    "div": {"class"},
    "ol": {"start"},
    "th": {"class"},
    "td": {"class"},
    "h2": {"id"},
    "h3": {"id"},
}
_DENSE = "[\u3040-\u9fff\u0e00-\u0eff]"  # scripts without blanks between words; compiled (3 ms) where a body needs it
_HREF = re.compile(r'href="([^"]*)"')
_OURS = re.compile(r"/(briefs|measures|countries|topics)/[a-z0-9][a-z0-9/-]*/(?:#[\w:-]+)?", re.ASCII)
_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_HEADING_TO_LEVEL = re.compile("<h[13-6]")  # where all are of level 2, they stay
_ALIGN = re.compile(r'<(t[hd]) style="text-align: (left|right|center);">')
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\](?:\(|\[)")
_RAW_HTML = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9-]*(?:[\s/][^<>\n]{0,300})?/?|/[a-zA-Z][a-zA-Z0-9-]*\s*|!--)>?")
_CODE = re.compile(r"(`+)[^`].*?\1|^(?: {4}|\t).*$|^```.*?^```", re.MULTILINE | re.DOTALL)


class Rendered(NamedTuple):
    """A body as HTML, and the addresses of ours that it links to."""

    html: str
    links: tuple[str, ...]


def count_words(body: str) -> int:
    """The number of words of a body; characters of scripts without blanks count half a word each."""
    dense = 0 if body.isascii() else len(re.findall(_DENSE, body))
    return len(body.split()) + dense // 2


def check_bounds(body: str, path: str, first_line: int) -> Fault | None:
    """What makes a body unsafe or slow to convert (M601), or None."""

    def fault(at: int, message: str, hint: str) -> Fault:
        return Fault(path, first_line + line_of(body, at) - 1, "M601", message, hint)

    if len(body) > _LARGEST:
        return fault(0, f"the body has {len(body):,} characters", f"keep it under {_LARGEST:,}: 60 to 400 words")
    if len(body) > _LONGEST_LINE:
        for found in re.finditer(r"[^\n]{%d,}" % (_LONGEST_LINE + 1), body):
            return fault(found.start(), f"a line of {len(found[0]):,} characters", "write one sentence a line")
    raw = body.encode("utf-8", "surrogatepass")
    has_few = len(raw) - len(raw.translate(None, _COUNTED)) <= min(_MOST_LINES, _MOST_MARKS)  # of all together
    lines = 0 if has_few else body.count("\n")
    if lines > _MOST_LINES:
        return fault(0, f"the body has {lines:,} lines", f"keep it under {_MOST_LINES:,}")
    text = f"\n{body}"
    for signs, pattern, message, hint in _SHAPES:
        for sign in signs:
            if sign in body:  # rare, and the pattern is slow
                deep = pattern.search(text)
                if deep:
                    return fault(max(deep.start() - (deep[0][0] != "\n"), 0), message, hint)
                break
    for number, line in enumerate(body.split("\n")) if body.count("|") > _MOST_BARS else ():
        if line.count("|") > _MOST_BARS:
            return Fault(
                path, first_line + number, "M601", f"a line with more than {_MOST_BARS} times `|`", "write a table of fewer columns"
            )
    for mark in () if has_few else _MARKS:
        if body.count(mark) > _MOST_MARKS:
            return fault(body.index(mark), f"more than {_MOST_MARKS} times `{mark}`", "write plain text")
    return None


def render_body(body: str, path: str, first_line: int) -> tuple[Rendered | None, list[Fault]]:
    """The body as safe HTML, or its faults (M601, M603, F106, S501)."""
    return finish(render_in_steps(body, path, first_line))


def render_in_steps(body: str, path: str, first_line: int) -> Steps[tuple[Rendered | None, list[Fault]]]:
    """What ``render_body`` gives."""
    bounds = check_bounds(body, path, first_line)
    if bounds:
        return None, [bounds]
    yield
    html = _to_html(body)
    yield
    faults = [*_check_pictures(body, path, first_line), *_check_links(html, body, path, first_line)]
    if faults:
        return None, faults
    yield
    html = _sanitise(html)
    yield
    for _, name in find_forbidden(html):
        return None, [Fault(path, _line_of_reference(body, first_line), "F106", f"{name}, written as a character reference", "take it out")]
    if 'href="/' not in html:
        return Rendered(html, ()), []
    links = tuple(dict.fromkeys(h.split("#")[0] for h in _HREF.findall(html) if h.startswith("/")))
    return Rendered(html.replace('href="/', f'href="{ROOT}'), links), []


def find_raw_html(body: str) -> Iterator[tuple[int, str]]:
    """Position and text of what looks like raw HTML outside code."""
    if "<" not in body:
        return
    plain = _CODE.sub(lambda m: " " * len(m[0]), body)
    for found in _RAW_HTML.finditer(plain):
        yield found.start(), found[0]


def _to_html(body: str) -> str:
    html = convert(body)
    if _HEADING_TO_LEVEL.search(html):
        html = _level_headings(html)
    return _ALIGN.sub(r'<\1 class="\2">', html) if ' style="text-align: ' in html else html


def _level_headings(html: str) -> str:
    """Headings of a body start at level 2 and never skip a level."""
    seen = False

    def level(found: re.Match[str]) -> str:
        nonlocal seen
        closing, number = found[1], int(found[2])
        deep = number > 2 and seen
        if not closing:
            seen = seen or number <= 2 or not deep
            level.open = 3 if deep else 2  # type: ignore[attr-defined]
        return f"<{closing}h{level.open}"  # type: ignore[attr-defined]

    return _HEADING.sub(level, html)


def _sanitise(html: str) -> str:
    return str(_cleaner().clean(html))


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None, strip_comments=True)


def _check_pictures(body: str, path: str, first_line: int) -> Iterator[Fault]:
    if "![" not in body:
        return
    plain = _CODE.sub(lambda m: " " * len(m[0]), body)
    for found in _PICTURE.finditer(plain):
        line = first_line + line_of(body, found.start()) - 1
        yield Fault(path, line, "M603", "a picture", "briefs are text: describe it, or link to the page that shows it")


def _check_links(html: str, body: str, path: str, first_line: int) -> Iterator[Fault]:
    if "href=" not in html:
        return
    for raw in dict.fromkeys(_HREF.findall(html)):
        href = _unescape(raw)
        problem = _link_problem(href)
        if problem:
            yield Fault(path, _line_of_link(body, href, first_line), *problem)


def _link_problem(href: str) -> tuple[str, str, str] | None:
    if href.startswith("#fn") or _OURS.fullmatch(href):
        return None
    if is_of_others(href):
        return find_problem(href)
    hint = "link to an https:// address or to a page of ours such as /measures/ru-mining-law/"
    return "M603", f"a link to `{href}`", hint


def _unescape(text: str) -> str:
    import html

    return html.unescape(text)


def find_link(text: str, address: str) -> int:
    """Where an address stands as a whole, and not as a part of another one; failing that as a part; -1 where it does not stand."""
    some = address[:200]
    found = re.search(rf"(?<![\w/.:-]){re.escape(some)}(?![\w/-])", text)
    return found.start() if found else text.find(some)


def _line_of_link(body: str, href: str, first_line: int) -> int:
    at = find_link(body, href) if href else -1
    if at < 0:
        at = next((m.start() for m in re.finditer(r"\]\(|\]:", body)), 0)
    return first_line + line_of(body, at) - 1


def _line_of_reference(body: str, first_line: int) -> int:
    found = re.search(r"&#?\w+;", body)
    return first_line + line_of(body, found.start() if found else 0) - 1
