"""Bodies: bounded before they are converted, sanitised after, links checked, headings in order."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.domain.markup import FEWEST_WORDS, MOST_WORDS, ROOT, count_words, find_raw_html, render_body
from plugins.domain.reader import has_fitting_length
from tests.domain.bodies import ATTACKS, pieces


def html(body: str) -> str:
    """The HTML of a body without faults."""
    rendered, faults = render_body(body, "x.md", 1)
    assert [str(f) for f in faults] == []
    assert rendered is not None
    return rendered.html


def codes(body: str, first: int = 10) -> list[tuple[int, str]]:
    """Line and code of each fault; the body begins on line 10."""
    return [(f.line, f.code) for f in render_body(body, "x.md", first)[1]]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("“x” 'y' \"z\" a -- b ...", "<p>“x” ‘y’ “z” a – b …</p>"),
        ("AT&T and &amp; 5 < 6 > 4", "<p>AT&amp;T and &amp; 5 &lt; 6 &gt; 4</p>"),
        ("One _two_ __three__ a_b_c", "<p>One <em>two</em> <strong>three</strong> a_b_c</p>"),
        ("[x](https://a.example/?b=1&c=2)", '<p><a href="https://a.example/?b=1&amp;c=2">x</a></p>'),
        ("<https://a.example/>", "<p>&lt;https://a.example/&gt;</p>"),
        ("{: #id .cls onclick=x }", "<p>{: #id .cls onclick=x }</p>"),
    ],
)
def test_documented_markdown_is_rendered(body: str, shown: str) -> None:
    """Emphasis, lists, quotations, code, smart quotes, links; raw HTML, autolinks and attribute lists are text."""
    assert html(body) == shown


def test_tables_and_footnotes() -> None:
    """Cells keep their alignment as a class; footnotes lead there and back."""
    shown = html("| a | b |\n|:--|--:|\n| 1 | 2 |\n\nText.[^1]\n\n[^1]: Note.\n")
    assert '<th class="left">a</th>' in shown
    assert '<td class="right">2</td>' in shown
    assert "style=" not in shown
    for target in re.findall(r'href="#([^"]+)"', shown):
        assert f'id="{target}"' in shown


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("# A\n\n## B", "22"),
        ("## A\n\n### B\n\n## C", "232"),
        ("### A\n\n#### B", "23"),
        ("###### A", "2"),
        ("# A\n\n###### B\n\n# C", "232"),
        ("A\n=\n\nB\n-", "22"),
    ],
)
def test_headings_begin_at_level_2_and_skip_none(body: str, levels: str) -> None:
    """A page has one `h1`, which is not the body's."""
    shown = html(body)
    assert "".join(re.findall(r"<h(\d)", shown)) == levels
    assert re.findall(r"<h(\d)", shown) == re.findall(r"</h(\d)", shown)


@pytest.mark.parametrize(
    "path",
    [
        "/briefs/2024-05-16-x/",
        "/measures/x/",
        "/countries/russia/",
        "/countries/russia/mining/",
        "/topics/mining/",
        "/measures/x/#timeline",
    ],
)
def test_links_of_ours_are_left_open(path: str) -> None:
    """They stand below ROOT, so that a page can put its way to the root there; the address without anchor is noted."""
    rendered, faults = render_body(f"[x]({path})", "x.md", 1)
    assert faults == []
    assert rendered is not None
    assert f'href="{ROOT}{path[1:]}"' in rendered.html
    assert rendered.links == (path.split("#")[0],)


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("javascript:alert(1)", "M603"), ("JaVaScRiPt:alert(1)", "M603"), ("java&#115;cript:alert(1)", "M603"), ("data:text/html,x", "M603"), ("vbscript:x", "M603"),
        ("file:///etc/passwd", "M603"), ("other.md", "M603"), ("../x/", "M603"), ("//evil.example/", "M603"), ("/about/", "M603"), ("/briefs/../about/", "M603"),
        ("#top", "M603"), ("mailto:a", "M603"), ("mailto:a@b.example?bcc=c@d.example", "M603"), ("tel:1", "M603"), ("?x=1", "M603"), ("\x01https://a.example", "M603"),
        ("https://a@b.example/", "S501"), ("https://р\u0430ypal.example/", "S505"), ("http://", "S501"), ("{attach}x.png", "M603"), ("{filename}x.md", "M603"), ("|filename|x.md", "M603"),
    ],
)  # fmt: skip
def test_other_links_are_faults(link: str, code: str) -> None:
    """Only http, https, mailto and pages of ours; the line is that of the link."""
    assert codes(f"First line.\nSee [this]({link}).") == [(11, code)]


@pytest.mark.parametrize("link", ["/briefs/", "/about/"])
def test_the_line_is_that_of_the_link_as_a_whole(link: str) -> None:
    """And not of another one that begins or ends with it."""
    first = "Fine: [a](/briefs/2024-05-16-x/), [b](https://x.example/about/)."
    assert codes(f"{first}\nSee [this]({link}).") == [(11, "M603")]
    assert codes(f"{first}\nSee [this]({link}#x).") == [(11, "M603")]


@pytest.mark.parametrize(
    "body", ["[x][1]\n\n[1]: javascript:alert(1)", "[x]\n\n[x]: data:text/html,x", '[a](javascript:x "t")', "[a](<javascript:x>)"]
)
def test_links_cannot_hide_in_references(body: str) -> None:
    """Reference links are checked as any other."""
    assert {code for _, code in codes(body)} == {"M603"}


@pytest.mark.parametrize(
    "body", ["![x](https://a.example/p.png)", "text ![x][1]\n\n[1]: https://a.example/p.png", "![](data:image/png;base64,x)"]
)
def test_pictures_are_faults(body: str) -> None:
    """Briefs are text."""
    assert "M603" in {code for _, code in codes(body)}


BOUNDS = {
    "body": "word " * 4_000, "line": "word " * 900, "stars": "*" * 700, "run": "[" * 30, "blanks": "a" + " " * 300 + "b", "list": " " * 20 + "- deep",
    "quotations": "> > > > > > > x", "inline list": "- - - - - - x", "brackets": "[a] " * 700, "ticks": "`a` " * 700, "less-than": "a < b " * 700, "ampersands": "a & b " * 700,
    "columns": f"{'a|' * 41}a\n{'-|' * 41}-",
}  # fmt: skip


@pytest.mark.parametrize("what", BOUNDS)
def test_bodies_are_bounded_before_conversion(what: str) -> None:
    """M601 on the line where it is, at once."""
    begun = time.process_time()
    assert codes("Fine.\n\n" + BOUNDS[what])[0][1] == "M601"
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    "bit",
    ["[", "](", "*_", "**a", "`a``", "<a ", "&#x", "[^1]", "| ", "> ", "1. ", "    ", "\\", "![", "_a_*", "[](", "(", "'\"", "--", "[a]: "],
)
def test_no_body_within_bounds_is_slow(bit: str) -> None:
    """The worst that the bounds let through takes well under two seconds."""
    body = "\n".join((bit * 4_000)[: 4_000 - len(bit)] for _ in range(3))
    begun = time.process_time()
    render_body(body, "x.md", 1)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("fence", ["", "[^1] [^1]: a\n\n", "- # a\nb 'c'\n\n"])
def test_no_table_within_bounds_is_slow_or_large(fence: str) -> None:
    """Each of its rows, however short, has as many cells as its head; whatever stands before it."""
    head = "|".join("'" * 40)
    rows = [f"{fence}{head}", "|".join("-" * 40), *[head] * 150, *["b"] * 800]
    begun = time.process_time()
    rendered, faults = render_body("\n".join(rows), "x.md", 1)
    assert time.process_time() - begun < 1
    assert faults == []
    assert rendered is not None
    assert len(rendered.html) < 600_000


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_html_comes_through(attack: str) -> None:
    """What a browser makes of it: no element but those of Markdown, no attribute that acts."""
    rendered, _ = render_body("Text.\n\n" + attack, "x.md", 1)
    if rendered is not None:
        _check_safe(rendered.html)


SAFE = set("html head body p h2 h3 ul ol li blockquote em strong code pre a table thead tbody tr th td hr br sup div dl dt dd del".split())


def _check_safe(text: str) -> None:
    for element in html5lib.parse(text, namespaceHTMLElements=False).iter():
        assert element.tag in SAFE, element.tag
        for name, value in element.attrib.items():
            assert name in {"href", "title", "class", "id", "start"}, name
            if name == "href":
                assert value.startswith(("https://", "http://", "mailto:", "#fn", ROOT)), value


@given(st.lists(pieces, max_size=40).map("".join))
def test_any_mixture_is_safe_or_a_fault(body: str) -> None:
    """Never an exception, never an element that acts."""
    rendered, faults = render_body(body, "x.md", 1)
    assert (rendered is None) == bool(faults)
    if rendered is not None:
        _check_safe(rendered.html)


def test_words_are_counted_in_every_script() -> None:
    """Scripts without blanks count half a word a character."""
    assert count_words("one two\nthree") == 3
    assert count_words("加密货币交易所许可证") >= 5
    assert count_words("") == 0


@given(st.lists(st.sampled_from(["one", "two three", " ", "\n", "\n\n", "\t", "法律"]), max_size=9).map("".join), st.integers(1, 140))
@example("word " * (FEWEST_WORDS - 1), 1)
@example("word " * FEWEST_WORDS, 1)
@example("word\n" * MOST_WORDS, 1)
@example("word " * (MOST_WORDS + 1), 1)
@example("word\t" * (MOST_WORDS + 1), 1)
@example("word " * MOST_WORDS + "word", 1)
def test_length_is_told_as_words_are_counted(bit: str, times: int) -> None:
    """Where blanks tell that a body is neither too short nor too long, its words would say the same."""
    body = bit * times
    assert has_fitting_length(body) == (FEWEST_WORDS <= count_words(body) <= MOST_WORDS)


def test_raw_html_is_found_outside_code_only() -> None:
    """A warning for what a writer may have meant as HTML."""
    assert [tag for _, tag in find_raw_html("a <b>c</b> and `<i>` and 5 < 6")] == ["<b>", "</b>"]
