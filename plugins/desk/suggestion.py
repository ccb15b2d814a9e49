"""What the desk suggests, with the reason that a person checks it by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested id: ``weight`` is comparable within one list only, ``reason`` names what was found (``Russia x6, Moscow, ruble``)."""

    id: str
    weight: float
    reason: str

    def as_json(self) -> dict[str, object]:
        """The entry of ``suggestions`` in ``digest draft --format json``."""
        return {"id": self.id, "weight": round(self.weight, 2), "reason": self.reason}


def phrase_reason(counts: dict[str, int], most: int = 6) -> str:
    """The words found, most frequent first, ties in the order in which they were found."""
    ordered = sorted(counts.items(), key=lambda entry: -entry[1])[:most]
    return ", ".join(f"{word} x{count}" if count > 1 else word for word, count in ordered)
