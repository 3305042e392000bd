"""Pilots of the demo: a city on its second round with a report and changes behind it, a sector that begins."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.places import Places, Staff, Stage
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.curricula.queries import versions
from craftpath.domain.judging.queries import usable_rubrics
from craftpath.domain.needs.queries import published
from craftpath.domain.pilots import actions, queries
from craftpath.domain.pilots.finding import standing_of
from craftpath.kernel.access import Actor, system
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot, PilotRound, RoundStep

DAY = timedelta(days=1)
SPACE = uuid.UUID("5d3c1f5e-6f6a-4e0b-9a3c-0d5a3c9b7e11")
_FIRST = {
    "define": (
        (("ranking", "企业座谈 12 次、学徒问卷：沟通表达、解决问题、安全与环保意识排在前三。"),
         ("priorities", "三方会签的优先清单：沟通表达、团队协作、解决问题。")),
        "第一轮以座谈和院校自编问卷代替统一的需求调查；第二轮改用平台调查。",
    ),
    "embed": (
        (("curriculum", "数控车工课程第 2 版：三项技能写入 6 个单元。"), ("coverage", "覆盖表：3 项技能 × 6 个单元。")),
        "协作一项暂无单独考核，列入改进事项。",
    ),
    "prepare": (
        (("people", "院校教师 9 人、企业师傅 14 人参加两次工作坊。"), ("materials", "班前会、交接班两套情景卡。"),
         ("rubrics", "沟通与协作评分量规，四级水平描述。")),
        "两名师傅因赶工未参加工作坊，由教学团队负责人代为指导。",
    ),
    "deliver": (
        (("held", "三个班共开展 41 次课和 23 次岗位任务，晚班两周停课。"),),
        "晚班因大客户验收停课两周，差的学时已排进本轮。",
    ),
    "assess_recognise": (
        (("results", "阶段成绩单旁列出三项核心技能的水平。"),),
        "其余学徒按计划在下一阶段评定，本轮先报告已评定部分。",
    ),
}  # fmt: skip
"""step → ((deliverable, words), …) and why it is closed although something lacks."""

_CHANGES = (
    (
        "把班前会改成学徒轮流主持",
        "师傅评分里“沟通表达”提高最少；学徒反映课上讲得多、岗位上用得少。",
        "deliver",
        "do",
        25,
    ),
    ("为“团队协作”增加一项实践考核", "覆盖表显示协作只有成果、没有考核。", "embed", "do", 40),
    ("晚班的核心技能课改为线上补学", "晚班停课两周，学时缺口最大。", "deliver", "later", 0),
    ("取消学徒自评", "自评与师傅评分差距大。", "assess_recognise", "no", 0),
)


def go_round(places: Places, staff: Staff, *, at: datetime) -> None:
    """Both pilots, six cases that come with the program and two of one's own."""
    stage = Stage.of_the_city(places, staff, at)
    actions.load_cycles(by=system(), at=at - 400 * DAY)
    actions.load_cases(by=system(), at=at - 400 * DAY)
    _own_cases(stage)
    city = _city(stage)
    _second(stage, _first(stage, city))
    _sector(stage)


def _made(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


def _city(stage: Stage) -> Pilot:
    places, chinese = stage.places, cohorts().filter(state="running", programme__key="cn_334")
    return actions.start_pilot(
        organisation=places.city, made_id=_made("city"), kind="city",
        name={"zh": "澜川市核心技能试点", "en": "Lanchuan core skills pilot"},
        goals="让沟通表达、团队协作、解决问题在课堂和车间都有人教、有人评；一年后师傅评分平均提高一级。",
        starts_on=stage.at.date() - 330 * DAY, ends_on=stage.at.date() + 400 * DAY,
        members=[places.college, places.jinheng, places.qinghe], classes=chinese, **stage.day(-335),
    )  # fmt: skip


def _steps(row: PilotRound) -> dict[str, RoundStep]:
    return {step.key: step for step in queries.steps_of(row)}


def _first(stage: Stage, pilot: Pilot) -> Pilot:
    """A whole round, each step closed by what is there or for its reason; a report, four changes."""
    cycle = next(one for one in queries.newest_cycles() if one.organisation is None)
    row = actions.open_round(pilot, 1, cycle=cycle, **stage.day(-330))
    steps = _steps(row)
    owners = (
        stage.staff.coordinator,
        stage.staff.coordinator,
        stage.staff.trainer,
        stage.staff.hr,
        stage.staff.coordinator,
    )
    for n, (key, (given, why)) in enumerate(_FIRST.items()):
        closed = -280 + n * 50
        due = (stage.at + (closed + 10) * DAY).date()
        step = actions.plan_step(steps[key], owner=owners[n], due_on=due, **stage.day(-329))
        for each, words in given:
            actions.give_deliverable(
                step, made_id=_made(f"1 {key} {each}"), key=each, words=words, **stage.day(closed - 5)
            )
        _close(stage, step, why, closed)
    last = actions.plan_step(
        steps["monitor_improve"],
        owner=stage.office.person,
        due_on=stage.at.date() - 45 * DAY,
        **stage.day(-329),
    )
    _decide(stage, row)
    actions.give_deliverable(
        last, made_id=_made("1 report"), key="evaluation",
        words="第一轮评估：三项技能都有人教，评分一致性尚可；最弱的一环是岗位上的使用和监测。", **stage.day(-52),
    )  # fmt: skip
    actions.issue_report(row, **stage.day(-51))
    _close(stage, last, "去向调查要等第一批学徒出师后才做。", -50)
    actions.issue_report(row, **stage.day(-48))
    return pilot


def _close(stage: Stage, step: RoundStep, why: str, days: int) -> None:
    """As done where nothing lacks on that day, else for the reason."""
    office = stage.day(days)
    if standing_of(step, queries.steps_of(step.round), office["at"]).ready:
        actions.close_step(step, **office)
    else:
        actions.waive_step(step, because=why, **office)


def _decide(stage: Stage, row: PilotRound) -> None:
    member = Actor(stage.places.college, stage.staff.coordinator, frozenset({Role.COORDINATOR}))
    for n, (what, why, into, decision, days) in enumerate(_CHANGES):
        change = actions.propose_change(
            row,
            made_id=_made(f"change {n}"),
            what=what,
            why=why,
            into=into,
            by=member,
            at=stage.at - 58 * DAY,
        )
        if decision == "do":
            owner = stage.staff.coordinator if n else stage.staff.trainer
            actions.accept_change(
                change, owner=owner, due_on=stage.at.date() + (days - 30) * DAY, **stage.day(-54)
            )
        elif decision == "later":
            actions.postpone_change(change, because="线上课程还在制作，第二轮再定。", **stage.day(-54))
        else:
            actions.decline_change(change, because="自评帮助学徒反思，保留，只是不计分。", **stage.day(-54))


def _second(stage: Stage, pilot: Pilot) -> None:
    """Needs done, embedding under way, the rest planned."""
    cycle = next(one for one in queries.newest_cycles() if one.organisation is None)
    row = actions.open_round(pilot, 2, cycle=cycle, **stage.day(-47))
    steps, today = _steps(row), stage.at.date()
    staff = stage.staff
    plan: Sequence[tuple[str, Person, int]] = (
        ("define", staff.coordinator, -15), ("embed", staff.coordinator, 12), ("prepare", staff.trainer, 45),
        ("deliver", staff.hr, 120), ("assess_recognise", staff.coordinator, 160),
    )  # fmt: skip
    for key, owner, days in plan:
        actions.plan_step(steps[key], owner=owner, due_on=today + days * DAY, **stage.day(-46))
    define, embed = steps["define"], steps["embed"]
    words = "需求分析已发布：沟通表达、解决问题、团队协作仍居前三，新增“数字工具”。"
    analysis = published(stage.places.city).first()
    actions.give_deliverable(
        define, made_id=_made("2 ranking"), key="ranking", words=words,
        thing=analysis.ref if analysis else None, **stage.day(-22),
    )  # fmt: skip
    words = "学院、金恒、清河三方确认的优先清单。"
    actions.give_deliverable(define, made_id=_made("2 list"), key="priorities", words=words, **stage.day(-19))
    _close(stage, define, "企业问卷没有收齐，按约定先用，随后补上。", -17)
    version = (
        versions().filter(state__in=("in_review", "approved", "active")).order_by("-made_at", "-pk").first()
    )
    if version is not None:
        mine = Actor(stage.places.college, staff.coordinator, frozenset({Role.COORDINATOR}))
        actions.give_deliverable(
            embed, made_id=_made("2 curriculum"), key="curriculum", words="新版正在评审：数控车工先行。",
            thing=version.ref, by=mine, at=stage.at - 3 * DAY,
        )  # fmt: skip
    rubric = usable_rubrics().first()
    if rubric is not None:
        words = "沿用第一轮的量规，补一项“数字工具”。"
        actions.give_deliverable(
            steps["prepare"], made_id=_made("2 rubric"), key="rubrics", words=words,
            thing=Ref("judging", "rubric", rubric.public_id), **stage.day(-2),
        )  # fmt: skip
    for key, place in (("embed", "AU"), ("embed", "SG"), ("prepare", "SG")):
        case = queries.cases().get(organisation=None, place=place)
        actions.keep_case(steps[key], case, **stage.day(-40))
    actions.propose_change(
        row, made_id=_made("change now"), what="把“数字工具”写进点检表", why="需求分析里差距最大的新增项。",
        into="embed", source="skills_known", **stage.day(-4),
    )  # fmt: skip


def _sector(stage: Stage) -> None:
    """One that has only begun, and whose first step is late."""
    places = stage.places
    pilot = actions.start_pilot(
        organisation=places.city, made_id=_made("sector"), kind="sector",
        name={"zh": "装备制造行业绿色技能试点", "en": "Green skills in machine building"},
        goals="两家企业先行：节能、减废、危废处理写进岗位要求。",
        starts_on=stage.at.date() - 60 * DAY, ends_on=None, members=[places.jinheng, places.qinghe], **stage.day(-60),
    )  # fmt: skip
    cycle = next(one for one in queries.newest_cycles() if one.organisation is None)
    row = actions.open_round(pilot, 1, cycle=cycle, **stage.day(-58))
    step = _steps(row)["define"]
    actions.plan_step(step, owner=stage.staff.hr, due_on=stage.at.date() - 3 * DAY, **stage.day(-57))


def _own_cases(stage: Stage) -> None:
    """What the city tells with consent, and what the college has not published yet."""
    told = actions.Told(
        "CN",
        {
            "zh": "澜川：班前会五分钟，学徒先开口",
            "en": "Lanchuan: five minutes before the shift, apprentices speak first",
        },
        {
            "zh": "金恒一号车间让学徒在班前会复述昨天的异常和今天的重点，师傅只补充。",
            "en": "In workshop 1 of Jinheng apprentices retell yesterday's incidents and today's focus before the "
            "shift; mentors only add.",
        },
        {
            "zh": "不另占学时，八周后师傅对沟通的评分明显提高；关键是师傅先忍住不说。",
            "en": "It takes no extra hours; after eight weeks mentors rated communication clearly higher. "
            "What matters is that mentors hold back first.",
        },
        ["deliver", "prepare"],
        "金恒机械一号车间记录",
    )
    case = actions.write_case(told, organisation=stage.places.city, made_id=_made("case"), **stage.day(-60))
    actions.publish_case(case, consent="金恒机械人事部书面同意，车间与学徒不具名", **stage.day(-55))
    draft = actions.Told(
        "CN",
        {"zh": "一张交接班卡片", "en": "A card for the change of shifts"},
        {"zh": "晚班学徒用卡片写三句话交给早班。"},
        {"zh": "书面沟通也要练；卡片太大就没人写。"},
        ["deliver"],
        "学院教学团队",
    )
    college = Actor(stage.places.college, stage.staff.coordinator, frozenset({Role.COORDINATOR}))
    actions.write_case(
        draft, organisation=stage.places.college, made_id=_made("draft"), by=college, at=stage.at - 6 * DAY
    )
