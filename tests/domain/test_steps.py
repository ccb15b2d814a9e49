"""Work in steps: done side by side, it gives what it gives alone."""

from __future__ import annotations

import pytest

from plugins.domain.steps import Steps, finish, finish_all


def work(name: str, steps: int, done: list[str]) -> Steps[str]:
    """Notes each of its steps."""
    for number in range(steps):
        done.append(f"{name}{number}")
        yield
    return name


def test_works_are_done_side_by_side() -> None:
    """A step of each, then the next of each; what they give stands in their order."""
    done: list[str] = []
    assert finish_all([work("a", 2, done), work("b", 0, done), work("c", 3, done)]) == ["a", "b", "c"]
    assert done == ["a0", "c0", "a1", "c1", "c2"]
    assert finish_all([]) == []


def test_one_work_is_done_at_once() -> None:
    """The same work alone."""
    done: list[str] = []
    assert finish(work("a", 3, done)) == "a"
    assert done == ["a0", "a1", "a2"]


def test_what_a_work_raises_is_raised() -> None:
    """No fault of ours is lost on the way."""

    def fail() -> Steps[None]:
        yield
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        finish_all([fail(), work("a", 3, [])])
