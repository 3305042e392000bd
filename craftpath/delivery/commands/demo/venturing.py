"""What enterprise and college run together in the demo: a project under way, and one that ended with a product."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.mentoring_words import fixture
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.groups.queries import groups
from craftpath.domain.partnership.queries import cooperations
from craftpath.domain.ventures import actions, queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Venture
    from craftpath.kernel.people import Person

DAY = timedelta(days=1)
DONE = (
    (230, "需求确认", "confirmed what the shop floor needs"),
    (200, "样件通过", "the sample passed"),
    (160, "两条线试用", "tried out on two lines"),
)
AHEAD = ((-40, "实训中心选址"), (-10, "设备清单会签"), (25, "首批 20 名学徒开训"), (90, "中期评估"))


def run_together(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """Two ventures under the agreement with the machine builder."""
    stage = _Stage(places, staff, coordinator, at)
    stage.finished()
    stage.running()


class _Stage:
    """Who runs what."""

    def __init__(self, places: Places, staff: Staff, coordinator: Actor, at: datetime) -> None:
        self.places, self.staff, self.at = places, staff, at
        self.college = coordinator
        self.host = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
        self.cooperation = cooperations().filter(sides__organisation=places.jinheng, state="in_force")[0]

    def plan(self, plan: actions.Plan, host: str, college: str, at: datetime) -> Venture:
        """Planned by the college, with one person in charge on each side, and started."""
        row = actions.plan_venture(
            self.cooperation, plan, organisation=self.places.college,
            roles={self.places.jinheng.public_id: host, self.places.college.public_id: college},
            by=self.college, at=at,
        )  # fmt: skip
        row = queries.whole(queries.ventures()).get(pk=row.pk)
        named: dict[str, tuple[Actor, Person, str]] = {
            "jinheng": (self.host, self.staff.mentors["jinheng"][2], "工艺主管 · head of process planning"),
            "lanchuan": (self.college, self.staff.trainer, "专业带头人 · head of the trade"),
        }
        for side in row.sides.all():
            by, person, role = named[side.organisation.key]
            actions.name_in_charge(row, side, person, role=role, by=by, at=at)
        return actions.start_venture(row, by=self.college, at=at)

    def finished(self) -> None:
        """A quick clamp, from what the shop floor needs to two lines that use it."""
        begun, over = self.at - 250 * DAY, self.at - 120 * DAY
        plan = actions.Plan(
            "product", {"zh": "快换夹具联合开发", "en": "A quick clamp, developed together"},
            "把轴类零件换装时间减半；学徒参与设计、加工和试用。", begun.date(), over.date(),
        )  # fmt: skip
        row = self.plan(plan, "提供产线、图纸和一名工程师", "提供加工中心和两个学徒小组", begun)
        by = Actor(self.places.college, self.staff.trainer, frozenset({Role.TRAINER}))
        for days, zh, en in DONE:
            on = (self.at - days * DAY).date()
            milestone = actions.add_milestone(row, title=zh, due_on=on, by=by, at=begun)
            actions.reach_milestone(milestone, on=on, by=by, at=self.at - days * DAY)
            actions.write_log(row, words=f"{zh} · {en}", on=on, by=by, at=self.at - days * DAY)
        actions.finish_venture(
            row, product={"zh": "快换夹具 K1", "en": "Quick clamp K1"},
            words="换装由 40 分钟降到 12 分钟；两条产线使用，图纸进入课程。", picture=(fixture(), "clamp.png"),
            on=over.date(), by=self.college, at=over,
        )  # fmt: skip

    def running(self) -> None:
        """A training centre on the enterprise's ground, half-way."""
        begun = self.at - 60 * DAY
        plan = actions.Plan(
            "unit", {"zh": "数控产教融合实训中心", "en": "Joint CNC training centre"},
            "在一号车间建 20 个实训工位，企业订单与教学任务同线排产。", begun.date(), (self.at + 240 * DAY).date(),
        )  # fmt: skip
        row = self.plan(plan, "出场地、八台机床和维护", "出教师、课程和学徒管理", begun)
        by = Actor(self.places.jinheng, self.staff.mentors["jinheng"][2], frozenset({Role.MENTOR}))
        for days, title in AHEAD:
            on = (self.at + days * DAY).date()
            milestone = actions.add_milestone(row, title=title, due_on=on, by=by, at=begun)
            if days < -20:
                actions.reach_milestone(milestone, on=on, by=by, at=self.at + days * DAY)
        for days, words in (
            (41, "选定一号车间北侧，面积 600 平方米。"),
            (12, "设备清单第二稿，缺刀具预调仪报价。"),
        ):
            on = (self.at - days * DAY).date()
            actions.write_log(row, words=words, on=on, by=by, at=self.at - days * DAY)
        actions.add_file(
            row, content="设备清单（第二稿）\n数控车床 6 台\n加工中心 2 台\n刀具预调仪 1 台\n".encode(),
            name="设备清单.txt", title="设备清单（第二稿）", by=by, at=self.at - 12 * DAY,
        )  # fmt: skip
        group = groups().first()
        if group is not None:
            ref = f"groups/group/{group.public_id}"
            actions.point_to(row, ref, offered={ref}, by=self.college, at=self.at - 5 * DAY)
