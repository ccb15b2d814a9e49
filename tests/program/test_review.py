"""The comment and labels of a pull request, made from numbers that a stranger's run left."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.program.review import (
    CHANGES_PROGRAM,
    LARGEST,
    MARK,
    MOST_LABELS,
    MOST_SHOWN,
    BadNumbersError,
    Known,
    choose_labels,
    compare_labels,
    parse_numbers,
    read_known,
    render_comment,
    render_refusal,
)

RUN = "https://github.com/policy-digest/digest/actions/runs/123"
KNOWN = Known(frozenset({"RU", "US-ND"}), frozenset({"mining", "payments"}))


def make_brief(**changes: Any) -> dict[str, Any]:
    """A brief as the agreed JSON has it."""
    brief: dict[str, Any] = {
        "id": "2022-04-01-russia-mining",
        "countries": ["RU"],
        "topics": ["mining"],
        "stage": "proposal",
        "previous_stage": "discussion",
        "grade": "press",
        "measure": "ru-mining-law",
        "new_measure": False,
        "near_duplicates": [],
    }
    return brief | changes


def make_raw(*briefs: dict[str, Any], **changes: Any) -> bytes:
    """A file of numbers."""
    data = {"faults": 0, "warnings": 0, "briefs": list(briefs), "pages": 3, "feeds": 2, "preview": None}
    return json.dumps(data | changes).encode()


def test_whole_comment() -> None:
    """A comment says what is to mend, what each brief touches, and what programs cannot see."""
    numbers = parse_numbers(make_raw(make_brief(near_duplicates=["2022-04-01-russia-bill"]), faults=1, warnings=2, preview="preview"))
    assert render_comment(numbers, RUN, changes_program=False) == (
        f"{MARK}\n\n"
        f"**1 fault to mend.** *Files changed* and the [log of the checks]({RUN}) say where each is, and what to do.\n\n"
        "| brief | countries | topics | stage | sources | measure |\n"
        "|---|---|---|---|---|---|\n"
        "| `2022-04-01-russia-mining` | RU | mining | Discussion → **Proposal** | Press report only | `ru-mining-law` |\n\n"
        "Told already? If so, the page is a further source of the brief that is there.\n\n"
        "- `2022-04-01-russia-mining` looks like `2022-04-01-russia-bill`\n\n"
        f"Touches 3 pages and 2 feeds. The changed pages lie in the artifact `preview` of [this run]({RUN}#artifacts).\n\n"
        "Programs cannot see a claim that is turned round: please compare the brief with its sources.\n"
    )


def test_changed_program_is_said() -> None:
    """Numbers of a run whose program the pull request changes prove nothing, and the comment says so."""
    numbers = parse_numbers(make_raw())
    assert CHANGES_PROGRAM in render_comment(numbers, RUN, changes_program=True)
    assert CHANGES_PROGRAM not in render_comment(numbers, RUN, changes_program=False)


@pytest.mark.parametrize(
    ("changes", "label", "wanted"),
    [
        ({"grade": "press"}, "needs-official-source", True),
        ({"grade": "secondary"}, "needs-official-source", True),
        ({"grade": "official"}, "needs-official-source", False),
        ({"grade": None}, "needs-official-source", False),
        ({"stage": "passed", "previous_stage": "bill"}, "stage-change", True),
        ({"stage": "bill", "previous_stage": "bill"}, "stage-change", False),
        ({"stage": "court", "previous_stage": "bill"}, "stage-change", False),
        ({"stage": "passed", "previous_stage": None}, "stage-change", False),
        ({"stage": "passed", "previous_stage": "bill", "measure": None}, "stage-change", False),
        ({"new_measure": True}, "new-measure", True),
        ({"new_measure": False}, "new-measure", False),
        ({"near_duplicates": ["2022-x"]}, "near-duplicate", True),
        ({"near_duplicates": []}, "near-duplicate", False),
        ({"countries": ["RU", "ZZ"]}, "country:RU", True),
        ({"countries": ["RU", "ZZ"]}, "country:ZZ", False),
        ({"countries": ["US-ND"]}, "country:US-ND", True),
        ({"topics": ["payments"]}, "topic:payments", True),
        ({"topics": ["made-up"]}, "topic:made-up", False),
    ],
)
def test_labels(changes: dict[str, Any], label: str, wanted: bool) -> None:
    """Labels say where the risk is, and only what main knows becomes one."""
    assert (label in choose_labels(parse_numbers(make_raw(make_brief(**changes))), KNOWN)) is wanted


def test_labels_are_bounded() -> None:
    """A pull request on all countries does not flood the labels."""
    codes = [f"A{chr(65 + i)}" for i in range(26)]
    known = Known(frozenset(codes), frozenset())
    labels = choose_labels(parse_numbers(make_raw(make_brief(countries=codes[:13]), make_brief(countries=codes[13:]))), known)
    assert sum(n.startswith("country:") for n in labels) == MOST_LABELS


def test_foreign_labels_stay() -> None:
    """Only labels of ours are taken away again."""
    add, remove = compare_labels(
        ("country:RU", "new-measure"), ["new-measure", "country:FR", "topic:mining", "stage-change", "help wanted"]
    )
    assert add == ("country:RU",)
    assert remove == ("country:FR", "stage-change", "topic:mining")


def test_long_lists_are_cut() -> None:
    """A pull request with many briefs gets a readable comment."""
    briefs = [make_brief(id=f"2022-brief-{i}") for i in range(MOST_SHOWN + 5)]
    comment = render_comment(parse_numbers(make_raw(*briefs)), RUN, changes_program=False)
    assert comment.count("| `2022-brief-") == MOST_SHOWN
    assert "And 5 more." in comment


BAD_BRIEFS: tuple[dict[str, Any], ...] = (
    {"id": "2022-x` @everyone"},
    {"id": "2022-x\n# Title"},
    {"id": "2022-" + "x" * 200},
    {"id": "../../etc/passwd"},
    {"id": None},
    {"id": 7},
    {"countries": "RU"},
    {"countries": ["RU", 1]},
    {"countries": ["<img src=x>"]},
    {"countries": ["RU"] * 31},
    {"topics": ["mining|x"]},
    {"topics": ["a"] * 7},
    {"stage": "law"},
    {"stage": ["bill"]},
    {"stage": {}},
    {"previous_stage": 1},
    {"grade": "best"},
    {"measure": "x](https://evil.example)"},
    {"measure": "Ru-Law"},
    {"new_measure": 1},
    {"new_measure": "true"},
    {"near_duplicates": ["javascript:alert(1)"]},
    {"near_duplicates": ["2022-x"] * 21},
    {"title": "more"},
)
BAD_FILES: tuple[bytes, ...] = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"faults": NaN}',
    b" " * (LARGEST + 1),
    make_raw(faults=-1),
    make_raw(faults=True),
    make_raw(faults=1.0),
    make_raw(faults="1"),
    make_raw(faults=10**9),
    make_raw(pages=None),
    make_raw(preview="https://evil.example/"),
    make_raw(preview=3),
    make_raw(more=1),
    make_raw(briefs={}),
    make_raw(briefs=[[]]),
    make_raw(briefs=[{}] * 501),
    make_raw().replace(b'"faults": 0', b'"faults": ' + b"9" * 5000),
)


@pytest.mark.parametrize("changes", BAD_BRIEFS, ids=repr)
def test_bad_briefs_are_refused(changes: dict[str, Any]) -> None:
    """One value of another form, and nothing of the file is believed."""
    with pytest.raises(BadNumbersError):
        parse_numbers(make_raw(make_brief(), make_brief(**changes)))


@pytest.mark.parametrize("raw", BAD_FILES, ids=lambda raw: repr(raw[:40]))
def test_bad_files_are_refused(raw: bytes) -> None:
    """A file of another form is refused, whatever it is."""
    with pytest.raises(BadNumbersError):
        parse_numbers(raw)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v, max_size=4), max_leaves=8), st.data())
def test_no_text_of_a_stranger_reaches_a_comment(value: object, data: st.DataObject) -> None:
    """Whatever stands at any place, the file is refused or the comment holds closed forms only."""
    brief = make_brief()
    key = data.draw(st.sampled_from([*brief, "faults", "preview", "pages"]))
    raw = make_raw(brief | {key: value}) if key in brief else make_raw(brief, **{key: value})
    try:
        numbers = parse_numbers(raw)
    except BadNumbersError:
        return
    comment = render_comment(numbers, RUN, changes_program=False)
    assert not re.search(r"[@<\\]|\]\((?!https://github\.com/policy-digest/digest/actions/runs/123)", comment.removeprefix(MARK))
    assert all(re.fullmatch(r"country:(RU|US-ND)|topic:(mining|payments)|[a-z-]+", label) for label in choose_labels(numbers, KNOWN))


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", RUN + "/x", RUN + ")", "https://evil.example/actions/runs/1"])
def test_only_runs_are_linked(url: str) -> None:
    """The one address in a comment is that of a run."""
    with pytest.raises(ValueError, match="no address of a run"):
        render_comment(parse_numbers(make_raw()), url, changes_program=False)
    with pytest.raises(ValueError, match="no address of a run"):
        render_refusal(url)


def test_known_comes_from_the_vocabularies() -> None:
    """The labels that may be made are those of the real vocabularies."""
    known = read_known(Path(__file__).parents[2] / "content")
    assert {"RU", "US-ND", "EU", "XX-FATF"} <= known.countries
    assert "mining" in known.topics
