"""What two people are worth to each other: points from 0 to 100 for each criterion, and their weighted sum.

Nothing is read and nobody is written down here. What nobody knows counts as the middle and is told as unknown: an
empty profile is neither an advantage nor a punishment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from craftpath.domain.matching.models import CRITERIA

FULL, MIDDLE = 100, 50
FAR = 90
"""Minutes of travel from which nearness counts nothing."""
NEIGHBOURS = frozenset({frozenset({"day", "early"}), frozenset({"day", "late"})})
LATER = 15
"""Points that each place further down a list of preferences costs."""
UNLISTED = 30

OF_KIND = {
    "master_apprentice": CRITERIA,
    "college_tutor": CRITERIA,
    "layered": ("site", "shift", "language", "goals", "wishes", "results", "continuity"),
    "mutual": ("site", "shift", "language", "goals"),
    "red_white": ("site", "shift", "language", "goals", "wishes"),
}
"""The criteria that mean something for a kind of pair."""


@dataclass(frozen=True, slots=True)
class Side:
    """What counts of one person: words without case, paths of the tree, codes."""

    place: int
    path: str
    occupations: frozenset[str] = frozenset()
    teaches: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    shift: str = ""
    languages: tuple[str, ...] = ()
    result: int | None = None
    wishes: Mapping[int, int] = field(default_factory=dict)
    """seat id of somebody wanted → rank from 1"""


@dataclass(frozen=True, slots=True)
class Between:
    """What is known of the two together: `near` between their places, and whether they are or were a pair."""

    near: int | None
    now: bool = False
    before: bool = False


def plain(word: str) -> str:
    """A word as it is compared: without case, and without more than one space."""
    return " ".join(word.casefold().split())


def nearness(one: str, other: str, step: int, minutes: int | None) -> int:
    """How near two places are: by minutes where somebody wrote them down, else by the tree of organisations."""
    if one == other:
        return FULL
    if minutes is not None:
        return max(0, FULL - minutes * FULL // FAR)
    if one.startswith(other) or other.startswith(one):
        return 80
    shared = 0
    while shared < min(len(one), len(other)) and one[shared : shared + step] == other[shared : shared + step]:
        shared += step
    if shared and shared == len(one) - step == len(other) - step:
        return 60
    return 30 if shared else 10


def points(teacher: Side, learner: Side, ids: tuple[int, int], between: Between) -> tuple[int | None, ...]:
    """Points of each of `CRITERIA` in order, None where nobody knows; `ids` are their seats."""
    found: dict[str, int | None] = {
        "occupation": _occupation(teacher, learner),
        "site": between.near,
        "shift": _shift(teacher.shift, learner.shift),
        "language": _language(teacher.languages, learner.languages),
        "goals": _covered(teacher.teaches, learner.wants),
        "wishes": _wishes(teacher.wishes, learner.wishes, ids),
        "results": teacher.result,
        "continuity": FULL if between.now else MIDDLE if between.before else 0,
    }
    return tuple(found[name] for name in CRITERIA)


def worth(given: tuple[int | None, ...], weights: Mapping[str, int], kind: str) -> int:
    """The weighted sum, in units of weight times points; what is not known counts as the middle."""
    counted = OF_KIND[kind]
    return sum(
        weights.get(name, 0) * (MIDDLE if value is None else value)
        for name, value in zip(CRITERIA, given, strict=True)
        if name in counted
    )


def perfect(weights: Mapping[str, int], kind: str) -> int:
    """What a pair with all points would be worth."""
    return FULL * sum(weights.get(name, 0) for name in OF_KIND[kind])


def _occupation(teacher: Side, learner: Side) -> int | None:
    """Taught before or in the profile; another one only counts against somebody who has taught others."""
    if not learner.occupations:
        return None
    if (teacher.occupations | teacher.teaches) & learner.occupations:
        return FULL
    return 0 if teacher.occupations else None


def _shift(one: str, other: str) -> int | None:
    if not one or not other:
        return None
    if one == other:
        return FULL
    if "rotating" in (one, other):
        return 60
    return MIDDLE if frozenset({one, other}) in NEIGHBOURS else 0


def _language(teacher: tuple[str, ...], learner: tuple[str, ...]) -> int | None:
    if not teacher or not learner:
        return None
    if learner[0] in teacher:
        return FULL
    return 70 if set(learner) & set(teacher) else 0


def _covered(taught: frozenset[str], wanted: frozenset[str]) -> int | None:
    if not taught or not wanted:
        return None
    return FULL * len(taught & wanted) // len(wanted)


def _wishes(teacher: Mapping[int, int], learner: Mapping[int, int], ids: tuple[int, int]) -> int | None:
    stated = [
        FULL - LATER * (mine[whom] - 1) if whom in mine else UNLISTED
        for mine, whom in ((teacher, ids[1]), (learner, ids[0]))
        if mine
    ]
    return sum(stated) // len(stated) if stated else None
