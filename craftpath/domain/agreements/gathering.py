"""What agreements are judged by, gathered for many of them at once: a fixed number of queries, however many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.agreements.calendar import ONE_DAY
from craftpath.domain.agreements.cases import Case
from craftpath.domain.agreements.law import Floor, Law, law_of
from craftpath.domain.agreements.models import Agreement, WageFloor
from craftpath.domain.agreements.terms import Terms
from craftpath.domain.apprenticeships.queries import headcounts_for
from craftpath.domain.partnership.queries import in_force_among
from craftpath.domain.programmes.queries import provisions_by_programme
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import roles_signed

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Provision

WITHOUT_TEXT = ("apprentice", "enterprise", "college")
_FIGURES = {
    "min_months": ("min_months",),
    "typical_months": ("typical_months",),
    "max_months": ("max_months",),
    "mentor_most": ("mentor_max_apprentices", "trainer_with_other_duties_max"),
    "class_most": ("class_max",),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An agreement, at which enterprise and from which day it is to be judged."""

    row: Agreement
    enterprise: Organisation
    start: date


def cases_for(asked: Sequence[Asked]) -> dict[int, Case]:
    """agreement id → what it is judged by, as the rows are."""
    programmes = {one.row.enrolment.cohort.programme_id for one in asked}
    provisions = provisions_by_programme(programmes)
    floors = _floors([one.enterprise for one in asked])
    documents = roles_signed([one.row.document_id for one in asked if one.row.document_id])
    bound = in_force_among([(one.enterprise, one.row.organisation, one.start) for one in asked])
    people = headcounts_for(
        {
            one.row.enrolment_id: (one.enterprise.pk, one.row.mentor_id, one.row.enrolment.cohort_id)
            for one in asked
        }
    )
    found = {}
    for one, cooperation in zip(asked, bound, strict=True):
        row, law = one.row, law_of(one.row.jurisdiction)
        needed, signed = documents.get(row.document_id or 0, (WITHOUT_TEXT, frozenset()))
        here = people[row.enrolment_id]
        found[row.pk] = Case(
            law=law,
            terms=Terms.from_json(row.terms),
            starts_on=one.start,
            ends_on=row.ends_on,
            birth_date=row.enrolment.person.birth_date,
            floors=_floors_for(one.enterprise, law, floors),
            mentor=row.mentor_id is not None,
            guardian=bool(row.guardian_name),
            needed=needed,
            signed=signed,
            registration_no=row.registration_no,
            cooperation=cooperation,
            apprentices=here.at_enterprise,
            mentor_load=here.of_mentor,
            class_size=here.in_cohort,
            **figures(provisions.get(row.enrolment.cohort.programme_id, ()), one.start),
        )
    return found


def figures(provisions: Iterable[Provision], day: date) -> dict[str, Any]:
    """What a programme lays down for whoever begins on this day: months, and how many people at most."""
    known: dict[str, int] = {}
    for row in provisions:
        inside = (row.valid_from is None or row.valid_from <= day) and (
            row.valid_to is None or day <= row.valid_to
        )
        if inside and isinstance(row.value, int):
            known[row.key] = row.value
    return {name: next((known[key] for key in keys if key in known), None) for name, keys in _FIGURES.items()}


def _floors(places: Iterable[Organisation]) -> list[WageFloor]:
    """Every floor that somebody entered for these places or above them."""
    paths = {path for place in places for path in _above(place)}
    rows = WageFloor._base_manager.filter(organisation__path__in=paths).select_related("organisation")
    return list(rows.order_by("valid_from", "pk"))


def _floors_for(enterprise: Organisation, law: Law, rows: Iterable[WageFloor]) -> tuple[Floor, ...]:
    """The law's floors and the entered ones of the enterprise or above it, in the law's currency."""
    paths = set(_above(enterprise))
    series: dict[tuple[int, str], list[WageFloor]] = {}
    for row in rows:
        if row.organisation.path in paths and law.currency in ("", row.currency):
            series.setdefault((row.organisation_id, row.per), []).append(row)
    # Two places above one another may both have entered a floor: each binds, so the highest counts.
    return (*law.floors, *(floor for same in series.values() for floor in _lasting(same)))


def _lasting(same: Sequence[WageFloor]) -> list[Floor]:
    """Floors of one place in the order of their days: each holds until the next one."""
    ends = [following.valid_from - ONE_DAY for following in same[1:]]
    return [
        Floor(
            row.amount,
            row.per,
            valid_from=row.valid_from,
            valid_to=end,
            conf="V" if row.confirmed_at else "A",
            scale="entered",
        )
        for row, end in zip(same, [*ends, None], strict=True)
    ]


def _above(place: Organisation) -> list[str]:
    return [place.path[:end] for end in range(place.steplen, len(place.path) + 1, place.steplen)]


def floors_at(places: Iterable[Organisation]) -> dict[int, list[tuple[Floor, str]]]:
    """enterprise → every entered floor that binds it, with its currency; one question however many."""
    asked = {place.pk: place for place in places}
    rows = _floors(asked.values())
    found: dict[int, list[tuple[Floor, str]]] = {}
    for pk, place in asked.items():
        series: dict[tuple[int, str, str], list[WageFloor]] = {}
        above = set(_above(place))
        for row in rows:
            if row.organisation.path in above:
                series.setdefault((row.organisation_id, row.per, row.currency), []).append(row)
        found[pk] = [(floor, key[2]) for key, same in series.items() for floor in _lasting(same)]
    return found
