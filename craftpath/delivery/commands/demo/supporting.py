"""Early help in the demo: a past on which a model is fitted, signs of today, help with what came of it."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.places import Places, person
from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships.actions import RosterEntry
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.logbook import actions as logbook
from craftpath.domain.programmes.queries import programmes, stages_of
from craftpath.domain.support import actions, queries
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import plant_organisation
from craftpath.kernel.leaving import end_roles
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import open_memberships

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage

PEOPLE = 132
BEGAN, LASTED = 640, 560  # days ago; days
LOOKS = (90, 270, 450)
PASSED = ((150, 176), (332, 350), (506, 533))
"""Of each stage into which a look falls: the day of most, and that of the rest."""
SPACE = uuid.UUID("2f0f8b52-93a4-4c58-8f0b-7a2b1d4c9e10")
SAID = (
    ("talk", "倒班后作息没调过来，和班组长商量先上白班。", "better"),
    ("contact", "打过电话，说手机坏了，日志补上。", "better"),
    ("plan", "和师傅一起排了补课：每周二、四晚上。", "same"),
    ("nothing", "外出参加技能竞赛，有带队老师。", ""),
    ("talk", "最近家里农忙，请了三天假，月底补齐。", ""),
)


@dataclass(frozen=True)
class Fate:
    """Whether somebody falls silent before a look, and whether and when they leave."""

    silent: int | None
    leaves: int | None


def help_early(places: Places, coordinator: Actor, *, at: datetime) -> None:
    """The past, the model, and what was done in the last weeks."""
    _past(places, coordinator, at)
    actions.look_at_everybody(by=system(), at=at - timedelta(days=30))
    _help(places, coordinator, at)
    model = actions.fit_model(by=coordinator, at=at - timedelta(days=6))
    if model.fit:
        actions.switch_model(
            model, places.college, on=True, words="试用一学期，期末一起看命中情况。",
            by=coordinator, at=at - timedelta(days=5),
        )  # fmt: skip
    actions.look_at_everybody(by=system(), at=at)
    _ask(places, coordinator, at)


def _past(places: Places, coordinator: Actor, at: datetime) -> None:
    """Two years at a campus that has closed since: who wrote, who fell silent, who left and when."""
    begin = at - timedelta(days=BEGAN)
    campus = plant_organisation(
        key="lanchuan-old", kind="campus", name={"zh": "老校区（已停办）", "en": "Old campus (closed)"},
        parent=places.college, by=system(), at=begin,
    )  # fmt: skip
    mentor = person(
        "lanchuan-old-m01", ("姜文涛", "Jiang Wentao"), Role.MENTOR, places.jinheng, by=system(), at=begin
    )
    cohort = apprenticeships.plan_cohort(
        organisation=campus, programme=programmes().get(key="cn_334"),
        name={"zh": "机电往届", "en": "Mechatronics, past"},
        occupation={"zh": "机电设备维修工", "en": "Mechatronics fitter"}, starts_on=begin.date(),
        ends_on=(begin + timedelta(days=LASTED)).date(), by=coordinator, at=begin,
    )  # fmt: skip
    cohort = apprenticeships.start_cohort(cohort, by=coordinator, at=begin)
    hosts = (places.jinheng, places.qinghe)
    apprenticeships.take_roster(
        cohort,
        [
            RosterEntry(
                f"{begin.year}9{n:03}", name, latin, enterprise=hosts[n % 2], starts_on=begin.date(),
                mentor=mentor,
            )
            for n, (name, latin) in enumerate(draw(PEOPLE, seed=990))
        ],
        by=coordinator, at=begin,
    )  # fmt: skip
    everybody = list(enrolments().filter(cohort=cohort))
    fates = dict(zip((row.pk for row in everybody), _fates(), strict=False))
    here = Actor(places.jinheng, mentor, frozenset({Role.MENTOR}))
    gone: set[int] = set()
    path = stages_of(cohort.programme_id)
    for look, stage, days in zip(LOOKS, path, PASSED, strict=False):
        now = [row for row in everybody if row.pk not in gone]
        _write([row for row in now if fates[row.pk].silent != look], here, begin + timedelta(days=look - 4))
        actions.look_again([row.pk for row in now], by=system(), at=begin + timedelta(days=look))
        for row in now:
            leaves = fates[row.pk].leaves
            if leaves is not None and look < leaves <= look + 180:
                on = begin + timedelta(days=leaves)
                apprenticeships.end_enrolments(
                    [row], because="not_suited", on=on.date(), by=coordinator, at=on
                )
                gone.add(row.pk)
        _pass([row for row in everybody if row.pk not in gone], stage, days, begin, coordinator)
    over = begin + timedelta(days=LASTED)
    stayed = [row for row in everybody if row.pk not in gone]
    for stage in path[len(LOOKS) :]:
        _pass(stayed, stage, (LASTED,), begin, coordinator)
    apprenticeships.end_enrolments(stayed, because="completed", on=over.date(), by=coordinator, at=over)
    apprenticeships.complete_cohort(cohort, by=coordinator, at=over)
    end_roles(
        open_memberships(at.date()).filter(person=mentor), on=at.date() - timedelta(days=60), because="退休 · retired",
        by=system(), at=at - timedelta(days=70),
    )  # fmt: skip


def _pass(rows: list[Enrolment], stage: Stage, days: tuple[int, ...], begin: datetime, by: Actor) -> None:
    """Whoever is still there passes a stage: six of seven on the first day, the rest on the last."""
    for day in days:
        some = [row for n, row in enumerate(rows) if len(days) == 1 or (n % 7 == 6) == (day == days[-1])]
        on = begin + timedelta(days=day)
        apprenticeships.pass_stages(some, stage=stage, on=on.date(), by=by, at=on)


def _fates() -> Iterator[Fate]:
    """Whoever falls silent before a look leaves three times in five in the half year after it; others seldom."""
    chance = random.Random(20260914)  # noqa: S311 - a demo is the same every time
    while True:
        silent = chance.choice((None, None, None, *LOOKS))
        if silent is not None and chance.random() < 0.6:
            yield Fate(silent, silent + chance.randint(20, 105))
        elif chance.random() < 0.08:
            yield Fate(silent, chance.choice(LOOKS) + chance.randint(20, 105))
        else:
            yield Fate(silent, None)


def _write(rows: list[Enrolment], mentor: Actor, on: datetime) -> None:
    """A line about that day, confirmed the next morning where there is a mentor."""
    written = {}
    for row in rows:
        by = Actor(row.cohort.organisation, row.person, frozenset({Role.APPRENTICE}))
        content = logbook.Content(
            on=on.date(), text="按工艺卡完成当天任务。", minutes=420, bucket="workplace"
        )
        made = uuid.uuid5(SPACE, f"{row.number}:{on.date()}")
        entry = logbook.save_entry(row, made_id=made, content=content, by=by, at=on).entry
        logbook.submit_entry(entry, by=by, at=on)
        written[entry.public_id] = entry.revision
    logbook.confirm_entries(written, by=mentor, at=on + timedelta(hours=20))


def _help(places: Places, coordinator: Actor, at: datetime) -> None:
    """What the office did four weeks ago, and what somebody found when looking again."""
    asked = queries.by_need(queries.of_college(places.college))[: len(SAID)]
    for n, (look, (kind, words, outcome)) in enumerate(zip(asked, SAID, strict=False)):
        then = at - timedelta(days=27 - n)
        row = enrolments().get(pk=look.pk)
        done = actions.act_on(
            row, kind=kind, words=words, look_on=(then + timedelta(days=20)).date(),
            made_id=uuid.uuid5(SPACE, f"act:{n}"), by=coordinator, at=then,
        )  # fmt: skip
        if outcome:
            actions.look_at_act(done, outcome=outcome, by=coordinator, at=then + timedelta(days=20))


def _ask(places: Places, coordinator: Actor, at: datetime) -> None:
    """Two apprentices say that something is not so: one waits, one was right."""
    asked = queries.by_need(queries.of_college(places.college))[:12]
    signs = [sign for look in asked for sign in queries.signs_of(look.enrolment) if sign.state == "given"]
    for n, words in ((2, "这两周在外地参加集训，学院批准过，日志回来补。"), (5, "师傅上周已经口头评过了。")):
        if n >= len(signs):
            continue
        own = Actor(places.college, signs[n].enrolment.person, frozenset({Role.APPRENTICE}))
        row = actions.ask_correction(signs[n], words=words, by=own, at=at - timedelta(days=2))
        if n == 5:
            actions.uphold_correction(
                row, answer="已向师傅核实，情况属实。", by=coordinator, at=at - timedelta(days=1)
            )
