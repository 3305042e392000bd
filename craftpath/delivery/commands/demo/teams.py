"""Teaching teams of the demo: one of all four kinds with three months behind it, peaks that move hours, a conflict,
an open share, a proposal that waits, and hours that somebody has to confirm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.teaching import actions
from craftpath.domain.teaching.actions import Guest, Wanted
from craftpath.domain.teaching.queries import planned_cells, teams, unit_span
from craftpath.domain.teaching.sharing import monday_of
from craftpath.domain.training.queries import departments
from craftpath.domain.training.unit_days import units_of_cohorts
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.teaching.models import TaughtHours, Team, TeamMember

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONTHS = 12 * WEEK  # how long the first team has taught
TOPICS = {
    "trainer": ("切削用量的选择", "程序结构与模拟", "刀具补偿"),
    "skilled_master": ("薄壁件装夹", "对刀技巧", "表面质量问题会诊"),
    "enterprise_mentor": ("外圆与端面车削", "批量件首检", "设备日常点检"),
    "entrepreneur": ("报价与成本", "小批量接单的组织"),
}
LENGTHS = {"trainer": 120, "skilled_master": 90, "enterprise_mentor": 180, "entrepreneur": 90}


@dataclass(frozen=True)
class _Stage:
    """Who acts, and when."""

    places: Places
    staff: Staff
    by: Actor
    at: datetime

    def actor(self, member: TeamMember) -> Actor:
        """A member as an actor; for a guest the office."""
        return self.by if member.guest else Actor(member.place, member.person, frozenset({Role.MENTOR}))


def build_teams(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Four teams of two classes, peaks at both enterprises, and three months of taught hours."""
    stage = _Stage(places, staff, by, at)
    classes = {row.occupation["en"]: row for row in cohorts().filter(state="running")}
    hr = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
    _peaks(stage, hr)
    first = _mixed(stage, classes["CNC turner"])
    _months(stage, first)
    _college(stage, classes["CNC turner"])
    _clashing(stage, classes["Welder"])
    _waiting(stage, classes["Robot maintenance technician"])


def _peaks(stage: _Stage, hr: Actor) -> None:
    """One that is over, year-end deliveries ahead, a light one, and one of a single department."""
    monday = monday_of(stage.at.date())
    rooms = {row.name["en"]: row for row in departments().filter(host=stage.places.qinghe)}
    rows: list[tuple[Any, int, int, str, str, Sequence[Any]]] = [
        (stage.places.jinheng, -6, 1, "hard", "季末交付", ()),
        (stage.places.jinheng, 2, 1, "nobody", "大客户验收，全员到岗", ()),
        (stage.places.jinheng, 3, 2, "hard", "新产线爬坡", ()),
        (stage.places.jinheng, 9, 2, "light", "年度盘点", ()),
        (stage.places.qinghe, 1, 2, "hard", "出口订单赶工", [rooms["Turning shop"]]),
        (stage.places.qinghe, 5, 1, "light", "设备大修", [rooms["Assembly line"], rooms["Maintenance"]]),
    ]
    for place, begins, weeks, level, words, some in rows:
        starts = monday + begins * WEEK
        actions.note_peak(
            place, starts_on=starts, ends_on=starts + weeks * WEEK - 2 * DAY, level=level, words=words,
            departments=some, by=hr if place == stage.places.jinheng else stage.by, at=stage.at - 10 * DAY,
        )  # fmt: skip


def _team(
    stage: _Stage, cohort: Cohort, key: str, wanted: Sequence[Wanted], at: datetime, *, ask: bool = False,
    span: Period | None = None,
) -> Team:  # fmt: skip
    unit = next(one for one in units_of_cohorts([cohort.pk])[cohort.pk] if one.key == key)
    days = span or unit_span(unit.pk, cohort)
    team = actions.form_team(
        unit, wanted, cohort=cohort, starts_on=days.start, ends_on=days.end, ask=ask, by=stage.by, at=at
    )
    return actions.lay_hours(team, by=stage.by, at=at)


def _mixed(stage: _Stage, cohort: Cohort) -> Team:
    """All four kinds on the turners' basic operations; hours are laid as they were three months ago, then anew."""
    staff, jinheng = stage.staff, stage.places.jinheng
    wanted = [
        Wanted("trainer", 300, staff.trainer, stage.places.college, role="lead", topics="工艺与编程"),
        Wanted("skilled_master", 250, staff.mentors["jinheng"][2], jinheng, topics="装夹与对刀"),
        Wanted("enterprise_mentor", 300, staff.mentors["jinheng"][0], jinheng, topics="岗位操作"),
        Wanted("entrepreneur", 150, guest=Guest("贺启明", "启明精工 · 创办人", "qiming@example.com"),
               topics="成本与接单"),
    ]  # fmt: skip
    began = stage.at - MONTHS
    span = Period(monday_of(began.date()), monday_of(stage.at.date()) + MONTHS)
    team = _team(stage, cohort, "basic_operations", wanted, began, span=span)
    master = staff.mentors["jinheng"][2]
    own = Actor(jinheng, master, frozenset({Role.MENTOR}))
    actions.set_availability(master, weekly=12 * 60, weekdays=(1, 2, 3), by=own, at=began)
    return team


def _months(stage: _Stage, team: Team) -> None:
    """Every week something was taught; the last week waits for a yes, and one entry went back."""
    lead = actor_in(stage.staff.trainer, stage.places.college, stage.at.date())
    if lead is None:
        raise RuntimeError("the demo's trainer has no role")
    rows: list[TaughtHours] = []
    fresh: list[TaughtHours] = []
    today = stage.at.date()
    for n, member in enumerate(teams().get(pk=team.pk).members.all()):
        for back in range(12):
            on = today - back * WEEK - (n + 1) * DAY
            if on < team.starts_on or (back + n) % (4 if member.guest else 6) == 3:  # noqa: PLR2004 - a week off
                continue
            topics = TOPICS[member.kind]
            row = actions.enter_taught(
                team, member=member, on=on, minutes=LENGTHS[member.kind] + 30 * (back % 3),
                topic=topics[back % len(topics)], made_id=f"demo-{back}", by=stage.actor(member),
                at=stage.at - back * WEEK,
            )  # fmt: skip
            (rows if back > 0 else fresh).append(row)
    others = [row for row in rows if row.person_id != stage.staff.trainer.pk]
    actions.confirm_taught(others, by=lead, at=stage.at - 2 * DAY)
    own = [row for row in rows if row.person_id == stage.staff.trainer.pk]
    actions.confirm_taught(own, by=stage.by, at=stage.at - 2 * DAY)
    master = next(row for row in fresh if row.member.kind == "skilled_master")
    actions.return_taught(master, because="那天车间停电，请核对日期。", by=lead, at=stage.at - DAY)
    actions.lay_hours(team, by=stage.by, at=stage.at)


def _college(stage: _Stage, cohort: Cohort) -> None:
    """A unit at the college: sessions of the trainer were taken over, some may belong to it."""
    second = Person.objects.get(username="lanchuan-t01")
    wanted = [
        Wanted("trainer", 700, stage.staff.trainer, stage.places.college, topics="识图"),
        Wanted("trainer", 200, second, stage.places.college, role="lead", topics="公差与测量"),
    ]
    span = Period(stage.at.date() - 7 * WEEK, stage.at.date() + 10 * WEEK)
    team = _team(stage, cohort, "read_drawings", wanted, stage.at - 7 * WEEK, span=span)
    actions.take_over_sessions(team, by=stage.by, at=stage.at - 2 * DAY)


def _clashing(stage: _Stage, cohort: Cohort) -> None:
    """A week set by hand lies in the peak of Jinheng; whoever is away next week has hours there."""
    some = stage.staff.mentors["jinheng"]
    wanted = [
        Wanted("enterprise_mentor", 600, some[0], stage.places.jinheng, role="lead", topics="来料与过程检验"),
        Wanted("skilled_master", 400, some[3], stage.places.jinheng, topics="三坐标测量"),
    ]
    monday = monday_of(stage.at.date())
    span = Period(monday - 2 * WEEK, monday + 8 * WEEK)
    team = _team(stage, cohort, "quality", wanted, stage.at - 8 * DAY, span=span)
    members = {row.person_id: row for row in team.members.all()}
    cells: dict[tuple[int, date], int | None] = {
        (members[some[0].pk].pk, monday + 2 * WEEK): 360,
        (members[some[3].pk].pk, monday + WEEK): 300,
    }
    actions.pin_weeks(team, cells, by=stage.by, at=stage.at - 7 * DAY)
    own = Actor(stage.places.jinheng, some[3], frozenset({Role.MENTOR}))
    actions.set_away(
        some[3], starts_on=monday + WEEK, ends_on=monday + WEEK + 5 * DAY, by=own, at=stage.at - DAY
    )
    if not planned_cells(team):
        raise RuntimeError("the demo's team of the welders has no hours")


def _waiting(stage: _Stage, cohort: Cohort) -> None:
    """The demo's trainer and mentor are asked; one of three has said yes."""
    second = Person.objects.get(username="lanchuan-t02")
    wanted = [
        Wanted("trainer", 400, second, stage.places.college, role="lead", topics="精益改善"),
        Wanted("trainer", 200, stage.staff.trainer, stage.places.college, topics="数据分析"),
        Wanted("enterprise_mentor", 400, stage.staff.mentors["jinheng"][0], stage.places.jinheng, topics="现场改善"),
    ]  # fmt: skip
    span = Period(stage.at.date() + 3 * DAY, stage.at.date() + 9 * WEEK)
    team = _team(stage, cohort, "improvement", wanted, stage.at - DAY, ask=True, span=span)
    own = Actor(stage.places.college, second, frozenset({Role.TRAINER}))
    actions.agree_to_team(team, by=own, at=stage.at - timedelta(hours=5))
