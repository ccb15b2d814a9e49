"""Branches of many contributors, merged in any order: no conflicts, and a clash that only the merge made is named."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

from tests.project import Project
from tests.site_content import write_brief

BRANCHES = int(os.environ.get("MERGES", "12"))
SEEDS = (1, 2, 3)
SETTINGS = ("user.name=Contributor", "user.email=contributor@example.org", "commit.gpgsign=false", "core.hooksPath=/dev/null")


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs git, with no settings but ours."""
    own = [part for setting in SETTINGS for part in ("-c", setting)]
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
    return subprocess.run(["git", *own, *words], cwd=folder, env=bare, capture_output=True, text=True, encoding="utf-8", check=False)


def commit(project: Project, branch: str, base: str = "main") -> None:
    """What the folder holds as a commit of a new branch."""
    assert git(project.root, "checkout", "-q", "-b", branch, base).returncode == 0
    for words in (("add", "content"), ("commit", "-q", "-m", f"Brief: {branch}")):
        done = git(project.root, *words)
        assert done.returncode == 0, done.stderr
    assert git(project.root, "checkout", "-q", base).returncode == 0


def merge(project: Project, branch: str) -> str:
    """Merges a branch into `main`; what git says where it cannot."""
    done = git(project.root, "merge", "-q", "--no-ff", "--no-edit", branch)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def begin(project: Project) -> Project:
    """The content of the project as `main` of a repository; the files that contributors share are there too."""
    ours = Path(__file__).parents[2]
    for name in (".gitignore", ".gitattributes"):
        (project.root / name).write_bytes((ours / name).read_bytes())
    assert git(project.root, "init", "-q", "-b", "main").returncode == 0
    for words in (("add", "."), ("commit", "-q", "-m", "Begin")):
        assert git(project.root, *words).returncode == 0
    return project


def contribute(project: Project, number: int, revised: list[str]) -> str:
    """The branch of a contributor: a brief, at times with its measure, at times with a revision of another brief."""
    branch = f"brief-{number}"
    own = f"xa-act-{number}"
    more = f"measure: {own}\n" if number % 3 == 0 else "measure: xa-mining-act\n" if number % 3 == 1 else ""
    day = f"2026-0{number % 9 + 1}-{number % 28 + 1:02}"
    project.write(
        f"{day}-contribution-{number}", write_brief(f"Ruritania changes rule number {number}", day, "XA", "mining, payments", more=more)
    )
    if number % 3 == 0:
        (project.root / "content/measures" / f"{own}.md").write_text(
            f"---\ntitle: Ruritanian act {number}\ncountries: [XA]\nkind: law\n---\nWhat it does.\n"
        )
    if number % 4 == 1:
        note = f"revisions:\n  - on: 2026-10-01\n    kind: correction\n    note: Corrected by contributor {number}\n---\n"
        project.edit(revised[number // 4], "\n---\n", f"\n{note}")
    commit(project, branch)
    return branch


def test_branches_merge_in_any_order_without_conflicts(project: Project) -> None:
    """No file is shared by two contributors, so that each order gives the same content, without faults."""
    begin(project)
    revised = [f.stem for f in sorted((project.root / "content/briefs").glob("*/*-esterland-licence-*.md"))]
    branches = [contribute(project, number, revised) for number in range(BRANCHES)]
    trees = set()
    for seed in SEEDS:
        assert git(project.root, "checkout", "-q", "-B", "main", "brief-0~1").returncode == 0
        order = random.Random(seed).sample(branches, len(branches))
        assert [said for branch in order if (said := merge(project, branch))] == []
        trees.add(git(project.root, "rev-parse", "HEAD^{tree}").stdout)
    assert len(trees) == 1
    done = project.digest("check")
    assert done.status == 0
    assert done.err.startswith(f"{57 + BRANCHES} briefs: 0 faults; not published: 1 draft")


def test_a_clash_that_only_the_merge_made_is_named(project: Project) -> None:
    """Two briefs of one title, an address that two briefs take, a link to what another branch took away: each branch is clean."""
    begin(project)
    title = "Norvania's parliament passes one law"
    contributions = {
        "title-one": ("2026-03-01-norvania-law", write_brief(title, "2026-03-01", "XC", "payments", "passed")),
        "title-two": ("2026-03-02-norvania-law-again", write_brief(title, "2026-03-02", "XC", "payments", "passed")),
        "takes-one": (
            "2026-03-03-merged",
            write_brief("Norvania merges a report", "2026-03-03", "XC", "payments", more="replaces: [2020-old]\n"),
        ),
        "takes-two": (
            "2026-03-04-merged-too",
            write_brief("Norvania merges a report once more", "2026-03-04", "XC", "payments", more="replaces: [2020-old]\n"),
        ),
    }
    for branch, (id, text) in contributions.items():
        file = project.write(id, text)
        assert project.digest("check").status == 0, branch
        commit(project, branch)
        assert not file.exists()
    assert [said for branch in contributions if (said := merge(project, branch))] == []
    done = project.digest("check")
    assert done.status == 1
    assert [line.split(" ", 2)[:2] for line in done.out.splitlines()] == [
        ["content/briefs/2026/2026-03-02-norvania-law-again.md:2:", "C701"],
        ["content/briefs/2026/2026-03-04-merged-too.md:15:", "C702"],
    ]
    assert "content/briefs/2026/2026-03-01-norvania-law.md" in done.out.splitlines()[0]
    one = project.digest("check", "--changed", "title-one")
    assert one.status == 1, "a pull request is checked as it would be merged"
    assert "C701" in one.out


def test_two_files_of_one_name_are_told_by_git_itself(project: Project) -> None:
    """The one conflict that there can be: two contributors write one story under one name."""
    begin(project)
    for number in (1, 2):
        project.write(
            "2026-03-01-norvania-law", write_brief(f"Norvania's parliament passes law {number}", "2026-03-01", "XC", "payments", "passed")
        )
        commit(project, f"same-{number}")
    assert merge(project, "same-1") == ""
    assert "2026-03-01-norvania-law.md" in merge(project, "same-2")
    done = project.digest("check")
    assert done.status == 1
    assert "2026-03-01-norvania-law.md" in done.out, "and a file that is committed with the marks of a conflict is refused"
