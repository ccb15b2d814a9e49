"""`digest check`, `explain` and `new`: every fault for people, programs and pull requests."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from plugins.domain.rules import RULES
from tests.project import Project
from tests.site_content import write_brief

DRAFT = "; not published: 1 draft, such as content/briefs/2024/2024-09-09-ruritania-draft.md"
FAULTY = write_brief("Bad", "2024-13-05", "XA, XA", "minning", "law", more="category: x\n", source="https://a.example/?utm_source=x")


def test_content_without_faults(site: Project) -> None:
    """Nothing on standard output, a count on the other, status 0."""
    done = site.digest("check")
    assert (done.status, done.out, done.err) == (0, "", f"57 briefs: 0 faults{DRAFT}\n")


def test_all_faults_of_all_files(project: Project) -> None:
    """Sorted, each with line, code and cure; the first hides none."""
    project.write("2024-05-05-bad", FAULTY)
    project.write("2024-05-06-bad", "text")
    project.edit("2024-03-norvania-plan", "title: Norvania plans a sandbox for payments", "title: Ruritania passes its mining act")
    done = project.digest("check")
    assert done.status == 1
    assert [line.split(" ", 2)[:2] for line in done.out.splitlines()] == [
        ["content/briefs/2024/2024-05-05-bad.md:2:", "B304"], ["content/briefs/2024/2024-05-05-bad.md:3:", "B305"], ["content/briefs/2024/2024-05-05-bad.md:5:", "V402"],
        ["content/briefs/2024/2024-05-05-bad.md:6:", "B306"],
        ["content/briefs/2024/2024-05-05-bad.md:15:", "B301"], ["content/briefs/2024/2024-05-06-bad.md:1:", "Y201"],
        ["content/briefs/2024/2024-11-08-ruritania-passes-mining-act.md:2:", "C701"],
    ]  # fmt: skip
    assert done.err == f"59 briefs: 7 faults{DRAFT}\n"
    assert all("; " in line for line in done.out.splitlines()), "each says what to do"


def test_some_files_only(project: Project) -> None:
    """Faults of others are not told; a file outside the content folder is checked alone."""
    project.write("2024-05-05-bad", FAULTY)
    good = "content/briefs/2024/2024-03-norvania-plan.md"
    assert project.digest("check", good).status == 0
    assert project.digest("check", good, "./content/briefs/2024/2024-05-05-bad.md").out.startswith(
        "./content/briefs/2024/2024-05-05-bad.md:2: B304"
    )
    outside = project.root / "drafts/2024/2024-01-01-x.md"
    outside.parent.mkdir(parents=True)
    outside.write_text(FAULTY)
    done = project.digest("check", str(outside))
    assert done.status == 1
    assert done.err == "1 brief: 4 faults\n"


def test_json_for_programs(project: Project) -> None:
    """An array of objects; warnings only where they are asked for, marked as such."""
    project.write("2024-05-05-bad", FAULTY)
    done = project.digest("check", "--format", "json")
    faults = json.loads(done.out)
    assert (done.status, done.err) == (1, "")
    assert set(faults[0]) == {"path", "line", "code", "message", "hint"}
    assert [f["code"] for f in faults] == ["B304", "B305", "V402", "B306", "B301"]
    weighed = json.loads(project.digest("check", "--format", "json", "--warnings").out)
    assert {f["code"] for f in weighed if f.get("severity") == "warning"} >= {"S502", "W805"}
    assert json.loads(project.digest("check", "--format", "json", "content/briefs/2024/2024-03-norvania-plan.md").out) == []


INJECTIONS = (
    "::warning file=x::hi",
    "%0A::error::x",
    "a%0D%0Ab",
    "##[error]x",
    "::set-output name=x::y",
    "x::add-mask::y",
    "a,line=1,title=b",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_no_content_can_speak_to_the_runner(project: Project, text: str) -> None:
    """Each line is one annotation of ours, with everything escaped that could begin another."""
    project.write(
        "2024-05-05-bad",
        write_brief(
            "Ruritania passes a law on mining", "2024-05-05", "XA", "mining", f"'{text}'", more=f"'{text}': x\n\"a\\n{text}\": y\n"
        ),
    )
    done = project.digest("check", "--format", "github")
    assert done.status == 1
    lines = done.out.splitlines()
    assert len(lines) == 3
    for line in lines:
        found = re.fullmatch(r"::error file=([^,:]*),line=(\d+),title=(\w+)::(.*)", line)
        assert found, line
        assert "%0A::" not in found[4]
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", found[4])


def test_control_characters_never_reach_the_terminal(project: Project) -> None:
    """Names of files, keys and values are shown, not sent."""
    project.write(
        "2024-05-05-bad",
        write_brief("Ruritania passes a law on mining", "2024-05-05", "XA", "mining", '"\\e[31mlaw"', more='"k\\u202Ey": x\n'),
    )
    (project.root / "content/briefs/2024/\x1b[31m\u202e.md").write_text("x")
    for form in ("text", "json", "github"):
        done = project.digest("check", "--format", form)
        assert done.status == 1
        assert not set(done.out + done.err) & set("\x1b\u202e\x07")
        assert "\\u{1B}" in done.out.replace("\\\\", "\\")


def test_the_longest_name_is_told(project: Project) -> None:
    """255 bytes: no file with a longer name can lie beside it, and that is no failure of the program."""
    name = f"content/briefs/2024/2024-05-16-{'a' * 241}.md"
    (project.root / name).write_text(FAULTY, "utf-8")
    for words in ((), (name,), ("--warnings", name), ("--fix", name)):
        done = project.digest("check", *words)
        assert done.status == 1, done
        assert done.out.startswith(f"{name}:1: F101 ")
    assert project.digest("build").status == 1


def test_warnings_never_change_the_status(project: Project) -> None:
    """Matters of style are shown on request."""
    project.write(
        "2024-05-05-loud", write_brief("Ruritania SLAMS the door on miners!", "2024-05-05", "XA", "mining", more="measure: xa-mining-act\n")
    )
    assert project.digest("check").out == ""
    done = project.digest("check", "--warnings")
    assert done.status == 0
    codes = {line.split()[1] for line in done.out.splitlines()}
    assert {"W802", "W805"} <= codes
    assert "W807" not in codes  # asked of who writes a brief, not of all content
    done = project.digest("check", "--warnings", "content/briefs/2024/2024-05-05-loud.md")
    assert "W807" in {line.split()[1] for line in done.out.splitlines()}


def test_only_what_a_branch_brings(project: Project) -> None:
    """Files that differ from a revision, those not committed among them."""
    project.write("2024-05-04-old-fault", FAULTY)
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-q", "-m", "x"],
    ):
        subprocess.run(["git", *words], cwd=project.root, check=True)
    assert project.digest("check", "--changed", "main").err == "0 briefs: 0 faults\n"
    project.write("2024-05-05-bad", FAULTY)
    done = project.digest("check", "--changed", "main")
    assert done.status == 1
    assert {line.split(":")[0] for line in done.out.splitlines()} == {"content/briefs/2024/2024-05-05-bad.md"}
    assert project.digest("check", "--changed", "no-such-branch").status == 2


def test_drafts_only_warn(project: Project) -> None:
    """A draft may lack stage, summary and body, and hold placeholders; what it says must be right."""
    file = project.file("2024-09-09-ruritania-draft")
    project.edit(file, "Notes.", "TODO")
    assert project.digest("check").status == 0
    project.edit(file, "countries: [XA]", "countries: [Atlantis]")
    assert project.digest("check").status == 1


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, reason, a bad and a good example, and what it weighs."""
    from plugins.program.cli import main

    assert main(["explain", code.lower()]) == 0
    shown = capsys.readouterr().out
    rule = RULES[code]
    assert shown.startswith(f"{code}: {rule.title}\n")
    assert "Not so:" in shown
    assert "So:" in shown
    assert ("warning" in shown.splitlines()[-1]) == (rule.severity.value == "warning")


def test_all_rules_in_one_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a code: one line each."""
    from plugins.program.cli import main

    assert main(["explain"]) == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)


def test_a_new_brief_lacks_only_what_a_person_can_write(project: Project) -> None:
    """Written once, never over another; its faults are its gaps."""
    words = (
        "new",
        "--countries",
        "XA,XA-NO",
        "--topics",
        "mining",
        "--measure",
        "xa-mining-act",
        "--date",
        "2026-10-01",
        "Ruritania: “Größe” & <Tags>",
    )
    done = project.digest(*words)
    assert done.status == 0, done
    file = project.root / done.out.split(": written")[0]
    assert file.parent == project.root / "content/briefs/2026"
    assert project.digest(*words).status == 2
    found = project.digest("check", str(file))
    assert found.status in (0, 1)
    assert {line.split()[1] for line in found.out.splitlines()} <= {"B302", "B304", "B311", "M602", "B306", "S501"}
    assert project.digest("build").status == found.status
