"""What each role may press: everybody else's POST is refused at the door and writes nothing."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.test import Client
from django.urls import reverse

from craftpath.domain.judging.models import Rater
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.house.furnishing import (
    appraise,
    ask_around,
    chart_a_trade,
    design_together,
    fund_a_class,
    furnish,
    go_round,
    grow,
    in_the_bank,
    judge_together,
    list_skills,
    look_after,
    match_up,
    pair_up,
    pay_up,
    plan_a_rotation,
    plan_papers,
    set_a_standard,
    sit_together,
    talk_together,
    teach_together,
    weigh_needs,
    work_in_a_pair,
)
from tests.house.test_addresses import (
    each_room,
    make_agreements,
    make_attendance,
    make_contest,
    make_handed,
    make_hook,
    make_layout,
    make_run,
    make_sheet,
)

RUNS = {"coordinator", "administrator"}
MARKS = RUNS | {"trainer"}
HOLDS = RUNS | {"trainer"}
EDITS = RUNS | {"officer"}
WRITES = RUNS | {"trainer", "assessor"}
AGREES = RUNS | {"hr"}
EVERYBODY = MARKS | {"hr", "officer", "auditor", "assessor", "mentor", "apprentice"}
SEATS = {"hr": "jinheng", "mentor": "jinheng", "officer": "lanchuan-bureau", "auditor": "lanchuan-bureau"}
BUTTONS = {
    "apprenticeships:plan": RUNS,
    "apprenticeships:open_evaluation": RUNS,
    "progression:open": RUNS,
    "progression:shape": RUNS,
    "progression:note": RUNS | {"hr"},
    "progression:waive": RUNS,
    "programmes:edit": RUNS,
    "evaluation:move": RUNS,
    "programmes:from_file": RUNS,
    "programmes:next_version": RUNS,
    "programmes:retire": RUNS,
    "training:draft": RUNS,
    "training:units": RUNS,
    "training:add_unit": RUNS,
    "training:take_out_unit": RUNS,
    "training:add_stays": RUNS,
    "training:departments": RUNS,
    "training:publish": RUNS,
    "training:undo": RUNS,
    "training:stay": RUNS,
    "people:slips": RUNS,
    "people:invite": RUNS,
    "people:invitations": RUNS,
    "people:roles": RUNS,
    "people:second_factor": {"administrator"},
    "people:privacy": {"administrator"},
    "people:guardian": RUNS,
    "sheets:upload": MARKS,
    "sheets:check": MARKS,
    "sheets:commit": MARKS,
    "sheets:discard": MARKS,
    "evaluation:decide": RUNS,
    "evaluation:correct": RUNS,
    "evaluation:uphold": {
        "administrator"
    },  # the coordinator is the judge, and the assessor does not know the person
    "evaluation:correct_contested": {"administrator"},
    "evaluation:raise": {"apprentice"},
    "evaluation:withdraw": {"apprentice"},
    "agreements:new": AGREES,
    "agreements:applications": AGREES,
    "agreements:application": AGREES,
    "agreements:floors": AGREES,
    "agreements:edit": AGREES,
    "agreements:waive": AGREES,
    "agreements:register": AGREES,
    "agreements:amend": AGREES,
    "agreements:withdraw_amendment": AGREES,
    "agreements:pause": AGREES,
    "agreements:resume": AGREES,
    "agreements:leave": AGREES,
    "agreements:stay": AGREES,
    "agreements:transfer": AGREES,
    "agreements:do": AGREES,
    "agreements:ask": AGREES | {"apprentice"},
    "agreements:absence": AGREES,
    "agreements:reason": AGREES | {"apprentice"},
    "signing:sign": AGREES | {"apprentice"},
    "signing:link": AGREES,
    "partnership:new": AGREES,
    "partnership:edit": AGREES,
    "partnership:do": AGREES,
    "exams:move": WRITES,
    "exams:new": WRITES,
    "exams:paste": WRITES,
    "exams:take": WRITES,
    "exams:stimuli": WRITES,
    "exams:edit": WRITES,
    "exams:try": WRITES,
    "blueprints:new": WRITES,
    "blueprints:edit": WRITES,
    "blueprints:assemble": WRITES,
    "blueprints:do": WRITES,
    "blueprints:swap": WRITES,
    "itemreport:keep": MARKS,
    "sittings:plan": MARKS,
    "sittings:paper_new": WRITES,
    "sittings:paper_move": WRITES,
    "sittings:move": MARKS,
    "sittings:codes": MARKS,
    "sittings:publish": MARKS,
    "sittings:essays": MARKS,
    "sittings:open_marks": RUNS,
    "sittings:send_back": RUNS,
    "sittings:settle": RUNS,
    "sittings:seat": MARKS,
    "standards:new": MARKS,
    "standards:open": MARKS,
    "standards:move": MARKS,
    "standards:invite": MARKS,
    "standards:adopt": MARKS,
    "standards:excuse": MARKS,
    "standards:judge": {"trainer", "mentor", "assessor"},  # who is asked
    "sittings:on_paper": MARKS,
    "sittings:sheet": MARKS,
    "sittings:settle_sheet": MARKS,
    "sittings:sheets": MARKS,
    "sittings:remove": MARKS,
    "sittings:excuse": MARKS,
    "sittings:change": MARKS,
    "sittings:terms": MARKS,
    "sittings:add": MARKS,
    "sittings:invigilators": MARKS,
    "sittings:resit": MARKS,
    "sittings:appeal": MARKS,  # the assessor does not know the person
    "candidacies:appeal": {"apprentice"},
    "candidacies:withdraw": {"apprentice"},
    "sheets:undo": MARKS,
    "sheets:cancel": MARKS,
    "layouts:choose": RUNS,
    "layouts:check": RUNS,
    "layouts:rename": RUNS,
    "layouts:remove": RUNS,
    "papers:ask": HOLDS | {"hr", "auditor", "mentor"},  # who sees people of the cohort as a table
    "papers:cancel": {"coordinator"},  # who asked for it
    "logbook:week": {"apprentice"},
    "logbook:confirm": {"mentor", "trainer"},
    "logbook:observe": {"mentor", "trainer"},
    "logbook:send_back": {"mentor"},
    "logbook:talk": {"mentor"},
    "logbook:settle": {"apprentice"},
    "light:give": RUNS,
    "light:take_back": RUNS,
    "handing:mail": RUNS,
    "guardianship:ask": RUNS,
    "learning:plan": HOLDS,
    "learning:roll": HOLDS | {"mentor"},  # who is named as a teacher
    "learning:change": HOLDS,
    "learning:close": HOLDS | {"mentor"},
    "learning:settle": HOLDS | {"mentor"},
    "learning:cancel": HOLDS,
    "learning:confirm": {"apprentice"},
    "learning:dispute": {"apprentice"},
    "reviews:plan": RUNS,
    "reviews:review": HOLDS | {"mentor", "apprentice"},  # who takes part
    "reviews:keep": HOLDS | {"mentor", "apprentice"},
    "reviews:move": HOLDS | {"mentor"},
    "reviews:miss": HOLDS | {"mentor"},
    "reviews:cancel": RUNS,
    "reviews:reopen": HOLDS | {"mentor"},
    "reviews:reach": {"apprentice"},  # whose goal it is
    "reviews:excuse": RUNS,
    **{
        f"frameworks:{one}": RUNS | {"officer"}
        for one in (
            "new",
            "describe",
            "levels",
            "add",
            "node",
            "move",
            "remove",
            "do",
            "crosswalk",
            "unmatch",
            "imports",
            "check",
            "take",
            "discard",
        )
    },
    "teaching:new": RUNS,
    "teaching:change": RUNS,
    "teaching:plan": RUNS | {"trainer"},  # the lead
    "teaching:lay": RUNS | {"trainer"},
    "teaching:agree": {"trainer", "mentor"},  # who is asked
    "teaching:decline": {"trainer", "mentor"},
    "teaching:withdraw": RUNS,
    "teaching:end": RUNS,
    "teaching:take_over": RUNS | {"trainer"},
    "teaching:take_session": RUNS | {"trainer"},
    "teaching:enter_guest": RUNS,
    "teaching:enter": {"trainer", "mentor"},  # who teaches in a team
    "teaching:times": EVERYBODY,
    "teaching:away": EVERYBODY,
    "teaching:back": {"mentor"},  # whose days they are
    "teaching:confirm": RUNS | {"trainer"},
    "teaching:return": RUNS | {"trainer"},
    "teaching:correct": {"mentor"},  # who entered it
    "teaching:take_back": {"mentor"},
    "teaching:peaks": AGREES,
    "teaching:withdraw_peak": AGREES,
    "surveys:new": AGREES | {"officer"},
    **{
        f"surveys:{one}": RUNS | {"officer"}
        for one in (
            "words",
            "question",
            "move",
            "remove",
            "send",
            "open",
            "remind",
            "extend",
            "close",
            "analyse",
            "publish",
            "wave",
            "discard",
        )
    },
    "surveys:answer": {"apprentice", "mentor"},  # who is asked
    "occupations:new": EDITS,
    "occupations:edit": EDITS,
    "occupations:begin": EDITS,
    "occupations:frame": EDITS,
    "occupations:panel": EDITS,
    "occupations:ask": EDITS,
    "occupations:move": EDITS,
    "occupations:lists": EDITS | {"mentor"},  # who sits on the panel
    "occupations:board": EDITS | {"mentor"},
    "occupations:skills": EDITS | {"mentor"},
    "occupations:sheet": EDITS | {"mentor"},
    "occupations:answer": {"mentor", "trainer"},  # who is asked
    "judging:rubric_new": MARKS,
    "judging:rubric_edit": MARKS,
    "judging:rubric_retire": MARKS,
    "judging:plan": MARKS,
    "judging:publish": MARKS,
    "judging:ask": MARKS,
    "judging:move": MARKS,
    "judging:reopen": MARKS,
    "judging:excuse": MARKS,
    "judging:rate": {"mentor", "trainer", "apprentice"},  # who is asked
    "judging:exhibit": MARKS | {"mentor", "apprentice"},
    "needs:new": AGREES | {"officer"},
    "needs:do": RUNS | {"trainer", "officer", "auditor"},  # signing: who reads figures of the college
    "growth:check": {"mentor", "apprentice"},
    "growth:goal": {"apprentice"},
    "growth:end_goal": {"apprentice"},
    "growth:object": {"apprentice"},
    "growth:answer": RUNS | {"mentor"},  # who helps
    "appraisals:open": AGREES,
    "appraisals:do": RUNS,  # of the college's own round
    "appraisals:scheme": AGREES,
    "appraisals:read": RUNS | {"mentor"},  # the office, and whoever is appraised
    "appraisals:contest": {"mentor"},  # who is appraised
    "appraisals:withdraw": {"mentor"},
    "appraisals:answer": {"administrator"},  # the coordinator computed the round
    "appraisals:give": {"apprentice"},  # who is asked
    "pairing:new": AGREES,
    "pairing:teachers": AGREES,
    "pairing:rules": AGREES,
    "pairing:take_over": RUNS,
    "pairing:accept": {"mentor"},  # who is in it and is asked
    "pairing:decline": RUNS | {"mentor"},
    "pairing:object": {"mentor", "apprentice"},  # who is in it
    "pairing:end": AGREES,
    "pairing:renew": AGREES,
    "pairing:replace": AGREES,
    "pairing:deputy": AGREES | {"mentor"},
    "pairing:ask": {"apprentice"},  # who learns
    "pairing:withdraw": {"apprentice"},  # who asked
    "pairing:see": RUNS,
    "pairing:settle": RUNS,
    "matching:new": AGREES,
    "matching:people": RUNS,
    "matching:about": EVERYBODY,  # one's own profile
    "matching:profiles": AGREES,
    "matching:travel": AGREES,
    "matching:state": {"apprentice"},  # whose seat it is
    "matching:propose": RUNS,
    "matching:mark": RUNS,
    "matching:ask": RUNS,
    "matching:close": RUNS,
    "matching:publish": RUNS,
    "matching:drop": RUNS,
    "curricula:new": HOLDS,
    "curricula:draft": HOLDS,
    "curricula:follow": HOLDS,
    "curricula:new_draft": HOLDS,
    "curricula:do_draft": HOLDS,
    "curricula:version": HOLDS,
    "curricula:coverage": HOLDS,
    "curricula:new_outcome": HOLDS,
    "curricula:outcome": HOLDS,
    "curricula:new_assessment": HOLDS,
    "curricula:assessment": HOLDS,
    "curricula:drop": HOLDS,
    "curricula:targets": HOLDS,
    "curricula:ask": HOLDS,
    "curricula:import_version": HOLDS,
    "curricula:import_cards": HOLDS,
    "curricula:new_card": HOLDS,
    "curricula:card": HOLDS,
    "curricula:move_card": HOLDS,
    "curricula:vote": {"trainer", "apprentice"},  # who is asked
    "curricula:remark": HOLDS | {"apprentice"},
    "curricula:settle": HOLDS,
    "curricula:do": HOLDS,  # of a draft; approving is tried beside its page
    "allowances:start": AGREES,
    "allowances:rules": AGREES,
    "allowances:references": AGREES,
    "allowances:template_new": AGREES,
    "allowances:do": RUNS,
    "allowances:correct": RUNS,
    "allowances:take": RUNS,
    "allowances:book_do": RUNS,
    "allowances:rule_new": RUNS,
    "allowances:rule_edit": RUNS,
    "allowances:template_edit": RUNS,
    "allowances:template_remove": RUNS,
    "allowances:answer": RUNS,
    "allowances:ask": {"mentor"},  # who is paid by the line
    "allowances:withdraw": {"mentor"},  # who asked
    "pilots:new": AGREES | {"officer"},
    "pilots:case_new": AGREES | {"officer"},
    **{
        f"pilots:{one}": RUNS | {"officer"}  # the pilot's office, and the one above it
        for one in (
            "case_edit",
            "case_move",
            "cycle_write",
            "take_back",
            "change",
            "plan",
            "change_pilot",
            "end",
            "begin",
            "changes",
            "reports",
        )
    },
    **{
        f"pilots:{one}": RUNS | {"officer", "trainer"} for one in ("give", "move", "at_hand")
    },  # whose step it is
    "subsidies:new": AGREES,
    "subsidies:supply": {"trainer"},  # who is asked
    "subsidies:copy": RUNS | {"officer"},
    "subsidies:claimed": AGREES | {"officer"},
    "subsidies:end_audit": {"officer"},
    "subsidies:find": {"auditor"},  # who is invited
    "subsidies:finding": {"hr"},
    "subsidies:fetch": set(),  # who asked for it; the archive of nobody here
    "subsidies:do": {"hr"},
    "subsidies:decide": {"officer"},
    "subsidies:hand_in": {"hr"},
    "subsidies:ask": {"hr"},
    "subsidies:complete": {"hr"},
    "subsidies:exclude": {"hr"},
    "subsidies:identities": {"hr"},
    "subsidies:invite": {"officer"},
    "subsidies:ask_pack": {"hr"},
    "mentoring:rules": AGREES,
    "mentoring:wording": AGREES,
    "mentoring:goal": AGREES | {"mentor", "apprentice"},
    "mentoring:reach": {"mentor"},  # who teaches
    "mentoring:drop": AGREES | {"mentor", "apprentice"},
    "mentoring:object": {"apprentice"},  # whose goal it is
    "mentoring:meet": {"mentor", "apprentice"},  # who is in the pair
    "mentoring:meeting": {"mentor", "apprentice"},
    "mentoring:confirm": {"mentor"},  # who did not write it
    "mentoring:talk": {"mentor", "apprentice"},
    "mentoring:agree": {"mentor", "apprentice"},
    "mentoring:close": {"mentor", "apprentice"},
    "mentoring:waive": AGREES | {"mentor"},
    "mentoring:product": {"mentor", "apprentice"},
    "mentoring:add": {"mentor", "apprentice"},
    "mentoring:show": AGREES | {"mentor", "apprentice"},
    "mentoring:agreement": AGREES | {"mentor"},
    "mentoring:graduation": AGREES | {"mentor"},
    "mentoring:thanks": {"mentor", "apprentice"},
    "care:report": HOLDS | {"hr", "mentor", "apprentice"},
    "care:incident_do": AGREES,
    "care:finish": {"mentor"},
    "care:complain": {"apprentice", "mentor"},
    "care:complaint_do": {"coordinator"},  # to whom it came
    "workdays:load": {"administrator"},
    "workdays:add": {"administrator"},
    "workdays:remove": {"administrator"},
    "hooks:list": {"administrator"},
    "hooks:test": {"administrator"},
    "hooks:switch": {"administrator"},
}


AGREED = {"do": "offer", "item": "agr-registered", "reason": "later", "number": "7", "read": "1"}
"""What the forms of agreements are sent; where one needs more, it is shown again."""


def _press(name: str, who: str, cast: Cast, sheet: SheetImport) -> int:
    here = SEATS.get(who, "lanchuan")
    contest = make_contest(cast).public_id if name.startswith("evaluation:") else ""
    log = furnish(cast) if name.startswith("logbook:") else {}
    layout = make_layout(cast).public_id if name.startswith("layouts:") else ""
    if name.startswith(("agreements:", "signing:", "partnership:")):
        made = make_agreements(cast)
        agreed = {
            "agreements:application": [made.application], "agreements:edit": [made.draft],
            "agreements:do": [made.draft, "void"], "agreements:withdraw_amendment": [made.amendment],
            "agreements:absence": [made.absence], "agreements:reason": [made.absence],
            "signing:sign": [made.document], "signing:link": [made.document],
            "partnership:edit": [made.cooperation], "partnership:do": [made.cooperation, "send"],
        }  # fmt: skip
        plain = name in {"agreements:new", "agreements:applications", "agreements:floors", "partnership:new"}
        ids = [] if plain else agreed.get(name, [made.agreement])
        client = Client()
        client.force_login(cast.people[who])
        form = AGREED | ({"do": "approve"} if name == "agreements:absence" else {})
        return client.post(reverse(name, args=[here, *ids]), form).status_code
    rotation = plan_a_rotation(cast) if name.startswith("training:") else None
    stay = rotation.stays.filter(enrolment=cast.enrolments["26001"]).last() if rotation else None
    line = make_attendance(cast)
    talk = talk_together(cast) if name.startswith("reviews:") else None
    review = talk.public_id if talk else ""
    judged = judge_together(cast) if name.startswith("judging:") else None
    mine = Rater.objects.filter(person=cast.people[who]).first() if judged else None
    bank = in_the_bank(cast) if name.startswith("exams:") else {}
    sat = sit_together(cast) if name.startswith(("sittings:", "candidacies:", "itemreport:")) else {}
    cut = set_a_standard(cast) if name.startswith("standards:") else {}
    plan = plan_papers(cast) if name.startswith("blueprints:") else {}
    paired = pair_up(cast) if name.startswith("pairing:") else {}
    matched = match_up(cast) if name.startswith("matching:") else {}
    charted = chart_a_trade(cast) if name.startswith("occupations:") else {}
    taught = teach_together(cast) if name.startswith("teaching:") else {}
    polled = ask_around(cast) if name.startswith("surveys:") else {}
    designed = design_together(cast) if name.startswith("curricula:") else {}
    paid = pay_up(cast) if name.startswith("allowances:") else {}
    listed = list_skills(cast) if name.startswith("frameworks:") else {}
    funded = fund_a_class(cast) if name.startswith("subsidies:") else {}
    goes = go_round(cast) if name.startswith("pilots:") else {}
    worked = work_in_a_pair(cast) if name.startswith("mentoring:") else {}
    appraised = appraise(cast) if name.startswith("appraisals:") else {}
    weighed = weigh_needs(cast) if name.startswith("needs:") else {}
    grown = grow(cast) if name.startswith("growth:") else {}
    incident, complaint = (None, None)
    if name.startswith("care:"):
        incident, complaint = look_after(cast)
    rest = {
        "occupations:new": [],
        **{f"occupations:{one}": [charted.get("occupation")] for one in ("edit", "begin")},
        **{
            f"occupations:{one}": [charted.get("chart")]
            for one in ("frame", "panel", "ask", "move", "lists", "board", "sheet")
        },
        "occupations:skills": [charted.get("chart"), charted.get("task")],
        "occupations:answer": [charted.get("asked")],
        **{f"teaching:{one}": [] for one in ("enter", "times", "away", "confirm", "peaks")},
        **{
            f"teaching:{one}": [taught.get("team")]
            for one in ("change", "plan", "lay", "end", "take_over", "enter_guest")
        },
        **{f"teaching:{one}": [taught.get("waiting")] for one in ("agree", "decline", "withdraw")},
        **{f"teaching:{one}": [taught.get("taught")] for one in ("return", "correct", "take_back")},
        **{f"curricula:{one}": [] for one in ("new", "new_card", "import_cards")},
        **{
            f"curricula:{one}": [designed.get("version")]
            for one in (
                "draft",
                "new_draft",
                "version",
                "coverage",
                "new_outcome",
                "new_assessment",
                "targets",
                "ask",
                "import_version",
            )
        },
        "curricula:follow": [designed.get("curriculum")],
        "curricula:do_draft": [designed.get("draft")],
        "curricula:outcome": [designed.get("version"), "measure"],
        "curricula:assessment": [designed.get("version"), "final_exam"],
        "curricula:drop": [designed.get("version"), "outcome", "measure"],
        "curricula:card": [designed.get("card")],
        "curricula:move_card": [designed.get("card"), "retire"],
        **{f"curricula:{one}": [designed.get("review")] for one in ("vote", "remark")},
        "curricula:settle": [designed.get("review"), designed.get("comment")],
        "curricula:do": [designed.get("version"), "retire"],
        "teaching:take_session": [taught.get("team"), "none"],
        "teaching:new": [cast.cohort.public_id, "basic_operations"],
        "teaching:withdraw_peak": [taught.get("peak")],
        "teaching:back": [taught.get("away")],
        "surveys:new": [],
        **{f"surveys:{one}": [polled.get("draft")] for one in ("words", "send", "open", "discard")},
        **{f"surveys:{one}": [polled.get("draft"), "like"] for one in ("question", "move", "remove")},
        **{
            f"surveys:{one}": [polled.get("survey")]
            for one in ("remind", "extend", "close", "answer", "wave")
        },
        **{f"surveys:{one}": [polled.get("closed")] for one in ("analyse", "publish")},
        **{f"pilots:{one}": [] for one in ("new", "case_new")},
        **{f"pilots:{one}": [goes.get("pilot")] for one in ("change_pilot", "end", "begin")},
        **{f"pilots:{one}": [goes.get("pilot"), 1] for one in ("changes", "reports")},
        **{f"pilots:{one}": [goes.get("step")] for one in ("give", "plan")},
        "pilots:move": [goes.get("step"), "waive"],
        "pilots:at_hand": [goes.get("step"), goes.get("case"), "keep"],
        "pilots:change": [goes.get("change"), "decline"],
        "pilots:take_back": [goes.get("given")],
        "pilots:case_edit": [goes.get("case")],
        "pilots:case_move": [goes.get("case"), "publish"],
        "pilots:cycle_write": [goes.get("cycle")],
        **{f"frameworks:{one}": [] for one in ("new", "imports")},
        **{f"frameworks:{one}": [listed.get("framework")] for one in ("describe", "levels", "add")},
        **{
            f"frameworks:{one}": [listed.get("framework"), listed.get("key")]
            for one in ("node", "move", "remove")
        },
        **{f"frameworks:{one}": [listed.get("sheet")] for one in ("check", "take", "discard")},
        **{
            f"frameworks:{one}": ["ilo-core-skills-2021", "ilo-core-work-skills-2013"]
            for one in ("crosswalk", "unmatch")
        },
        "frameworks:do": [listed.get("framework"), "publish"],
        **{f"subsidies:{one}": [] for one in ("new", "claimed")},
        "subsidies:supply": [funded.get("ask")],
        "subsidies:copy": [funded.get("scheme")],
        "subsidies:end_audit": [funded.get("audit")],
        "subsidies:find": [funded.get("audit")],
        "subsidies:finding": [funded.get("finding"), "answer"],
        "subsidies:fetch": [funded.get("pack")],
        "subsidies:do": [funded.get("draft"), "file"],
        "subsidies:decide": [funded.get("filed"), "register"],
        **{f"subsidies:{one}": [funded.get("draft"), "training_plan"] for one in ("hand_in", "ask")},
        **{
            f"subsidies:{one}": [funded.get("draft")]
            for one in ("complete", "exclude", "identities", "ask_pack")
        },
        "subsidies:invite": [funded.get("file")],
        **{f"mentoring:{one}": [] for one in ("rules", "wording")},
        **{f"mentoring:{one}": [worked.get("goal")] for one in ("reach", "drop", "object")},
        **{f"mentoring:{one}": [worked.get("meeting")] for one in ("meeting", "confirm")},
        **{
            f"mentoring:{one}": [worked.get("pair")]
            for one in (
                "goal",
                "meet",
                "talk",
                "agree",
                "close",
                "waive",
                "product",
                "add",
                "show",
                "agreement",
                "graduation",
                "thanks",
            )
        },
        "needs:new": [],
        "needs:do": [weighed.get("analysis")],
        "growth:check": [cast.enrolments["26001"].public_id],
        **{
            f"growth:{one}": [cast.enrolments["26001"].public_id, grown.get("skill")]
            for one in ("goal", "object")
        },
        "growth:end_goal": [grown.get("goal"), "reach"],
        "growth:answer": [grown.get("objection"), "uphold"],
        **{f"appraisals:{one}": [] for one in ("open", "scheme")},
        "appraisals:do": [appraised.get("round")],
        **{f"appraisals:{one}": [appraised.get("appraisal")] for one in ("read", "contest")},
        **{f"appraisals:{one}": [appraised.get("contest")] for one in ("answer", "withdraw")},
        "appraisals:give": [appraised.get("asked")],
        **{f"pairing:{one}": [] for one in ("new", "teachers", "rules")},
        **{f"allowances:{one}": [] for one in ("start", "rules", "references", "template_new")},
        **{f"allowances:{one}": [paid.get("run")] for one in ("do", "correct", "take")},
        **{f"allowances:{one}": [paid.get("book")] for one in ("book_do", "rule_new")},
        "allowances:rule_edit": [paid.get("book"), paid.get("rule")],
        **{f"allowances:{one}": [paid.get("template")] for one in ("template_edit", "template_remove")},
        **{f"allowances:{one}": [paid.get("question")] for one in ("answer", "withdraw")},
        "allowances:ask": [paid.get("line")],
        "pairing:take_over": [cast.cohort.public_id],
        **{f"pairing:{one}": [paired.get("waiting")] for one in ("accept", "decline")},
        **{
            f"pairing:{one}": [paired.get("pair")]
            for one in ("object", "end", "renew", "replace", "deputy", "ask")
        },
        **{f"pairing:{one}": [paired.get("wish")] for one in ("withdraw", "see", "settle")},
        **{f"matching:{one}": [] for one in ("new", "about", "profiles", "travel")},
        "matching:state": [matched.get("seat")],
        **{
            f"matching:{one}": [matched.get("row")]
            for one in ("people", "propose", "mark", "ask", "close", "publish", "drop")
        },
        "judging:rubric_new": [],
        "judging:rubric_edit": [judged.rubric if judged else ""],
        "judging:rubric_retire": [judged.rubric if judged else ""],
        "judging:plan": [cast.evaluation.public_id],
        "judging:excuse": [judged.rater if judged else ""],
        **{
            f"judging:{one}": [judged.practical if judged else ""]
            for one in ("publish", "ask", "move", "rate")
        },
        **{
            f"judging:{one}": [judged.practical if judged else "", cast.enrolments["26001"].public_id]
            for one in ("reopen", "exhibit")
        },
        "care:incident_do": [incident.public_id, "triage"] if incident else [],
        "care:finish": [incident.measures.get().public_id] if incident else [],
        "care:complaint_do": [complaint.public_id, "acknowledge"] if complaint else [],
        "training:draft": [cast.cohort.public_id],
        "training:units": [cast.cohort.public_id],
        "training:add_unit": [cast.cohort.public_id],
        "training:take_out_unit": [cast.cohort.public_id, "safety_first"],
        "training:add_stays": [cast.cohort.public_id],
        "training:publish": [cast.cohort.public_id],
        "training:undo": [cast.cohort.public_id, rotation.public_id if rotation else ""],
        "training:stay": [stay.public_id if stay else ""],
        "apprenticeships:open_evaluation": [cast.cohort.public_id],
        "progression:open": [cast.cohort.public_id, "junior_craftsman", "stage"],
        "progression:shape": [cast.cohort.public_id, "junior_craftsman", "stage"],
        "progression:note": [cast.enrolments["26001"].public_id, "stage"],
        "progression:waive": [cast.enrolments["26001"].public_id, "stage"],
        "programmes:edit": [cast.scheme.public_id],
        "evaluation:move": [cast.evaluation.public_id],
        "programmes:next_version": [cast.scheme.public_id],
        "programmes:retire": [cast.scheme.public_id],
        "sheets:upload": ["marks", cast.evaluation.public_id],
        "sheets:check": [sheet.public_id],
        "sheets:commit": [sheet.public_id],
        "sheets:discard": [sheet.public_id],
        "evaluation:decide": [cast.evaluation.public_id],
        "evaluation:correct": [cast.evaluation.public_id, cast.enrolments["26001"].public_id],
        "evaluation:raise": [cast.evaluation.public_id, cast.enrolments["26001"].public_id],
        "evaluation:uphold": [contest],
        "evaluation:correct_contested": [contest],
        "evaluation:withdraw": [contest],
        "sheets:undo": [sheet.public_id],
        "sheets:cancel": [sheet.public_id],
        "papers:ask": [cast.cohort.public_id],
        "papers:cancel": [make_run(cast) if name == "papers:cancel" else ""],
        "layouts:choose": [cast.evaluation.public_id],
        "layouts:check": [cast.evaluation.public_id, layout],
        "layouts:rename": [layout],
        "layouts:remove": [layout],
        "light:give": [cast.people["mentor"].public_id],
        "light:take_back": [cast.people["mentor"].public_id],
        "handing:mail": [make_handed(cast) if name == "handing:mail" else ""],
        "logbook:send_back": [log.get("entry")],
        "logbook:talk": [log.get("entry")],
        "logbook:settle": [log.get("version")],
        "learning:roll": [line.session.public_id],
        "learning:change": [line.session.public_id],
        "learning:settle": [line.public_id],
        "learning:cancel": [line.session.public_id],
        "learning:dispute": [line.public_id],
        "exams:new": ["single"],
        **{f"blueprints:{one}": [plan.get("blueprint")] for one in ("edit", "assemble")},
        "blueprints:do": [plan.get("assembly")],
        "blueprints:swap": [plan.get("assembly"), plan.get("letter"), plan.get("item")],
        "sittings:paper_move": [sat.get("paper")],
        **{
            f"sittings:{one}": [sat.get("candidate")]
            for one in ("seat", "on_paper", "sheet", "settle_sheet", "remove", "excuse")
        },
        "sittings:appeal": [sat.get("appeal")],
        "itemreport:keep": [sat.get("sitting")],
        **{
            f"sittings:{one}": [sat.get("sitting")]
            for one in (
                "invigilators",
                "move",
                "codes",
                "publish",
                "essays",
                "open_marks",
                "send_back",
                "sheets",
                "change",
                "terms",
                "add",
                "resit",
            )
        },
        "sittings:settle": [sat.get("sitting"), sat.get("essay")],
        "candidacies:appeal": [sat.get("sitting")],
        "candidacies:withdraw": [sat.get("sitting")],
        "standards:new": [],
        "standards:excuse": [cut.get("judge")],
        **{f"standards:{one}": [cut.get("study")] for one in ("open", "move", "invite", "adopt", "judge")},
        "exams:edit": [bank.get("item")],
        "exams:try": [bank.get("item")],
        "reviews:plan": [cast.cohort.public_id],
        "reviews:reach": [talk.goals.get().public_id if talk else ""],
        "hooks:test": [make_hook(cast).public_id if name.startswith("hooks:") else ""],
        "hooks:switch": [make_hook(cast).public_id if name.startswith("hooks:") else ""],
    }.get(name, [review] if review else [])
    form = {
        "stage": "junior_craftsman",
        "who": cast.enrolments["26001"].public_id,
        "confirmed": "1",
        "scheme": cast.scheme.public_id,
        "person": cast.people["classmate"].public_id,
        "enrolment": cast.enrolments["26001"].public_id,
        "answer": "It stands.",
        "reason": "It was counted wrong.",
        "item-final_exam": "76",
        "outcome": "agrees",
        "phrase": "more_detail",
        "revision": "2",
        "host": "jinheng",
        "first": "2026-08-03",
        "last": "2026-08-03",
        "country": "CN",
        "year": "2026",
        "made_id": str(uuid.uuid4()),
        "base": "2",
        f"mark-{cast.enrolments['26001'].public_id}": "present",
        "status": "absent",
        "paper": "training_record",
        "language": "zh",
        "form": "xlsx",
        "guardian": "陈建军",
        "purpose": "story",
        "do": {
            "training": "cancel",
            "exams": "retire",
            "standards": "close",
            "blueprints": "take",
            "appraisals": "show",
            "needs": "sign",
            "occupations": {"occupations:move": "retire", "occupations:panel": "remove"}.get(
                name, "take_out"
            ),
        }.get(name.split(":")[0], "give"),
        "zh": "告知书",
        "valid_from": "2026-09-14",
        "because": "The machines are in revision.",
        "what": "换刀时划伤手指。",
        "item": bank.get("item", "agr-registered"),
        "severity": "lost_time",
        "hurt": "apprentice",
        "occurred_at": "2026-09-14T08:00",
        "about": "situation",
        "matter": "other",
        "words": "没有人教。",
        "begins": "lanchuan" if who == "apprentice" else "jinheng",
        "session": line.session.public_id,
        "attendance": line.public_id,
        "place": "jinheng",
        "wish": "talk_first",
        "rater": mine.public_id if mine else "",
        "taught": taught.get("taught", ""),
        "skill-communication": "3",
        "proof": grown.get("proof", ""),
    }
    client = Client()
    client.force_login(cast.people[who])
    return client.post(reverse(name, args=[here, *rest]), form).status_code


@each_room(BUTTONS)
def test_a_button_is_for_those_whose_work_it_is(names: list[str], cast: Cast) -> None:
    """A room is furnished once; after each of its buttons everything stands again as it did."""
    sheet, name = make_sheet(cast), names[0]
    if name.startswith("evaluation:"):
        make_contest(cast)
    if name.startswith("logbook:"):
        furnish(cast)
    if name.startswith(("agreements:", "signing:", "partnership:")):
        make_agreements(cast)
    if name.startswith("care:"):
        with everywhere("a test furnishes a room"):
            look_after(cast)
    if name.startswith("exams:"):
        with everywhere("a test furnishes a room"):
            in_the_bank(cast)
    if name.startswith("blueprints:"):
        with everywhere("a test furnishes a room"):
            plan_papers(cast)
    if name.startswith(("sittings:", "candidacies:", "itemreport:")):
        with everywhere("a test furnishes a room"):
            sit_together(cast)
    if name.startswith("standards:"):
        with everywhere("a test furnishes a room"):
            set_a_standard(cast)
    make_attendance(cast)
    make_hook(cast)
    with everywhere("a test looks at everything"):
        if name.startswith("reviews:"):
            talk_together(cast)
        if name.startswith("judging:"):
            judge_together(cast)
        if name.startswith("pairing:"):
            pair_up(cast)
        if name.startswith("matching:"):
            match_up(cast)
        if name.startswith("teaching:"):
            teach_together(cast)
        if name.startswith("surveys:"):
            ask_around(cast)
        if name.startswith("occupations:"):
            chart_a_trade(cast)
        if name.startswith("curricula:"):
            design_together(cast)
        if name.startswith("allowances:"):
            pay_up(cast)
        if name.startswith("pilots:"):
            go_round(cast)
        if name.startswith("frameworks:"):
            list_skills(cast)
        if name.startswith("subsidies:"):
            fund_a_class(cast)
        if name.startswith("mentoring:"):
            work_in_a_pair(cast)
        if name.startswith("appraisals:"):
            appraise(cast)
        if name.startswith("needs:"):
            weigh_needs(cast)
        if name.startswith("growth:"):
            grow(cast)
        before = AuditEntry.objects.count()
        for one in names:
            place = transaction.savepoint()
            _pressed_by_everybody(one, cast, sheet, before)
            transaction.savepoint_rollback(place)


def _pressed_by_everybody(name: str, cast: Cast, sheet: SheetImport, before: int) -> None:
    refused = {who for who in EVERYBODY if _press(name, who, cast, sheet) in {403, 404}}
    assert refused >= EVERYBODY - BUTTONS[name], name
    if not name.startswith("signing:") and name not in {
        "programmes:edit",
        "apprenticeships:plan",
        "training:units",
    }:  # they show their form again
        assert refused.isdisjoint(BUTTONS[name]), name
    told = set(AuditEntry.objects.order_by("pk")[before:].values_list("person__username", flat=True))
    assert told <= {cast.people[who].username for who in BUTTONS[name]}, name
