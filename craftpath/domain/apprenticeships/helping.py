"""Who helps apprentices today and how many they are, whatever the reader sees; and whom the reader helps."""

from __future__ import annotations

from django.db.models import QuerySet

from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty, PartyRole
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.apprenticeships.rules import seen_by_helpers
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import current_scope


def who_help(enrolment: Enrolment) -> list[Person]:
    """The mentors of one apprentice today, then the trainers; one query."""
    rows = EnrolmentParty.objects.filter(
        enrolment=enrolment, role__in=(PartyRole.MENTOR, PartyRole.TRAINER), ends_on__isnull=True
    )
    return [row.person for row in rows.select_related("person").order_by("role", "pk")]


def trainers_in(cohort_id: int) -> list[Person]:
    """Everybody who is a trainer of somebody in a cohort today, whatever the reader sees; one query."""
    rows = EnrolmentParty.objects.filter(
        enrolment__cohort=cohort_id, role=PartyRole.TRAINER, ends_on__isnull=True
    )
    return list(Person.objects.filter(pk__in=rows.order_by().values("person_id")).order_by("pk"))


def people_in(cohort_id: int) -> int:
    """How many learn in a cohort today, whatever the reader sees; one query."""
    return Enrolment._base_manager.filter(cohort=cohort_id).exclude(state="ended").count()


def helped() -> QuerySet[Enrolment]:
    """Enrolments of those whom the reader is, helps, or has in the own college; of no enterprise as a whole."""
    scope, rows = current_scope(), enrolments()
    return rows if scope is None or scope.everything else rows.filter(seen_by_helpers(scope, ""))


def mates_in(cohort_id: int) -> list[Enrolment]:
    """Everybody who learns in a cohort today with the person, by number, whatever the reader sees; one query."""
    rows = Enrolment._base_manager.filter(cohort=cohort_id).exclude(state="ended")
    return list(rows.select_related("person").order_by("number", "pk"))
