"""Who is expected in two examinations at one time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from craftpath.domain.exams.models import Candidate, Sitting
from craftpath.values.verdict import YES, Verdict, not_now

LONGEST = timedelta(hours=10)  # a sitting lasts no longer than that
NAMED = 3


def meanwhile(starts_at: datetime, minutes: int, *, but: Sitting | None = None) -> list[int]:
    """Ids of the sittings, planned or under way anywhere, that share a minute with these; one query."""
    ends_at = starts_at + timedelta(minutes=minutes)
    near = Sitting._base_manager.filter(
        state__in=["planned", "open"], starts_at__lt=ends_at, starts_at__gt=starts_at - LONGEST
    )
    if but is not None:
        near = near.exclude(pk=but.pk)
    return [
        pk
        for pk, begins, lasts in near.values_list("pk", "starts_at", "minutes")
        if begins + timedelta(minutes=lasts) > starts_at
    ]


def can_all_come(
    enrolments: Iterable[int], starts_at: datetime, minutes: int, *, but: Sitting | None = None
) -> Verdict:
    """Nobody of these enrolments, as a person, sits elsewhere meanwhile; two queries.

    Other sittings count until they are over, also those of another cohort or college.
    """
    others = meanwhile(starts_at, minutes, but=but)
    if not others:
        return YES
    own = Candidate._base_manager.filter(
        sitting__in=others, enrolment__person__enrolments__in=list(enrolments)
    ).order_by("sitting", "enrolment__number")
    found = list(own.values_list("enrolment__person__name", "sitting__paper__title").distinct())
    if not found:
        return YES
    names = list(dict.fromkeys(name for name, _title in found))
    said = "、".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return not_now("exams.sits_elsewhere", names=said, title=found[0][1])
