"""What changes while a build runs, and changes back, leaves nothing behind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from plugins.briefs.reading import Task, read_files
from plugins.briefs.rows import Reading
from plugins.briefs.run import Run, RunSettings
from plugins.briefs.shelf import Shelf
from plugins.edition.edition import Edition
from plugins.press.inputs import Listed, digest_inputs
from plugins.press.output import Output, Sheet, key_of
from plugins.press.state import State
from tests.factories import SITE
from tests.site_content import write_content


def test_an_edit_that_is_taken_back_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of two edited briefs is edited again between the look at it and its reading, which is taken back later: what is there is shown."""
    write_content(tmp_path / "content")
    state, briefs = State(tmp_path / "cache"), tmp_path / "content/briefs/2024"
    Shelf(tmp_path / "content", state, "content").read()
    first, second = briefs / "2024-01-15-thirty-states-sign.md", briefs / "2024-10-10-union-custody.md"
    for file in (first, second):
        file.write_bytes(file.read_bytes().rstrip() + b"\nThis was edited before.\n")
    before = second.read_bytes()

    def edit(tasks: list[Task]) -> AbstractContextManager[Iterator[tuple[Reading, str]]]:
        second.write_bytes(before.replace(b"edited before", b"edited between"))
        return read_files(tasks)

    monkeypatch.setattr("plugins.briefs.shelf.read_files", edit)
    shelf = Shelf(tmp_path / "content", state, "content")
    assert shelf.read().converted == 2
    monkeypatch.undo()
    assert "edited between" in shelf.bodies.html(second.stem)
    second.write_bytes(before)
    shelf = Shelf(tmp_path / "content", state, "content")
    assert shelf.read().converted == 1
    assert "edited before" in shelf.bodies.html(second.stem)
    assert Shelf(tmp_path / "content", state, "content").read().converted == 0
    state.close()


def test_a_body_that_the_state_lost_is_read_again(tmp_path: Path) -> None:
    """Where its file is still what was read; otherwise the build ends, and the next one reads it."""
    write_content(tmp_path / "content")
    state, file = State(tmp_path / "cache"), tmp_path / "content/briefs/2024/2024-10-10-union-custody.md"
    Shelf(tmp_path / "content", state, "content").read()
    shelf = Shelf(tmp_path / "content", state, "content")
    assert shelf.read().converted == 0
    before = shelf.bodies.html(file.stem)
    state.drop_texts([f"body/{file.stem}"])
    shelf = Shelf(tmp_path / "content", state, "content")
    assert shelf.read().converted == 0
    assert shelf.bodies.html(file.stem) == before
    state.drop_texts([f"body/{file.stem}"])
    shelf = Shelf(tmp_path / "content", state, "content")
    shelf.read()
    file.write_bytes(file.read_bytes().rstrip() + b"\nThis was edited.\n")
    with pytest.raises(OSError, match="build again"):
        shelf.bodies.html(file.stem)
    shelf = Shelf(tmp_path / "content", state, "content")
    shelf.read()
    assert "This was edited." in shelf.bodies.html(file.stem)
    state.close()


def test_a_look_that_is_old_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build was told of its folders before it waited for another one is looked at again."""
    for module in ("plugins.press.inputs", "plugins.briefs.shelf"):
        monkeypatch.setattr(f"{module}.GRAIN", 0)
    write_content(tmp_path / "content")
    listed: Listed = {}
    digest_inputs([tmp_path / "content"], {}, "", listed)
    file = tmp_path / "content/briefs/2024/2024-10-10-union-custody.md"
    (tmp_path / "theme/static").mkdir(parents=True)
    for moment, found in ((time.monotonic(), True), (time.monotonic(), True), (time.monotonic() - 60, False)):
        environment = Environment(loader=DictLoader({"partials/macros.html": ""}), autoescape=True)
        folders = (tmp_path / name for name in ("content", "output", "cache", "theme"))
        run = Run(RunSettings(*folders, tmp_path, listed=listed, listed_at=moment), SITE, environment)
        run.open()
        assert any(path.endswith(file.name) for path in run.stock.paths) is found
        run.publish()
        file.unlink(missing_ok=True)  # who believes the old look does not see it


@dataclass
class Printed:
    """A page that prints a file of the theme, and edits it at the first time."""

    file: Path
    texts: list[str] = field(default_factory=lambda: ["edited"])

    def sheets(self, _: Edition) -> Iterator[Sheet]:
        """One sheet."""
        key = key_of("page")
        yield Sheet("page", key, lambda: [Output("page.html", key, self.render)])

    def render(self) -> bytes:
        """The file as it is now."""
        if self.texts:
            self.file.write_text(self.texts.pop(), "utf-8")
        return self.file.read_bytes()


def test_a_template_that_is_taken_back_is_not_kept(tmp_path: Path) -> None:
    """Edited after the theme's key was made, restored after the build: pages are what the template says."""
    write_content(tmp_path / "content")
    (tmp_path / "theme/static").mkdir(parents=True)
    template = tmp_path / "theme/page.html"
    template.write_text("first", "utf-8")
    page, shown = Printed(template), []
    for _ in range(3):
        content, output, cache, theme = (tmp_path / name for name in ("content", "output", "cache", "theme"))
        environment = Environment(loader=DictLoader({"partials/macros.html": ""}), autoescape=True)
        run = Run(RunSettings(content, output, cache, theme, tmp_path), SITE, environment)
        run.open().add(page.sheets)
        written = run.publish().written
        shown.append(((tmp_path / "output/page.html").read_text("utf-8"), written))
        template.write_text("first", "utf-8")
    assert shown == [("edited", 1), ("first", 1), ("first", 0)]
