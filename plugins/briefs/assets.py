"""The theme's static files. Writes ``theme/…`` and ``favicon.ico``."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from hashlib import sha384
from pathlib import Path

from plugins.press.output import Output, Sheet, key_of


def make_assets(theme: Path) -> Iterator[Sheet]:
    """The theme's static files, as they are."""
    folder = theme / "static"
    for file in sorted(f for f in folder.rglob("*") if f.is_file() and not f.is_symlink() and not f.name.startswith(".")):
        content = file.read_bytes()
        path = f"theme/{file.relative_to(folder).as_posix()}"
        key = key_of(content)
        yield Sheet(f"asset/{path}", key, partial(_asset, path, key, content))
        if file.name == "favicon.ico":
            yield Sheet("asset/favicon.ico", key, partial(_asset, "favicon.ico", key, content))


def hash_assets(theme: Path) -> dict[str, str]:
    """Scripts and stylesheets of the theme by name, each with its hash as the attribute ``integrity`` has it."""
    files = sorted(f for f in (theme / "static").glob("*.*") if f.suffix in (".js", ".css"))
    return {f.name: f"sha384-{b64encode(sha384(f.read_bytes()).digest()).decode('ascii')}" for f in files}


def _asset(path: str, key: bytes, content: bytes) -> Iterator[Output]:
    yield Output(path, key, lambda: content)
