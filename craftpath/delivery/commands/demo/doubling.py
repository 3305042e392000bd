"""Records of people who came twice: two pairs that wait, one said to be two persons, one merged last week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from craftpath.delivery.commands.demo.places import Places
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import give_role
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.twins.finding import find_twins
from craftpath.kernel.twins.merging import merge_people
from craftpath.kernel.twins.settling import part_twins
from craftpath.kernel.twins.tables import Twins

PHONE = "13900004102"
FAMILY = "13900007766"
"""Numbers that nobody has: mobile numbers have no such block."""
TWICE = "名册和邀请各建了一份档案 · came with a roster and by an invitation"
FATHER_AND_SON = "父子同用一个号码 · father and son share a telephone"


def double_people(places: Places, by: Actor, *, at: datetime) -> None:
    """What the program finds among the people of the college, and what its coordinator has decided."""
    trainer = Person.objects.get(username="lanchuan-t02")
    Person.objects.filter(pk=trainer.pk).update(phone=f"+86 {PHONE}")

    def again(username: str, name: str, role: Role, days: int, **values: Any) -> Person:
        person = Person.objects.create_user(username, name=name, **values)
        since = at - timedelta(days=days)
        give_role([person], places.college, role, on=since.date(), by=by, at=since)
        return person

    spaced = f"{trainer.name[:1]} {trainer.name[1:]}"
    again("t02-guest", spaced, Role.MENTOR, 210, phone=PHONE)
    born = date(1984, 5, 17)
    again("lanchuan-a11", "余建平", Role.ASSESSOR, 400, birth_date=born, name_latin="Yu Jianping")
    again("yujianping", "余建平", Role.TRAINER, 45, birth_date=born)
    father = again("lanchuan-m31", "卢德海", Role.MENTOR, 500, phone=FAMILY)
    son = again("lanchuan-t31", "卢晓峰", Role.TRAINER, 120, phone=FAMILY)
    stays = again("lanchuan-t32", "谭秀英", Role.TRAINER, 480, phone="13900005530", name_latin="Tan Xiuying")
    goes = again("tanxiuying", "谭秀英", Role.TRAINER, 60, phone="139 0000 5530")
    again(
        "tanxiuying-2", "谭秀英", Role.ASSESSOR, 20, birth_date=date(1997, 9, 3)
    )  # of the same name, much younger
    find_twins(places.college, by=system(), at=at - timedelta(days=6))
    merge_people(stays, goes, because=TWICE, by=by, at=at - timedelta(days=5))
    pair = Twins.objects.get(first=father, second=son)
    part_twins(pair, because=FATHER_AND_SON, by=by, at=at - timedelta(days=5))
