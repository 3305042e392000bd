"""Reading pairs: who teaches whom on a day, how much each carries, and who has nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from craftpath.domain.apprenticeships.queries import active_with_parties, enrolments
from craftpath.domain.pairing.models import (
    BOTH_WAYS,
    OF_APPRENTICES,
    Bond,
    ChangeWish,
    HouseRule,
    Pair,
    Standing,
)
from craftpath.domain.pairing.rules import Teaching
from craftpath.domain.pairing.spans import gaps, period
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

LIVE = ("active", "ended", "dissolved")
"""Pairs whose bonds hold between their days; a proposal holds nothing."""


def pairs() -> models.QuerySet[Pair]:
    """The pairs of the open scope, with what a list shows of each."""
    bonds = Bond.objects.select_related(
        "teacher", "learner", "place", "enrolment__cohort__organisation", "enrolment__enterprise"
    ).order_by("pk")
    return Pair.objects.select_related("organisation").prefetch_related(models.Prefetch("bonds", bonds))


def bonds() -> models.QuerySet[Bond]:
    """The bonds of pairs that hold or held, whoever asks: callers have looked at who may."""
    return Bond.objects.filter(pair__state__in=LIVE)


def taught_bonds() -> models.QuerySet[Bond]:
    """The bonds in which an apprentice is or was taught, whoever asks; whoever only stands in is left out."""
    rows = bonds().filter(pair__kind__in=OF_APPRENTICES).exclude(role="deputy")
    return rows.order_by("starts_on", "pk")


def meeting(span: Period) -> Q:
    """The condition that a bond has a day in a span."""
    return (Q(ends_on__isnull=True) | Q(ends_on__gt=span.start)) & Q(starts_on__lt=span.end)


def bonds_on(day: date) -> models.QuerySet[Bond]:
    """The bonds that hold on a day."""
    return bonds().filter(meeting(period(day, day + timedelta(days=1))))


def span_of(row: Bond | Pair) -> Period:
    """The days of a bond or a pair."""
    return period(row.starts_on, row.ends_on)


def house_rules(organisations: Iterable[Organisation]) -> dict[int, HouseRule]:
    """organisation id → what it holds to: its own rule, else that of the nearest above it, else the defaults."""
    asked = {row.pk: row for row in organisations}
    above = {
        pk: [row.path[:end] for end in range(row.steplen, len(row.path) + 1, row.steplen)]
        for pk, row in asked.items()
    }
    wanted = {path for paths in above.values() for path in paths}
    rows = HouseRule._base_manager.filter(organisation__path__in=wanted).select_related("organisation")
    kept = {row.organisation.path: row for row in rows}
    found = {}
    for pk, paths in above.items():
        nearest = next((kept[path] for path in reversed(paths) if path in kept), None)
        found[pk] = nearest or HouseRule(organisation=asked[pk])
    return found


def house_rule(organisation: Organisation) -> HouseRule:
    """The same for one organisation."""
    return house_rules([organisation])[organisation.pk]


def room_at(rule: HouseRule) -> int | None:
    """How many apprentices a place may have by its ratio; None without one."""
    if not rule.ratio_learners:
        return None
    return rule.skilled_workers * rule.ratio_learners // rule.ratio_skilled


def teachings(
    wanted: Iterable[tuple[Organisation, Person]], *, hold: bool = False
) -> dict[tuple[int, int], Teaching]:
    """(place id, person id) → where somebody stands there; with `hold` until the open transaction ends."""
    asked = {(place.pk, person.pk): (place, person) for place, person in wanted}
    rows = Standing._base_manager.filter(
        organisation__in={place for place, _ in asked}, person__in={person for _, person in asked}
    ).order_by("pk")
    kept = {(row.organisation_id, row.person_id): row for row in (_held(rows) if hold else rows)}
    usual = house_rules(place for place, _ in asked.values())
    found = {}
    for key, (place, person) in asked.items():
        row = kept.get(key)
        capacity = row.capacity if row else usual[place.pk].capacity
        found[key] = Teaching(person.name, capacity, _qualified(row) if row else None)
    return found


def _held(rows: models.QuerySet[Standing]) -> models.QuerySet[Standing]:
    return rows.select_for_update(of=("self",), no_key=True)


def _qualified(row: Standing) -> Period | None:
    if row.qualified_from is None and row.qualified_until is None:
        return None
    return period(row.qualified_from or date.min, row.qualified_until)


def carried(people: Iterable[int], span: Period) -> dict[int, list[tuple[int, Period]]]:
    """teacher id → (learner id, days) of what each teaches in a span, at all places."""
    rows = bonds().filter(meeting(span), teacher__in=set(people))
    found: dict[int, list[tuple[int, Period]]] = defaultdict(list)
    for teacher, learner, first, last in rows.values_list("teacher_id", "learner_id", "starts_on", "ends_on"):
        found[teacher].append((learner, period(first, last)))
    return found


def carried_at(place: Organisation, span: Period) -> list[tuple[int, Period]]:
    """(learner id, days) of the apprentices who are taught at a place in a span."""
    rows = bonds().filter(meeting(span), place=place, enrolment__isnull=False)
    return [
        (learner, period(a, b)) for learner, a, b in rows.values_list("learner_id", "starts_on", "ends_on")
    ]


def responsible_for(enrolments: Iterable[int]) -> dict[int, list[Period]]:
    """enrolment id → the days on which somebody is responsible for it."""
    rows = bonds().filter(enrolment__in=set(enrolments), role="responsible", pair__kind="master_apprentice")
    found: dict[int, list[Period]] = defaultdict(list)
    for enrolment, first, last in rows.values_list("enrolment_id", "starts_on", "ends_on"):
        found[enrolment].append(period(first, last))
    return found


def arrows(span: Period, within: Iterable[int]) -> dict[int, set[int]]:
    """teacher id → learner ids of the one-way bonds in a span that lead away from these people, step by step."""
    found: dict[int, set[int]] = defaultdict(set)
    frontier = set(within)
    while frontier:
        rows = bonds().filter(meeting(span), teacher__in=frontier).exclude(pair__kind__in=BOTH_WAYS)
        new: set[int] = set()
        for teacher, learner in rows.values_list("teacher_id", "learner_id"):
            found[teacher].add(learner)
            new.add(learner)
        frontier = new - set(found)
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nobody is responsible for an apprentice; `late` if they are more than the house allows."""

    enrolment: Enrolment
    since: date
    days: int
    late: bool


def nobody_responsible(day: date) -> Q:
    """The condition that nobody is responsible for an enrolment on a day."""
    mine = bonds_on(day).filter(enrolment=OuterRef("pk"), role="responsible", pair__kind="master_apprentice")
    return Q(~Exists(mine))


def without_teacher(enrolments: Iterable[Enrolment], day: date) -> list[Gap]:
    """Who of these active apprentices has no responsible teacher on a day, the longest wait first; two queries."""
    rows = [row for row in enrolments if row.state == "active" and row.starts_on <= day]
    spans = responsible_for(row.pk for row in rows)
    rules = house_rules(row.cohort.organisation for row in rows)
    found = []
    for row in rows:
        here = period(row.starts_on, row.ended_on)
        open_ = [gap for gap in gaps(spans.get(row.pk, []), here) if day in gap]
        if open_:
            days = (day - open_[0].start).days
            allowed = rules[row.cohort.organisation_id].gap_days
            found.append(Gap(row, open_[0].start, days, days > allowed))
    return sorted(found, key=lambda gap: (-gap.days, gap.enrolment.number))


def turned(day: date, back: int = 7) -> list[int]:
    """Ids of the enrolments whose bonds began or ended in the days up to `day`: a week, should a night have failed."""
    first = day - timedelta(days=back)
    rows = bonds().filter(
        Q(starts_on__range=(first, day)) | Q(ends_on__range=(first, day)), enrolment__isnull=False
    )
    return sorted(set(rows.values_list("enrolment_id", flat=True)))


def from_rosters() -> dict[int, int]:
    """cohort id → how many active apprentices of the open scope have a mentor of whom no pair knows; one query."""
    known = Bond.objects.filter(enrolment__isnull=False).exclude(pair__state__in=("declined", "withdrawn"))
    rows = active_with_parties().filter(parties__role="mentor", parties__ends_on__isnull=True)
    counted = rows.exclude(pk__in=known.values("enrolment_id")).values("cohort_id")
    told = counted.annotate(people=Count("pk", distinct=True)).values_list("cohort_id", "people")
    return dict(told)


def bonds_seen(day: date) -> models.QuerySet[Bond]:
    """The bonds of today in the pairs that the reader sees, with everybody and the place; chains before apprentices."""
    rows = bonds_on(day).filter(pair__in=Pair.objects.order_by().values("pk"))
    rows = rows.select_related("teacher", "learner", "pair", "place", "pair__organisation")
    return rows.order_by("place__path", "teacher__name", "teacher_id", "learner__name", "pk")


def standings_at(places: Iterable[Organisation]) -> dict[tuple[int, int], Standing]:
    """(place id, person id) → what is kept of somebody there."""
    rows = Standing._base_manager.filter(organisation__in={place.pk for place in places})
    return {(row.organisation_id, row.person_id): row for row in rows}


def named_pairs() -> models.QuerySet[Pair]:
    """The pairs of the open scope, each with the names of the first who teach and learn in it, for a history."""
    first = Bond.objects.filter(pair=OuterRef("pk")).order_by("pk")
    return Pair.objects.annotate(
        teacher_name=Subquery(first.values("teacher__name")[:1]),
        learner_name=Subquery(first.values("learner__name")[:1]),
    )


def wishes() -> models.QuerySet[ChangeWish]:
    """The changes asked for that the reader may know of, the newest first."""
    rows = ChangeWish.objects.select_related("person", "pair", "organisation", "answered_by")
    return rows.order_by("-asked_at", "-pk")


def unpaired(cohort: Cohort) -> models.QuerySet[Enrolment]:
    """The active apprentices of a cohort of whom no pair knows, by number."""
    known = Bond.objects.filter(enrolment__cohort=cohort).exclude(pair__state__in=("declined", "withdrawn"))
    rows = enrolments().filter(cohort=cohort, state="active").exclude(pk__in=known.values("enrolment_id"))
    return rows.order_by("number", "pk")


def stood_in_for(people: Iterable[int], span: Period) -> dict[int, list[Period]]:
    """teacher id → the days on which a deputy teaches instead, so the teacher is away; one query."""
    rows = bonds().filter(meeting(span), role="deputy", instead_of__teacher__in=set(people))
    found: dict[int, list[Period]] = defaultdict(list)
    for teacher, first, last in rows.values_list("instead_of__teacher_id", "starts_on", "ends_on"):
        found[teacher].append(period(first, last))
    return found


@dataclass(frozen=True, slots=True)
class Taught:
    """One bond with a day in a month, in ids, for whoever pays by pairs; `college` is the apprentice's cohort's."""

    bond: int
    teacher: int
    learner: int
    enrolment: int | None
    cohort: int | None
    enterprise: int | None
    place: int
    kind: str
    role: str
    share: int
    instead_of: int | None
    starts_on: date
    ends_on: date | None

    @property
    def days(self) -> Period:
        """The days on which it holds."""
        return period(self.starts_on, self.ends_on)


_TAUGHT = (
    "pk", "teacher_id", "learner_id", "enrolment_id", "enrolment__cohort_id", "enrolment__enterprise_id", "place_id",
    "pair__kind", "role", "share", "instead_of_id", "starts_on", "ends_on",
)  # fmt: skip


def bonds_under(organisation: Organisation) -> models.QuerySet[Bond]:
    """The bonds that are taught at an organisation or below, and those about apprentices of its own cohorts."""
    path = organisation.path
    own = Q(place__path__startswith=path) | Q(enrolment__cohort__organisation__path__startswith=path)
    return bonds().filter(own)


def taught_in(organisation: Organisation, span: Period) -> list[Taught]:
    """Those of `bonds_under` with a day in a span, by id; one query however many."""
    rows = bonds_under(organisation).filter(meeting(span)).order_by("pk").values_list(*_TAUGHT)
    told: Iterable[Any] = rows.iterator(chunk_size=10_000)
    return [Taught(*row) for row in told]


def capacities_at(places: Iterable[int]) -> tuple[dict[tuple[int, int], int], dict[int, int]]:
    """(place id, person id) → capacity where a standing says it; place id → the usual one there."""
    wanted = set(places)
    kept = Standing._base_manager.filter(organisation__in=wanted)
    said = {(a, b): most for a, b, most in kept.values_list("organisation_id", "person_id", "capacity")}
    usual = house_rules(Organisation.objects.filter(pk__in=wanted))
    return said, {place: rule.capacity for place, rule in usual.items()}
