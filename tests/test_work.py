"""What an edit costs, counted in work and not in seconds: files read, Markdown converted, outputs rendered, statements asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import Project
from tests.site_content import MORE, day_of, write_brief

_COUNTED = """
import json, sys
from plugins.briefs.run import Run
from plugins.program.cli import main
publish = Run.publish
def counted(run):
    report = publish(run)
    stock = run.stock
    work = {"converted": stock.converted, "rendered": report.rendered, "written": report.written, "statements": run.state.statements}
    print("WORK", json.dumps(work))
    return report
Run.publish = counted
sys.exit(main(["build"]))
"""
OLD = "2024-10-10-union-custody"
Work = dict[str, int]


def count_work(project: Project) -> Work:
    """What one build did."""
    done = project.python("-c", _COUNTED)
    assert done.status == 0, done
    line = next(line for line in done.out.splitlines() if line.startswith("WORK "))
    found: Work = json.loads(line.removeprefix("WORK "))
    return found


def _touch(project: Project) -> None:
    text = project.file(OLD).read_text("utf-8")
    project.file(OLD).write_text(text, "utf-8")


def _body(project: Project) -> None:
    text = project.file(OLD).read_text("utf-8")
    project.file(OLD).write_text(f"{text}\nOne more sentence stands here.\n", "utf-8")


def _title(project: Project) -> None:
    text = project.file(OLD).read_text("utf-8")
    project.file(OLD).write_text(text.replace("\ntitle: ", "\ntitle: Newly, ", 1), "utf-8")


def _add(project: Project) -> None:
    project.write("2026-11-21-norvania-newest", write_brief("Norvania publishes a plan", "2026-11-21", "XC", "quiet"))


def _delete(project: Project) -> None:
    project.file("2024-03-norvania-plan").unlink()


# Bounds with a little air above what was counted when they were set; a rise has a reason, or is a fault.
EDITS: dict[str, tuple[Callable[[Project], None], Work]] = {
    "touch": (_touch, {"converted": 0, "rendered": 0, "written": 0, "statements": 26}),
    "body": (_body, {"converted": 1, "rendered": 40, "written": 40, "statements": 40}),
    "title": (_title, {"converted": 1, "rendered": 90, "written": 90, "statements": 60}),
    "add": (_add, {"converted": 1, "rendered": 90, "written": 90, "statements": 70}),
    "delete": (_delete, {"converted": 0, "rendered": 90, "written": 90, "statements": 70}),
}


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mini site with 150 older briefs on other countries, built."""
    project = Project.make(tmp_path_factory.mktemp("larger") / "project")
    for number in range(150):
        code, name = list(MORE.items())[number % len(MORE)]
        day = day_of(number % 40)
        project.write(f"{day}-older-{number}", write_brief(f"{name} reports once more, part {number}", day, code, "payments"))
    project.build()
    return project.root


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_costs_what_it_shows(project: Project, edit: str) -> None:
    """Nothing is read, converted, rendered or asked beyond what the edit can change."""
    change, most = EDITS[edit]
    project.build()  # here: the state of a copied folder speaks of another one
    change(project)
    work = count_work(project)
    assert {name: n for name, n in work.items() if n > most[name]} == {}, work


@pytest.mark.parametrize("edit", ["touch", "body", "title"])
def test_untouched_briefs_cost_nothing(project: Project, larger: Path, tmp_path: Path, edit: str) -> None:
    """The same edit in a site with 150 more briefs on other countries does the same work."""
    import shutil

    shutil.copytree(larger, tmp_path / "larger", symlinks=True)
    work = []
    for place in (project, Project(tmp_path / "larger")):
        place.build()
        EDITS[edit][0](place)
        work.append(count_work(place))
    assert work[0] == work[1]
