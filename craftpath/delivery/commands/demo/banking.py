"""Credits in the demo: what the record is worth, two diplomas at two institutions, and requests in every state."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from craftpath.delivery.commands.demo.mentoring_words import fixture
from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.credits import actions, queries
from craftpath.kernel.access import Actor, system
from craftpath.kernel.admission import plant_organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account, Diploma, Entry, Request

SPACE = uuid.UUID("2f0e4c58-6a57-4d0a-9d0d-8f6f0f7b6c31")
DAY = timedelta(days=1)
A_DOZEN, RECOGNISED = 12, 5
LEARNED = (
    ("机械制图自学，通过校企联合测验", "theory", 300),
    ("市级技能竞赛集训，四周", "technical", 200),
    ("车间班组会主持与改善提案", "core", 150),
)
SCHOOL_YEARS = (
    ("中职《机械制图》，两学期，成绩 86", "theory", 400),
    ("中职《电工电子基础》，两学期，成绩 81", "theory", 400),
    ("中职《机械基础》，一学期，成绩 79", "theory", 400),
    ("中职钳工实训，八周", "technical", 600),
    ("中职普通车床实训，八周", "technical", 600),
    ("中职《语文》，四学期", "core", 300),
    ("中职《数学》，四学期", "core", 300),
)
"""What most of them learned beside the apprenticeship, and what the first one brought from a secondary school."""


def bank_credits(places: Places, staff: Staff, coordinator: Actor, *, at: datetime) -> None:
    """A dozen accounts, the example's diplomas at two institutions, and what became of their requests."""
    bank = _Bank(places, staff, coordinator, at)
    bank.open_diplomas()
    bank.look()
    bank.ask()


class _Bank:
    """The offices of the bank and their days."""

    def __init__(self, places: Places, staff: Staff, coordinator: Actor, at: datetime) -> None:
        self.places, self.staff, self.at, self.office = places, staff, at, coordinator
        self.checker = Actor(places.college, staff.trainer, frozenset({Role.TRAINER}))
        self.goals: list[Diploma] = []
        self.accounts: list[Account] = []

    def open_diplomas(self) -> None:
        """One at the college, two at an open university, each with a table of its own."""
        long_ago = self.at - 300 * DAY
        university = plant_organisation(
            key="lanchuan-open", kind="institute", name={"zh": "澜川开放大学", "en": "Lanchuan Open University"},
            parent=self.places.city, by=system(), at=long_ago,
        )  # fmt: skip
        for place, only, by in (
            (self.places.college, "vocational-associate", self.office),
            (university, "open-associate", system(university)),
            (university, "robot-minor", system(university)),
        ):
            [row] = actions.load_preset("cn_example", place, only=only, by=by, at=long_ago)
            self.goals.append(actions.open_diploma(row, by=by, at=long_ago))

    def look(self) -> None:
        """What a dozen apprentices and the mentor have reached, as the office looked for it."""
        own = Person.objects.get(username=f"{DEMO_PREFIX}{Role.APPRENTICE}")
        rows = enrolments().filter(cohort__organisation__path__startswith=self.places.college.path)
        rows = rows.filter(progress__state="passed").exclude(person=own)
        rows = rows.order_by("-starts_on", "number")
        people = [own, *dict.fromkeys(row.person for row in rows[: 3 * A_DOZEN])][: A_DOZEN + 1]
        for person in people[:RECOGNISED]:
            self._recognised(person, (*LEARNED, *SCHOOL_YEARS) if person == own else LEARNED)
        for person in [*people, self.staff.mentors["jinheng"][0]]:
            looked = actions.look_what_is_earned(person, by=self.checker, at=self.at - 60 * DAY)
            self.accounts.append(looked.account)

    def _recognised(self, person: Person, learned: Sequence[tuple[str, str, int]]) -> None:
        """What somebody had learned before was recognised long ago, so that accounts hold more than stages."""
        areas = {row.key: row for row in queries.areas()}
        begun = self.at - 100 * DAY
        row = actions.ask_for_recognition(
            self.places.college,
            [actions.Learned(title, areas[area], points) for title, area, points in learned],
            [(fixture(), "集训作品.png")],
            made_id=uuid.uuid5(SPACE, person.public_id),
            words="集训名单、测验成绩和中职成绩单由学院教务处保存。",
            on=begun.date(), by=Actor(self.places.college, person, frozenset({Role.APPRENTICE})), at=begun,
        )  # fmt: skip
        row = actions.check_request(row, by=self.checker, at=begun + 3 * DAY)
        verdicts = {line.pk: actions.LineVerdict(line.proposed) for line in row.lines.all()}
        row = actions.decide_request(row, verdicts, by=self.office, at=begun + 5 * DAY)
        actions.post_request(row, on=(begun + 5 * DAY).date(), by=self.office, at=begun + 5 * DAY)

    def ask(self) -> None:
        """One waits, one was accepted in part, one was reversed, one was posted; a mentor asks for prior learning."""
        college, university, _minor = self.goals
        own, *others = [row for row in self.accounts if queries.credits_of(row, self.at.date()).exists()]
        self._partly(self._sent(own, college, 40, 2), 38)
        self._sent(others[0], university, 9, 2)
        reversed_one = self._posted(self._sent(others[1], college, 55, 2), 50)
        actions.reverse_request(
            reversed_one, because="同一阶段已在其他院校认定，重新核算。", on=self._day(20), by=self.office,
            at=self.at - 20 * DAY,
        )  # fmt: skip
        self._posted(self._sent(others[2], college, 70, 2), 66)
        waiting = self._sent(others[3], college, 3, 2)
        actions.check_request(waiting, by=self.checker, at=self.at - 2 * DAY)
        self._sent(others[4], college, 1, 2)
        self._prior()

    def _day(self, days: int) -> date:
        return (self.at - days * DAY).date()

    def _sent(self, account: Account, goal: Diploma, days: int, most: int) -> Request:
        """The first credits that the table of that day takes."""
        on = self._day(days)
        credits: list[Entry] = list(queries.credits_of(account, on).filter(on__lte=on))
        found = [one.credit.pk for one in queries.proposals(goal, account, credits, on) if one.amount]
        by = Actor(self.places.college, account.person, frozenset({Role.APPRENTICE}))
        made_id = uuid.uuid5(SPACE, f"{account.public_id} {days}")
        return actions.ask_for_conversion(
            account, goal, found[:most], made_id=made_id, words="阶段考核成绩见学籍档案，请予折算。", on=on, by=by,
            at=self.at - days * DAY,
        )  # fmt: skip

    def _partly(self, row: Request, days: int) -> None:
        """Less than the table gives, for a reason that the learner reads."""
        row = actions.check_request(row, by=self.checker, at=self.at - days * DAY)
        verdicts = {
            line.pk: actions.LineVerdict(line.proposed * 2 // 3, "实训内容与技能课程重合三分之二。")
            for line in row.lines.all()
        }
        by, at = self.office, self.at - (days - 3) * DAY
        row = actions.decide_request(row, verdicts, by=by, at=at)
        actions.post_request(row, on=at.date(), by=by, at=at)

    def _posted(self, row: Request, days: int) -> Request:
        """Accepted as the table gives it, and posted."""
        row = actions.check_request(row, by=self.checker, at=self.at - days * DAY)
        verdicts = {line.pk: actions.LineVerdict(line.proposed) for line in row.lines.all()}
        by, at = self.office, self.at - (days - 2) * DAY
        row = actions.decide_request(row, verdicts, by=by, at=at)
        return actions.post_request(row, on=at.date(), by=by, at=at)

    def _prior(self) -> None:
        """A mentor of many years wants to have it recognised."""
        mentor = self.staff.mentors["jinheng"][0]
        area = {row.key: row for row in queries.areas()}["technical"]
        actions.ask_for_recognition(
            self.places.college,
            [actions.Learned("数控车床编程与装调，十二年岗位经历", area, 1200)],
            [(fixture(), "工装照片.png")],
            made_id=uuid.uuid5(SPACE, "prior"),
            words="2012 年起在一号车间带班，主持过三项工装改进。附工装照片，原件可到场核验。",
            on=self._day(6), by=Actor(self.places.jinheng, mentor, frozenset({Role.MENTOR})), at=self.at - 6 * DAY,
        )  # fmt: skip
