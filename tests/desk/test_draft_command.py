"""``digest draft`` and ``digest new`` from the outside: files, exit status, JSON, and no network."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from plugins.domain.frontmatter import split_front_matter
from plugins.program.cli import main
from tests.desk.pages import BODY, META, TITLE, html_page, pasted_page, pdf_file

CONTENT = Path(__file__).resolve().parents[2] / "content"
ENGLISH = (
    "Germany’s finance ministry said on Monday that a bill on crypto mining will ask operators of large sites for a licence. "
    "The bill went to the Bundestag in March and should be passed before the summer. "
    "The ministry in Berlin wants miners to report the electricity that they use, and it would ban payments in bitcoin. "
    "The German central bank has asked for a ban of all tokens."
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project with our vocabularies, in which the command runs; no connection can be opened."""
    content = tmp_path / "content"
    (content / "briefs").mkdir(parents=True)
    shutil.copyfile(CONTENT / "countries.toml", content / "countries.toml")
    shutil.copytree(CONTENT / "topics", content / "topics")
    (content / "measures").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    return tmp_path


def front_of(file: Path) -> dict[str, Any]:
    front, faults = split_front_matter(file.read_text("utf-8"), str(file))
    assert front is not None
    assert not faults
    return front.data


def test_page_to_draft_without_network(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A saved page becomes a draft named by its date and title, with fingerprint and evidence, offline."""
    page = html_page(
        META, body=f"<p>{ENGLISH}</p>" + "".join(f"<p>{block}</p>" for block in BODY), title="Germany wants licences for mining halls"
    )
    (project / "page.html").write_text(page, "utf-8")
    assert main(["draft", "page.html"]) == 0
    file = project / "content/briefs/2026/2026-05-04-germany-wants-licences-for-mining-halls.md"
    data = front_of(file)
    assert data["status"] == "draft"
    assert data["countries"][0] == "DE"
    assert data["topics"][0] == "mining"
    assert data["stage"] == ""
    assert data["added"] == "2026-11-22"
    assert data["sources"][0]["url"] == "https://gazette.example/2026/mining-halls/"
    assert file.with_name(file.stem + ".fingerprint.json").is_file()
    assert (project / ".cache/evidence" / f"{file.stem}.txt").is_file()
    assert "to write" in capsys.readouterr().out


def test_json_writes_nothing_without_output(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON goes to standard output alone; without -o no file is written."""
    (project / "page.txt").write_text(pasted_page(), "utf-8")
    before = sorted(project.rglob("*.md"))
    assert main(["draft", "page.txt", "--format", "json"]) == 0
    entry = json.loads(capsys.readouterr().out)[0]
    assert sorted(project.rglob("*.md")) == before
    assert set(entry) >= {
        "path", "draft", "title", "url", "publisher", "author", "date", "language", "text", "sentences", "quotes", "suggestions", "warnings",
    }  # fmt: skip
    assert set(entry["suggestions"]) >= {"countries", "topics", "stage", "summary", "dates", "actors"}
    assert entry["draft"] is None
    assert entry["date"] is None
    assert entry["title"] == TITLE
    assert entry["text"] == "\n".join(BODY)
    assert "14%" in entry["suggestions"]["figures"]
    assert "$3.2 billion" in entry["suggestions"]["figures"]


def test_many_inputs_into_a_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each input gives a draft under its own stem; one that is refused does not stop the others."""
    (project / "a.txt").write_text(f"{TITLE}\n\n{ENGLISH}", "utf-8")
    (project / "b.txt").write_bytes(b"")
    (project / "c.pdf").write_bytes(
        pdf_file(["A law on mining halls", *[f"Article {n}. The law sets the terms for halls of the kingdom." for n in range(9)]])
    )
    assert main(["draft", "a.txt", "b.txt", "c.pdf", "-o", "out", "--format", "json"]) == 1
    captured = capsys.readouterr()
    entries = json.loads(captured.out)
    assert [entry["draft"] for entry in entries] == [str(Path("out/a.md")), None, str(Path("out/c.md"))]
    assert sorted(path.name for path in (project / "out").iterdir()) == ["a.fingerprint.json", "a.md", "c.fingerprint.json", "c.md"]
    assert captured.err == "b.txt: the file is empty\n"


def test_drafting_twice_needs_force(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft is not written over without --force, and the same input gives the same bytes."""
    (project / "a.txt").write_text(f"{TITLE}\n\n{ENGLISH}", "utf-8")
    assert main(["draft", "a.txt", "-o", "a.md"]) == 0
    first = (project / "a.md").read_bytes()
    assert main(["draft", "a.txt", "-o", "a.md"]) == 1
    assert "--force" in capsys.readouterr().err
    assert main(["draft", "a.txt", "-o", "a.md", "--force"]) == 0
    assert (project / "a.md").read_bytes() == first


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", bytes(range(256)) * 50, "binary"),
        ("a.html", b"<html><body><p>Sign in to read</p></body></html>", "paste the text"),
        ("a.html", b"<p>word</p>" * 950_000, "larger"),
        ("a.txt", "Zażółć gęślą jaźń. ".encode("iso8859-2") * 40, "encoding"),
        ("a.txt", ("Blorp zint qarl fumex drath oliv krint. " * 30).encode(), "language"),
        ("a.docx", b"PK\x03\x04", "is not read"),
        ("a.txt", ENGLISH.encode(), "--date"),
        ("a.pdf", b"%PDF-1.7\n", "PDF"),
    ],
)
def test_bad_input_writes_nothing(project: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str) -> None:
    """Bad input: one clear line, exit 1, nothing written."""
    (project / name).write_bytes(data)
    before = sorted(path for path in project.rglob("*") if ".cache" not in path.parts)
    assert main(["draft", name]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert said in captured.err
    assert captured.err.startswith(f"{name}: ")
    assert captured.out == ""
    assert sorted(path for path in project.rglob("*") if ".cache" not in path.parts) == before


def test_names_with_escapes_are_shown_printably(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing from outside reaches the terminal raw."""
    assert main(["draft", "no\x1b[2Jsuch.txt"]) == 1
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "a.txt", "--date", "2026-13"],
        ["draft", "a.txt", "b.txt", "-o", "x.md"],
        ["draft", "a.txt", "--allow-host", "localhost"],
        ["draft", "a.txt", "--content", "nowhere"],
        ["new", "--countries", "RX", "--topics", "mining", "Ruritania signs its law"],
        ["new", "--countries", "RU", "--topics", "minin", "Ruritania signs its law"],
        ["new", "--countries", "RU", "--topics", "mining", "short"],
    ],
)
def test_wrong_use_is_status_2(project: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """Wrong use ends with status 2 and one line."""
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_copies_are_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An article that a brief was drafted from already gets a warning that names the brief."""
    (project / "a.txt").write_text(f"{TITLE}\n\n{ENGLISH}\n\n" + "\n\n".join(BODY), "utf-8")
    (project / "b.txt").write_text(ENGLISH + "\n\n" + "\n\n".join(BODY[:9]), "utf-8")
    assert main(["draft", "a.txt", "-o", "content/briefs/2026/2026-05-04-germany-halls.md"]) == 0
    capsys.readouterr()
    assert main(["draft", "b.txt", "--format", "json"]) == 0
    warnings = json.loads(capsys.readouterr().out)[0]["warnings"]
    assert [entry["code"] for entry in warnings if "2026-05-04-germany-halls" in entry["message"]] == ["D1"]


def test_new_brief(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``digest new`` writes an empty brief by date and title and never over another one."""
    words = ["new", "--countries", "DE", "--topics", "mining,payments", "--date", "2026-05-04", "Germany signs its law on mining"]
    assert main(words) == 0
    data = front_of(project / "content/briefs/2026/2026-05-04-germany-signs-its-law-on-mining.md")
    assert data["topics"] == ["mining", "payments"]
    assert data["added"] == "2026-11-22"
    assert main(words) == 2
    assert "--force" in capsys.readouterr().err
