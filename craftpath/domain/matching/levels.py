"""Where somebody stands in a chain, guessed from the words of a qualification; the office may say otherwise.

The steps are those of the new eight-level series: apprentice worker, junior, intermediate and advanced worker,
technician, senior technician, special-grade and chief technician. An expert stands with the chief technicians or above.
"""

from __future__ import annotations

STEPS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (8, ("首席专家", "expert")),
    (7, ("首席技师", "chief technician")),
    (6, ("特级技师", "special-grade technician")),
    (5, ("高级技师", "senior technician")),
    (4, ("技师", "technician")),
    (3, ("高级工", "advanced worker")),
    (2, ("中级工", "intermediate worker")),
    (1, ("初级工", "junior worker")),
)
"""(level, words), the longer words before those that they hold."""


def level_of(qualification: str) -> int:
    """The level that a qualification names, 0 where it names none."""
    said = qualification.casefold()
    return next((level for level, words in STEPS if any(word in said for word in words)), 0)
