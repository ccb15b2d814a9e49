"""What holds for every test: no network but loopback, equal examples on every run, a browser and a mini site for those that ask."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.project import Project

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Equal input, equal outcome: a failure seen once is seen again. No deadline: the machine may be busy.
settings.register_profile("equal", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("equal")


def _is_near(address: Any) -> bool:
    """True for a Unix socket or an address of this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0]).partition("%")[0]
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """No test reaches another machine (DESIGN.md 7.6)."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            original = getattr(socket.socket, name)

            def guarded(self: socket.socket, address: Any, *, original: Any = original) -> Any:
                if not _is_near(address):
                    raise AssertionError(f"a test reached for the network: {address!r}")
                return original(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Chromium; without one the test is skipped, or fails where REQUIRE_BROWSER is set (`.ci/run`)."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set and none of {', '.join(BROWSERS)} is installed")
    pytest.skip("no Chromium on this machine")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The mini site, built once for the run (of each worker) through the real program; no test changes it."""
    project = Project.make(tmp_path_factory.mktemp("site") / "project")
    project.build()
    return project


@pytest.fixture
def project(site: Project, tmp_path: Path) -> Project:
    """A copy of the mini site, built already, to change as a test likes."""
    shutil.copytree(site.root, tmp_path / "project", symlinks=True)
    return Project(tmp_path / "project")
