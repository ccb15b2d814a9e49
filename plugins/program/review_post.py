"""Posts what a pull request brings: ``python3 -m plugins.program.review_post`` in the workflow that may write.

Called with ``REPOSITORY`` (owner/name) and ``RUN_ID`` of the finished run in the environment, and ``gh`` on the path. Runs
code of the trusted branch only. From the run it takes one file, in memory; which pull request the run belongs to is
asked of the platform. Standard library only: nothing is installed where the rights to write are.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plugins.program.review import (
    LARGEST,
    MARK,
    BadNumbersError,
    choose_labels,
    compare_labels,
    parse_numbers,
    read_known,
    render_comment,
    render_refusal,
)

ARTIFACT, FILE = "numbers", "numbers.json"
AUTHOR = "github-actions[bot]"
SECONDS = 60  # of one call of gh
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40,64}", re.ASCII)

Api = Callable[[Sequence[str], "bytes | None"], bytes]
"""Calls ``gh api`` with arguments and a body; the answer. Raises CallError."""


class CallError(Exception):
    """A call that the platform refused; the message is one clear line."""


def call_gh(arguments: Sequence[str], body: bytes | None = None) -> bytes:
    """``gh api`` with these arguments. No shell reads them."""
    command = ["gh", "api", *arguments, *(["--input", "-"] if body is not None else [])]
    try:
        done = subprocess.run(command, input=body or b"", capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - a list, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CallError(f"gh cannot be called: {type(error).__name__}") from error
    if done.returncode:
        raise CallError(f"gh api {arguments[0]} failed with status {done.returncode}")
    return done.stdout


def post_review(repository: str, run_id: str, content: Path, api: Api) -> str:
    """Writes the comment and the labels; what was done, in words. Raises CallError."""
    base = f"repos/{repository}"
    run = _json(api([f"{base}/actions/runs/{run_id}"], None))
    commit, run_url = str(run.get("head_sha")), str(run.get("html_url"))
    if not _COMMIT.fullmatch(commit):
        raise CallError("the run names no commit")
    number = find_pull(_pages(api, f"{base}/pulls?state=open&per_page=100"), commit)
    if number is None:
        return "no open pull request ends with the commit of this run: nothing is posted"
    try:
        numbers = parse_numbers(read_file(fetch_artifact(api, base, run_id)))
    except BadNumbersError as error:
        write_comment(api, base, number, render_refusal(run_url))
        return f"pull request {number}: numbers refused: {error}"
    files = [str(f.get("filename")) for f in _pages(api, f"{base}/pulls/{number}/files?per_page=100")]
    comment = render_comment(numbers, run_url, changes_program=changes_program(files))
    write_comment(api, base, number, comment)
    current = [str(label.get("name")) for label in _pages(api, f"{base}/issues/{number}/labels?per_page=100")]
    add, remove = compare_labels(choose_labels(numbers, read_known(content)), current)
    if add:
        api([f"{base}/issues/{number}/labels", "--method", "POST"], json.dumps({"labels": add}).encode())
    for label in remove:
        api([f"{base}/issues/{number}/labels/{quote(label, safe='')}", "--method", "DELETE"], None)
    return f"pull request {number}: comment written, {len(add)} labels added, {len(remove)} taken away"


def find_pull(pulls: Sequence[Mapping[str, Any]], commit: str) -> int | None:
    """The number of the one open pull request that ends with a commit; None where there is none, or more than one."""
    found = [p["number"] for p in pulls if _head(p) == commit and isinstance(p.get("number"), int)]
    return found[0] if len(found) == 1 else None


def changes_program(files: Sequence[str]) -> bool:
    """Whether a pull request touches more than content, so that its own run may have been told what to say."""
    return any(not f.startswith("content/") for f in files)


def fetch_artifact(api: Api, base: str, run_id: str) -> bytes:
    """The archive of the numbers of a run. Raises BadNumbersError where there is none, or it is too large."""
    listed = _json(api([f"{base}/actions/runs/{run_id}/artifacts?name={ARTIFACT}&per_page=100"], None)).get("artifacts")
    found = [a for a in listed if isinstance(a, dict) and a.get("name") == ARTIFACT] if isinstance(listed, list) else []
    newest = max((a for a in found if isinstance(a.get("id"), int)), key=lambda a: int(a["id"]), default=None)
    if newest is None:
        raise BadNumbersError("the run left no numbers")
    size = newest.get("size_in_bytes")
    if not isinstance(size, int) or size > LARGEST:
        raise BadNumbersError("the archive of the numbers is too large")
    return api([f"{base}/actions/artifacts/{newest['id']}/zip"], None)


def read_file(archive: bytes) -> bytes:
    """The one file of an archive, in memory and bounded. Raises BadNumbersError."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            names = packed.namelist()
            if names != [FILE]:
                raise BadNumbersError(f"the archive does not hold {FILE} alone")
            with packed.open(FILE) as file:
                raw = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise error if isinstance(error, BadNumbersError) else BadNumbersError("the archive cannot be read") from error
    if len(raw) > LARGEST:
        raise BadNumbersError("the numbers are too large")
    return raw


def write_comment(api: Api, base: str, number: int, text: str) -> None:
    """The one comment of ours on a pull request, made or replaced."""
    ours = [c for c in _pages(api, f"{base}/issues/{number}/comments?per_page=100") if _is_ours(c)]
    body = json.dumps({"body": text}).encode()
    if not ours:
        api([f"{base}/issues/{number}/comments", "--method", "POST"], body)
    elif ours[0].get("body") != text:
        api([f"{base}/issues/comments/{int(ours[0]['id'])}", "--method", "PATCH"], body)


def _is_ours(comment: Mapping[str, Any]) -> bool:
    user = comment.get("user")
    return isinstance(user, dict) and user.get("login") == AUTHOR and str(comment.get("body", "")).startswith(MARK)


def _head(pull: Mapping[str, Any]) -> str | None:
    head = pull.get("head")
    return head.get("sha") if isinstance(head, dict) else None


def _pages(api: Api, path: str) -> list[dict[str, Any]]:
    """All entries of a list that comes in pages."""
    answer = json.loads(api([path, "--paginate", "--slurp"], None))
    return [entry for page in answer if isinstance(page, list) for entry in page if isinstance(entry, dict)]


def _json(raw: bytes) -> dict[str, Any]:
    data = json.loads(raw)
    return data if isinstance(data, dict) else {}


def main() -> int:
    """0 done, or nothing to do; 2 wrong use, or the platform refused."""
    repository, run_id = os.environ.get("REPOSITORY", ""), os.environ.get("RUN_ID", "")
    if not _REPOSITORY.fullmatch(repository) or not re.fullmatch(r"\d{1,20}", run_id, re.ASCII):
        print("REPOSITORY or RUN_ID is missing or has the wrong form", file=sys.stderr)
        return 2
    try:
        print(post_review(repository, run_id, Path("content"), call_gh))
    except (CallError, json.JSONDecodeError) as error:
        print(f"not posted: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
