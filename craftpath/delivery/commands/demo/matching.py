"""Matching rounds of the demo: tutors for a class with wishes and two proposals, somebody who leaves, rings, smocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.matching import actions
from craftpath.domain.matching.actions import Sitting
from craftpath.domain.matching.gathering import seats_of
from craftpath.domain.matching.proposing import think
from craftpath.domain.matching.rules import USUAL
from craftpath.domain.pairing.actions import set_standing
from craftpath.domain.pairing.loads import loads, teachers_at
from craftpath.domain.pairing.queries import bonds_on
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role

DAY = timedelta(days=1)
TUTORS = 6
TOPICS = ("数控编程", "机械制图", "三坐标测量", "TIG 焊接", "PLC 编程", "液压维修", "机器人示教", "精益生产")
SHIFTS = ("early", "late", "rotating", "day")
RING = (0, 1, 3, 4, 6, 7)  # mentors who would learn from one another; the qualification of none of them ends


def match_people(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Profiles first, then a round in every state that a round can have."""
    hr = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    tutors = _tutors(places, by, at)
    _profiles(places, staff, tutors, by, hr, at)
    _smocks(places, staff, tutors, by, at)
    _for_a_class(places, tutors, by, at)
    _leaver(places, staff, by, at)
    _rings(places, staff, by, at)
    _dropped(places, staff, by, at)


def _tutors(places: Places, by: Actor, at: datetime) -> list[Person]:
    found = []
    for n, (name, latin) in enumerate(draw(TUTORS, seed=191)):
        person = Person(username=f"lanchuan-t{n + 1}", name=name, name_latin=latin)
        person.set_unusable_password()
        person.save()
        found.append(person)
    give_role(found, places.college, Role.TRAINER, on=at.date() - timedelta(days=500), by=system(), at=at)
    for n, person in enumerate(found):
        set_standing(person, organisation=places.college, capacity=7 + n % 3, by=by, at=at - 20 * DAY)
    return found


def _ring(staff: Staff) -> list[Person]:
    return [staff.mentors["jinheng"][n] for n in RING]


def _reds(staff: Staff) -> list[Person]:
    """Two technicians who still have a place."""
    return _ring(staff)[2:4]


def _profiles(
    places: Places, staff: Staff, tutors: Sequence[Person], by: Actor, hr: Actor, at: datetime
) -> None:
    for n, person in enumerate(tutors):
        offers = [TOPICS[n % len(TOPICS)], TOPICS[(n + 1) % len(TOPICS)]]
        comes = ["现场调试"] if n < 2 else []  # noqa: PLR2004 - the two white smocks
        _write(person, places.college, offers, comes, SHIFTS[n % 4], ("zh", "en")[: 1 + n % 2], by, at)
    for n, person in enumerate(_ring(staff)):
        teaches, wants = TOPICS[n], TOPICS[(n + 1) % 3 if n < 3 else 3 + (n - 2) % 3]  # noqa: PLR2004 - two rings
        also = ["现场调试"] if person in _reds(staff) else []
        _write(person, places.jinheng, [teaches, *also], [wants], SHIFTS[n % 2], ("zh",), hr, at)


def _write(
    person: Person, place: Any, teaches: Sequence[str], wants: Sequence[str], shift: str, languages: Sequence[str],
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    actions.write_profile(
        person, organisation=place, teaches=teaches, wants=wants, shift=shift, languages=languages, by=by,
        at=at - 15 * DAY,
    )  # fmt: skip


def _for_a_class(places: Places, tutors: Sequence[Person], by: Actor, at: datetime) -> None:
    """Everybody of a class is asked; some have answered; two proposals with other weights."""
    cohort = cohorts().filter(state="running", programme__key="cn_334").order_by("pk").last()
    rows = list(enrolments().filter(cohort=cohort, state="active"))
    for n, row in enumerate(rows[:18]):
        _write(
            row.person,
            places.college,
            [],
            [TOPICS[n % 6], TOPICS[(2 * n + 1) % 7]],
            SHIFTS[n % 3],
            ("zh",),
            by,
            at,
        )
    seats = [Sitting(person, "teaches", places.college) for person in tutors]
    seats += [Sitting(row.person, "learns", row.enterprise or places.college, row) for row in rows]
    round_ = actions.open_round(
        "学院导师双选", "college_tutor", seats, organisation=places.college, starts_on=at.date() + 14 * DAY,
        by=by, at=at - 6 * DAY,
    )  # fmt: skip
    actions.ask_preferences(round_, until=at.date() + 5 * DAY, by=by, at=at - 5 * DAY)
    taken = {seat.person_id: seat for seat in seats_of(round_)}
    for n, row in enumerate(rows[:12]):
        mine = [taken[tutors[(n + k) % TUTORS].pk] for k in range(2)]
        actor = Actor(places.college, row.person, frozenset({Role.APPRENTICE}))
        actions.state_preferences(round_, taken[row.person_id], mine, by=actor, at=at - 3 * DAY)
    for weights in (dict(USUAL), dict(USUAL) | {"goals": 5, "fairness": 5, "site": 0}):
        _propose(round_, weights, by, at - DAY)


def _propose(round_: Any, weights: dict[str, int], by: Actor, at: datetime, *, keep: bool = False) -> Any:
    round_ = actions.weigh(round_, weights, keep=keep, by=by, at=at)
    return actions.keep_proposal(round_, think(round_), by=by, at=at)


def _leaver(places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    """One of the mentors leaves in a month: the others of the place take over, and as few as may be change."""
    day = at.date()
    carried = loads([(places.jinheng, person) for person in staff.mentors["jinheng"]], day)
    leaving = max(carried, key=lambda load: load.learners).person
    mine = bonds_on(day).filter(teacher=leaving, pair__kind="master_apprentice").values("enrolment_id")
    theirs = list(enrolments().filter(pk__in=mine))
    others = [person for place, person in teachers_at([places.jinheng], day) if person != leaving]
    seats = [Sitting(person, "teaches", places.jinheng) for person in others]
    seats += [Sitting(row.person, "learns", places.jinheng, row) for row in theirs]
    round_ = actions.open_round(
        f"接替{leaving.name}师傅", "master_apprentice", seats, organisation=places.college, starts_on=day + 30 * DAY,
        ends_on=day + 180 * DAY, keep=True, leaving=leaving, by=by, at=at - 2 * DAY,
    )  # fmt: skip
    _propose(round_, dict(USUAL), by, at - 2 * DAY, keep=True)


def _rings(places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    seats = [Sitting(person, "both", places.jinheng) for person in _ring(staff)]
    round_ = actions.open_round(
        "技能互学小组", "mutual", seats, organisation=places.college, starts_on=at.date() + 7 * DAY, by=by,
        at=at - 4 * DAY,
    )  # fmt: skip
    _propose(round_, dict(USUAL), by, at - 4 * DAY)


def _smocks(places: Places, staff: Staff, tutors: Sequence[Person], by: Actor, at: datetime) -> None:
    """Published: two red suits and two white smocks with their projects."""
    seats = [Sitting(person, "teaches", places.jinheng) for person in _reds(staff)]
    seats += [Sitting(person, "learns", places.college) for person in tutors[:2]]
    round_ = actions.open_round(
        "红工装与白大褂联合课题", "red_white", seats, organisation=places.college, starts_on=at.date() - 10 * DAY,
        ends_on=at.date() + 110 * DAY, by=by, at=at - 12 * DAY,
    )  # fmt: skip
    kept = _propose(round_, dict(USUAL), by, at - 12 * DAY)
    projects = {one.group: text for one, text in zip(kept.pairs.order_by("group"), PROJECTS, strict=True)}
    actions.publish_round(round_, kept, projects=projects, by=by, at=at - 11 * DAY)


PROJECTS = ("机床导轨在线检测装置", "焊接烟尘收集夹具")


def _dropped(places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    people = _ring(staff)[2:]
    seats = [Sitting(person, "both", places.jinheng, level=4 + n % 2) for n, person in enumerate(people)]
    round_ = actions.open_round(
        "技师层级带教", "layered", seats, organisation=places.college, starts_on=at.date() + 20 * DAY, by=by,
        at=at - 30 * DAY,
    )  # fmt: skip
    actions.drop_round(round_, because="并入明年的技师研修计划", by=by, at=at - 25 * DAY)
