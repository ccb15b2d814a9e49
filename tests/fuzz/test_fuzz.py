"""Random input: nothing crashes, hangs, or comes out unsafe. `make fuzz` tries many more (FUZZ_EXAMPLES)."""

from __future__ import annotations

import csv
import io
import os
import re
import time
import unicodedata

from html5lib import HTMLParser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.domain.addresses import BadAddressError, canonical_address, check_address, strip_tracking
from plugins.domain.characters import is_clean
from plugins.domain.dates import parse_partial_date
from plugins.domain.faults import printable
from plugins.domain.frontmatter import split_front_matter
from plugins.domain.markup import ROOT, render_body
from plugins.domain.reader import parse_brief
from plugins.domain.style import check_style
from tests.domain.broken_briefs import BODY, GOOD, NAME

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
SLOWEST = 2.0  # seconds for one brief (issue: no brief takes longer)
IS_LONG = "FUZZ_EXAMPLES" in os.environ  # then other inputs each time; what fails is printed so that it can be tried again
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not IS_LONG,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

MARKS = [
    "[",
    "]",
    "(",
    ")",
    "*",
    "_",
    "`",
    "~",
    "<",
    ">",
    "!",
    "#",
    "|",
    "-",
    "&",
    ":",
    "\n",
    " ",
    "\t",
    "\\",
    '"',
    "'",
    "=",
    "1.",
    "^",
    "{",
    "}",
]
WORDS = [
    "law",
    "http://x.example",
    "<script>",
    "javascript:",
    "&#8;",
    "&lt;",
    "<!--",
    "-->",
    "]]>",
    "onerror=",
    "{{x}}",
    "é",
    "ك",
    "👩‍⚖️",
    "\u202e",
    "\u200d",
    "\0",
    "[^1]",
    "[x]: ",
]
messy = st.lists(st.sampled_from(MARKS + WORDS) | st.text(max_size=8), max_size=60).map("".join)
TAGS = frozenset("p h2 h3 ul ol li blockquote em strong code pre a table thead tbody tr th td hr br sup div dl dt dd del".split())


def _check_html(html: str) -> None:
    """Only known elements and attributes, only known addresses, no hidden characters."""
    assert is_clean(html.replace(ROOT, "").replace("\t", " "))
    for element in HTMLParser(namespaceHTMLElements=False).parseFragment(html).iter():
        if element.tag == "DOCUMENT_FRAGMENT" or not isinstance(element.tag, str):
            continue
        assert element.tag in TAGS, element.tag
        for name, value in element.attrib.items():
            assert name in {"href", "title", "class", "id", "start"}, name
            if name == "href":
                assert re.match(rf"https?://|mailto:|#fn|{ROOT}", value), value


@many
@given(body=messy)
def test_any_body_gives_safe_html_or_faults(body: str) -> None:
    """Markdown of any shape is refused, or rendered to closed lists of elements, in time."""
    started = time.perf_counter()
    rendered, faults = render_body(body, "x.md", 1)
    assert time.perf_counter() - started < SLOWEST
    assert (rendered is None) == bool(faults)
    if rendered:
        _check_html(rendered.html)


@many
@given(unit=messy.filter(bool), times=st.integers(1, 4000), after=messy)
def test_repeated_marks_never_take_long(unit: str, times: int, after: str) -> None:
    """What makes parsers slow is repetition: bounded before it is parsed."""
    started = time.perf_counter()
    render_body(unit * times + after, "x.md", 1)
    assert time.perf_counter() - started < SLOWEST


@many
@given(raw=st.binary(max_size=400) | messy.map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_faults_and_no_brief(raw: bytes) -> None:
    """A file of chance is never a brief, and always says why."""
    reading = parse_brief(raw, "x.md", "2024-05-16-x")
    assert reading.brief is None
    assert reading.faults
    for fault in reading.faults:
        assert fault.line >= 1
        assert str(fault).isprintable() or all(c == " " or c.isprintable() for c in str(fault))


@many
@given(at=st.integers(0, len(GOOD) - 1), cut=st.integers(0, 30), put=messy)
def test_a_mutated_brief_is_refused_or_safe(at: int, cut: int, put: str) -> None:
    """Whatever is changed in a good brief, what comes out is safe."""
    text = GOOD[:at] + put + GOOD[at + cut :]
    reading = parse_brief(text.encode("utf-8", "surrogatepass"), "x.md", NAME.removesuffix(".md"))
    assert (reading.brief is None) == any(not f.is_warning for f in reading.faults)
    if reading.brief:
        _check_html(reading.html)
        assert is_clean(reading.brief.title + reading.brief.summary)
        assert "\n" not in reading.brief.title + reading.brief.summary
        for source in reading.brief.detail().sources:
            assert re.match(r"https?://[^\s@]+", source.url)
        list(check_style(text, reading.front, "x.md") if reading.front else ())


@many
@given(head=messy)
def test_any_front_matter_is_read_or_refused(head: str) -> None:
    """YAML of any shape ends in text values or faults."""
    front, faults = split_front_matter(f"---\n{head}\n---\n{BODY}", "x.md")
    assert front is not None or faults


@many
@given(url=messy | st.text(max_size=60).map(lambda t: "https://" + t))
def test_any_address_is_accepted_or_refused(url: str) -> None:
    """An accepted address is plain, http or https, and keeps its meaning when trackers are taken out."""
    try:
        check_address(url)
    except BadAddressError:
        return
    assert url.startswith(("http://", "https://"))
    assert not re.search(r"[\s<>\"\x00-\x1f]", url)
    assert canonical_address(strip_tracking(url)) == canonical_address(url)


@many
@given(text=st.text(max_size=12))
def test_any_text_is_a_date_or_not(text: str) -> None:
    """Only the documented forms are dates."""
    try:
        found = parse_partial_date(text, periods=True)
    except ValueError:
        return
    assert re.fullmatch(r"\d{4}(-(\d\d(-\d\d)?|Q[1-4]|H[12]))?", text, re.ASCII)
    assert found.first <= found.last


@many
@given(text=st.text(max_size=200))
def test_what_is_printed_is_printable(text: str) -> None:
    """No control character reaches a terminal."""
    shown = printable(text)
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") for c in shown)


@many
@given(cells=st.lists(messy | st.sampled_from(["=1+1", "@SUM(1)", "-2+3", "+1", "\t=1", "a;=1"]), min_size=1, max_size=4))
def test_no_table_cell_starts_a_formula(cells: list[str]) -> None:
    """A cell that a spreadsheet would run is guarded, alone and joined."""
    from plugins.opendata.record import guard_cell

    written = io.StringIO(newline="")
    csv.writer(written).writerow([guard_cell(c) for c in cells])
    (row,) = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert len(row) == len(cells)
    for cell in row:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert "\n" not in cell
        assert "\r" not in cell
