"""What the record below offers to requirements: stages, courses, skills, hours, months, pairs, own certificates.

All is read whoever asks: what somebody may hold does not depend on who looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Q

from craftpath.domain.apprenticeships.everybody import enrolments_everywhere
from craftpath.domain.apprenticeships.queries import begun_stages
from craftpath.domain.certificates.holding import Offer, Row, provides
from craftpath.domain.certificates.models import Certificate
from craftpath.domain.courses.queries import followers
from craftpath.domain.growth.scale import nearest
from craftpath.domain.growth.standing import standing
from craftpath.domain.pairing.queries import taught_bonds
from craftpath.domain.pairing.spans import merged, period
from craftpath.domain.standards.queries import CORE
from craftpath.domain.training.queries import minutes_of_people
from craftpath.values.period import Period
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.pairing.models import Bond

AN_HOUR = 60
LEAST_PROOFS = 3
ONE_DAY = timedelta(days=1)


def of_programme(row: Row, prefix: str) -> Q:
    """The condition that a programme, or one of its line, is meant; any where the row names none."""
    key = row.get("programme")
    if not key:
        return Q()
    return Q(**{f"{prefix}root": key}) | Q(**{f"{prefix}root": "", f"{prefix}key": key})


@provides("stage")
def stages(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """A stage that somebody with authority has let them leave."""
    rows = begun_stages().filter(
        of_programme(row, "stage__programme__"), enrolment__person__in=people, stage__key=row["stage"],
        state="passed", passed_on__lte=on,
    )  # fmt: skip
    for person, enrolment in rows.order_by("pk").values_list("enrolment__person", "enrolment__public_id"):
        yield Offer(person, source=str(Ref("apprenticeships", "enrolment", enrolment)))


@provides("course")
def courses(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """A course of which everything is done."""
    rows = followers().filter(
        person__in=people, run__course__public_id=row["course"], finished_at__date__lte=on
    )
    for person in rows.order_by().values_list("person", flat=True).distinct():
        yield Offer(person, source=str(Ref("courses", "course", row["course"])))


@provides("skill")
def skills(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """A core skill at a level or above; constant queries for each cohort that these people are in."""
    for (person, enrolment), level in skill_levels(row["skill"], people, on).items():
        if level >= row["at_least"]:
            yield Offer(person, source=str(Ref("apprenticeships", "enrolment", enrolment)))


def skill_levels(skill: str, people: Sequence[int], on: date) -> dict[tuple[int, str], int]:
    """(person id, public id of an enrolment) → the level (1–4) in the last stage of which there is a proof.

    Only of those who were rated or observed often enough: a level that one job shows is no ground for a paper.
    """
    by_cohort: dict[int, list[Enrolment]] = defaultdict(list)
    rows = enrolments_everywhere().filter(person__in=people).exclude(state="enrolled")
    for row in rows:
        by_cohort[row.cohort_id].append(row)
    found: dict[tuple[int, str], int] = {}
    for some in by_cohort.values():
        known = standing(some[0].cohort, [one.pk for one in some], on, telling=False, framework=CORE)
        place = next((n for n, one in enumerate(known.skills) if one.key == skill), None)
        if place is None:
            continue
        for n, one in enumerate(some):
            told = [float(value) for value in known.levels.level[n, place] if not np.isnan(value)]
            if told and int(known.levels.n[n, place].sum()) >= LEAST_PROOFS:
                found[one.person_id, one.public_id] = nearest(told[-1])
    return found


@provides("hours")
def hours(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """Whole hours of the ledger, reversals taken off."""
    for person, minutes in minutes_of_people(people, on, row.get("bucket", "")).items():
        yield Offer(person, minutes // AN_HOUR)


@provides("months")
def months(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """Full months of apprenticeship; two at the same time count once."""
    rows = enrolments_everywhere().filter(person__in=people, starts_on__lte=on).exclude(state="enrolled")
    spans: dict[int, list[Period]] = defaultdict(list)
    for person, starts_on, ended_on in rows.values_list("person", "starts_on", "ended_on"):
        spans[person].append(_until(period(starts_on, ended_on), on))
    for person, some in spans.items():
        yield Offer(person, sum(one.months for one in merged(some)))


@provides("pair_served")
def months_served(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """Full months in which an apprentice was taught; several at the same time count once."""
    for person, some in served(people, on).items():
        yield Offer(person, months_in(some))


@provides("pairs")
def pairs_served(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """How many apprentices were taught, each once."""
    for person, some in served(people, on).items():
        yield Offer(person, len({one.learner_id for one in some}))


def served(people: Sequence[int] | None, on: date, within: str = "") -> dict[int, list[Bond]]:
    """person id → the bonds in which an apprentice was taught up to a day; one query. Deputies are not counted.

    `people` None: of everybody who taught at a place of the tree, `within`, or taught apprentices of its cohorts.
    """
    rows = taught_bonds().filter(starts_on__lte=on)
    if people is not None:
        rows = rows.filter(teacher__in=people)
    if within:
        ours = Q(place__path__startswith=within) | Q(pair__organisation__path__startswith=within)
        rows = rows.filter(ours | Q(enrolment__cohort__organisation__path__startswith=within))
    found: dict[int, list[Bond]] = defaultdict(list)
    for row in rows:
        if row.ends_on is None or row.ends_on > row.starts_on:
            row.ends_on = min(row.ends_on or on + ONE_DAY, on + ONE_DAY)
            found[row.teacher_id].append(row)
    return found


def months_in(bonds: Iterable[Bond]) -> int:
    """Full months in which at least one of them held."""
    return sum(one.months for one in merged(period(row.starts_on, row.ends_on) for row in bonds))


@provides("certificate")
def certificates(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """Certificates of this site that hold on the day, by scheme and level."""
    rows = Certificate._base_manager.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        person__in=people,
        state="issued",
        issued_on__lte=on,
    ).exclude(Q(kind__level="") | Q(key__state="revoked"))
    told = rows.order_by("pk").values_list("person", "kind__scheme", "kind__level", "public_id")
    for person, scheme, level, public_id in told:
        yield Offer(person, 1, scheme, level, str(Ref("certificates", "certificate", public_id)))


def _until(span: Period, on: date) -> Period:
    return Period(span.start, min(span.end, on + ONE_DAY))
