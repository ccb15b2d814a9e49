"""What a branch brings: the files of content that differ from a revision."""

from __future__ import annotations

import subprocess
from pathlib import Path

from plugins.program.failure import UseError


def run_git(*words: str) -> str:
    """What git prints. Raises UseError."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, check=False, timeout=60)  # noqa: S603, S607 - fixed words
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UseError(f"git could not be run: {error}") from error
    if done.returncode:
        raise UseError(f"git: {done.stderr.decode('utf-8', 'replace').strip().splitlines()[-1:] or 'failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")


def list_changed(revision: str, content: Path) -> list[str]:
    """The files of briefs that were added or changed since a revision (and are still there), those not committed among them."""
    if revision.startswith("-"):
        raise UseError("--changed names a revision, such as origin/main")
    base = run_git("merge-base", "--", revision, "HEAD").strip()
    names = run_git("diff", "--name-only", "-z", "--diff-filter=d", base, "--", f"{content}/briefs").split("\0")
    new = run_git("ls-files", "--others", "--exclude-standard", "-z", "--", f"{content}/briefs").split("\0")
    root = Path(run_git("rev-parse", "--show-toplevel").strip())
    here = Path.cwd()
    found = [(root / n).relative_to(here).as_posix() for n in names if n] + [n for n in new if n]
    return sorted({n for n in found if n.endswith(".md")})
