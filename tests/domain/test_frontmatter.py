"""Front matter is read as strings with lines; nothing of YAML that a brief never needs is let in."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.domain.frontmatter import MOST_NODES, split_front_matter


def read(head: str, body: str = "Body.\n") -> object:
    """The data of a front matter that has no fault."""
    front, faults = split_front_matter(f"---\n{head}\n---\n{body}", "x.md")
    assert faults == []
    assert front is not None
    return front.data


def codes(text: str) -> list[tuple[int, str]]:
    """Line and code of each fault."""
    return [(f.line, f.code) for f in split_front_matter(text, "x.md")[1]]


@pytest.mark.parametrize(
    "scalar",
    [
        "NO",
        "no",
        "yes",
        "on",
        "1.10",
        "0x1F",
        "1e3",
        "012",
        "2024-05-16",
        "12:30:45",
        "null",
        "~",
        "true",
        ".nan",
        "1_000",
        "=",
        "+1",
        ".inf",
    ],
)
def test_no_value_is_guessed(scalar: str) -> None:
    """`NO` is Norway, `1.10` stays text, a date stays what was written."""
    assert read(f"key: {scalar}") == {"key": scalar}
    assert read(f"key: [{scalar}]") == {"key": [scalar]}


def test_lines_are_those_of_the_file() -> None:
    """Every value knows its line, also in lists of groups and below folded text."""
    front, faults = split_front_matter(
        "---\ntitle: >-\n  Two\n  lines\ndates:\n  - on: 2024\n    what: x\n  - on: 2025\n---\n\n\nBody\n", "x.md"
    )
    assert faults == []
    assert front is not None
    assert front.data == {"title": "Two lines", "dates": [{"on": "2024", "what": "x"}, {"on": "2025"}]}
    assert [
        front.line("title"),
        front.line("dates"),
        front.line("dates", 0, "what"),
        front.line("dates", 1, "on"),
        front.line("dates", 1, "what"),
    ] == [2, 5, 7, 8, 8]
    assert (front.body, front.body_line) == ("Body\n", 12)
    assert front.line("nothing") == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "Y201")]),
        ("title: x\n", [(1, "Y201")]),
        ("----\ntitle: x\n---\n", [(1, "Y201")]),
        ("---\ntitle: x\n", [(1, "Y201")]),
        ("---\n---\nBody", [(1, "Y201")]),
        ("---\n- a\n---\n", [(2, "Y202")]),
        ("---\ntext\n---\n", [(2, "Y202")]),
        ("---\na: 1\nb: c: d\n---\n", [(3, "Y202")]),
        ("---\n? [a]\n: b\n---\n", [(2, "Y202")]),
        ("---\na: 1\nA: 2\na: 3\n---\n", [(4, "Y203")]),
        ("---\nx:\n  - a: 1\n    a: 2\n---\n", [(4, "Y203")]),
        ("---\na: &x 1\nb: *x\n---\n", [(2, "Y204")]),
        ("---\na: 1\n<<: *x\n---\n", [(3, "Y204")]),
        ("---\na: !!python/object:os.system x\n---\n", [(2, "Y204")]),
        ("---\na: ! x\n---\n", [(2, "Y204")]),
        ("---\na: 1\n...\nb: 2\n---\n", [(3, "Y204")]),
        ("---\na: [[[[[x]]]]]\n---\n", [(2, "Y205")]),
        ("---\na: " + "[" * 5_000 + "\n---\n", [(2, "Y205")]),
        ("---\na: " + "x" * 30_000 + "\n---\n", [(1, "Y205")]),
        ("---\na: [" + "x, " * 3_000 + "x]\n---\n", [(2, "Y205")]),
    ],
)
def test_what_is_refused_has_its_line_and_code(text: str, found: list[tuple[int, str]]) -> None:
    """Y201 to Y205."""
    assert codes(text) == found


def test_signs_in_values_are_values() -> None:
    """An ampersand, a star or an exclamation mark inside a text is no feature of YAML."""
    assert read("a: R&D and 5 * 3!\nb: '*starred*'\nc: x --- y") == {"a": "R&D and 5 * 3!", "b": "*starred*", "c": "x --- y"}


def test_a_rule_in_the_body_is_no_fence() -> None:
    """The front matter ends at the first fence; a line of hyphens in the body stays there."""
    front, _ = split_front_matter("---\na: 1\n---\nOne\n\n---\n\nTwo\n", "x.md")
    assert front is not None
    assert front.body == "One\n\n---\n\nTwo\n"


pieces = st.sampled_from(
    [
        "a: x\n",
        "b:\n",
        "a: [x, y]\n",
        "c: [[x]]\n",
        "- x\n",
        "  - y: z\n",
        "    w: v\n",
        "    y: v\n",
        "{d: e}: f\n",
        "g: {h: i}\n",
        '"j": k\n',
    ]
)


@given(st.lists(pieces, max_size=8).map("".join))
@example("a: [" + "x, " * (MOST_NODES - 3) + "x]")
@example("a: [" + "x, " * (MOST_NODES - 2) + "x]")
def test_the_short_way_finds_what_the_long_one_finds(head: str) -> None:
    """Front matter of texts and flat lists is taken without a look at each node: same values, and no fault missed."""
    front, faults = split_front_matter(f"---\n{head}\n---\n", "x.md")
    with mock.patch("plugins.domain.frontmatter._take_plain", return_value=None):
        long, found = split_front_matter(f"---\n{head}\n---\n", "x.md")
    assert faults == found
    assert (front and front.data) == (long and long.data)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_any_text_is_front_matter_or_faults(text: str) -> None:
    """Never an exception, and a front matter of strings, lists and mappings only."""
    for whole in (text, f"---\n{text}\n---\n", f"---\na: {text}\n---\nx"):
        front, faults = split_front_matter(whole, "x.md")
        assert front is not None or faults
        if front is not None:
            assert _plain(front.data)
            assert all(1 <= line <= whole.count("\n") + 1 for line in front.lines.values())


def _plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(k, str) and _plain(v) for k, v in value.items())
    return isinstance(value, str) or (isinstance(value, list) and all(_plain(v) for v in value))
