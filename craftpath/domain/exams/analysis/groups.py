"""Questions that are harder for one of two groups of equal score, and never a word about a group that is too small.

Everybody counts once here, with the first time at the paper, at whichever sitting one looks: else the tables of a
sitting and of all sittings would tell apart who sat again. Mantel and Haenszel's comparison needs a hundred people on
either side. Which groups are counted at all, `suppressing` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q

from craftpath.domain.exams.analysis.suppressing import hidden_within
from craftpath.domain.exams.models import Candidate
from craftpath.domain.exams.queries import sittings
from craftpath.engines.disclosure import LEAST_SHOWN, hidden_of

if TYPE_CHECKING:
    from craftpath.domain.exams.analysis.sheets import Sheet
    from craftpath.engines.psychometrics.fairness import Functioning

LEAST_COMPARED = 100
KINDS = ("cohort", "college", "enterprise", "language")
COLLEGE_ONLY, NOT_SAID = "-", "-"


@dataclass(frozen=True, slots=True)
class Group:
    """`n` people who have something in common, never few. `name` is the JSON of a text, or a code.

    `members` are places in the rows of the sheet of those who are counted. `compared` says whether the group and all
    others beside it are large enough for figures.
    """

    key: str
    name: object
    n: int
    compared: bool
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way of telling people apart: its kind and its groups by size.

    `hidden` says that there are more groups, which are not counted and not named.
    """

    kind: str
    groups: tuple[Group, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """The ways in which people differ, over those of a sheet who are counted (`sheet`), and how many are not.

    `again` have sat the paper before; `few` were at sittings with fewer people than a group may have.
    """

    sheet: Sheet
    ways: tuple[Grouping, ...]
    again: int
    few: int


@dataclass(frozen=True, slots=True)
class Harder:
    """The comparison of a group with all others, question by question."""

    group: Group
    found: Functioning


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody's first time at the paper: at which sitting, and kind → (group, name)."""

    sitting: int
    of: dict[str, tuple[str, object]]


def groupings(sheet: Sheet) -> Compared:
    """The ways in which those who are counted differ; one query. A way with a single group is none."""
    first = _first_times(sheet)
    people = sheet.table.candidates
    by_sitting: dict[int, list[int]] = {}
    for row in sheet.rows:
        if people[row].pk in first:
            by_sitting.setdefault(people[row].sitting_id, []).append(row)
    kept = {row for rows in by_sitting.values() if len(rows) >= LEAST_SHOWN for row in rows}
    counted = (
        sheet if len(kept) == sheet.n else replace(sheet, rows=tuple(n for n in sheet.rows if n in kept))
    )
    told = [first[people[row].pk] for row in counted.rows]
    hidden = _hidden(told)
    ways = [_way(kind, counted, told, hidden[kind]) for kind in KINDS]
    asked = sum(map(len, by_sitting.values()))
    return Compared(
        counted, tuple(way for way in ways if way is not None), sheet.n - asked, asked - len(kept)
    )


def _first_times(sheet: Sheet) -> dict[int, _Person]:
    """candidate id → how they differ, of whoever came to the paper for the first time, as far as the reader sees."""
    came = Q(started_at__isnull=False) | Q(on_paper=True, settlement__isnull=True)
    closed = sittings().filter(state="closed").order_by().values("pk")
    rows = Candidate.objects.filter(came, paper=sheet.paper, sitting__in=closed)
    told = rows.order_by("sitting__starts_at", "pk").values_list(
        "pk", "enrolment__person", "sitting",
        "enrolment__cohort__public_id", "enrolment__cohort__name",
        "enrolment__cohort__organisation__public_id", "enrolment__cohort__organisation__name",
        "enrolment__enterprise__public_id", "enrolment__enterprise__name", "enrolment__person__language",
    )  # fmt: skip
    found: dict[int, _Person] = {}
    seen: set[int] = set()
    for (
        pk,
        person,
        sitting,
        cohort,
        cohort_name,
        college,
        college_name,
        enterprise,
        its_name,
        language,
    ) in told:
        if person in seen:
            continue
        seen.add(person)
        found[pk] = _Person(
            sitting,
            {
                "cohort": (cohort, cohort_name),
                "college": (college, college_name),
                "enterprise": (enterprise or COLLEGE_ONLY, its_name or ""),
                "language": (language or NOT_SAID, language),
            },
        )
    return found


def _hidden(told: Sequence[_Person]) -> dict[str, set[str]]:
    """kind → the groups that one sitting at least does not count."""
    found: dict[str, set[str]] = {kind: set() for kind in KINDS}
    house = {one.of["cohort"][0]: one.of["college"][0] for one in told}
    for sitting in {one.sitting for one in told}:
        there = [one for one in told if one.sitting == sitting]
        for kind in ("enterprise", "language"):
            found[kind] |= hidden_of(_sizes(kind, there))
        colleges, cohorts = hidden_within(_sizes("cohort", there), house)
        found["college"] |= colleges
        found["cohort"] |= cohorts
    return found


def _sizes(kind: str, told: Sequence[_Person]) -> dict[str, int]:
    return dict(Counter(one.of[kind][0] for one in told))


def _way(kind: str, sheet: Sheet, told: Sequence[_Person], hidden: set[str]) -> Grouping | None:
    """One way of telling people apart; None where they do not differ."""
    members: dict[str, set[int]] = {}
    names: dict[str, object] = {}
    for n, one in enumerate(told):
        key, names[key] = one.of[kind][0], one.of[kind][1]
        members.setdefault(key, set()).add(n)
    if len(members) < 2:  # noqa: PLR2004  (one group differs from nobody)
        return None
    whole = {n for n, total in enumerate(sheet.totals) if total is not None}
    rows = [
        Group(
            key,
            names[key],
            len(those),
            min(len(those & whole), len(whole - those)) >= LEAST_COMPARED,
            frozenset(those),
        )
        for key, those in members.items()
        if key not in hidden
    ]
    return Grouping(kind, tuple(sorted(rows, key=lambda one: (-one.n, one.key))), bool(hidden))


def harder(sheet: Sheet, group: Group) -> Harder | None:
    """Compare a group with all others of the sheet that it was counted on; None where one side is too small."""
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
