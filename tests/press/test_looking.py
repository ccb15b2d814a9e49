"""Folders answer for their files: what was deleted, exchanged or cut is noticed with few looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plugins.press import looking
from plugins.press.kept import KeptBatch
from plugins.press.looking import Folders, count_there
from tests.press.test_press import ONE, build, tree

OLD = 1_600_000_000


def settle(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build whose folders all answer for their files."""
    monkeypatch.setattr(looking, "FEW", 0)
    build(root, ONE)
    for folder in ("", "a", "b"):
        os.utime(root / "out" / folder, (OLD, OLD))
    build(root, ONE)


def count_looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are looked at from now on."""
    looks: list[str] = []
    look = os.lstat

    def note(path: str, *, dir_fd: int | None = None) -> os.stat_result:
        looks.append(str(path))
        return look(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "lstat", note)
    monkeypatch.setattr(os, "supports_dir_fd", set())
    return looks


def test_settled_folders_answer_for_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is looked at below a folder that is as it was."""
    settle(tmp_path, monkeypatch)
    looks = count_looks(monkeypatch)
    build(tmp_path, ONE)
    assert [look for look in looks if look.endswith((".html", ".xml"))] == []
    assert any(look.endswith("out/a/") for look in looks)


@pytest.mark.parametrize("harm", ["deleted", "exchanged", "with its folder", "moved"])
def test_what_a_settled_folder_lost_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    """Whoever deletes or exchanges a file changes its folder."""
    settle(tmp_path, monkeypatch)
    expected = tree(tmp_path)
    file = tmp_path / "out/a/index.html"
    if harm == "deleted":
        file.unlink()
    elif harm == "exchanged":
        (tmp_path / "other").write_text("something else")
        (tmp_path / "other").replace(file)
    elif harm == "moved":
        file.rename(tmp_path / "elsewhere")
    else:
        for own in (tmp_path / "out/a").iterdir():
            own.unlink()
        (tmp_path / "out/a").rmdir()
    assert build(tmp_path, ONE).written
    assert tree(tmp_path) == expected
    assert build(tmp_path, ONE).written == 0


def test_files_cut_by_a_fall_of_the_machine_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After it was started anew no folder answers for what was written before."""
    settle(tmp_path, monkeypatch)
    file = tmp_path / "out/a/index.html"
    file.write_text("")
    os.utime(file.parent, (OLD, OLD))
    boot = tmp_path / "boot"
    boot.write_text("another\n")
    monkeypatch.setattr(looking, "_BOOT", str(boot))
    build(tmp_path, ONE)
    assert file.read_text() == "A"


def test_young_folders_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens within a tick of the clock leaves no new time stamp."""
    monkeypatch.setattr(looking, "FEW", 0)
    monkeypatch.setattr(looking, "GRAIN", 10**15)
    build(tmp_path, ONE)
    file = tmp_path / "out/a/index.html"
    file.write_text("")
    build(tmp_path, ONE)
    assert file.read_text() == "A"


def test_new_and_emptied_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is looked into from its first build on, and forgotten with its last output."""
    settle(tmp_path, monkeypatch)
    more = {**ONE, "c": {"c/deep/index.html": "C"}}
    build(tmp_path, more)
    (tmp_path / "out/c/deep/index.html").unlink()
    build(tmp_path, more)
    assert (tmp_path / "out/c/deep/index.html").read_text() == "C"
    build(tmp_path, ONE)
    looks = count_looks(monkeypatch)
    build(tmp_path, ONE)
    assert not any("/c/" in look for look in looks)


def test_few_folders_are_looked_into_each_time(tmp_path: Path) -> None:
    """A small site notices what was overwritten in place, too."""
    folders = Folders(str(tmp_path), "")
    kept = folders.follow(["index.html", "a/feed.xml"], [], [])
    assert kept is not None
    assert set(Folders(str(tmp_path), kept).find_changed()) == {"", "a/"}


def test_counting_looks_at_the_named_folders_only(tmp_path: Path) -> None:
    """The others are counted as they are told."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x").write_text("12")

    def count(outputs: str, *folders: str) -> int | None:
        return count_there(str(tmp_path), KeptBatch(b"", outputs, "a/ b/" if outputs else ""), set(folders))

    assert count("a/x 2 b/y 3", "a/") == 2
    assert count("a/x 1 b/y 3", "a/") is None
    assert count("a/x 2 b/y 3", "a/", "b/") is None
    assert count("a/x 2 b/y 3") == 2
    assert count("a/x 2 b/y 3", "c/") == 2
    assert count("", "a/") == 0


@pytest.mark.parametrize("below", [0, 500])
def test_outputs_are_found_in_their_folders(tmp_path: Path, below: int) -> None:
    """And no others: neither those below them, nor those of folders whose names begin alike, nor sizes that look like names."""
    inside = {"404": "4", "index.html": "1", "a/1": "2", "a/index.html": "33", "a/b/x": "5", "ab/x": "6", "c.d/x": "7", "cxd/x": "8"}
    inside |= {f"a/page/{n}/index.html": "9" for n in range(below)}
    for path, size in inside.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x" * int(size))
    folders = " ".join({path[: path.rfind("/") + 1] for path in inside})
    batch = KeptBatch(b"", " ".join([f"{path} {size}" for path, size in inside.items()]), folders)
    for changed in ({""}, {"a/"}, {"c.d/"}, {"", "a/", "a/b/"}):
        assert count_there(str(tmp_path), batch, changed) == len(inside)
        for path in inside:
            content = (tmp_path / path).read_text()
            (tmp_path / path).write_text(content + "!")
            is_seen = path[: path.rfind("/") + 1] in changed
            assert count_there(str(tmp_path), batch, changed) == (None if is_seen else len(inside)), (changed, path)
            (tmp_path / path).write_text(content)
