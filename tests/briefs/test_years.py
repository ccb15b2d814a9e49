"""Years that are as they were give their briefs and faults without a look at their files: always those that a first build finds."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plugins.briefs.joining import Joiner
from plugins.briefs.rows import KeptYear
from plugins.briefs.shelf import Shelf, Stock
from plugins.domain.brief import Brief
from plugins.domain.faults import Fault
from plugins.press.inputs import digest_inputs
from plugins.press.state import State
from tests.site_content import write_brief, write_content

Edit = Callable[[Path, random.Random], None]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is too young to be trusted."""
    for module in ("plugins.press.inputs", "plugins.briefs.shelf"):
        monkeypatch.setattr(f"{module}.GRAIN", 0)


def read(content: Path, cache: Path) -> tuple[Stock, set[str]]:
    """What a build finds, and the years that it did not look into."""
    listed: dict[str, object] = {}
    digest_inputs([content], {}, "", listed)  # type: ignore[arg-type]
    state = State(cache)
    try:
        shelf = Shelf(content, state, "content", listed=listed)  # type: ignore[arg-type]
        stock = shelf.read()
        state.commit()
        return stock, set(shelf._years.whole)
    finally:
        state.close()


def told(stock: Stock) -> tuple[object, ...]:
    """What readers and contributors see of it."""
    return stock.collection.briefs, stock.faults, sorted(stock.paths), stock.found, stock.refused


def _file(content: Path, rng: random.Random) -> Path:
    return rng.choice(sorted((content / "briefs").glob("2*/*.md")))


def _change(old: str, new: str) -> Edit:
    def edit(content: Path, rng: random.Random) -> None:
        file = _file(content, rng)
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    return edit


def _misplace(content: Path, rng: random.Random) -> None:
    file = _file(content, rng)
    year = rng.choice([f for f in sorted((content / "briefs").iterdir()) if f.is_dir() and f != file.parent])
    shutil.copy(file, year / file.name)


def _lose(content: Path, rng: random.Random) -> None:
    """A part of what the state keeps of a year is damaged, or all of it."""
    state, folder = State(content.parent / "cache"), _file(content, rng).parent.name
    state.drop_texts(f"briefs/{folder} {part}" for part in rng.sample(KeptYear._fields, rng.randint(1, len(KeptYear._fields))))
    state.commit()
    state.close()


EDITS: dict[str, Edit] = {
    "body": lambda content, rng: _append(_file(content, rng), "\nOne more sentence stands here.\n"),
    "title": _change("\ntitle: ", "\ntitle: Newly, "),
    "fault": _change("\ntopics: [", "\ntopics: [nobody-knows-this, "),
    "title of another": lambda content, rng: _take_title(_file(content, rng), _file(content, rng)),
    "no topic": lambda content, rng: rng.choice(sorted((content / "topics").glob("*.md"))).unlink(),
    "refusal": _change("\nstage: ", "\nstage: nowhere, "),
    "touch": lambda content, rng: _append(_file(content, rng), ""),
    "new": lambda content, rng: _add(content, rng.randrange(10**6)),
    "deleted": lambda content, rng: _file(content, rng).unlink(),
    "misplaced": _misplace,
    "strange": lambda content, rng: (_file(content, rng).parent / "notes.txt").write_text("Notes.") and None,
    "fingerprint": lambda content, rng: _file(content, rng).with_suffix(".fingerprint.json").write_text("{}") and None,
    "lost": _lose,
    "year": lambda content, rng: shutil.rmtree(_file(content, rng).parent),
    "nothing": lambda content, rng: None,
}


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def _take_title(file: Path, other: Path) -> None:
    def title(text: str) -> str:
        return next(line for line in text.splitlines() if line.startswith("title: "))

    text = file.read_text("utf-8")
    file.write_text(text.replace(title(text), title(other.read_text("utf-8")), 1), "utf-8")


def _add(content: Path, number: int) -> None:
    day = f"20{18 + number % 7}-03-{1 + number % 28:02}"
    folder = content / "briefs" / day[:4]
    folder.mkdir(exist_ok=True)
    (folder / f"{day}-norvania-plan-{number}.md").write_text(write_brief(f"Norvania publishes plan {number}", day, "XC", "quiet"), "utf-8")


@pytest.mark.parametrize("seed", range(6))
def test_years_give_what_a_first_build_finds(tmp_path: Path, seed: int) -> None:
    """After any edits, faults and strange files included."""
    rng = random.Random(seed)
    content = tmp_path / "content"
    write_content(content)
    for number in range(12):
        _add(content, number)
    read(content, tmp_path / "cache")
    for step in range(14):
        name = rng.choice(list(EDITS))
        EDITS[name](content, rng)
        time.sleep(0.01)  # longer than the tick of the file system's clock
        found, _ = read(content, tmp_path / "cache")
        first, _ = read(content, tmp_path / f"first-{step}")
        assert told(found) == told(first), (step, name)


def test_only_the_year_of_an_edit_is_looked_into(tmp_path: Path) -> None:
    """The others are whole, with their refused briefs told again."""
    content = tmp_path / "content"
    write_content(content)
    for number in range(7):
        _add(content, number)
    file = content / "briefs/2018/2018-03-01-norvania-plan-0.md"
    file.write_text(file.read_text("utf-8").replace("\nstage: ", "\nstage: nowhere, "), "utf-8")
    first, whole = read(content, tmp_path / "cache")
    assert whole == set()
    assert first.refused == ("content/briefs/2018/2018-03-01-norvania-plan-0.md",)
    time.sleep(0.01)
    _append(content / "briefs/2019/2019-03-02-norvania-plan-1.md", "\nOne more sentence stands here.\n")
    again, whole = read(content, tmp_path / "cache")
    years = {f"briefs/{folder.name}" for folder in (content / "briefs").iterdir()}
    assert whole == years - {"briefs/2019"}
    assert again.refused == first.refused
    assert again.faults == first.faults
    assert again.converted == 1


def test_front_matters_that_fitted_together_are_not_checked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bodies do not matter to them; titles and vocabularies do, and faults are told until they are mended."""
    content = tmp_path / "content"
    write_content(content)
    checks: list[int] = []
    check = Joiner.check

    def note(self: Joiner, briefs: list[Brief], *others: Any) -> list[Fault]:
        checks.append(len(briefs))
        return check(self, briefs, *others)

    monkeypatch.setattr(Joiner, "check", note)

    def edit(file: str, old: str, new: str) -> tuple[list[str], int]:
        path = content / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        time.sleep(0.01)
        checks.clear()
        stock, _ = read(content, tmp_path / "cache")
        return [f.code for f in stock.faults if not f.is_warning], len(checks)

    file = "briefs/2024/2024-10-10-union-custody.md"
    title = next(line for line in (content / file).read_text("utf-8").splitlines() if line.startswith("title: "))
    other = next(p for p in sorted(content.glob("briefs/2024/*.md")) if p.stem not in file)
    taken = next(line for line in other.read_text("utf-8").splitlines() if line.startswith("title: "))
    assert edit(file, "", "") == ([], 1)
    assert edit(file, "", "") == ([], 0)
    assert edit(file, "\n\n", "\n\nA new sentence.\n\n") == ([], 0)
    assert edit(file, title, taken) == (["C701"], 1)
    assert edit(other.relative_to(content).as_posix(), "\n\n", "\n\nAnother sentence.\n\n") == (["C701"], 1)
    assert edit(file, taken, title) == ([], 1)
    (content / "topics/mining.md").unlink()
    found, count = edit(file, "", "")
    assert ("V402" in found, count) == (True, 1)
