"""Columns of briefs that are kept from build to build."""

from __future__ import annotations

import random

import pytest

from plugins.domain.brief import Brief
from plugins.edition.kept_table import KeptTable
from tests.edition.test_kept_rows import Texts
from tests.factories import make_brief, make_edition

BREAKS = (b",\n", b"\n")


def row(brief: Brief) -> tuple[bytes, bytes]:
    """How a brief stands in the columns; the second cell is often empty."""
    return brief.title.encode(), (brief.measure or "").encode()


def build(texts: Texts, *briefs: Brief, about: bytes = b"", code: bytes = b"", some: slice = slice(None)) -> list[str]:
    """The ids of the briefs whose cells were built in a build that keeps its texts and shows ``some`` of the briefs."""
    built = []

    def make(brief: Brief) -> tuple[bytes, bytes]:
        built.append(brief.id)
        return row(brief)

    edition = make_edition(briefs)
    edition.texts, edition.code = texts, code
    shown = edition.collection.briefs[some]
    table = KeptTable(edition, "table", about, make, BREAKS)
    layout = table.lay_out(shown)
    for column, between in enumerate(BREAKS):
        for _ in range(2):
            assert table.join(layout, column) == between.join(row(b)[column] for b in shown)
        assert table.join(layout, column, b"<", b">") == b"<" + table.join(layout, column) + b">"
    if some == slice(None):
        table.bring(edition.collection.briefs)
    table.keep()
    return sorted(built)


def test_a_cell_is_built_when_its_brief_changed() -> None:
    """And when the state lost it, or what else it shows changed; other years are left alone."""
    one, two, old = make_brief("2026-11-01-a"), make_brief("2026-11-02-b"), make_brief("2025-11-02-c")
    texts = Texts()
    assert build(texts, one, two, old) == [old.id, one.id, two.id]
    assert build(texts, one, two, old) == []
    kept = texts["table/2025"]
    assert build(texts, make_brief(one.id, title="Another title"), two, old) == [one.id]
    assert texts["table/2025"] is kept
    del texts["table/2025"]
    assert build(texts, two, old) == [old.id]
    assert build(texts, two, about=b"another site") == [two.id]
    assert build(texts, two, about=b"another site", code=b"other code") == [two.id]


def test_columns_that_stand_as_they_were_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are copied as they are."""
    briefs = [make_brief(f"202{year}-01-0{day}-x") for year in (4, 5) for day in (1, 2)]
    texts = Texts()
    build(texts, *briefs)
    edition = make_edition(briefs)
    edition.texts = texts
    table = KeptTable(edition, "table", b"", row, BREAKS)
    monkeypatch.setattr(table, "_find", None)
    assert table.join(table.lay_out(edition.collection.briefs), 0) == b",\n".join(b.title.encode() for b in edition.collection.briefs)


def test_a_cell_that_holds_the_break_stays_what_it_is() -> None:
    """Cells are told apart by their lengths."""
    texts, odd = Texts(), make_brief("2026-11-01-a", title="One,\ntwo")
    assert build(texts, odd, make_brief("2026-11-02-b")) == ["2026-11-01-a", "2026-11-02-b"]
    assert build(texts, odd, make_brief("2026-11-02-b"), some=slice(1)) == []
    assert build(texts, odd, make_brief("2026-11-02-b", title="Another title")) == ["2026-11-02-b"]


@pytest.mark.parametrize("seed", range(8))
def test_any_history_gives_the_cells_of_the_briefs(seed: int) -> None:
    """Briefs that come, change, go, are dated in another year, and builds that show only some of them."""
    rng, texts, briefs = random.Random(seed), Texts(), dict[str, Brief]()
    for _ in range(40):
        id = f"202{rng.randrange(3)}-0{rng.randint(1, 3)}-01-{rng.choice('abcd')}"
        if rng.random() < 0.25:
            briefs.pop(id, None)
        else:
            date = rng.choice([id[:10], id[:10], f"202{rng.randrange(3)}-05-05"])
            briefs[id] = make_brief(id, title=f"Title {rng.randrange(9)}", date=date)
        build(texts, *briefs.values(), some=rng.choice([slice(None), slice(None), slice(None, None, 2), slice(2)]))
