"""The demo's incidents, one with a notification overdue; a complaint about its mentor, who knows nothing of it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import enrolments, enrolments_with
from craftpath.domain.care import actions
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff


def look_after(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """Everything by actions, on the days on which it would have happened."""
    mentor = staff.mentors["jinheng"][0]
    hr = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    _lost_time(mentor, Actor(places.jinheng, mentor, frozenset({Role.MENTOR})), hr, at)
    _near_miss(staff, hr, at)
    _complaint(places, staff, coordinator, at)


def _lost_time(mentor: Person, reporter: Actor, hr: Actor, at: datetime) -> None:
    """Five weeks ago: the thirty days for the work-injury application are over, and nobody has made it."""
    hurt = enrolments_with(mentor).exclude(person__username=f"{DEMO_PREFIX}apprentice").order_by("number")[0]
    then = at - timedelta(days=36)
    incident = actions.report_incident(
        hurt,
        made_id=uuid.uuid4(),
        severity="lost_time",
        hurt="apprentice",
        what="换刀时扳手打滑，左手食指划伤，缝了三针。 · "
        "The spanner slipped while changing a tool; left index finger cut, "
        "three stitches.",
        occurred_at=then - timedelta(hours=2),
        place="一号车间 · Workshop 1",
        first_measures="停机，清洗包扎，送厂医务室。 · "
        "Machine stopped, wound dressed, taken to the works doctor.",
        by=reporter,
        at=then,
    )
    actions.triage_incident(
        incident, severity="lost_time", absence_days=4, by=hr, at=then + timedelta(hours=4)
    )
    actions.investigate_incident(incident, by=hr, at=then + timedelta(days=1))
    actions.act_on_incident(
        incident,
        findings="扳手口磨损，未列入点检表。 · The spanner was worn and stood on no check list.",
        by=hr,
        at=then + timedelta(days=3),
    )
    actions.agree_measure(
        incident,
        what="更换全班组扳手，列入每周点检 · Replace the team's spanners, check them weekly",
        owner=mentor,
        due_on=(at + timedelta(days=2)).date(),
        by=hr,
        at=then + timedelta(days=3),
    )


def _near_miss(staff: Staff, hr: Actor, at: datetime) -> None:
    """Last week, reported by the apprentice of the demo, and brought to its end since: its end waits to be read."""
    own = enrolments().get(person__username=f"{DEMO_PREFIX}apprentice")
    then = at - timedelta(days=6)
    incident = actions.report_incident(
        own,
        made_id=uuid.uuid4(),
        severity="near_miss",
        hurt="nobody",
        what="吊运棒料时吊带滑脱，料落在安全区内，无人受伤。 · "
        "A sling slipped while lifting bar stock; it fell inside the "
        "closed-off area.",
        occurred_at=then - timedelta(hours=1),
        place="下料区 · Cutting area",
        by=Actor(own.cohort.organisation, own.person, frozenset({Role.APPRENTICE})),
        at=then,
    )
    actions.triage_incident(incident, severity="near_miss", by=hr, at=then + timedelta(hours=2))
    actions.act_on_incident(
        incident,
        findings="吊带超过检验期。 · The sling was past its test date.",
        by=hr,
        at=then + timedelta(days=1),
    )
    actions.close_incident(
        incident,
        outcome="吊带已更换，检验日期贴在货架上。谢谢你的报告。 · "
        "Slings were replaced, and their test dates stand on the rack. "
        "Your report made the difference.",
        by=hr,
        at=at - timedelta(days=1),
    )


def _complaint(places: Places, staff: Staff, coordinator: Actor, at: datetime) -> None:
    """Made by another apprentice of the demo's mentor, at the college; it is being examined formally."""
    mentor = staff.mentors["jinheng"][0]
    theirs = enrolments_with(mentor).exclude(person__username=f"{DEMO_PREFIX}apprentice").order_by("number")
    complainant = theirs[len(theirs) - 1]
    then = at - timedelta(days=12)
    complaint = actions.make_complaint(
        complainant.cohort.organisation,
        made_id=uuid.uuid4(),
        about="person",
        matter="treatment",
        words="师傅多次在全班组面前骂我笨，做错一次就不让我碰机床。 · "
        "My mentor calls me stupid in front of the whole team, and "
        "one mistake keeps me off the machine for days.",
        wish="希望好好说话，继续让我上机。 · To be spoken to decently, and to go on learning at the machine.",
        named=[mentor],
        by=Actor(complainant.cohort.organisation, complainant.person, frozenset({Role.APPRENTICE})),
        at=then,
    )
    actions.open_complaint(complaint, by=coordinator, at=then + timedelta(hours=20))
    actions.acknowledge_complaint(complaint, by=coordinator, at=then + timedelta(hours=21))
    actions.say(
        complaint,
        words="已收到。我先向同班组了解情况，之后再和你谈。 · "
        "Received. I will ask around in the team first, and then we talk.",
        part="complainant",
        by=coordinator,
        at=then + timedelta(hours=21),
    )
    actions.formalise_complaint(complaint, by=coordinator, at=then + timedelta(days=4))
