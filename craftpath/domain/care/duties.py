"""Duties of care: incidents to classify, to notify, to close, measures; complaints to move on.

An incident is heard of by those who may look after it, and a measure by its owner. A complaint is heard of by its
handlers and, when its step is late, by its complainant: whoever is named in it, and every office, hears nothing and
finds no figure. Nobody is told of a handler who is late, as there is nobody else for whom the complaint exists.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, When

from craftpath.domain.care.models import Complaint, Incident, Measure, Named, Notification
from craftpath.domain.care.states import OPEN
from craftpath.kernel.access import memberships_on
from craftpath.kernel.duties import Asked, columns, duty, first_of
from craftpath.kernel.organisations import Kind
from craftpath.kernel.roles import Permission, Role, of_office

KEEPERS = [
    role.value for role in Role if {Permission.HANDLE_CARE, Permission.REPORT_INCIDENTS} <= of_office(role)
]


@duty("care.triage", subject="care.incident")
def incidents_to_classify(asked: Asked) -> models.QuerySet[Any]:
    """Incidents that nobody has classified."""
    rows = _incidents(asked).filter(state="reported")
    return columns(rows, subject="public_id", anchor="reported_at", place=_place(asked))


@duty("care.notification", subject="care.incident")
def incidents_to_notify(asked: Asked) -> models.QuerySet[Any]:
    """Incidents of which an authority or an insurer is still to be told, by the first of their moments.

    The moments were counted from the rows of their country (see `terms`) when it was reported or classified.
    """
    waiting = Notification.objects.filter(
        incident__in=_incidents(asked).values("pk"), done_at__isnull=True, waived_at__isnull=True
    )
    return first_of(
        waiting, subject="incident__public_id", anchor="due_at", place=_place(asked, "incident__")
    )


@duty("care.close", subject="care.incident")
def incidents_to_close(asked: Asked) -> models.QuerySet[Any]:
    """Incidents that are classified: looked into, measures carried out, closed."""
    rows = _incidents(asked).exclude(state="reported")
    return columns(rows, subject="public_id", anchor="reported_at", place=_place(asked))


@duty("care.measure", subject="care.incident")
def measures_to_carry_out(asked: Asked) -> models.QuerySet[Any]:
    """Measures of whoever took them on, by the first of their days at one incident."""
    rows = Measure.objects.filter(incident__in=_incidents(asked).values("pk"), done_at__isnull=True)
    return first_of(
        rows,
        subject="incident__public_id",
        anchor="due_on",
        place=_place(asked, "incident__"),
        who="owner_id",
    )


@duty("care.complaint", subject="care.complaint")
def complaints_to_move_on(asked: Asked) -> models.QuerySet[Any]:
    """Open complaints by the day of their next step, of each who handles them; never of somebody who is named."""
    named = Named.objects.filter(complaint=OuterRef("pk"), named=OuterRef("holder"))
    rows = Complaint.objects.filter(state__in=OPEN, due_on__isnull=False, handlers__ended_at__isnull=True)
    return columns(
        rows.annotate(holder=F("handlers__handler_id")).filter(~Exists(named), holder__isnull=False),
        subject="public_id",
        anchor="due_on",
        place="handlers__organisation_id",
        who="holder",
    )


@duty("care.complaint_late", subject="care.complaint")
def complaints_left_lying(asked: Asked) -> models.QuerySet[Any]:
    """Own complaints whose step is over without an answer, until they are decided.

    The complainant alone can have somebody else found, or take it outside.
    """
    rows = Complaint.objects.filter(state__in=OPEN, due_on__isnull=False).exclude(state="decided")
    return columns(rows, subject="public_id", anchor="due_on", place="organisation_id", who="person_id")


def _incidents(asked: Asked) -> models.QuerySet[Incident]:
    """Those not closed; for a reader those of the own organisation, since whoever sees an apprentice may read none."""
    rows = Incident.objects.exclude(state="closed").order_by()
    if asked.within is not None:
        inside = asked.within.below().order_by().values("pk")
        rows = rows.filter(Q(organisation__in=inside) | Q(host__in=inside))
    return rows


def _place(asked: Asked, prefix: str = "") -> Case:
    """The enterprise if somebody there may look after the incident and still sees the apprentice, else the college.

    Nobody's duty is no duty, and whoever could not open it is not asked.
    """
    seats = memberships_on(asked.today).filter(
        role__in=KEEPERS, person__is_active=True, organisation__kind__in=[Kind.ENTERPRISE, Kind.SITE]
    )
    host = ExpressionWrapper(OuterRef(f"{prefix}host__path"), output_field=models.CharField())
    there = seats.annotate(host=host).filter(host__startswith=F("organisation__path"))
    still = Q(**{f"{prefix}host": F(f"{prefix}enrolment__enterprise")})
    return Case(
        When(still & Exists(there), then=F(f"{prefix}host_id")), default=F(f"{prefix}organisation_id")
    )
