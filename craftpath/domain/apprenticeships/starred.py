"""What apprenticeships give to counting: contracts, the stages they were in, and whom a fact is about. Whoever asks.

Everything here answers for many classes at once, in a fixed number of questions, and names nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q

from craftpath.domain.apprenticeships.models import Cohort, Enrolment, StageProgress
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

CONTRACTS = ("apprenticeship", "risk")
HEARD: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "apprenticeships.cohort_started",
            "apprenticeships.cohort_completed",
            "apprenticeships.enrolment_suspended",
            "apprenticeships.enrolment_resumed",
        ),
        CONTRACTS,
    ),
    **dict.fromkeys(
        (
            "apprenticeships.cohort_planned",
            "apprenticeships.roster_taken",
            "apprenticeships.roster_undone",
            "apprenticeships.person_enrolled",
            "apprenticeships.enrolment_activated",
            "apprenticeships.enrolment_moved",
            "apprenticeships.enrolments_ended",
            "apprenticeships.stages_passed",
        ),
        ("*",),
    ),
}
"""Facts, and the tables of the star that they may change; `*`: all, since stage and enterprise stand in each."""

MOVED = ("transfer", "transferred", "moved")
"""Reasons for an end after which somebody goes on in another contract."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One enrolment as it counts; `completed_on` is the day on which the last stage of the programme was passed."""

    pk: int
    public_id: str
    person_id: int
    person: str
    cohort: int
    college: int
    enterprise: int | None
    occupation: str
    programme: int
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    because: str
    completed_on: date | None
    birth_year: int | None


def contracts(cohorts: Collection[int]) -> list[Contract]:
    """Those of these classes that have begun or were ended; three questions."""
    rows = Enrolment._base_manager.filter(cohort__in=cohorts).exclude(state="enrolled").order_by("pk")
    told = rows.values_list(
        "pk", "public_id", "person_id", "person__public_id", "cohort_id", "cohort__organisation_id", "enterprise_id",
        "cohort__occupation", "cohort__programme_id", "starts_on", "cohort__ends_on", "cohort__starts_on",
        "cohort__programme__typical_months", "ended_on", "ended_because", "person__birth_date",
    )  # fmt: skip
    passed = _completions(cohorts)
    return [
        Contract(
            pk, public_id, person_id, person, cohort, college, enterprise, Text.of(name).say("zh-hans"), programme,
            starts_on, ends_on or _after(began, months), ended_on, because, passed.get(pk),
            None if born is None else born.year,
        )
        for (pk, public_id, person_id, person, cohort, college, enterprise, name, programme, starts_on, ends_on,
             began, months, ended_on, because, born) in told
    ]  # fmt: skip


def _completions(cohorts: Collection[int]) -> dict[int, date]:
    """enrolment → the day on which the last stage of its programme was passed; two questions."""
    lasts = (
        Cohort._base_manager.filter(pk__in=cohorts)
        .values_list("pk")
        .annotate(Max("programme__stages__order"))
    )
    last = dict(lasts)
    rows = StageProgress.objects.filter(enrolment__cohort__in=cohorts, state="passed").order_by()
    told = rows.values_list("enrolment_id", "enrolment__cohort_id", "stage__order", "passed_on")
    return {who: on for who, cohort, order, on in told if on is not None and order == last.get(cohort)}


def _after(day: date, months: int | None) -> date | None:
    if months is None:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, min(day.day, 28))


def turns(cohorts: Collection[int]) -> dict[int, list[tuple[date, str]]]:
    """enrolment → (opened on, key of the stage), the first one first; one question."""
    rows = StageProgress.objects.filter(enrolment__cohort__in=cohorts).order_by(
        "enrolment_id", "opened_on", "pk"
    )
    found: dict[int, list[tuple[date, str]]] = {}
    for who, opened_on, key in rows.values_list("enrolment_id", "opened_on", "stage__key"):
        found.setdefault(who, []).append((opened_on, key))
    return found


def classes() -> Iterator[tuple[int, int]]:
    """(class, college) of all that there are; one question."""
    rows = Cohort._base_manager.order_by("pk").values_list("pk", "organisation_id")
    return iter(rows.iterator())


def colleges_of(cohorts: Collection[int]) -> dict[int, int]:
    """class → college; one question."""
    rows = Cohort._base_manager.filter(pk__in=cohorts).order_by()
    return dict(rows.values_list("pk", "organisation_id"))


def classes_named(
    cohorts: Iterable[str] = (), enrolments: Iterable[str] = (), pks: Iterable[int] = ()
) -> set[int]:
    """Classes by their public ids, and those of enrolments by public id or id; one question."""
    wanted = Q(public_id__in=set(cohorts))
    named, numbered = set(enrolments), set(pks)
    if named or numbered:
        theirs = Enrolment._base_manager.filter(Q(public_id__in=named) | Q(pk__in=numbered)).order_by()
        wanted |= Q(pk__in=theirs.values("cohort_id"))
    return set(Cohort._base_manager.filter(wanted).order_by().values_list("pk", flat=True))


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; one question for each set of tables."""
    wanted: dict[tuple[str, ...], tuple[set[str], set[str]]] = {}
    for entry in entries:
        tables = HEARD.get(entry.fact)
        if tables is None:
            continue
        cohorts, people = wanted.setdefault(tables, (set(), set()))
        cohorts.update(named(entry, "cohort"))
        people.update(named(entry, "enrolment"))
    for tables, (cohorts, people) in wanted.items():
        for pk in classes_named(cohorts, people):
            yield from ((table, pk) for table in tables)


def named(entry: AuditEntry, kind: str) -> set[str]:
    """Public ids of classes or enrolments (`kind`) that a fact is about or holds."""
    payload: dict[str, Any] = entry.payload
    found = {payload[kind]} if isinstance(payload.get(kind), str) else set()
    many = payload.get(f"{kind}s")
    found.update(one for one in many if isinstance(one, str)) if isinstance(many, list) else None
    noun, _, rest = entry.subject.partition("/")
    if noun == "apprenticeships" and rest.startswith(f"{kind}/"):
        found.add(rest.partition("/")[2])
    return found


def hosts_of(cohorts: Collection[int]) -> dict[int, tuple[str, str]]:
    """enterprise → (public id, path) of those where these classes learn; one question."""
    theirs = Enrolment._base_manager.filter(cohort__in=cohorts, enterprise__isnull=False).order_by()
    rows = Organisation.objects.filter(pk__in=theirs.values("enterprise_id"))
    return {pk: (public_id, path) for pk, public_id, path in rows.values_list("pk", "public_id", "path")}


def first_day() -> date | None:
    """On which the first contract that there is began; one question."""
    day: date | None = Enrolment._base_manager.aggregate(day=Min("starts_on"))["day"]
    return day


def spells(people: Collection[int]) -> dict[int, list[tuple[date, int]]]:
    """person → (first day, enrolment) of every contract, the first one first; one question.

    What belongs to a person and to no contract counts in the one that had begun last by then.
    """
    rows = Enrolment._base_manager.filter(person__in=people).exclude(state="enrolled")
    found: dict[int, list[tuple[date, int]]] = {}
    for person, day, pk in rows.order_by("starts_on", "pk").values_list("person_id", "starts_on", "pk"):
        found.setdefault(person, []).append((day, pk))
    return found


def classes_of_people(people: Collection[int]) -> set[int]:
    """Every class that these persons were ever in; one question."""
    rows = Enrolment._base_manager.filter(person__in=people).order_by()
    return set(rows.values_list("cohort_id", flat=True))


def enrolled(cohorts: Collection[int]) -> dict[int, int]:
    """class → people who were ever given a place in it; one question."""
    rows = Enrolment._base_manager.filter(cohort__in=cohorts).order_by()
    return dict(rows.values_list("cohort_id").annotate(Count("pk")))


def turning(first: date, last: date) -> set[int]:
    """Classes in which a contract begins or ends on one of these days, which no fact tells; one question."""
    days = Q(starts_on__range=(first, last)) | Q(ended_on__range=(first, last))
    return set(Enrolment._base_manager.filter(days).order_by().values_list("cohort_id", flat=True))


def occupation_names() -> dict[str, Mapping[str, str]]:
    """The name by which rows go → the name in each language; one question."""
    told = Cohort._base_manager.order_by().values_list("occupation", flat=True).distinct()
    return {Text.of(name).say("zh-hans"): dict(name) for name in told}
