"""What attacks and fuzzing found once, kept: each was published, lost or took long before it was mended."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plugins.domain.addresses import BadAddressError, check_address
from plugins.domain.faults import Fault
from plugins.domain.folders import find_briefs
from plugins.domain.loading import load_vocabulary
from plugins.domain.markup import render_body
from plugins.domain.reader import parse_brief, read_brief
from tests.domain.broken_briefs import GOOD, NAME

STEM = NAME.removesuffix(".md")
HIDDEN = ("\\e[31m", "\\u202e", "\\u200b", "\\0", "\\x08", "\\U000E0041", "\\ufeff", "\\u2028", "\\u0085", "\\ue000", "\\u00ad", "\\u2066")


def codes(text: str) -> list[tuple[int, str]]:
    """Line and code of each fault of a brief."""
    return [(f.line, f.code) for f in parse_brief(text.encode(), NAME, STEM).faults if not f.is_warning]


def with_title(value: str) -> str:
    """The good brief with another title, as YAML text."""
    lines = GOOD.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("title:"))
    return "\n".join([*lines[:at], f"title: {value}", *lines[at + 1 :]])


@pytest.mark.parametrize("escape", HIDDEN)
def test_hidden_characters_written_as_yaml_escapes(escape: str) -> None:
    """Bytes are checked before parsing; what an escape of YAML makes is checked after."""
    assert codes(GOOD) == []
    assert "F106" in [code for _, code in codes(with_title(f'"Ruritania {escape} passes a law"'))]
    assert "F106" in [code for _, code in codes(GOOD.replace("\n---\n", f'\nactors: ["Some {escape} council"]\n---\n', 1))]
    assert "F106" in [code for _, code in codes(GOOD.replace("\n---\n", f'\n"a{escape}": x\n---\n', 1))]


def test_tabs_in_a_line_of_text() -> None:
    """A tab is a column in somebody's table."""
    assert "B303" in [code for _, code in codes(with_title('"Ruritania\\tpasses a law"'))]


def test_a_long_name_is_named_whole(tmp_path: Path) -> None:
    """A file that is refused is named so that it can be found."""
    name = f"2024-05-16-{'a' * 200}.md"
    folder = tmp_path / "briefs" / "2024"
    folder.mkdir(parents=True)
    (folder / name).write_text(GOOD)
    ((_, shown),) = find_briefs(tmp_path / "briefs", [], "briefs")
    assert shown == f"briefs/2024/{name}"
    assert str(read_brief(folder / name, shown).faults[0]).startswith(shown)


@pytest.mark.parametrize("host", ["аррӏе.com", "раураl.com", "соіnbаѕе.com", "кіт.com", "οκτ.com"])
def test_hosts_that_imitate_latin_letters(host: str) -> None:
    """A host wholly of another alphabet's look-alikes is refused as one that mixes them is."""
    with pytest.raises(BadAddressError):
        check_address(f"https://{host}/")


@pytest.mark.parametrize("host", ["минцифры.рф", "пример.испытание", "παράδειγμα.δοκιμή", "例え.テスト"])
def test_hosts_of_other_alphabets(host: str) -> None:
    """Words that nobody takes for Latin ones may be cited."""
    assert check_address(f"https://{host}/")


@pytest.mark.parametrize("line", ["a\n=\n''", "--\n", "---\n%", "a\n=\n--", "- \n''", "| --\n"])
def test_very_many_lines(line: str) -> None:
    """Short lines made thousands of blocks, each looked at again and again: 1 s of processor time."""
    started = time.process_time()
    rendered, faults = render_body((line * 8_000)[:15_900], "x.md", 1)
    assert time.process_time() - started < 0.5
    assert rendered is None
    assert [f.code for f in faults] == ["M601"]


def vocabulary_faults(content: Path, title: str) -> list[Fault]:
    """The faults of a content folder with one topic of that title."""
    (content / "topics").mkdir(parents=True, exist_ok=True)
    (content / "countries.toml").write_text('[XA]\nname = "Ruritania"\nslug = "ruritania"\nkind = "state"\nregion = "Middle Sea"\n')
    (content / "topics/mining.md").write_text(f"---\ntitle: {title}\ndefinition: Running machines.\n---\nText.\n")
    return load_vocabulary(content)[1]


@pytest.mark.parametrize("title", ["{a: b}", "[a, b]", '"a\\nb"', '"a\\tb"', '"a\\eb"', "x" * 2_000])
def test_titles_of_topics_are_one_line_of_text(tmp_path: Path, title: str) -> None:
    """A group of keys, control characters or lines would end up in every page, feed and table."""
    assert vocabulary_faults(tmp_path, "Mining") == []
    assert {f.code for f in vocabulary_faults(tmp_path, title)} <= {"B303", "F106"}
    assert vocabulary_faults(tmp_path, title)


@pytest.mark.parametrize("name", ['"Ruri\\u202Etania"', '"Ruri\\ntania"', '"\\u0007"'])
def test_names_of_countries_are_one_clean_line(tmp_path: Path, name: str) -> None:
    """TOML has escapes too."""
    assert vocabulary_faults(tmp_path, "Mining") == []
    (tmp_path / "countries.toml").write_text(f'[XA]\nname = {name}\nslug = "ruritania"\nkind = "state"\nregion = "Middle Sea"\n')
    assert [f.code for f in load_vocabulary(tmp_path)[1]] == ["V404"]


def test_countries_are_a_regular_file(tmp_path: Path) -> None:
    """A link out of the content folder is not followed, and nothing endless is read."""
    vocabulary_faults(tmp_path, "Mining")
    (tmp_path / "countries.toml").rename(tmp_path / "elsewhere.toml")
    (tmp_path / "countries.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert [f.code for f in load_vocabulary(tmp_path)[1]] == ["V404"]
    (tmp_path / "countries.toml").unlink()
    (tmp_path / "countries.toml").symlink_to("/dev/zero")
    assert [f.code for f in load_vocabulary(tmp_path)[1]] == ["V404"]
