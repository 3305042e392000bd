"""The demo's organisations and the people who run them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from craftpath.delivery.commands.demo.names import draw
from craftpath.kernel.access import Actor
from craftpath.kernel.admission import give_role, plant_organisation
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role


@dataclass(frozen=True)
class Places:
    """The tree, by short names."""

    city: Organisation
    college: Organisation
    jinheng: Organisation
    qinghe: Organisation


@dataclass(frozen=True)
class Staff:
    """Those who act in the demo's past."""

    coordinator: Person
    trainer: Person
    assessor: Person
    administrator: Person
    hr: Person
    mentors: dict[str, list[Person]]  # enterprise key → mentors


@dataclass(frozen=True)
class Stage:
    """An office that acts, among whom, and when today is."""

    places: Places
    staff: Staff
    office: Actor
    at: datetime

    @classmethod
    def of_the_city(cls, places: Places, staff: Staff, at: datetime) -> Stage:
        """The city's officer acts."""
        officer = Person.objects.get(username=f"{DEMO_PREFIX}{Role.OFFICER}")
        return cls(places, staff, Actor(places.city, officer, frozenset({Role.OFFICER})), at)

    def day(self, days: int) -> dict[str, Any]:
        """By the office, so many days from today."""
        return {"by": self.office, "at": self.at + timedelta(days=days)}


def make_places(*, by: Actor, at: datetime) -> Places:
    """One city bureau; a college with three campuses and two village points; two enterprises with their sites."""
    city = plant_organisation(
        key="lanchuan-bureau",
        kind="city",
        name={"zh": "澜川市人力资源和社会保障局", "en": "Lanchuan City Bureau of Human Resources"},
        by=by,
        at=at,
    )
    college = plant_organisation(
        key="lanchuan",
        kind="college",
        name={"zh": "澜川技师学院", "en": "Lanchuan Technician College"},
        parent=city,
        by=by,
        at=at,
    )
    campuses = [
        ("main", "campus", "主校区", "Main campus"),
        ("east", "campus", "东校区", "East campus"),
        ("harbour", "campus", "临港校区", "Harbour campus"),
        ("shiqiao", "point", "石桥村学习点", "Shiqiao village point"),
        ("baisha", "point", "白沙镇学习点", "Baisha town point"),
    ]
    for key, kind, zh, en in campuses:
        plant_organisation(
            key=f"lanchuan-{key}", kind=kind, name={"zh": zh, "en": en}, parent=college, by=by, at=at
        )
    hosts = {}
    for key, zh, en, site_zh, site_en in [
        ("jinheng", "金恒机械", "Jinheng Machinery", "一号车间", "Workshop 1"),
        ("qinghe", "清河电气", "Qinghe Electric", "总装车间", "Assembly shop"),
    ]:
        hosts[key] = plant_organisation(
            key=key, kind="enterprise", name={"zh": zh, "en": en}, parent=city, by=by, at=at
        )
        plant_organisation(
            key=f"{key}-site",
            kind="site",
            name={"zh": site_zh, "en": site_en},
            parent=hosts[key],
            by=by,
            at=at,
        )
    return Places(city, college, hosts["jinheng"], hosts["qinghe"])


def make_staff(places: Places, *, by: Actor, at: datetime) -> Staff:
    """One person for each role, twenty mentors and four more trainers."""
    names = iter(draw(40, seed=20))
    people = {}
    seats = {
        Role.MENTOR: places.jinheng,
        Role.TRAINER: places.college,
        Role.COORDINATOR: places.college,
        Role.HR: places.jinheng,
        Role.OFFICER: places.city,
        Role.ASSESSOR: places.college,
        Role.AUDITOR: places.city,
        Role.ADMINISTRATOR: places.college,
    }
    for role, organisation in seats.items():
        people[role] = person(f"{DEMO_PREFIX}{role}", next(names), role, organisation, by=by, at=at)
    mentors = {
        host.key: [
            person(f"{host.key}-m{n:02}", next(names), Role.MENTOR, host, by=by, at=at) for n in range(2, 11)
        ]
        for host in (places.jinheng, places.qinghe)
    }
    mentors["jinheng"].insert(0, people[Role.MENTOR])
    mentors["qinghe"].insert(0, person("qinghe-m01", next(names), Role.MENTOR, places.qinghe, by=by, at=at))
    for n in range(1, 5):
        person(f"lanchuan-t{n:02}", next(names), Role.TRAINER, places.college, by=by, at=at)
    return Staff(
        people[Role.COORDINATOR],
        people[Role.TRAINER],
        people[Role.ASSESSOR],
        people[Role.ADMINISTRATOR],
        people[Role.HR],
        mentors,
    )


def person(
    username: str, name: tuple[str, str], role: Role, organisation: Organisation, *, by: Actor, at: datetime
) -> Person:
    """Somebody with a role, who signs in by the demo's button or not at all."""
    made = Person(username=username, name=name[0], name_latin=name[1])
    made.set_unusable_password()
    made.save()
    give_role([made], organisation, role, on=at.date(), by=by, at=at)
    return made
