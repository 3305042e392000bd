"""Whom the lines of a table are about: apprentices, teachers, or nobody; whichever the giver has and the rule names.

What all kinds of data about apprentices have in common stands here once: whom, and how their lines begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass, Subject
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing.loads import seats
from craftpath.kernel.roles import Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.apprenticeships.models import Enrolment

APPRENTICES = ("cohort", "both", "everybody", "figures")
TEACHERS = ("everybody", "figures")
NOBODY = ("figures",)


def apprentices(asked: Asked) -> QuerySet[Enrolment]:
    """Those whom the rule names, of the giver's own cohorts or at the giver, while they learn."""
    rows = enrolments().filter(state="active", starts_on__lte=asked.on)
    own, theirs = asked.giver.path, asked.receiver.path
    college = Q(cohort__organisation__path__startswith=own)
    host = Q(enterprise__path__startswith=own)
    if asked.whom == "both":
        college &= Q(enterprise__path__startswith=theirs)
        host &= Q(cohort__organisation__path__startswith=theirs)
    if asked.whom == "cohort":
        rows = rows.filter(cohort__public_id=asked.cohort)
    if asked.person is not None:
        rows = rows.filter(person=asked.person)
    return rows.filter(college | host)


def of_apprentices(asked: Asked) -> list[Subject]:
    """Each by number; one query."""
    told = apprentices(asked).values_list(
        "pk", "person_id", "person__birth_date", "cohort_id", "cohort__name",
        "cohort__organisation__path", "enterprise__path",
    )  # fmt: skip
    return [
        Subject(pk, who, born, (cohort, Text.of(name)), _of_both(asked, college, host))
        for pk, who, born, cohort, name, college, host in told
    ]


def _of_both(asked: Asked, college: str, host: str | None) -> bool:
    return any(path is not None and path.startswith(asked.receiver.path) for path in (college, host))


Read = Callable[[Asked, "Sequence[Enrolment]"], Mapping[int, Mapping[str, Cell]]]
"""What else is known of some apprentices: their keys → column → cell; a constant number of queries however many."""


def about_apprentices(
    key: str, *, title: Text, note: Text, columns: Sequence[Column], read: Read
) -> DataClass:
    """A kind of data about apprentices: each line begins with number and name, and `read` says the rest."""

    def cells(asked: Asked, pks: Sequence[int]) -> Mapping[int, Mapping[str, Cell]]:
        rows = list(apprentices(asked).filter(pk__in=pks))
        told = read(asked, rows)
        return {row.pk: {"number": row.number, "name": row.person.name, **told[row.pk]} for row in rows}

    return DataClass(
        key=key,
        title=title,
        note=note,
        columns=(Column("number", Text("学号", "Number")), Column("name", Text("姓名", "Name")), *columns),
        whom=APPRENTICES,
        subjects=of_apprentices,
        cells=cells,
    )


def of_mentors(asked: Asked) -> list[Subject]:
    """Each mentor at the giver once a place, by place and name; a line's key is its place in this order."""
    return [
        Subject(at, person.pk, person.birth_date, (place.pk, place.title), of_both=True)
        for at, (place, person) in enumerate(mentors(asked))
        if asked.person in (None, person.pk)
    ]


def mentors(asked: Asked) -> list[tuple[Any, Any]]:
    """(place, person) of the giver's mentors on the day; two queries."""
    return seats(asked.giver.below(), asked.on, (Role.MENTOR,))


def of_giver(asked: Asked) -> list[Subject]:
    """One line about the giver as a whole."""
    return [Subject(asked.giver.pk, group=(asked.giver.pk, asked.giver.title))]
