"""By what a college knows its apprentices: a number there is one person, in whatever cohort a roster has it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.kernel.people import Person
from craftpath.kernel.twins.finding import identifies


@identifies("number")
def student_numbers(people: QuerySet[Person]) -> Iterator[tuple[int, str, int]]:
    """(organisation, number there, person)"""
    rows = Enrolment._base_manager.filter(person__in=people.order_by().values("pk")).order_by()
    told = ("cohort__organisation_id", "number", "person_id")
    for place, number, person in rows.values_list(*told).iterator(chunk_size=5000):
        yield place, number.strip(), person
