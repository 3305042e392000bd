"""An incident and a complaint."""

from __future__ import annotations

import uuid
from datetime import timedelta

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.care import actions as care
from craftpath.domain.care.models import Complaint, Incident
from craftpath.domain.care.queries import named_in
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing.name import NAME
from tests.photos import picture


def look_after(cast: Cast) -> tuple[Incident, Complaint]:
    """An incident with a photo, a notification and a measure; a complaint about the mentor, who was told. Once."""
    standing = Incident.objects.order_by("pk").first()
    if standing is not None:
        return standing, Complaint.objects.order_by("pk")[0]
    coordinator, apprentice = cast.actor("coordinator"), cast.actor("apprentice")
    by = {"by": coordinator, "at": AT}
    incident = care.report_incident(
        enrolments().get(pk=cast.enrolments["26001"].pk),
        made_id=uuid.uuid5(NAME, "incident"),
        severity="lost_time",
        hurt="apprentice",
        what="换刀时划伤手指。",
        occurred_at=AT - timedelta(hours=1),
        photo=picture(size=(640, 400)),
        by=cast.actor("mentor", cast.jinheng),
        at=AT,
    )
    care.agree_measure(incident, what="更换护罩", owner=cast.people["mentor"], due_on=TODAY, **by)
    complaint = care.make_complaint(
        cast.college,
        made_id=uuid.uuid5(NAME, "complaint"),
        about="person",
        matter="treatment",
        words="师傅当众骂人。",
        named=[cast.people["mentor"]],
        by=apprentice,
        at=AT,
    )
    [named] = named_in(complaint)
    care.tell_named(complaint, named, words="请谈谈您的看法。", **by)
    care.say(complaint, words="我希望好好说话。", by=apprentice, at=AT)
    care.open_complaint(complaint, **by)
    return incident, complaint
