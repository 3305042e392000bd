"""What the register knows before a sheet comes, as the plain values that a dry run compares with.

The counterpart of `commit`: that one writes what a plan says, this one reads what the plan is measured by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.columns import ItemChoice
from craftpath.delivery.exchange.plans import (
    KnownMark,
    KnownPerson,
    MarksKnowledge,
    Named,
    RosterKnowledge,
)
from craftpath.domain.apprenticeships.queries import current_stages, enrolments, mentors_in
from craftpath.domain.evaluation.queries import current_marks, decided_numbers
from craftpath.domain.programmes.definition import items
from craftpath.domain.programmes.queries import stages_of
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import STEP

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.evaluation.models import Evaluation


@dataclass(frozen=True, slots=True)
class RosterRegister:
    """What a roster is compared with, and what only the register can tell about its rows.

    `mentors` holds all mentors' keys by enrolment (public id), since a sheet names only one of them;
    `person_ids` the person of each enrolment.
    """

    known: RosterKnowledge
    mentors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    person_ids: Mapping[str, int] = field(default_factory=dict)


def item_choices(evaluation: Evaluation) -> tuple[ItemChoice, ...]:
    """The items of the scheme in force, in its order."""
    return tuple(
        ItemChoice(
            item.key,
            item.name.zh,
            item.name.en,
            item.max,
            item.component,
            grades=tuple(item.grades.items()),
            top=item.top,
            sourced=not item.by_hand,
        )
        for item in items(evaluation.scheme.definition)
    )


def marks_knowledge(evaluation: Evaluation) -> MarksKnowledge:
    """People, items, current marks of one evaluation, and whose result is decided; three queries."""
    rows = enrolments().filter(cohort=evaluation.cohort_id)
    people = (
        KnownPerson(public_id, number, {"name": name, "name_en": name_en})
        for public_id, number, name, name_en in rows.values_list(
            "public_id", "number", "person__name", "person__name_latin"
        )
    )
    alike: dict[tuple[str, Decimal | None, str], KnownMark] = {}  # many have the same mark
    marks: dict[tuple[str, str], KnownMark] = {}
    for number, item, status, score, grade in current_marks(evaluation):
        key = (status, score, grade)
        marks[number, item] = alike.get(key) or alike.setdefault(key, KnownMark(score, status, grade))
    return MarksKnowledge(tuple(people), item_choices(evaluation), marks, decided_numbers(evaluation))


def roster_register(cohort: Cohort, *, add_enterprises: bool, on: date) -> RosterRegister:
    """Everything that a roster of this cohort may speak of; the number of queries is constant.

    Unknown mentors are always added with the roster; unknown enterprises only if the reader chose so.
    The cohort itself is the only one that a class column may name.
    """
    rows = list(enrolments().filter(cohort=cohort).values_list(*_OF_AN_ENROLMENT, named=True))
    mentors, stages = mentors_in(cohort.pk), current_stages(cohort.pk)
    hosts = _hosts(cohort.organisation, {row.enterprise_id for row in rows if row.enterprise_id})
    people = tuple(
        KnownPerson(
            row.public_id,
            row.number,
            {
                "name": row.person__name,
                "name_en": row.person__name_latin,
                "enterprise": row.enterprise__key,
                "mentor": mentors[row.pk][0].username if row.pk in mentors else None,
                "cohort": cohort.public_id,
                "stage": stages.get(row.pk),
                "starts_on": row.starts_on,
                "email": row.person__email,
                "phone": row.person__phone,
            },
        )
        for row in rows
    )
    known = RosterKnowledge(
        people=people,
        enterprises=tuple(Named(host.key, _names(host.name)) for host in hosts),
        mentors=_known_mentors(hosts, (person for found in mentors.values() for person in found), on),
        cohorts=(Named(cohort.public_id, _names(cohort.name)),),
        stages=tuple(Named(stage.key, _names(stage.name)) for stage in stages_of(cohort.programme_id)),
        may_add=frozenset({"mentor", "enterprise"} if add_enterprises else {"mentor"}),
    )
    return RosterRegister(
        known,
        {row.public_id: frozenset(one.username for one in mentors.get(row.pk, ())) for row in rows},
        {row.public_id: row.person_id for row in rows},
    )


_OF_AN_ENROLMENT = (
    "pk",
    "public_id",
    "number",
    "person_id",
    "person__name",
    "person__name_latin",
    "person__email",
    "person__phone",
    "enterprise_id",
    "enterprise__key",
    "starts_on",
)


def enterprise_home(organisation: Organisation) -> Organisation:
    """Where the enterprises of a college stand in the tree: its city, else the root that it grows from."""
    paths = [organisation.path[:end] for end in range(STEP, len(organisation.path) + 1, STEP)]
    above = list(Organisation.objects.filter(path__in=paths).order_by("path"))
    cities = [one for one in above if one.kind == Kind.CITY]
    return cities[-1] if cities else above[0]


def _hosts(organisation: Organisation, used: Iterable[int]) -> list[Organisation]:
    """Enterprises and their sites in the same city, and those that already have somebody of the cohort."""
    home = enterprise_home(organisation)
    near = Organisation.objects.filter(
        kind__in=[Kind.ENTERPRISE, Kind.SITE], path__startswith=home.path
    ) | Organisation.objects.filter(pk__in=list(used))
    return list(near.order_by("path"))


def _known_mentors(hosts: Iterable[Organisation], held: Iterable[Person], on: date) -> tuple[Named, ...]:
    """Mentors of these enterprises and of the cohort, by sign-in name.

    A sign-in name may begin with the enterprise (`jinheng-017`): sheets give the rest. A number that two
    enterprises use is offered only in its full form.
    """
    keys = {host.pk: host.key for host in hosts}
    people = {person.username: person for person in held}
    numbers = {name: name for name in people}
    rows = memberships_on(on).filter(role=Role.MENTOR, organisation__in=list(keys)).select_related("person")
    for row in rows.order_by("person_id", "pk"):
        name = row.person.username
        people[name] = row.person
        numbers[name] = numbers.get(name, name).removeprefix(f"{keys[row.organisation_id]}-")
    times = Counter(number.casefold() for number in numbers.values())
    return tuple(
        Named(
            name,
            _names({"zh": person.name, "en": person.name_latin}),
            "" if numbers[name] == person.name else _distinct(name, numbers[name], times),
        )
        for name, person in people.items()
    )


def _distinct(username: str, number: str, times: Counter[str]) -> str:
    return username if times[number.casefold()] > 1 else number


def _names(name: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for words in (name.get("zh", ""), name.get("en", "")) if words))
