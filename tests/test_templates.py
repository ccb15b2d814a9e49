"""A changed template: what is made from it is made again, all of it, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.project import ROOT, Project

_FOLDER = ROOT / "theme/templates"
_TAG = re.compile(r"<([a-z][a-z0-9]*)(?=[ >])")
_PAGES = sorted(f.relative_to(_FOLDER).as_posix() for f in _FOLDER.rglob("*.html") if f.parent.name != "partials" and f.name != "base.html")
_PARTS = sorted(f"partials/{f.name}" for f in (_FOLDER / "partials").iterdir())


def change(project: Project, *templates: str) -> None:
    """Gives every element of some templates an attribute."""
    for name in templates:
        file = project.root / "theme/templates" / name
        text, count = _TAG.subn(r'<\1 data-changed="yes"', file.read_text("utf-8"))
        assert count, name
        file.write_text(text, "utf-8")


def rebuild(project: Project) -> tuple[dict[str, bytes], dict[str, bytes], int]:
    """The site as a build from the kept state leaves it, as a clean one does, and how many files the first of them wrote."""
    done = project.digest("build")
    assert done.status == 0, done
    kept = project.tree()
    shutil.rmtree(project.root / ".cache")
    shutil.rmtree(project.root / "output")
    written = re.search(r"([\d,]+) written", done.lines[-1])
    assert written
    return kept, project.build(), int(written[1].replace(",", ""))


# Of the templates of pages and entries an output shows one: all of them are changed at once.
@pytest.mark.parametrize("templates", [_PAGES, ["base.html"], *([part] for part in _PARTS)], ids=lambda t: t[0] if len(t) == 1 else "pages")
def test_nothing_is_left_as_it_was(project: Project, templates: list[str]) -> None:
    """After a template changed, a build from the kept state is a clean build."""
    before = project.build()
    change(project, *templates)
    kept, clean, _ = rebuild(project)
    assert kept == clean
    assert kept != before


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("brief.html", r"briefs/[^/]+/index\.html"),
        ("list.html", r".*page/\d+/index\.html"),
        ("feeds/brief.html", r".*(?:atom\.xml|rss\.xml|feed\.json)"),
        ("base.html", r".*\.html"),
    ],
)
def test_nothing_else_is_written(project: Project, template: str, made: str) -> None:
    """Only what a template makes is written when it changes."""
    before = project.build()
    change(project, template)
    kept, _, written = rebuild(project)
    changed = [path for path, content in kept.items() if before.get(path) != content]
    assert [path for path in changed if not re.fullmatch(made, path)] == []
    assert 0 < len(changed) == written


def test_a_name_that_is_worked_out_needs_every_template(project: Project) -> None:
    """What ``{% include x %}`` brings in only rendering tells."""
    template = project.root / "theme/templates/404.html"
    text = template.read_text("utf-8")
    template.write_text(
        text.replace("{% block main %}", '{% block main %}{% set x = "parti" ~ "als/extra.html" %}{% include x %}', 1), "utf-8"
    )
    extra = project.root / "theme/templates/partials/extra.html"
    extra.write_text("<p>One</p>", "utf-8")
    assert b"<p>One</p>" in project.build()["404.html"]
    extra.write_text("<p>Two</p>", "utf-8")
    assert b"<p>Two</p>" in project.build()["404.html"]


def test_a_changed_stylesheet_is_named_by_every_page(project: Project) -> None:
    """Pages name the stylesheet by its digest."""
    project.build()
    style: Path = project.root / "theme/static/style.css"
    style.write_text(style.read_text("utf-8") + "\n/* one more line */\n", "utf-8")
    kept, clean, _ = rebuild(project)
    assert kept == clean


def test_marks_of_templates_are_references() -> None:
    """One letter that is not ASCII makes a page twice as long to put together and to encode."""
    files = {f.relative_to(ROOT).as_posix(): re.sub(r"{#.*?#}", "", f.read_text("utf-8"), flags=re.DOTALL) for f in _FOLDER.rglob("*.html")}
    assert files
    assert [name for name, text in files.items() if not text.isascii()] == []
