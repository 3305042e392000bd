"""Every page, as the people who use it see it: nothing for axe to find, no overflow, no console message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.curricula.drafting import ask_draft, carry_out
from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.models import CurriculumVersion, Draft
from craftpath.domain.evaluation.actions import NewMark, basis_of, decide_results, record_marks
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.insight.actions import keep_up
from craftpath.domain.mentoring.models import Graduation
from craftpath.domain.occupations.models import Verification
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.domain.reviews.models import Review
from craftpath.domain.standards.models import Framework
from craftpath.domain.surveys.queries import personal_token
from craftpath.domain.training.actions import Posting, post_hours
from craftpath.kernel.access import system
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.sign_on.keeping import switch_provider
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.countries import country
from tests.domain.protection.world import asked
from tests.domain.surveys import world as surveying
from tests.exchange.layouts import workbook
from tests.house.furnishing import (
    agree_together,
    appraise,
    ask_a_master,
    ask_about_oneself,
    ask_around,
    bank_credits,
    bring_certificates,
    carry_along,
    certify,
    chart_a_trade,
    classify,
    count_from_outside,
    count_many,
    design_together,
    draft_together,
    fund_a_class,
    furnish,
    give_on,
    go_round,
    grow,
    help_early,
    in_the_bank,
    judge_together,
    keep_doubles,
    learn_on_line,
    learn_together,
    list_skills,
    look_after,
    make_bulletins,
    match_up,
    meet_and_talk,
    open_doors,
    pair_up,
    pay_up,
    plan_a_rotation,
    plan_papers,
    plan_tomorrow,
    play_a_package,
    read_together,
    set_a_standard,
    sit_together,
    study_something,
    talk_together,
    teach_together,
    tell_a_story,
    weigh_needs,
    work_in_a_pair,
)
from tests.house.making import (
    make_agreements,
    make_attendance,
    make_client,
    make_contest,
    make_delivery,
    make_directory_group,
    make_hook,
    make_layout,
    make_notice,
    make_sheet,
    make_sign_on,
    make_trial,
)
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]

WIDTHS = (360, 1280)
VIEWS = [("light", "zh-hans"), ("dark", "en")]


# A question of each kind that the survey of the furnishing has not.
PARTS = [
    {"key": "x", "text": {"zh": "装夹", "en": "Clamping"}},
    {"key": "y", "text": {"zh": "对刀", "en": "Tools"}},
]
ASKED = [
    {"key": "need", "kind": "need", "title": {"zh": "沟通", "en": "Talking"}, "mentor": True, "required": True},
    {"key": "head", "kind": "section", "title": {"zh": "工作", "en": "Work"}},
    {"key": "grid", "kind": "matrix", "title": {"en": "At work"}, "rows": PARTS},
    {"key": "many", "kind": "multiple", "title": {"en": "Which?"}, "options": PARTS},
    {"key": "first", "kind": "ranking", "title": {"en": "Order"}, "options": PARTS},
    {"key": "years", "kind": "number", "title": {"en": "Years"}, "least": 0, "most": 10},
]  # fmt: skip

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _pages(cast: Cast, sheet: SheetImport) -> dict[str, list[str]]:
    """Who looks at what; every page of the site stands here at least once."""
    with everywhere("a test looks at everything"):
        mark = Mark.objects.filter(enrolment=cast.enrolments["26001"]).first()
    assert mark is not None
    home, plan = cast.college.key, cast.evaluation.public_id
    person = cast.enrolments["26001"].public_id
    contest = make_contest(cast).public_id
    decided, waiting = (cast.enrolments[number].public_id for number in ("26002", "26003"))
    with everywhere("a test decides one more"):
        rest = [
            NewMark(cast.enrolments["26002"].pk, item, "scored", Decimal(70))
            for item in ("task2", "final_exam")
        ]
        record_marks(cast.evaluation, rest, by=cast.actor("trainer"), at=AT)
        decide_results(
            cast.evaluation,
            None,
            basis=basis_of(cast.evaluation),
            by=cast.actor("coordinator"),
            at=timezone.now(),
        )
    with everywhere("a test makes a draft"):
        copy = draft_scheme(cast.scheme, organisation=cast.college, by=cast.actor("coordinator"), at=AT)
    log = furnish(cast)
    with everywhere("a test looks at everything"):
        worked = work_in_a_pair(cast)["pair"]
    with everywhere("a test looks at everything"):
        incident, complaint = look_after(cast)
    with everywhere("a test plans a rotation"):
        rotation = plan_a_rotation(cast)
        post_hours(
            [
                Posting(
                    cast.enrolments["26001"].pk, "workplace", TODAY, 300, Ref("logbook", "entry", "x"), "x"
                )
            ],
            by=system(),
            at=AT,
        )
        stay = rotation.stays.filter(enrolment=cast.enrolments["26001"]).first()
    assert stay is not None
    cohort, week = cast.cohort.public_id, rotation.starts_on
    layout = make_layout(cast).public_id
    made = make_agreements(cast)
    line = make_attendance(cast)
    with everywhere("a test holds a review"):
        review = talk_together(cast).public_id
        other = Review.objects.get(enrolment=cast.enrolments["26002"]).public_id
    laid = f"?first_on={week}&weekdays=0&weekdays=2&from_at=13:30&until_at=15:00&minutes=30&every_weeks=2&rounds=2"
    laid += f"&mode=on_site&trainer={cast.people['trainer'].public_id}"
    laid += "".join(f"&who={row.public_id}" for row in cast.enrolments.values())
    odd = {"A1": "{college}", "A2": "{name}", "B2": "{finall}", "A3": "=COUNTA(A2:A2)"}
    tried, faulty = (make_trial(cast, workbook(odd | more)) for more in ({}, {"B5": "{total}"}))
    college = [
        reverse("desks:home", args=[home]),
        reverse("apprenticeships:cohorts", args=[home]),
        reverse("apprenticeships:plan", args=[home]),
        reverse("apprenticeships:cohort", args=[home, cast.cohort.public_id]),
        reverse("apprenticeships:apprentice", args=[home, person]),
        reverse("evaluation:cohort", args=[home, plan]),
        reverse("evaluation:derivation", args=[home, plan, person]),
        reverse("evaluation:derivation", args=[home, plan, waiting]) + "?if-final_exam=70",
        reverse("evaluation:mark", args=[home, mark.public_id]),
        reverse("evaluation:decide", args=[home, plan]),
        reverse("evaluation:correct", args=[home, plan, person]),
        reverse("evaluation:contests", args=[home]),
        reverse("evaluation:contest", args=[home, contest]),
        reverse("sheets:list", args=[home]),
        reverse("sheets:list", args=[home]) + "?new",
        reverse("sheets:upload", args=[home, "marks", plan]),
        reverse("sheets:columns", args=[home, sheet.public_id]),
        reverse("sheets:cell", args=[home, sheet.public_id]) + "?sheet=marks&cell=C2",
        reverse("layouts:list", args=[home]),
        reverse("layouts:layout", args=[home, layout]),
        reverse("layouts:choose", args=[home, plan]),
        reverse("layouts:placeholders", args=[home, plan]),
        reverse("layouts:check", args=[home, plan, tried]),
        reverse("layouts:check", args=[home, plan, faulty]),
        reverse("programmes:schemes", args=[home]),
        reverse("programmes:from_file", args=[home]),
        reverse("programmes:scheme", args=[home, cast.scheme.public_id]),
        reverse("programmes:edit", args=[home, copy.public_id]),
        reverse("programmes:compare", args=[home, cast.scheme.public_id]) + f"?with={cast.preset.public_id}",
        reverse("evaluation:move", args=[home, plan]) + f"?scheme={copy.public_id}",
        reverse("training:plans", args=[home]),
        reverse("training:plan", args=[home, cohort]),
        reverse("training:units", args=[home, cohort]),
        reverse("training:rotation", args=[home, cohort]) + f"?from={week}",
        reverse("training:pattern", args=[home, cohort]),
        reverse("training:pattern", args=[home, cohort])
        + f"?starts_on={week}&weeks-basic_operations=3&weeks-quality=2",
        reverse("training:pattern", args=[home, cohort])
        + f"?starts_on={week + timedelta(weeks=30)}&weeks-basic_operations=3&weeks-read_drawings=2",
        reverse("training:add_unit", args=[home, cohort]),
        reverse("training:add_stays", args=[home, cohort]),
        reverse("training:add_stays", args=[home, cohort])
        + f"?starts_on={week}&ends_on={week + timedelta(days=4)}&unit=quality&who={person}",
        reverse("training:departments", args=[home]),
        reverse("training:stay", args=[home, stay.public_id]),
        reverse("training:hours", args=[home, person]),
        reverse("training:cohort_hours", args=[home, cohort]),
        reverse("calendars:own"),
        reverse("agreements:list", args=[home]),
        reverse("agreements:new", args=[home]),
        reverse("agreements:agreement", args=[home, made.agreement]),
        reverse("agreements:agreement", args=[home, made.waiting]),
        reverse("agreements:edit", args=[home, made.draft]),
        reverse("agreements:amendment", args=[home, made.amendment]),
        reverse("agreements:pause", args=[home, made.agreement]),
        reverse("agreements:leave", args=[home, made.agreement]),
        reverse("agreements:transfer", args=[home, made.agreement]),
        reverse("agreements:applications", args=[home]),
        reverse("agreements:absences", args=[home]),
        reverse("agreements:floors", args=[home]),
        reverse("signing:sign", args=[home, made.document]),
        reverse("partnership:list", args=[home]),
        reverse("partnership:new", args=[home]),
        reverse("partnership:cooperation", args=[home, made.cooperation]),
        reverse("partnership:edit", args=[home, made.cooperation]),
        reverse("people:list", args=[home]),
        reverse("evaluation:grid", args=[home, plan]),
        reverse("people:roles", args=[home]),
        reverse("people:invite", args=[home]),
        reverse("people:invitations", args=[home]),
        reverse("people:person", args=[home, cast.people["trainer"].public_id]),
        reverse("learning:sessions", args=[home]),
        reverse("learning:plan", args=[home]),
        reverse("learning:change", args=[home, plan_tomorrow(cast).public_id]),
        reverse("learning:sums", args=[home]),
        reverse("learning:session", args=[home, line.session.public_id]),
        reverse("learning:roll", args=[home, line.session.public_id]),
        reverse("reviews:list", args=[home]),
        reverse("reviews:board", args=[home]),
        reverse("reviews:cohort", args=[home, cohort]),
        reverse("reviews:plan", args=[home, cohort]),
        reverse("reviews:plan", args=[home, cohort]) + laid,
        reverse("reviews:review", args=[home, review]),
        reverse("reviews:review", args=[home, other]),
        reverse("care:home", args=[home]),
        reverse("care:report", args=[home]),
        reverse("care:incident", args=[home, incident.public_id]),
        reverse("care:complaint", args=[home, complaint.public_id]),
        reverse("care:rates", args=[home]),
        reverse("accounts:privacy"),
        reverse("accounts:notice", args=[make_notice().public_id]),
        reverse("people:privacy", args=[home]),
        reverse("mfa_index"),
        reverse("mfa_index") + "?asked=lanchuan",
        reverse("accounts:sessions"),
        reverse("accounts:tokens"),
        reverse("history:list", args=[home]),
        reverse("logbook:board", args=[home]),
        reverse("logbook:of_one", args=[home, person]),
        reverse("logbook:entry", args=[home, log["entry"]]),
        reverse("offline:nowhere"),
        reverse("accounts:settings"),
        reverse("account_change_password"),
        reverse("account_logout"),
        reverse("components:gallery"),
        f"/o/{home}/nothing-here/",
        *_examined(cast),
        *_paired(cast),
        *_matched(cast),
        *_teaching(cast),
        *_paying(cast),
        *_appraised(cast),
        *_graded(cast),
    ]
    pages = {
        "": [reverse("account_login"), reverse("components:gallery"), reverse("hall:enter")],
        "coordinator": college,
        "apprentice": [
            reverse("desks:home", args=[home]),
            reverse("training:mine", args=[home]),
            reverse("training:hours", args=[home, person]),
            reverse("apprenticeships:apprentice", args=[home, person]),
            reverse("agreements:agreement", args=[home, made.agreement]),
            reverse("evaluation:derivation", args=[home, plan, person]),
            reverse("evaluation:contest", args=[home, contest]),
            reverse("logbook:week", args=[home]) + f"?from={TODAY}",
            reverse("logbook:week", args=[home]) + f"?entry={log['entry']}",
            reverse("sync:queue", args=[home]),
            reverse("care:home", args=[home]),
            reverse("care:report", args=[home]),
            reverse("care:complain", args=[home]),
            reverse("care:complaint", args=[home, complaint.public_id]),
            reverse("learning:mine", args=[home]),
            reverse("learning:sessions", args=[home]),
            reverse("judging:list", args=[home]),
            reverse("reviews:list", args=[home]),
            reverse("reviews:review", args=[home, review]),
            reverse("pairing:mine", args=[home]),
            reverse("appraisals:voices", args=[home]),
        ],
        "classmate": [
            reverse("agreements:mine", args=[home]),
            reverse("evaluation:raise", args=[home, plan, decided]),
        ],
        "mentor": [
            reverse("desks:home", args=[cast.jinheng.key]),
            reverse("logbook:team", args=[cast.jinheng.key]),
            reverse("logbook:observe", args=[cast.jinheng.key]),
            reverse("care:home", args=[cast.jinheng.key]),
            reverse("care:complaint", args=[cast.jinheng.key, complaint.public_id]),
            reverse("training:coming", args=[cast.jinheng.key]),
            reverse("pairing:mine", args=[cast.jinheng.key]),
            reverse("teaching:mine", args=[cast.jinheng.key]),
            reverse("allowances:mine", args=[cast.jinheng.key]),
            *(
                reverse(f"mentoring:{one}", args=[cast.jinheng.key, worked])
                for one in ("pair", "meet", "talk")
            ),
            reverse("appraisals:mine", args=[cast.jinheng.key]),
            reverse("learning:roll", args=[cast.jinheng.key, line.session.public_id]),
            reverse("reviews:list", args=[cast.jinheng.key]),
            reverse("reviews:review", args=[cast.jinheng.key, review]),
            reverse("reviews:review", args=[cast.jinheng.key, other]),
        ],
        "trainer": [reverse("desks:home", args=[home]), reverse("reviews:review", args=[home, review])],
        "hr": [
            reverse("desks:home", args=[cast.jinheng.key]),
            reverse("training:departments", args=[cast.jinheng.key]),
            *_funded(cast),
        ],
        "officer": [
            reverse("desks:home", args=[cast.city.key]),
            reverse("evaluation:cohort", args=[cast.city.key, plan]),
        ],
        "assessor": [reverse("desks:home", args=[home])],
        "auditor": [reverse("desks:home", args=[cast.city.key])],
        "administrator": [
            reverse("people:privacy", args=[home]),
            reverse("desks:home", args=[home]),
            reverse("evaluation:contest", args=[home, contest]),
        ],
    }
    for room in (
        _listed,
        _charted,
        _surveyed,
        _needed,
        _designed,
        _grown,
        _gone_round,
        _told,
        _printed,
        _asked,
        _packed,
        _from_outside,
        _studied,
        _taught_on_line,
        _grouped,
        _met,
        _partnered,
        _counted,
        _invented,
        _recognised,
        _helped,
        _opened,
        _asked_about_data,
    ):
        for who, more in room(cast).items():
            pages[who] += more
    return pages


def _opened(cast: Cast) -> dict[str, list[str]]:
    """Tools and platforms: the lists, one of each, the forms, the keys; an activity that opens a tool."""
    home = [cast.college.key]
    with everywhere("a test opens doors"):
        made = open_doors(cast)
    at = [*home, made["run"], made["activity"]]
    return {
        "coordinator": [
            *(
                reverse(f"tools:{one}", args=home)
                for one in ("list", "new", "platforms", "new_platform", "keys")
            ),
            *(reverse(f"tools:{one}", args=[*home, made["tool"]]) for one in ("tool", "change")),
            *(
                reverse(f"tools:{one}", args=[*home, made["platform"]])
                for one in ("platform", "change_platform")
            ),
        ],
        "trainer": [reverse("tools:tool", args=[*home, made["tool"]])],
        "apprentice": [reverse("courses:activity", args=at)],
    }


def _examined(cast: Cast) -> list[str]:
    """Practical work, the item bank, papers and sittings, as a coordinator sees them."""
    home, kinds = [cast.college.key], ["single", "matching", "ordering", "hotspot"]
    with everywhere("a test looks at everything"):
        judged, bank, sat = judge_together(cast), in_the_bank(cast), sit_together(cast)
        cut = set_a_standard(cast)
        plan = plan_papers(cast)
    works = [judged.practical, cast.enrolments["26001"].public_id]
    return [
        *(reverse(f"judging:{one}", args=home) for one in ("list", "board", "rubrics", "rubric_new")),
        reverse("judging:rubric", args=[*home, judged.rubric]),
        reverse("judging:plan", args=[*home, cast.evaluation.public_id]),
        reverse("judging:practical", args=[*home, judged.practical]),
        reverse("judging:work", args=[*home, *works]),
        *(reverse(f"exams:{one}", args=home) for one in ("bank", "choose", "paste", "take", "stimuli")),
        *(reverse("exams:new", args=[*home, kind]) for kind in kinds),
        reverse("exams:item", args=[*home, bank["item"]]),
        reverse("exams:edit", args=[*home, bank["item"]]),
        *(reverse(f"blueprints:{one}", args=home) for one in ("list", "new")),
        *(reverse(f"blueprints:{one}", args=[*home, plan["blueprint"]]) for one in ("blueprint", "edit")),
        reverse("blueprints:forms", args=[*home, plan["assembly"]]),
        reverse("blueprints:swap", args=[*home, plan["assembly"], plan["letter"], plan["item"]]),
        *(reverse(f"sittings:{one}", args=home) for one in ("list", "plan", "paper_new")),
        reverse("sittings:paper", args=[*home, sat["paper"]]),
        *(
            reverse(f"sittings:{one}", args=[*home, sat["sitting"]])
            for one in ("sitting", "essays", "given", "moderation")
        ),
        *(
            reverse(f"itemreport:{one}", args=[*home, sat["sitting"]])
            for one in ("overview", "questions", "model", "linking", "fairness", "markers")
        ),
        reverse("itemreport:question", args=[*home, sat["sitting"], sat["asked"]]),
        reverse("exams:record", args=[*home, bank["item"]]),
        *(reverse(f"standards:{one}", args=home) for one in ("list", "new")),
        reverse("standards:study", args=[*home, cut["study"]]),
    ]


def _paired(cast: Cast) -> list[str]:
    """Pairs, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = pair_up(cast)
        worked = work_in_a_pair(cast)
        done = Graduation.objects.get().pair.public_id
    pages = ("mine", "board", "picture", "teachers", "rules", "new", "wishes")
    of_pair = ("pair", "talk", "product", "agreement", "graduation")
    return [
        *(reverse(f"mentoring:{one}", args=home) for one in ("board", "rules", "wording")),
        *(reverse(f"mentoring:{one}", args=[*home, worked["pair"]]) for one in of_pair),
        reverse("mentoring:meeting", args=[*home, worked["meeting"]]),
        reverse("mentoring:page", args=[*home, done]),
        *(reverse(f"pairing:{one}", args=home) for one in pages),
        *(reverse("pairing:new", args=home) + f"?kind={kind}" for kind in ("master_apprentice", "red_white")),
        *(reverse("pairing:pair", args=[*home, made[one]]) for one in ("pair", "waiting")),
    ]


def _matched(cast: Cast) -> list[str]:
    """Rounds, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = match_up(cast)
    pages = ("rounds", "new", "about", "profiles", "travel", "wishes")
    return [
        *(reverse(f"matching:{one}", args=home) for one in pages),
        *(reverse("matching:new", args=home) + f"?kind={kind}" for kind in ("layered", "red_white")),
        *(reverse(f"matching:{one}", args=[*home, made["row"]]) for one in ("round", "people")),
        reverse("matching:why", args=[*home, made["row"], made["seat"]]),
    ]


def _teaching(cast: Cast) -> list[str]:
    """Teaching teams, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = teach_together(cast)
    return [
        *(reverse(f"teaching:{one}", args=home) for one in ("mine", "teams", "taught", "peaks")),
        *(reverse("teaching:team", args=[*home, made[one]]) for one in ("team", "waiting")),
        *(reverse(f"teaching:{one}", args=[*home, made["team"]]) for one in ("change", "plan")),
        reverse("teaching:new", args=[*home, cast.cohort.public_id, made["unit"]]),
    ]


def _paying(cast: Cast) -> list[str]:
    """Allowances, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = pay_up(cast)
    pages = ("mine", "board", "questions", "rules", "files", "references", "template_new")
    return [
        *(reverse(f"allowances:{one}", args=home) for one in pages),
        reverse("allowances:run", args=[*home, made["run"]]),
        reverse("allowances:rule_new", args=[*home, made["book"]]),
        reverse("allowances:rule_edit", args=[*home, made["book"], made["rule"]]),
        reverse("allowances:template_edit", args=[*home, made["template"]]),
    ]


def _funded(cast: Cast) -> list[str]:
    """Subsidy files, as the enterprise's office sees them."""
    there = [cast.jinheng.key]
    with everywhere("a test looks at everything"):
        made = fund_a_class(cast)
    return [
        *(reverse(f"subsidies:{one}", args=there) for one in ("board", "schemes", "claimed", "asked")),
        reverse("subsidies:new", args=there) + f"?cohort={cast.cohort.public_id}",
        reverse("subsidies:scheme", args=[*there, made["scheme"]]),
        *(
            reverse(f"subsidies:{one}", args=[*there, made["file"]])
            for one in ("file", "papers", "people", "audit")
        ),
    ]


def _appraised(cast: Cast) -> list[str]:
    """Appraisals, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = appraise(cast)
    return [
        *(reverse(f"appraisals:{one}", args=home) for one in ("rounds", "contests", "scheme")),
        *(reverse("appraisals:round", args=[*home, made[one]]) for one in ("round", "shown")),
        reverse("appraisals:appraisal", args=[*home, made["appraisal"]]),
    ]


def _listed(cast: Cast) -> dict[str, list[str]]:
    """Lists of skills, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = list_skills(cast)
        seeded = Framework.objects.filter(organisation=None).earliest("pk")
    draft, skill = [*home, made["framework"]], [*home, made["framework"], made["key"]]
    return {
        "coordinator": [
            *(reverse(f"frameworks:{one}", args=home) for one in ("list", "crosswalks", "imports", "new")),
            reverse("frameworks:crosswalk", args=[*home, made["one"], made["other"]]),
            reverse("frameworks:check", args=[*home, made["sheet"]]),
            *(
                reverse(f"frameworks:{one}", args=draft)
                for one in ("framework", "edit", "describe", "levels", "add")
            ),
            *(reverse(f"frameworks:{one}", args=skill) for one in ("node", "skill")),
            reverse("frameworks:compare", args=[*draft, made["before"]]),
            reverse("frameworks:framework", args=[*home, seeded.public_id]) + "?all&both",
            reverse("frameworks:skill", args=[*home, seeded.public_id, "communication"]),
        ],
    }


def _charted(cast: Cast) -> dict[str, list[str]]:
    """Charts of an occupation: drawn by the office and the panel, answered about by workers with a link and without."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = chart_a_trade(cast)
        Verification.objects.update(closes_on=timezone.localdate() + timedelta(days=9))
    draft, asked, trade = [*home, made["chart"]], [*home, made["asked"]], [*home, made["occupation"]]
    pages = ("chart", "frame", "lists", "panel", "board", "wall", "ask", "sheet")
    door = reverse("trade:answer", args=[made["token"]])
    return {
        "": [door, f"{door}?part=1", f"{door}?part=9"],
        "coordinator": [
            *(reverse(f"occupations:{one}", args=home) for one in ("list", "new")),
            *(reverse(f"occupations:{one}", args=trade) for one in ("occupation", "edit")),
            *(reverse(f"occupations:{one}", args=draft) for one in pages),
            reverse("occupations:skills", args=[*draft, made["task"]]),
            reverse("occupations:compare", args=[*draft, made["other"]]),
            *(reverse(f"occupations:{one}", args=asked) for one in ("chart", "results", "wall")),
        ],
        "mentor": [
            reverse("occupations:answer", args=[cast.jinheng.key, made["asked"]]),
            reverse("occupations:board", args=[cast.jinheng.key, made["chart"]]),
        ],
    }


def _surveyed(cast: Cast) -> dict[str, list[str]]:
    """Surveys: made and watched by the office, answered by an apprentice, a mentor, and whoever holds a link."""
    home, there = [cast.college.key], [cast.jinheng.key]
    with everywhere("a test looks at everything"):
        made = ask_around(cast)
        every = surveying.opened(cast, None, surveying.drafted(cast, ASKED), at=timezone.now(), link=True)
        own = personal_token(every.asked.earliest("pk"))
    draft, asks, closed = ([*home, made[one]] for one in ("draft", "survey", "closed"))
    answered = [*there, made["survey"]]
    return {
        "": [
            reverse("survey:enter", args=[every.door]),
            reverse("survey:enter", args=[own]),
            reverse("survey:enter", args=[every.door]) + "?done",
        ],
        "coordinator": [
            *(reverse(f"surveys:{one}", args=home) for one in ("list", "new", "mine")),
            *(reverse(f"surveys:{one}", args=draft) for one in ("survey", "words", "send", "preview")),
            *(reverse("surveys:question", args=[*draft, one]) for one in ("comm", "stay", "why")),
            *(reverse(f"surveys:{one}", args=asks) for one in ("survey", "watch", "slips")),
            *(reverse(f"surveys:{one}", args=closed) for one in ("survey", "results")),
            reverse("surveys:preview", args=[*home, every.public_id]),
            reverse("surveys:survey", args=[*home, every.public_id]),
        ],
        "apprentice": [
            reverse("surveys:mine", args=home),
            reverse("surveys:answer", args=asks),
        ],
        "mentor": [reverse("surveys:mine", args=there), reverse("surveys:answer", args=answered)],
    }


def _needed(cast: Cast) -> dict[str, list[str]]:
    """Analyses of needs, as a coordinator sees them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = weigh_needs(cast)
    pages = ("analysis", "groups", "changes", "print")
    return {
        "coordinator": [
            *(reverse(f"needs:{one}", args=home) for one in ("list", "new")),
            *(reverse(f"needs:{one}", args=[*home, made["analysis"]]) for one in pages),
        ],
    }


def _designed(cast: Cast) -> dict[str, list[str]]:
    """Curricula and their drafts, as a coordinator sees them; an apprentice and a trainer are asked about one."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = design_together(cast)
        version = CurriculumVersion.objects.get(public_id=made["version"])
        drafts = [Draft.objects.get(public_id=made["draft"])]
        wish = DraftWish({"communication": Decimal(5)}, total=60 * 60, fill=True)
        drafts.append(ask_draft(version, wish, made_id=uuid4(), by=cast.actor("coordinator"), at=AT))
        for draft in drafts:
            carry_out(Draft.objects.get(pk=draft.pk), by=cast.actor("coordinator"), at=AT)
        shown = CurriculumVersion.objects.exclude(pk=version.pk).earliest("pk").public_id
    own, review = [*home, made["version"]], reverse("curricula:review", args=[*home, shown])
    pages = ("list", "new", "reviews", "library", "new_card", "import_cards")
    of_version = (
        "version", "drafts", "new_draft", "drafts_compared", "coverage", "new_outcome", "new_assessment",
        "targets", "trace", "import_version", "ask",
    )  # fmt: skip
    compared = reverse("curricula:compare", args=[*home, made["curriculum"]])
    return {
        "coordinator": [
            *(reverse(f"curricula:{one}", args=home) for one in pages),
            reverse("curricula:card", args=[*home, made["card"]]),
            *(reverse(f"curricula:{one}", args=own) for one in of_version),
            *(reverse("curricula:shown_draft", args=[*home, one.public_id]) for one in drafts),
            reverse("curricula:coverage", args=own) + "?ticks",
            reverse("curricula:outcome", args=[*own, made["key"]]),
            reverse("curricula:curriculum", args=[*home, made["curriculum"]]),
            f"{compared}?before=1&after=2",
            reverse("curricula:version", args=[*home, shown]),
            review,
        ],
        "apprentice": [reverse("curricula:reviews", args=home), review],
        "trainer": [reverse("curricula:reviews", args=home), review],
    }


def _grown(cast: Cast) -> dict[str, list[str]]:
    """Somebody's core skills: as the apprentice, the mentor and the office see them."""
    person = cast.enrolments["26001"].public_id
    with everywhere("a test looks at everything"):
        skill = grow(cast)["skill"]

    def seen(home: str) -> list[str]:
        of_one = [reverse(f"growth:{one}", args=[home, person]) for one in ("one", "check")]
        return [*of_one, reverse("growth:skill", args=[home, person, skill])]

    home, there = cast.college.key, cast.jinheng.key
    office = [
        reverse("growth:entry", args=[home]),
        reverse("growth:one", args=[home, person]),
        reverse("growth:skill", args=[home, person, skill]),
        reverse("growth:cohort", args=[home, cast.cohort.public_id]),
    ]
    return {
        "coordinator": office,
        "apprentice": seen(home),
        "mentor": [reverse("growth:entry", args=[there]), *seen(there)],
    }


def _packed(cast: Cast) -> dict[str, list[str]]:
    """Packages of courses: the list, a package and its player; taking one in."""
    with everywhere("a test looks at everything"):
        made = play_a_package(cast)
    home = cast.college.key
    seen = [
        reverse("packages:list", args=[home]),
        reverse("packages:package", args=[home, made["package"]]),
        reverse("packages:play", args=[home, made["package"], "1"]),
    ]
    office = [reverse("packages:new", args=[home]), reverse("packages:details", args=[home, made["package"]])]
    office.append(reverse("packages:part", args=[home, made["course"], "1"]))
    seen.append(reverse("packages:package", args=[home, made["course"]]))
    return {"apprentice": seen, "coordinator": [*seen[:2], *seen[3:], *office]}


def _from_outside(cast: Cast) -> dict[str, list[str]]:
    """What programs send: mappings of statements, columns of marks, and what one becomes."""
    with everywhere("a test looks at everything"):
        made = count_from_outside(cast)
    home, column = cast.college.key, made["column"]
    columns = [reverse("outside:columns", args=[home]), reverse("outside:column", args=[home, column])]
    office = [
        reverse("outside:list", args=[home]),
        reverse("outside:new", args=[home]),
        reverse("outside:mapping", args=[home, made["mapping"]]),
    ]
    return {"coordinator": [*office, *columns], "trainer": columns}


def _studied(cast: Cast) -> dict[str, list[str]]:
    """Study as the apprentice, the mentor and the office see it."""
    person = cast.enrolments["26001"].public_id
    with everywhere("a test looks at everything"):
        made = study_something(cast)

    def seen(home: str) -> list[str]:
        of_one = [reverse(f"study:{one}", args=[home, person]) for one in ("mine", "way")]
        return [*of_one, reverse("study:skill", args=[home, person, made["skill"]])]

    home, there = cast.college.key, cast.jinheng.key
    return {
        "coordinator": [
            reverse("study:entry", args=[home]),
            reverse("study:cohort", args=[home, cast.cohort.public_id]),
        ],
        "apprentice": [
            *seen(home),
            reverse("study:diagnosis", args=[home, made["diagnosis"]]),
            reverse("study:set", args=[home, made["practice"]]),
        ],
        "mentor": [reverse("study:entry", args=[there]), *seen(there)],
    }


def _told(cast: Cast) -> dict[str, list[str]]:
    """Masters' stories: the wall and a story for an apprentice, telling for a master, the desk for the office."""
    with everywhere("a test looks at everything"):
        made = tell_a_story(cast)
    home, there = cast.college.key, cast.jinheng.key

    def seen(place: str, *pages: str, story: str = "story") -> list[str]:
        return [reverse(f"stories:{one}", args=[place, made[story]]) for one in pages]

    film = seen(there, "story", "details", "recording", "picture", "paper", story="film")
    return {
        "": [reverse("told:wall", args=[there]), reverse("told:story", args=[there, made["story"]])],
        "apprentice": [
            *(reverse(f"stories:{one}", args=[home]) for one in ("wall", "mine")),
            *seen(home, "story", "paper"),
            reverse("stories:report", args=[home, made["comment"]]),
        ],
        "mentor": [*(reverse(f"stories:{one}", args=[there]) for one in ("wall", "new", "mine")), *film],
        "hr": [
            reverse("stories:desk", args=[there]),
            reverse("stories:moderate", args=[there, made["comment"], "hide"]),
        ],
    }


def _printed(cast: Cast) -> dict[str, list[str]]:
    """Bulletins: the editor and the voices for the office, one's own words, and what everybody reads."""
    with everywhere("a test looks at everything"):
        made = make_bulletins(cast)
    home = cast.college.key
    return {
        "": [
            reverse("bulletin:numbers", args=[home]),
            reverse("bulletin:page", args=[home, 1]),
            reverse("bulletin:voice", args=[made["token"]]),
        ],
        "coordinator": [
            *(reverse(f"bulletins:{one}", args=[home]) for one in ("list", "new", "mine")),
            *(
                reverse("bulletins:edit", args=[home, made[one]])
                for one in ("bulletin", "review", "published")
            ),
            reverse("bulletins:voices", args=[home, made["bulletin"]]),
        ],
        "apprentice": [reverse("bulletins:mine", args=[home])],
    }


def _taught_on_line(cast: Cast) -> dict[str, list[str]]:
    """Courses: written and looked after by a trainer, learnt by an apprentice, confirmed by a mentor."""
    with everywhere("a test looks at everything"):
        made = learn_on_line(cast)
    course, run = made["course"], made["run"]

    def seen(*pages: str, ids: tuple[object, ...] = (), place: str = cast.college.key) -> list[str]:
        return [reverse(f"courses:{one}", args=[place, *ids]) for one in pages]

    kinds = ("page", "quiz", "checklist", "assignment", "live")
    return {
        "trainer": [
            *seen("list", "new", "drop", "desk"),
            *seen("course", "details", "start", "files", ids=(course,)),
            *(one for kind in ("page", "quiz") for one in seen("edit", ids=(course, made[kind]))),
            *seen("preview", ids=(course, made["page"])),
            *seen("arrival", ids=(made["arrival"],)),
            *seen("people", ids=(run,)),
            *seen("newer", ids=(run, 2)),
        ],
        "apprentice": [
            *seen("mine"),
            *seen("run", ids=(run,)),
            *(one for kind in kinds for one in seen("activity", ids=(run, made[kind]))),
            *seen("question", ids=(made["try"], 1)),
        ],
        "mentor": seen("confirming", place=cast.jinheng.key),
    }


def _gone_round(cast: Cast) -> dict[str, list[str]]:
    """Pilots and their rounds, as a coordinator sees them; a trainer has a step."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = go_round(cast)
    pilot, round_ = [*home, made["pilot"]], [*home, made["pilot"], made["number"]]
    step = reverse("pilots:step", args=[*home, made["step"]])
    return {
        "coordinator": [
            *(
                reverse(f"pilots:{one}", args=home)
                for one in ("board", "new", "mine", "cases", "case_new", "cycles")
            ),
            *(reverse(f"pilots:{one}", args=[*home, made["case"]]) for one in ("case", "case_edit")),
            *(reverse(f"pilots:{one}", args=[*home, made["cycle"]]) for one in ("cycle", "cycle_write")),
            *(reverse(f"pilots:{one}", args=pilot) for one in ("pilot", "change_pilot", "end")),
            *(reverse(f"pilots:{one}", args=round_) for one in ("round", "changes", "reports")),
            reverse("pilots:report", args=[*round_, made["version"]]),
            step,
        ],
        "trainer": [reverse("pilots:mine", args=home), step],
    }


def _asked(cast: Cast) -> dict[str, list[str]]:
    """Questions as those who ask, those who answer and the office see them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = ask_a_master(cast)
    thread = reverse("questions:question", args=[*home, made["question"]])
    return {
        "apprentice": [
            *(reverse(f"questions:{one}", args=home) for one in ("list", "mine")),
            thread,
            reverse("questions:change", args=[*home, made["question"]]),
        ],
        "trainer": [reverse("questions:queue", args=home), thread],
        "coordinator": [reverse("questions:minding", args=home), thread],
    }


def _grouped(cast: Cast) -> dict[str, list[str]]:
    """Study groups as those in them and those who look after the class see them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made = learn_together(cast)
    group = reverse("groups:group", args=[*home, made["group"]])
    inner = [
        reverse(f"groups:{one}", args=[*home, made["group"]]) for one in ("change", "invite", "notes", "end")
    ]
    return {
        "apprentice": [
            *(reverse(f"groups:{one}", args=home) for one in ("list", "new", "topics", "matches")),
            group,
            *inner,
            reverse("groups:session", args=[*home, made["session"]]),
            reverse("groups:group", args=[*home, made["confirmed"]]),
        ],
        "trainer": [
            *(reverse(f"groups:{one}", args=home) for one in ("tended", "matches")),
            reverse("groups:confirm", args=[*home, made["ended"]]),
        ],
    }


def _recognised(cast: Cast) -> dict[str, list[str]]:
    """Certificates, outside ones, credits, the record that goes along, and records of one person."""
    with everywhere("a test looks at everything"):
        made, brought, bank = certify(cast), bring_certificates(cast), bank_credits(cast)
        record, twins = carry_along(cast), keep_doubles(cast)
    home = cast.college.key

    def at(noun: str, *names: str, ids: tuple[str, ...] = ()) -> list[str]:
        return [reverse(f"{noun}:{one}", args=[home, *ids]) for one in names]

    return {
        "": [
            reverse("verify:find"),
            reverse("verify:page", args=[made["certificate"]]),
            reverse("workshop:check"),
        ],
        "coordinator": [
            *at("certificates", "list", "kinds", "new", "issue", "keys"),
            *at("certificates", "kind", "due", ids=(made["kind"],)),
            *at("certificates", "change", ids=(made["draft"],)),
            *at("certificates", "batch", ids=(made["batch"],)),
            *at("certificates", "certificate", ids=(made["certificate"],)),
            *at("claims", "desk", "issuers"),
            *at("claims", "claim", ids=(brought["claim"],)),
            *at("credits", "desk", "accounts", "rules", "diplomas"),
            *at("credits", "request", ids=(bank["prior"],)),
            *at("credits", "request", ids=(bank["request_id"],)),
            *at("credits", "one", "ways_of", ids=(bank["account"],)),
            *at("credits", "way_of", ids=(bank["account"], bank["open_diploma"])),
            *at("credits", "diploma", ids=(bank["diploma"],)),
            *at("passport", "waiting"),
            *at("passport", "settle", ids=(record["waiting"],)),
            *at("people", "doubles", "merges"),
            *at("people", "double", ids=(twins["pair"],)),
            *at("people", "merge", ids=(twins["merge"],)),
        ],
        "apprentice": [
            reverse("mine:certificates"),
            *(reverse(f"record:{one}") for one in ("record", "shares", "along", "brought")),
            reverse("record:share", args=[record["share"]]),
            reverse("record:arrival", args=[record["arrival"]]),
            *at("credits", "account", "ways", "ask", "prior"),
            reverse("credits:ask", args=[home]) + f"?diploma={bank['open_diploma']}",
            *at("credits", "way", ids=(bank["open_diploma"],)),
            *at("claims", "mine", "new", "levels"),
            *at("claims", "claim", ids=(brought["verified"],)),
            *at("claims", "change", ids=(brought["claim"],)),
        ],
    }


def _counted(cast: Cast) -> dict[str, list[str]]:
    """Figures as a college, a city, an enterprise and visitors read them."""
    with everywhere("a test looks at everything"):
        made = count_many(cast)
        keep_up(AT, seconds=60)
    one, place = made["indicator"], made["place"]
    rooms = ("overview", "journeys", "map", "layers", "national", "definitions")
    return {
        "": [
            reverse("figures:list"), reverse("figures:place", args=[place]),
            reverse("figures:one", args=[place, one]), reverse("developers:api"),
        ],
        "coordinator": [
            *(reverse(f"indicators:{room}", args=[place]) for room in rooms),
            reverse("indicators:one", args=[place, one]), reverse("indicators:one", args=[place, "enrolled"]),
        ],
        "hr": [reverse("indicators:overview", args=[cast.jinheng.key])],
    }  # fmt: skip


def _opened(cast: Cast) -> dict[str, list[str]]:
    """Ways to sign in, the directory, web hooks and tokens, as an administrator and as visitors see them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        hook, group, client, way = (
            make_hook(cast),
            make_directory_group(cast),
            make_client(cast),
            make_sign_on(cast),
        )
        make_delivery(hook)
        switch_provider(way, "on", by=cast.actor("administrator"), at=AT)
    assert client.is_service
    one = reverse("signons:provider", args=[*home, way.public_id])
    listed = reverse("signons:list", args=home)
    meant = reverse("directory:group", args=[*home, group.public_id])
    return {
        "": [reverse("signon:choose"), reverse("signon:choose") + "?q=nothing"],
        "administrator": [
            listed, *(f"{listed}?kind={kind}" for kind in ("oidc", "saml", "wecom", "dingtalk")),
            one, one + "?groups=A%0AB", reverse("directory:list", args=home), meant, meant + "?role=auditor",
            reverse("hooks:list", args=home), reverse("hooks:hook", args=[*home, hook.public_id]),
            reverse("tokens:list", args=home), reverse("accounts:tokens"), reverse("accounts:new_token"),
        ],
        "trainer": [reverse("signon:choose")],  # the password once more
    }  # fmt: skip


def _helped(cast: Cast) -> dict[str, list[str]]:
    """Early help: who may need a word, one of them, corrections, the card of the model; what is said of oneself."""
    with everywhere("a test looks at everything"):
        made = help_early(cast)
    home, there = cast.college.key, cast.jinheng.key
    one = "support:one"
    return {
        "coordinator": [
            *(reverse(f"support:{page}", args=[home]) for page in ("list", "helped", "corrections", "model")),
            reverse(one, args=[home, made["enrolment"]]),
        ],
        "mentor": [reverse("support:list", args=[there]), reverse(one, args=[there, made["enrolment"]])],
        "apprentice": [reverse("said:mine")],
    }


def _asked_about_data(cast: Cast) -> dict[str, list[str]]:
    """Requests about one's own data: whoever asks, and the office with one that waits and a deletion."""
    made, home = ask_about_oneself(cast), cast.college.key
    with everywhere("a test asks for deletion"):
        deletion = asked(cast, "delete").public_id
    return {
        "apprentice": [
            reverse("requests:mine"), reverse("requests:new"), reverse("requests:one", args=[made["asked"]]),
        ],
        "administrator": [
            reverse("protection:desk", args=[home]), reverse("protection:desk", args=[home]) + "?state=locked",
            *(reverse("protection:request", args=[home, one]) for one in (made["asked"], deletion)),
            *(
                reverse(f"protection:{page}", args=[home])
                for page in ("assessments", "new_assessment", "breaches", "new_breach", "receivers")
            ),
            reverse("protection:assessment", args=[home, made["assessment"]]),
            reverse("protection:breach", args=[home, made["breach"]]),
        ],
    }  # fmt: skip


def _invented(cast: Cast) -> dict[str, list[str]]:
    """New occupations, training projects and classifications, as the office sees them; a project as visitors do."""
    with everywhere("a test looks at everything"):
        has, given, lists = draft_together(cast), give_on(cast), classify(cast)
    home = cast.college.key

    def at(*named: str, ids: tuple[object, ...] = ()) -> list[str]:
        return [reverse(one, args=[home, *ids]) for one in named]

    parts = [
        reverse("studio:write", args=[home, has["writing"], one])
        for one in ("about", "tasks", "skills", "need")
    ]
    of_one = [f"studio:{one}" for one in ("version", "beside", "try", "decide", "vote")]
    return {
        "": [reverse("projects:project", args=[given["project"]])],
        "coordinator": [
            *at("studio:list", "studio:new", "studio:projects"),
            *at("studio:draft", "studio:edit", ids=(has["draft"],)),
            *at(*of_one, ids=(has["version"],)), *at("studio:version", ids=(has["writing"],)), *parts,
            *at("studio:publish", ids=(has["adopted"],)), *at("studio:trial", ids=(has["trial"],)),
            *at("studio:project", ids=(given["project"],)),
            *at("catalogues:list", "catalogues:pairs", "catalogues:new"),
            *at("catalogues:import", ids=(lists["taken"],)),
            *at("catalogues:catalogue", ids=(lists["catalogue"],)),
            *at("catalogues:entry", ids=(lists["catalogue"], lists["entry"])),
        ],
    }  # fmt: skip


def _partnered(cast: Cast) -> dict[str, list[str]]:
    """A partnership and its committee as both sides see them."""
    with everywhere("a test looks at everything"):
        made = agree_together(cast)
    both = [
        *(("partnership", one, "cooperation") for one in ("cooperation", "invest", "rules", "manage", "statement")),
        *(("partnership", one, "cooperation") for one in ("give", "pledge", "found")),
        ("partnership", "contribution", "contribution"),
        *(("committees", one, one) for one in ("committee", "meeting", "motion")),
        *(("committees", one, "committee") for one in ("seat", "plan", "new_motion", "decide")),
        ("committees", "minutes", "meeting"),
    ]  # fmt: skip
    home, host = cast.college.key, cast.jinheng.key
    return {
        "coordinator": [
            reverse("committees:list", args=[home]),
            *(reverse(f"{room}:{page}", args=[home, made[what]]) for room, page, what in both),
        ],
        "hr": [
            reverse("partnership:costs", args=[host, made["cooperation"]]),
            reverse("committees:change_seat", args=[host, made["seat"]]),
        ],
    }


def _met(cast: Cast) -> dict[str, list[str]]:
    """Forums and reading as a reader, a host and the office see them."""
    home = [cast.college.key]
    with everywhere("a test looks at everything"):
        made, read = meet_and_talk(cast), read_together(cast)
    thread = reverse("forums:thread", args=[*home, made["thread"]])
    return {
        "apprentice": [
            *(reverse(f"forums:{one}", args=home) for one in ("list", "mine")),
            reverse("forums:forum", args=[*home, made["forum"]]),
            thread,
            reverse("forums:change_post", args=[*home, made["post"]]),
            *(reverse(f"reading:{one}", args=home) for one in ("lists", "mine")),
            reverse("reading:text", args=[*home, read["text"]]),
        ],
        "trainer": [
            *(reverse(f"forums:{one}", args=[*home, made["forum"]]) for one in ("edit", "plan")),
            *(reverse("forums:meeting", args=[*home, made[one]]) for one in ("held", "meeting")),
            reverse("forums:change_meeting", args=[*home, made["meeting"]]),
            *(reverse(f"reading:{one}", args=[*home, read["row"]]) for one in ("list", "edit", "add_text")),
            reverse("reading:edit_text", args=[*home, read["text"]]),
        ],
        "coordinator": [reverse("forums:minding", args=home), reverse("forums:new", args=home), thread,
            reverse("reading:new", args=home)],
    }  # fmt: skip


def _graded(cast: Cast) -> list[str]:
    """The same pages where levels are reached instead of points: England's methods, the hours of the United States."""
    found = []
    given = {
        "uk_standard": {
            "71": {"method1": "pass", "method2": "distinction"},
            "72": {"method1": "distinction"},
        },
        "us_registered": {"71": {"ojl_hours": 7400}},
    }
    for preset, marks in given.items():
        there = country(cast, preset, marks)
        home, plan, person = cast.college.key, there.evaluation.public_id, there.people["71"].public_id
        found += [
            reverse("evaluation:cohort", args=[home, plan]),
            reverse("evaluation:derivation", args=[home, plan, person]),
            reverse("evaluation:grid", args=[home, plan]),
            reverse("evaluation:decide", args=[home, plan]),
            reverse("programmes:scheme", args=[home, there.scheme.public_id]),
        ]
    return found


@pytest.mark.parametrize(("theme", "language"), VIEWS)
def test_it_is_fit_for_everybody(cast: Cast, visit: Callable[..., Any], theme: str, language: str) -> None:
    """Each page is looked at once: on a phone or a desktop in turn, every third one in English and in the dark."""
    found: dict[str, list[str]] = {}
    shades: set[str] = set()
    for who, addresses in _pages(cast, make_sheet(cast)).items():
        context = visit(cast.people[who] if who else None, width=WIDTHS[0], theme=theme, language=language)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda fault, said=said: said.append(f"page error: {fault}"))
        for n, address in enumerate(addresses):
            if (theme == "dark") is bool(n % 3):
                continue
            said.clear()
            width = WIDTHS[(n // 2 + (theme == "light")) % 2]
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(address, wait_until="load")
            assert answer is not None
            expected = 404 if "nothing-here" in address else 200
            faults = [] if answer.status == expected else [f"answered {answer.status}"]
            faults += [f"{width}: {fault}" for fault in faults_of(page, shades)]
            if page.evaluate(TOO_WIDE):
                faults.append(f"wider than a screen of {width}")
            faults += [] if expected == 404 else list(said)
            if faults:
                found[f"{who or 'nobody'} {address}"] = faults
    assert found == {}
