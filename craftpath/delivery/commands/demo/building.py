"""Building the demo from nothing: places, people, cohorts in all three stages, their sheets and results."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from craftpath.delivery.commands.demo import deciding, gates
from craftpath.delivery.commands.demo.abroad import make_abroad
from craftpath.delivery.commands.demo.agreeing import draft_in_australia, make_agreements
from craftpath.delivery.commands.demo.appraising import appraise_trainers
from craftpath.delivery.commands.demo.asking import ask_questions
from craftpath.delivery.commands.demo.banking import bank_credits
from craftpath.delivery.commands.demo.bulletining import print_bulletins
from craftpath.delivery.commands.demo.caring import look_after
from craftpath.delivery.commands.demo.carrying import carry_records
from craftpath.delivery.commands.demo.certifying import certify
from craftpath.delivery.commands.demo.charting import chart_trades
from craftpath.delivery.commands.demo.circling import go_round
from craftpath.delivery.commands.demo.claiming import claim_certificates
from craftpath.delivery.commands.demo.consenting import make_consents
from craftpath.delivery.commands.demo.counting import count_everybody
from craftpath.delivery.commands.demo.designing import design_curricula
from craftpath.delivery.commands.demo.directing import direct
from craftpath.delivery.commands.demo.doubling import double_people
from craftpath.delivery.commands.demo.drafting import draft_curricula
from craftpath.delivery.commands.demo.examining import hold_examinations
from craftpath.delivery.commands.demo.examining_again import examine_again
from craftpath.delivery.commands.demo.following import follow_courses
from craftpath.delivery.commands.demo.grouping import learn_together
from craftpath.delivery.commands.demo.growing import grow_skills
from craftpath.delivery.commands.demo.inventing import invent_occupations
from craftpath.delivery.commands.demo.itembank import fill_bank
from craftpath.delivery.commands.demo.judging import judge_work
from craftpath.delivery.commands.demo.lending import lend_things
from craftpath.delivery.commands.demo.listing import keep_lists
from craftpath.delivery.commands.demo.locating import locate
from craftpath.delivery.commands.demo.logs import keep_logs
from craftpath.delivery.commands.demo.marking import Sheet, sheet
from craftpath.delivery.commands.demo.matching import match_people
from craftpath.delivery.commands.demo.meeting import meet_and_read
from craftpath.delivery.commands.demo.mentoring import work_together
from craftpath.delivery.commands.demo.names import draw
from craftpath.delivery.commands.demo.noticing import hear, keep_calendars
from craftpath.delivery.commands.demo.opening import open_doors
from craftpath.delivery.commands.demo.packaging import take_packages
from craftpath.delivery.commands.demo.pairing import pair_people
from craftpath.delivery.commands.demo.partnering import work_as_partners
from craftpath.delivery.commands.demo.paying import pay_trainers
from craftpath.delivery.commands.demo.places import Places, Staff, make_places, make_staff
from craftpath.delivery.commands.demo.planning import plan_training
from craftpath.delivery.commands.demo.reviewing import hold_reviews
from craftpath.delivery.commands.demo.schemes import definition
from craftpath.delivery.commands.demo.serving import serve_enterprises
from craftpath.delivery.commands.demo.sharing import share_information
from craftpath.delivery.commands.demo.signing_on import open_the_door
from craftpath.delivery.commands.demo.simulating import weld_in_vr
from craftpath.delivery.commands.demo.stocking import stock_library
from craftpath.delivery.commands.demo.studying import study
from craftpath.delivery.commands.demo.subsidising import fund_classes
from craftpath.delivery.commands.demo.supporting import help_early
from craftpath.delivery.commands.demo.surveying import ask_around
from craftpath.delivery.commands.demo.teaching import make_teaching
from craftpath.delivery.commands.demo.teams import build_teams
from craftpath.delivery.commands.demo.telling import tell_stories
from craftpath.delivery.commands.demo.venturing import run_together
from craftpath.delivery.commands.demo.villages import serve_villages
from craftpath.delivery.commands.demo.weighing import weigh_needs
from craftpath.delivery.commands.demo.workshopping import hold_workshops
from craftpath.delivery.exchange.book import Row
from craftpath.delivery.exchange.intake import take_in
from craftpath.delivery.exchange.layout_example import example
from craftpath.delivery.exchange.layout_letter import letter
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships import queries as enrolled
from craftpath.domain.evaluation import actions as evaluation_actions
from craftpath.domain.evaluation import queries as evaluations_known
from craftpath.domain.programmes import actions as programmes
from craftpath.domain.programmes import queries as programmes_known
from craftpath.domain.programmes.definition import ItemInfo, components, items
from craftpath.domain.standards.actions import load_frameworks
from craftpath.kernel.access import Actor, actor_in, system
from craftpath.kernel.invitations import Guest, accept_invitation, invite, withdraw_invitations
from craftpath.kernel.layouts import keep_layout, try_layout
from craftpath.kernel.leaving import end_roles
from craftpath.kernel.notices import load_notice
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import DEMO_PREFIX, Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import open_memberships
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@dataclass(frozen=True)
class Plan:
    """One cohort of the demo: how old it is, where it stands, and how far its marks have come."""

    key: str
    zh: str
    en: str
    occupation: tuple[str, str]
    campus: str
    people: int
    first_number: str
    began: int  # days ago
    stages_passed: int
    sheets: tuple[str, ...]  # which components of the present stage are marked
    waiting: int = 0  # how many people's last item of the last sheet is still to come
    decided: int = 0  # how many results of the present stage are decided already


PLANS = (
    Plan("turner", "数控车工 {year} 级 1 班", "CNC turners {year}/1", ("数控车工", "CNC turner"),
         "lanchuan-main", 24, "01", 84, 0, ("process", "practical_activity"), waiting=7),
    Plan("welder", "焊工 {year} 级 1 班", "Welders {year}/1", ("焊工", "Welder"),
         "lanchuan-east", 22, "02", 330, 1, ("process",), waiting=3),
    Plan("robot", "工业机器人运维 {year} 级", "Robot maintenance {year}",
         ("工业机器人系统运维员", "Robot maintenance technician"),
         "lanchuan-harbour", 14, "03", 600, 2, ("process", "practical_activity", "final_exam"), waiting=2,
         decided=5),
)  # fmt: skip


EARLY, EVENING = 6, 20  # o'clock


def awake(at: datetime) -> datetime:
    """The moment at which the demo stands: in the small hours still the evening before.

    Much of it was done some hours ago by people at work; at night that would be another day, and on the first of a
    month another month. Its days are those of the places that it makes, whatever the hour in Greenwich.
    """
    at = timezone.localtime(at)
    if at.hour >= EARLY:
        return at
    return (at - timedelta(days=1)).replace(hour=EVENING, minute=0, second=0, microsecond=0)


def build(*, at: datetime) -> None:
    """Make everything, as it stands at a moment of `awake`; the caller has opened the scope and the transaction."""
    programmes.load_presets(by=system(), at=at - timedelta(days=700))
    load_frameworks(by=system(), at=at - timedelta(days=700))
    load_notice(by=system(), at=at - timedelta(days=700))
    long_ago = at - timedelta(days=700)
    places = make_places(by=system(), at=long_ago)
    staff = make_staff(places, by=system(), at=long_ago)
    coordinator = actor_in(staff.coordinator, places.college, at.date())
    if coordinator is None:
        raise RuntimeError("the demo's coordinator has no role")
    keep_calendars(places, staff, at=at)
    keep_lists(places, staff, coordinator, at=at)
    made = [_Cohort(plan, places, staff, coordinator, at).make() for plan in PLANS]
    plan_training(made, places, by=coordinator, at=at)
    make_teaching(places, staff, coordinator, at=at)
    hold_reviews(places, staff, coordinator, at=at)
    judge_work(places, staff, coordinator, at=at)
    make_consents(places, staff, at=at)
    fill_bank(places.college, by=coordinator, at=at)
    hold_examinations(places, staff, at=at)
    examine_again(places, staff, at=at)
    make_abroad(places.college, Organisation.objects.get(key="lanchuan-main"), by=coordinator, at=at)
    draft_in_australia(places, staff, coordinator, at)
    _draft_for_next_year(places.college, coordinator, at)
    _comings_and_goings(places.college, coordinator, at)
    _own_layout(places.college, coordinator, at - timedelta(days=9))
    chinese = enrolled.enrolments().filter(cohort__programme__key="cn_334", state="active")
    look_after(places, staff, coordinator, at=at)
    keep_logs(list(chinese.order_by("cohort_id", "number")), at=at)
    pair_people(places, staff, coordinator, at=at)
    match_people(places, staff, coordinator, at=at)
    build_teams(places, staff, coordinator, at=at)
    chart_trades(places, staff, coordinator, at=at)
    pay_trainers(places, staff, coordinator, at=at)
    fund_classes(places, staff, at=at)
    work_together(places, staff, coordinator, at=at)
    appraise_trainers(places, staff, coordinator, at=at)
    ask_around(places, staff, coordinator, at=at)
    weigh_needs(places, staff, coordinator, at=at)
    grow_skills(at=at)
    ask_questions(places, staff, at=at)
    study(places, coordinator, at=at)
    meet_and_read(places, staff, at=at)
    learn_together(places, staff, at=at)
    lend_things(places, staff, coordinator, at=at)
    run_together(places, staff, coordinator, at=at)
    design_curricula(places, staff, coordinator, at=at)
    draft_curricula(places.college, by=coordinator, at=at)
    tell_stories(places, staff, at=at)
    take_packages(places, staff, at=at)
    weld_in_vr(places, staff, coordinator, at=at)
    stock_library(places, staff, at=at)
    follow_courses(places, staff, at=at)
    open_doors(places, staff, coordinator, at=at)
    share_information(places, staff, at=at)
    invent_occupations(places, staff, at=at)
    locate(places, staff, at=at)
    claim_certificates(places, staff, at=at)
    direct(places, staff, at=at)
    go_round(places, staff, at=at)  # its steps find what the others have made
    serve_villages(places, staff, at=at)
    work_as_partners(places, staff, at=at)  # the statement tells what was taught and agreed before
    serve_enterprises(places, staff, at=at)
    hold_workshops(places, staff, coordinator, at=at)
    print_bulletins(places, staff, at=at)  # of what the workshop left
    double_people(places, coordinator, at=at)
    bank_credits(places, staff, coordinator, at=at)
    carry_records(at=at)
    gates.ask_all(places.college, by=coordinator, at=at)
    certify(places, staff, coordinator, at=at)  # by what the others have left in the record
    help_early(places, coordinator, at=at)
    hear(places, staff, at=at)
    open_the_door(places, staff, at=at)
    for evaluation in evaluations_known.evaluations():
        evaluation_actions.refresh_evidence(evaluation, by=system(), at=at)
    count_everybody(places.city, at=at)


def _comings_and_goings(college: Organisation, by: Actor, at: datetime) -> None:
    """A trainer who leaves next month, a guest who waits, one who has just come, and an invitation taken back."""
    leaver = open_memberships(at.date()).filter(person__username="lanchuan-t04")
    ends = at.date() + timedelta(days=30)
    end_roles(leaver, on=ends, because="调往企业 · moves to an enterprise", by=by, at=at - timedelta(days=4))
    week_ago = at - timedelta(days=6)
    guests = [
        Guest("沈若溪", "lanchuan-t05", Role.TRAINER),
        Guest("蒋志强", "jiang@lanchuan.example", Role.ASSESSOR),
        Guest("田春梅", "lanchuan-t06", Role.TRAINER),
    ]
    sent = invite(guests, college, starts_on=week_ago.date(), by=by, at=week_ago)
    come, _, back = (one.invitation for one in sent)
    nobody = Actor(organisation=college)
    accept_invitation(come, password=secrets.token_urlsafe(24), by=nobody, at=at - timedelta(days=5))
    withdraw_invitations([back], by=by, at=at - timedelta(days=1))


def _own_layout(college: Organisation, by: Actor, at: datetime) -> None:
    """The college's own forms, a list and a letter, kept last week: every stage of its campuses fills them."""
    scheme = programmes_known.schemes().filter(organisation=college, key="turner-334").first()
    if scheme is None:
        raise RuntimeError("the turners' scheme is missing")
    names = Names(components(scheme.definition))
    for name, kind, content in (
        ("学院成绩汇总表", "xlsx", example(names, "zh-hans")),
        ("成绩告知书", "docx", letter(names, "zh-hans")),
    ):
        tried = try_layout(content=content, filename=f"{name}.{kind}", organisation=college, by=by, at=at)
        keep_layout(tried, name=name, by=by, at=at + timedelta(minutes=3))


def _draft_for_next_year(college: Organisation, by: Actor, at: datetime) -> None:
    """A draft that somebody is working on, so that the schemes page has all states."""
    source = programmes_known.schemes().filter(organisation=college, key="turner-334").first()
    if source is None:
        raise RuntimeError("the turners' scheme is missing")
    programmes.draft_scheme(source, organisation=college, by=by, at=at - timedelta(days=2))


def _sign_in_already(rows: Sequence[Enrolment]) -> None:
    """Who has been here for a while has a password of their own; nobody knows it, and one hash serves all."""
    secret = make_password(secrets.token_urlsafe(24))
    Person.objects.filter(pk__in=[row.person_id for row in rows]).update(password=secret)


class _Cohort:
    """One cohort from its roster to its latest sheet."""

    def __init__(self, plan: Plan, places: Places, staff: Staff, by: Actor, at: datetime) -> None:
        self.plan, self.places, self.staff, self.by, self.at = plan, places, staff, by, at
        self.began = at - timedelta(days=plan.began)

    def make(self) -> tuple[str, int]:
        """Roster, stages passed so far, evaluation and sheets of each stage begun; returns cohort and present stage."""
        plan, year = self.plan, self.began.year
        programme = programmes_known.programmes().get(key="cn_334")
        stages = programmes_known.stages_of(programme.pk)
        campus = Organisation.objects.get(key=plan.campus)
        cohort = apprenticeships.plan_cohort(
            organisation=campus,
            programme=programme,
            name={"zh": plan.zh.format(year=year), "en": plan.en.format(year=year)},
            occupation={"zh": plan.occupation[0], "en": plan.occupation[1]},
            starts_on=self.began.date(),
            ends_on=self.began.date() + timedelta(days=730),
            by=self.by,
            at=self.began - timedelta(days=10),
        )
        cohort = apprenticeships.start_cohort(cohort, by=self.by, at=self.began)
        people = self._roster(year)
        self._take("roster", apprenticeships.ref(cohort), self._roster_sheet(people), self.began)
        preset = programmes_known.schemes().get(organisation=None, key="cn-334")
        scheme = programmes.draft_scheme(
            preset,
            organisation=self.places.college,
            key=f"{plan.key}-334",
            name={"zh": f"{plan.occupation[0]} 3-3-4", "en": f"{plan.occupation[1]} 3-3-4"},
            definition=definition(plan.key),
            by=self.by,
            at=self.began,
        )
        gates.ask_little(self.places.college, stages, by=self.by, at=self.began)
        length = plan.began // (plan.stages_passed + 1)
        for order in range(plan.stages_passed + 1):
            opened = self.began + timedelta(days=order * length)
            now = order == plan.stages_passed
            evaluation = evaluation_actions.open_evaluation(
                cohort=cohort, stage=stages[order], scheme=scheme, by=self.by, at=opened
            )
            target = evaluation_actions.ref(evaluation)
            parts = plan.sheets if now else ("process", "practical_activity", "final_exam")
            known = items(scheme.definition)
            for step, part in enumerate(parts, start=1):
                columns = [item for item in known if item.component == part and item.by_hand]
                late = plan.waiting if now and step == len(parts) else 0
                moment = opened + timedelta(days=step * length // (len(parts) + 1), hours=step)
                self._take("marks", target, self._marks(part, order, people, columns, late), moment)
            if now and plan.decided:
                days = timedelta(days=3)
                deciding.decide_some(evaluation, plan.decided, by=self.by, at=self.at - days)
                deciding.contested_and_waiting(evaluation, at=self.at - timedelta(days=1))
            if not now:
                done = list(enrolled.enrolments().filter(cohort=cohort))
                ends = opened + timedelta(days=length)
                deciding.decide_stage(evaluation, by=self.by, at=ends)
                if plan.decided and order == plan.stages_passed - 1:
                    deciding.contested_and_corrected(
                        evaluation, self.staff.administrator, self.places.college, at=ends
                    )
                gates.let_through(cohort, stages[order], done, by=self.by, at=ends)
        rows = list(enrolled.enrolments().filter(cohort=cohort))
        self._cast(rows)
        if plan.stages_passed:
            _sign_in_already(rows)
        else:
            make_agreements(cohort, self.places, self.staff, self.by, self.at)
        return cohort.public_id, plan.stages_passed

    def _roster(self, year: int) -> list[tuple[str, str, str]]:
        names = draw(self.plan.people, seed=int(self.plan.first_number))
        return [
            (f"{year}{self.plan.first_number}{n:02}", name, latin)
            for n, (name, latin) in enumerate(names, start=1)
        ]

    def _roster_sheet(self, people: Sequence[tuple[str, str, str]]) -> Sheet:
        rows: list[Row] = []
        for n, (number, name, latin) in enumerate(people):
            host = self.places.jinheng if n % 3 else self.places.qinghe
            mentors = self.staff.mentors[host.key]
            mentor = mentors[(n // 3 + int(self.plan.first_number)) % len(mentors)]
            if host is self.places.jinheng and n in (1, 2):
                mentor = mentors[0]
            rows.append((number, name, latin, host.title.zh, mentor.username, self.began.date()))
        header = ["学号", "姓名", "英文名", "企业", "师傅工号", "入学日期"]
        title = self.plan.zh.format(year=self.began.year)
        return Sheet(f"{title}花名册.xlsx", write_xlsx([OutSheet(name="花名册", header=header, rows=rows)]))

    def _marks(
        self,
        part: str,
        order: int,
        people: Sequence[tuple[str, str, str]],
        columns: Sequence[ItemInfo],
        late: int,
    ) -> Sheet:
        names = {"process": "过程性评价", "practical_activity": "实践活动成绩", "final_exam": "期末考试成绩"}
        waiting = frozenset(number for number, _, _ in people[-late:]) if late else frozenset()
        stage = "一二三"[order]
        title = f"{self.plan.occupation[0]}第{stage}阶段{names[part]}"
        return sheet(
            title, [(number, name) for number, name, _ in people], columns, stage=order, waiting=waiting
        )

    def _take(self, kind: str, target: Ref, file: Sheet, at: datetime) -> None:
        take_in(
            content=file.content,
            name=file.name,
            kind=kind,
            target=target,
            organisation=self.places.college,
            by=self.by,
            at=at,
        )

    def _cast(self, rows: Sequence[Enrolment]) -> None:
        """Let the demo's apprentice and assessor take their place in the class that is under way."""
        if self.plan.key == "turner":
            person = rows[1].person
            Person.objects.filter(pk=person.pk).update(username=f"{DEMO_PREFIX}apprentice")
            apprenticeships.appoint(
                rows[:6],
                person=self.staff.assessor,
                role="assessor",
                on=self.began.date(),
                by=self.by,
                at=self.began,
            )
