"""Where things stand."""

from __future__ import annotations

import pytest

from plugins.domain.stage import Stage, Status
from plugins.domain.standing import list_in_force, stand_by_country, stand_by_measure
from tests.factories import make_brief

OLD = {"measure": "old-law", "date": "2024-01-01", "countries": ("RU", "FR")}
NEW = {"measure": "new-bill", "date": "2026-01-01", "countries": ("RU",)}
LAW = make_brief("2024-01-01-law", stage=Stage.IN_FORCE, **OLD)
BILL = make_brief("2026-01-01-bill", stage=Stage.BILL, **NEW)

CASES = {
    "a law goes on while a bill is the last report": ([BILL, LAW], {}, {"RU": ["old-law"]}),
    "what is itself in force needs no remark": ([LAW], {}, {}),
    "a measure that moved on in a brief on something else": (
        [BILL],
        {"new-bill": [make_brief("2026-06-01-other", date="2026-06-01", measure="new-bill", stage=Stage.IN_FORCE)]},
        {"RU": ["new-bill"]},
    ),
    "a law that was repealed elsewhere is not in force": (
        [BILL, LAW],
        {"old-law": [make_brief("2025-01-01-end", date="2025-01-01", measure="old-law", stage=Stage.REPEALED), LAW]},
        {},
    ),
    "an event does not bring its measure here": (
        [BILL, make_brief("2024-05-05-court", stage=Stage.COURT, **OLD)],
        {"old-law": [LAW]},
        {},
    ),
    "a withdrawn brief says nothing": ([BILL, make_brief("2024-01-01-law", stage=Stage.IN_FORCE, status=Status.WITHDRAWN, **OLD)], {}, {}),
    "a measure is named once": (
        [BILL, LAW, make_brief("2023-01-01-law", stage=Stage.PASSED, **OLD)],
        {"old-law": [LAW]},
        {"RU": ["old-law"]},
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_what_is_in_force_beside_the_last_report(what: str) -> None:
    """The last report of a country never hides that a measure is in force."""
    briefs, elsewhere, wanted = CASES[what]
    of_measures: dict[str, list] = {}
    for brief in briefs:
        of_measures.setdefault(brief.measure, []).append(brief)
    measures = stand_by_measure(of_measures | elsewhere)
    found = list_in_force(briefs, stand_by_country(briefs), measures, lambda b: b.countries)
    assert {code: [b.measure for b in now] for code, now in found.items()} == wanted


def test_a_measure_without_a_stage_stands_nowhere() -> None:
    """Events alone give no standing."""
    court = make_brief(stage=Stage.COURT, measure="case")
    assert stand_by_measure({"case": [court], "new-bill": [BILL]}) == {"new-bill": BILL}
