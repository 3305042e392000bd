"""The demo's sessions: the last weeks and the next, one that is on now, rolls that differ, an objection."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.learning.actions import (
    Plan,
    Said,
    cancel_session,
    change_session,
    close_session,
    confirm_own_attendance,
    dispute_attendance,
    plan_session,
    settle_attendance,
    take_roll,
)
from craftpath.domain.learning.queries import attendances
from craftpath.domain.learning.queries import sessions as sessions_known
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import DEMO_PREFIX, Person

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.learning.models import Attendance, Session

WEEK = timedelta(weeks=1)
STATUSES = ("absent", "late", "excused", "left_early")


@dataclass(frozen=True)
class Row:
    """One subject through the weeks: `began` weeks ago, `weeks` in all."""

    occupation: str
    title: tuple[str, str]
    kind: str
    mode: str
    place: str
    began: int
    weeks: int
    shift: timedelta  # from the moment of the demo
    minutes: int
    online: int = 0
    bucket: str = "taught"
    recorded: bool = False


ROWS = (
    Row("CNC turner", ("机械识图与公差配合", "Drawings and tolerances"), "lesson", "on_site", "A-301", 6, 9,
        timedelta(minutes=-40), 100, recorded=True),
    Row("CNC turner", ("数控车削工艺", "Turning processes"), "workshop", "on_site", "实训楼 2 层", 5, 8,
        timedelta(days=-2), 180),
    Row("CNC turner", ("职业素养线上课", "Professional conduct, online"), "lesson", "online", "", 4, 7,
        timedelta(days=-1, hours=-2), 60),
    Row("Welder", ("焊接工艺", "Welding processes"), "lesson", "on_site", "E-104", 6, 8, timedelta(days=-3), 120),
    Row("Welder", ("焊接安全线上课", "Welding safety, online"), "lesson", "online", "", 6, 8,
        timedelta(days=-2, hours=3), 110, recorded=True),
    Row("Robot maintenance technician", ("机器人故障诊断", "Fault finding"), "workshop", "mixed", "临港实训中心",
        3, 5, timedelta(days=1, hours=1), 150, online=45),
)  # fmt: skip


def make_teaching(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Plan, call, differ, object, settle, close."""
    trainer = actor_in(staff.trainer, places.college, at.date())
    if trainer is None:
        raise RuntimeError("the demo's trainer has no role")
    now = at.replace(minute=at.minute // 10 * 10, second=0, microsecond=0)
    classes = {row.occupation["en"]: row for row in cohorts() if row.state == "running"}
    held: list[Session] = []
    for row in ROWS:
        cohort = classes[row.occupation]
        planned = _plan(row, cohort, staff, by, now)
        people = list(enrolments().filter(cohort=cohort))  # a roll names everybody, or it cannot be closed
        done = [one for one in planned if one.ends_at < at]
        for n, session in enumerate(done):
            _roll(session, people, n, by=trainer)
        held += done
    _induction(classes["CNC turner"], staff, by, now)
    apprentice = Person.objects.get(username=f"{DEMO_PREFIX}apprentice")
    turners = [
        one for one in held if classes["CNC turner"].pk in {row.cohort_id for row in one.cohorts.all()}
    ]
    _object(turners, apprentice, trainer, by, at)
    _differ(turners, by)
    _confirm(held, apprentice, at)
    older = [one for one in held if one.ends_at < at - timedelta(days=4)]
    close_session(older, by=trainer, at=at - timedelta(days=1))


def _plan(row: Row, cohort: Cohort, staff: Staff, by: Actor, now: datetime) -> list[Session]:
    starts = now + row.shift - row.began * WEEK
    plan = Plan(
        title={"zh": row.title[0], "en": row.title[1]},
        kind=row.kind,
        mode=row.mode,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=row.minutes),
        place=row.place,
        bucket=row.bucket,
        online_minutes=row.online,
        recorded=row.recorded,
    )
    made = plan_session(
        plan,
        organisation=cohort.organisation,
        cohorts=[cohort],
        teachers={staff.trainer: "trainer"},
        weeks=row.weeks,
        by=by,
        at=starts - timedelta(days=5),
    )
    if row.mode == "mixed":
        cancel_session(
            made[-1:], because="设备检修 · machines in revision", by=by, at=now - timedelta(days=1)
        )
        return made[:-1]
    return made


def _roll(session: Session, people: Sequence[Enrolment], n: int, *, by: Actor) -> None:
    """Most are present; one or two are not, and not always the same."""
    marks = {row.public_id: Said("present") for row in people}
    for k in range(n % 3 + 1):
        person = people[(7 * n + 5 * k + session.minutes) % len(people)]
        status = STATUSES[(n + k) % len(STATUSES)]
        marks[person.public_id] = Said(status, 50 if status == "left_early" else None)
    moment = session.starts_at + timedelta(minutes=5)
    take_roll(session, marks, made_id=uuid.uuid4(), base=0, by=by, at=moment)


def _induction(cohort: Cohort, staff: Staff, by: Actor, now: datetime) -> None:
    """A safety induction by a mentor, whose roll nobody has called yet; an exam preparation of next week that moved."""
    mentor = staff.mentors["jinheng"][0]
    safety = {"zh": "车间安全教育", "en": "Workshop safety induction"}
    exam = {"zh": "期末考前辅导", "en": "Before the final examination"}
    for title, kind, teacher, starts in (
        (safety, "safety_induction", mentor, now - timedelta(days=1, hours=4)),
        (exam, "exam_preparation", staff.trainer, now + timedelta(days=6)),
    ):
        plan = Plan(
            title=title,
            kind=kind,
            mode="on_site",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            place="金恒一号车间" if kind == "safety_induction" else "A-301",
            bucket="" if kind == "exam_preparation" else "taught",
        )
        team: dict[Person, str] = {teacher: "mentor" if teacher == mentor else "trainer"}
        [made] = plan_session(
            plan,
            organisation=cohort.organisation,
            cohorts=[cohort],
            teachers=team,
            by=by,
            at=now - timedelta(days=6),
        )
    moved = replace(plan, starts_at=plan.starts_at + timedelta(hours=1), ends_at=plan.ends_at + timedelta(hours=1),
                    place="E-201")  # fmt: skip
    why = "A-301 投影仪在修 · the projector of A-301 is in repair"
    at = now - timedelta(days=1)
    change_session(made, moved, cohorts=[cohort], teachers=team, because=why, sequence=0, by=by, at=at)


def _object(sessions: Sequence[Session], apprentice: Person, trainer: Actor, by: Actor, at: datetime) -> None:
    """The demo's apprentice has confirmed the first weeks, objected twice, and been answered once."""
    actor = actor_in(apprentice, sessions[0].organisation, at.date())
    if actor is None:
        raise RuntimeError("the demo's apprentice has no role")
    lines = list(attendances().filter(enrolment__person=apprentice, session__in=sessions))
    lines.sort(key=lambda row: row.session.starts_at)
    first, last = lines[0], lines[-3]
    known = sessions_known()
    for row in (first, last):
        marks = {row.enrolment.public_id: Said("absent")}
        base = known.get(pk=row.session_id).revision
        moment = row.session.starts_at + timedelta(minutes=20)
        take_roll(row.session, marks, made_id=uuid.uuid4(), base=base, by=trainer, at=moment)
    dispute_attendance(first, words="我在走廊接设备科的电话。", by=actor, at=first.session.ends_at)
    settle_attendance(first, status="late", by=by, at=first.session.ends_at + timedelta(days=1))
    dispute_attendance(last, words="我去仓库领料了，组长知道。", by=actor, at=at - timedelta(hours=3))
    confirm_own_attendance(lines[1:-5], by=actor, at=at - timedelta(days=8))


def _confirm(sessions: Sequence[Session], but: Person, at: datetime) -> None:
    """Everybody else has said yes to what is older than some days; one in nine lets it lie."""
    rows = attendances().filter(session__in=sessions, session__ends_at__lt=at - timedelta(days=4), says="")
    lines: dict[Person, list[Attendance]] = {}
    for row in rows.exclude(enrolment__person=but):
        lines.setdefault(row.enrolment.person, []).append(row)
    for n, (person, own) in enumerate(lines.items()):
        actor = actor_in(person, own[0].session.organisation, at.date())
        if actor is not None and n % 9:
            confirm_own_attendance(own, by=actor, at=at - timedelta(days=2))


def _differ(sessions: Sequence[Session], by: Actor) -> None:
    """A coordinator who passed by saw somebody whom the trainer had marked away."""
    lines = attendances().filter(session__in=sessions, status="absent", says="")
    row = lines.first()
    if row is not None:
        moment = row.session.ends_at
        take_roll(
            row.session,
            {row.enrolment.public_id: Said("late")},
            made_id=uuid.uuid4(),
            base=0,
            by=by,
            at=moment,
        )
