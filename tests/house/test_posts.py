"""What each role may press: everybody else's POST is refused at the door and writes nothing."""

from __future__ import annotations

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.house.addresses import each_room
from tests.house.making import make_attendance, make_hook
from tests.house.visitors import seat_of, signed_in, undone
from tests.house.where import Room, room_of

RUNS = {"coordinator", "administrator"}
MARKS = RUNS | {"trainer"}
HOLDS = RUNS | {"trainer"}
EDITS = RUNS | {"officer"}
WRITES = RUNS | {"trainer", "assessor"}
ASKS = HOLDS | {"mentor", "apprentice"}
AGREES = RUNS | {"hr"}
EVERYBODY = MARKS | {"hr", "officer", "auditor", "assessor", "mentor", "apprentice"}
SHOWN_AGAIN = {"programmes:edit", "apprenticeships:plan", "training:units"}
"""They show their form again."""
UNNAMED = {
    "curricula:vote", "curricula:remark", "forums:meeting_do", "reading:confirm", "groups:confirm",
    "accreditation:give_link",
}  # fmt: skip
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
    "people:doubles": RUNS,
    "people:look": RUNS,
    "people:part": RUNS,
    "people:make_one": RUNS,
    "people:make_two": RUNS,
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
    **{
        f"partnership:{one}": AGREES | {"officer"}  # every side, and whoever is above it
        for one in (
            "new",
            "edit",
            "do",
            "take_duty",
            "agree",
            "give",
            "give_booked",
            "pledge",
            "rules",
            "found",
            "issue",
        )
    },
    **{f"partnership:{one}": {"hr", "officer"} for one in ("duty", "withdraw_pledge")},  # whose side it is
    "partnership:move": RUNS | {"officer"},  # another side than the giver
    "partnership:costs": {"hr"},  # the enterprise itself
    **{
        f"committees:{one}": AGREES | {"officer"}
        for one in ("end", "seat", "plan", "minutes", "do_meeting", "new_motion", "decide")
    },
    "committees:change_seat": {"hr", "officer"},  # whose side it is
    "committees:add_item": AGREES | {"officer", "trainer", "mentor"},  # who sits in it, and its offices
    "committees:vote": AGREES | {"mentor"},  # who has a vote, and a deputy
    "committees:do_motion": {"coordinator"},  # the chair
    "committees:end_decision": {"coordinator", "hr", "mentor"},  # the chair, the owner, the owner's deputy
    "bookings:new": AGREES,
    **{
        f"bookings:{one}": RUNS for one in ("change", "close", "move", "reopen", "booking_do")
    },  # of the college
    "bookings:book": AGREES | {"trainer", "mentor"},
    **{f"ventures:{one}": AGREES for one in ("new", "change", "finish", "move")},
    **{
        f"ventures:{one}": AGREES | {"trainer"} for one in ("add", "milestone_do", "unpoint")
    },  # who is in charge
    **{
        f"certificates:{one}": RUNS | {"officer"}  # of the college, and whoever is above it
        for one in ("change", "kind_move", "due", "batch_move", "print", "move")
    },
    **{f"certificates:{one}": AGREES | {"officer"} for one in ("new", "rotate")},  # each for its own house
    "certificates:revoke_key": {"administrator"},
    "ventures:release": RUNS,  # each side its own people
    **{f"credits:{one}": EVERYBODY for one in ("look", "ask", "prior")},  # for oneself
    **{f"credits:{one}": HOLDS for one in ("move", "look_for")},
    **{
        f"credits:{one}": RUNS
        for one in (
            "decide",
            "back",
            "rules",
            "end_rule",
            "new",
            "preset",
            "change",
            "add",
            "end",
            "diploma_move",
        )
    },
    "indicators:publish": RUNS | {"officer"},
    **{f"support:{one}": {"coordinator", "trainer", "mentor"} for one in ("help", "act")},
    **{f"support:{one}": {"coordinator"} for one in ("correct", "answer", "fit", "switch")},
    "claims:new": EVERYBODY,  # the own ones
    **{
        f"protection:{one}": {"administrator"}
        for one in ("decide", "new_assessment", "do_assessment", "new_breach", "do_breach")
    },
    **{
        f"claims:{one}": {"apprentice"} for one in ("change", "own", "add_evidence", "drop_evidence")
    },  # whose it is
    **{f"claims:{one}": RUNS | {"officer"} for one in ("decide", "issuers")},
    "claims:drop_issuer": RUNS,  # of the college's own list
    **{f"handover:{one}": {"officer", "administrator"} for one in ("ask", "county", "take", "fetch")},
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
    "layouts:many": HOLDS | {"auditor"},  # who sees people of the cohort as a table, where the layout serves
    "layouts:rename": RUNS,
    "layouts:remove": RUNS,
    "papers:ask": HOLDS | {"hr", "auditor", "mentor"},  # who sees people of the cohort as a table
    "papers:cancel": {"coordinator"},  # who asked for it
    "logbook:week": {"apprentice"},
    "logbook:confirm": {"mentor", "trainer"},
    "logbook:observe": {"mentor", "trainer"},
    "logbook:send_back": {"mentor", "trainer"},  # who helps
    "logbook:talk": {"mentor", "trainer"},
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
    **{
        f"study:{one}": {"apprentice"}
        for one in ("diagnose", "practise", "anyway", "object", "answer", "stop", "answer_set")
    },
    **{f"study:{one}": RUNS | {"mentor"} for one in ("override", "lift", "answer_objection")},  # who helps
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
    **{
        f"studio:{one}": EDITS
        for one in (
            "new",
            "edit",
            "move",
            "write",
            "try",
            "vote",
            "decide",
            "publish",
            "evidence",
            "end",
            "take",
            "withdraw",
        )
    },
    "studio:comment": EDITS | {"trainer", "hr"},  # who drafts along
    **{f"catalogues:{one}": EDITS for one in ("new", "pairs", "unpair", "move")},
    "bulletins:new": AGREES | {"officer"},
    **{
        f"bulletins:{one}": EDITS
        for one in ("look", "block", "picture", "move", "voices", "voice_move", "reword")
    },
    "bulletins:answer": {"apprentice"},  # whose words they are
    "stories:new": AGREES | {"trainer", "mentor"},
    **{
        f"stories:{one}": {"mentor", "hr"}  # who tells it, and the office of the place
        for one in ("tell", "details", "recording", "picture", "drop", "move")
    },
    "stories:agree": {"mentor"},  # who tells it
    "stories:answer": {"mentor"},  # who was asked
    "stories:moderate": {"hr"},
    **{f"stories:{one}": EVERYBODY for one in ("comment", "ask", "report")},  # whoever sees it
    "outside:new": RUNS,
    "outside:change": RUNS,
    "outside:column": MARKS,
    **{f"packages:{one}": HOLDS for one in ("new", "details", "move", "waive", "abandon")},
    **{
        f"resources:{one}": HOLDS for one in ("details", "version", "move")
    },  # who brought it in, and the office
    **{f"resources:{one}": HOLDS | {"mentor"} for one in ("new", "confirm")},
    "resources:review": RUNS | {"mentor"},  # a second person
    "resources:star": EVERYBODY - {"trainer", "hr"},  # whoever sees it and did not bring it in
    **{f"resources:{one}": RUNS for one in ("settle", "catalogues", "source_move", "suggestion_move")},
    **{
        f"tools:{one}": RUNS
        for one in (
            "new",
            "change",
            "move",
            "keys",
            "new_platform",
            "change_platform",
            "move_platform",
            "roster",
        )
    },
    **{f"tools:{one}": HOLDS for one in ("tool", "choose", "chosen")},
    "tools:launch": HOLDS | {"apprentice"},  # whoever learns, and whoever looks after the course
    **{
        f"packages:{one}": EVERYBODY - {"hr"} for one in ("commit", "open")
    },  # whoever plays it: of the enterprise only who works with the class
    **{f"questions:{one}": ASKS for one in ("ask", "similar", "answer")},
    "questions:answer_do": {"coordinator", "trainer", "mentor"},  # who vouches
    **{f"questions:{one}": RUNS for one in ("do", "decide", "hiding", "promise")},
    **{f"questions:{one}": {"apprentice"} for one in ("change", "change_answer")},  # whose it is
    **{
        f"courses:{one}": HOLDS  # who writes, and looks after those who follow
        for one in (
            "new",
            "drop",
            "arrival",
            "details",
            "part",
            "move",
            "look",
            "start",
            "files",
            "captions",
            "edit",
            "settle",
            "days",
            "run_move",
            "newer",
            "session",
        )
    },
    **{
        f"courses:{one}": {"apprentice"}  # who learns
        for one in ("follow", "opened", "done", "quiz", "hand_in", "tick", "question")
    },
    "courses:confirm": {"mentor"},  # whose apprentice it is
    **{
        f"groups:{one}": HOLDS | {"apprentice"}
        for one in (
            "new",
            "propose",
            "session_do",
            "presence_do",
            "change",
            "invite",
            "end",
            "request_do",
        )
    },
    **{
        f"groups:{one}": {"apprentice"} for one in ("topics", "swap_do", "task_do", "task", "notes", "do")
    },  # who is in it
    "groups:confirm": HOLDS,
    "groups:rule": RUNS,
    "passport:settle": RUNS,
    "workshops:new": AGREES | {"officer"},
    **{
        f"workshops:{one}": RUNS | {"officer"}  # the office that holds it, and the one above it
        for one in (
            "change",
            "copy",
            "add",
            "drop",
            "item",
            "many",
            "invite",
            "one",
            "withdraw",
            "desk",
            "meeting",
            "tick",
            "new_poll",
            "poll",
            "question",
            "case",
            "certificates",
            "print",
            "thank",
            "revoke",
            "move",
        )
    },  # fmt: skip
    **{f"forums:{one}": ASKS for one in ("begin", "suggest", "post", "do", "meeting_do", "topic_do")},
    **{f"forums:{one}": HOLDS for one in ("new", "edit", "plan", "change_meeting", "thread_do")},
    **{f"forums:{one}": RUNS for one in ("post_do", "decide", "hiding")},
    "forums:takeaway_do": HOLDS | {"apprentice"},  # who took it on, and the host
    "forums:change_post": {"apprentice"},  # whose it is
    **{f"reading:{one}": ASKS for one in ("note", "record", "do")},
    **{
        f"reading:{one}": HOLDS
        for one in ("new", "edit", "add_text", "edit_text", "drop_text", "club", "confirm")
    },
    "reading:note_do": {"apprentice"},  # whose it is
    "sharing:new": AGREES | {"officer"},
    "sharing:edit": RUNS,  # whose draft it is
    "sharing:do": AGREES,  # both sides
    "sharing:look": {"hr"},  # the receiver's office
    "sharing:file": {"hr"},
    **dict.fromkeys(("offers:new", "offers:say"), AGREES | {"officer"}),
    **dict.fromkeys(
        ("offers:edit", "offers:move", "offers:give_link"), {"hr", "officer"}
    ),  # who asked, the desk
    "offers:promise": {"officer"},
    **{
        f"accreditation:{one}": {"officer"}
        for one in (
            "line",
            "visit",
            "invite",
            "give_link",
            "move",
            "place_new",
            "place_move",
            "rule",
            "application_move",
        )
    },
    "accreditation:apply": {"hr"},  # the enterprise itself
    **{f"places:{one}": RUNS | {"officer"} for one in ("edit", "seats")},  # the office, and the one above it
    **{f"places:{one}": AGREES | {"officer"} for one in ("travel", "outline")},
    "directives:new": AGREES | {"officer"},
    **{
        f"directives:{one}": RUNS | {"officer"}
        for one in ("change", "correct", "publish", "withdraw", "do", "remove_file")
    },
    **{f"directives:{one}": HOLDS for one in ("open", "understood", "answer")},  # whom it reaches
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
    "points:new": RUNS,
    "points:make": HOLDS,
    "points:take": HOLDS,
    "points:meet": HOLDS,
    "points:clash": HOLDS,
    "points:revoke": RUNS,
    "tokens:list": {"administrator"},
    "directory:decide": {"administrator"},
    "signons:list": {"administrator"},
    "signons:provider": {"administrator"},
    "signons:switch": {"administrator"},
    "signons:groups": {"administrator"},
    "signons:count": {"administrator"},
    "tokens:change": {"administrator"},
    "hooks:list": {"administrator"},
    "hooks:test": {"administrator"},
    "hooks:switch": {"administrator"},
    "hooks:secret": {"administrator"},
    "hooks:again": {"administrator"},
}


def _typed(who: str, cast: Cast) -> dict[str, Any]:
    """What the forms of all rooms are sent; each takes what it knows."""
    line = make_attendance(cast)
    return {
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
        "do": "give",
        "zh": "告知书",
        "valid_from": "2026-09-14",
        "because": "The machines are in revision.",
        "what": "换刀时划伤手指。",
        "item": "agr-registered",
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
        "skill-communication": "3",
    }


@each_room(list(BUTTONS))
def test_a_button_is_for_those_whose_work_it_is(names: list[str], cast: Cast) -> None:
    """A room is furnished once; after each press everything stands again as it did, so that all press the same."""
    with everywhere("a test looks at everything"):
        rooms = {name: room_of(name, EVERYBODY, cast) for name in names}
        make_hook(cast)
        typed = {who: _typed(who, cast) for who in EVERYBODY}
        clients = {who: signed_in(cast, who) for who in sorted(EVERYBODY)}
        before = AuditEntry.objects.count()
        for name, room in rooms.items():
            for who, client in clients.items():
                with undone(client):
                    _pressed(name, who, client, room[who], typed[who])
                    _told_by_nobody_else(name, who, before, cast)


def _pressed(name: str, who: str, client: Client, room: Room, typed: dict[str, Any]) -> None:
    """Somebody presses it: whoever may is let in, and nobody else."""
    page = name.partition(":")[2]
    there = reverse(name, args=[seat_of(who), *room.ids.get(page, room.usual)])
    form = {**typed, **room.besides} if room.instead is None else room.instead
    refused = client.post(there, form).status_code in {403, 404}
    if who not in BUTTONS[name]:
        assert refused, (name, who)
    elif not name.startswith("signing:") and name not in SHOWN_AGAIN:
        assert not refused, (name, who)


def _told_by_nobody_else(name: str, who: str, before: int, cast: Cast) -> None:
    """What the history tells of the press, whoever pressed it has done, and it is their work."""
    told = set(AuditEntry.objects.order_by("pk")[before:].values_list("person__username", flat=True))
    # An apprentice is not named; what a host or leader confirms is handed down by the house;
    # a mail goes out by itself.
    told -= {None} if name in UNNAMED else set()
    assert told <= ({cast.people[who].username} if who in BUTTONS[name] else set()), (name, who)
