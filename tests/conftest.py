"""What holds for every test: no network but loopback, equal examples on every run, a browser where one is asked for."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

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
