"""What workshops give to counting: who registered, who came, who answered. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db.models import Count, Max, Q

from craftpath.domain.surveys.queries import answer_counts
from craftpath.domain.workshops.models import Presence, Workshop
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(
    (
        "workshops.workshop_moved",
        "workshops.registered",
        "workshops.registration_moved",
        "workshops.checked_in",
        "workshops.attendance_imported",
        "workshops.comers_thanked",
    ),
    ("workshop",),
)
"""Facts, and the tables of the star that they may change; the survey is closed and counted with the thanks."""


def workshops(organisations: Collection[int]) -> Iterator[tuple[int, str, date, int, int, int]]:
    """(organisation, workshop, last day, registered, came, answers) of those that are over; three questions."""
    rows = Workshop._base_manager.filter(organisation__in=organisations, state="finished").order_by("pk")
    found = list(
        rows.annotate(last=Max("days__on")).values_list(
            "pk", "organisation_id", "public_id", "last", "survey_id"
        )
    )
    asked = dict(
        Workshop._base_manager.filter(pk__in=[one[0] for one in found])
        .annotate(people=Count("registrations", filter=Q(registrations__state="placed")))
        .values_list("pk", "people")
    )
    came = dict(
        Presence._base_manager.filter(day__workshop__in=[one[0] for one in found])
        .order_by()
        .values_list("day__workshop_id")
        .annotate(people=Count("registration_id", distinct=True))
    )
    answers = answer_counts([one[4] for one in found if one[4] is not None])
    for pk, organisation, public_id, last, survey in found:
        if last is not None:
            yield organisation, public_id, last, asked[pk], came.get(pk, 0), answers.get(survey, 0)


def organisations() -> list[int]:
    """Who held one; one question."""
    return list(Workshop._base_manager.order_by().values_list("organisation_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, organisation) that these facts may have changed; one question."""
    about = {entry.subject.rpartition("/")[2] for entry in entries if entry.fact in HEARD}
    if about:
        rows = Workshop._base_manager.filter(public_id__in=about).order_by()
        yield from (("workshop", pk) for pk in rows.values_list("organisation_id", flat=True).distinct())
