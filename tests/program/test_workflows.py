"""What the workflows must hold, whoever edits them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).parents[2]
FILES = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
WORKFLOWS: list[tuple[str, str, dict[Any, Any]]] = [(f.name, f.read_text("utf-8"), yaml.safe_load(f.read_text("utf-8"))) for f in FILES]
PRIVILEGED = {"comment.yml"}


def steps(data: dict[Any, Any]) -> list[dict[str, Any]]:
    """All steps of a workflow."""
    return [step for job in data["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize(("name", "text", "data"), WORKFLOWS, ids=[w[0] for w in WORKFLOWS])
def test_every_workflow(name: str, text: str, data: dict[Any, Any]) -> None:
    """No rights by default, bounded jobs, pinned actions with their version, no credentials left, no text spliced into scripts."""
    assert data["permissions"] == {}
    assert "concurrency" in data
    assert all("timeout-minutes" in job and "permissions" in job for job in data["jobs"].values())
    assert all(re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line) for line in text.splitlines() if "uses:" in line)
    for step in steps(data):
        assert "${{" not in step.get("run", "")
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize(("name", "text", "data"), WORKFLOWS, ids=[w[0] for w in WORKFLOWS])
def test_pull_requests_meet_no_rights_and_no_secrets(name: str, text: str, data: dict[Any, Any]) -> None:
    """A workflow that a stranger starts can read public code, and nothing else."""
    triggers = data[True]  # YAML 1.1 reads the key `on` as true
    assert "pull_request_target" not in triggers
    if "pull_request" in triggers:
        assert "secrets." not in text
        assert "github.token" not in text
        assert all(job["permissions"] == {"contents": "read"} for job in data["jobs"].values())
    assert ("workflow_run" in triggers) is (name in PRIVILEGED)


def test_privileged_workflow_installs_and_unpacks_nothing() -> None:
    """Where the rights to write are, only code of main runs, with the standard library."""
    text = (PROJECT / ".github" / "workflows" / "comment.yml").read_text("utf-8")
    assert not re.search(r"pip|make |download-artifact|unzip|cache:", text)
    assert [s["run"] for s in steps(yaml.safe_load(text)) if "run" in s] == ["python3 -m plugins.program.review_post"]


def test_workflows_are_documented() -> None:
    """The page about publishing names every workflow, and no other."""
    page = (PROJECT / "content" / "pages" / "publishing.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+\.yml)`", page, re.MULTILINE)) == {f.name for f in FILES}
