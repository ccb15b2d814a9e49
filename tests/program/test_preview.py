"""The pages that a branch changes, gathered for a reviewer."""

from __future__ import annotations

from pathlib import Path

from plugins.program.preview import list_changed, main, write_preview


def make_site(root: Path, files: dict[str, str]) -> Path:
    """A folder with files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_changed_new_and_gone_files(tmp_path: Path) -> None:
    """A reviewer gets what is new or other, and hears what is gone; the theme comes along."""
    before = make_site(tmp_path / "a", {"index.html": "1", "x/index.html": "1", "old.html": "1", "theme/style.css": "s"})
    after = make_site(tmp_path / "b", {"index.html": "2", "x/index.html": "1", "new.html": "1", "atom.xml": "f", "theme/style.css": "s"})
    assert list_changed(before, after) == (["atom.xml", "index.html", "new.html"], ["old.html"])
    assert write_preview(before, after, tmp_path / "c") == (2, 3)
    names = sorted(f.relative_to(tmp_path / "c").as_posix() for f in (tmp_path / "c").rglob("*") if f.is_file())
    assert names == ["atom.xml", "changed.html", "index.html", "new.html", "theme/style.css"]


def test_names_are_escaped(tmp_path: Path) -> None:
    """A file name is text in the list, never markup."""
    after = make_site(tmp_path / "b", {"<img src=x>.html": "1"})
    (tmp_path / "a").mkdir()
    write_preview(tmp_path / "a", after, tmp_path / "c")
    assert "<img" not in (tmp_path / "c" / "changed.html").read_text("utf-8")


def test_wrong_use(tmp_path: Path) -> None:
    """A missing site, or a target that is there already, is wrong use."""
    assert main([]) == 2
    assert main([str(tmp_path), str(tmp_path / "missing"), str(tmp_path / "c")]) == 2
    assert main([str(tmp_path), str(tmp_path), str(tmp_path)]) == 2
