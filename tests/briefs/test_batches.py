"""The pages of a month's briefs are looked at again only where something that they show changed."""

from __future__ import annotations

from typing import Any

import pytest

from plugins.briefs.pages import make_batches
from tests.factories import make_brief, make_edition, make_vocabulary

ACT = next(iter(make_vocabulary().measures))
BRIEFS: dict[str, dict[str, Any]] = {
    "2024-05-05-old": {"date": "2024-05-05", "measure": ACT},
    "2025-05-05-later": {"date": "2025-05-05", "measure": ACT},
    "2026-05-05-alone": {"date": "2026-05-05"},
}


def keys(**changed: dict[str, Any]) -> dict[str, bytes]:
    """The key of the batch of each month, by its year; ``changed`` says what is different in one."""
    briefs = [make_brief(id, **(values | changed.get(f"of_{id[:4]}", {}))) for id, values in BRIEFS.items()]
    return {batch.name[:4]: batch.key for batch in make_batches(make_edition(briefs))}


@pytest.mark.parametrize(
    ("changed", "years"),
    [
        ({}, set()),
        ({"of_2024": {"body": "<p>Another text.</p>"}}, {"2024"}),
        ({"of_2024": {"title": "Russia: another title"}}, {"2024", "2025"}),  # the later one of the act links to it
        ({"of_2026": {"title": "Russia: another title"}}, {"2026"}),
        ({"of_2024": {"replaces": ("2024-01-01-first",)}}, {"2024", "2025"}),
    ],
    ids=["nothing", "body", "title in a measure", "title", "an address that leads to it"],
)
def test_a_month_is_asked_for_where_its_pages_change(changed: dict[str, dict[str, Any]], years: set[str]) -> None:
    """And for the months of the other briefs of its measure."""
    before, after = keys(), keys(**changed)
    assert {year for year in before if before[year] != after[year]} == years
