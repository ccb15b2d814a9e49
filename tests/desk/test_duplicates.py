"""Warning D1: copies of what a brief on the shelf tells already."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from plugins.desk import duplicates
from plugins.desk.duplicates import Shelf, find_duplicates
from plugins.desk.fingerprint import Fingerprint
from plugins.desk.shelf import STATE, read_shelf

WORDS = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in ("ra", "ton", "vis", "mel", "dor", "pin", "sul", "gat")]


def write_text(seed: int, length: int = 300) -> str:
    """A text that nobody wrote."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(length))


def put(folder: Path, name: str, text: str | None, url: str = "") -> Path:
    """A brief, with a fingerprint where it has a text."""
    year = folder / name[:4]
    year.mkdir(parents=True, exist_ok=True)
    address = f"  - url: {url}\n    title: A page\n" if url else "  - title: A page\n"
    (year / f"{name}.md").write_text(f"---\ntitle: A brief\nsources:\n{address}---\nBody.\n", "utf-8")
    if text is not None:
        (year / f"{name}.fingerprint.json").write_text(Fingerprint.from_text(None, text).to_json(), "utf-8")
    return year / f"{name}.md"


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    """A folder with three briefs."""
    folder = tmp_path / "briefs"
    put(folder, "2022-01-01-one", write_text(1), "https://www.news.example/one/amp?utm_source=x")
    put(folder, "2023-02-02-two", write_text(2))
    put(folder, "2024-03-03-three", None, "http://law.example/three")
    return folder


def ids(folder: Path, text: str, *urls: str) -> list[str]:
    """The briefs named for an article."""
    return [found.id for found in find_duplicates(Fingerprint.from_text(None, text), urls, folder, None)]


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_a_copy_is_named_however_much_was_dropped(briefs: Path, share: float) -> None:
    """Half of a text, in another frame, is still that text; a fifth as well."""
    words = write_text(1).split()
    kept = " ".join(words[: int(len(words) * share)])
    assert ids(briefs, f"{write_text(90, 20)} {kept} {write_text(91, int(250 * (1 - share)))}") == ["2022-01-01-one"]


def test_an_unrelated_text_is_not_named(briefs: Path) -> None:
    """Chance hits of eight bits are taken off."""
    assert not [found for seed in range(100, 200) for found in ids(briefs, write_text(seed))]


@pytest.mark.parametrize("url", ["http://news.example/one", "https://m.news.example/one/?fbclid=1", "https://news.example/one/amp"])
def test_an_equal_address_is_named_always(briefs: Path, url: str) -> None:
    """Scheme, www, /amp and tracking parameters do not make another page."""
    assert ids(briefs, write_text(300), url) == ["2022-01-01-one"]
    assert ids(briefs, write_text(300), "https://law.example/three") == ["2024-03-03-three"]


def test_the_message_names_the_brief_and_what_to_do(briefs: Path) -> None:
    """A contributor learns where the source belongs."""
    (found,) = find_duplicates(Fingerprint.from_text(None, write_text(2)), (), briefs, None)
    assert "2023-02-02-two" in found.message
    assert "add it as a source" in found.hint
    assert found.share > 0.9


def test_the_brief_that_is_drafted_again_is_no_duplicate_of_itself(briefs: Path) -> None:
    """``--force`` over a draft warns of nothing."""
    assert not find_duplicates(Fingerprint.from_text(None, write_text(2)), (), briefs, None, own_id="2023-02-02-two")


def test_many_briefs_are_searched_by_their_smallest_values(briefs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way to the likely ones finds what the long way finds."""
    for seed in range(400, 430):
        put(briefs, f"2025-01-01-b{seed}", write_text(seed, 100 + 10 * (seed % 40)))
    articles = [" ".join(write_text(seed, 200).split()[:60]) + " " + write_text(seed + 500, 150) for seed in range(395, 435)]
    entries = read_shelf(briefs, None)

    def answers() -> list[list[str]]:
        shelf = Shelf(entries)
        return [[found.id for found in shelf.find(Fingerprint.from_text(None, text))] for text in articles]

    long_way = answers()
    monkeypatch.setattr(duplicates, "_EXACT_UP_TO", 5)
    assert answers() == long_way
    assert sum(map(len, long_way)) >= 25


def test_the_state_follows_the_files(briefs: Path, tmp_path: Path) -> None:
    """New, changed and deleted briefs are seen; unchanged ones are not read again."""
    cache = tmp_path / "cache"
    first = read_shelf(briefs, cache)
    assert read_shelf(briefs, cache) == first == read_shelf(briefs, None)
    put(briefs, "2022-01-01-one", write_text(7))
    (briefs / "2023" / "2023-02-02-two.md").unlink()
    put(briefs, "2026-01-01-new", None)
    second = read_shelf(briefs, cache)
    assert [entry.id for entry in second] == ["2022-01-01-one", "2024-03-03-three", "2026-01-01-new"]
    assert second == read_shelf(briefs, None)


def test_a_damaged_state_is_replaced(briefs: Path, tmp_path: Path) -> None:
    """The state is a convenience: nothing depends on it."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / STATE).write_bytes(b"no database " * 100)
    assert read_shelf(briefs, cache) == read_shelf(briefs, None)
    assert read_shelf(briefs, cache) == read_shelf(briefs, None)


def test_bad_neighbours_are_passed_over(briefs: Path) -> None:
    """Unreadable fingerprints and briefs, symbolic links and strange addresses stop nobody's draft."""
    year = briefs / "2022"
    (year / "2022-05-05-bad.fingerprint.json").write_text('{"v": 1}', "utf-8")
    (year / "2022-05-05-bad.md").write_bytes(b"\xff\xfe")
    (year / "2022-06-06-worse.md").write_text("---\nsources: [{url: 'http://[::1'}, 5, {url: [a]}]\n---\n", "utf-8")
    (year / "2022-07-07-link.md").symlink_to("/dev/zero")
    assert ids(briefs, write_text(1)) == ["2022-01-01-one"]
