"""Who hosts a build: the program itself where it can, Pelican where the settings ask for what only it has. The bytes are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.program.host import PLAIN, make_environment, read_plainly
from tests.project import ROOT, Project

_SETTINGS = (ROOT / "pelicanconf.py").read_text("utf-8")
_BUILD = """
import sys
from plugins.program.cli import main
status = main(["build"])
print("PELICAN", "pelican" in sys.modules)
sys.exit(status)
"""


def test_a_build_does_not_import_pelican(project: Project) -> None:
    """It takes longer than many an edit. What Pelican then finds is what it would have made."""
    done = project.python("-c", _BUILD)
    assert done.status == 0, done
    assert "PELICAN False" in done.lines
    files = [f for f in (project.root / "output").rglob("*") if f.is_file()]
    before = {f: f.stat().st_mtime_ns for f in files}
    done = project.python("-m", "pelican")
    assert done.status == 0, done
    assert {f: f.stat().st_mtime_ns for f in files} == before


def test_a_setting_of_pelican_s_makes_it_the_host(project: Project) -> None:
    """A filter of one's own is one: it is there for the theme."""
    settings = project.root / "pelicanconf.py"
    settings.write_text(f'{_SETTINGS}\nJINJA_FILTERS = {{"twice": lambda text: text * 2}}\n', "utf-8")
    template = project.root / "theme/templates/404.html"
    template.write_text(template.read_text("utf-8").replace("{% block main %}", "{% block main %}<p>{{ 'ab' | twice }}</p>"), "utf-8")
    done = project.python("-c", _BUILD)
    assert done.status == 0, done
    assert "PELICAN True" in done.lines
    assert b"<p>abab</p>" in project.tree()["404.html"]


_TWICE = """
from plugins.program.build_command import build
from plugins.program.failure import UseError
import argparse
for _ in range(2):
    try:
        build(argparse.Namespace(content=None, output=None, cache=None, site_url=None))
    except UseError as error:
        kept = error  # with all that it refers to
        print("FAILED", error)
"""
OTHERS = {
    "another setting": 'TEMPLATE_PAGES = {"a.html": "b.html"}',
    "content for Pelican": 'ARTICLE_PATHS = ["articles"]',
    "a plugin of others": 'PLUGINS += ["sitemap"]',
    "a plugin without contributions": 'PLUGINS += ["plugins.compat"]',
    "a plugin that is not there": 'PLUGINS += ["plugins.nobody"]',
    "a theme of Pelican's": 'THEME = "notmyidea"',
    "a setting less": "del TAGLINE",
}


@pytest.mark.parametrize("line", OTHERS.values(), ids=OTHERS)
def test_what_only_pelican_can_host(line: str, tmp_path: Path) -> None:
    """Everything that is not in our settings, or that Pelican would read."""
    file = tmp_path / "pelicanconf.py"
    (tmp_path / "theme").mkdir()
    file.write_text(_SETTINGS, "utf-8")
    plain = read_plainly(file, {"LISTED": {}})
    assert plain is not None
    assert plain[PLAIN]
    assert plain["LISTED"] == {}
    file.write_text(f"{_SETTINGS}\n{line}\n", "utf-8")
    assert read_plainly(file, {}) is None


def test_a_build_that_cannot_begin_leaves_no_lock(project: Project) -> None:
    """Of two builds in one process the second does not wait for the first."""
    (project.root / "theme/templates/brief.html").rename(project.root / "brief.html")
    done = project.python("-c", _TWICE)
    assert done.status == 0, done
    assert done.err.count("no template brief.html") == 0
    assert done.out.count("FAILED the theme has no template brief.html") == 2


def test_templates_have_what_pelican_gives_them() -> None:
    """Its filter and its test, and the templates of its theme `simple`."""
    environment = make_environment({"THEME": str(ROOT / "theme"), "PLUGINS": ["plugins.feeds"], "JINJA_ENVIRONMENT": {"autoescape": True}})
    source = "{% extends '!simple/base.html' %}{% block content %}{{ 'x' is plugin_enabled }}{% endblock %}"
    assert environment.from_string("{{ day | strftime('%Y') }}").render(day=__import__("datetime").date(2026, 11, 23)) == "2026"
    assert {"brief.html", "article.html", "!simple/base.html", "!theme/base.html"} <= set(environment.list_templates())
    assert environment.from_string(source).blocks.keys() == {"content"}
    assert environment.from_string("{{ 'feeds' is plugin_enabled }} {{ 'plugins.feeds' is plugin_enabled }}").render().endswith("True")
