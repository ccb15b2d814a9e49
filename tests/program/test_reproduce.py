"""`digest reproduce`: tries what it says, tells what differs, and goes on where a locale is missing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from plugins.program import reproduce_command
from plugins.program.reproduce_command import HOURS, LOCALES, SEEDS, ZONES, conditions, digest_tree, is_installed
from tests.project import Project


def test_every_condition_is_tried() -> None:
    """48, none twice; every zone, locale, seed and hour, in this folder and in others."""
    found = list(conditions())
    assert len(found) == len(set(found)) == len({c.label for c in found}) == 48
    assert {c.zone for c in found} == set(ZONES)
    assert {(c.locale, c.shuffled) for c in found} == {(name, shuffled) for name in LOCALES for shuffled in (True, False)}
    assert {(c.seed, c.hour) for c in found} == {(seed, hour) for seed in SEEDS for hour in HOURS}


def test_a_missing_locale_is_said() -> None:
    """The C locale is everywhere, and a made-up one nowhere."""
    assert is_installed("C")
    assert not is_installed("xx_XX.NOTHING")


def test_builds_are_equal(project: Project) -> None:
    """Through the real program, with one condition of chance."""
    done = project.digest("reproduce", "--most", "1")
    assert done.status == 0, done
    assert any(line.startswith("equal: ") for line in done.lines)
    assert any(line.startswith("1 of 1 equal, each built twice") for line in done.lines)


@pytest.mark.parametrize("second", [False, True], ids=["the clean build differs", "the second build differs"])
def test_a_difference_is_told(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], second: bool) -> None:
    """Status 1, and the files by name."""

    def build(root: Path, work: Path, condition: Any, day: Any) -> list[dict[str, str]]:
        work.mkdir()
        other = {"a.html": "1", "b.html": "other"} if work.name != "plain" else {"a.html": "1", "b.html": "1"}
        return [{"a.html": "1", "b.html": "1"}, other] if second else [other, other]

    monkeypatch.setattr(reproduce_command, "_build", build)
    monkeypatch.chdir(project.root)
    assert reproduce_command.run(argparse.Namespace(most=2)) == 1
    shown = capsys.readouterr().out
    assert shown.count("DIFFERENT: b.html: ") == 2
    assert "0 of 2 equal" in shown


def test_a_tree_is_told_by_its_bytes(tmp_path: Path) -> None:
    """Path and content; nothing else."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_bytes(b"1")
    first = digest_tree(tmp_path)
    (tmp_path / "a/b").write_bytes(b"2")
    assert set(first) == set(digest_tree(tmp_path)) == {"a/b"}
    assert first != digest_tree(tmp_path)
