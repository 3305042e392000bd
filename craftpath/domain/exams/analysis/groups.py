"""Questions that are harder for one of two groups of equal score, and never a word about a group that is too small.

Mantel and Haenszel's comparison needs a hundred people on either side. Groups under five are not even counted; where
the size of one could be had by taking the others from the whole, the next smallest is not counted either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import enrolments

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis.sheets import Sheet
    from craftpath.engines.psychometrics.fairness import Functioning

LEAST_SHOWN = 5
LEAST_COMPARED = 100
KINDS = ("cohort", "college", "enterprise", "language")
COLLEGE_ONLY, NOT_SAID = "-", "-"


@dataclass(frozen=True, slots=True)
class Group:
    """People who have something in common; `n` is None where it is not told. `name` is the JSON of a text, or a code.

    `compared` says whether the group and all others beside it are large enough for figures.
    """

    key: str
    name: object
    n: int | None
    compared: bool
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way of telling people apart: its kind and its groups by size, those that are not counted last."""

    kind: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Harder:
    """The comparison of a group with all others, question by question."""

    group: Group
    found: Functioning


def groupings(sheet: Sheet) -> list[Grouping]:
    """The ways in which those of whom all is marked differ; one query. A way with a single group is none."""
    complete = [n for n, total in enumerate(sheet.totals) if total is not None]
    people = {n: sheet.table.candidates[sheet.rows[n]].enrolment_id for n in complete}
    asked = enrolments().filter(pk__in=set(people.values())).order_by()
    told = asked.values_list(
        "pk", "cohort__public_id", "cohort__name", "cohort__organisation__public_id",
        "cohort__organisation__name", "enterprise__public_id", "enterprise__name", "person__language",
    )  # fmt: skip
    of = {
        pk: {
            "cohort": (cohort, cohort_name),
            "college": (college, college_name),
            "enterprise": (enterprise or COLLEGE_ONLY, enterprise_name or ""),
            "language": (language or NOT_SAID, language),
        }
        for pk, cohort, cohort_name, college, college_name, enterprise, enterprise_name, language in told
    }
    found = []
    for kind in KINDS:
        names: dict[str, object] = {}
        members: dict[str, set[int]] = {}
        for n, enrolment in people.items():
            if enrolment in of:
                key, name = of[enrolment][kind]
                names[key] = name
                members.setdefault(key, set()).add(n)
        if len(members) > 1:
            found.append(Grouping(kind, _groups(names, members)))
    return found


def _groups(names: dict[str, object], members: dict[str, set[int]]) -> tuple[Group, ...]:
    sizes = {key: len(some) for key, some in members.items()}
    hidden = hidden_of(sizes)
    whole = sum(sizes.values())
    rows = [
        Group(
            key,
            names[key],
            None if key in hidden else sizes[key],
            key not in hidden and min(sizes[key], whole - sizes[key]) >= LEAST_COMPARED,
            frozenset(members[key]),
        )
        for key in sizes
    ]
    return tuple(sorted(rows, key=lambda one: (one.n is None, -(one.n or 0), str(one.key))))


def hidden_of(sizes: dict[str, int], least: int = LEAST_SHOWN) -> set[str]:
    """Groups that are not counted: those under `least`, and the next smallest until nothing follows by subtraction.

    What is hidden is at least two groups of together `least` people or more, so that the whole less what is shown
    gives no single group away.
    """
    rising = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = [key for key in rising if sizes[key] < least]
    if not hidden:
        return set()
    for key in rising[len(hidden) :]:
        if len(hidden) >= 2 and sum(sizes[one] for one in hidden) >= least:  # noqa: PLR2004  (no single one)
            break
        hidden.append(key)
    return set(hidden)


def harder(sheet: Sheet, group: Group) -> Harder | None:
    """Compare a group with all others; None where one side is too small."""
    if not group.compared:
        return None
    import numpy as np  # noqa: PLC0415  (slow to import)

    from craftpath.engines.psychometrics.fairness import mantel_haenszel  # noqa: PLC0415  (the same)

    focal = np.zeros(sheet.n, dtype=np.bool_)
    focal[sorted(group.members)] = True
    return Harder(group, mantel_haenszel(sheet.responses, focal, LEAST_COMPARED))


def chosen(ways: Sequence[Grouping], kind: str, key: str) -> tuple[Grouping | None, Group | None]:
    """The way and the group that an address names; else the first that can be compared, else the first."""
    able = [way for way in ways if any(one.compared for one in way.groups)]
    first = next(iter([*able, *ways]), None)
    way = next((one for one in ways if one.kind == kind), first)
    if way is None:
        return None, None
    compared = [one for one in way.groups if one.compared]
    group = next((one for one in compared if one.key == key), compared[0] if compared else None)
    return way, group
