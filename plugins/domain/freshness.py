"""How fresh a brief is, without a clock: when a person checked it last, and when that is due again."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from plugins.domain.brief import Brief
from plugins.domain.dates import day_label

PENDING_DAYS, SETTLED_DAYS = 90, 365


class Review(NamedTuple):
    """What the page says about review by a person."""

    checked: str | None
    due: str | None

    @property
    def text(self) -> str:
        """In words."""
        if not self.checked or not self.due:
            return "Not yet reviewed by a person"
        return f"Last checked by a person on {day_label(self.checked)}; due again on {day_label(self.due)}"


def describe_review(brief: Brief, checked: str | None, standing: Brief | None) -> Review:
    """The review of a brief that a person checked last on some day: due again after 90 days while its measure is pending, 365 once settled."""
    if not checked:
        return Review(None, None)
    settled = (standing or brief).stage.is_settled
    return _review_after(checked, SETTLED_DAYS if settled else PENDING_DAYS)


@lru_cache(maxsize=4096)
def _review_after(checked: str, days: int) -> Review:
    return Review(checked, (date.fromisoformat(checked) + timedelta(days=days)).isoformat())
