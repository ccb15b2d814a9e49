"""Posting a review: what is asked of the platform, and what is written to it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from plugins.program.review import LARGEST, MARK, BadNumbersError
from plugins.program.review_post import CallError, changes_program, find_pull, post_review, read_file
from tests.program.test_review import make_brief, make_raw

PROJECT = Path(__file__).parents[2]
COMMIT = "a" * 40
RUN = "https://github.com/o/r/actions/runs/5"


def pack(files: dict[str, bytes]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in files.items():
            packed.writestr(name, raw)
    return out.getvalue()


class FakePlatform:
    """Answers as the platform does, and keeps what was written."""

    def __init__(self, archive: bytes, **changes: Any) -> None:
        self.archive = archive
        self.calls: list[tuple[str, str, Any]] = []
        self.answers: dict[str, Any] = {
            "actions/runs/5": {"head_sha": COMMIT, "html_url": RUN},
            "pulls": [{"number": 7, "head": {"sha": COMMIT}}, {"number": 8, "head": {"sha": "b" * 40}}],
            "actions/runs/5/artifacts": {"artifacts": [{"id": 9, "name": "numbers", "size_in_bytes": len(archive)}]},
            "pulls/7/files": [{"filename": "content/briefs/2022/2022-04-01-russia-mining.md"}],
            "issues/7/labels": [{"name": "country:FR"}, {"name": "question"}],
            "issues/7/comments": [],
        } | changes

    def __call__(self, arguments: Sequence[str], body: bytes | None) -> bytes:
        path = arguments[0].removeprefix("repos/o/r/").split("?")[0]
        if "--method" in arguments:
            method = arguments[arguments.index("--method") + 1]
            self.calls.append((method, path, json.loads(body) if body else None))
            return b"{}"
        if path == "actions/artifacts/9/zip":
            return self.archive
        answer = self.answers[path]
        return json.dumps([answer] if "--slurp" in arguments else answer).encode()


def post(platform: FakePlatform) -> str:
    """Posts run 5."""
    return post_review("o/r", "5", PROJECT / "content", platform)


def test_comment_and_labels() -> None:
    """A run gets one comment, its labels, and loses those of ours that no longer fit."""
    platform = FakePlatform(pack({"numbers.json": make_raw(make_brief())}))
    assert post(platform) == "pull request 7: comment written, 4 labels added, 1 taken away"
    (comment, labels, gone) = platform.calls
    assert comment[:2] == ("POST", "issues/7/comments")
    assert comment[2]["body"].startswith(MARK)
    assert labels == ("POST", "issues/7/labels", {"labels": ["country:RU", "topic:mining", "needs-official-source", "stage-change"]})
    assert gone == ("DELETE", "issues/7/labels/country%3AFR", None)


def test_comment_is_updated_in_place() -> None:
    """The comment of an earlier run is replaced; those of people are not, even if they begin like it."""
    comments = [
        {"id": 1, "user": {"login": "mallory"}, "body": MARK},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "something else"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\n\nold"},
    ]
    platform = FakePlatform(pack({"numbers.json": make_raw()}), **{"issues/7/comments": comments})
    post(platform)
    assert platform.calls[0][:2] == ("PATCH", "issues/comments/3")


def test_refused_numbers_set_no_labels() -> None:
    """Numbers of another form leave a comment that says so, and nothing else."""
    platform = FakePlatform(pack({"numbers.json": b'{"faults": "<script>"}'}))
    assert "refused" in post(platform)
    assert [c[:2] for c in platform.calls] == [("POST", "issues/7/comments")]
    assert "script" not in platform.calls[0][2]["body"]


def test_outdated_runs_post_nothing() -> None:
    """A run whose commit no open pull request ends with is passed over."""
    platform = FakePlatform(b"", **{"actions/runs/5": {"head_sha": "c" * 40, "html_url": RUN}})
    assert "nothing is posted" in post(platform)
    assert platform.calls == []


def test_pull_is_found_by_commit_alone() -> None:
    """Two pull requests with one commit are ambiguous: none is commented."""
    pulls = [{"number": 1, "head": {"sha": COMMIT}}, {"number": 2, "head": {"sha": COMMIT}}, {"number": 3, "head": None}]
    assert find_pull(pulls, COMMIT) is None
    assert find_pull(pulls[:1], COMMIT) == 1
    assert find_pull([], COMMIT) is None


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (["content/briefs/2022/2022-x.md", "content/measures/x.md"], False),
        (["content/briefs/2022/2022-x.md", "plugins/program/review.py"], True),
        ([".github/workflows/check.yml"], True),
        (["contents/x"], True),
        ([], False),
    ],
)
def test_program_changes_are_seen(files: list[str], wanted: bool) -> None:
    """What lies outside content may change what the run says."""
    assert changes_program(files) is wanted


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"PK\x03\x04 no archive",
        pack({}),
        pack({"other.json": b"{}"}),
        pack({"../numbers.json": b"{}"}),
        pack({"numbers.json": b"{}", "more": b""}),
        pack({"numbers.json": b" " * 50_000_000}),
        pack({"numbers.json": make_raw()})[:-40],
    ],
    ids=["empty", "no archive", "no file", "other name", "upwards", "two files", "bomb", "cut"],
)
def test_bad_archives_are_refused(archive: bytes) -> None:
    """One small file under one name, read in memory, or nothing."""
    with pytest.raises(BadNumbersError):
        read_file(archive)


def test_large_archives_are_not_fetched() -> None:
    """The size is asked before the archive."""
    large = {"artifacts": [{"id": 9, "name": "numbers", "size_in_bytes": LARGEST + 1}]}
    platform = FakePlatform(b"", **{"actions/runs/5/artifacts": large})
    assert "too large" in post(platform)


def test_run_without_commit_is_an_error() -> None:
    """An answer of another form ends the run."""
    with pytest.raises(CallError, match="no commit"):
        post(FakePlatform(b"", **{"actions/runs/5": {"head_sha": "x; rm -rf /", "html_url": RUN}}))


def test_needs_the_standard_library_only() -> None:
    """Nothing is installed where the rights to write are."""
    code = "import sys, plugins.program.review_post; print(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"yaml", "pydantic", "pelican", "markdown", "nh3", "jinja2", "slugify", "rich"}


def test_wrong_environment_ends_with_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing or odd repository or run is wrong use."""
    from plugins.program.review_post import main

    monkeypatch.setenv("REPOSITORY", "o/r; rm -rf /")
    monkeypatch.setenv("RUN_ID", "5")
    assert main() == 2
    assert "wrong form" in capsys.readouterr().err
