"""A row of every table that the fixed cast does not fill, so that whoever may not see it has something to miss."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from craftpath.delivery.exchange.frameworks.taking import keep_file
from craftpath.domain.allowances import actions as allowances
from craftpath.domain.allowances.models import PayTemplate, RuleBook, Run
from craftpath.domain.appraisals import actions as appraisals
from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalRound, VoiceAsked
from craftpath.domain.apprenticeships.queries import enrolments, mentors_of
from craftpath.domain.care import actions as care
from craftpath.domain.care.models import Complaint, Incident
from craftpath.domain.care.queries import named_in
from craftpath.domain.curricula import actions as curricula
from craftpath.domain.curricula.drafting import ask_draft
from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, Draft, UnitCard, VersionReview
from craftpath.domain.evaluation.models import Result
from craftpath.domain.exams import actions as exams
from craftpath.domain.exams.essays import Essay, essays_of
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import (
    Assembly,
    Calibration,
    Item,
    ItemCalibration,
    Package,
    Paper,
    Picture,
    Sitting,
    Study,
)
from craftpath.domain.exams.outcomes import keep_outcomes, lines_by_version, outcome_of
from craftpath.domain.exams.panel import computed, panel_of
from craftpath.domain.exams.queries import Tags
from craftpath.domain.exams.wishes import Row, Wish
from craftpath.domain.growth import actions as growth
from craftpath.domain.growth.models import SkillGoal, SkillObjection
from craftpath.domain.judging.actions import (
    Panel,
    add_exhibit,
    excuse_rater,
    publish_marks,
    rate_work,
)
from craftpath.domain.judging.models import Practical
from craftpath.domain.judging.queries import works
from craftpath.domain.learning.actions import Plan, Said, dispute_attendance, plan_session, take_roll
from craftpath.domain.learning.models import Session
from craftpath.domain.learning.queries import attendances
from craftpath.domain.logbook.actions import (
    Content,
    add_file,
    confirm_entries,
    hold_talk,
    observe_job,
    save_entry,
    submit_entry,
)
from craftpath.domain.logbook.models import Entry, EntryFile, OtherVersion
from craftpath.domain.logbook.queries import talk_due
from craftpath.domain.matching import actions as match
from craftpath.domain.matching.models import Round, Seat
from craftpath.domain.matching.proposing import think
from craftpath.domain.needs import actions as needs
from craftpath.domain.needs.models import Analysis
from craftpath.domain.occupations import actions as trades
from craftpath.domain.occupations.models import Chart
from craftpath.domain.occupations.pad import id_of
from craftpath.domain.pairing.actions import (
    Wanted,
    ask_for_change,
    form_pair,
    set_house_rule,
    set_standing,
)
from craftpath.domain.pairing.models import Bond, ChangeWish, Pair
from craftpath.domain.pilots import actions as pilots
from craftpath.domain.pilots.models import CountryCase, Deliverable, PilotChange, PilotRound
from craftpath.domain.programmes.queries import outcomes
from craftpath.domain.progression.actions import give_evidence, repeat_stage, save_gate, waive_condition
from craftpath.domain.progression.models import Passage
from craftpath.domain.reviews.actions import (
    Manner,
    excuse_signer,
    hold_review,
    offer,
    plan_reviews,
    say_part,
    set_goal,
    write_review,
)
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.patterns import Pattern
from craftpath.domain.standards import actions as standards
from craftpath.domain.standards.actions import load_frameworks
from craftpath.domain.standards.models import Framework
from craftpath.domain.standards.queries import skills
from craftpath.domain.subsidies import actions as subsidies
from craftpath.domain.subsidies.models import (
    Audit,
    FilePaper,
    Finding,
    Pack,
    PaperAsk,
    SubsidyFile,
    SubsidyScheme,
)
from craftpath.domain.surveys.actions import answer_survey, close_survey
from craftpath.domain.surveys.models import Survey
from craftpath.domain.teaching.actions import (
    Guest,
    confirm_taught,
    enter_taught,
    form_team,
    lay_hours,
    note_peak,
    return_taught,
    set_availability,
    set_away,
)
from craftpath.domain.teaching.actions import Wanted as Member
from craftpath.domain.teaching.models import Away, ProductionPeak, TaughtHours, Team
from craftpath.domain.training.models import RotationPattern
from craftpath.domain.training.unit_days import units_of_cohorts
from craftpath.kernel.access import Actor, actor_in
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.tokens import unsealed
from craftpath.values.period import later
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.exams import panels
from tests.domain.exams.hall import ESSAY, NOBODY, OPENS, RIGHT, answer, begin, opened
from tests.domain.exams.samples import every_kind, single
from tests.domain.exams.sheets import key
from tests.domain.growth.world import TALKS, known, seen, view
from tests.domain.judging.world import levels, practical, rate, seat
from tests.domain.mentoring.world import work_on
from tests.domain.occupations import world as charting
from tests.domain.pilots import world as going
from tests.domain.subsidies import world as funding
from tests.domain.surveys import world as surveying
from tests.domain.training.world import planned, publish
from tests.photos import picture

NAME = uuid.UUID("6f1f6c52-2b0a-4c55-9d4e-3f6b1f0f9a11")


def furnish(cast: Cast) -> dict[str, str]:
    """Write what each room keeps, once: by its actions, about the apprentice of the cast. Gives ids for addresses."""
    with everywhere("a test furnishes every room"):
        plan_a_rotation(cast)
        call_the_roll(cast)
        stand_at_a_gate(cast)
        talk_together(cast)
        look_after(cast)
        judge_together(cast)
        fill_the_bank(cast)
        sit_together(cast)
        set_a_standard(cast)
        plan_papers(cast)
        calibrate(cast)
        pair_up(cast)
        match_up(cast)
        teach_together(cast)
        design_together(cast)
        pay_up(cast)
        fund_a_class(cast)
        go_round(cast)
        list_skills(cast)
        work_in_a_pair(cast)
        appraise(cast)
        weigh_needs(cast)
        ask_around(cast)
        grow(cast)
        chart_a_trade(cast)
        return keep_a_log(cast)


def plan_a_rotation(cast: Cast) -> RotationPattern:
    """A plan with departments, and a rotation from next week on, once."""
    standing = RotationPattern.objects.first()
    return standing or publish(cast, planned(cast))


def keep_a_log(cast: Cast) -> dict[str, str]:
    """An entry of last month, confirmed and talked about, with its hours in the ledger; one with two versions."""
    if not Entry.objects.exists():
        _write(cast)
    entry, other = Entry.objects.order_by("-on")[0], OtherVersion.objects.get()
    file = EntryFile.objects.get()
    return {"entry": entry.public_id, "file": file.public_id, "version": other.public_id}


def _write(cast: Cast) -> None:
    apprentice, mentor = cast.actor("apprentice"), cast.actor("mentor", cast.jinheng)
    enrolment, by = cast.enrolments["26001"], {"by": apprentice, "at": AT}
    old = Content(
        on=TODAY.replace(day=1) - timedelta(days=3),
        text="装夹工件，试切外圆。",
        minutes=240,
        bucket="workplace",
    )
    entry = save_entry(enrolment, made_id=uuid.uuid5(NAME, "old"), content=old, **by).entry
    submit_entry(entry, **by)
    confirm_entries({entry.public_id: entry.revision}, by=mentor, at=AT)
    [lot] = talk_due([enrolment.pk], TODAY)
    hold_talk(lot, outcome="agrees", by=mentor, at=AT)
    observe_job(
        enrolment,
        made_id=uuid.uuid5(NAME, "job"),
        on=TODAY,
        job="装夹长轴",
        seen_as="helped",
        by=mentor,
        at=AT,
    )
    fresh = uuid.uuid5(NAME, "fresh")
    for base, text in ((0, "换刀。"), (1, "换刀并重新对刀。"), (1, "换刀，试切。")):
        content = Content(on=TODAY, text=text, minutes=60, bucket="workplace")
        made = save_entry(enrolment, made_id=fresh, content=content, base=base, **by).entry
    add_file(made, made_id=uuid.uuid5(NAME, "photo"), kind="photo", content=picture(size=(640, 400)), **by)
    submit_entry(made, **by)


def stand_at_a_gate(cast: Cast) -> Passage:
    """A gate of the college's own, a paper and a waiver at it, and a decision that the apprentice repeats; once."""
    standing = Passage.objects.first()
    if standing is not None:
        return standing
    row, stage = cast.enrolments["26001"], cast.programme.stages.get(order=1)
    by = {"by": cast.actor("coordinator"), "at": AT}
    asked = [
        {"kind": "document", "key": key, "by": "apprentice", "name": {"zh": "申报表", "en": "Form"}}
        for key in ("form", "photo")
    ]
    save_gate(cast.college, stage, "stage", asked, version=0, **by)
    give_evidence(row, stage, "stage", "form", note="原件", **by)
    waive_condition(row, stage, "stage", "photo", because="已有电子照片", **by)
    [passage] = repeat_stage([row], stage, because="再练两个月", until=TODAY + timedelta(days=60), **by)
    return passage


def call_the_roll(cast: Cast) -> Session:
    """A session whose roll was called by one and, differently, by another; the apprentice objects to it. Once."""
    if (standing := Session.objects.first()) is not None:
        return standing
    trainer, coordinator = cast.actor("trainer"), cast.actor("coordinator")
    plan = Plan(
        title={"zh": "识图", "en": "Reading drawings"},
        kind="lesson",
        mode="on_site",
        starts_at=AT,
        ends_at=AT + timedelta(hours=2),
        bucket="taught",
    )
    [session] = plan_session(
        plan,
        organisation=cast.college,
        cohorts=[cast.cohort],
        teachers={cast.people["trainer"]: "trainer", cast.people["mentor"]: "mentor"},
        by=coordinator,
        at=AT,
    )
    everybody = [row.public_id for row in cast.enrolments.values()]
    for by, status in ((trainer, "present"), (coordinator, "late")):
        marks = {public_id: Said("present") for public_id in everybody} | {everybody[1]: Said(status)}
        take_roll(session, marks, made_id=uuid.uuid4(), base=0, by=by, at=AT)
    line = attendances().get(session=session, enrolment=cast.enrolments["26001"])
    dispute_attendance(line, words="我请假了。", by=cast.actor("apprentice"), at=AT)
    return session


def plan_tomorrow(cast: Cast) -> Session:
    """A session of tomorrow, which can still be changed; by the clock, since its page asks that."""
    with everywhere("a test plans a session"):
        start = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
        return plan_session(
            Plan(
                {"zh": "公差", "en": "Tolerances"}, "lesson", "on_site", start, start + timedelta(minutes=45)
            ),
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=AT,
        )[0]


def talk_together(cast: Cast) -> Review:
    """Reviews from a pattern, once; the apprentice's is written with a part and a goal, and one side is excused."""
    if (standing := Review.objects.filter(enrolment=cast.enrolments["26001"]).first()) is not None:
        return standing
    pattern = Pattern(TODAY + timedelta(days=1), (0, 1, 2, 3, 4), time(14), time(18), 30, 4, 1)
    manner, coordinator = Manner(cast.people["trainer"]), cast.actor("coordinator")
    seen = offer(cast.cohort, pattern, manner, today=TODAY).fingerprint
    plan_reviews(cast.cohort, pattern, manner, seen=seen, by=coordinator, at=AT)
    row = Review.objects.get(enrolment=cast.enrolments["26001"])
    by, at = cast.actor("mentor", cast.jinheng), row.starts_at
    say_part(row, words="肯学，手稳。", by=by, at=at)
    set_goal(row, text="独立对刀", owner="apprentice", by=by, at=at)
    row = hold_review(row, colour="amber", because="日志没写", by=by, at=at)
    row = write_review(row, seen=row.revision, by=by, at=at)
    excuse_signer(row, role="mentor", because="已调离", by=coordinator, at=at)
    return Review.objects.get(pk=row.pk)


@dataclass(frozen=True)
class Judged:
    """Public ids of one of each that judging knows."""

    practical: str
    rubric: str
    exhibit: str
    rater: str


def judge_together(cast: Cast) -> Judged:
    """Practical work with a file, rated by mentor, trainer and the apprentice, published and reopened once. Once."""
    row = Practical.objects.select_related("rubric").first()
    if row is None:
        row = practical(
            cast, Panel(people=[(cast.people["trainer"], "trainer")], self_rating=True),
            due_on=timezone.localdate() + timedelta(days=9),
        )  # fmt: skip
        add_exhibit(
            row, cast.enrolments["26001"], made_id=uuid.uuid4(), content=b"%PDF-1.7\n%%EOF",
            by=cast.actor("apprentice"), at=AT,
        )  # fmt: skip
        rate(cast, row, "apprentice", levels("4", "3", "4"))
        # A decided result takes no mark any more, and other tests decide the first one's.
        decided = Result.objects.filter(enrolment=cast.enrolments["26001"], decided__isnull=False)
        number = "26003" if decided.exists() else "26001"
        mentor = mentors_of([cast.enrolments[number]])[cast.enrolments[number].pk][0]
        for person in (mentor, cast.people["trainer"]):
            by = actor_in(person, cast.college, TODAY) or Actor(cast.jinheng, person)
            rater = seat(cast, row, person, number)
            rate_work(rater, made_id=uuid.uuid4(), levels=levels("4", "3", "4"), words="手稳。", by=by, at=AT)
        pk = cast.enrolments[number].pk
        publish_marks(row, {pk: str(works(row)[pk].mark)}, by=cast.actor("coordinator"), at=AT)
        excuse_rater(seat(cast, row, "trainer", "26002"), because="请假", by=by, at=AT)
    exhibit, rater = row.exhibits.get(), seat(cast, row, "mentor")
    return Judged(row.public_id, row.rubric.public_id, exhibit.public_id, rater.public_id)


def fill_the_bank(cast: Cast) -> Item:
    """An item with a stimulus, a skill, an outcome and an enemy, a picture and a package that waits; once."""
    standing = Item.objects.order_by("pk").first()
    if standing is not None:
        return standing
    by = {"by": cast.actor("coordinator"), "at": AT}
    load_frameworks(**by)
    kept = exams.keep_picture(cast.college, picture(size=(200, 120)), **by)
    shared = exams.write_stimulus(cast.college, title=Text("材料"), body=Text("某车间"), **by)
    item = exams.write_item(cast.college, single(stimulus=shared.public_id), ready=True, **by)
    other = exams.write_item(cast.college, every_kind(kept.public_id)[7], **by)
    tags = Tags((outcomes()[0].pk,), (skills()[0].key,), "easy", enemies=(other.public_id,))
    exams.tag_item(item, tags, **by)
    exams.keep_package(cast.college, one_item(), name="item.xml", **by)
    return item


def in_the_bank(cast: Cast) -> dict[str, str]:
    """Ids for addresses of the bank."""
    item = fill_the_bank(cast)
    return {
        "item": item.public_id,
        "picture": Picture.objects.get().public_id,
        "package": Package.objects.get().public_id,
    }


def sit_together(cast: Cast) -> dict[str, str]:
    """An examination that is published, essays marked and to mark, a sheet of paper settled, an appeal. Once."""
    fill_the_bank(cast)
    row = Sitting.objects.select_related("paper").first()
    if row is None:
        row, codes = opened(cast, marking=exams.EssayPlan(raters=2))
        held = begin(codes["26001"])
        answer(held, RIGHT | {ESSAY: {"text": "先粗后精。"}})
        made_id, sketch = uuid.uuid5(NAME, "sketch"), b"G00 X100\n"
        exams.add_answer_file(held, order=ESSAY, made_id=made_id, content=sketch, by=NOBODY, at=OPENS)
        answer(begin(codes["26002"]), {ESSAY: {"text": "先车端面。"}})
        by = {"by": cast.actor("coordinator"), "at": OPENS}
        exams.name_invigilators(row, [cast.people["administrator"]], **by)
        on_paper = exams.put_on_paper(row.candidates.get(enrolment=cast.enrolments["26003"]), True, **by)
        row = exams.close_sitting(row, **by)
        key(cast, on_paper, "trainer", {ESSAY: ["."]})
        key(cast, on_paper, "coordinator", {1: ["c"], ESSAY: ["."]})
        exams.settle_sheet(on_paper, {1: ["b"]}, **by)
        own = cast.enrolments["26001"].pk
        essay = next(one for one in essays_to_mark(row, by["by"]) if one.candidate.enrolment_id == own)
        exams.mark_essay(essay.candidate, essay.line, points=essay.most, **by)
        moderate(cast, row, essay)
        table = scored(row)
        lines = lines_by_version(table)
        done = [
            outcome_of(table, n, lines, OPENS) for n in range(len(table.candidates)) if not table.waits(n)
        ]
        # As publishing does it, without marks: results may be decided already where a test furnishes.
        with transaction.atomic():
            keep_outcomes(row, done, evaluation=cast.evaluation.public_id, item="final_exam", **by)
        first = row.candidates.earliest("pk")
        exams.lodge_appeal(first, [5], words="请再看一下。", by=cast.actor("apprentice"), at=OPENS)
    first = row.candidates.earliest("pk")
    candidate, appeal = first.public_id, first.appeal.public_id
    essay = essays_of(row)[0].key
    asked = row.paper.lines.select_related("version__item").earliest("order").version.item.public_id
    return {
        "sitting": row.public_id, "paper": row.paper.public_id, "candidate": candidate, "essay": essay,
        "asked": asked, "appeal": appeal,
    }  # fmt: skip


def moderate(cast: Cast, row: Sitting, essay: Essay) -> None:
    """Two markers differ; an administrator settles it and sends the second marker's marks back."""
    of, by = (essay.candidate, essay.line), {"by": cast.actor("administrator"), "at": OPENS}
    exams.mark_essay(*of, points=Decimal(2), by=cast.actor("trainer"), at=OPENS)
    exams.open_marks(row, **by)
    exams.settle_essay(*of, points=Decimal(7), because="切槽漏看", **by)
    exams.return_marks(row, cast.people["trainer"], because="没有按评分要点", **by)


def set_a_standard(cast: Cast) -> dict[str, str]:
    """A study whose first round is closed and adopted, and one that is open, of the paper that was sat. Once."""
    paper = Paper.objects.get(public_id=sit_together(cast)["paper"])
    row = Study.objects.filter(state="open").first()
    if row is None:
        done = panels.study(cast, used=paper)
        panels.closed(cast, done, dict.fromkeys(panels.JUDGES, 60))
        by = {"by": cast.actor("coordinator"), "at": AT}
        done = exams.propose_cut(done, **by)
        cut = computed(panel_of(done))
        exams.adopt_cut(done, body="考试委员会", adopted_on=TODAY, cut=cut, **by)
        row = panels.study(cast, used=paper)
        panels.opened(cast, row)
        panels.estimate(cast, row, "mentor", {1: 60})
    judge = row.judges.get(person=cast.people["mentor"]).public_id
    return {"study": row.public_id, "judge": judge, "paper": paper.public_id}


def plan_papers(cast: Cast) -> dict[str, str]:
    """A blueprint of two forms and what was put together by it; ids for addresses. Once."""
    fill_the_bank(cast)
    row = Assembly.objects.select_related("blueprint").first()
    if row is None:
        by = {"by": cast.actor("coordinator"), "at": AT}
        wish = Wish((Row(1, 1, kind="single"),), questions=(1, 1), minutes=10, forms=2, overlap=1)
        plan = exams.make_blueprint(
            wish, organisation=cast.college, made_id=uuid.uuid5(NAME, "plan"), title="期末", **by
        )
        exams.ask_forms(plan, made_id=uuid.uuid5(NAME, "forms"), **by)
        row = Assembly.objects.select_related("blueprint").get()
    return {
        "blueprint": row.blueprint.public_id,
        "assembly": row.public_id,
        "letter": "A",
        "item": row.found["forms"][0][0][0],
    }


def calibrate(cast: Cast) -> None:
    """Figures of a question that somebody kept, as rows: no sitting of the tests is large enough. Once."""
    if Calibration.objects.exists():
        return
    item = fill_the_bank(cast)
    paper = Paper.objects.filter(organisation=cast.college).order_by("pk")[0]
    row = Calibration.objects.create(
        digest="0" * 64,
        organisation=cast.college,
        paper=paper,
        sittings=[],
        n=60,
        kept_by=cast.people["coordinator"],
        kept_at=AT,
    )
    ItemCalibration.objects.create(calibration=row, version=item.newest, n=60, p=0.6)


def pair_up(cast: Cast) -> dict[str, str]:
    """A pair that holds, with a change asked for, and a proposal that waits; a standing, and rules. Once."""
    row = Pair.objects.filter(kind="master_apprentice").order_by("pk").first()
    mentor, enrolment = cast.people["mentor"], cast.enrolments["26001"]
    if row is None:
        office = {"by": cast.actor("coordinator"), "at": AT}
        set_standing(mentor, organisation=cast.jinheng, capacity=6, by=cast.actor("hr", cast.jinheng), at=AT)
        set_house_rule(cast.college, capacity=8, gap_days=14, objection_days=30, **office)
        wanted = [Wanted(mentor, enrolment.person, cast.jinheng, enrolment)]
        row = form_pair("master_apprentice", wanted, organisation=cast.college, starts_on=TODAY, **office)
        other = cast.enrolments["26002"]
        asked = [Wanted(mentor, other.person, cast.jinheng, other)]
        form_pair("college_tutor", asked, organisation=cast.college, starts_on=TODAY, ask=True, **office)
    wish = ChangeWish.objects.filter(pair=row).order_by("-pk").first() or ask_for_change(
        row, wish="talk_first", words="我想谈谈。", by=cast.actor("apprentice"), at=AT
    )
    waiting = Pair.objects.get(kind="college_tutor")
    return {
        "pair": row.public_id,
        "wish": wish.public_id,
        "waiting": waiting.public_id,
        "bond": str(row.bonds.order_by("pk")[0].pk),
    }


def match_up(cast: Cast) -> dict[str, str]:
    """A round that asks for wishes, with a profile, a way, a wish, a ban and a proposal. Once."""
    row = Round.objects.order_by("pk").first()
    mentor, apprentice = cast.people["mentor"], cast.enrolments["26001"]
    if row is None:
        office = {"by": cast.actor("coordinator"), "at": AT}
        match.write_profile(mentor, organisation=cast.jinheng, teaches=["TIG"], wants=["PLC"], **office)
        match.note_travel(cast.campus, cast.jinheng, organisation=cast.college, minutes=40, **office)
        some = [apprentice, cast.enrolments["26005"]]
        seats = [match.Sitting(mentor, "teaches", cast.college)]
        seats += [match.Sitting(one.person, "learns", cast.college, one) for one in some]
        row = match.open_round(
            "秋季", "college_tutor", seats, organisation=cast.college, starts_on=TODAY, **office
        )
        row = match.ask_preferences(row, until=date(2099, 12, 31), **office)
        mine = Seat.objects.get(round=row, person=apprentice.person)
        his = Seat.objects.get(round=row, person=mentor)
        match.state_preferences(row, mine, [his], by=cast.actor("apprentice"), at=AT)
        other = Seat.objects.get(round=row, person=some[1].person)
        match.mark_pair(row, his, other, "forbid", **office)
        match.keep_proposal(row, think(row), **office)
    taken = {one.person_id: one.public_id for one in Seat.objects.filter(round=row)}
    return {"row": row.public_id, "seat": taken[apprentice.person_id], "teacher": taken[mentor.pk]}


def teach_together(cast: Cast) -> dict[str, str]:
    """A team that teaches, with hours to confirm and confirmed ones, one that waits; a peak, and days away. Once."""
    office, mentor = {"by": cast.actor("coordinator"), "at": AT}, cast.people["mentor"]
    if not Team.objects.exists():
        plan_a_rotation(cast)
        for key, ask in (("tools_materials", False), ("machine_care", True)):
            unit = next(one for one in units_of_cohorts([cast.cohort.pk])[cast.cohort.pk] if one.key == key)
            wanted = [
                Member("trainer", 400, cast.people["trainer"], cast.college, role="lead"),
                Member("enterprise_mentor", 400, mentor, cast.jinheng),
                Member("entrepreneur", 100, guest=Guest("钱总", "创业园", "13800000000")),
            ]
            days = {"starts_on": TODAY - timedelta(days=14), "ends_on": TODAY + timedelta(days=140)}
            team = form_team(unit, wanted, cohort=cast.cohort, **days, ask=ask, **office)
            lay_hours(team, **office)
        teaches = Team.objects.get(state="active")
        own = {"by": cast.actor("mentor", cast.jinheng), "at": AT}
        member = teaches.members.get(person=mentor)
        for made_id, minutes in (("a", 60), ("b", 90), ("c", 45)):
            enter_taught(
                teaches, member=member, on=TODAY, minutes=minutes, topic="对刀", made_id=made_id, **own
            )
        confirm_taught(TaughtHours.objects.filter(minutes=90), by=cast.actor("trainer"), at=AT)
        return_taught(TaughtHours.objects.get(minutes=45), because="改期", by=cast.actor("trainer"), at=AT)
        set_availability(mentor, weekly=600, weekdays=range(5), **own)
        days = {"starts_on": TODAY + timedelta(days=30), "ends_on": TODAY + timedelta(days=33)}
        set_away(mentor, **days, **own)
        note_peak(cast.jinheng, level="hard", **days, by=cast.actor("hr", cast.jinheng), at=AT)
    return {
        "team": Team.objects.get(unit__key="tools_materials").public_id,
        "waiting": Team.objects.get(unit__key="machine_care").public_id,
        "taught": TaughtHours.objects.get(minutes=60).public_id,
        "peak": ProductionPeak.objects.get().public_id,
        "away": Away.objects.values_list("public_id", flat=True).first() or "none",
        "unit": "basic_operations",
        "session": "none",
    }


def weigh_needs(cast: Cast) -> dict[str, str]:
    """A published analysis of a closed survey, that asked an apprentice of the cast, and one to publish. Once."""
    if not Analysis.objects.exists():
        office = {"by": cast.actor("coordinator"), "at": AT}
        asked = Survey.objects.get(public_id=ask_around(cast)["closed"])
        for groups in (["occupation"], []):
            needs.make_analysis(cast.college, [asked], groups=groups, **office)
        needs.publish_analysis(Analysis.objects.order_by("pk")[0], **office)
    return {"analysis": Analysis.objects.get(state="published").public_id}


def ask_around(cast: Cast) -> dict[str, str]:
    """A draft of a survey, an open one in which the apprentice and the mentor are asked, one that is closed. Once."""
    if not Survey.objects.exists():
        surveying.drafted(cast)
        for at in (AT, timezone.now()):
            people = [("apprentice", cast.people["apprentice"]), ("mentor", cast.people["mentor"])]
            extra = [surveying.Candidate(role, person) for role, person in people]
            others = [*surveying.candidates(6), *surveying.candidates(4, role="mentor")]
            row = surveying.opened(cast, [*others, *extra], at=at, link=at != AT)
            for asked in row.asked.exclude(person=cast.people["apprentice"])[:6]:
                answer_survey(asked, {"comm": [5, 2, 3]}, by=Actor(cast.college, asked.person), at=at)
            if at == AT:
                close_survey(row, by=cast.actor("coordinator"), at=AT)
    draft, closed, asks = Survey.objects.order_by("pk").values_list("public_id", flat=True)[:3]
    return {"survey": asks, "draft": draft, "closed": closed, "question": "like", "what": "results"}


def chart_a_trade(cast: Cast) -> dict[str, str]:
    """A chart that more workers are asked about, with an answer; a draft with the mentor on its panel. Once."""
    if not Chart.objects.exists():
        asked = charting.asked(cast)
        charting.answered(asked, "somebody", [1, 4, 3, 2, 1])
        by = {"by": cast.actor("coordinator"), "at": AT}
        other = trades.keep_occupation(cast.college, name={"zh": "焊工"}, codes={}, **by)
        draft = trades.begin_chart(other, cast.college, **by)
        trades.add_duty(draft, {"zh": "焊接"}, new="d1", **by)
        trades.add_task(draft, id_of(draft, "d1"), {"zh": "焊接平板"}, **by)
        told = {"told": True, "on": TODAY, "name": ""}
        trades.seat_panellist(draft, person=cast.people["mentor"], **told, **by)
    asked, draft = Chart.objects.order_by("pk")[:2]
    return {
        "occupation": draft.occupation.public_id,
        "chart": draft.public_id,
        "asked": asked.public_id,
        "task": draft.tasks.get().public_id,
        "other": draft.public_id,
        "form": "xlsx",
        "token": unsealed(asked.verification.sealed),
    }


def design_together(cast: Cast) -> dict[str, str]:
    """A curriculum with a version in review, remarked on, and a draft that must take a unit. Once."""
    office = {"by": cast.actor("coordinator"), "at": AT}
    if not Curriculum.objects.exists():
        curricula.start_curriculum(
            cast.college, programme=cast.programme, key="turner", name={"zh": "车工课程方案"},
            occupation={"zh": "车工"}, scheme=cast.preset, **office,
        )  # fmt: skip
        first = CurriculumVersion.objects.get()
        draft = curricula.draft_version(first, why="draft", **office)
        curricula.pin_card(draft, UnitCard.objects.get(key="quality"), kind="pin", **office)
        wish = DraftWish({"communication": Decimal(5)}, total=20 * 60, fill=False)
        ask_draft(draft, wish, made_id=uuid.uuid4(), **office)
        asked = [curricula.Asked(cast.people[who], side, cast.college) for who, side in
                 (("trainer", "college"), ("apprentice", "apprentices"))]  # fmt: skip
        review = curricula.open_review(
            first, asked, due_on=timezone.localdate() + timedelta(days=9), revision=1, by=cast.actor("coordinator"),
            at=timezone.now(),
        )  # fmt: skip
        curricula.say(review, "学时？", made_id="furnished", by=cast.actor("trainer"), at=AT)
    review = VersionReview.objects.get()
    return {
        "curriculum": Curriculum.objects.get().public_id,
        "version": CurriculumVersion.objects.get(why="draft").public_id,
        "card": UnitCard.objects.get(key="quality").public_id,
        "review": review.public_id,
        "comment": review.comments.get(made_id="furnished").public_id,
        "draft": Draft.objects.get(number=1).public_id,
        "verb": "retire",
        "kind": "outcome",
        "key": "measure",
        "form": "xlsx",
    }


def pay_up(cast: Cast) -> dict[str, str]:
    """A settled month of the college with a question, a correction that waits, a draft of rules, a template. Once."""
    made = "furnished"
    run = Run.objects.filter(calculation__made_id=made).first()
    if run is None:
        pair_up(cast)
        by = {"by": cast.actor("coordinator"), "at": AT}
        run = _paid(cast, made, by)
        me = cast.actor("mentor", cast.jinheng)
        allowances.ask_about(run.lines.select_related("run").get(), words="为什么？", by=me, at=AT)
        allowances.ask_correction(cast.college, month=run.month, because="天数有误", **by)
        allowances.draft_book(cast.college, valid_from=date(2027, 1, 1), **by)
        allowances.keep_references(cast.college, {cast.people["mentor"].public_id: "6222 0000 1234"}, **by)
        columns = [allowances.Column("姓名", "name"), allowances.Column("金额", "amount")]
        allowances.keep_template(cast.college, name="代发", columns=columns, **by)
    line, draft = run.lines.get(), RuleBook.objects.get(organisation=cast.college, state="draft")
    return {
        "run": run.public_id,
        "line": line.public_id,
        "question": line.questions.order_by("pk")[0].public_id,
        "book": draft.public_id,
        "rule": draft.rules.get().key,
        "template": PayTemplate.objects.get().public_id,
    }


def _paid(cast: Cast, made: str, by: dict[str, Any]) -> Run:
    """The month of today, computed and checked by one and approved by another."""
    book = allowances.draft_book(cast.college, valid_from=date(2026, 1, 1), **by)
    rule = allowances.NewRule(name="津贴", amount=200_00, payer="college", kinds=("master_apprentice",))
    allowances.write_rule(book, rule, **by)
    allowances.set_cap(book, scope="run", most=900_00, **by)
    allowances.adopt_book(book, **by)
    asked = allowances.ask_run(cast.college, month=TODAY.replace(day=1), made_id=made, **by)
    allowances.carry_out(asked, **by)
    run = allowances.check_run(asked.run, **by)
    return allowances.approve_run(run, by=cast.actor("administrator"), at=AT)


def list_skills(cast: Cast) -> dict[str, str]:
    """A college's list: a published version, the draft of the next one, a skill in both, a file that waits. Once."""
    by: Any = {"by": cast.actor("coordinator"), "at": AT}
    load_frameworks(**by)
    row = Framework.objects.filter(organisation=cast.college).order_by("version").first()
    if row is None:
        name = {"zh": "车间十条", "en": "Shop rules"}
        row = standards.draft_framework(organisation=cast.college, name=name, about={"audience": "own"}, **by)
        standards.add_node(row, standards.Node("", name={"zh": "整理", "en": "Tidy"}), **by)
        standards.publish_framework(row, **by)
        standards.draft_version(row, **by)
        keep_file(content=b"key,name_en\na,A\n", name="a.csv", into="new", organisation=cast.college, **by)
    draft = Framework.objects.get(key=row.key, version=2)
    return {
        "framework": draft.public_id,
        "before": row.public_id,
        "key": f"{row.prefix}-tidy",
        "one": row.key,
        "other": "ilo-core-skills-2021",
        "sheet": SheetImport.objects.filter(kind="framework").latest("pk").public_id,
        "verb": "publish",
        "form": "xlsx",
    }


def fund_a_class(cast: Cast) -> dict[str, str]:
    """A subsidy file with a claim, an audit and a finding; one to be filed with a paper asked for; one filed. Once."""
    done = SubsidyFile.objects.order_by("pk").first()
    if done is None:
        done = funding.claimed(cast)
        funding.paper(done, funding.hr(cast))
        audit = subsidies.invite_auditor(
            done, username=cast.people["auditor"].username, opens_on=TODAY, closes_on=TODAY + timedelta(days=300),
            size=1, because="抽查", by=funding.officer(cast), at=AT,
        )  # fmt: skip
        by = Actor(cast.city, cast.people["auditor"])
        subsidies.raise_finding(audit, severity="minor", words="日期不一致", by=by, at=AT)
        waiting = funding.opened(cast)
        asked = [subsidies.Asking(cast.people["trainer"], cast.college)]
        subsidies.ask_for_papers(waiting, "training_plan", asked, by=funding.hr(cast), at=AT)
        number = "11010519491231002X"
        subsidies.keep_identities(waiting, [(2, "26001", number)], by=funding.hr(cast), at=AT)
        subsidies.file_plan(funding.opened(cast, made_id="filed"), by=funding.hr(cast), at=AT)
        subsidies.copy_scheme(
            done.scheme, organisation=cast.city, name={"zh": "澜川"}, document="1", valid_from=TODAY, changes={},
            by=funding.officer(cast), at=AT,
        )  # fmt: skip
    pack = Pack.objects.first()
    own = SubsidyScheme.objects.filter(organisation=cast.city).first()
    return {
        "file": done.public_id,
        "draft": PaperAsk.objects.select_related("file").earliest("pk").file.public_id,
        "filed": SubsidyFile.objects.get(made_id="filed").public_id,
        "paper": FilePaper.objects.earliest("pk").public_id,
        "ask": PaperAsk.objects.earliest("pk").public_id,
        "audit": Audit.objects.earliest("pk").public_id,
        "finding": Finding.objects.earliest("pk").public_id,
        "pack": pack.public_id if pack else "none",
        "scheme": own.public_id if own else "none",
        "verb": "withdraw",
    }


def go_round(cast: Cast) -> dict[str, str]:
    """A pilot of the college on its first round: a step of the trainer's, a file, a change, a case, a report. Once."""
    row = PilotRound.objects.order_by("pk").first()
    if row is None:
        by = {"by": cast.actor("coordinator"), "at": AT}
        own = going.started(cast, organisation=cast.college, members=[cast.college], **by)
        cycle = pilots.write_cycle(
            going.preset(), organisation=cast.college, name={"zh": "本院六步"}, origin={}, steps=going.preset().steps,
            **by,
        )  # fmt: skip
        row = going.begun(cast, own, cycle=cycle, **by)
        step = going.step_of(row)
        pilots.plan_step(step, owner=cast.people["trainer"], due_on=TODAY, **by)
        pilots.give_deliverable(step, made_id=going.NAME, key="ranking", content=b"%PDF-1.7\n%%EOF", **by)
        pilots.keep_case(step, going.case(), **by)
        going.waive(cast, going.step_of(row, "embed"))
        going.change(cast, row, **by)
        told = pilots.Told("CN", {"zh": "本院做法"}, {"zh": "做"}, {"zh": "学"}, ["embed"], "本院")
        pilots.write_case(told, organisation=cast.college, made_id=going.NAME, **by)
        pilots.issue_report(row, **by)
    pilot = row.pilot
    return {
        "pilot": pilot.public_id,
        "number": "1",
        "version": "1",
        "step": row.steps.get(key="define").public_id,
        "given": Deliverable.objects.earliest("pk").public_id,
        "change": PilotChange.objects.earliest("pk").public_id,
        "case": CountryCase.objects.filter(organisation=cast.college).earliest("pk").public_id,
        "cycle": row.cycle.public_id,
    }


def work_in_a_pair(cast: Cast) -> dict[str, str]:
    """Goals, meetings, talk, product and agreement of that pair, and a page of another. Once."""
    return work_on(cast, Pair.objects.get(public_id=pair_up(cast)["pair"]))


def appraise(cast: Cast) -> dict[str, str]:
    """A round with its trainer, who contests it, one contest upheld; and one that asks the apprentices. Once."""
    pair_up(cast)
    asking = AppraisalRound.objects.filter(state="draft").first()
    if asking is None:
        asking = _appraise(cast)
    row = Appraisal.objects.select_related("round").get(round__state="hearing")
    return {
        "round": asking.public_id,
        "shown": row.round.public_id,
        "appraisal": row.public_id,
        "contest": AppraisalContest.objects.filter(part="").latest("pk").public_id,
        "asked": VoiceAsked.objects.get(enrolment=cast.enrolments["26001"]).public_id,
    }


def _appraise(cast: Cast) -> AppraisalRound:
    """As the actions do it; the worker's part is run here, and the pair began today, so the day is moved."""
    office, own = {"by": cast.actor("coordinator"), "at": AT}, {"by": cast.actor("mentor", cast.jinheng)}
    Bond.objects.filter(pair__kind="master_apprentice").update(starts_on=TODAY - timedelta(days=150))
    starts = (TODAY - timedelta(days=190)).replace(day=1)
    row = appraisals.open_round(cast.college, made_id=uuid.uuid5(NAME, "round"), starts_on=starts, **office)
    appraisals.compute_round(row, **office)
    row = appraisals.show_round(AppraisalRound.objects.get(), **office)
    now = timezone.localdate() + timedelta(days=9)
    AppraisalRound.objects.filter(pk=row.pk).update(hearing_until=now)
    one = Appraisal.objects.select_related("round__organisation", "round__scheme").get(round=row)
    first = appraisals.contest_appraisal(one, part="continuity", words="代班由办公室安排。", at=AT, **own)
    other = {"by": cast.actor("administrator"), "at": AT}
    appraisals.uphold_contest(first, remedy="part_out", answer="属实。", **other)
    appraisals.contest_appraisal(one, words="请再看一下。", at=AT, **own)
    next_one = uuid.uuid5(NAME, "asking")
    asking = appraisals.open_round(cast.college, made_id=next_one, starts_on=later(starts, -1), **office)
    asking = appraisals.ask_voices(asking, **office)
    AppraisalRound.objects.filter(pk=asking.pk).update(voices_until=now)
    return asking


def grow(cast: Cast) -> dict[str, str]:
    """A job that was seen with a core skill, a view, a goal, and an objection to it. Once."""
    row = SkillObjection.objects.first()
    if row is None:
        known()
        observation = seen(cast)
        view(cast, "apprentice", {TALKS: 3})
        own = {"by": cast.actor("apprentice"), "at": AT}
        enrolment, proof = cast.enrolments["26001"], str(Ref("logbook", "observation", observation.public_id))
        growth.set_goal(enrolment, TALKS, words="自己写交接记录。", **own)
        row = growth.object_to_proof(enrolment, proof=proof, skill=TALKS, words="是合作。", **own)
    return {
        "objection": row.public_id,
        "goal": SkillGoal.objects.earliest("pk").public_id,
        "skill": TALKS,
        "proof": row.proof,
    }


def one_item() -> bytes:
    """A QTI item with nothing but an essay."""
    body = '<itemBody><p>Why?</p><extendedTextInteraction responseIdentifier="R"/></itemBody>'
    return f'<assessmentItem identifier="x" title="x">{body}</assessmentItem>'.encode()


def look_after(cast: Cast) -> tuple[Incident, Complaint]:
    """An incident with a photo, a notification and a measure; a complaint about the mentor, who was told. Once."""
    standing = Incident.objects.order_by("pk").first()
    if standing is not None:
        return standing, Complaint.objects.order_by("pk")[0]
    coordinator, apprentice = cast.actor("coordinator"), cast.actor("apprentice")
    by = {"by": coordinator, "at": AT}
    incident = care.report_incident(
        enrolments().get(pk=cast.enrolments["26001"].pk),
        made_id=uuid.uuid5(NAME, "incident"),
        severity="lost_time",
        hurt="apprentice",
        what="换刀时划伤手指。",
        occurred_at=AT - timedelta(hours=1),
        photo=picture(size=(640, 400)),
        by=cast.actor("mentor", cast.jinheng),
        at=AT,
    )
    care.agree_measure(incident, what="更换护罩", owner=cast.people["mentor"], due_on=TODAY, **by)
    complaint = care.make_complaint(
        cast.college,
        made_id=uuid.uuid5(NAME, "complaint"),
        about="person",
        matter="treatment",
        words="师傅当众骂人。",
        named=[cast.people["mentor"]],
        by=apprentice,
        at=AT,
    )
    [named] = named_in(complaint)
    care.tell_named(complaint, named, words="请谈谈您的看法。", **by)
    care.say(complaint, words="我希望好好说话。", by=apprentice, at=AT)
    care.open_complaint(complaint, **by)
    return incident, complaint
