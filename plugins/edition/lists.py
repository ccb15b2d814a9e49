"""Lists of 20 a page, numbered from the oldest: a new brief does not renumber them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

PAGE = 20
T = TypeVar("T")


class ListPage(NamedTuple):
    """One page of a list: ``number`` counts from the oldest, None is the index itself with the newest 20 to 39."""

    number: int | None
    start: int  # place of its first entry among all, newest first, from 0
    end: int
    newer: int | None  # number of the next newer page; 0 is the index
    older: int | None


@lru_cache(maxsize=1024)
def split_pages(count: int) -> tuple[ListPage, ...]:
    """The pages of a list of ``count`` entries: the index first, then from the newest to ``/page/1/``.

    The index shows all up to 39; from 40 on ``count // 20 - 1`` full pages of the oldest are split off.
    """
    full = max(count // PAGE - 1, 0)
    pages = [ListPage(None, 0, count - full * PAGE, None, full or None)]
    for number in range(full, 0, -1):
        start = count - number * PAGE
        pages.append(ListPage(number, start, start + PAGE, number + 1 if number < full else 0, number - 1 or None))
    return tuple(pages)


def take(entries: Sequence[T], page: ListPage) -> Sequence[T]:
    """The entries of a page; ``entries`` are newest first."""
    return entries[page.start : page.end]
