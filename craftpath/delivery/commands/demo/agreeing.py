"""The demo's agreements: active ones for a cohort, two that wait, one amended, one paused, some that end early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from craftpath.domain.agreements import actions
from craftpath.domain.agreements import queries as agreed
from craftpath.domain.agreements.terms import Terms, WageStep
from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships import queries as enrolled
from craftpath.domain.partnership import actions as partnership
from craftpath.domain.partnership.queries import PARTS
from craftpath.domain.partnership.wording import MODEL
from craftpath.domain.programmes.queries import programmes
from craftpath.kernel.access import Actor, system
from craftpath.kernel.link_mail import note_mail, send_link
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signing import hand_over, parties_of
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.delivery.commands.demo.places import Places, Staff
    from craftpath.domain.agreements.models import Agreement
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.links import SignedLink
    from craftpath.kernel.signing import Document

ACTIVE = 12  # of the cohort have their agreement in the record; the others' papers lie elsewhere
GUARDIAN = actions.Guardian("林国强", "139 0000 0000", "父亲")


class _Office:
    """Who writes and signs in the demo."""

    def __init__(self, places: Places, staff: Staff, by: Actor) -> None:
        self.places, self.staff, self.by = places, staff, by

    def of(self, place: Organisation) -> Actor:
        """An actor who looks after agreements there."""
        role = Role.COORDINATOR if place.path.startswith(self.places.college.path) else Role.HR
        person = self.by.person if role is Role.COORDINATOR else self.staff.hr
        return Actor(place, person, frozenset({role}))

    def sign(self, document: Document | None, at: datetime, *, without: str = "") -> None:
        """Everybody signs in turn, a few hours apart; a guardian by a link."""
        if document is None:
            raise RuntimeError("the demo has no text to sign")
        for hours, party in enumerate(parties_of(document), start=1):
            if party.role == without:
                continue
            moment, link = at + timedelta(hours=hours), None
            if party.person is not None:
                by = Actor(document.organisation, party.person, frozenset({Role.APPRENTICE}))
            elif party.organisation is not None:
                by = self.of(party.organisation)
            else:
                by = Actor(document.organisation)
                link = hand_over(
                    party, name=party.name, organisation=document.organisation, by=self.by, at=at
                ).link
            verb = actions.sign_agreement if document.kind != "cooperation" else partnership.sign_cooperation
            verb(party, seen=document.sha256, link=link, by=by, at=moment)


def make_agreements(cohort: Cohort, places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    """Cooperation, wage floors, and the agreements of one cohort, each dated from its first day."""
    office = _Office(places, staff, by)
    began = cohort.starts_on
    start = at - timedelta(days=(at.date() - began).days + 20)
    _ground(office, began, start)
    rows = list(enrolled.enrolments().filter(cohort=cohort, state="active"))
    _known(rows, began)
    made = [_written(office, row, began, start + timedelta(days=15)) for row in rows[:ACTIVE]]
    active = [_activated(office, row, start) for row in made]
    _waiting(office, rows[ACTIVE : ACTIVE + 2], at)
    _amended(office, active[3], at - timedelta(days=20))
    actions.pause_apprenticeship(
        active[5], on=at.date() - timedelta(days=12), until=at.date() + timedelta(days=40), because="illness",
        by=office.of(active[5].enterprise), at=at - timedelta(days=12),
    )  # fmt: skip
    actions.terminate_agreement(
        active[7], because="other_work", initiator="apprentice", told_on=at.date() - timedelta(days=40),
        last_day=at.date() - timedelta(days=9), note="去了亲戚的工厂。", by=office.of(active[7].enterprise),
        at=at - timedelta(days=9),
    )  # fmt: skip
    for row in active:  # what has come due by today, as a worker would have seen day by day
        actions.settle_agreement(row, by=system(), at=at - timedelta(hours=1))
    _days_to_come(office, active, at)
    _away(office, active[1], at)
    newcomer = actions.Newcomer("苏婉清", date(at.year - 19, 3, 8), "Su Wanqing", phone="138 0000 0000")
    hr = office.of(places.jinheng)
    actions.apply_for_place(
        cohort, newcomer, enterprise=places.jinheng, note="校园招聘会", by=hr, at=at - timedelta(days=2)
    )


def _days_to_come(office: _Office, active: list[Agreement], at: datetime) -> None:
    """A change that is agreed and begins next month, an early ending in three weeks, and one that was taken back."""
    row, today = active[2], at.date()
    terms = Terms.from_json(replace(Terms.from_json(row.terms), annual_leave_days=Decimal(12)).as_json())
    written = actions.Written(row.starts_on, row.ends_on, terms, mentor=row.mentor)
    amendment = actions.amend_agreement(
        row, written=written, enterprise=row.enterprise, takes_effect_on=today + timedelta(days=33),
        reason="企业统一调整年休假。", by=office.of(row.enterprise), at=at - timedelta(days=6),
    )  # fmt: skip
    office.sign(amendment.document, at - timedelta(days=5))
    for row, because, days in ((active[8], "further_study", 21), (active[10], "family", 30)):
        actions.terminate_agreement(
            row, because=because, initiator="apprentice", told_on=today - timedelta(days=10),
            last_day=today + timedelta(days=days), by=office.of(row.enterprise), at=at - timedelta(days=9),
        )  # fmt: skip
    stays = active[10]
    actions.take_back_leaving(
        stays, reason="家里的事已经解决。", by=office.of(stays.enterprise), at=at - timedelta(days=2)
    )


def _away(office: _Office, row: Agreement, at: datetime) -> None:
    """A day of leave that was taken, and two that wait for an answer."""
    learner = Actor(row.organisation, row.enrolment.person, frozenset({Role.APPRENTICE}))
    taken = _working_day(at.date() - timedelta(days=30))
    absence = actions.request_absence(
        row, kind="annual_leave", starts_on=taken, ends_on=taken, reason="办理居住证", beyond=True,
        by=learner, at=at - timedelta(days=33),
    )  # fmt: skip
    by = office.of(row.enterprise)
    actions.approve_absence(absence, beyond=True, by=by, at=at - timedelta(days=32))
    first = _working_day(at.date() + timedelta(days=7))
    actions.request_absence(
        row, kind="annual_leave", starts_on=first, ends_on=first + timedelta(days=1), reason="姐姐结婚",
        beyond=True, by=learner, at=at - timedelta(hours=20),
    )  # fmt: skip


def _working_day(day: date) -> date:
    """The same day, or the Monday after a weekend; a Friday goes to Monday too, so that a second day fits."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 3 else day


def draft_in_australia(places: Places, staff: Staff, by: Actor, at: datetime) -> None:
    """A cohort under the Australian preset, and a draft for somebody new that starts from the national standards."""
    office = _Office(places, staff, by)
    began = at - timedelta(days=20)
    cohort = apprenticeships.plan_cohort(
        organisation=places.college,
        programme=programmes().get(key="au_cert3"),
        name={
            "zh": f"焊接制造澳式班 {began.year}",
            "en": f"Welding and fabrication, Certificate III {began.year}",
        },
        occupation={"zh": "焊接制造工", "en": "Welder and fabricator"},
        starts_on=began.date(),
        by=by,
        at=began,
    )
    cohort = apprenticeships.start_cohort(cohort, by=by, at=began)
    hr, place = office.of(places.jinheng), places.jinheng
    actions.enter_floor(
        place, amount=1650, currency="AUD", per="hour", valid_from=date(began.year - 1, 7, 1),
        source="制造业裁定：第一阶段（演示数据）", by=hr, at=began,
    )  # fmt: skip
    starts = _working_day(at.date() + timedelta(days=14))
    ends_on, terms = agreed.suggested(cohort, place, starts)
    newcomer = actions.Newcomer("Mia Nguyen", date(at.year - 19, 4, 2), "", "mia@jinheng.example")
    actions.draft_for_newcomer(
        cohort, newcomer, number=f"{began.year}8401", enterprise=place,
        written=actions.Written(starts, ends_on, terms), by=hr, at=at - timedelta(days=1),
    )  # fmt: skip


def _ground(office: _Office, began: date, at: datetime) -> None:
    for place in (office.places.jinheng, office.places.qinghe):
        by = office.of(place)
        row = partnership.draft_cooperation(
            sides=[place, office.places.college],
            starts_on=date(began.year - 1, 1, 1),
            ends_on=date(began.year + 3, 12, 31),
            words={part: MODEL[part].as_json() for part in PARTS},
            by=by,
            at=at,
        )
        row = partnership.send_cooperation(row, by=by, at=at)
        office.sign(row.document, at)
        partnership.file_cooperation(
            row, number=f"澜人社备〔{began.year}〕{place.pk} 号", by=office.by, at=at
        )
        floor = actions.enter_floor(
            place, amount=218000, currency="CNY", per="month", valid_from=date(began.year - 1, 7, 1),
            source="澜川市最低工资标准通知（演示数据）", by=by, at=at,
        )  # fmt: skip
        actions.confirm_floor(floor, by=by, at=at)


def _known(rows: list[Enrolment], began: date) -> None:
    """Birth dates, as an office has them; the last of those who wait is a minor."""
    people = [row.person for row in rows]
    for n, person in enumerate(people):
        years = 17 if n == ACTIVE + 1 else 18 + n % 5
        person.birth_date = date(began.year - years, 1 + n % 6 if years > 17 else 12, 1 + n)
    Person.objects.bulk_update(people, ["birth_date"])


def _written(office: _Office, row: Enrolment, start: date, at: datetime) -> Agreement:
    place = row.enterprise or office.places.jinheng
    ends_on, terms = agreed.suggested(row.cohort, place, start)
    steps = (
        WageStep(start, 360000),
        WageStep(start + timedelta(days=240), 420000),
        WageStep(start + timedelta(days=480), 480000),
    )
    terms = Terms.from_json(
        replace(
            terms,
            wage=steps,
            weekly_hours=Decimal(40),
            annual_leave_days=Decimal(10),
            off_job_percent=Decimal(25),
            skilled_workers=60,
            qualification=Text("数控车工（中级工）", "CNC turner, intermediate level"),
            mentor_qualification="技师",
        ).as_json()
    )
    mentor = next(iter(enrolled.mentors_of([row]).get(row.pk, [])), None)
    born = row.person.birth_date
    minor = (
        born is not None
        and (start.year - born.year - ((start.month, start.day) < (born.month, born.day))) < 18
    )
    written = actions.Written(
        start, ends_on, terms, mentor=mentor, guardian=GUARDIAN if minor else actions.Guardian()
    )
    return actions.draft_agreement(row, enterprise=place, written=written, by=office.of(place), at=at)


def _activated(office: _Office, row: Agreement, at: datetime) -> Agreement:
    by = office.of(row.enterprise)
    row = actions.send_agreement(row, by=by, at=at + timedelta(days=16))
    office.sign(row.document, at + timedelta(days=17))
    row = actions.register_agreement(
        row, number=f"PX-{row.enrolment.number}", on=row.starts_on - timedelta(days=1), by=by,
        at=at + timedelta(days=19),
    )  # fmt: skip
    return actions.activate_agreement(row, by=by, at=at + timedelta(days=20))


def _waiting(office: _Office, rows: list[Enrolment], at: datetime) -> None:
    """One has signed and waits for the enterprise; the other is a minor, whose guardian has a link."""
    sent_at = at - timedelta(days=3)
    for row, absent in zip(rows, ("enterprise", "guardian"), strict=True):
        begins = at.date() + timedelta(days=10) if absent == "enterprise" else row.starts_on
        draft = _written(office, row, begins, sent_at - timedelta(hours=2))
        waits = actions.send_agreement(draft, by=office.of(draft.enterprise), at=sent_at)
        office.sign(waits.document, sent_at, without=absent)
        if absent == "guardian" and waits.document is not None:
            _mailed(office, waits.document, at - timedelta(hours=5))


def _mailed(office: _Office, document: Document, at: datetime) -> None:
    """The guardian's link went by mail some hours ago."""
    party = next(party for party in parties_of(document) if party.role == "guardian")
    place = office.places.jinheng
    link = hand_over(party, name=party.name, organisation=place, by=office.of(place), at=at).link
    note_sent(link, "guoqiang.lin@example.com", by=office.of(place), at=at)


def note_sent(link: SignedLink, to: str, *, by: Actor, at: datetime) -> None:
    """As if it had been sent: no demo has a mail server, and the job finds nothing left to do."""
    send_link(link, address="https://example.com/", to=to, language="zh-hans", by=by, at=at)
    note_mail(link, 1, sent=True, by=system(), at=at)


def _amended(office: _Office, row: Agreement, at: datetime) -> None:
    """The employer changed: both enterprises sign, and the apprentice has another mentor."""
    other = office.places.qinghe if row.enterprise == office.places.jinheng else office.places.jinheng
    written = actions.Written(
        row.starts_on,
        row.ends_on,
        Terms.from_json(row.terms),
        mentor=office.staff.mentors[other.key][4],
        guardian=actions.Guardian(row.guardian_name, row.guardian_contact, row.guardian_relation),
    )
    amendment = actions.amend_agreement(
        row, written=written, enterprise=other, takes_effect_on=at.date() + timedelta(days=5),
        reason="原企业生产线调整，由另一家企业继续培养。", by=office.of(row.enterprise), at=at,
    )  # fmt: skip
    office.sign(amendment.document, at)
