"""A class whose log, roll calls and mentors are written as rows, and a past of many who stayed and some who left."""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from craftpath.domain.apprenticeships.models import Cohort, Enrolment, EnrolmentParty
from craftpath.domain.apprenticeships.noticed import Among
from craftpath.domain.logbook.models import Entry
from craftpath.domain.support import actions
from craftpath.domain.support.models import Look, Sign
from craftpath.kernel.access import Actor, system
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

EVERYBODY = Among(after=0, until=10**9)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def look(at: datetime = AT) -> int:
    return actions.look_again(EVERYBODY, by=system(), at=at)


def look_of(cast: Cast, number: str) -> Look:
    return Look._base_manager.get(pk=cast.enrolments[number].pk)


def reasons(cast: Cast, number: str) -> dict[str, tuple[int, int]]:
    return {code: (value, points) for code, value, points in look_of(cast, number).reasons}


def signs(cast: Cast, number: str) -> dict[str, str]:
    rows = Sign._base_manager.filter(enrolment=cast.enrolments[number]).order_by("pk")
    return {row.rule: row.state for row in rows}


def wrote(enrolment: Enrolment, on: date, *, answered: bool = True, mentor: Person | None = None) -> Entry:
    """An entry about a day, handed in that evening."""
    handed = timezone.make_aware(datetime.combine(on, time(18)))
    row = Entry(
        enrolment=enrolment, made_id=uuid.uuid4(), on=on, text="切削", minutes=60, state="submitted",
        written_at=handed, saved_at=handed, submitted_at=handed, first_submitted_at=handed,
    )  # fmt: skip
    if answered:
        mentor = mentor or Person.objects.get(name="周国栋")
        row.state, row.confirmed_by, row.confirmed_at = "confirmed", mentor, handed + timedelta(hours=2)
    row.save()
    return row


def office(cast: Cast) -> Actor:
    return cast.actor("coordinator")


def past(cast: Cast, people: int = 150, *, seed: int = 3, telling: bool = True) -> None:
    """Apprentices of two years ago. With `telling` those who fall silent leave far more often; else all is chance."""
    rng = random.Random(seed)
    begin = TODAY - timedelta(days=730)
    cohort = Cohort.objects.create(
        organisation=cast.college, programme=cast.programme, name={"zh": "往届"}, occupation={"zh": "车工"},
        state="running", starts_on=begin, ends_on=begin + timedelta(days=720),
    )  # fmt: skip
    mentor = Person.objects.get(name="周国栋")
    at = timezone.make_aware(datetime.combine(begin, time(8)))
    persons = [
        Person(
            username=f"past{n}", name=f"往届{n}", password="!",
            birth_date=begin - timedelta(days=365 * (17 if n % 3 else 21)),
        )
        for n in range(people)
    ]  # fmt: skip
    Person.objects.bulk_create(persons)
    rows, entries, parties = [], [], []
    for n, person in enumerate(Person.objects.filter(username__startswith="past").order_by("pk")):
        row = Enrolment(
            cohort=cohort, person=person, number=f"P{n}", enterprise=cast.jinheng if n % 2 else cast.qinghe,
            starts_on=begin, state="active",
        )  # fmt: skip
        quiet_from = rng.choice([None, None, 60, 230])
        leaves = quiet_from is not None and rng.random() < 0.75 if telling else rng.random() < 0.3
        if not telling or rng.random() < 0.04:
            leaves = rng.random() < 0.35
        if leaves:
            since = quiet_from if telling and quiet_from is not None else rng.choice([60, 230])
            gone = since + rng.randint(60, 150)
            row.state, row.ended_on, row.ended_because = "ended", begin + timedelta(days=gone), "not_suited"
        rows.append((row, quiet_from))
    Enrolment.objects.bulk_create([row for row, _ in rows])
    for row, quiet_from in rows:
        parties.append(EnrolmentParty(enrolment=row, person=mentor, role="mentor", starts_on=begin))
        for day in range(2, min(700, ((row.ended_on or TODAY) - begin).days), 12):
            if quiet_from is not None and quiet_from <= day < quiet_from + 90:
                continue
            on = begin + timedelta(days=day)
            moment = at + timedelta(days=day, hours=10)
            entries.append(
                Entry(
                    enrolment=row, made_id=uuid.uuid4(), on=on, text="x", state="confirmed", written_at=moment,
                    saved_at=moment, submitted_at=moment, first_submitted_at=moment, confirmed_by=mentor,
                    confirmed_at=moment + timedelta(days=1),
                )
            )  # fmt: skip
    EnrolmentParty.objects.bulk_create(parties)
    Entry.objects.bulk_create(entries, batch_size=500)
