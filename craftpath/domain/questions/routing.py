"""Who is asked to answer: those who work with whoever asks, and of them first who teaches the skill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.helping import people_in, trainers_in, who_help
from craftpath.domain.questions.rules import FEWEST
from craftpath.domain.teaching.queries import teaching_skill
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import STEP

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST = 6


def college_of(organisation: Organisation) -> Organisation:
    """The college to which a campus or a site belongs, else the organisation itself; one query."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    rows = Organisation.objects.filter(path__in=paths, kind__in=(Kind.COLLEGE, Kind.INSTITUTE))
    return rows.order_by("-depth").first() or organisation


def tells_by_class(enrolment: Enrolment, name_to: str) -> bool:
    """Whether the class alone would tell who asks without a name: it has too few people."""
    if name_to != "nobody":
        return False
    return people_in(enrolment.cohort_id) < FEWEST


def called_for(enrolment: Enrolment | None, *, skill: str, name_to: str, today: date) -> list[Person]:
    """Who is asked, the nearest first; nobody where there is no class, or where being asked would tell who asks.

    The own master is asked first, but never by somebody without a name: whoever has one apprentice would know.
    """
    if enrolment is None or tells_by_class(enrolment, name_to):
        return []
    cohort = enrolment.cohort_id
    mine = [] if name_to == "nobody" else who_help(enrolment)
    able = teaching_skill(cohort, skill, today) if skill else []
    found = {one.pk: one for one in (*mine, *(able or trainers_in(cohort))) if one.is_active}
    found.pop(enrolment.person_id, None)
    return list(found.values())[:MOST]
