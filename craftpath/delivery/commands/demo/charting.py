"""Charts of the demo: turners adopted theirs, robot technicians' is in verification, welders are at their board."""

from __future__ import annotations

import hashlib
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.charting_words import BESIDE, PANEL, ROBOT, TURNER, WELDER, Board
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.occupations import actions, queries
from craftpath.domain.occupations.answering import figures_of, mark_of
from craftpath.domain.occupations.taking import Line
from craftpath.domain.standards.queries import skills as all_skills
from craftpath.kernel.access import Actor, system

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart

DAY = timedelta(days=1)
ANSWERS, FEW = 25, 11
HARD = (
    "薄壁",
    "螺纹程序",
    "撞刀",
    "报警",
    "找正",
    "伺服",
    "标定",
    "节拍",
    "工艺",
    "镗软爪",
    "装夹方案",
    "节点",
    "锥面",
)
RARE = (
    "薄壁",
    "撞刀",
    "镗软爪",
    "切削液",
    "导轨",
    "伺服",
    "减速机",
    "合理化",
    "锥面",
    "报修",
    "教徒弟",
    "备份",
    "工时",
)
SLIGHT = ("工时", "合理化", "导轨", "节点", "整理", "估算")


def chart_trades(places: Places, staff: Staff, by: Actor, *, at: datetime) -> None:
    """Three charts of the college on shared occupations, in three states."""
    actions.load_occupations(by=system(), at=at - 700 * DAY)
    actions.load_classifications(by=system(), at=at - 700 * DAY)
    turner = _drawn(places, staff, by, "数控车工", TURNER, at=at - 120 * DAY)
    _verified(turner, places, by, ANSWERS, at=at - 100 * DAY)
    out = [task for task, one in figures_of(turner).items() if one.kept is False]
    actions.adopt_chart(turner, leave_out=out, by=by, at=at - 80 * DAY)
    robot = _drawn(places, staff, by, "工业机器人系统运维员", ROBOT, at=at - 15 * DAY)
    _verified(robot, places, by, FEW, at=at - 6 * DAY)
    _drawn(places, staff, by, "焊工", WELDER, at=at - timedelta(hours=3))


def _drawn(places: Places, staff: Staff, by: Actor, name: str, words: Board, *, at: datetime) -> Chart:
    """A chart with its panel and its board, taken over at the end of each half day."""
    who: dict[str, Any] = {"by": by, "at": at}
    row = queries.occupations(name).get()
    chart = actions.begin_chart(row, places.college, **who)
    on = at.date()
    actions.set_chart(
        chart, facilitator="唐静（教研室，非本工种）", place="澜川技师学院 实训楼 302", starts_on=on, ends_on=on + DAY,
        lists=_lists() if words is TURNER else {},
        **who,
    )  # fmt: skip
    for mentor in (staff.mentors["jinheng"][0], staff.mentors["qinghe"][0]):
        actions.seat_panellist(
            chart, person=mentor, name="", employer="金恒机械" if mentor == staff.mentors["jinheng"][0] else "清河电气",
            years=14, told=True, on=on, **who,
        )  # fmt: skip
    for person, employer, years in PANEL:
        actions.seat_panellist(chart, name=person, employer=employer, years=years, told=True, on=on, **who)
    known = {skill.key for skill in all_skills()}
    actions.take_sheet(chart, _lines(words, known), sha256=hashlib.sha256(name.encode()).hexdigest(), **who)
    if words is WELDER:
        last = queries.board_of(chart)[-1]
        actions.add_task(chart, last.public_id, {"zh": "用放大镜看焊缝"}, by=by, at=at + timedelta(hours=2))
    chart.refresh_from_db()
    return chart


def _lists() -> dict[str, list[dict[str, str]]]:
    return {name: [{"zh": zh, "en": en} for zh, en in rows] for name, rows in BESIDE.items()}


def _lines(words: Board, known: set[str]) -> list[Line]:
    lines = []
    for place, ((zh, en), tasks) in enumerate(words):
        key = queries.letter(place).lower()
        lines.append(Line(key, {"zh": zh, "en": en}))
        for number, (task_zh, task_en, skill) in enumerate(tasks, start=1):
            skills = (skill,) if skill in known else ()
            lines.append(Line(f"{key}{number}", {"zh": task_zh, "en": task_en}, key, skills))
    return lines


def _verified(chart: Chart, places: Places, by: Actor, people: int, *, at: datetime) -> None:
    """Asked, and answered by so many: what is rare and hard is said to be so, with everybody's own view around it."""
    actions.verify_chart(
        chart, closes_on=(at + 21 * DAY).date(), today=at.date(),
        places=[places.college, places.jinheng, places.qinghe], by=by, at=at,
    )  # fmt: skip
    chance = random.Random(chart.pk)  # noqa: S311 - invented answers
    tasks = queries.tasks_of(chart)
    nobody = Actor(organisation=places.college)
    for n in range(people):
        ratings = {task.public_id: _rating(task.statement.zh, chance) for task in tasks}
        actions.keep_answer(
            chart, mark=mark_of(chart, f"demo-{n}"), ratings=ratings, today=at.date(),
            group="supervisor" if n % 5 == 0 else "worker", done=n < people - 1, invited=True, by=nobody, at=at,
        )  # fmt: skip


def _rating(words: str, chance: random.Random) -> list[int | None]:
    """Does it, importance, frequency, difficulty, first day; now and then something is left out."""

    def near(middle: float) -> int:
        return min(5, max(1, round(chance.gauss(middle, 0.7))))

    own = random.Random(words)  # noqa: S311 - each task has a nature of its own
    more, often, harder = (own.uniform(-0.7, 0.7) for _scale in range(3))

    hard, rare, slight = (any(one in words for one in some) for some in (HARD, RARE, SLIGHT))
    rating: list[int | None] = [
        int(chance.random() < (0.35 if slight and rare else 0.7 if rare else 0.93)),
        near((2.3 if slight else 3.9) + more),
        near((2.0 if rare else 3.8) + often),
        near((3.9 if hard else 2.8) + harder),
        int(chance.random() < (0.1 if hard else 0.6)),
    ]  # fmt: skip
    if chance.random() < 0.03:  # noqa: PLR2004
        rating[chance.randrange(1, 5)] = None
    return rating
