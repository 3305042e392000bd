"""Whom a survey can ask: people of the register, by role, class and stage, with the groups that are kept with answers.

The noun of surveys stands below the register and takes what it is told here; six queries however many people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from craftpath.domain.apprenticeships.queries import cohorts, enrolments, mentors_of, paths_of
from craftpath.domain.programmes.queries import stages_by_programme
from craftpath.domain.surveys.actions import Candidate
from craftpath.domain.surveys.rules import OTHER
from craftpath.kernel.access import memberships_on, system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.text import Text

if TYPE_CHECKING:
    from datetime import date

    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.surveys.models import Survey
    from craftpath.kernel.people import Person

Names = dict[str, dict[str, dict[str, str]]]
Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who could be asked, and the words of their groups' values."""

    candidates: list[Candidate]
    names: Names


def audience_of(survey: Survey, today: date) -> Audience:
    """Whom a survey would ask on a day, as its `audience` says: roles, places, classes and stages (none: all)."""
    wanted: Mapping[str, Any] = survey.audience
    roles = set(wanted.get("roles", ()))
    names: Names = defaultdict(dict)
    found: list[Candidate] = []
    within = _places_of(wanted)
    if roles & {"apprentice", "mentor", "graduate"}:
        classes = [
            row.pk
            for row in classes_for(survey)
            if row.public_id in (wanted.get("cohorts") or {row.public_id}) and within(row.organisation)
        ]
        with looking_for(_below(survey)):
            rows = list(enrolments().filter(cohort__in=classes, state__in=("active", "ended")))
        told = _of_register(rows, set(wanted.get("stages", ())), names)
        found += _learners(told, roles)
        if "mentor" in roles:
            found += _mentors([(row, groups) for row, groups in told if row.state == "active"])
    if "trainer" in roles:
        found += _trainers(survey.organisation, within, today, names)
    outsiders = wanted.get("outsiders", ())
    found += [
        Candidate("guest", name=name, contact=contact, groups={"role": "guest"})
        for name, contact in outsiders
    ]
    return Audience(found, dict(names))


def _places_of(wanted: Mapping[str, Any]) -> Callable[[Organisation], bool]:
    """Whether a place is among those that were chosen, or below one of them unless only they are meant."""
    keys = wanted.get("places", ())
    if not keys:
        return lambda place: True
    chosen = list(Organisation.objects.filter(key__in=keys).values_list("path", flat=True))
    if not wanted.get("below", True):
        return lambda place: place.path in chosen
    return lambda place: place.path.startswith(tuple(chosen))


def classes_for(survey: Survey) -> list[Cohort]:
    """The classes that one may choose from: those of its organisation, or with apprentices there, that have begun."""
    with looking_for(_below(survey)):
        return list(cohorts().exclude(state="planned"))


def _below(survey: Survey) -> Scope:
    """Whom a survey may ask: everybody of its organisation and below it, whoever opens it from further above."""
    return system(survey.organisation).scope


def stages_for(classes: Iterable[Cohort]) -> dict[str, Text]:
    """The stages of these classes by key, in their order, with their names; one query."""
    found = stages_by_programme({row.programme_id for row in classes})
    return {stage.key: Text.of(stage.name) for stages in found.values() for stage in stages}


def _of_register(rows: Sequence[Enrolment], stages: set[str], names: Names) -> list[tuple[Enrolment, Groups]]:
    paths = paths_of(rows)
    found = []
    for row in rows:
        begun = [step.stage for step in paths[row.pk] if step.state != "locked"]
        stage = begun[-1] if begun else None
        if stages and row.state == "active" and (stage is None or stage.key not in stages):
            continue
        host = row.enterprise or row.cohort.organisation
        occupation = Text.of(row.cohort.occupation)
        groups = {
            "occupation": _named(names, "occupation", occupation.zh or occupation.en, occupation),
            "site": _named(names, "site", row.cohort.organisation.key, row.cohort.organisation.title),
            "organisation": _named(names, "organisation", host.key, host.title),
        }
        if stage is not None:
            groups["stage"] = _named(names, "stage", stage.key, Text.of(stage.name))
        found.append((row, groups))
    return found


def _named(names: Names, group: str, value: str, words: Text) -> str:
    names[group][value] = words.as_json()
    return value


def _learners(told: Iterable[tuple[Enrolment, Groups]], roles: set[str]) -> list[Candidate]:
    as_what = {"active": "apprentice", "ended": "graduate"}
    return [
        Candidate(as_what[row.state], row.person, groups={**groups, "role": as_what[row.state]})
        for row, groups in told
        if as_what[row.state] in roles
    ]


def _mentors(told: Sequence[tuple[Enrolment, Groups]]) -> list[Candidate]:
    """The mentors of these apprentices, each with the groups that all of his or her apprentices share."""
    by_row = mentors_of([row for row, _groups in told])
    people: dict[int, Person] = {}
    shared: dict[int, Groups] = {}
    for row, groups in told:
        for person in by_row.get(row.pk, ()):
            people[person.pk] = person
            known = shared.setdefault(person.pk, dict(groups))
            shared[person.pk] = {
                name: value if groups.get(name) == value else OTHER for name, value in known.items()
            }
    return [
        Candidate("mentor", person, groups={**shared[pk], "role": "mentor"}) for pk, person in people.items()
    ]


def _trainers(
    organisation: Organisation, within: Callable[[Organisation], bool], today: date, names: Names
) -> list[Candidate]:
    """Those who teach at the organisation or below it, with the place where they do."""
    rows = memberships_on(today).filter(
        role=Role.TRAINER, organisation__path__startswith=organisation.path, person__is_active=True
    )
    return [
        Candidate(
            "trainer",
            row.person,
            groups={
                "role": "trainer",
                "site": _named(names, "site", row.organisation.key, row.organisation.title),
            },
        )
        for row in rows.select_related("person").order_by("person_id")
        if within(row.organisation)
    ]
