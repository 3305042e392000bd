"""Certificates that run out: their holders hear of it three times, whoever renews them until it is done.

Holders hear of it from 90, from 30 and from 7 days before the last day on, each time for a week: often enough to do
something, and not every day of three months.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.certificates.models import Certificate
from craftpath.kernel.access import memberships_on
from craftpath.kernel.duties import Asked, Row, columns, duty
from craftpath.kernel.roles import Role

NOTICES = (90, 30, 7)
A_WEEK = 7
LAPSED = timedelta(days=30)
"""How long after its last day somebody is still asked to renew one; then it has been let go."""


def told_today(today: date) -> Q:
    """The condition on `valid_until` for a holder to hear of it on a day, also of a certificate of elsewhere."""
    weeks = [
        Q(valid_until__range=(today + timedelta(days=most - A_WEEK + 1), today + timedelta(days=most)))
        for most in NOTICES
    ]
    return reduce(or_, weeks, Q(valid_until=today))


@duty("certificates.expires", subject="certificates.certificate")
def to_be_told(asked: Asked) -> models.QuerySet[Any]:
    """The own ones whose last day is about to come; one query."""
    rows = _in_force(asked).filter(told_today(asked.today))
    return columns(rows, subject="public_id", anchor="valid_until", place="organisation_id", who="person_id")


@duty("certificates.renew", subject="certificates.certificate")
def to_renew(asked: Asked) -> models.QuerySet[Any]:
    """Those that the organisation has issued; one query."""
    rows = _in_force(asked).filter(valid_until__gte=asked.today - LAPSED)
    return columns(rows, subject="public_id", anchor="valid_until", place="organisation_id")


@duty("certificates.staff", subject="certificates.certificate")
def of_ones_people(asked: Asked) -> Iterator[Row]:
    """Those of the apprentices of an enterprise, and of the service of its masters; two queries."""
    if asked.people is not None:  # an office is asked, nobody in person
        return
    rows = _in_force(asked).filter(
        valid_until__range=(asked.today - LAPSED, asked.today + timedelta(days=NOTICES[0]))
    )
    trained = rows.filter(
        person__enrolments__state="active",
        person__enrolments__enterprise__isnull=False,
        person__enrolments__cohort__organisation__path__startswith=F("organisation__path"),
    )
    masters = memberships_on(asked.today).filter(role=Role.MENTOR).order_by().values("pk")
    teaching = rows.filter(kind__purpose="service", person__memberships__in=masters)
    for found, place in (
        (trained, "person__enrolments__enterprise"),
        (teaching, "person__memberships__organisation"),
    ):
        for public_id, last_day, where in found.values_list("public_id", "valid_until", place).distinct():
            yield public_id, last_day, where, None


def _in_force(asked: Asked) -> models.QuerySet[Certificate]:
    rows = Certificate.objects.filter(state="issued", valid_until__isnull=False).exclude(key__state="revoked")
    if asked.within is not None:
        rows = rows.filter(organisation__path__startswith=asked.within.path)
    return rows.order_by()
