"""Pairs of the demo: every apprentice with a teacher but one, a chain, mutual pairs, a ring, a deputy, a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.pairing import actions
from craftpath.domain.pairing.actions import Wanted
from craftpath.domain.pairing.loads import loads
from craftpath.domain.pairing.queries import nobody_responsible, pairs, standings_at
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, Pair

CHAIN = ("企业首席专家", "首席技师", "高级技师", "技师")
AT_CAPACITY = 6  # which of the mentors
GAP = 20  # days for which one apprentice has had nobody
DAY = timedelta(days=1)


def pair_people(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Take mentors of rosters over, then change what makes the picture worth looking at."""
    for cohort in cohorts().filter(state="running", programme__key="cn_334"):
        actions.take_over_mentors(cohort, by=by, at=at - timedelta(days=60))
    today, hr = at.date(), Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    actions.set_house_rule(
        places.college, capacity=8, gap_days=14, objection_days=30, by=by, at=at - timedelta(days=60)
    )
    rows = [pair for pair in pairs().filter(kind="master_apprentice").order_by("pk") if pair.bonds.all()]
    _standings(places, staff, hr, rows, at)
    _abroad(places, staff, by, at)
    _shared(rows, staff, places, by, today, at)
    _chain(places, staff, by, hr, today, at)
    _together(places, staff, by, today, at)
    _one_without(rows, by, today, at)
    _away(rows, staff, places, by, today, at)
    _waiting(rows, staff, places, by, at)
    _wish(rows, at)
    _dates(places, staff, hr, today, at)


def _first_bond(pair: Pair) -> Bond:
    return list(pair.bonds.all())[0]


def _standings(places: Places, staff: Staff, hr: Actor, rows: Sequence[Pair], at: datetime) -> None:
    """Everybody has room for two more."""
    carried: dict[int, int] = {}
    for pair in rows:
        bond = _first_bond(pair)
        carried[bond.teacher_id] = carried.get(bond.teacher_id, 0) + 1
    for n, person in enumerate(staff.mentors["jinheng"]):
        load = carried.get(person.pk, 0)
        actions.set_standing(
            person,
            organisation=places.jinheng,
            capacity=load + 2,
            qualification=CHAIN[2] if n % 3 == 0 else CHAIN[3],
            by=hr,
            at=at - timedelta(days=50),
        )


def _dates(places: Places, staff: Staff, hr: Actor, today: date, at: datetime) -> None:
    """One at the capacity; last days of qualifications, the first next month. Written down once all pairs stand."""
    full = staff.mentors["jinheng"][AT_CAPACITY]
    [load] = loads([(places.jinheng, full)], today)
    actions.set_standing(
        full, organisation=places.jinheng, capacity=load.learners, qualification=CHAIN[3], by=hr, at=at
    )
    found = standings_at([places.jinheng])
    for n, days in ((2, 26), (5, 200), (8, 480)):
        row = found[places.jinheng.pk, staff.mentors["jinheng"][n].pk]
        actions.set_standing(
            row.person,
            organisation=places.jinheng,
            capacity=row.capacity,
            qualification=row.qualification,
            qualified_from=today - timedelta(days=900),
            qualified_until=today + timedelta(days=days),
            by=hr,
            at=at - timedelta(days=20),
        )


def _shared(rows: Sequence[Pair], staff: Staff, places: Places, by: Actor, today: date, at: datetime) -> None:
    """Two of them teach the demo's apprentice, 60 to 40."""
    pair = next(row for row in rows if _first_bond(row).learner.username == f"{DEMO_PREFIX}apprentice")
    bond = _first_bond(pair)
    on = today - timedelta(days=45)
    actions.end_pair(pair, on=on, because="改为两位师傅共同带教", by=by, at=at - timedelta(days=45))
    wanted = [
        Wanted(bond.teacher, bond.learner, places.jinheng, bond.enrolment, "responsible", 600),
        Wanted(staff.mentors["jinheng"][3], bond.learner, places.jinheng, bond.enrolment, "second", 400),
    ]
    _form("master_apprentice", wanted, places.college, on, by, at - timedelta(days=45))
    trainer = [Wanted(staff.trainer, bond.learner, places.college, bond.enrolment)]
    _form("college_tutor", trainer, places.college, on, by, at - timedelta(days=45))


def _form(
    kind: str, wanted: Sequence[Wanted], office: Any, on: date, by: Actor, at: datetime, **more: Any
) -> Pair:
    return actions.form_pair(kind, wanted, organisation=office, starts_on=on, by=by, at=at, **more)


def _abroad(places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    """Apprentices whose rosters named nobody, with the mentors of one enterprise in turn."""
    alone = enrolments().filter(nobody_responsible(at.date()), state="active")
    some = staff.mentors["qinghe"]
    for n, row in enumerate(alone.exclude(cohort__programme__key="cn_334")):
        wanted = [Wanted(some[n % len(some)], row.person, places.qinghe, row)]
        office, on = row.cohort.organisation, max(row.starts_on, at.date() - timedelta(days=300))
        _form("master_apprentice", wanted, office, on, by, at - timedelta(days=40))


def _chain(places: Places, staff: Staff, by: Actor, hr: Actor, today: date, at: datetime) -> None:
    """Expert, chief, senior, and the demo's mentor, who teaches apprentices."""
    above = []
    for n, (name, latin) in enumerate(draw(3, seed=77)):
        person = Person(username=f"jinheng-x{n + 1}", name=name, name_latin=latin)
        person.set_unusable_password()
        person.save()
        above.append(person)
    give_role(above, places.jinheng, Role.MENTOR, on=today - timedelta(days=600), by=system(), at=at)
    for n, person in enumerate(above):
        actions.set_standing(
            person, organisation=places.jinheng, capacity=3 - n % 2, qualification=CHAIN[n], by=hr, at=at
        )
    steps = [*above, staff.mentors["jinheng"][0]]
    on = today - timedelta(days=120)
    for teacher, learner in zip(steps, steps[1:], strict=False):
        subject = "工艺诊断" if learner is steps[1] else "精密装夹"
        wanted = [Wanted(teacher, learner, places.jinheng, subject=subject)]
        _form("layered", wanted, places.college, on, by, at - timedelta(days=120))
    also = [Wanted(above[2], staff.mentors["jinheng"][1], places.jinheng, subject="多轴编程")]
    _form("layered", also, places.college, on, by, at - timedelta(days=120))


def _together(places: Places, staff: Staff, by: Actor, today: date, at: datetime) -> None:
    """TIG for PLC; a ring of three; a Red Suit and a White Smock with a project."""
    some, there = staff.mentors["jinheng"], places.jinheng
    on = today - timedelta(days=30)

    def ring(people: Sequence[Person], subjects: Sequence[str]) -> list[Wanted]:
        nexts = [*people[1:], people[0]]
        return [Wanted(a, b, there, subject=s) for a, b, s in zip(people, nexts, subjects, strict=True)]

    _form("mutual", ring(some[4:6], ("TIG 焊接", "PLC 编程")), places.college, on, by, at - 30 * DAY)
    _form(
        "mutual",
        ring(some[6:9], ("三坐标测量", "液压维修", "机器人示教")),
        places.college,
        on,
        by,
        at - 30 * DAY,
    )
    suits = [
        Wanted(some[9], staff.trainer, there, subject="现场调试"),
        Wanted(staff.trainer, some[9], places.college, subject="误差分析"),
    ]
    _form(
        "red_white", suits, places.college, on, by, at - 30 * DAY,
        ends_on=today + timedelta(days=60), project="薄壁件夹具的减振改造",
    )  # fmt: skip


def _one_without(rows: Sequence[Pair], by: Actor, today: date, at: datetime) -> None:
    pair = rows[10]
    actions.end_pair(
        pair, on=today - timedelta(days=GAP), because="师傅调往外地项目", by=by, at=at - timedelta(days=GAP)
    )


def _away(rows: Sequence[Pair], staff: Staff, places: Places, by: Actor, today: date, at: datetime) -> None:
    """A teacher on leave this week, with somebody who stands in."""
    away = staff.mentors["jinheng"][4]
    bond = next(_first_bond(row) for row in rows if _first_bond(row).teacher_id == away.pk)
    actions.appoint_deputy(
        bond,
        deputy=staff.mentors["jinheng"][5],
        place=places.jinheng,
        starts_on=today - 2 * DAY,
        ends_on=today + 5 * DAY,
        by=by,
        at=at - 3 * DAY,
    )


def _waiting(rows: Sequence[Pair], staff: Staff, places: Places, by: Actor, at: datetime) -> None:
    """A proposal to the one who has nobody; the teacher is the demo's mentor."""
    bond = _first_bond(rows[10])
    wanted = [Wanted(staff.mentors["jinheng"][0], bond.learner, places.jinheng, bond.enrolment)]
    on = at.date() + 2 * DAY
    _form("master_apprentice", wanted, places.college, on, by, at - DAY, ask=True)


def _wish(rows: Sequence[Pair], at: datetime) -> None:
    """Somebody of the welders would rather have other times."""
    row = rows[30]
    learner = _first_bond(row).learner
    own = enrolments().filter(person=learner).first()
    office = own.cohort.organisation if own else row.organisation
    by = Actor(office, learner, frozenset({Role.APPRENTICE}))
    words = "师傅总是排夜班，我白天上课，很少能碰到。希望换到同一个班次。"
    actions.ask_for_change(row, wish="other_times", words=words, by=by, at=at - 2 * DAY)
