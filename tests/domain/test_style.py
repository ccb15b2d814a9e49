"""Matters of style: each warning on the line it is about, none for what is well written; the table of rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.domain.faults import Severity
from plugins.domain.frontmatter import split_front_matter
from plugins.domain.model import KEYS
from plugins.domain.rules import RULES
from plugins.domain.style import ORDER, check_style
from tests.domain.broken_briefs import CASES, GOOD

CODE = re.compile(r'"((?:[FYBVSMCW]\d{3}|G\d|D1|P1))"')
PLUGINS = Path(__file__).resolve().parents[2] / "plugins"


def warnings(text: str, names: dict[str, tuple[str, ...]] | None = None) -> list[tuple[int, str]]:
    """Line and code of each warning."""
    front, _ = split_front_matter(text, "x.md")
    assert front is not None
    found = list(check_style(text, front, "x.md", names))
    assert all(f.severity is Severity.WARNING and f.hint for f in found)
    return sorted({(f.line, f.code) for f in found})


def edit(old: str, new: str) -> str:
    """The good brief with one change."""
    assert old in GOOD
    return GOOD.replace(old, new, 1)


PLAIN = edit("kind: press", "kind: government")


def test_a_plain_brief_has_no_warning() -> None:
    """A check that finds fault with everything proves nothing."""
    assert warnings(PLAIN) == []
    assert warnings(PLAIN, {"DE": ("Ruritania",)}) == []


TITLE = "Ruritania plans a register for miners"
URL = "https://gazette.example/2024/register"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (TITLE, "SHOCKING news that Ruritania plans a register", [(2, "W802")]),
        (TITLE, "Ruritania plans a register for miners!", [(2, "W802")]),
        (TITLE, "Will Ruritania register its miners?", [(2, "W802")]),
        (TITLE, "Ruritania SAYS ALL MINERS must register", [(2, "W802")]),
        (TITLE, "Ruritania joins the WTO and the BIS", []),
        ("stage: proposal\n", "", []),
        ("ai: none\n---", "ai: none\nstage: proposal\n---", None),
        ("proposes a register", "proposes a draconian register", [(7, "W803")]),
        ("Operators of large", "Clearly, operators of large", [(17, "W803")]),
        ("a historic", "a historic", None),
        (URL, URL + "?utm_source=x", [(9, "S502")]),
        (URL, "https://bit.ly/3abc", [(9, "S504")]),
        ("after the summer.", "after the summer. Then it votes.", [(23, "W804")]),
        ("after the summer.", "after No. 7 of the U.S. list.", []),
        ("after the summer.", "as Dr. Smith of Example Ltd. said.", []),
        ("ministry of finance has", "ministry <b>of finance</b> has", [(15, "M604")]),
        ("stage: proposal", "stage: proposal ", [(6, "W806")]),
        ("after the summer.\n", "after the summer.", [(23, "W806")]),
        ("after the summer.\n", "after the summer.\n\n", [(23, "W806")]),
    ],
)
def test_warnings(old: str, new: str, found: list[tuple[int, str]] | None) -> None:
    """The line and the rule."""
    if found is not None:
        assert warnings(edit(old, new).replace("kind: press", "kind: government")) == found


def test_keys_out_of_order() -> None:
    """The first key that stands too late."""
    text = PLAIN.replace("stage: proposal\n", "", 1).replace("ai: none\n", "ai: none\nstage: proposal\n", 1)
    assert warnings(text) == [(13, "W805")]


def test_a_source_twice() -> None:
    """The same page twice looks like two sources."""
    again = f"  - url: {URL}\n    title: Again\n    publisher: Example Gazette\n    kind: government\n"
    assert warnings(PLAIN.replace("ai: none\n", again + "ai: none\n", 1)) == [(13, "S503")]


def test_titles_begin_with_the_country() -> None:
    """Its name or its adjective, with or without “The”."""
    names = {"DE": ("Ruritania", "Ruritanian")}
    assert warnings(PLAIN.replace(TITLE, "Ruritanian ministry plans a register"), names) == []
    assert warnings(PLAIN.replace(TITLE, "The Ruritanian ministry plans a register"), names) == []
    assert warnings(PLAIN.replace(TITLE, "A ministry plans a register"), names) == [(2, "W801")]


def test_the_usual_order_has_every_key() -> None:
    """The order of style is that of the model, and of the documentation."""
    assert set(ORDER) == set(KEYS)


# Rules


def used_codes() -> dict[str, set[str]]:
    """The codes that each module names, but for the table itself."""
    found: dict[str, set[str]] = {}
    for file in sorted(PLUGINS.rglob("*.py")):
        if file.name != "rules.py":
            for code in CODE.findall(file.read_text("utf-8")):
                found.setdefault(code, set()).add(file.relative_to(PLUGINS).as_posix())
    return found


def test_every_code_has_a_rule_and_every_rule_is_used() -> None:
    """What is reported can be explained; what is explained is reported."""
    used = used_codes()
    assert sorted(set(used) - set(RULES)) == []
    assert sorted(set(RULES) - set(used)) == []


def test_rules_are_complete() -> None:
    """A title, a reason, a bad and a good example; codes are unique and in order."""
    for code, rule in RULES.items():
        assert code == rule.code
        assert all((rule.title, rule.why, rule.bad, rule.good)), code
        assert rule.bad != rule.good, code
        assert not rule.title.endswith("."), code
        assert CODE.fullmatch(f'"{code}"'), code


def test_the_table_weighs_as_the_code_does() -> None:
    """`digest explain` says truly whether a rule stops a brief."""
    weights = {code: RULES[code].severity for case in CASES for _, code in case.faults}
    assert {code for code, weight in weights.items() if weight is Severity.WARNING} == set()
    named = used_codes()
    for code, rule in RULES.items():
        if named.get(code) == {"domain/style.py"}:
            assert rule.severity is Severity.WARNING, code


def test_the_name_of_the_file_and_the_date() -> None:
    """A file named for another date than the brief's own, unless a revision says why; a less precise one agrees."""

    def found(stem: str, text: str = PLAIN) -> list[str]:
        front, _ = split_front_matter(text, "x.md")
        assert front is not None
        return [f.code for f in check_style(text, front, f"content/briefs/2024/{stem}.md")]

    assert found("2024-05-16-x") == found("2024-05-x") == found("2024-x") == found("2024-99-x") == []
    assert found("2023-05-16-x") == found("2024-06-x") == ["B310"]
    assert (
        found(
            "2023-05-16-x", PLAIN.replace("ai: none", "revisions:\n  - on: 2024-06-01\n    kind: correction\n    note: The day\nai: none")
        )
        == []
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("plans a register", "plans -- a register", 2),
        ("plans a register", 'plans a "register"', 2),
        ("their use of power", "their use ...", 7),
    ],
)
def test_typed_signs(old: str, new: str, line: int) -> None:
    """Titles and summaries are shown as they are: quotation marks, dashes and dots are set by hand."""
    assert warnings(PLAIN.replace(old, new)) == [(line, "W808")]


def test_press_alone() -> None:
    """No official source: a question, not a fault."""
    assert warnings(GOOD) == [(8, "W807")]
