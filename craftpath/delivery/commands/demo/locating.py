"""Where the demo's organisations lie, how many they take, how one gets there, and what they say in public."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from math import cos, pi, sin

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.places import actions
from craftpath.engines.geography.types import Position
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.admission import give_role, plant_organisation
from craftpath.kernel.consents import give_consent
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

# Hills by a great river; the points themselves are made up.
LIES = {
    "lanchuan-bureau": (30.2201, 115.0398, "澜川市 滨江大道 8 号"),
    "lanchuan": (30.2088, 115.0211, "澜川市 学院路 66 号"),
    "lanchuan-main": (30.2102, 115.0242, "澜川市 学院路 66 号"),
    "lanchuan-east": (30.2316, 115.1012, "澜川市东城区 工匠街 12 号"),
    "lanchuan-harbour": (30.2707, 115.0705, "澜川市临港新区 航运路 3 号"),
    "lanchuan-shiqiao": (30.1023, 114.8607, "石桥村 文化礼堂旁"),
    "lanchuan-baisha": (30.0312, 115.1824, "白沙镇 镇政府东侧 成人学校"),
    "lanchuan-community": (30.1985, 115.0602, "澜川市 人民路 140 号"),
    "lanchuan-centre": (30.2489, 115.0301, "澜川市高新区 创业大道 21 号"),
    "jinheng": (30.2016, 115.0884, "澜川市经开区 一纬路 9 号"),
    "jinheng-site": (30.1990, 115.0932, "澜川市经开区 一纬路 9 号 一号车间"),
    "qinghe": (30.1782, 114.9536, "澜川市城西工业园 清河路 5 号"),
    "qinghe-site": (30.1760, 114.9580, "澜川市城西工业园 清河路 5 号"),
}
SAYS = {
    "lanchuan": (
        "公办技师学院，三个校区、两个镇村学习点，与本市企业联合培养学徒。",
        "A public technician college with three campuses and two village points. "
        "Apprentices are trained together with enterprises of the city.",
    ),
    "lanchuan-shiqiao": (
        "借用村文化礼堂，晚上和周末上课。",
        "In the village hall; lessons in the evening and at weekends.",
    ),
    "lanchuan-baisha": (
        "镇成人学校内，有一间电工实训室。",
        "In the town's school for adults, with a workshop for electricians.",
    ),
    "lanchuan-community": ("面向居民的短期技能班。", "Short courses in trades for everybody in town."),
    "lanchuan-centre": (
        "公共实训中心，院校和企业共用设备。",
        "A training centre whose machines colleges and enterprises share.",
    ),
    "jinheng": (
        "精密机加工企业，有 20 多位带徒师傅。",
        "Precision machining, with more than twenty masters who train.",
    ),
    "qinghe": ("输配电设备制造企业。", "A maker of switchgear and transformers."),
}
OFFERS = {
    "lanchuan": {"occupations": ["数控车工 / CNC turner", "焊工 / Welder", "工业机器人系统运维员 / Robot maintenance"]},
    "lanchuan-main": {"workshops": ["数控车间", "钳工车间"], "equipment": ["数控车床 24 台", "三坐标测量仪 1 台"]},
    "lanchuan-east": {"workshops": ["焊接车间"], "equipment": ["焊接工位 30 个"]},
    "lanchuan-harbour": {"workshops": ["机器人实训室"], "equipment": ["六轴机器人 8 台"]},
    "lanchuan-baisha": {"courses": ["安全用电", "电工基础"], "workshops": ["电工实训室"]},
    "lanchuan-shiqiao": {"courses": ["农机维修", "智能手机使用"]},
    "lanchuan-community": {"courses": ["中式烹调", "家政服务"]},
    "lanchuan-centre": {"equipment": ["五轴加工中心 2 台", "激光切割机 1 台"]},
    "jinheng": {"occupations": ["数控车工 / CNC turner"], "equipment": ["数控机床 60 台"]},
}  # fmt: skip
PUBLIC = {"lanchuan", "lanchuan-baisha", "lanchuan-community", "lanchuan-centre", "jinheng"}
SEATS = [
    ("lanchuan-main", "数控车工", "CNC turner", -100, 90, 28),
    ("lanchuan-east", "焊工", "Welder", -340, 30, 22),
    ("lanchuan-east", "焊工", "Welder", 40, 220, 24),
    ("lanchuan-harbour", "工业机器人系统运维员", "Robot maintenance technician", 40, 220, 20),
    ("lanchuan-baisha", "电工", "Electrician", 10, 190, 12),
    ("lanchuan-shiqiao", "农机修理工", "Farm machinery mechanic", 10, 190, 8),
    ("lanchuan-centre", "数控车工", "CNC turner", 10, 190, 16),
]
WAYS = [
    ("lanchuan-main", "lanchuan-east", "bus", 35), ("lanchuan-main", "lanchuan-harbour", "bus", 40),
    ("lanchuan-east", "lanchuan-harbour", "bus", 45), ("lanchuan-main", "lanchuan-shiqiao", "bus", 65),
    ("lanchuan-main", "lanchuan-baisha", "bus", 80), ("lanchuan-main", "lanchuan-shiqiao", "car", 30),
    ("lanchuan-main", "lanchuan-baisha", "car", 38),
]  # fmt: skip


def locate(places: Places, staff: Staff, *, at: datetime) -> None:
    """Half a year ago the city wrote down its places; two kinds of schools joined it."""
    then = at - timedelta(days=180)
    officer = actor_in(Person.objects.get(username=f"{DEMO_PREFIX}officer"), places.city, at.date())
    if officer is None:
        raise RuntimeError("the demo's officer has no role")
    for key, kind, zh, en in (
        (
            "lanchuan-community",
            "institute",
            "澜川市社区教育学院",
            "Lanchuan Institute of Community Education",
        ),
        ("lanchuan-centre", "centre", "澜川市公共实训中心", "Lanchuan Public Training Centre"),
    ):
        plant_organisation(
            key=key, kind=kind, name={"zh": zh, "en": en}, parent=places.city, by=officer, at=then
        )
    rows = {row.key: row for row in places.city.below()}
    for key in LIES:
        actions.keep_place(rows[key], _told(rows[key]), by=officer, at=then)
    _seats(rows, officer, at)
    ways = [actions.Way(rows[a], rows[b], mode, minutes) for a, b, mode, minutes in WAYS]
    actions.keep_travel(ways, organisation=places.city, by=officer, at=then)
    actions.keep_outline(places.city, _outline(), by=officer, at=then)
    _people(staff, rows, officer, at)


def _told(row: Organisation) -> actions.Told:
    lat, lon, address = LIES[row.key]
    zh, en = SAYS.get(row.key, ("", ""))
    village = row.kind == "point"
    return actions.Told(
        address, Position(lat, lon), "周一至周五 18:30–21:00，周六全天" if village else "周一至周五 8:00–17:30",
        "办公室电话见门牌", {"zh": zh, "en": en} if zh else {}, OFFERS.get(row.key, {}), "普通话、本地方言",
        "" if village else "有坡道和电梯", {"lanchuan-shiqiao": "none", "lanchuan-baisha": "poor"}.get(row.key, "good"),
        "", row.key in PUBLIC, True,
    )  # fmt: skip


def _seats(rows: dict[str, Organisation], by: Actor, at: datetime) -> None:
    today, then = at.date(), at - timedelta(days=170)
    for key in dict.fromkeys(key for key, *_rest in SEATS):
        terms = [
            actions.Term(
                {"zh": zh, "en": en}, today + timedelta(days=first), today + timedelta(days=last), count
            )
            for place, zh, en, first, last, count in SEATS
            if place == key
        ]
        actions.keep_seats(rows[key], terms, by=by, at=then)


def _outline() -> bytes:
    """A border around the city, as uneven as borders are."""
    ring = [
        [
            115.02 + 0.24 * (1 + 0.12 * sin(5 * a) + 0.06 * cos(11 * a)) * cos(a),
            30.15 + 0.17 * (1 + 0.1 * cos(4 * a) + 0.05 * sin(9 * a)) * sin(a),
        ]
        for a in (2 * pi * n / 240 for n in range(240))
    ]
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}).encode()


def _people(staff: Staff, rows: dict[str, Organisation], by: Actor, at: datetime) -> None:
    """A trainer who works at three places, and those who let everybody see that they teach."""
    then = at - timedelta(days=60)
    traveller = Person.objects.get(username="lanchuan-t01")
    for key in ("lanchuan-main", "lanchuan-baisha"):
        give_role([traveller], rows[key], Role.TRAINER, on=then.date(), by=by, at=then)
    masters = [(person, "jinheng") for person in staff.mentors["jinheng"][1:3]]
    for person, place in (*masters, (traveller, "lanchuan")):
        own = actor_in(person, rows[place], at.date())
        if own is not None:
            give_consent(person, "public_page", by=own, at=at - timedelta(days=30))
