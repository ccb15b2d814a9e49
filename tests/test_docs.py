"""Documented means tested: what the program knows stands in README, in the pages of content, or in both."""

from __future__ import annotations

import argparse
import importlib
import re
from pathlib import Path

import pytest

from plugins.domain.brief import Source
from plugins.domain.markup import FEWEST_WORDS, MOST_WORDS
from plugins.domain.model import KEYS, PARTS
from plugins.domain.rules import RULES
from plugins.domain.stage import Authorship, MeasureKind, RevisionKind, SourceKind, Stage
from plugins.domain.style import ORDER
from plugins.program.cli import COMMANDS
from tests.project import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = {f.stem: f.read_text("utf-8") for f in sorted((ROOT / "content/pages").glob("*.md"))}
DOCS = "\n".join([README, *PAGES.values(), *(f.read_text("utf-8") for f in sorted((ROOT / ".github").glob("*.md")))])
SETTINGS = (ROOT / "pelicanconf.py").read_text("utf-8")


def said(word: str, text: str = DOCS) -> bool:
    """Whether a word stands in a text as code, or in a table of commands."""
    return bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_explained(key: str) -> None:
    """On the page Contribute."""
    assert f"`{key}`" in PAGES["contribute"]


@pytest.mark.parametrize("part", PARTS)
def test_every_key_of_a_part_is_explained(part: str) -> None:
    """Of sources, dates and revisions."""
    assert [key for key in PARTS[part] if f"`{key}`" not in PAGES["contribute"]] == []


@pytest.mark.parametrize("words", [Stage, SourceKind, Authorship, RevisionKind])
def test_closed_lists_are_explained(words: type) -> None:
    """Every word that front matter may hold."""
    assert [w.value for w in words if not said(w.value, PAGES["contribute"] + PAGES["style"] + PAGES["method"])] == []  # type: ignore[var-annotated]


def test_limits_are_those_of_the_code() -> None:
    """Numbers in the documentation are checked too."""
    assert f"{FEWEST_WORDS} to {MOST_WORDS}" in PAGES["contribute"]
    assert f"{FEWEST_WORDS} to {MOST_WORDS}" in README
    assert set(ORDER) == set(KEYS)
    assert set(PARTS["sources"]) == set(Source._fields)
    assert len(MeasureKind) == 11


def targets() -> list[str]:
    """The targets of the Makefile that `make help` lists."""
    return re.findall(r"^([a-z]+):[^#\n]*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", targets())
def test_every_make_target_is_explained(target: str) -> None:
    """In README."""
    assert f"make {target}" in README


def test_no_target_is_promised_that_is_not_there() -> None:
    """Every `make x` of the documentation exists."""
    promised = set(re.findall(r"`(?:[A-Z_]+=\S+ )?make ([a-z]+)[^`]*`", DOCS))
    assert promised - set(targets()) == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command: str) -> None:
    """In README or a page; and it is there."""
    module = importlib.import_module(f"plugins.program.{command}_command")
    assert command == module.NAME
    assert said(f"digest {command}") or said(f"`{command}`")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is_for(command: str) -> None:
    """`--help` has a line for each."""
    parser = argparse.ArgumentParser()
    importlib.import_module(f"plugins.program.{command}_command").add_arguments(parser)
    assert [action.dest for action in parser._actions if not action.help] == []


def test_no_option_is_promised_that_is_not_there() -> None:
    """Every `digest x --option` of the documentation exists."""
    for command, rest in re.findall(r"digest (\w+)((?: [^`\n|]*)?)", DOCS):
        if command in COMMANDS:
            parser = argparse.ArgumentParser()
            importlib.import_module(f"plugins.program.{command}_command").add_arguments(parser)
            known = {o for action in parser._actions for o in action.option_strings} | {"--debug"}
            assert set(re.findall(r"(?<!\S)--[a-z][a-z-]*", rest)) <= known, (command, rest)


def own_settings() -> list[str]:
    """The settings of ours, which Pelican does not know."""
    from pelican.settings import DEFAULT_CONFIG

    names = re.findall(r"^([A-Z][A-Z_]+)(?::[^=]+)? = ", SETTINGS, re.MULTILINE)
    return [name for name in names if name not in DEFAULT_CONFIG and name != "TIMEZONE" and not name.endswith("_SAVE_AS")]


@pytest.mark.parametrize("name", own_settings())
def test_every_setting_is_explained(name: str) -> None:
    """On the page Publishing, in README, or in a comment on its line."""
    line = next(line for line in SETTINGS.splitlines() if line.startswith(name))
    assert said(name) or "#" in line


@pytest.mark.parametrize("variable", ["SITE_URL", "SOURCE_DATE_EPOCH", "REPO_URL"])
def test_variables_of_the_environment_are_explained(variable: str) -> None:
    """What the program reads from outside."""
    assert said(variable)


def test_rules_have_their_page() -> None:
    """/rules/ is generated from the table that the checks use; the documentation names no other code."""
    codes = set(re.findall(r"\b(?:[FYBVSMCW]\d{3}|G[1-4]|D1|P1)\b", DOCS))
    assert codes - set(RULES) == set()
    assert "/rules/" in PAGES["contribute"]


def test_every_package_says_why() -> None:
    """README has a line for each that is declared."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    names = {re.split(r"[\[<>=!~; ]", d)[0].lower() for d in declared} - {"policy-digest"}
    table = README.split("## Packages")[1].lower()
    assert [n for n in sorted(names) if n not in table and not n.startswith("types-")] == []


def test_words_that_we_do_not_use() -> None:
    """Status belongs to the brief, stage to the measure (STYLE.md section 3): enumerations say so."""
    text = (ROOT / "plugins/domain/stage.py").read_text("utf-8")
    assert "a measure has a stage, a brief a status" in text


def test_plugins_say_what_lives_where() -> None:
    """plugins/README.md has a line for every folder."""
    text = (ROOT / "plugins/README.md").read_text("utf-8")
    folders = [f.name for f in (ROOT / "plugins").iterdir() if f.is_dir() and not f.name.startswith("_")]
    assert [f for f in sorted(folders) if f"`{f}`" not in text] == []


@pytest.mark.parametrize("file", sorted((ROOT / "plugins").rglob("*.py")), ids=lambda f: f"{f.parent.name}/{f.name}")
def test_modules_say_what_is_true(file: Path) -> None:
    """Every module, public class and public function has a docstring."""
    import ast

    tree = ast.parse(file.read_text("utf-8"))
    if not tree.body:
        return
    assert ast.get_docstring(tree), file
    for node in tree.body:
        members = node.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_") else []
        for one in (node, *members):
            if isinstance(one, (ast.FunctionDef, ast.ClassDef)) and not one.name.startswith("_"):
                assert ast.get_docstring(one), f"{file}:{one.lineno} {one.name}"
