"""Duties of pairs: apprentices without a teacher, qualifications that end, a missing yes, a change asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Subquery

from craftpath.domain.apprenticeships.queries import active_with_parties
from craftpath.domain.pairing.models import Bond, ChangeWish, Pair, Standing
from craftpath.domain.pairing.queries import bonds, bonds_on, house_rules, nobody_responsible
from craftpath.kernel.access import memberships_on
from craftpath.kernel.duties import Asked, Row, columns, duty
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role, of_office

OFFICES = [role.value for role in Role if Permission.FORM_PAIRS in of_office(role)]


@duty("pairing.gap", subject="apprenticeships.enrolment")
def apprentices_without_teacher(asked: Asked) -> Iterator[Row]:
    """Active apprentices for whom nobody is responsible today, by the last day that their house allows.

    Three queries.
    """
    if asked.people is not None:  # an office is asked, nobody in person
        return
    mine = {"enrolment": OuterRef("pk"), "role": "responsible", "pair__kind": "master_apprentice"}
    before = bonds().filter(**mine, ends_on__gt=F("starts_on"), ends_on__lte=asked.today).order_by()
    last = before.values("enrolment").annotate(last=Max("ends_on")).values("last")
    rows = active_with_parties().filter(nobody_responsible(asked.today))
    told = list(
        rows.filter(starts_on__lte=asked.today)
        .annotate(last=Subquery(last))
        .values_list("public_id", "starts_on", "last", "cohort__organisation_id")
    )
    rules = house_rules(Organisation.objects.filter(pk__in={row[3] for row in told}))
    for enrolment, starts_on, ended, place in told:
        since = max(starts_on, ended) if ended else starts_on
        yield enrolment, since + timedelta(days=rules[place].gap_days + 1), place, None


@duty("pairing.qualification", subject="kernel.person")
def qualifications_that_end(asked: Asked) -> models.QuerySet[Any]:
    """Qualifications with a last day of people who teach at the place today."""
    teaches = bonds_on(asked.today).filter(teacher=OuterRef("person"), place=OuterRef("organisation"))
    rows = Standing.objects.filter(Exists(teaches), qualified_until__isnull=False)
    return columns(rows, subject="person__public_id", anchor="qualified_until", place="organisation_id")


@duty("pairing.answer", subject="pairing.pair")
def pairs_to_answer(asked: Asked) -> Iterator[Row]:
    """Proposals that wait for the yes of somebody in them, each person once a pair. Two queries."""
    rows = Bond.objects.filter(pair__in=Pair.objects.filter(state="proposed").values("pk")).order_by()
    sides = (("teacher_id", "accepted_at"), ("learner_id", "learner_accepted_at"))
    found = set()
    for who, accepted in sides:
        open_ones = rows.filter(**{f"{accepted}__isnull": True})
        told = open_ones.values_list("pair__public_id", "pair__starts_on", "pair__organisation_id", who)
        found |= set(told)
    for pair, starts_on, place, person in sorted(found):
        if asked.people is None or asked.people[0] < person <= asked.people[1]:
            yield pair, starts_on, place, person


@duty("pairing.wish", subject="pairing.wish")
def changes_to_read(asked: Asked) -> Iterator[Row]:
    """Changes asked for that nobody has read: of each who may pair at the college and does not teach in the pair.

    Two queries, and one for each organisation that was asked.
    """
    rows = list(
        ChangeWish.objects.filter(state="asked").select_related("organisation").order_by("asked_at", "pk")
    )
    teaching: dict[int, set[int]] = {}
    told = Bond.objects.filter(pair__in=[row.pair_id for row in rows]).values_list("pair_id", "teacher_id")
    for pair, teacher in told:
        teaching.setdefault(pair, set()).add(teacher)
    offices: dict[int, set[int]] = {}
    for row in rows:
        place = row.organisation
        if place.pk not in offices:
            offices[place.pk] = _office(asked, place)
        for person in sorted(offices[place.pk] - teaching.get(row.pair_id, set()) - {row.person_id}):
            if asked.people is None or asked.people[0] < person <= asked.people[1]:
                yield row.public_id, row.asked_at, place.pk, person


def _office(asked: Asked, place: Organisation) -> set[int]:
    above = [place.path[:end] for end in range(place.steplen, len(place.path) + 1, place.steplen)]
    held = memberships_on(asked.today).filter(
        role__in=OFFICES, organisation__path__in=above, person__is_active=True
    )
    return set(held.values_list("person_id", flat=True))
