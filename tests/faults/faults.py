"""The faults that a run must survive: what is harmed, by how much, and what must be said."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.project import Project

Harm = Callable[[Project], contextlib.AbstractContextManager[Any]]


@contextlib.contextmanager
def nothing(project: Project) -> Iterator[None]:
    """No harm but that of ``harmed``."""
    yield


@dataclass(frozen=True)
class Fault:
    """A fault. ``moment`` is the share of the run's operations at which it strikes, negative: counted from its end.

    ``fails`` says whether the run must exit non-zero; ``says`` what its message must hold; ``new``: the new site may be there already.
    """

    name: str
    command: str = "publish"
    strike: str = ""
    moment: float = 0.0
    harm: Harm = nothing
    fails: bool = True
    says: str = ""
    new: bool = False
    fast: bool = False
    more: dict[str, str] = field(default_factory=dict)


def can_mount() -> bool:
    """Whether this process may mount a file system of its own."""
    return os.name == "posix" and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


def _mount(place: Path, *words: str) -> None:
    done = subprocess.run(["mount", "-t", "tmpfs", *words, "tmpfs", str(place)], capture_output=True, text=True, timeout=30)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")


@contextlib.contextmanager
def _own_disk(folder: Path) -> Iterator[None]:
    """A folder on a file system of its own, with what it held."""
    if not can_mount():
        pytest.skip("only root mounts a small disk")
    kept = folder.with_name(folder.name + "-kept")
    folder.mkdir(exist_ok=True)
    shutil.copytree(folder, kept, symlinks=True)
    _mount(folder, "-o", "size=1g")
    try:
        shutil.copytree(kept, folder, symlinks=True, dirs_exist_ok=True)
        yield
    finally:
        back = folder.with_name(folder.name + "-back")
        shutil.copytree(folder, back, symlinks=True)
        subprocess.run(["umount", str(folder)], check=True, timeout=30)
        shutil.rmtree(folder)
        back.rename(folder)
        shutil.rmtree(kept)


def _pages(folder: Path) -> int:
    """Bytes that the files of a folder take on a disk."""
    return sum((f.stat().st_size + 4095) // 4096 * 4096 for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def small_disk(folder: str, share: float, *, empty: bool = False) -> Harm:
    """The folder's disk has room for a share of what it holds now (a second release needs as much as the first)."""

    @contextlib.contextmanager
    def harm(project: Project) -> Iterator[None]:
        place = project.root / folder
        with _own_disk(place):
            used = _pages(place)
            if empty:
                for entry in sorted(place.iterdir()):
                    shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            _remount(place, f"size={int(used * (share if empty else 1 + share)) + 16_384}")
            yield
            _remount(place, "size=1g")

    return harm


def _remount(place: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(place)], check=True, timeout=30)


def read_only(folder: str) -> Harm:
    """Nothing can be written into the folder."""

    @contextlib.contextmanager
    def harm(project: Project) -> Iterator[None]:
        place = project.root / folder
        if not can_mount():
            place.chmod(0o555)
            try:
                yield
            finally:
                place.chmod(0o755)
            return
        with _own_disk(place):
            _remount(place, "ro")
            yield
            _remount(place, "rw")

    return harm


def change_state(change: Callable[[Path], None], name: str = "state.sqlite") -> Harm:
    """The state of the last run is harmed."""

    @contextlib.contextmanager
    def harm(project: Project) -> Iterator[None]:
        states = sorted((project.root / ".cache").rglob(name))
        assert states
        for state in states:
            change(state)
        yield

    return harm


def cut(state: Path) -> None:
    """The second half is lost."""
    state.write_bytes(state.read_bytes()[: state.stat().st_size // 2])


def emptied(state: Path) -> None:
    """Nothing is left but the name."""
    state.write_bytes(b"")


def flip(share: float) -> Callable[[Path], None]:
    """One bit of each of 40 bytes at one place."""

    def change(state: Path) -> None:
        raw = bytearray(state.read_bytes())
        at = int(len(raw) * share)
        for i in range(at, min(at + 40, len(raw))):
            raw[i] ^= 1
        state.write_bytes(raw)

    return change


def run_sql(*statements: str) -> Callable[[Path], None]:
    """Somebody else's statements."""

    def change(state: Path) -> None:
        with contextlib.closing(sqlite3.connect(state)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    return change


def grown(state: Path) -> None:
    """Two gigabytes of nothing behind it."""
    os.truncate(state, 2_000_000_000)


def is_folder(state: Path) -> None:
    """A folder of that name."""
    state.unlink()
    (state / "below").mkdir(parents=True)


def is_link(state: Path) -> None:
    """A link to a file of somebody else."""
    secret = state.parent / "secret.sqlite"
    state.rename(secret)
    state.symlink_to(secret)


HOSTILE = (
    "CREATE TRIGGER lose AFTER INSERT ON sheets BEGIN DELETE FROM sheets; END",
    "CREATE VIEW other AS SELECT * FROM batches",
    "UPDATE batches SET outputs=replace(outputs, 'index.html', '../../index.html')",
    "UPDATE meta SET value='not what was there' WHERE name IN ('years', 'words', 'codes', 'folders')",
)
HOSTILE_TEXTS = (
    "CREATE TRIGGER lose AFTER INSERT ON texts BEGIN DELETE FROM texts; END",
    "UPDATE texts SET value=CAST(replace(CAST(value AS TEXT), 'Ruritania', '<script>alert(1)</script>') AS BLOB)",
    "UPDATE texts SET value=x'', sum=0 WHERE name LIKE '% details'",  # the checksum of nothing is 0
)

TEXTS = {
    "cut": cut,
    "flipped": flip(0.5),
    "emptied": emptied,
    "of somebody else": run_sql("DROP TABLE texts"),
    "hostile": run_sql(*HOSTILE_TEXTS),
}


@contextlib.contextmanager
def bad_brief(project: Project) -> Iterator[None]:
    """One bad brief among the good ones."""
    file = project.write("2024-05-05-bad-brief", "no front matter")
    yield
    file.unlink()


def without(path: str) -> Harm:
    """A file of the project is missing."""

    @contextlib.contextmanager
    def harm(project: Project) -> Iterator[None]:
        file = project.root / path
        raw = file.read_bytes()
        file.unlink()
        yield
        file.write_bytes(raw)

    return harm


@contextlib.contextmanager
def broken_template(project: Project) -> Iterator[None]:
    """A template asks for a value that is not there."""
    file = project.root / "theme/templates/brief.html"
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"{% block main %}", b"{% block main %}{{ nobody.knows.this }}"))
    yield
    file.write_bytes(raw)


@contextlib.contextmanager
def leftovers(project: Project) -> Iterator[None]:
    """What a release that was killed leaves, and things that nobody expects."""
    releases = project.root / "releases"
    for part in ("000002.part", "000009.part"):
        (releases / part / "briefs").mkdir(parents=True)
        (releases / part / "briefs/half.html").write_text("<html>half")
    (releases / "000002.zip.part").write_bytes(b"PK half")
    (releases / "000007.zip").write_bytes(b"no archive")
    (project.root / "public.new").symlink_to("releases/000002")
    yield


@contextlib.contextmanager
def public_is_a_folder(project: Project) -> Iterator[None]:
    """Somebody copied the site in place of the link."""
    public = project.root / "public"
    target = public.readlink()
    public.unlink()
    shutil.copytree(project.root / target, public)
    yield
    shutil.rmtree(public)
    public.symlink_to(target)


def touched(years: int) -> Harm:
    """The clock was off when the files were written."""

    @contextlib.contextmanager
    def harm(project: Project) -> Iterator[None]:
        for file in sorted(f for top in ("content", ".cache", "theme") for f in (project.root / top).rglob("*") if f.is_file()):
            stamp = file.stat().st_mtime_ns + years * 365 * 86_400 * 10**9
            os.utime(file, ns=(stamp, stamp))
        yield

    return harm


def _kills() -> Iterator[Fault]:
    """30 moments: spread over the run, and the last ones of a release one by one, where the link is switched."""
    for i in range(12):
        yield Fault(f"publish killed at {i}/12", strike="kill", moment=i / 12, fast=i == 7)
    for i in range(1, 9):
        yield Fault(f"publish killed {i} before its end", strike="kill", moment=-i, new=True, fast=i == 2)
    for i in range(10):
        yield Fault(f"build killed at {i}/10", "build", strike="kill", moment=i / 10, new=True, fast=i == 5)


VERSIONS = {"older": "UPDATE meta SET value='0' WHERE name='version'", "newer": "UPDATE meta SET value='99' WHERE name='version'"}
ROOM = "No space left on device|disk is full|disk I/O error"

FAULTS: tuple[Fault, ...] = (
    *_kills(),
    *(Fault(f"publish interrupted at {m}", strike="interrupt", moment=m, says="^digest: stopped$", fast=m == 0.5) for m in (0.1, 0.5)),
    *(Fault(f"publish terminated at {m}", strike="terminate", moment=m, says="^digest: stopped$", fast=m == 0.9) for m in (0.3, 0.9)),
    Fault("build interrupted", "build", strike="interrupt", moment=0.5, says="^digest: stopped$", new=True),
    *(
        Fault(f"releases on a disk with room for {s}", harm=small_disk("releases", s), says=ROOM)
        for s in (0.0, 0.05, 0.1, 0.25, 0.5, 0.8, 0.97)
    ),
    *(
        Fault(f"output on a disk with room for {s}", "build", harm=small_disk("output", s, empty=True), says=ROOM, new=True)
        for s in (0.2, 0.9)
    ),
    Fault("cache on a full disk", harm=small_disk(".cache", 0.05, empty=True), says=ROOM),
    Fault("no file can be written any more", strike="full", moment=0.4, says="No space left on device", fast=True),
    Fault("no file can be written any more, build", "build", strike="full", moment=0.6, says="No space left on device", new=True),
    Fault("releases read-only", harm=read_only("releases"), says="Read-only|Permission denied"),
    Fault("output read-only", "build", harm=read_only("output"), says="Read-only|Permission denied", new=True),
    *(
        Fault(
            f"state {name}",
            command,
            harm=change_state(change),
            fails=False,
            new=True,
            fast=name == "hostile" and command == "build",
        )
        for command in ("build", "publish")
        for name, change in {"cut": cut, "flipped": flip(0.7), "hostile": run_sql(*HOSTILE)}.items()
    ),
    *(Fault(f"state {name}", "build", harm=change_state(run_sql(sql)), fails=False, new=True) for name, sql in VERSIONS.items()),
    Fault("state emptied", "build", harm=change_state(emptied), fails=False, new=True),
    Fault("state huge", "build", harm=change_state(grown), fails=False, new=True),
    Fault("state a folder", "build", harm=change_state(is_folder), fails=False, new=True),
    Fault("state a link", "build", harm=change_state(is_link), fails=False, new=True),
    Fault("state without a table", "build", harm=change_state(run_sql("DROP TABLE sheets")), fails=False, new=True),
    *(Fault(f"texts {name}", "build", harm=change_state(change, "texts.sqlite"), fails=False, new=True) for name, change in TEXTS.items()),
    *(Fault(f"clock {years} years off", "build", strike="clock", moment=years, fails=False, new=True) for years in (10, -10)),
    *(Fault(f"files {years} years off", harm=touched(years), fails=False, new=True, fast=years == 10) for years in (10, -10)),
    Fault("a bad brief among many", harm=bad_brief, says="content/briefs/2024/2024-05-05-bad-brief.md:1: Y201 ", fast=True),
    Fault("a missing template", harm=without("theme/templates/measure.html"), says="^digest: .*measure.html"),
    Fault("a missing template, build", "build", harm=without("theme/templates/brief.html"), says="brief.html", new=True),
    Fault("a template that asks for what is not there", harm=broken_template, says="^digest: .*nobody"),
    Fault("no countries", harm=without("content/countries.toml"), says="countries.toml"),
    Fault("leftovers of killed releases", harm=leftovers, fails=False, new=True, fast=True),
    Fault("public is a folder", harm=public_is_a_folder, says="^digest: .*public is no link", fast=True),
)
