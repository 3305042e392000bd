"""What college and enterprises let one another use in the demo, who has used it in past weeks, and the coming one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.mentoring_words import fixture
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.bookings import actions
from craftpath.domain.bookings.queries import Span, Wish, asked
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Booking, Thing
    from craftpath.kernel.people import Person

SPACE = uuid.UUID("0b7c6f3e-91a4-4c0f-8f6e-5b1a2d3c4e5f")
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
Hours = tuple[tuple[int, int] | tuple[()], ...]
LONG: Hours = (*[(8 * 60, 20 * 60)] * 5, (9 * 60, 17 * 60), ())
EVENINGS: Hours = (*[(18 * 60, 21 * 60)] * 5, (9 * 60, 21 * 60), (9 * 60, 17 * 60))


@dataclass(frozen=True)
class Offer:
    """One thing: by whom it is lent, where it stands, what it is."""

    key: str
    owner: str
    site: str
    terms: actions.Terms
    trainer: int | None = None  # the n-th mentor of the owner
    photo: bool = False


OFFERS = (
    Offer(
        "mill", "lanchuan", "lanchuan-main",
        actions.Terms(
            "equipment", {"zh": "五轴加工中心 DMU 50", "en": "Five-axis machining centre DMU 50"}, "A-101",
            "工作台 Φ630，主轴 18000 转。刀柄自带，冷却液已备。", for_partners=True, longest=240, ahead_hours=24,
            asks=True, price=18000, training="五轴加工中心操作与安全培训",
        ), photo=True,
    ),
    Offer(
        "booths", "lanchuan", "lanchuan-east",
        actions.Terms(
            "equipment", {"zh": "焊接工位（6 个）", "en": "Welding booths (6)"}, "W-2",
            "MIG/MAG 与 TIG 各三台，带排烟。请自带面罩和焊接服。", seats=6, for_partners=True, hours=LONG, longest=240,
            training="焊接安全培训",
        ),
    ),
    Offer(
        "classroom", "lanchuan", "lanchuan-shiqiao",
        actions.Terms(
            "room", {"zh": "石桥村多媒体教室", "en": "Classroom of the Shiqiao village point"}, "2F",
            "40 座，投影、无线网络，可直播。", for_partners=True, hours=EVENINGS, longest=180,
        ),
    ),
    Offer(
        "cmm", "jinheng", "jinheng-site",
        actions.Terms(
            "equipment", {"zh": "三坐标测量机", "en": "Coordinate measuring machine"}, "M-01",
            "恒温 20 ℃，测量范围 700 × 1000 × 600 mm。", for_partners=True, longest=180, ahead_hours=48, asks=True,
            price=26000, training="三坐标测量入门",
        ),
    ),
    Offer(
        "master", "jinheng", "jinheng-site",
        actions.Terms(
            "trainer", {"zh": "企业师傅进课堂", "en": "A master from the shop floor"}, "",
            "数控工艺与刀具选用，可到院校授课。请提前一周约定课题。", for_partners=True, longest=240, ahead_hours=72,
        ), trainer=1,
    ),
)  # fmt: skip

# thing, who books, weekday, hour, length in hours, places, purpose; every week of the past eight and the coming one.
WEEKLY = (
    ("mill", "college", 0, 9, 3, 1, "五轴编程实训 · five-axis programming"),
    ("mill", "jinheng", 2, 13, 4, 1, "叶轮试切 · trial cut of an impeller"),
    ("booths", "college", 1, 8, 4, 4, "角焊缝练习 · fillet welds"),
    ("booths", "qinghe", 3, 14, 3, 2, "焊工岗前培训 · induction of welders"),
    ("classroom", "college", 4, 19, 2, 1, "新型学徒夜校 · evening class for apprentices"),
    ("cmm", "college", 3, 9, 2, 1, "阶段考核零件检测 · measuring parts of the stage examination"),
)
NOT_USED = {("mill", 3), ("booths", 5), ("cmm", 2)}  # (thing, weeks ago)


def lend_things(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """As offices would have offered and people have booked."""
    stage = _Stage(places, staff, coordinator, at)
    for weeks in range(8, 0, -1):
        for line in WEEKLY:
            stage.past(line, weeks)
    for line in WEEKLY:
        stage.coming(line)
    stage.master()
    stage.answer()


class _Stage:
    """The things, and who books them."""

    def __init__(self, places: Places, staff: Staff, coordinator: Actor, at: datetime) -> None:
        self.at, self.coordinator = at, coordinator
        hr = Actor(places.jinheng, staff.hr, frozenset({Role.HR}))
        self.offices = {"lanchuan": coordinator, "jinheng": hr}
        self.bookers = {
            "college": Actor(places.college, staff.trainer, frozenset({Role.TRAINER})),
            "jinheng": hr,
            "qinghe": Actor(places.qinghe, staff.mentors["qinghe"][0], frozenset({Role.MENTOR})),
        }
        self.monday = (at - timedelta(days=at.weekday())).date()
        self.whom = f"apprenticeships/cohort/{cohorts().earliest('pk').public_id}"
        self.things = {offer.key: self._offered(offer, staff.mentors) for offer in OFFERS}

    def _offered(self, offer: Offer, mentors: dict[str, list[Person]]) -> Thing:
        by = self.offices[offer.owner]
        if by.organisation is None:
            raise RuntimeError("an office of the demo has no organisation")
        trainer = mentors[offer.owner][offer.trainer] if offer.trainer is not None else None
        picture = (fixture(), "photo.png") if offer.photo else None
        return actions.offer_thing(
            by.organisation, offer.terms, site=Organisation.objects.get(key=offer.site), trainer=trainer,
            picture=picture, by=by, at=self.at - 9 * WEEK,
        )  # fmt: skip

    def book(
        self, thing: Thing, who: str, on: date, hour: int, length: int, seats: int, purpose: str, at: datetime
    ) -> Booking | None:
        """A time; nothing where a lesson or a holiday of somebody is in the way."""
        by = self.bookers[who]
        start = datetime.combine(on, time(hour), tzinfo=thing.zone)
        if by.organisation is None:
            return None
        made = uuid.uuid5(SPACE, f"{thing.public_id} {who} {start.isoformat()}")
        whom = self.whom if who == "college" else ""
        span, wish = Span(start, start + timedelta(hours=length)), Wish(by.organisation, seats)
        try:
            return actions.book(thing, span, wish, actions.NewBooking(purpose, made, whom), by=by, at=at)
        except Refused:
            return None

    def past(self, line: tuple[str, str, int, int, int, int, str], weeks: int) -> None:
        """Booked ten days before, and told to have been used or not."""
        key, who, weekday, hour, length, seats, purpose = line
        on = self.monday - weeks * WEEK + weekday * DAY
        asked_at = datetime.combine(on, time(9), tzinfo=self.things[key].zone) - 10 * DAY
        row = self.book(self.things[key], who, on, hour, length, seats, purpose, asked_at)
        if row is None:
            return
        owner = self._owner(row)
        if row.state == "asked":
            row = actions.approve_booking(row, by=owner, at=asked_at + DAY)
        act = actions.miss_booking if (key, weeks) in NOT_USED else actions.use_booking
        act(row, by=owner, at=row.ends_at + timedelta(hours=1))

    def coming(self, line: tuple[str, str, int, int, int, int, str]) -> None:
        """The same of next week, booked yesterday."""
        key, who, weekday, hour, length, seats, purpose = line
        on = self.monday + WEEK + weekday * DAY
        self.book(self.things[key], who, on, hour, length, seats, purpose, self.at - DAY)

    def master(self) -> None:
        """Four Tuesdays with the master, of which two have been."""
        thing, by = self.things["master"], self.bookers["college"]
        if by.organisation is None:
            return
        first = datetime.combine(self.monday - 2 * WEEK + DAY, time(14), tzinfo=thing.zone)
        spans = [Span(first + n * WEEK, first + n * WEEK + timedelta(hours=2)) for n in range(4)]
        new = actions.NewBooking("刀具选用讲座 · choosing tools", uuid.uuid5(SPACE, "master"), self.whom)
        rows = actions.book_series(
            thing, spans, Wish(by.organisation), new, only_free=True, by=by, at=first - WEEK
        )
        for row in rows:
            if row.ends_at < self.at:
                actions.use_booking(row, by=self.offices["jinheng"], at=row.ends_at)

    def answer(self) -> None:
        """The machine is being looked after one day; the college has answered one of what waits."""
        mill = self.things["mill"]
        day = datetime.combine(self.monday + WEEK + 4 * DAY, time(8), tzinfo=mill.zone)
        actions.close_thing(
            mill, starts_at=day, ends_at=day + timedelta(hours=10), because="主轴年检 · yearly service of the spindle",
            by=self.coordinator, at=self.at - 2 * DAY,
        )  # fmt: skip
        if self.coordinator.organisation is not None:
            row = asked(self.coordinator.organisation).filter(thing=mill).first()
            if row is not None:
                actions.approve_booking(row, by=self.coordinator, at=self.at)

    def _owner(self, row: Booking) -> Actor:
        return self.offices[row.thing.organisation.key]
