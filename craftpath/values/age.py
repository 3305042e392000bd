"""Ages in full years, without a clock."""

from __future__ import annotations

from datetime import date


def age_on(birth: date, day: date) -> int:
    """Full years; whoever is born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
