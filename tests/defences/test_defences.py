"""Every single defence that the page Security lists is missed when it is taken out: the named test fails.

A few are tried always, all of them with ``MUTATE=all`` (some minutes).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.defences.defences import DEFENCES, Defence
from tests.project import environment

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("plugins", "theme", "tests", "content", "pelicanconf.py", "pyproject.toml")
ALL = os.environ.get("MUTATE") == "all"


def rows() -> list[list[str]]:
    """The rows of the table on the page, each as its cells."""
    text = (ROOT / "content/pages/security.md").read_text("utf-8")
    section = text.partition("## Single defences\n")[2].partition("\n## ")[0]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")][1:]


def test_the_page_lists_what_is_tried() -> None:
    """Name, file and test of every defence, in the same order."""
    assert rows() == [[d.name, d.shown_file, d.shown_test] for d in DEFENCES]


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda d: d.name)
def test_a_defence_stands_where_the_table_says(defence: Defence) -> None:
    """What is to be taken out stands there once, and the test that would notice exists."""
    assert (ROOT / defence.file).read_text("utf-8").count(defence.old) == 1
    file, _, name = defence.test.partition("::")
    assert re.search(rf"^def {name.partition('[')[0]}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of code, tests and content to take things out of."""
    place = tmp_path_factory.mktemp("defences") / "clone"
    place.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, place)
    return place


def run_test(clone: Path, test: str) -> subprocess.CompletedProcess[str]:
    """One test, with the code of the copy and no compiled code that could be older."""
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-rfE", "-p", "no:cacheprovider", test]
    variables = environment(PYTHONPATH=str(clone), PYTHONDONTWRITEBYTECODE="1", PYTHONWARNINGS="", SITE_URL="", SOURCE_DATE_EPOCH="")
    return subprocess.run(command, cwd=clone, env=variables, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.parametrize("defence", [d for d in DEFENCES if d.fast or ALL], ids=lambda d: d.name)
def test_a_defence_that_is_taken_out_is_missed(clone: Path, defence: Defence) -> None:
    """The named test fails without it, or cannot begin, because the site that it looks at cannot be built."""
    file = clone / defence.file
    whole = file.read_text("utf-8")
    file.write_text(whole.replace(defence.old, defence.new), "utf-8")
    try:
        done = run_test(clone, defence.test)
    finally:
        file.write_text(whole, "utf-8")
    assert done.returncode == 1, done.stdout[-2_000:] + done.stderr[-2_000:]
    assert re.search(rf"^(?:FAILED|ERROR) {re.escape(defence.test)}", done.stdout, re.MULTILINE), done.stdout[-2_000:]


@pytest.mark.skipif(not ALL, reason="MUTATE=all tries all of them; the suite runs these tests anyway")
def test_with_all_defences_every_test_passes(clone: Path) -> None:
    """A test that always fails notices nothing."""
    tests = sorted({d.test for d in DEFENCES})
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(
        command,
        cwd=clone,
        env=environment(PYTHONPATH=str(clone), PYTHONWARNINGS=""),
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:]
