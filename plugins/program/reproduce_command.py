"""``digest reproduce``: the same input gives the same bytes, whatever the zone, locale, hash seed, folder, order of files or hour.

Each condition is built twice: clean, then once more into the same folder with the memory of the builder lost.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import locale
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from plugins.edition.site import read_build_day
from plugins.program.failure import UseError
from plugins.program.project import SETTINGS, find_project

NAME = "reproduce"
HELP = "Builds the digest under varied conditions, and compares the bytes with those of a plain build."
EXAMPLES = """
digest reproduce
digest reproduce --most 6
"""
ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")
LOCALES = ("C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8")
SEEDS = ("0", "4242")
HOURS = ("00:00:01", "23:59:59", "11:11:11")


@dataclass(frozen=True, slots=True)
class Condition:
    """What is different about a build."""

    zone: str
    locale: str
    seed: str
    shuffled: bool  # another folder, its files written in another order and with other time stamps
    hour: str = "12:00:00"  # of the build day, in UTC

    @property
    def label(self) -> str:
        """In words."""
        place = "another folder and order" if self.shuffled else "this folder"
        return f"{self.zone}, {self.locale}, seed {self.seed}, {place}, at {self.hour}"


def conditions() -> Iterator[Condition]:
    """All combinations: 48."""
    hours = itertools.cycle(HOURS)
    for zone, language, seed, shuffled in itertools.product(ZONES, LOCALES, SEEDS, (False, True)):
        yield Condition(zone, language, seed, shuffled, next(hours))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``digest reproduce``."""
    parser.add_argument("--most", type=int, default=48, metavar="N", help="how many of the 48 conditions (default: all)")


def run(arguments: argparse.Namespace) -> int:
    """Builds and compares. 1 where bytes differ."""
    project = find_project()
    day = read_build_day(os.environ)
    wanted = list(conditions())
    wanted = random.Random(1).sample(wanted, min(max(arguments.most, 1), len(wanted)))  # noqa: S311 - the same choice each time
    missing = [name for name in LOCALES if not is_installed(name)]
    for name in missing:
        print(f"the locale {name} is not installed here: its builds run without it")
    with tempfile.TemporaryDirectory() as folder:
        [plain, _] = _build(project, Path(folder) / "plain", Condition("UTC", "C.UTF-8", "0", shuffled=False), day)
        different = 0
        for number, condition in enumerate(wanted, 1):
            builds = _build(project, Path(folder) / f"build-{number}", condition, day)
            names = sorted({n for found in builds for n in {*plain, *found} if plain.get(n) != found.get(n)})
            print(f"{'equal' if not names else 'DIFFERENT: ' + ', '.join(names[:5])}: {condition.label}", flush=True)
            different += bool(names)
            shutil.rmtree(Path(folder) / f"build-{number}")
    lacking = f"; without {', '.join(missing)}" if missing else ""
    print(f"{len(wanted) - different} of {len(wanted)} equal, each built twice{lacking}")
    return 1 if different else 0


def is_installed(name: str) -> bool:
    """Whether this machine has a locale; without it the C library goes on with its own."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        return False
    else:
        return True
    finally:
        locale.setlocale(locale.LC_ALL, before)


def _build(project: Path, work: Path, condition: Condition, day: date) -> list[dict[str, str]]:
    """The files of a clean build, and those after a second one that has lost its memory."""
    work.mkdir()
    root = project
    if condition.shuffled:
        root = work / "elsewhere"
        _copy(project, root)
    environment = os.environ | {
        "TZ": condition.zone,
        "LC_ALL": condition.locale,
        "LANG": condition.locale,
        "PYTHONHASHSEED": condition.seed,
        "SOURCE_DATE_EPOCH": str(int(datetime.combine(day, time.fromisoformat(condition.hour), UTC).timestamp())),
        "SITE_URL": "https://digest.example",
    }
    command = [sys.executable, "-m", "plugins.program.cli", "build", "--output", str(work / "out"), "--cache", str(work / "cache")]
    found = []
    for _ in range(2):
        done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        if done.returncode:
            raise UseError(f"a build failed under {condition.label}: {done.stderr.strip().splitlines()[-1:]}")
        found.append(digest_tree(work / "out"))
        shutil.rmtree(work / "cache")
    return found


def _copy(project: Path, root: Path) -> None:
    """The project in another folder, written file by file in an order of chance."""
    files = [f for part in ("content", "theme", "plugins") for f in (project / part).rglob("*") if f.is_file() and f.suffix != ".pyc"]
    random.Random(7).shuffle(files)  # noqa: S311 - the same order each time
    for file in [project / SETTINGS, *files]:
        place = root / file.relative_to(project)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def digest_tree(folder: Path) -> dict[str, str]:
    """A digest of each file of a folder."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            found[file.relative_to(folder).as_posix()] = hashlib.blake2b(file.read_bytes(), digest_size=16).hexdigest()
    return found
