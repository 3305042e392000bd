"""Duties of the log: the week to hand in, the week that waits for a mentor, the talk of the month."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Value

from craftpath.domain.apprenticeships.queries import active_with_parties
from craftpath.domain.logbook.models import Entry, Talk
from craftpath.domain.logbook.queries import week_of
from craftpath.domain.logbook.talks import drawable
from craftpath.kernel.duties import Asked, columns, duty, first_of

WORKS_WITH = ("mentor", "trainer")


@duty("logbook.week_due", subject="apprenticeships.enrolment")
def weeks_due(asked: Asked) -> models.QuerySet[Any]:
    """Apprentices who have handed in nothing about last week; the week ends on its Sunday."""
    monday = week_of(asked.today) - timedelta(days=7)
    sunday = monday + timedelta(days=6)
    written = Entry._base_manager.filter(enrolment=OuterRef("pk"), on__gte=monday, on__lte=sunday)
    rows = active_with_parties().filter(~Exists(written.exclude(state="draft")), starts_on__lte=monday)
    ended = Value(sunday, output_field=models.DateField())
    return columns(rows, subject="public_id", anchor=ended, place="cohort__organisation_id", who="person_id")


@duty("logbook.week_waits", subject="apprenticeships.enrolment")
def weeks_waiting(asked: Asked) -> models.QuerySet[Any]:
    """Pairs of apprentice and mentor with entries that nobody has answered, from the oldest one on."""
    rows = Entry.objects.filter(
        state="submitted", enrolment__parties__ends_on=None, enrolment__parties__role__in=WORKS_WITH
    ).exclude(enrolment__parties__person=F("enrolment__person"))
    return first_of(
        rows,
        subject="enrolment__public_id",
        anchor="submitted_at",
        place="enrolment__cohort__organisation_id",
        who="enrolment__parties__person_id",
    )


@duty("logbook.talk_due", subject="apprenticeships.enrolment")
def talks_due(asked: Asked) -> models.QuerySet[Any]:
    """Apprentices with a log of last month and no talk about it."""
    first = asked.today.replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    held = Talk._base_manager.filter(enrolment=OuterRef("pk"), month=month)
    drawn = drawable(month).filter(enrolment=OuterRef("pk"))
    rows = active_with_parties().filter(
        ~Exists(held), Exists(drawn), parties__ends_on=None, parties__role="mentor"
    )
    begins = Value(first, output_field=models.DateField())
    return columns(
        rows,
        subject="public_id",
        anchor=begins,
        place="cohort__organisation_id",
        who="parties__person_id",
    )
