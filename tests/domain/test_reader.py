"""A brief of which only the body changed is read without a look at its front matter, and as if it were read anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.domain import reader
from plugins.domain.reader import Known, Reading, read_brief
from tests.site_content import write_brief

PROJECT = Path(__file__).parents[2]
TEXT = write_brief("Ruritania passes its mining act", "2024-11-08", "XA", "mining")
NAME = "2024-11-08-ruritania-passes-mining-act.md"


def read(folder: Path, text: str, known: Known | None = None) -> Reading:
    """The brief of a text."""
    file = folder / "2024" / NAME
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_brief(file, NAME, known)


def known_of(found: Reading) -> Known:
    """What is remembered of a good brief."""
    assert found.brief is not None
    assert not found.faults
    return Known(found.brief, found.before_body)


def told(found: Reading) -> tuple[object, ...]:
    """All that a reading says."""
    return found.brief, found.html, found.faults, found.raw, found.before_body


def test_a_front_matter_that_did_not_change_is_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is what checks it even imported."""
    known = known_of(read(tmp_path, TEXT))
    edited = f"{TEXT}\nOne more sentence on [Ruritania](/countries/ruritania/) stands here.\n"
    anew = read(tmp_path, edited)
    monkeypatch.setattr(reader, "split_front_matter", lambda *args: pytest.fail("it was looked at"))
    again = read(tmp_path, edited, known)
    assert told(again) == told(anew)
    assert again.brief is not None
    assert again.brief.links == ("/countries/ruritania/",)
    assert again.brief.digest != known.brief.digest


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("sources:", "source:")], ids=["good", "faults"])
def test_reading_does_without_pydantic(tmp_path: Path, text: str) -> None:
    """Its engine checks the values; the rest, which takes several times as long to import, is for the JSON Schema."""
    found = read(tmp_path, text)
    probe = f"""
import sys
from plugins.domain.reader import read_brief
print(len(read_brief({str(tmp_path / "2024" / NAME)!r}, {NAME!r}).faults))
print("loaded", sorted({{"pydantic", "pydantic_core", "annotated_types", "typing_inspection"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", probe], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(len(found.faults)), "loaded ['pydantic_core']"]


EDITS = {
    "title": lambda text: text.replace("passes", "adopts"),
    "a comment": lambda text: text.replace("stage: proposal", "stage: proposal  # as of today"),
    "a warning": lambda text: text.replace("stage: proposal", "stage: bill"),
    "a fault of the front matter": lambda text: text.replace("[mining]", "[mining, mining]"),
    "a short body": lambda text: text.partition("ai: none\n---\n")[0] + "ai: none\n---\n\nToo short.\n",
    "a dead mark": lambda text: text + "\n![picture](x.png)\n",
    "a placeholder": lambda text: text + "\nTODO more.\n",
    "a hidden character": lambda text: text + "\nHid\u200bden.\n",
    "no front matter": lambda text: text[4:],
    "two marks of an end": lambda text: text.replace("ai: none\n", "ai: none\n---\n"),
    "lines between": lambda text: text.replace("ai: none\n---\n", "ai: none\n---\n\n  \n\n"),
    "Windows": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_changed_is_read(tmp_path: Path, edit: str) -> None:
    """Faults and their lines are those of a file that nobody knew."""
    known = known_of(read(tmp_path, TEXT))
    text = EDITS[edit](TEXT)
    assert text != TEXT
    assert told(read(tmp_path, text, known)) == told(read(tmp_path, text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(TEXT)), cut=st.integers(0, 30), put=st.text("-\n :[]#*_`<>!\\&a\"'\t\u200b…", max_size=8))
def test_any_edit_is_read_as_if_anew(tmp_path: Path, at: int, cut: int, put: str) -> None:
    """Somewhere in the file."""
    known = known_of(read(tmp_path, TEXT))
    text = TEXT[:at] + put + TEXT[at + cut :]
    assert told(read(tmp_path, text, known)) == told(read(tmp_path, text))
