"""A project of its own in a temporary folder, and the real program run in it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.site_content import write_content

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)  # the build day of the mini site
URL = "https://digest.example.org"


@dataclass(frozen=True)
class Done:
    """What a run of the program left: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Both outputs, line by line."""
        return (self.out + self.err).splitlines()


def environment(**more: str) -> dict[str, str]:
    """A small, equal environment; warnings are errors in the program too."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    fixed = {
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "SITE_URL": URL,
        "SOURCE_DATE_EPOCH": str(int(DAY.timestamp())),
        "TZ": "UTC",
    }
    return {name: value for name, value in {**kept, **fixed, **more}.items() if value}


@dataclass(frozen=True)
class Project:
    """A project's folder. Outputs lie in ``output`` unless a test says otherwise."""

    root: Path

    @classmethod
    def make(cls, root: Path, *, content: bool = True) -> Project:
        """A project with our settings and theme, and the content of the mini site."""
        root.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "pelicanconf.py", root)
        shutil.copytree(ROOT / "theme", root / "theme")
        if content:
            write_content(root / "content")
        return cls(root)

    def file(self, id: str) -> Path:
        """The file of a brief."""
        return self.root / "content" / "briefs" / id[:4] / f"{id}.md"

    def write(self, id: str, text: str) -> Path:
        """Writes the file of a brief."""
        file = self.file(id)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def edit(self, path: Path | str, old: str, new: str) -> None:
        """Changes a file of the project (or the file of a brief's id) in one place."""
        file = path if isinstance(path, Path) else self.file(path)
        text = file.read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def digest(self, *words: str, **variables: str) -> Done:
        """Runs ``digest`` in the project."""
        return self.python("-m", "plugins.program.cli", *words, **variables)

    def python(self, *words: str, **variables: str) -> Done:
        """Runs Python in the project."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env=environment(**variables),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=240,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def build(self, *words: str, status: int = 0, **variables: str) -> dict[str, bytes]:
        """Builds, and gives the published files."""
        done = self.digest("build", *words, **variables)
        assert done.status == status, done
        return self.tree()

    def tree(self, folder: str = "output") -> dict[str, bytes]:
        """The files of a folder but for hidden ones, by path."""
        return read_tree(self.root / folder)

    def plugins(self) -> list[str]:
        """The plugins that the settings name."""
        return re.findall(r'^    "(plugins\.\w+)",', (self.root / "pelicanconf.py").read_text("utf-8"), re.MULTILINE)

    @contextlib.contextmanager
    def start(self, *words: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """``digest`` as a process that goes on; it is stopped at the end."""
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "plugins.program.cli", *words],
            cwd=self.root,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(30)
            if process.stdout:
                process.stdout.close()


def read_tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder but for hidden ones, by path."""
    files = (f for f in sorted(folder.rglob("*")) if f.is_file() and not f.name.startswith("."))
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in files}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The paths whose files are not equal in two trees."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
