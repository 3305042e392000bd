"""A workshop of two days with one site and a link, made once; who comes to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from craftpath.domain.workshops import actions
from craftpath.domain.workshops.actions import Comer, Words
from craftpath.domain.workshops.models import Day, Registration, Site, Workshop
from craftpath.kernel.access import Actor
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast

FIRST = TODAY + timedelta(days=9)
SECOND = FIRST + timedelta(days=1)
MORNING = datetime(FIRST.year, FIRST.month, FIRST.day, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai
NOBODY = Actor(organisation=None)


def planned(cast: Cast, *, seats: int = 2, title: str = "核心技能研讨会", **words: object) -> Workshop:
    """Two days from nine to five, a hall with few seats, a link."""
    by = cast.actor("coordinator")
    said = {"link": "https://meeting.example/1", "call": Text("征集案例", "Cases wanted"), **words}
    row = actions.plan_workshop(cast.college, Words(Text(title, "Workshop"), **said), by=by, at=AT)  # type: ignore[arg-type]
    for on in (FIRST, SECOND):
        actions.save_day(row, on=on, starts=time(9), ends=time(17), by=by, at=AT)
    actions.save_site(row, name=Text("报告厅", "Hall"), address="", room="A", seats=seats, by=by, at=AT)
    return row


def opened(cast: Cast, **more: object) -> Workshop:
    """The same, open for registration."""
    row = planned(cast, **more)  # type: ignore[arg-type]
    return actions.publish_workshop(row, by=cast.actor("coordinator"), at=AT)


def site_of(workshop: Workshop) -> Site:
    """Its hall."""
    return Site._base_manager.filter(workshop=workshop).earliest("pk")


def day_of(workshop: Workshop, on: date = FIRST) -> Day:
    """One of its days."""
    return Day._base_manager.select_related("workshop").get(workshop=workshop, on=on)


def comer(workshop: Workshop, number: int, way: str = "site", **more: object) -> Comer:
    """Somebody from an enterprise."""
    told = {
        "name": f"来宾{number}", "organisation_name": f"企业{number}", "kind": "enterprise", "city": "重庆",
        "way": way, "site": site_of(workshop) if way == "site" else None, "email": f"g{number}@example.com",
        "notice_version": 1, **more,
    }  # fmt: skip
    return Comer(**told)  # type: ignore[arg-type]


def came(workshop: Workshop, number: int, way: str = "site", **more: object) -> Registration:
    """The same, registered without an account."""
    return actions.register(workshop, comer(workshop, number, way, **more), by=NOBODY, at=AT)
