"""The demo's rules of sharing: college and enterprise show each other what they need, and some of it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.delivery.commands.demo.places import Places, Staff
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.delivery.exchange.sharing.table import PARTNER, shown
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.partnership.queries import partners_of
from craftpath.domain.sharing import actions
from craftpath.domain.sharing.rules import Terms
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.consents import give_consent, needs_guardian, withdraw_consent
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.purposes import PURPOSES
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.sharing.models import SharingRule

LAW = "人力资源社会保障部《关于全面推行中国特色企业新型学徒制的指导意见》及本市补贴办法"
REVOKED = "日志里有学徒的个人感受，双方商定只在季度回顾谈话时交流。"


@dataclass(frozen=True)
class _Written:
    """One rule: who gives what to whom, which columns, and since how many days for how many."""

    kind: str
    giver: Organisation
    receiver: Organisation
    whom: str
    purpose: str
    began: int = 60
    lasts: int = 364
    columns: tuple[str, ...] = ()
    basis: str = "agreement"
    words: str = ""
    cohort: str = ""


class _Office:
    """Who acts for each side."""

    def __init__(self, places: Places, staff: Staff, at: datetime) -> None:
        officer = Person.objects.get(username=f"{DEMO_PREFIX}officer")
        seats = ((staff.coordinator, places.college), (staff.hr, places.jinheng), (officer, places.city))
        self.at = at
        self.actors: dict[int, Actor] = {}
        for person, place in seats:
            actor = actor_in(person, place, at.date())
            if actor is None:
                raise RuntimeError("somebody of the demo has no role")
            self.actors[place.pk] = actor

    def draft(self, one: _Written) -> SharingRule:
        """Write it, a day before it begins."""
        began = self.at - timedelta(days=one.began)
        kind = CLASSES[one.kind]
        cohort = cohorts().filter(public_id=one.cohort).first() if one.cohort else None
        agreement = self._agreement(one)
        terms = Terms(
            receiver=one.receiver,
            data=kind.offered,
            columns=one.columns or tuple(column.key for column in kind.columns),
            whom=one.whom,
            purpose=one.purpose,
            basis=one.basis,
            starts_on=began.date(),
            ends_on=(began + timedelta(days=one.lasts)).date(),
            agreement=str(Ref("partnership", "cooperation", agreement)) if agreement else "",
            basis_words=one.words,
            cohort=str(Ref("apprenticeships", "cohort", cohort.public_id)) if cohort else "",
            **({"cohort_name": cohort.title} if cohort else {}),
        )
        day_before = began - timedelta(days=1)
        return actions.draft_rule(terms, giver=one.giver, by=self.actors[one.giver.pk], at=day_before)

    def _agreement(self, one: _Written) -> str:
        """That of the two, if the rule stands on one."""
        sides = {one.giver.pk, one.receiver.pk}
        rows = partners_of(one.giver, self.at.date()) if one.basis == "agreement" else []
        bound = ((row.public_id, {side.organisation_id for side in row.sides.all()}) for row in rows)
        return next((public_id for public_id, those in bound if sides <= those), "")

    def offer(self, one: _Written) -> SharingRule:
        """Put it before the receiver, an hour later."""
        at = self.at - timedelta(days=one.began + 1, hours=-1)
        return actions.offer_rule(self.draft(one), by=self.actors[one.giver.pk], at=at)

    def agree(self, one: _Written) -> SharingRule:
        """Let the receiver accept it on the day on which it begins."""
        row = self.offer(one)
        by, at = self.actors[one.receiver.pk], self.at - timedelta(days=one.began)
        return actions.accept_rule(row, seen=row.sha256, by=by, at=at)

    def look(self, rule: SharingRule, *looks: tuple[int, str]) -> None:
        """Let the receiver look so many days ago, on the page or for a file."""
        by = self.actors[rule.receiver_id]
        for days, form in looks:
            day = timezone.localtime(self.at) - timedelta(days=days)
            at = day.replace(hour=9 + days % 8, minute=days * 7 % 60)
            table = shown(rule, at.date())
            actions.look_at_rule(rule, lines=table.whole, people=table.people, form=form, by=by, at=at)


def share_information(places: Places, staff: Staff, *, at: datetime) -> None:
    """Five rules in force, one revoked, one that waits, one draft; a few have not consented, and some have looked."""
    office = _Office(places, staff, at)
    college, jinheng = places.college, places.jinheng
    robot = cohorts().filter(name__zh__startswith="工业机器人").first()
    if robot is None:
        raise RuntimeError("the demo's robot class is missing")
    _consents(robot.pk, at)
    roster = office.agree(_Written("roster", college, jinheng, "both", "training_record"))
    attendance = office.agree(_Written("attendance", college, jinheng, "both", "training_record", began=45))
    results = office.agree(
        _Written(
            "results", college, jinheng, "cohort", PARTNER, began=30, lasts=150,
            columns=("number", "name", "stage", "passed"), basis="consent", cohort=robot.public_id,
        )
    )  # fmt: skip
    mentors = office.agree(_Written("mentors", jinheng, college, "everybody", "staff_management", began=50))
    figures = office.agree(
        _Written(
            "attendance", college, places.city, "figures", "subsidy_file", began=160, lasts=180, basis="law",
            words=LAW, columns=("sessions", "rate", "hours"),
        )
    )  # fmt: skip
    office.look(roster, (58, "page"), (44, "xlsx"), (21, "page"), (3, "page"))
    office.look(attendance, (38, "page"), (24, "page"), (10, "page"))
    office.look(results, (19, "page"), (6, "xlsx"))
    office.look(mentors, (41, "page"), (13, "page"))
    office.look(figures, (120, "page"), (30, "csv"))
    logs = office.agree(_Written("logs", college, jinheng, "both", "training_record", began=40))
    office.look(logs, (33, "page"))
    days = timedelta(days=12)
    actions.revoke_rule(logs, because=REVOKED, by=office.actors[college.pk], at=at - days)
    office.offer(_Written("progress", college, jinheng, "both", "training_record", began=2))
    office.draft(_Written("rotation", college, jinheng, "both", "training_record", began=0, lasts=200))


def _consents(cohort: int, at: datetime) -> None:
    """Most of a class say yes to training partners, some not, and one takes it back."""
    people = [row.person for row in enrolments().filter(cohort=cohort, state="active")]
    asked = PURPOSES[PARTNER]
    for n, person in enumerate(people):
        by, said = Actor(organisation=None, person=person), at - timedelta(days=31, hours=n)
        if n % 5 == 3 or needs_guardian(person, asked, said.date()):
            continue
        give_consent(person, PARTNER, by=by, at=said)
        if n == 1:
            withdraw_consent(person, PARTNER, by=by, at=at - timedelta(days=2))
