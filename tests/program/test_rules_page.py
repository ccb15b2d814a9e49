"""Every code that a check may print is a rule, and every rule has its place on the page of rules."""

from __future__ import annotations

import ast
import re
from html import unescape
from pathlib import Path

from plugins.domain.rules import RULES
from tests.project import ROOT, Project

CODE = re.compile(r"[FYBVSMCW]\d{3}|[GDP]\d")


def codes_in(file: Path) -> set[str]:
    """The codes among the texts of a module."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and CODE.fullmatch(n.value)}


def test_every_code_of_the_program_is_a_rule() -> None:
    """And no rule is left that nothing reports."""
    files = [f for f in sorted((ROOT / "plugins").rglob("*.py")) if f.name != "rules.py"]
    found = set().union(*(codes_in(f) for f in files))
    assert found >= {"F101", "G1", "W804"}
    assert sorted(found - RULES.keys()) == []
    assert sorted(RULES.keys() - found) == []


def test_every_rule_has_its_place_on_the_page(site: Project) -> None:
    """Code, title and reason; the page is made of the table that `digest explain` reads."""
    page = unescape((site.root / "output/rules/index.html").read_text("utf-8"))
    for code, rule in RULES.items():
        assert re.search(rf'id="{code}"', page, re.IGNORECASE), code
        assert rule.title in page
        assert rule.why in page
