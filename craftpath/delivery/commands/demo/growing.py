"""Core skills of the demo: observed jobs, mentors' views of every stage, self-checks, goals, objections."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.domain.apprenticeships.queries import Step, enrolments, mentors_of, paths_of
from craftpath.domain.growth import actions as growth
from craftpath.domain.growth.standing import standing
from craftpath.domain.logbook.actions import observe_job
from craftpath.domain.standards.queries import core_skills
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.people import Person

NAME = uuid.UUID("0b6f3c52-5a0e-4f0f-9d52-6d1f6b7a9c11")
OBSERVED = 6  # people of each cohort with observed jobs
JOBS = (
    ("communication", "夜班交接，当面说清未完工件", "说得有条理，还复述了一遍。"),
    ("problem_solving_decision_making", "冷却液报警，查找原因", "先看液位再查管路，顺序对。"),
    ("collaboration_teamwork", "与小组一起装配减速箱", "主动递工具，节奏跟得上。"),
    ("waste_reduction_management", "分拣铁屑与废油", "含油抹布分错一次，提醒后改正。"),
    ("planning_organising", "备料、备刀，排好当天工序", "第二道刀具漏备，其余齐全。"),
    ("use_basic_software", "仿真软件里试跑螺纹程序", "会改参数，也会存版本。"),
    ("self_reflection_learning_to_learn", "收工后讲今天哪里返工、为什么", "说到了装夹，没怪机床。"),
)
OWN_JOBS = (
    ("jinheng-one_crew", "两人一组吊装主轴箱", "口令清楚，手也跟得上。", "alone"),
    ("jinheng-handover", "中班交给夜班", "差什么写得明白。", "helped"),
)
"""Jobs that the enterprise saw with its own list in hand: one counts for the core skills as well, one stands beside."""
GOALS = (
    ("communication", "一周内，交接记录都自己写，请班长看一遍。", ""),
    ("planning_organising", "每天开工前把当天要用的刀具列成一张单子。", "reach"),
    ("energy_water_efficiency", "下班前查一遍气阀和空转的电机，记到点检表。", "drop"),
)


def grow_skills(*, at: datetime) -> None:
    """Everything about the core skills of the apprentices in China, as they and their mentors would have done."""
    chance = random.Random(20261101)  # noqa: S311 - a demo is the same every time
    rows = enrolments().filter(cohort__programme__key="cn_334", state="active")
    people = list(rows.order_by("cohort_id", "number"))
    mentors, paths = mentors_of(people), paths_of(people)
    keys = [skill.key for skill in core_skills()]
    cohorts: dict[int, list[Enrolment]] = {}
    for row in people:
        cohorts.setdefault(row.cohort_id, []).append(row)
    for some in cohorts.values():
        for n, row in enumerate(some):
            mentor = next(iter(mentors.get(row.pk, ())), None)
            steps = [step for step in paths[row.pk] if step.state != "locked"]
            if mentor is None or not steps:
                continue
            by = Actor(row.enterprise, mentor, frozenset({Role.MENTOR}))
            gift = chance.gauss(0, 0.5)
            if n % 6 != 5:  # noqa: PLR2004 - some mentors have not found the time
                _viewed(row, steps, keys, gift, chance, by, at)
            if n < OBSERVED:
                _observed(row, steps, gift, chance, by, at)
                _observed_by_own_list(row, by, at)
        _said(some[:4], keys, paths, chance, at)
    first = next(iter(cohorts.values()))
    _objected(first[1], mentors[first[1].pk][0], at)


def _viewed(
    row: Enrolment,
    steps: Sequence[Step],
    keys: Sequence[str],
    gift: float,
    chance: random.Random,
    by: Actor,
    at: datetime,
) -> None:
    """A mentor's view of each stage: of what was seen, a step higher with each stage."""
    for n, step in enumerate(steps):
        chosen = [key for key in keys if chance.random() < 0.6]  # noqa: PLR2004 - nobody sees everything
        levels = {key: _level(1.9 + 0.6 * n + gift + chance.gauss(0, 0.6)) for key in chosen}
        when = _evening(step.passed_on - timedelta(days=9)) if step.passed_on else at - timedelta(days=11)
        growth.view_skills(
            row, step.stage, levels, words="" if chance.random() < 0.7 else "比上一阶段沉得住气。",  # noqa: PLR2004
            made_id=uuid.uuid5(NAME, f"{row.public_id} {step.stage.key}"), by=by, at=when,
        )  # fmt: skip


def _level(value: float) -> int:
    return max(1, min(4, round(value)))


def _observed(
    row: Enrolment, steps: Sequence[Step], gift: float, chance: random.Random, by: Actor, at: datetime
) -> None:
    """Every job once in each stage, some weeks apart; more of them alone with each stage."""
    today = timezone.localdate(at)
    for n, step in enumerate(steps):
        last = step.passed_on or today
        for at_job, (skill, job, words) in enumerate(JOBS):
            on = last - timedelta(days=4 + 11 * at_job + chance.randrange(6))
            if on < max(row.starts_on, step.opened_on or row.starts_on):
                continue
            better = gift + 0.7 * n + chance.gauss(-0.2, 0.7)
            seen_as = "alone" if better > 0.2 else "helped" if better > -0.8 else "not_yet"  # noqa: PLR2004
            observe_job(
                row, made_id=uuid.uuid5(NAME, f"{row.public_id} {on} {skill}"), on=on, job=job,
                seen_as=seen_as, words=words, skill=skill, by=by, at=min(at, _evening(on)),
            )  # fmt: skip


def _observed_by_own_list(row: Enrolment, by: Actor, at: datetime) -> None:
    """In the last days, where the enterprise keeps a list of its own."""
    for n, (skill, job, words, seen_as) in enumerate(OWN_JOBS):
        on = timezone.localdate(at) - timedelta(days=3 + 2 * n)
        if row.enterprise is not None and row.enterprise.key == "jinheng" and on >= row.starts_on:
            observe_job(
                row, made_id=uuid.uuid5(NAME, f"{row.public_id} {skill}"), on=on, job=job, seen_as=seen_as,
                words=words, skill=skill, by=by, at=min(at, _evening(on)),
            )  # fmt: skip


def _said(
    people: Sequence[Enrolment],
    keys: Sequence[str],
    paths: dict[int, list[Step]],
    chance: random.Random,
    at: datetime,
) -> None:
    """Self-checks a little above the mentors' views, and goals in every state."""
    for n, row in enumerate(people):
        by = Actor(row.cohort.organisation, row.person, frozenset({Role.APPRENTICE}))
        step = next((step for step in paths[row.pk] if step.state == "open"), None)
        if step is None:
            continue
        levels = {key: _level(2.6 + chance.gauss(0, 0.8)) for key in keys}
        growth.view_skills(
            row, step.stage, levels, words="跟人说话比跟机床难。" if n == 1 else "",
            made_id=uuid.uuid5(NAME, f"{row.public_id} self"), by=by, at=at - timedelta(days=6),
        )  # fmt: skip
        for skill, words, move in GOALS if n == 1 else GOALS[: n % 2]:
            goal = growth.set_goal(row, skill, words=words, by=by, at=at - timedelta(days=20))
            if move == "reach":
                growth.reach_goal(goal, by=by, at=at - timedelta(days=4))
            elif move == "drop":
                growth.drop_goal(goal, by=by, at=at - timedelta(days=3))


def _objected(row: Enrolment, mentor: Person, at: datetime) -> None:
    """One objection that waits, one that was right and one that was not."""
    own = Actor(row.cohort.organisation, row.person, frozenset({Role.APPRENTICE}))
    helper = Actor(row.enterprise, mentor, frozenset({Role.MENTOR}))
    found = standing(row.cohort, [row.pk], timezone.localdate(at)).proofs
    # The newest entries of the log, one of each skill.
    once = {one.skill: one for one in sorted(found, key=lambda one: one.on) if one.kind == "practised"}
    words = ("这条写的是备料，不是这项技能。", "那天只是在旁边看，没有自己做。", "选错了，应该是另一项技能。")
    for n, (proof, said) in enumerate(zip(once.values(), words, strict=False)):
        made = growth.object_to_proof(
            row, proof=proof.key, skill=proof.skill, words=said, by=own, at=at - timedelta(days=3)
        )
        if n == 1:
            growth.reject_objection(
                made, answer="你讲了一遍步骤，那就是在练这项。", by=helper, at=at - timedelta(days=2)
            )
        elif n == 2:  # noqa: PLR2004 - the third
            growth.uphold_objection(made, by=helper, at=at - timedelta(days=1))


def _evening(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(17, 40)))
