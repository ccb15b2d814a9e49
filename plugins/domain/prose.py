"""Prose pages, ``content/pages/<slug>.md``: a few ``Key: value`` lines, then Markdown held to the bounds of a brief's body.

As in ``markup``, addresses of ours stand in the HTML below ROOT.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plugins.domain.addresses import find_problem, is_of_others
from plugins.domain.characters import find_forbidden, line_of
from plugins.domain.faults import Fault, Severity, printable
from plugins.domain.folders import check_folder, sorted_entries
from plugins.domain.loading import Entry, Remember, read_always
from plugins.domain.markup import ROOT, check_bounds, find_raw_html
from plugins.domain.reader import decode

if TYPE_CHECKING:
    import markdown
    import nh3

LARGEST = 64_000  # bytes of a file
LARGEST_BODY = 16_000  # characters, as `check_bounds` has it
LONGEST_TITLE, LONGEST_SUMMARY = 110, 300
KEYS = ("title", "slug", "summary")
# Pages that the digest makes by itself. Prose called `data` or `subscribe` is the introduction of the page that is made.
MADE = frozenset({"countries", "topics", "measures", "dates", "weeks", "changes", "rules", "search"})
INTRODUCED = frozenset({"data", "subscribe"})
RESERVED = MADE | {"briefs", "page", "pagefind"}
# Files that the digest publishes beside its pages.
FILES = frozenset(
    """/atom.xml /rss.xml /feed.json /dates.ics /feeds.opml /sitemap.xml /weeks/atom.xml /weeks/rss.xml /weeks/feed.json
    /changes/atom.xml /changes/rss.xml /changes/feed.json /dates/dates.ics /data/briefs.json /data/briefs.csv /data/briefs.jsonl
    /data/measures.json /data/countries.json /data/topics.json /data/dates.json /data/datapackage.json /data/brief.schema.json""".split()
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_SLUG = 60
_LINE = re.compile(r"([A-Za-z_]+):(?:[ \t]+(.*?))?[ \t]*")
_FENCE = "---"
_TAGS = frozenset("p h2 h3 ul ol li blockquote em strong code pre a table thead tbody tr th td hr br".split())
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"class"}, "td": {"class"}, "h2": {"id"}, "h3": {"id"}}
_HREF = re.compile(r'href="([^"]*)"')
_OURS = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9.-]+\.[a-z]+)?(?:#[\w:.-]+)?", re.ASCII | re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1456])(?=[ >])")
_CODE = re.compile(r"<code>.*?</code>", re.DOTALL)  # in HTML
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\](?:[(\[]|<a href=)")
_ALIGN = re.compile(r'<(t[hd]) style="text-align: (left|right|center);">')


class Page(NamedTuple):
    """A prose page; ``links`` are the addresses of ours in it, each with the line where it stands."""

    slug: str
    title: str
    summary: str
    html: str
    links: tuple[tuple[str, int], ...] = ()

    @property
    def url(self) -> str:
        """Its address below the root."""
        return f"/{self.slug}/"


def load_pages(content: Path, remember: Remember = read_always) -> tuple[tuple[Page, ...], list[Fault]]:
    """The pages of a content folder in the order of their names, and what is wrong with the files that lie there."""
    folder, pages = content / "pages", []
    faults = check_folder(folder, str(folder))
    for entry in sorted_entries(folder) if folder.is_dir() and not faults else ():
        if entry.name.startswith("."):
            continue
        shown = f"{folder}/{entry.name}"
        fields, problems = remember(entry, lambda entry=entry, shown=shown: _read_entry(entry, shown))  # type: ignore[misc]
        faults += [Fault(shown, line, code, message, hint, Severity(severity)) for line, code, message, hint, severity in problems]
        if fields is not None:
            slug, title, summary, html, links = fields
            pages.append(Page(slug, title, summary, html, tuple((url, line) for url, line in links)))
    return tuple(pages), faults


def check_pages(pages: tuple[Page, ...], known: Callable[[str], bool], shown: str) -> tuple[tuple[Page, ...], list[Fault]]:
    """The pages whose links of ours all lead somewhere, and the faults of the others (M603): those that link to them fall too."""
    faults: list[Fault] = []
    while True:
        fixed = {"/", *(f"/{slug}/" for slug in MADE | INTRODUCED), *(page.url for page in pages), *FILES}
        bad = set()
        for page in pages:
            for url, line in page.links:
                if url not in fixed and not known(url):
                    hint = "correct the address, or take the link out"
                    faults.append(Fault(f"{shown}/{page.slug}.md", line, "M603", f"a link to `{url}`, which does not exist", hint))
                    bad.add(page.slug)
        if not bad:
            return pages, faults
        pages = tuple(p for p in pages if p.slug not in bad)


def _read_entry(entry: os.DirEntry[str], shown: str) -> Entry:
    faults: list[Fault] = []
    stem, _, ending = entry.name.rpartition(".")
    fields = None
    if not entry.is_file(follow_symlinks=False):
        faults.append(Fault(shown, 1, "F103", "is a link or a folder", "put the file itself here"))
    elif ending != "md" or not _SLUG.fullmatch(stem) or len(stem) > _LONGEST_SLUG:
        hint = f"name it slug.md: small letters a-z, digits, hyphens, at most {_LONGEST_SLUG} characters"
        faults.append(Fault(shown, 1, "F101", f"`{printable(entry.name)}` is no name of a page", hint))
    elif stem in RESERVED:
        faults.append(Fault(shown, 1, "F101", f"the digest itself makes what lies at `/{stem}/`", "give the page another name"))
    elif entry.stat(follow_symlinks=False).st_size > LARGEST:
        faults.append(Fault(shown, 1, "F104", f"the file has more than {LARGEST:,} bytes", "shorten it, or make two pages of it"))
    else:
        text, problems = decode(Path(entry.path).read_bytes(), shown)
        faults += problems
        if text is not None:
            fields = parse_page(text, shown, stem, faults)
    return fields, [[f.line, f.code, f.message, f.hint, f.severity.value] for f in faults]


def parse_page(text: str, shown: str, slug: str, faults: list[Fault]) -> list[Any] | None:
    """The fields of a page in a text with ``\\n`` line ends, or None and its faults."""
    found: list[Fault] = []
    values, body, first_line = _split(text, shown, found)
    found += _check_values(values, shown, slug)
    rendered = _render(body, shown, first_line, found)
    faults += found
    if rendered is None or any(not f.is_warning for f in found):
        return None
    html, links = rendered
    return [slug, values["title"][0], values.get("summary", ("", 1))[0], html, links]


def _split(text: str, shown: str, faults: list[Fault]) -> tuple[dict[str, tuple[str, int]], str, int]:
    """The values with their lines, the body, and the line in which it begins."""
    lines = text.split("\n")
    values: dict[str, tuple[str, int]] = {}
    at = fenced = int(lines[0].rstrip() == _FENCE)
    while at < len(lines) and lines[at].strip() and lines[at].rstrip() != _FENCE:
        match = _LINE.fullmatch(lines[at])
        if not match:
            faults.append(Fault(shown, at + 1, "Y202", "cannot be read: a line without `Key: value`", "end the keys with an empty line"))
        elif match[1].lower() in values:
            faults.append(Fault(shown, at + 1, "Y203", f"the key `{match[1]}` stands twice", "keep one of them"))
        else:
            values[match[1].lower()] = (match[2] or "", at + 1)
        at += 1
    if not values:
        hint = "begin the file with `Title: …`, then an empty line"
        faults.append(Fault(shown, 1, "Y201", "no front matter", hint))
    at += fenced and at < len(lines) and lines[at].rstrip() == _FENCE
    while at < len(lines) - 1 and not lines[at].strip():
        at += 1
    return values, "\n".join(lines[at:]), at + 1


def _check_values(values: dict[str, tuple[str, int]], shown: str, slug: str) -> Iterator[Fault]:
    for key, (_, line) in values.items():
        if key not in KEYS:
            yield Fault(shown, line, "B301", f"unknown key `{key}`", "the keys of a page are Title, Slug and Summary")
    title, line = values.get("title", ("", 1))
    if values and not title:
        yield Fault(shown, line, "B302", "`Title` is missing or empty", "fill it in")
    for name, text, at, most in (("Title", title, line, LONGEST_TITLE), ("Summary", *values.get("summary", ("", 1)), LONGEST_SUMMARY)):
        if len(text) > most:
            yield Fault(shown, at, "B304", f"`{name}` has {len(text)} characters", f"keep it under {most}")
    if "slug" in values and values["slug"][0] != slug:
        hint = "the name of the file makes the address: rename the file, or take the line out"
        yield Fault(shown, values["slug"][1], "B303", f"`Slug` is not `{slug}`", hint)


def _render(body: str, shown: str, first_line: int, faults: list[Fault]) -> tuple[str, list[list[Any]]] | None:
    """The body as safe HTML with its addresses of ours, or None and faults (M601, M603, F106, S501, S505)."""
    if len(body) > LARGEST_BODY:
        hint = f"keep it under {LARGEST_BODY:,}: make two pages of it"
        faults.append(Fault(shown, first_line, "M601", f"the body has {len(body):,} characters", hint))
        return None
    bounds = check_bounds(body, shown, first_line)
    if bounds:
        faults.append(bounds)
        return None
    for at, tag in find_raw_html(body):
        hint = "write Markdown, or put code in `backticks`"
        message = f"`{tag[:40]}` looks like HTML and is shown as text"
        faults.append(Fault(shown, first_line + line_of(body, at) - 1, "M604", message, hint, Severity.WARNING))
    html = _to_html(body)
    links: list[list[Any]] = []
    for raw in dict.fromkeys(_HREF.findall(html)):
        href = unescape(raw)
        line = first_line + line_of(body, max(body.find(f"]({href}"), body.find(href), 0)) - 1
        problem = _link_problem(href, html)
        if problem:
            faults.append(Fault(shown, line, *problem))
        elif href.startswith("/"):
            links.append([href.split("#")[0], line])
    if _PICTURE.search(_CODE.sub("", html)):
        line = first_line + line_of(body, max(body.find("!["), 0)) - 1
        faults.append(Fault(shown, line, "M603", "a picture", "pages are text: describe it, or link to the page that shows it"))
    html = str(_cleaner().clean(html))
    for _, name in find_forbidden(html):
        found = re.search(r"&#?\w+;", body)
        line = first_line + line_of(body, found.start() if found else 0) - 1
        faults.append(Fault(shown, line, "F106", f"{name}, written as a character reference", "take it out"))
        return None
    return html.replace('href="/', f'href="{ROOT}'), links


def _link_problem(href: str, html: str) -> tuple[str, str, str] | None:
    if is_of_others(href):
        return find_problem(href)
    if _OURS.fullmatch(href) or (re.fullmatch(r"#[\w-]+", href) and f'id="{href[1:]}"' in html):
        return None
    return "M603", f"a link to `{href}`", "link to an https:// address, or to a page of ours by its address, such as /about/"


def _to_html(body: str) -> str:
    converter = _converter()
    converter.reset()
    html = _HEADING.sub(lambda m: f"<{m[1]}h{2 if m[2] == '1' else 3}", converter.convert(body))
    return _ALIGN.sub(r'<\1 class="\2">', html)


@cache
def _converter() -> markdown.Markdown:
    """Python-Markdown with tables, fenced code and addresses for headings; raw HTML and pictures are off."""
    import markdown
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension

    converter = markdown.Markdown(extensions=[TableExtension(), FencedCodeExtension(), TocExtension(marker="")], output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("html", "entity", "image_link", "image_reference", "short_image_ref", "autolink", "automail"):
        converter.inlinePatterns.deregister(name)
    return converter


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None, strip_comments=True)
