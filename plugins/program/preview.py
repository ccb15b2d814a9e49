"""The pages that a branch changes, for a reviewer to open: ``python -m plugins.program.preview BEFORE AFTER TO``.

BEFORE and AFTER are built sites. Writes to TO the changed files of AFTER, the theme that they need, and ``index.html`` with
links to the changed pages.
"""

from __future__ import annotations

import filecmp
import html
import shutil
import sys
from pathlib import Path

THEME = "theme"
LARGEST = 60_000_000  # bytes of all changed files; beyond, only the list of pages is written
_STATE = ".digest-output"


def list_changed(before: Path, after: Path) -> tuple[list[str], list[str]]:
    """The paths of files that are new or other in ``after``, and of those that are gone."""
    old, new = _files(before), _files(after)
    changed = [p for p in sorted(new) if p not in old or not filecmp.cmp(before / p, after / p, shallow=False)]
    return changed, sorted(old - new)


def write_preview(before: Path, after: Path, target: Path) -> tuple[int, int]:
    """Writes the preview; the numbers of changed pages and files."""
    changed, gone = list_changed(before, after)
    pages = [p for p in changed if p.endswith(".html")]
    target.mkdir(parents=True)
    wanted = dict.fromkeys([*changed, *(p for p in sorted(_files(after)) if p.startswith(f"{THEME}/"))])
    if sum((after / p).stat().st_size for p in wanted) <= LARGEST:
        for path in wanted:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(after / path, target / path)
    (target / "changed.html").write_text(_render(pages, changed, gone), "utf-8")
    return len(pages), len(changed)


def _files(folder: Path) -> set[str]:
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file() and not f.is_symlink() and f.name != _STATE}


def _render(pages: list[str], changed: list[str], gone: list[str]) -> str:
    def listed(paths: list[str], *, link: bool) -> str:
        return "".join(f"<li>{_link(p) if link else html.escape(p)}</li>\n" for p in paths)

    others = [p for p in changed if not p.endswith(".html")]
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Changed pages</title>\n'
        f"<h1>Changed pages: {len(pages)}</h1>\n<ul>\n{listed(pages, link=True)}</ul>\n"
        f"<h2>Other files: {len(others)}</h2>\n<ul>\n{listed(others, link=False)}</ul>\n"
        f"<h2>Gone: {len(gone)}</h2>\n<ul>\n{listed(gone, link=False)}</ul>\n"
    )


def _link(path: str) -> str:
    safe = html.escape(path, quote=True)
    return f'<a href="{safe}">{safe}</a>'


def main(arguments: list[str]) -> int:
    """0 written, 2 wrong use."""
    if len(arguments) != 3 or not Path(arguments[0]).is_dir() or not Path(arguments[1]).is_dir() or Path(arguments[2]).exists():
        print("use: python -m plugins.program.preview BEFORE AFTER TO (BEFORE and AFTER are built sites, TO is new)", file=sys.stderr)
        return 2
    pages, files = write_preview(*(Path(a) for a in arguments))
    print(f"{pages} pages and {files - pages} other files changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
