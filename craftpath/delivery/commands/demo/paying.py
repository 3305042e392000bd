"""Allowances of the demo: months of an enterprise and of the college, a correction, questions, payment files."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.allowances import actions, queries
from craftpath.domain.allowances.actions import Column, NewRule
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.pairing.actions import Wanted, form_pair, replace_teacher
from craftpath.domain.pairing.queries import bonds
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.period import later

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Run

MONTHS = 6
DAY = timedelta(days=1)
MASTERS = ("master_apprentice",)
FIRST = (NewRule(key="flat", name="带徒津贴", amount=200_00, kinds=MASTERS),)
SECOND = (
    NewRule(
        key="flat", name="带徒津贴", amount=220_00, kinds=MASTERS, ratio=[(3, 1000), (6, 800), (None, 500)],
    ),
    NewRule(
        key="results", name="成绩津贴", component="results", amount=80_00, kinds=MASTERS,
        results=[(60_00, 500), (80_00, 1000)],
    ),
)  # fmt: skip
TUTORS = (NewRule(key="tutors", name="导师津贴", component="tutoring", payer="college", amount=150_00,
                  kinds=("college_tutor",)),)  # fmt: skip
COLUMNS = (Column("序号", "row"), Column("户名", "name"), Column("账号", "reference"), Column("金额（元）", "amount"),
           Column("用途", "fixed", "带徒津贴"))  # fmt: skip


def pay_trainers(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Rules in two versions, months in every state, and what people ask about them."""
    clerk = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    head = Actor(places.jinheng, _second(places.jinheng, at), frozenset({Role.HR}))
    this = at.date().replace(day=1)
    _rules(places.jinheng, FIRST, later(this, -MONTHS - 1), clerk, at)
    _rules(places.jinheng, SECOND, later(this, -3), clerk, at, cap=1500_00)
    actions.draft_book(places.jinheng, valid_from=later(this, 1), by=clerk, at=at - DAY)
    _references(places.jinheng, staff.mentors["jinheng"][:-2], clerk, at)
    for n in range(MONTHS, 2, -1):
        _paid(_approved(later(this, -n), clerk, head, at), clerk, at)
    _put_right(later(this, -3), places, staff, clerk, by, at)
    _approved(later(this, -2), clerk, head, at)
    actions.check_run(_computed(later(this, -1), clerk, at), by=clerk, at=_worked_on(later(this, -1), at))
    _computed(this, clerk, at)
    _questions(staff.mentors["jinheng"][0], clerk, at)
    _college(places.college, staff, by, this, at)


def _second(place: Organisation, at: datetime) -> Person:
    """Whoever approves at the enterprise."""
    person = Person(username="jinheng-hr2", name="罗敏", name_latin="Luo Min")
    person.set_unusable_password()
    person.save()
    give_role([person], place, Role.HR, on=at.date() - 600 * DAY, by=system(), at=at)
    return person


def _rules(
    place: Organisation, new: Sequence[NewRule], on: date, by: Actor, at: datetime, cap: int | None = None
) -> None:
    moment = _worked_on(later(on, -1), at)
    book = actions.draft_book(place, valid_from=on, by=by, at=moment)
    for rule in queries.rules_in(book):
        actions.remove_rule(rule, by=by, at=moment)
    for one in new:
        actions.write_rule(book, one, by=by, at=moment)
    if cap is not None:
        actions.set_cap(book, scope="trainer_month", most=cap, by=by, at=moment)
    actions.adopt_book(book, by=by, at=moment)


def _worked_on(month: date, at: datetime) -> datetime:
    """When an office works on a month: on the third day after it, and never later than now."""
    day = later(month, 1) + 2 * DAY
    return min(at, at.replace(year=day.year, month=day.month, day=day.day))


def _references(place: Organisation, people: Sequence[Person], by: Actor, at: datetime) -> None:
    given = {person.public_id: f"6222 0000 0000 {n:04}" for n, person in enumerate(people, start=11)}
    actions.keep_references(place, given, by=by, at=at - 150 * DAY)
    actions.keep_template(place, name="银行代发", columns=COLUMNS, by=by, at=at - 150 * DAY)
    actions.keep_template(
        place, name="工资系统导入", columns=COLUMNS[1:4], form="csv", encoding="gb18030", amounts="minor",
        total_row=False, by=by, at=at - 150 * DAY,
    )  # fmt: skip


def _computed(month: date, by: Actor, at: datetime) -> Run:
    if by.organisation is None:
        raise TypeError("an office computes")
    moment = _worked_on(month, at)
    asked = actions.ask_run(by.organisation, month=month, made_id=str(uuid.uuid4()), by=by, at=moment)
    actions.carry_out(asked, by=by, at=moment)
    return queries.runs().get(pk=asked.run_id)


def _approved(month: date, clerk: Actor, head: Actor, at: datetime) -> Run:
    moment = _worked_on(month, at)
    run = actions.check_run(_computed(month, clerk, at), by=clerk, at=moment)
    return actions.approve_run(run, by=head, at=min(at, moment + DAY))


def _paid(run: Run, by: Actor, at: datetime) -> None:
    moment = min(at, _worked_on(run.month, at) + 4 * DAY)
    reference = f"DF{run.month:%Y%m}-{run.pk:03}"
    actions.pay_run(run, paid_on=moment.date(), reference=reference, by=by, at=moment)


def _put_right(month: date, places: Places, staff: Staff, hr: Actor, by: Actor, at: datetime) -> None:
    """A teacher had moved in the middle of a month that was paid already; the next month holds counter-lines."""
    some = staff.mentors["jinheng"]
    held = bonds().filter(
        place=places.jinheng,
        role="responsible",
        pair__kind="master_apprentice",
        starts_on__lt=month,
        ends_on=None,
    )
    bond = held.exclude(teacher=some[0]).select_related("pair").order_by("pk").first()
    if bond is None:
        return
    on = month + 14 * DAY
    replace_teacher(
        bond,
        teacher=some[0],
        place=places.jinheng,
        on=on,
        because="师傅调往新产线，登记晚了",
        by=by,
        at=at - DAY,
    )
    words = "师傅月中已换人，发放时尚未登记"
    actions.ask_correction(places.jinheng, month=month, because=words, by=hr, at=_worked_on(month, at) + DAY)


def _questions(mentor: Person, clerk: Actor, at: datetime) -> None:
    me = Actor(clerk.organisation, mentor, frozenset({Role.MENTOR}))
    lines = list(queries.own_lines(mentor).order_by("-month", "pk"))
    part = next((row for row in lines if _days(row) < row.detail.get("days", 0)), None)
    if part is not None:
        asked = actions.ask_about(part, words="这个月为什么没有按整月发？", by=me, at=at - 20 * DAY)
        answer = "这位学徒当月中旬才由您带教，按实际天数折算；之后都是整月。"
        actions.answer_question(asked, answer=answer, by=clerk, at=at - 19 * DAY)
    nothing = next((row for row in lines if row.amount == 0), None)
    if nothing is not None:
        words = "成绩津贴为什么是 0？他这个阶段考得不错。"
        actions.ask_about(nothing, words=words, by=me, at=at - 2 * DAY)


def _days(row: Any) -> int:
    """The days that a line pays for."""
    return sum(part[1] for part in row.detail.get("parts", [])) or 99


def _college(college: Organisation, staff: Staff, by: Actor, this: date, at: datetime) -> None:
    """The college pays its tutors: months paid, one to check, and one begun and left."""
    _rules(college, TUTORS, later(this, -5), by, at)
    welders = enrolments().filter(state="active", cohort__programme__key="cn_334", number__contains="02")
    for row in welders.order_by("number")[:5]:
        wanted = [Wanted(staff.trainer, row.person, row.cohort.organisation, row)]
        form_pair("college_tutor", wanted, organisation=row.cohort.organisation, starts_on=later(this, -4) + 9 * DAY,
                  by=by, at=at - 100 * DAY)  # fmt: skip
    head = Actor(college, staff.administrator, frozenset({Role.ADMINISTRATOR}))
    for n in (4, 3, 2):
        _paid(_approved(later(this, -n), by, head, at), by, at)
    _computed(later(this, -1), by, at)
    left = actions.ask_run(college, month=this, made_id=str(uuid.uuid4()), by=by, at=at)
    left.refresh_from_db()
    if left.state == "asked":  # else a worker was there at once
        actions.cancel_run(left, by=by, at=at)
