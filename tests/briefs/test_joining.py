"""Faults of briefs that do not fit together say what is to be mended."""

from __future__ import annotations

from pathlib import Path

from plugins.briefs.shelf import Shelf
from plugins.press.state import State
from tests.site_content import write_content

BILL = "briefs/2024/2024-05-16-ruritania-mining-bill.md"
URL = "/briefs/2024-05-16-ruritania-mining-bill/"


def tell(content: Path) -> list[tuple[str, str, str]]:
    """Path, message and cure of each dead link."""
    state = State(content.parent / "cache")
    faults = Shelf(content, state, "content").read().faults
    state.close()
    return [(f.path, f.message, f.hint) for f in faults if f.code == "M603"]


def test_a_link_to_a_brief_with_faults_is_not_to_be_taken_out(tmp_path: Path) -> None:
    """Whoever links to it has to wait for it, and nothing more."""
    content = tmp_path / "content"
    write_content(content)
    assert tell(content) == []
    file = content / BILL
    text = file.read_text("utf-8")
    file.write_text(text.replace("\nstage: ", "\nstage: nowhere, "), "utf-8")
    found = tell(content)
    assert found != []
    for path, message, hint in found:
        assert path != f"content/{BILL}"
        assert message == f"a link to `{URL}`, which is left out: it has faults, or is a draft"
        assert hint == f"leave the link, and mend or publish content/{BILL}"
    file.unlink()
    dead = {(path, message) for path, message, _ in tell(content)}
    assert dead == {(path, f"a link to `{URL}`, which does not exist") for path, _, _ in found}
