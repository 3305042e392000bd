"""Appraisals of the demo: one published, one with its trainers and contested, one that asks its apprentices now."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.appraisals import actions
from craftpath.domain.appraisals.definition import BUILT_IN
from craftpath.domain.appraisals.queries import appraisals, rounds, voices_to
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX
from craftpath.kernel.roles import Role
from craftpath.values.period import later

if TYPE_CHECKING:
    from craftpath.domain.appraisals.models import Appraisal, AppraisalRound, VoiceAsked

LEAST = 3  # apprentices: the demo's college is small
BACK = 3  # months between the two rounds of the college
SICK = "这名徒弟第二阶段请了两个多月病假，成绩主要不是带教的原因，请不要把这一行算进来。"
AWAY = "代班是办公室安排我去外地调试设备，不是我不带。"
STANDS = "已查：调试期间由代理师傅带教，规则里代班日不计为在岗，对每位师傅都一样。评价不变。"


def appraise_trainers(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """The college's two rounds by its own scheme, and a first one of the enterprise by the built-in one."""
    month = timezone.localdate(at).replace(day=1)
    admin = Actor(places.college, staff.administrator, frozenset({Role.ADMINISTRATOR}))
    rule = replace(
        BUILT_IN,
        months=12,
        parts=tuple(replace(one, least=LEAST) if one.key == "progress" else one for one in BUILT_IN.parts),
    )
    ended = later(month, -1)
    before = later(ended, -BACK)
    long_ago = _morning(before)
    actions.set_scheme(places.college, definition=rule, valid_from=before, by=by, at=long_ago)
    _published(places, staff, by, admin, long_ago)
    _heard(places, staff, by, ended, at)
    _asking(places, staff, at)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _published(places: Places, staff: Staff, by: Actor, admin: Actor, opened: datetime) -> None:
    """A year that ended some months ago: voices, a contest that did not hold, published by another person."""
    ends_on = timezone.localdate(opened)
    row = _opened(places, by, "published", later(ends_on, -12), opened)
    row = actions.ask_voices(row, by=by, at=opened)
    _answer(voices_to(row), opened + timedelta(days=4))
    row = _computed(row, by, opened + timedelta(days=16))
    row = actions.show_round(row, by=by, at=opened + timedelta(days=17))
    one = _of(row, staff.mentors["jinheng"][4].pk)
    if one is not None:
        own = Actor(places.jinheng, one.person, frozenset({Role.MENTOR}))
        contest = actions.contest_appraisal(
            one, part="continuity", words=AWAY, by=own, at=opened + timedelta(days=19)
        )
        actions.reject_contest(contest, answer=STANDS, by=admin, at=opened + timedelta(days=23))
    actions.publish_round(row, by=admin, at=opened + timedelta(days=29))


def _heard(places: Places, staff: Staff, by: Actor, ended: date, at: datetime) -> None:
    """The year until last month, shown today; the demo's mentor contests a line."""
    opened = _morning(ended)
    row = _opened(places, by, "heard", later(ended, -12), opened)
    row = actions.ask_voices(row, by=by, at=opened)
    _answer(voices_to(row), opened + timedelta(days=3))
    row = _computed(row, by, at - timedelta(hours=5))
    row = actions.show_round(row, by=by, at=at - timedelta(hours=4))
    one = _of(row, staff.mentors["jinheng"][0].pk)
    if one is not None and one.lines:
        own = Actor(places.jinheng, one.person, frozenset({Role.MENTOR}))
        worst = min(one.lines, key=lambda line: line["difference"])
        line = f"{worst['enrolment']}.{worst['evaluation']}"
        actions.contest_appraisal(
            one, part="progress", line=line, words=SICK, by=own, at=at - timedelta(hours=2)
        )


def _asking(places: Places, staff: Staff, at: datetime) -> None:
    """The enterprise asks the apprentices of the last half year; the demo's apprentice has not answered yet."""
    hr = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    month = timezone.localdate(at).replace(day=1)
    name = uuid.uuid5(uuid.NAMESPACE_URL, "demo-appraisals-asking")
    row = actions.open_round(
        places.jinheng, made_id=name, starts_on=later(month, -6), by=hr, at=at - timedelta(hours=30)
    )
    row = actions.ask_voices(row, by=hr, at=at - timedelta(hours=30))
    asked = [one for one in voices_to(row) if not one.enrolment.person.username.startswith(DEMO_PREFIX)]
    _answer(asked[::3], at - timedelta(hours=20))


def _opened(places: Places, by: Actor, name: str, starts_on: date, at: datetime) -> AppraisalRound:
    made_id = uuid.uuid5(uuid.NAMESPACE_URL, f"demo-appraisals-{name}")
    return actions.open_round(places.college, made_id=made_id, starts_on=starts_on, by=by, at=at)


def _computed(row: AppraisalRound, by: Actor, at: datetime) -> AppraisalRound:
    """Asked for, and done here instead of by a worker, who finds nothing left to do."""
    row = actions.compute_round(row, by=by, at=at)
    actions.carry_out(rounds().get(pk=row.pk), by=by, at=at)
    return rounds().get(pk=row.pk)


def _of(row: AppraisalRound, person: int) -> Appraisal | None:
    return appraisals().filter(round=row, person=person).first()


def _answer(asked: Iterable[VoiceAsked], at: datetime) -> None:
    """Most answer, and most well; one in five does not answer."""
    for n, row in enumerate(asked):
        if n % 5 == 4:
            continue
        steps = {"shows": 3 + (n * 7) % 3, "helps": 2 + (n * 5) % 4, "respects": 4 + n % 2}
        own = Actor(row.round.organisation, row.enrolment.person, frozenset({Role.APPRENTICE}))
        actions.give_voice(row, steps=steps, by=own, at=at)
