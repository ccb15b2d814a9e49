"""Whether the figures of a source bear out a figure of a brief."""

from __future__ import annotations

from decimal import Decimal

from plugins.desk.figure_tokens import write_value
from plugins.desk.figures import Figure

_LARGE = 10_000  # from here on a figure may be rounded without a word of size


class FigureSet:
    """The values that a source states, and whether they bear out a figure of a brief."""

    def __init__(self, values: frozenset[str]) -> None:
        self.values = values
        self._days = {v[-2:] for v in values if v[0] == "d"}
        self._numbers = sorted(Decimal(v.rstrip("%")) for v in values if v[0] not in "dmc" and len(v) > 2)

    def states(self, figure: Figure) -> bool:
        """Whether some reading of the figure is found whole."""
        if figure.is_trivial or any(all(self._has(part, figure) for part in reading) for reading in figure.readings):
            return True
        single = [reading[0] for reading in figure.readings if len(reading) == 1]
        if not figure.sized and any(f"c{value}" in self.values for value in single):
            return True
        return figure.day and any(value.zfill(2) in self._days for value in single)

    def _has(self, part: str, figure: Figure) -> bool:
        if part in self.values:
            return True
        if part[0] in "dm":
            return part[0] == "m" and any(v[0] == "d" and v[1:3] == part[1:] for v in self.values)
        if not part.endswith("%"):
            return part + "%" in self.values or self._is_rounded(Decimal(part), figure)
        return figure.hedged and self._is_rounded(Decimal(part[:-1]), figure)

    def _is_rounded(self, value: Decimal, figure: Figure) -> bool:
        """Whether the source has this value with more digits: within 5% of it, three digits at most, large, sized or hedged."""
        if not (value >= _LARGE or figure.sized or (figure.hedged and not 1900 <= value <= 2100)):
            return False
        digits = _significant(value)
        if digits > 3 or not value:
            return False
        for other in self._numbers:
            if abs(other - value) <= value / 20 and _significant(other) > digits:
                step = Decimal(10) ** (other.adjusted() - digits + 1)
                if abs(other - value) * 2 <= step:
                    return True
        return False


def _significant(value: Decimal) -> int:
    return len(str(write_value(value)).replace(".", "").strip("0")) or 1
