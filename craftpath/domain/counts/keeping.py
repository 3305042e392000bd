"""Counting cohorts and staff anew, and bringing the difference to every organisation above them.

A cohort is counted whole, so that counting twice changes nothing. One transaction writes its gaps, its counts and the
counts above it; whoever counts holds the one row that lets nobody else count meanwhile.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count as Counted
from django.db.models import F

from craftpath.domain.apprenticeships.counting import Placed, homes_of, placed
from craftpath.domain.counts.gaps import gaps_of
from craftpath.domain.counts.measures import (
    COLLEGE,
    EVER,
    GAP,
    HOST,
    MEMBERS,
    PEOPLE,
    RESULTS,
    ROLE,
    SHOWN,
    STAFF,
)
from craftpath.domain.counts.models import CohortCount, Count, Gap, Reading, StaffCount
from craftpath.domain.evaluation.counting import judged_in, shown_of
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.rows import insert_rows
from craftpath.kernel.tenancy import paths_to

AT_ONCE = 100  # cohorts of one transaction
NAMED = 800  # values that one question names

Cell = tuple[int, int, int | None, str, str, date]  # cohort, college, enterprise, measure, key, day
Above = tuple[int, str, str, str, date]  # place, side, measure, key, day


def recount(cohorts: Collection[int]) -> None:
    """Count these cohorts anew, a hundred at a time; completed ones count no more."""
    ids = sorted(cohorts)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with transaction.atomic():
            alone()
            _recount(some)


def alone() -> None:
    """Wait until nobody else counts, until the open transaction ends."""
    Reading.objects.get_or_create(key="lock")
    Reading.objects.select_for_update().get(key="lock")


def _recount(cohorts: list[int]) -> None:
    people = placed(cohorts=cohorts)
    gaps = gaps_of(people)
    _keep_gaps(cohorts, people, gaps)
    wanted = counted(cohorts, people, gaps)
    kept: dict[Cell, tuple[int, int]] = {}
    rows = CohortCount._base_manager.filter(cohort__in=cohorts).order_by()
    for pk, n, cohort, college, host, measure, key, day in rows.values_list(
        "pk", "n", "cohort_id", "college_id", "host_id", "measure", "key", "day"
    ):
        kept[cohort, college, host, measure, key, day] = (pk, n)
    changed = {cell: n for cell, n in wanted.items() if kept.get(cell, (0, 0))[1] != n}
    gone = {cell: n for cell, (_pk, n) in kept.items() if cell not in wanted}
    old = [kept[cell][0] for cell in (*changed, *gone) if cell in kept]
    for start in range(0, len(old), NAMED):
        CohortCount._base_manager.filter(pk__in=old[start : start + NAMED]).delete()
    insert_rows(
        CohortCount,
        ["cohort", "college", "host", "measure", "key", "day", "n"],
        [(*cell, n) for cell, n in changed.items()],
    )
    moved: Counter[Cell] = Counter()
    for cell, n in changed.items():
        moved[cell] += n - kept.get(cell, (0, 0))[1]
    for cell, n in gone.items():
        moved[cell] -= n
    _carry_up(_sides(moved))


def counted(
    cohorts: Iterable[int], people: Sequence[Placed], gaps: dict[int, dict[str, date]]
) -> Counter[Cell]:
    """What there is to be counted of these cohorts, from the record alone; three queries more."""
    found: Counter[Cell] = Counter()
    for row in people:
        place = (row.cohort, row.college, row.host)
        found[*place, PEOPLE, row.stage, EVER] += 1
        for kind, day in gaps.get(row.pk, {}).items():
            found[*place, GAP, kind, day] += 1
    homes = homes_of(cohorts)
    judged = judged_in(homes)
    for told in judged:
        for key, n in (
            ("complete", told.complete),
            ("open", told.people - told.complete),
            ("undecided", told.complete - told.decided),
            ("met", told.met),
        ):
            if n:
                found[told.cohort, homes[told.cohort], told.host, RESULTS, key, EVER] += n
    here = Counter((row.cohort, row.stage) for row in people)
    for (cohort, stage), cells in shown_of(judged, here).items():
        for key, n in zip(("people", "told", "complete"), cells, strict=True):
            if n:
                found[cohort, homes[cohort], None, SHOWN, f"{key}/{stage}", EVER] += n
    return found


def _keep_gaps(cohorts: list[int], people: Iterable[Placed], gaps: dict[int, dict[str, date]]) -> None:
    wanted = {
        (row.pk, kind): (day, row.college, row.host) for row in people for kind, day in gaps[row.pk].items()
    }
    kept, old = {}, []
    rows = Gap._base_manager.filter(enrolment__cohort__in=cohorts).order_by()
    for pk, who, kind, *told in rows.values_list(
        "pk", "enrolment_id", "kind", "since", "college_id", "host_id"
    ):
        if wanted.get((who, kind)) == tuple(told):
            kept[who, kind] = pk
        else:
            old.append(pk)
    for start in range(0, len(old), NAMED):
        Gap._base_manager.filter(pk__in=old[start : start + NAMED]).delete()
    new = [(*key, *told) for key, told in wanted.items() if key not in kept]
    insert_rows(Gap, ["enrolment", "kind", "since", "college", "host"], new)


def _sides(moved: Counter[Cell]) -> Counter[Above]:
    """The same differences by place: at the college, and at the enterprise what is not for colleges only."""
    found: Counter[Above] = Counter()
    for (_cohort, college, host, *what), n in moved.items():
        found[college, COLLEGE, *what] += n  # type: ignore[index]
        if host is not None:
            found[host, HOST, *what] += n  # type: ignore[index]
    return found


def _carry_up(moved: Counter[Above]) -> None:
    """Add differences to the counts of each place and of every organisation above it."""
    above = _above({place for place, *_what in moved})
    sums: Counter[Above] = Counter()
    for (place, *what), n in moved.items():
        for one in above[place]:
            sums[one, *what] += n  # type: ignore[index]
    sums = Counter({key: n for key, n in sums.items() if n})
    if not sums:
        return
    known = _known({place for place, *_what in sums})
    insert_rows(
        Count,
        ["place", "side", "measure", "key", "day"],
        [key for key in sums if key not in known],
        {"n": 0},
    )
    known = _known({place for place, *_what in sums})
    by_difference: dict[int, list[int]] = defaultdict(list)
    for key, n in sums.items():
        by_difference[n].append(known[key])
    for n, pks in by_difference.items():
        for start in range(0, len(pks), NAMED):
            Count._base_manager.filter(pk__in=pks[start : start + NAMED]).update(n=F("n") + n)
    Count._base_manager.filter(place__in={place for place, *_what in sums}, n=0).delete()


def _known(places: set[int]) -> dict[Above, int]:
    rows = Count._base_manager.filter(place__in=places).order_by()
    return {
        tuple(key): pk  # type: ignore[misc]
        for pk, *key in rows.values_list("pk", "place_id", "side", "measure", "key", "day")
    }


def _above(places: set[int]) -> dict[int, list[int]]:
    """place → itself and every organisation above it; two queries."""
    paths = dict(Organisation.objects.filter(pk__in=places).values_list("pk", "path"))
    every = {path for own in paths.values() for path in paths_to(own)}
    ids = dict(Organisation.objects.filter(path__in=every).values_list("path", "pk"))
    return {place: [ids[path] for path in paths_to(own)] for place, own in paths.items()}


def recount_staff(places: Collection[int], today: date) -> None:
    """Count the people with a role at these organisations anew, as roles stand today."""
    if not places:
        return
    with transaction.atomic():
        alone()
        held = memberships_on(today).filter(organisation__in=places).order_by()
        people = Counted("person", distinct=True)  # somebody with two roles is one person of the place
        by_role = held.values_list("organisation_id", "role").annotate(n=people)
        wanted = {(place, role): n for place, role, n in by_role}
        everybody: Any = held.values_list("organisation_id").annotate(n=people)
        wanted |= {(place, ""): n for place, n in everybody}
        rows = StaffCount.objects.filter(place__in=places)
        kept = {
            (place, role): (pk, n) for pk, place, role, n in rows.values_list("pk", "place_id", "role", "n")
        }
        moved: Counter[Above] = Counter()
        changed = {}
        for key in {*wanted, *kept}:
            before, after = kept.get(key, (0, 0))[1], wanted.get(key, 0)
            if before != after:
                changed[key] = after
                place, role = key
                moved[place, STAFF, ROLE if role else MEMBERS, role, EVER] += after - before
        StaffCount.objects.filter(pk__in=[kept[key][0] for key in changed if key in kept]).delete()
        insert_rows(StaffCount, ["place", "role", "n"], [(*key, n) for key, n in changed.items() if n])
        _carry_up(moved)
