"""Readings come back from the state as they were put there."""

from __future__ import annotations

import random

import pytest

from plugins.briefs import rows
from plugins.briefs.rows import Reading, load_briefs, pack_briefs, pack_year, readings_of, told_of
from plugins.domain.brief import Brief
from plugins.domain.stage import Grade, Stage, Status
from tests.factories import make_brief


def make_briefs(count: int) -> list[Brief]:
    """Briefs of every kind, in scripts of one, two and four bytes a character."""
    rng = random.Random(count)
    found = []
    for number in range(count):
        brief = make_brief(
            f"2024-01-01-b{number}",
            title=rng.choice(["A law", "Une loi d’été", "法律", "A law \U0001d538"]) + str(number),
            countries=tuple(rng.sample(["RU", "FR", "NO", "US-ND"], rng.randint(1, 3))),
            topics=tuple(rng.sample(["mining", "payments"], rng.randint(1, 2))),
            stage=rng.choice(list(Stage)),
            measure=rng.choice([None, "ru-mining-law"]),
        )
        found.append(
            brief._replace(
                status=rng.choice(list(Status)),
                grade=rng.choice(list(Grade)),
                dates=tuple(rng.sample(["2025", "2025-03", "2025-03-01"], rng.randint(0, 3))),
                revision_count=number % 3,
                links=tuple(rng.sample(["/topics/mining/", "/measures/ru-mining-law/"], rng.randint(0, 2))),
                replaces=("2023-01-01-old",) if number % 4 == 0 else (),
                facts=rng.randbytes(12),
                head=rng.randbytes(12),
                digest=rng.randbytes(12),
            )
        )
    return found


@pytest.mark.parametrize("many", [1 << 16, 0])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_briefs_come_back(monkeypatch: pytest.MonkeyPatch, count: int, many: int) -> None:
    """None, one, and many; with places of two bytes and of four."""
    monkeypatch.setattr(rows, "_MANY", many)
    briefs = make_briefs(count)
    again = load_briefs(pack_briefs(briefs))
    assert again == briefs
    assert all(type(one) is Brief and one.detail() == other.detail() for one, other in zip(again, briefs, strict=True))
    assert all(one.stage is other.stage for one, other in zip(again, briefs, strict=True))


@pytest.mark.parametrize("refused", [0, 1, 3])
@pytest.mark.parametrize("count", [0, 1, 5])
def test_readings_come_back(count: int, refused: int) -> None:
    """Those of refused files too, with their faults, and warnings beside briefs."""
    good = [
        Reading(f"briefs/2024/{b.id}.md", 10**18 + at, at, bytes([at] * 12), "[[1]]" if at == 1 else "", b, bytes([at + 100] * 12))
        for at, b in enumerate(make_briefs(count))
    ]
    bad = [Reading(f"briefs/2024/bad-{at}.md", at, at, bytes([at] * at), "[[2]]", None) for at in range(refused)]
    year = pack_year([*good[:2], *bad, *good[2:]])
    assert readings_of("briefs/2024", year) == bad + good
    assert load_briefs(year.briefs) == [reading.brief for reading in good]
    told = {(reading.path, reading.faults, reading.brief is None) for reading in [*good, *bad] if reading.faults}
    assert set(told_of(year)) == told
