"""The scripts of check.yml and comment.yml, run as the platform runs them, on a pull request of a fork that tries everything."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from plugins.program.review import parse_numbers
from tests.program.test_merges import begin, git
from tests.project import ROOT, Project, read_tree
from tests.site_content import write_brief

CANARY = "canary"
BRANCH = "x;touch${IFS}canary;$(touch${IFS}canary)`touch${IFS}canary`'\"&&touch${IFS}canary"
ATTACK = "$(touch canary)`touch canary`;touch canary;'\"|touch canary"
SKIPPED = {"Install what the site needs, from the locks", "Run every test"}  # the network; this very run


@dataclass(frozen=True)
class Runner:
    """The folder that the workflow sees, and what it is given."""

    project: Project
    temp: Path
    tools: Path

    def run(self, script: str, **more: str) -> subprocess.CompletedProcess[str]:
        """A `run:` step, as bash gets it on the platform."""
        given = {
            "PATH": f"{self.tools}:{os.environ['PATH']}",
            "HOME": str(self.temp),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        given |= {
            "GITHUB_BASE_REF": "main",
            "GITHUB_HEAD_REF": BRANCH,
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.temp / "step-output"),
            "SITE_URL": "http://localhost:8000",
        }
        file = self.temp / "step.sh"
        file.write_text(script, "utf-8")
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)]
        return subprocess.run(
            words,
            cwd=self.project.root,
            env=given | more,
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=240,
        )

    def numbers(self) -> bytes:
        """What the run leaves for the other workflow."""
        return (self.temp / "numbers" / "numbers.json").read_bytes()


def steps(workflow: str, job: str) -> dict[str, str]:
    """The scripts of a job by the names of their steps."""
    data = yaml.safe_load((ROOT / ".github" / "workflows" / workflow).read_text("utf-8"))
    return {step["name"]: step["run"] for step in data["jobs"][job]["steps"] if "run" in step}


def write_shim(file: Path, text: str) -> None:
    """A small program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def attack(project: Project) -> None:
    """Briefs whose names, values and bodies try to be commands, annotations, paths and labels."""
    hostile = write_brief(
        "Ruritania passes a law",
        "2026-03-01",
        "XA",
        "mining",
        more=f"measure: '../../{CANARY}'\n",
        body=f"{ATTACK}\n\n::set-output name=x::y\n\n##[error]x\n",
    )
    project.write("2026-03-01-hostile-values", hostile.replace("Ruritania passes a law", f"'{ATTACK.replace(chr(39), chr(39) * 2)}'"))
    project.write(
        "2026-03-02-hostile-lines",
        write_brief('"Ruritania\\n::error::x\\r%0A::add-mask::y"', "2026-03-02", "XA", "mining", "'@everyone ##[error]x'"),
    )
    for name in (
        f"2026-{ATTACK.replace('/', '')}.md",
        "-rf.md",
        "--output=canary.md",
        "a\n::error::b.md",
        "x\x1b[31m.md",
        "2026-03-04-<img src=x>.md",
    ):
        (project.root / "content/briefs/2026" / name).write_text(hostile, "utf-8")
    (project.root / "content/briefs/2026" / os.fsdecode(b"2026-03-05-\xff.md")).write_text(hostile, "utf-8")
    (project.root / "content/briefs/2026/2026-03-06-link.md").symlink_to("/etc/passwd")
    (project.root / "content/briefs/2026/2026-03-07-out.fingerprint.json").symlink_to("../../../../outside")
    project.write(
        "2026-03-08-norvania-plans-a-register",
        write_brief("Norvania plans a register for custodians", "2026-03-08", "XC", "licensing", more="measure: xc-register\n", kind="law"),
    )
    (project.root / "content/measures/xc-register.md").write_text(
        "---\ntitle: Norvanian register\ncountries: [XC]\nkind: law\n---\nA register.\n"
    )


@pytest.fixture(scope="module")
def runner(site: Project, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A checkout as the platform makes it: the fork's branch merged into main, detached, with `origin/main`."""
    base = tmp_path_factory.mktemp("steps")
    upstream = begin(Project.make(base / "upstream"))
    fork = Project(base / "fork")
    assert git(base, "clone", "-q", str(upstream.root), "fork").returncode == 0
    assert git(fork.root, "checkout", "-q", "-b", BRANCH).returncode == 0
    attack(fork)
    for words in (("add", "-A"), ("commit", "-q", "-m", ATTACK)):
        done = git(fork.root, *words)
        assert done.returncode == 0, done.stderr
    checkout = Project(base / "checkout")
    assert git(base, "clone", "-q", str(upstream.root), "checkout").returncode == 0
    assert git(checkout.root, "fetch", "-q", str(fork.root), f"refs/heads/{BRANCH}").returncode == 0
    assert git(checkout.root, "checkout", "-q", "--detach").returncode == 0
    assert git(checkout.root, "merge", "-q", "--no-ff", "-m", ATTACK, "FETCH_HEAD").returncode == 0
    write_shim(checkout.root / ".venv/bin/digest", f'#!/bin/sh\nexec "{sys.executable}" -m plugins.program.cli "$@"\n')
    write_shim(checkout.root / ".venv/bin/python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (base / "temp").mkdir()
    return Runner(checkout, base / "temp", base / "tools")


def test_the_steps_of_a_pull_request(runner: Runner) -> None:
    """Nothing of it is executed, everything is said, and nothing is written but what the steps write."""
    before = read_tree(runner.project.root / "content")
    said: dict[str, subprocess.CompletedProcess[str]] = {}
    for name, script in (steps("check.yml", "briefs") | steps("check.yml", "code")).items():
        if name not in SKIPPED:
            said[name] = runner.run(script)
    statuses = {name: done.returncode for name, done in said.items()}
    assert statuses == {
        "Check what changed, line by line": 1,
        "Check all content, for clashes with what is there": 1,
        "Count what the pull request brings": 0,
        "Build": 1,
        "Build the branch that it goes to": 0,
        "Gather the changed pages": 0,
        "See whether more than briefs and measures change": 0,
    }, said
    assert (runner.temp / "step-output").read_text() == "code=no\n"
    annotations = said["Check what changed, line by line"].stdout.splitlines()
    assert annotations
    odd = [a for a in annotations if not re.fullmatch(r"::(?:error|warning) file=[^,:]*,line=\d+,title=\w+::.*", a)]
    assert odd == []
    assert not any("Traceback" in done.stderr + done.stdout for done in said.values())
    everything = "".join(done.stdout + done.stderr for done in said.values())
    assert not {"\x1b", "\x07"} & set(everything)
    assert "##[" not in everything
    assert not any(
        line.startswith("::")
        for name, done in said.items()
        if "line by line" not in name
        for line in (done.stdout + done.stderr).splitlines()
    )
    assert read_tree(runner.project.root / "content") == before
    assert [f for f in runner.project.root.parent.rglob("*") if f.name == CANARY] == []
    status = git(runner.project.root, "status", "--porcelain").stdout.splitlines()
    assert status == []
    assert {f.name for f in runner.temp.iterdir()} <= {"numbers", "base", "before", "cache", "preview", "step.sh", "step-output"}
    preview = (runner.temp / "preview" / "changed.html").read_text("utf-8")
    assert "briefs/2026-03-08-norvania-plans-a-register/" in preview
    assert "passwd" not in preview


def test_the_comment_is_made_of_numbers_and_known_words(runner: Runner) -> None:
    """The other workflow's script with a `gh` that records: one comment, labels of our vocabularies, and no text of the stranger."""
    assert runner.run(steps("check.yml", "briefs")["Count what the pull request brings"]).returncode == 0
    numbers = parse_numbers(runner.numbers())
    assert [b.id for b in numbers.briefs] == ["2026-03-08-norvania-plans-a-register"]
    assert numbers.briefs[0].new_measure
    assert numbers.faults >= 10
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("numbers.json", runner.numbers())
    (runner.temp / "numbers.zip").write_bytes(packed.getvalue())
    head = "a" * 40
    answers = {
        "actions/runs/7": {"head_sha": head, "html_url": "https://github.example/o/r/actions/runs/7"},
        "pulls?state=open&per_page=100": [[{"number": 5, "head": {"sha": head, "ref": BRANCH}, "title": ATTACK, "body": ATTACK}]],
        "actions/runs/7/artifacts?name=numbers&per_page=100": {"artifacts": [{"id": 3, "name": "numbers", "size_in_bytes": 500}]},
        "pulls/5/files?per_page=100": [[{"filename": f"content/briefs/2026/{ATTACK}"}]],
        "issues/5/comments?per_page=100": [[]],
        "issues/5/labels?per_page=100": [[{"name": "topic:gardening"}]],
    }
    (runner.temp / "answers.json").write_text(json.dumps(answers))
    record = runner.temp / "calls"
    record.write_text("")
    write_shim(
        runner.tools / "gh",
        f"""#!{sys.executable}
import json, sys
words = sys.argv[1:]
body = sys.stdin.read() if "--input" in words else ""
with open({str(record)!r}, "a") as file:
    file.write(json.dumps([words, body]) + "\\n")
path = words[1].removeprefix("repos/o/r/")
if path.endswith("/zip"):
    sys.stdout.buffer.write(open({str(runner.temp / "numbers.zip")!r}, "rb").read())
else:
    print(json.dumps(json.load(open({str(runner.temp / "answers.json")!r})).get(path, {{}})))
""",
    )
    write_shim(
        runner.tools / "python3",
        f'#!/bin/sh\nexec "{sys.executable}" -S -I -c "import sys; sys.path.insert(0, {str(ROOT)!r}); import runpy; sys.argv[1:2] = []; runpy.run_module(\'plugins.program.review_post\', run_name=\'__main__\')" "$@"\n',
    )
    done = runner.run(steps("comment.yml", "comment")["Post the numbers"], REPOSITORY="o/r", RUN_ID="7", GH_TOKEN="x")
    assert (done.returncode, done.stderr) == (0, ""), done
    calls = [json.loads(line) for line in record.read_text().splitlines()]
    written = [(words[1], words[words.index("--method") + 1], body) for words, body in calls if "--method" in words]
    assert [(path, how) for path, how, _ in written] == [
        ("repos/o/r/issues/5/comments", "POST"),
        ("repos/o/r/issues/5/labels", "POST"),
        ("repos/o/r/issues/5/labels/topic%3Agardening", "DELETE"),
    ]
    comment = json.loads(written[0][2])["body"]
    assert "2026-03-08-norvania-plans-a-register" in comment
    assert f"{numbers.faults} faults" in comment
    assert not any(word in comment for word in ("touch", "canary", "everyone", "::error", "passwd"))
    assert json.loads(written[1][2])["labels"] == ["country:XC", "topic:licensing", "new-measure"]
