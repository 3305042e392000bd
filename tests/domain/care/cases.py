"""Short ways to report an incident and to make a complaint, by the fixed cast."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.care import actions
from craftpath.domain.care.models import Complaint, Handler, Incident
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast

HOUR = timedelta(hours=1)


def report(cast: Cast, number: str = "26001", *, by: Actor | None = None, **values: Any) -> Incident:
    """An apprentice loses time on the lathe, an hour ago; reported by the mentor."""
    given = {
        "made_id": uuid.uuid4(),
        "severity": "lost_time",
        "hurt": "apprentice",
        "what": "换刀时划伤左手食指。",
        "occurred_at": AT - HOUR,
        "place": "一号车间",
        "at": AT,
    } | values
    with everywhere("a test reports an incident"):
        row = enrolments().get(number=number, cohort=cast.cohort)
        return actions.report_incident(row, by=by or cast.actor("mentor", cast.jinheng), **given)


def complain(
    cast: Cast,
    *named: str,
    by: Actor | None = None,
    place: Organisation | None = None,
    about: str | None = None,
    **values: Any,
) -> Complaint:
    """The apprentice complains, at the college, about people of the cast by their names there."""
    given = {
        "made_id": uuid.uuid4(),
        "about": about or ("person" if named else "situation"),
        "matter": "treatment",
        "words": "师傅当众骂人。",
        "named": [cast.people[name] for name in named],
        "at": AT,
    } | values
    return actions.make_complaint(place or cast.college, by=by or cast.actor("apprentice"), **given)


def handlers(complaint: Complaint) -> list[str]:
    """The sign-in names of those who look after it now."""
    rows = Handler.objects.filter(complaint=complaint, ended_at__isnull=True)
    return sorted(rows.values_list("handler__username", flat=True))
