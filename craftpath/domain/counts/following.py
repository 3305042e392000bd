"""Keeping up with the history, which is read like a queue, and once a day a look through everything.

No action waits for a count and no fact needs a job of its own. What a fact names leads to cohorts, and these are
counted anew. Some reactions write without telling, a moment after their fact: so what was told is looked at a second
time when ten minutes have passed. Everything bears being run twice and being killed.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from craftpath.domain.apprenticeships.counting import (
    cohorts_after,
    cohorts_below,
    cohorts_meant,
)
from craftpath.domain.apprenticeships.queries import cohorts_of
from craftpath.domain.counts.keeping import AT_ONCE, recount, recount_staff
from craftpath.domain.counts.models import CohortCount, Count, Gap, Reading, StaffCount
from craftpath.domain.evaluation.counting import cohorts_judged
from craftpath.domain.logbook.since import writers_of
from craftpath.domain.reviews.queries import enrolments_reviewed
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation

BATCH = 500  # facts that are read at one time
SLICE = 15.0  # seconds of a minute
SETTLED = timedelta(minutes=10)
FIRST, SECOND, COHORTS, PLACES = "first", "second", "cohorts", "places"
ROLES = {"kernel.role_given", "kernel.roles_ended", "kernel.roles_kept", "kernel.invitation_accepted"}
WHOLE = {"kernel.bundle_taken", "kernel.records_merged", "kernel.merge_undone"}
_NAMES = {  # what the values of a fact are called → what they are public ids of
    "cohort": "cohort", "enrolment": "enrolment", "enrolments": "enrolment", "evaluation": "evaluation",
    "entry": "entry", "entries": "entry", "reviews": "review",
}  # fmt: skip
_SUBJECTS = {
    "apprenticeships/cohort": "cohort", "apprenticeships/enrolment": "enrolment", "evaluation/evaluation": "evaluation",
    "logbook/entry": "entry", "reviews/review": "review",
}  # fmt: skip


def follow(at: datetime, *, seconds: float = SLICE) -> bool:
    """What a worker does each minute; False if the time was over first, and the next minute goes on from there."""
    ends = time.monotonic() + seconds
    today = timezone.localdate(at)
    newest = _newest()
    settled = _newest(until=at - SETTLED)
    return (
        _read(FIRST, newest, today, ends)
        and _read(SECOND, settled, today, ends)
        and look_through(today, ends)
    )


def _newest(until: datetime | None = None) -> int:
    rows = AuditEntry._base_manager.order_by("-pk")
    if until is None:
        return rows.values_list("pk", flat=True).first() or 0
    reached = _reading(SECOND).reached
    waiting = AuditEntry._base_manager.filter(pk__gt=reached).order_by("pk").values_list("pk", "at")
    found = reached
    for pk, told in waiting[: 20 * BATCH]:
        if told > until:
            break
        found = pk
    return found


def _reading(key: str) -> Reading:
    return Reading.objects.get_or_create(key=key)[0]


def _read(key: str, newest: int, today: date, ends: float) -> bool:
    """Count anew what facts up to `newest` were about; True once none is left."""
    reading = _reading(key)
    if reading.reached == 0 and not CohortCount._base_manager.exists():
        # Nothing was counted yet: the look through everything begins with how it is now.
        Reading.objects.filter(pk=reading.pk).update(reached=newest)
        return True
    reached = reading.reached
    while reached < newest:
        if time.monotonic() > ends:
            return False
        rows = AuditEntry._base_manager.filter(pk__gt=reached, pk__lte=newest).order_by("pk")[:BATCH]
        facts = list(rows.values_list("pk", "fact", "subject", "payload", "organisation_id"))
        if not facts:
            break
        cohorts, places = meant(facts)
        recount(cohorts)
        recount_staff(places, today)
        reached = facts[-1][0]
        Reading.objects.filter(pk=reading.pk).update(reached=reached)
    return True


def meant(facts: Iterable[tuple[int, str, str, dict[str, Any], int | None]]) -> tuple[set[int], set[int]]:
    """The cohorts that may be otherwise since these facts, and the organisations whose staff may be."""
    named: dict[str, set[str]] = defaultdict(set)
    staff: set[int] = set()
    whole: set[int] = set()
    for _pk, fact, subject, payload, place in facts:
        if place is not None and fact in ROLES:
            staff.add(place)
        if place is not None and fact in WHOLE:
            whole.add(place)
        about, _, public_id = subject.rpartition("/")
        if about in _SUBJECTS:
            named[_SUBJECTS[about]].add(public_id)
        for name, kind in _NAMES.items():
            value = payload.get(name)
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    named[kind].add(one)
    people = writers_of(named["entry"]) if named["entry"] else set()
    if named["review"]:
        people |= set(enrolments_reviewed(named["review"]))
    found = set(cohorts_of(people).values()) if people else set()
    if named["evaluation"]:
        found |= cohorts_judged(named["evaluation"])
    if named["cohort"] or named["enrolment"]:
        found |= cohorts_meant(cohorts=named["cohort"], enrolments=named["enrolment"])
    if whole:
        below = [row.pk for place in Organisation.objects.filter(pk__in=whole) for row in place.below()]
        staff.update(below)
        found |= cohorts_below(below)
    return found, staff


def look_through(day: date, ends: float = math.inf) -> bool:
    """Count everything anew, once a day, portion by portion; True once all is done, else it goes on from there."""
    for key, step in ((COHORTS, _cohorts), (PLACES, _places)):
        been = _reading(key)
        if been.day == day:
            continue
        reached = been.reached
        while some := step(reached, day):
            reached = some
            Reading.objects.filter(pk=been.pk).update(reached=reached)
            if time.monotonic() > ends:
                return False
        Reading.objects.filter(pk=been.pk).update(reached=0, day=day)
    return True


def _cohorts(after: int, _day: date) -> int:
    some = cohorts_after(after, AT_ONCE)
    recount(some)
    return some[-1] if some else 0


def _places(after: int, day: date) -> int:
    rows = Organisation.objects.filter(pk__gt=after).order_by("pk")
    some = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    recount_staff(some, day)
    return some[-1] if some else 0


def begin_anew(*, empty: bool = False) -> None:
    """Let the next look through begin with the first cohort; with `empty` from nothing."""
    if empty:
        for table in (Gap, CohortCount, Count, StaffCount):
            table._base_manager.all().delete()
    Reading.objects.filter(key__in=(COHORTS, PLACES)).update(day=None, reached=0)
