"""The demo's partnership: duties, a rule, what both sides give, a board, costs, and the letter of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.exchange.balance import content_of
from craftpath.domain.committees import actions as committees
from craftpath.domain.partnership import actions, queries
from craftpath.domain.partnership.costing import defaults
from craftpath.domain.partnership.queries import PARTS
from craftpath.domain.partnership.wording import MODEL
from craftpath.kernel.access import Actor
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import parties_of

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Committee, Meeting, Seat
    from craftpath.domain.partnership.models import Cooperation, Side

DAY = timedelta(days=1)
RATES: tuple[dict[str, Any], ...] = (
    {"key": "mentor", "name": {"zh": "企业师傅", "en": "Mentor"}, "for": "hours", "minor": 8000},
    {"key": "teacher", "name": {"zh": "院校教师", "en": "Teacher"}, "for": "hours", "minor": 9000},
    {
        "key": "hall",
        "name": {"zh": "数控实训车间", "en": "CNC workshop"},
        "for": "room_hours",
        "minor": 12000,
    },
    {"key": "room", "name": {"zh": "教室", "en": "Classroom"}, "for": "room_metres", "minor": 3000},
)
# side, kind, what, days ago, figures (money in minor units), rate, what became of it
GIVEN: tuple[tuple[str, str, str, int, dict[str, str], str, str], ...] = (
    ("jinheng", "money", "学徒奖学金（春季）", 240, {"amount": "6000000"}, "", "confirm"),
    ("jinheng", "machine", "三轴加工中心 VMC850 借给实训中心", 200,
     {"price": "42000000", "months_used": "6", "life_months": "120"}, "", "confirm"),
    ("college", "room", "主校区数控实训车间，周末培训", 170, {"hours": "96"}, "hall", "confirm"),
    ("jinheng", "hours", "师傅到校授课：数控编程", 150, {"hours": "64"}, "mentor", "confirm"),
    ("college", "hours", "教师下厂带教：测量与公差", 120, {"hours": "80"}, "teacher", "confirm"),
    ("jinheng", "materials", "45 钢棒料与刀具", 95, {"amount": "1860000"}, "", "confirm"),
    ("college", "room", "培训教室 301", 80, {"square_metres": "90", "months": "4"}, "room", "confirm"),
    ("jinheng", "hours", "技能竞赛赛前指导", 21, {"hours": "18.5"}, "mentor", "question"),
    ("jinheng", "money", "学徒奖学金（秋季）", 9, {"amount": "6000000"}, "", ""),
    ("college", "materials", "学徒教材与工单册", 6, {"amount": "420000"}, "", ""),
)  # fmt: skip
PLEDGED = (
    ("jinheng", "money", "学徒奖学金，春秋两季", 12000000),
    ("jinheng", "machine", "加工中心一台，使用半年以上", 2500000),
    ("jinheng", "hours", "师傅授课与指导 120 小时", 960000),
    ("jinheng", "materials", "棒料与刀具", 2000000),
    ("college", "room", "实训车间与教室", 2200000),
    ("college", "hours", "教师下厂 100 小时", 900000),
    ("college", "materials", "教材与工单册", 500000),
)


def work_as_partners(places: Places, staff: Staff, *, at: datetime) -> None:
    """A year of one partnership, and a larger one that waits for signatures."""
    with_jinheng = queries.cooperations().filter(sides__organisation=places.jinheng, state="in_force")
    row = with_jinheng.get()
    demo = _Partners(places, staff, row, at)
    demo.promise()
    demo.give()
    board = demo.found()
    demo.met(board)
    demo.meets(board)
    demo.settle()
    demo.alliance()


@dataclass
class _Partners:
    places: Places
    staff: Staff
    row: Cooperation
    at: datetime

    @property
    def office(self) -> Actor:
        return Actor(self.places.college, self.staff.coordinator, frozenset({Role.COORDINATOR}))

    @property
    def hr(self) -> Actor:
        return Actor(self.places.jinheng, self.staff.hr, frozenset({Role.HR}))

    def of(self, key: str) -> tuple[Side, Actor]:
        """A side, and who acts for it."""
        place, by = (self.places.jinheng, self.hr) if key == "jinheng" else (self.places.college, self.office)
        return self.row.sides.select_related("organisation", "cooperation").get(organisation=place), by

    def promise(self) -> None:
        """Duties of both sides: one that was done and comes again, one that is late, one ahead."""
        for key, zh, en, days, repeats in (
            ("jinheng", "提供下一年度岗位与师傅名单", "Gives next year's list of places and mentors", -40, "year"),
            ("college", "组织一次校企联合教研", "Holds a meeting of teachers and mentors", -12, "term"),
            ("college", "提交下学期教学计划", "Hands in the teaching plan of the next term", 24, "term"),
            ("jinheng", "组织学徒年度体检", "Has apprentices examined by a doctor", 75, "year"),
        ):  # fmt: skip
            side, by = self.of(key)
            due = self.at.date() + days * DAY
            duty = actions.take_duty(
                side, words={"zh": zh, "en": en}, due_on=due, repeats=repeats, by=by, at=self.at - 250 * DAY
            )
            if days == -40:
                actions.do_duty(duty, note="名单已送教务处，共 28 个岗位。", by=by, at=self.at - 43 * DAY)

    def give(self) -> None:
        """A rule, a plan, what was given of it; a new version of the rule waits for the college."""
        book = actions.propose_rules(self.row, rates=RATES, by=self.hr, at=self.at - 280 * DAY)
        actions.agree_rules(book, by=self.office, at=self.at - 278 * DAY)
        for key, kind, words, minor in PLEDGED:
            side, by = self.of(key)
            actions.pledge(
                side, year=self.at.year, kind=kind, words=words, minor=minor, by=by, at=self.at - 270 * DAY
            )
        for key, kind, words, days, figures, rate, move in GIVEN:
            side, by = self.of(key)
            on = self.at - days * DAY
            made = actions.give_contribution(
                side, kind=kind, words=words, given_on=on.date(), rate=rate,
                figures={name: Decimal(figure) for name, figure in figures.items()}, by=by, at=on,
            )  # fmt: skip
            other = self.office if key == "jinheng" else self.hr
            if move == "confirm":
                actions.confirm_contribution(made, by=other, at=on + 3 * DAY)
            elif move == "question":
                actions.question_contribution(
                    made, words="请补充每次指导的日期和参加学徒名单。", by=other, at=on + 4 * DAY
                )
        dearer = [{**one, "minor": 9000} if one["key"] == "mentor" else one for one in RATES]
        actions.propose_rules(self.row, rates=dearer, by=self.hr, at=self.at - 5 * DAY)

    def found(self) -> Committee:
        """The board: three of the college, two of the enterprise, one who advises."""
        name = {"zh": "校企合作理事会", "en": "Board of the partnership"}
        places = [self.places.college, self.places.jinheng]
        since = self.at - 220 * DAY
        board = committees.found_committee(
            self.row.ref, name=name, sides=places, quorum=60, by=self.office, at=since
        )
        college, enterprise = board.sides.select_related("organisation").order_by("order")
        mentors = self.staff.mentors["jinheng"]
        for side, person, kind, deputy, by in (
            (college, self.staff.coordinator, "chair", self.staff.trainer, self.office),
            (college, self.staff.administrator, "vote", None, self.office),
            (college, self.staff.assessor, "advice", None, self.office),
            (enterprise, self.staff.hr, "vote", mentors[1], self.hr),
            (enterprise, mentors[0], "vote", None, self.hr),
        ):
            committees.seat_person(
                side, person=person, kind=kind, deputy=deputy, starts_on=since.date(), by=by, at=since
            )
        return board

    def _meeting(self, board: Committee, on: date, clock: time, at: datetime) -> Meeting:
        starts = timezone.make_aware(datetime.combine(on, clock))
        return committees.plan_meeting(
            board, starts_at=starts, place="金恒机械行政楼二楼会议室", by=self.office, at=at
        )

    def _seats(self, board: Committee) -> dict[int, Seat]:
        return {seat.person_id: seat for seat in board.seats.select_related("person", "deputy")}

    def met(self, board: Committee) -> None:
        """A meeting two months ago: a motion that was carried, minutes that both sides signed, two decisions."""
        at, seats = self.at - 62 * DAY, self._seats(board)
        meeting = self._meeting(board, at.date(), time(14, 0), at - 10 * DAY)
        title = {"zh": "共用加工中心的维护费用", "en": "Who pays for maintaining the shared machine"}
        item = committees.add_item(meeting, title=title, by=self.office, at=at - 8 * DAY)
        text = {
            "zh": "共用加工中心的年度维护费由校企双方各承担一半。",
            "en": "Both sides bear half of the yearly maintenance of the shared machining centre.",
        }
        motion = committees.prepare_motion(
            board, text=text, rule="each_side", item=item, by=self.office, at=at
        )
        motion = committees.open_motion(motion, by=self.office, at=at)
        for person, place, voice in (
            (self.staff.coordinator, self.places.college, "yes"),
            (self.staff.administrator, self.places.college, "yes"),
            (self.staff.hr, self.places.jinheng, "yes"),
            (self.staff.mentors["jinheng"][0], self.places.jinheng, "abstain"),
        ):
            by = Actor(place, person, frozenset({Role.MENTOR}))
            committees.cast_vote(motion, seat=seats[person.pk], voice=voice, by=by, at=at)
        motion = committees.close_motion(motion, by=self.office, at=at + timedelta(hours=1))
        mentor = self.staff.mentors["jinheng"][0]
        for zh, en, person, days, note in (
            ("签订设备维护分摊协议", "Sign how maintenance is shared", self.staff.hr, -30, "已签，存行政部。"),
            ("制定周末实训排班表", "Draw up the rota for weekends in the workshop", mentor, 6, ""),
        ):  # fmt: skip
            decision = committees.note_decision(
                board, text={"zh": zh, "en": en}, owner=seats[person.pk], due_on=self.at.date() + days * DAY,
                meeting=meeting, motion=motion, by=self.office, at=at + timedelta(hours=1),
            )  # fmt: skip
            if note:
                committees.tick_decision(decision, note=note, by=self.hr, at=self.at - 33 * DAY)
        words = {
            "zh": "双方核对了上半年投入。企业建议周末开放实训车间，院校同意先试行一学期。",
            "en": "Both sides went through what was given in the first half of the year. "
            "The workshop opens at weekends for one term.",
        }
        there = [seats[one.pk] for one in (self.staff.coordinator, self.staff.administrator, self.staff.hr)]
        meeting = committees.write_minutes(meeting, words=words, present=there, by=self.office, at=at + DAY)
        meeting = committees.send_minutes(meeting, by=self.office, at=at + DAY)
        if meeting.document is None:
            raise RuntimeError("the demo has no minutes to sign")
        for party, by in zip(parties_of(meeting.document), (self.office, self.hr), strict=True):
            committees.sign_minutes(party, seen=meeting.document.sha256, by=by, at=at + 2 * DAY)

    def meets(self, board: Committee) -> None:
        """The next meeting, with a motion that is open for votes already."""
        at, seats = self.at - 3 * DAY, self._seats(board)
        meeting = self._meeting(board, (self.at + 9 * DAY).date(), time(9, 30), at)
        for zh, en in (
            ("下年度学徒招收计划", "How many apprentices next year"),
            ("计价规则：师傅课时单价", "The rule: what an hour of a mentor counts"),
        ):
            item = committees.add_item(meeting, title={"zh": zh, "en": en}, by=self.office, at=at)
        text = {
            "zh": "师傅课时单价由 80 元调整为 90 元。",
            "en": "An hour of a mentor counts 90 yuan instead of 80.",
        }
        motion = committees.prepare_motion(
            board, text=text, rule="two_thirds", item=item, by=self.office, at=at
        )
        motion = committees.open_motion(motion, by=self.office, at=at)
        committees.cast_vote(motion, seat=seats[self.staff.hr.pk], voice="yes", by=self.hr, at=at + DAY)

    def settle(self) -> None:
        """What apprentices cost the enterprise, by its own figures; the letter of the year so far."""
        side, by = self.of("jinheng")
        own = defaults() | {
            "apprentices": {"value": ["14"], "source": "own"},
            "wage_month": {"value": ["360000", "420000", "480000"], "source": "own"},
            "subsidy_year": {"value": ["500000"], "source": "own"},
            "allowance_year": {"value": ["96000"], "source": "own"},
        }
        actions.save_costs(
            side, assumptions=own, on_letter=True, note="年度预算口径", by=by, at=self.at - 12 * DAY
        )
        year = self.at.year
        actions.issue_letter(
            self.row, year=year, content=content_of(self.row, year), by=self.office, at=self.at - 2 * DAY
        )

    def alliance(self) -> None:
        """Both enterprises, the college and the bureau: written, sent, signed by one of four."""
        officer = Person.objects.get(username=f"{DEMO_PREFIX}officer")
        bureau = Actor(self.places.city, officer, frozenset({Role.OFFICER}))
        at = self.at - 7 * DAY
        sides = [self.places.jinheng, self.places.qinghe, self.places.college, self.places.city]
        name = {"zh": "澜川智能制造产教联合体", "en": "Lanchuan alliance for smart manufacturing"}
        row = actions.draft_cooperation(
            sides=sides, name=name, starts_on=(self.at + 30 * DAY).date(), ends_on=(self.at + 1125 * DAY).date(),
            words={part: MODEL[part].as_json() for part in PARTS}, by=bureau, at=at,
        )  # fmt: skip
        public = row.sides.get(role="public")
        actions.take_duty(
            public, words={"zh": "牵头召开联合体年会", "en": "Calls the yearly meeting of the alliance"},
            due_on=(self.at + 200 * DAY).date(), repeats="year", by=bureau, at=at,
        )  # fmt: skip
        row = actions.send_cooperation(row, by=bureau, at=at)
        if row.document is None:
            raise RuntimeError("the demo has no text to sign")
        for party in parties_of(row.document):
            if party.organisation_id == self.places.city.pk:
                actions.sign_cooperation(party, seen=row.document.sha256, by=bureau, at=at + DAY)
