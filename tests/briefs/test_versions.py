"""What is installed is told by the names of folders as the standard library tells it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from plugins.briefs.versions import _PACKAGES, list_installed


def test_versions_are_those_that_are_installed() -> None:
    """Another version of any of these makes everything anew."""
    found = {name.partition("-")[0].lower(): name.partition("-")[2].removesuffix(".dist-info") for name in list_installed(_PACKAGES)}
    assert found == {name: version(name) for name in _PACKAGES}


def test_another_version_is_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a package that is asked for; others do not count, and a place that is not there does not either."""
    for name in ("Markdown-3.7.dist-info", "markdown_it_py-4.0.dist-info", "nh3-0.3.egg-info", "nh3"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("sys.path", [str(tmp_path), str(tmp_path) + "/nowhere"])
    assert list_installed(frozenset({"markdown", "nh3"})) == ("Markdown-3.7.dist-info", "nh3-0.3.egg-info")
