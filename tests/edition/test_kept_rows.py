"""Rows of briefs that are kept from build to build."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from plugins.domain.brief import Brief
from plugins.edition.kept_rows import KeptRows, Row, pack_rows, unpack_rows
from plugins.press.output import KEY_BYTES
from tests.factories import make_brief, make_edition


@given(st.dictionaries(st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), st.lists(st.binary(max_size=40), max_size=4).map(tuple)))
def test_rows_come_back(rows: dict[bytes, Row]) -> None:
    """Whatever bytes their texts hold, and however many they are."""
    assert unpack_rows(pack_rows(rows)) == rows


class Texts(dict[str, bytes]):
    """Texts in memory."""

    def texts(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those that are there."""
        return {name: self[name] for name in names if name in self}

    def put_texts(self, texts: Iterable[tuple[str, bytes]]) -> None:
        """Keeps them."""
        self.update(texts)


def build(texts: Texts, *briefs: Brief, about: bytes = b"", code: bytes = b"") -> list[str]:
    """The ids of the briefs whose rows were built in a build that keeps its texts."""
    built = []

    def make(brief: Brief) -> Row:
        built.append(brief.id)
        return (brief.title.encode(), brief.id.encode())

    edition = make_edition(briefs)
    edition.texts, edition.code = texts, code
    rows = KeptRows(edition, "rows", about, make)
    assert rows.all(briefs) == rows.all(briefs) == [(b.title.encode(), b.id.encode()) for b in briefs]
    rows.keep()
    return built


def test_a_row_is_built_when_its_brief_changed() -> None:
    """And when the state lost it, or what else it shows changed; other years are left alone."""
    one, two, old = make_brief("2026-11-01-a"), make_brief("2026-11-02-b"), make_brief("2025-11-02-c")
    texts = Texts()
    assert build(texts, one, two, old) == [one.id, two.id, old.id]
    assert build(texts, one, two, old) == []
    kept = texts["rows/2025"]
    assert build(texts, make_brief(one.id, title="Another title"), two, old) == [one.id]
    assert texts["rows/2025"] is kept
    assert build(texts, make_brief(one.id, title="Another title"), old) == []
    del texts["rows/2025"]
    assert build(texts, two, old) == [old.id]
    assert build(texts, two, about=b"another site") == [two.id]
    assert build(texts, two, about=b"another site", code=b"other code") == [two.id]


def test_rows_of_briefs_that_went_are_dropped() -> None:
    """When their year is written again."""
    one, two, three = (make_brief(f"2026-11-0{n}-x") for n in (1, 2, 3))
    texts = Texts()
    build(texts, one, two)
    build(texts, two, three)
    assert set(unpack_rows(texts["rows/2026"][KEY_BYTES:])) == {two.head, three.head}
