"""`digest check` answers at once: it loads what checking needs, and reads only what changed."""

from __future__ import annotations

from tests.project import Project

HEAVY = ("pelican", "jinja2", "rich", "trafilatura", "lxml", "pypdf", "nh3", "markdown")
PROBE = f"""
import sys
from plugins.program.cli import main
status = main(sys.argv[1:])
print("loaded", [name for name in {HEAVY!r} if name in sys.modules])
sys.exit(status)
"""


def loaded(project: Project, *words: str) -> str:
    """What of the heavy packages a run loads."""
    return project.python("-c", PROBE, *words).out.splitlines()[-1]


def test_checking_loads_neither_pelican_nor_templates(project: Project) -> None:
    """Where nothing changed not even Markdown; where a file did, Markdown and the sanitiser."""
    file = project.file("2024-03-norvania-plan")
    assert project.digest("check").status == 0
    assert loaded(project, "check") == "loaded []"
    project.edit(file, "stage: proposal", "stage: bill")
    assert loaded(project, "check", str(file)) == "loaded ['nh3', 'markdown']"
    assert loaded(project, "check", "--warnings") == "loaded ['nh3', 'markdown']"
