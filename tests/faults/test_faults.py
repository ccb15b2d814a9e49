"""Whatever happens to a run: the last release is served whole, the message is true and one line, the next run is clean.

The suite tries a part of the table; ``FAULTS=all`` tries all of it (minutes; the small disks need root).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.faults import FAULTS, Fault
from tests.project import Done, Project, differing, read_tree
from tests.site_content import write_brief

ALL = os.environ.get("FAULTS") == "all"
ADDRESS = ("--site-url", "https://new.example.org")
WORDS = {"publish": ("publish", "--no-search", *ADDRESS), "build": ("build", *ADDRESS)}
FOLDERS = {"publish": "public", "build": "output"}
Tree = dict[str, bytes]


@dataclass(frozen=True)
class Start:
    """A project with a release and a build, the trees before and after the change, and how many operations the change takes."""

    project: Project
    before: dict[str, Tree]
    after: dict[str, Tree]
    counts: dict[str, int]


def change(project: Project) -> None:
    """What the run is to publish: another address changes every file; a brief is new, one is gone."""
    project.write("2024-05-06-good-brief", write_brief("Ruritania does something else", "2024-05-06", "XA", "mining"))
    project.file("2024-03-norvania-plan").unlink()


def share(source: str, target: str) -> None:
    """A second name for a published file; a copy of the lock."""
    if source.endswith("/lock"):
        shutil.copy2(source, target)
    else:
        os.link(source, target)


def harmed(project: Project, strike: str, moment: int, command: str, log: Path) -> Done:
    """A run with a fault."""
    return project.python("-m", "tests.faults.harmed", strike, str(moment), str(log), "--", *WORDS[command])


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Built once for all faults."""
    root = tmp_path_factory.mktemp("faults")
    project = Project.make(root / "project")
    for words in (("publish", "--no-search"), ("build",)):
        done = project.digest(*words)
        assert done.status == 0, done
    before = {c: project.tree(f) for c, f in FOLDERS.items()}
    shutil.copytree(project.root, root / "changed", symlinks=True)
    other = Project(root / "changed")
    change(other)
    counts = {}
    for command in WORDS:
        done = harmed(other, "count", 0, command, root / "count")
        assert done.status == 0, done
        counts[command] = int((root / "count").read_text())
    return Start(project, before, {c: other.tree(f) for c, f in FOLDERS.items()}, counts)


@pytest.fixture
def changed(start: Start, tmp_path: Path) -> Iterator[Project]:
    """A copy with the change to be published."""
    root = start.project.root
    shutil.copytree(root, tmp_path / "project", symlinks=True, ignore=shutil.ignore_patterns("output", "releases"))
    for name in ("output", "releases"):  # the program never writes into a file that is there
        shutil.copytree(root / name, tmp_path / "project" / name, copy_function=share)
    project = Project(tmp_path / "project")
    change(project)
    yield project
    shutil.rmtree(project.root)


def check_message(done: Done, fault: Fault) -> None:
    """True, one line, no traceback; nothing at all from a run that was killed."""
    text = done.out + done.err
    assert "Traceback" not in text, text
    assert "a failure of the program" not in text, text
    if fault.strike == "kill" or not fault.fails:
        assert done.err == "", done
        return
    assert re.search(fault.says, text, re.MULTILINE), done
    own = [line for line in done.err.splitlines() if line.startswith("digest: ")]
    assert len(own) == (1 if done.status != 1 else 0), done
    assert done.status == 1 or len(done.err.splitlines()) == 1, done


def check_nothing_lost(project: Project, fault: Fault, start: Start) -> None:
    """The served site is the old one, or the new one where the fault leaves that open: never a mixture."""
    served = project.tree("public")
    old = not differing(served, start.before["publish"])
    assert old or (fault.new and not differing(served, start.after["publish"])), sorted(differing(served, start.before["publish"]))[:5]
    for release in sorted((project.root / "releases").glob("[0-9]*[0-9]")):
        tree = read_tree(release)
        assert not differing(tree, start.before["publish"]) or not differing(tree, start.after["publish"]), release


def check_clean(project: Project, command: str, start: Start) -> None:
    """Run again, the outcome is that of a clean run, and nothing of the unfinished one is left."""
    done = project.digest(*WORDS[command])
    assert (done.status, done.err) == (0, ""), done
    assert differing(project.tree(FOLDERS[command]), start.after[command]) == set()
    left = [
        str(f) for top in ("output", "releases") for f in (project.root / top).rglob("*") if f.name.endswith((".part", ".writing", ".new"))
    ]
    assert left == []
    if command == "publish":
        number = (project.root / "public").readlink().name
        archives = sorted((project.root / "releases").glob("*.zip"))
        assert [a.stem for a in archives] == sorted(f.name for f in (project.root / "releases").iterdir() if f.is_dir())
        with zipfile.ZipFile(project.root / f"releases/{number}.zip") as packed:
            assert {n: packed.read(n) for n in packed.namelist() if not n.startswith(".")} == start.after["publish"]


@pytest.mark.parametrize("fault", [pytest.param(f, id=f.name) for f in FAULTS if ALL or f.fast])
def test_a_fault_loses_nothing(fault: Fault, changed: Project, start: Start, tmp_path: Path) -> None:
    """The last release whole, exit status non-zero where the run failed, a true message, and a clean next run."""
    count = start.counts[fault.command]
    moment = (
        int(fault.moment)
        if fault.strike == "clock"
        else int(count * fault.moment) + 1
        if fault.moment >= 0
        else count + 1 + int(fault.moment)
    )
    with fault.harm(changed):
        done = harmed(changed, fault.strike or "none", moment, fault.command, tmp_path / "log")
        assert bool(done.status) == fault.fails, done
        check_message(done, fault)
        if fault.name != "public is a folder":
            check_nothing_lost(changed, fault, start)
        else:
            assert differing(changed.tree("public"), start.before["publish"]) == set()
        if not fault.fails:
            assert differing(changed.tree(FOLDERS[fault.command]), start.after[fault.command]) == set()
    check_clean(changed, fault.command, start)


@pytest.mark.parametrize(("command", "many"), [("publish", 2), ("build", 2), ("publish", 5), ("build", 5)] if ALL else [("publish", 2)])
def test_many_at_once(command: str, many: int, changed: Project, start: Start) -> None:
    """One release at a time, the others say so; builds wait for each other."""
    with contextlib.ExitStack() as stack:
        runs = [stack.enter_context(changed.start(*WORDS[command])) for _ in range(many)]
        said = [run.communicate(timeout=240)[0] for run in runs]
    for run, text in zip(runs, said, strict=True):
        if run.returncode:
            assert command == "publish"
            assert text == "digest: another build is running; wait for it to end\n"
    assert 0 in {run.returncode for run in runs}, said
    assert differing(changed.tree(FOLDERS[command]), start.after[command]) == set()
    check_clean(changed, command, start)


def test_the_table_is_long_enough() -> None:
    """The goal is 60 faults, 30 of them kills; what the suite leaves out is tried with FAULTS=all."""
    assert len(FAULTS) + 4 >= 60
    assert sum(f.strike == "kill" for f in FAULTS) >= 30
    assert len({(f.name, f.command) for f in FAULTS}) == len(FAULTS)
