"""``digest explain CODE``: prints a rule with a good and a bad example."""

from __future__ import annotations

import argparse

from plugins.domain.rules import RULES, Rule
from plugins.domain.suggest import closest
from plugins.program.failure import UseError

NAME = "explain"
HELP = "Prints a rule of content, why it is there, and a good and a bad example."
EXAMPLES = """
digest explain B301
digest explain
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest explain``."""
    parser.add_argument("code", nargs="?", help="a code such as B301; without it, all rules in one line each")


def run(arguments: argparse.Namespace) -> int:
    """Prints. Raises UseError for an unknown code."""
    if not arguments.code:
        for rule in RULES.values():
            print(f"{rule.code}  {rule.title}")
        return 0
    code = arguments.code.upper()
    if code not in RULES:
        near = closest(code, RULES)
        raise UseError(f"there is no rule {code}" + (f"; did you mean {near}?" if near else "; `digest explain` lists them"))
    print(render_rule(RULES[code]))
    return 0


def render_rule(rule: Rule) -> str:
    """A rule as text."""
    weight = (
        "a warning: it never stops anything"
        if rule.severity.value == "warning"
        else "a fault: the brief is not published until it is mended"
    )
    bad, good = rule.examples
    return f"{rule.code}: {rule.title}\n\n{rule.why}\n\nNot so:\n{_indent(bad)}\n\nSo:\n{_indent(good)}\n\nThis is {weight}."


def _indent(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))
