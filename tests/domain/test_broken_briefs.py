"""Every broken brief gives exactly the faults that it must, at the right line."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.domain.reader import read_brief
from plugins.domain.rules import RULES
from tests.domain.broken_briefs import CASES, GOOD, NAME, Broken

GOLDEN = Path(__file__).with_name("broken_briefs.txt")


def _read(folder: Path, case: Broken) -> list[str]:
    year = folder / "2024"
    year.mkdir(exist_ok=True)
    file = year / case.name
    file.write_bytes(case.content())
    faults = read_brief(file, f"content/briefs/2024/{case.name}").faults
    assert sorted((f.line, f.code) for f in faults) == sorted(case.faults), [str(f) for f in faults]
    return [f"{case.what}: {fault}" for fault in faults]


def test_the_good_brief_has_no_fault(tmp_path: Path) -> None:
    """A check that refuses everything proves nothing."""
    (tmp_path / "2024").mkdir()
    file = tmp_path / "2024" / NAME
    file.write_text(GOOD, "utf-8")
    reading = read_brief(file, "x.md")
    assert reading.faults == ()
    assert reading.brief is not None
    assert reading.brief.id == NAME.removesuffix(".md")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.what)
def test_a_broken_brief_gives_its_faults(case: Broken, tmp_path: Path) -> None:
    """The fault names the line and the rule; nothing else is reported, and no brief comes out."""
    _read(tmp_path, case)


def test_the_printed_faults_are_those_that_were_reviewed(tmp_path: Path) -> None:
    """The words of faults change only by a reviewed change of the golden file (make golden)."""
    printed = "\n".join(line for case in CASES for line in _read(tmp_path, case)) + "\n"
    if not GOLDEN.exists():
        GOLDEN.write_text(printed, "utf-8")
    assert printed == GOLDEN.read_text("utf-8")


def test_every_reported_code_has_a_rule() -> None:
    """`digest explain` knows every code."""
    assert {code for case in CASES for _, code in case.faults} <= set(RULES)
    assert len(CASES) >= 40
