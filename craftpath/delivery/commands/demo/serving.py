"""The service desk of the demo: requests in every state over two months, registrations on their way, places."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.accreditation import actions as register
from craftpath.domain.accreditation.wording import LINES
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.offers import actions
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role
from craftpath.values.credit_code import check_sign
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.accreditation.models import Registration
    from craftpath.domain.offers.models import DeskRequest
    from craftpath.kernel.organisations import Organisation

DAY = timedelta(days=1)
SPACE = uuid.UUID("8f0e4a53-52d6-4c1d-9a67-3c7f2d5b1a90")
TURNER = {"zh": "数控车工", "en": "CNC turner"}
WELDER = {"zh": "焊工", "en": "Welder"}
ROBOT = {"zh": "工业机器人系统运维员", "en": "Robot maintenance technician"}


def _made(name: str) -> uuid.UUID:
    return uuid.uuid5(SPACE, name)


@dataclass(frozen=True)
class _Stage:
    """Who acts, and on which day before today."""

    places: Places
    officer: Actor
    college: Actor
    jinheng: Actor
    qinghe: Actor
    at: datetime

    def by(self, who: Actor, days: int, hour: int = 0) -> dict[str, Any]:
        """Whoever it is, so many days ago."""
        moment = self.at - days * DAY + timedelta(hours=hour)
        return {"by": who, "at": min(moment, self.at)}


def serve_enterprises(places: Places, staff: Staff, *, at: datetime) -> None:
    """Make all of it; the caller has opened the scope."""
    officer = Person.objects.get(username=f"{DEMO_PREFIX}officer")
    second = Person.objects.get(username="qinghe-hr")  # who files the subsidies of that enterprise
    by = Actor(places.city, officer, frozenset({Role.OFFICER}))
    stage = _Stage(
        places, by,
        Actor(places.college, staff.coordinator, frozenset({Role.COORDINATOR})),
        Actor(places.jinheng, staff.hr, frozenset({Role.HR})),
        Actor(places.qinghe, second, frozenset({Role.HR})),
        at,
    )  # fmt: skip
    actions.set_promise(places.city, promise_days=5, ask_after_days=14, **stage.by(by, 120))
    register.set_rule(places.city, level="warn", workers=2, per_mentor=4, visit=True, **stage.by(by, 120))
    _accredited(stage)
    _registrations(stage)
    _applied(stage)
    _offers(stage)
    _asked(stage)
    _finished(stage)


def _accredited(stage: _Stage) -> None:
    """Places of both enterprises; one runs out in twenty days."""
    today, city = stage.at.date(), stage.places.city
    rows = (
        (stage.places.jinheng, TURNER, 34, 7, 16, 700, "夜班不安排未满 18 周岁学徒。"),
        (stage.places.jinheng, WELDER, 26, 4, 12, 400, ""),
        (stage.places.qinghe, TURNER, 18, 4, 9, 500, ""),
        (stage.places.qinghe, ROBOT, 16, 3, 8, 20, "每年更新安全培训记录。"),
    )
    for place, trade, workers, mentors, capacity, left, conditions in rows:
        room = register.Room(workers, mentors, capacity, today - 380 * DAY, today + left * DAY, conditions)
        register.accredit_place(
            city, organisation=place, occupation=trade, room=room, **stage.by(stage.officer, 380)
        )


def _applied(stage: _Stage) -> None:
    """One enterprise asks for places of a further occupation, another was told no for want of masters."""
    rows = ((stage.qinghe, WELDER, 8, 2, 3, 4), (stage.jinheng, ROBOT, 6, 1, 3, 25))
    for who, trade, workers, mentors, capacity, days in rows:
        wanted = register.Wanted(
            trade, workers, mentors, capacity, "新产线投产，师傅名单和设备清单可现场查看。"
        )
        place: Any = who.organisation
        row = register.apply_for_places(place, wanted, made_id=_made(f"places {days}"), **stage.by(who, days))
        if days > 10:
            because = "只有一名合格师傅且即将退休，请先落实第二名师傅。"
            register.decline_application(row, because=because, **stage.by(stage.officer, 19))


@dataclass(frozen=True)
class _Enterprise:
    """What an enterprise says of itself."""

    key: str
    zh: str
    en: str
    code: str
    trade: dict[str, str]
    number: int
    contact: str


def _told(one: _Enterprise, **more: Any) -> register.Told:
    values: dict[str, Any] = {
        "name": {"zh": one.zh, "en": one.en}, "credit_code": one.code + check_sign(one.code),
        "address": "澜川市高新区工业三路",
        "contact": register.Contact(one.contact, "0532-8801 2200", f"{one.key}@example.com"),
        "workers": one.number * 5, "occupations": [(one.trade, one.number)],
        "masters": [("罗建国", "高级技师"), ("邵敏", "技师")],
        "equipment": "数控机床 14 台，焊接工位 8 个，其中 4 台可专供教学。",
        "safety": "专职安全员 1 人，入厂三级安全教育，劳保用品按岗位发放。",
        "rooms": "培训教室 1 间（40 座）、更衣室、食堂。", "pays": "初级阶段每月 2600 元，逐级增加；包午餐。",
    }  # fmt: skip
    return register.Told(**values | more)


_ENTERPRISES = (
    _Enterprise(
        "hailan", "海蓝精密制造有限公司", "Hailan Precision", "91370200MA3DH7X21", TURNER, 6, "沈玉华"
    ),
    _Enterprise(
        "huatai", "华泰船舶配件有限公司", "Huatai Ship Parts", "91370200MA3CK9Q85", WELDER, 8, "谭志远"
    ),
    _Enterprise("zhixing", "智行机器人有限公司", "Zhixing Robotics", "91370200MA3FT2P60", ROBOT, 4, "梁一帆"),
    _Enterprise(
        "dongsheng", "东升电气集团有限公司", "Dongsheng Electric", "91370200MA3E8N4W3", ROBOT, 5, "郝秀兰"
    ),
)


def _registrations(stage: _Stage) -> None:
    """One waits, one was given back, one is checked and visited, one is in the register."""
    waiting, returned, checked, registered = _ENTERPRISES
    _submitted(stage, waiting, 6)
    row = _submitted(stage, returned, 16, safety="有安全员。", pays="面议")
    asks = {
        "safety": "请补充安全培训制度和近一年的培训记录。",
        "pays": "请写明各阶段的月度标准，不能写“面议”。",
    }
    for line, phrase in asks.items():
        register.check_line(row, line=line, outcome="asked", phrase=phrase, **stage.by(stage.officer, 12))
    register.accept_open_lines(row, **stage.by(stage.officer, 12))
    register.return_registration(row, **stage.by(stage.officer, 12))
    _checked(stage, checked, 20)
    row = _checked(stage, registered, 48)
    until = stage.at.date() + 1000 * DAY
    row = register.register_enterprise(row, valid_until=until, **stage.by(stage.officer, 38))
    if row.organisation is not None:
        room = register.Room(10, 2, 5, stage.at.date() - 36 * DAY, until, "")
        register.accredit_place(
            stage.places.city, organisation=row.organisation, occupation=ROBOT, room=room,
            **stage.by(stage.officer, 36),
        )  # fmt: skip


def _submitted(stage: _Stage, one: _Enterprise, days: int, **more: Any) -> Registration:
    guest, told = Actor(organisation=stage.places.city), _told(one, **more)
    row = register.draft_registration(
        stage.places.city, made_id=_made(one.key), name=told.name, contact=told.contact,
        **stage.by(guest, days + 1),
    )  # fmt: skip
    register.write_registration(row, told, **stage.by(guest, days + 1))
    register.give_evidence(
        row,
        line="identity",
        content="营业执照复印件（演示）".encode(),
        name="营业执照.txt",
        **stage.by(guest, days),
    )
    return register.submit_registration(row, **stage.by(guest, days))


def _checked(stage: _Stage, one: _Enterprise, days: int) -> Registration:
    row = _submitted(stage, one, days)
    for line in LINES:
        register.check_line(row, line=line, outcome="accepted", **stage.by(stage.officer, days - 4))
    register.note_visit(
        row, on=stage.at.date() - (days - 7) * DAY, fit=True,
        findings="车间通道、消防和劳保齐全；4 台设备划为教学专用；师傅两人面谈，愿意带徒。",
        **stage.by(stage.officer, days - 7),
    )  # fmt: skip
    return register.check_registration(row, **stage.by(stage.officer, days - 8))


def _open(
    stage: _Stage, who: Actor, days: int, kind: str, title: str, words: str, **more: Any
) -> DeskRequest:
    contact = {"contact_name": who.person.name if who.person else "", "contact_way": "0532-8801 3300"}
    asked = actions.Asked(kind=kind, title=title, words=words, **{"languages": ["zh"], **contact, **more})
    place: Any = who.organisation
    return actions.open_request(place, asked, made_id=_made(title), **stage.by(who, days))


def _say(
    stage: _Stage, row: DeskRequest, who: Actor, days: int, words: str, to: Organisation | None = None
) -> None:
    said, name = actions.Said(words, to=to), f"{row.title} {days} {words}"
    actions.send_message(row, said, made_id=_made(name), **stage.by(who, days, 2))


def _offers(stage: _Stage) -> None:
    """What the college offers: open, answered, withdrawn."""
    today = stage.at.date()
    _open(
        stage, stage.college, 3, "courses", "数控车削工艺与安全操作课程（24 学时）",
        "校内或送教上门，可拆成三个晚上；结业发院校证书。", occupation=TURNER, people=30,
        starts_on=today - 5 * DAY, ends_on=today + 90 * DAY, where="主校区", skills=["communication"],
    )  # fmt: skip
    row = _open(
        stage, stage.college, 30, "trainers", "焊接技师到企业带教", "两名高级技师，每周二、四下午可到企业。",
        occupation=WELDER, people=12, starts_on=today - 20 * DAY, ends_on=today + 60 * DAY, gives="教师交通由学院承担",
    )  # fmt: skip
    _say(stage, row, stage.jinheng, 27, "我们二车间有 9 名焊工学徒，想约每周四下午，连续六周。")
    _say(stage, row, stage.college, 26, "可以，从下周四开始，请准备两台焊机。", stage.places.jinheng)
    row = _open(
        stage, stage.college, 44, "rooms", "工业机器人实训室周末开放", "6 个工位，配指导教师 1 名。",
        occupation=ROBOT, people=12, where="临港校区",
    )  # fmt: skip
    _say(stage, row, stage.officer, 42, "已推荐给两家企业。")
    actions.withdraw_request(row, because="实训室 12 月检修，改到明年开放。", **stage.by(stage.college, 15))


def _asked(stage: _Stage) -> None:
    """What enterprises ask and offer, from two days ago to two months ago: open, overdue, answered, agreed, running."""
    today = stage.at.date()
    _open(
        stage, stage.jinheng, 2, "training", "新学徒班前沟通与安全培训", "12 名新学徒，两天，最好在一号车间现场讲。",
        occupation=TURNER, people=12, starts_on=today + 10 * DAY, ends_on=today + 40 * DAY, skills=["communication"],
        gives="车间、两台车床、午餐",
    )  # fmt: skip
    _open(
        stage, stage.qinghe, 13, "master", "请一位机器人调试师傅来厂三天", "新产线调试，想让学徒跟着学；住宿我们安排。",
        occupation=ROBOT, people=4, gives="住宿和交通费",
    )  # fmt: skip
    row = _open(
        stage, stage.jinheng, 18, "places", "数控车工学徒岗位 6 个", "明年 3 月起，三班中的白班；一人一师傅。",
        occupation=TURNER, people=6, starts_on=today + 90 * DAY, gives="每月 2600 元起，包午餐",
    )  # fmt: skip
    _say(stage, row, stage.college, 15, "车工 1 班有 8 名学徒有意向，下周可以来厂里看看吗？")
    _say(stage, row, stage.jinheng, 14, "欢迎，周三上午九点，厂门口接。", stage.places.college)
    row = _open(
        stage, stage.qinghe, 35, "course", "想开发一门“产线点检”短课", "我们有点检表和照片，缺会写教案的老师。",
        occupation=ROBOT, people=20, skills=["planning_organising"],
    )  # fmt: skip
    _say(stage, row, stage.college, 32, "教研室可以承接，先做 6 学时试讲。")
    actions.agree_on(row, stage.places.college, **stage.by(stage.qinghe, 29))
    row = _open(
        stage, stage.jinheng, 50, "training", "焊工持证复训", "9 人证书明年到期，需要复训和模拟考试。",
        occupation=WELDER, people=9,
    )  # fmt: skip
    _say(stage, row, stage.college, 41, "东校区可以排六个周六。")
    actions.agree_on(row, stage.places.college, **stage.by(stage.jinheng, 39))
    actions.start_request(row, **stage.by(stage.college, 30))


def _finished(stage: _Stage) -> None:
    """What has ended: done and judged, done and still to be judged, declined, expired."""
    today, places = stage.at.date(), stage.places
    row = _open(
        stage,
        stage.qinghe,
        58,
        "training",
        "机器人安全操作培训",
        "14 人，一天理论一天实操。",
        occupation=ROBOT,
        people=14,
    )
    _say(stage, row, stage.college, 56, "临港校区下周五、周六可以。")
    actions.agree_on(row, places.college, **stage.by(stage.qinghe, 55))
    cohort = cohorts().filter(occupation__zh=ROBOT["zh"]).order_by("pk").first()
    outcome = Ref("apprenticeships", "cohort", cohort.public_id) if cohort is not None else None
    actions.finish_request(
        row, words="两天培训完成，14 人全部通过实操考核，教案留在企业。", trained=14, outcome=outcome,
        **stage.by(stage.college, 40),
    )  # fmt: skip
    actions.judge_outcome(
        row, stars=5, words="老师懂现场，讲完第二天就用上了。", **stage.by(stage.qinghe, 24)
    )
    row = _open(
        stage, stage.jinheng, 46, "master", "请专家诊断刀具磨损问题", "连续两周崩刃，想请专家带学徒一起找原因。",
        occupation=TURNER, people=5,
    )  # fmt: skip
    _say(stage, row, stage.college, 44, "马建国老师周四可以到厂。")
    actions.agree_on(row, places.college, **stage.by(stage.jinheng, 43))
    actions.finish_request(
        row,
        words="到厂两次，找到冷却液浓度问题；5 名学徒写了分析报告。",
        trained=5,
        **stage.by(stage.jinheng, 15),
    )
    row = _open(
        stage,
        stage.qinghe,
        40,
        "course",
        "日语技术资料阅读课",
        "进口设备资料多，想学日语技术词汇。",
        people=6,
    )
    actions.decline_request(
        row,
        because="本市院校目前没有日语技术师资；已把省内两所院校的联系方式发给您。",
        **stage.by(stage.officer, 37),
    )
    row = _open(
        stage, stage.jinheng, 54, "training", "夜班班组长培训", "只有月底两个晚上有空。",
        people=8, starts_on=today - 40 * DAY, ends_on=today - 30 * DAY,
    )  # fmt: skip
    _say(stage, row, stage.officer, 45, "两所院校这两晚都排满了，能否改期？")
    actions.expire_request(row, **stage.by(stage.officer, 28))
