"""``digest bench``: what builds of this checkout cost, on briefs of our own making."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from plugins.domain.loading import load_vocabulary
from plugins.program.bench_corpus import build_brief, write_corpus
from plugins.program.failure import UseError
from plugins.program.project import find_project

NAME = "bench"
HELP = "Measures a clean build, a build with nothing changed, an edit and an addition, in processor seconds, on invented briefs."
EXAMPLES = """
digest bench
digest bench --count 10000 --runs 5
"""
NEWEST = date(2026, 11, 22)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest bench``."""
    parser.add_argument("--count", type=int, default=1000, metavar="N", help="how many briefs (default: 1000)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often each step is measured (default: 3)")
    parser.add_argument("--folder", metavar="DIR", help="where to work (default: a RAM disk if there is one)")


def run(arguments: argparse.Namespace) -> int:
    """Measures, and prints a table."""
    project = find_project()
    if arguments.count < 1 or arguments.runs < 1:
        raise UseError("--count and --runs are numbers from 1")
    ram = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a RAM disk keeps the disk out of the figures
    with tempfile.TemporaryDirectory(dir=arguments.folder or ram) as folder:
        _measure(project, Path(folder), arguments.count, arguments.runs)
    return 0


def _measure(project: Path, work: Path, count: int, runs: int) -> None:
    content = work / "content"
    content.mkdir()
    shutil.copy(project / "content" / "countries.toml", content)
    for name in ("topics", "pages"):
        if (project / "content" / name).is_dir():
            shutil.copytree(project / "content" / name, content / name)
    vocabulary, _ = load_vocabulary(content)
    write_corpus(content, count, vocabulary)
    codes, topics = [c for c in vocabulary.countries if len(c) == 2], sorted(vocabulary.topics)
    edited = sorted((content / "briefs").glob("*/*.md"))[count // 2]

    def clean(turn: int) -> None:
        shutil.rmtree(work / "out", ignore_errors=True)
        shutil.rmtree(work / "cache", ignore_errors=True)

    def body(turn: int) -> None:
        edited.write_text(edited.read_text("utf-8") + f"\nEdit number {turn}.\n", "utf-8")

    def title(turn: int) -> None:
        edited.write_text(
            edited.read_text("utf-8")
            .replace("\ntitle: ", f"\ntitle: Edit {turn} ", 1)
            .replace(f"Edit {turn} Edit {turn - 1} ", f"Edit {turn} "),
            "utf-8",
        )

    def add(turn: int) -> None:
        id, text, _ = build_brief(count + turn, codes, topics, NEWEST)
        file = content / "briefs" / id[:4] / f"{id}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join(line for line in text.split("\n") if not line.startswith("measure: ")), "utf-8")

    print(f"{count:,} briefs, median of {runs}\n{'step':8}{'cpu s':>8}{'wall s':>8}{'MiB':>8}")
    steps: tuple[tuple[str, Callable[[int], None]], ...] = (
        ("clean", clean),
        ("nothing", lambda turn: None),
        ("body", body),
        ("title", title),
        ("add", add),
    )
    for name, prepare in steps:
        costs = []
        for turn in range(1, runs + 1):
            prepare(turn)
            time.sleep(0.15)  # past the grain of time stamps
            costs.append(_build(project, work))
        cpu, wall, memory = (statistics.median(c[i] for c in costs) for i in range(3))
        print(f"{name:8}{cpu:8.2f}{wall:8.2f}{memory:8.0f}", flush=True)


_CHILD = """
import resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(use.ru_utime + use.ru_stime, time.perf_counter() - start, use.ru_maxrss / 1024, done.returncode)
"""


def _build(project: Path, work: Path) -> tuple[float, float, float]:
    """Processor seconds, wall seconds and peak memory (MiB) of one build."""
    command = [
        sys.executable,
        "-m",
        "plugins.program.cli",
        "build",
        "--content",
        str(work / "content"),
        "--output",
        str(work / "out"),
        "--cache",
        str(work / "cache"),
    ]
    done = subprocess.run([sys.executable, "-c", _CHILD, *command], cwd=project, capture_output=True, text=True, check=False)  # noqa: S603
    figures = done.stdout.split()
    if len(figures) != 4 or figures[3] != "0":
        raise UseError(f"a build failed: {done.stderr.strip().splitlines()[-1:]}")
    return float(figures[0]), float(figures[1]), float(figures[2])
