"""Where the buttons of each room stand: the ids in their addresses, of rows that were furnished, and what is typed.

A room that comes along adds a function here, and its buttons to `test_posts.py`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from craftpath.domain.courses.models import Run
from craftpath.domain.judging.models import Rater
from craftpath.kernel.directory.groups import preview
from craftpath.kernel.sheets import SheetImport
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
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
    describe_places,
    design_together,
    draft_together,
    fund_a_class,
    furnish,
    give_on,
    go_round,
    grow,
    hand_over,
    help_early,
    hold_a_workshop,
    in_the_bank,
    judge_together,
    keep_doubles,
    learn_on_line,
    learn_together,
    lend,
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
    play_a_package,
    read_together,
    serve_a_point,
    serve_at_the_desk,
    set_a_standard,
    share,
    sit_together,
    stock_a_library,
    study_something,
    talk_together,
    teach_together,
    tell_a_story,
    tell_those_below,
    weigh_needs,
    work_in_a_pair,
    work_jointly,
)
from tests.house.making import (
    make_agreements,
    make_attendance,
    make_client,
    make_contest,
    make_delivery,
    make_directory_group,
    make_handed,
    make_hook,
    make_layout,
    make_run,
    make_sheet,
    make_sign_on,
)

Ids = dict[str, list[Any]]
AGREED = {"do": "offer", "item": "agr-registered", "reason": "later", "number": "7", "read": "1"}
"""What the forms of agreements are sent; where one needs more, it is shown again."""


@dataclass(frozen=True)
class Room:
    """page → the ids in its address, `usual` for all others; what its forms are sent besides, or instead."""

    ids: Ids = field(default_factory=dict)
    usual: list[Any] = field(default_factory=list)
    besides: Mapping[str, Any] = field(default_factory=dict)
    instead: Mapping[str, Any] | None = None


Furnisher = Callable[[Cast, str], Room]
PersonalFurnisher = Callable[[Cast, str, str], Room]
_ROOMS: dict[str, Furnisher] = {}
_PERSONAL: dict[str, PersonalFurnisher] = {}


def room_of(name: str, people: Iterable[str], cast: Cast) -> dict[str, Room]:
    """The room of a button, furnished once, as each of these people finds it."""
    room, _colon, page = name.partition(":")
    if room in _PERSONAL:
        return {who: _PERSONAL[room](cast, page, who) for who in people}
    return dict.fromkeys(people, _ROOMS[room](cast, page) if room in _ROOMS else Room())


def room(*names: str) -> Callable[[Furnisher], Furnisher]:
    """Register who furnishes these rooms, in which everybody finds the same."""

    def register(furnisher: Furnisher) -> Furnisher:
        _take(names)
        _ROOMS.update(dict.fromkeys(names, furnisher))
        return furnisher

    return register


def personal_room(*names: str) -> Callable[[PersonalFurnisher], PersonalFurnisher]:
    """Register who furnishes these rooms, in which not everybody finds the same."""

    def register(furnisher: PersonalFurnisher) -> PersonalFurnisher:
        _take(names)
        _PERSONAL.update(dict.fromkeys(names, furnisher))
        return furnisher

    return register


def _take(names: tuple[str, ...]) -> None:
    if taken := {*_ROOMS, *_PERSONAL} & set(names):
        raise TypeError(f"two furnish {taken}")


def each(pages: str, *ids: Any) -> Ids:
    """These pages with the same ids."""
    return {page: list(ids) for page in pages.split()}


# ---- Agreements, stages, hours -----------------------------------------------------------------------


@room("agreements", "signing")
def _agreements(cast: Cast, page: str) -> Room:
    made = make_agreements(cast)
    ids = {
        "application": [made.application], "do": [made.draft, "void"], "withdraw_amendment": [made.amendment],
        **each("absence reason", made.absence), **each("new applications floors"),
        **each("sign link", made.document),
    }  # fmt: skip
    form = AGREED | ({"do": "approve"} if page == "absence" else {})
    return Room(ids | {"edit": [made.draft]}, [made.agreement], instead=form)


@room("partnership")
def _partnership(cast: Cast, page: str) -> Room:
    made, draft = agree_together(cast), make_agreements(cast).cooperation
    ids = {
        "new": [], "edit": [draft], "do": [draft, "send"], "duty": [made["duty"], "do"],
        "withdraw_pledge": [made["pledge"]], "move": [made["contribution"], "confirm"], "agree": [made["book"]],
    }  # fmt: skip
    form = {"due": "2027-09-01"} if page == "duty" else {"do": "save"}
    return Room(ids, [made["cooperation"]], instead=form)


@room("committees")
def _committees(cast: Cast, page: str) -> Room:
    made = agree_together(cast)
    ids = {
        "change_seat": [made["seat"]], **each("add_item minutes", made["meeting"]),
        "do_meeting": [made["meeting"], "cancel"], "vote": [made["motion"]],
        "do_motion": [made["prepared"], "open"], "end_decision": [made["decision"], "tick"],
    }  # fmt: skip
    return Room(ids, [made["committee"]], instead={"voice": "yes"})


@room("training")
def _training(cast: Cast, page: str) -> Room:
    rotation, here = plan_a_rotation(cast), cast.cohort.public_id
    stay = rotation.stays.filter(enrolment=cast.enrolments["26001"]).last()
    ids = {
        **each("draft units add_unit add_stays publish", here), "take_out_unit": [here, "safety_first"],
        "undo": [here, rotation.public_id], "stay": [stay.public_id if stay else ""],
    }  # fmt: skip
    return Room(ids, besides={"do": "cancel"})


@room("apprenticeships")
def _apprenticeships(cast: Cast, page: str) -> Room:
    return Room({"open_evaluation": [cast.cohort.public_id]})


@room("progression")
def _progression(cast: Cast, page: str) -> Room:
    return Room(
        each("open shape", cast.cohort.public_id, "junior_craftsman", "stage")
        | each("note waive", cast.enrolments["26001"].public_id, "stage")
    )


@room("programmes")
def _programmes(cast: Cast, page: str) -> Room:
    return Room(each("edit next_version retire", cast.scheme.public_id))


@room("logbook")
def _logbook(cast: Cast, page: str) -> Room:
    log = furnish(cast)
    return Room(each("send_back talk", log["entry"]) | {"settle": [log["version"]]})


@room("learning")
def _learning(cast: Cast, page: str) -> Room:
    line = make_attendance(cast)
    return Room(each("roll change cancel", line.session.public_id) | each("settle dispute", line.public_id))


@room("reviews")
def _reviews(cast: Cast, page: str) -> Room:
    talk = talk_together(cast)
    ids = {"plan": [cast.cohort.public_id], "reach": [talk.goals.get().public_id]}
    return Room(ids, [talk.public_id])


@room("care")
def _care(cast: Cast, page: str) -> Room:
    incident, complaint = look_after(cast)
    ids = {
        "incident_do": [incident.public_id, "triage"],
        "finish": [incident.measures.get().public_id],
        "complaint_do": [complaint.public_id, "acknowledge"],
    }
    return Room(ids)


# ---- Marks, papers, sheets ---------------------------------------------------------------------------


@room("evaluation")
def _evaluation(cast: Cast, page: str) -> Room:
    here, apprentice = cast.evaluation.public_id, cast.enrolments["26001"].public_id
    return Room(
        each("move decide", here)
        | each("correct raise", here, apprentice)
        | each("uphold correct_contested withdraw", make_contest(cast).public_id)
    )


@room("sheets")
def _sheets(cast: Cast, page: str) -> Room:
    row = SheetImport.objects.first() or make_sheet(cast)
    ids = each("check commit discard undo cancel", row.public_id)
    return Room(ids | {"upload": ["marks", cast.evaluation.public_id]})


@room("papers")
def _papers(cast: Cast, page: str) -> Room:
    return Room({"ask": [cast.cohort.public_id], "cancel": [make_run(cast) if page == "cancel" else ""]})


@room("people")
def _people(cast: Cast, page: str) -> Room:
    made = keep_doubles(cast)
    ids = each("part make_one", made["pair"]) | {"make_two": [made["merge"]]}
    return Room(ids, besides={"stays": made["stays"], "because": "one person"})


@room("layouts")
def _layouts(cast: Cast, page: str) -> Room:
    layout, here = make_layout(cast).public_id, cast.evaluation.public_id
    return Room(
        {"choose": [here], "check": [here, layout], "many": [here, layout]} | each("rename remove", layout)
    )


@room("handing")
def _handing(cast: Cast, page: str) -> Room:
    return Room({"mail": [make_handed(cast) if page == "mail" else ""]})


@room("light")
def _light(cast: Cast, page: str) -> Room:
    return Room(each("give take_back", cast.people["mentor"].public_id))


@room("hooks")
def _hooks(cast: Cast, page: str) -> Room:
    hook = make_hook(cast)
    return Room(each("test switch secret", hook.public_id) | {"again": [hook.public_id, make_delivery(hook)]})


@room("tokens")
def _tokens(cast: Cast, page: str) -> Room:
    return Room(each("change", make_client(cast).public_id), besides={"do": "revoke"})


@room("directory")
def _directory(cast: Cast, page: str) -> Room:
    group = make_directory_group(cast)
    with everywhere("a test looks at everything"):
        seen = preview(group, "trainer", AT).digest
    return Room(each("decide", group.public_id), besides={"role": "trainer", "seen": seen})


@room("signons")
def _sign_ons(cast: Cast, page: str) -> Room:
    return Room(each("provider switch groups count", make_sign_on(cast).public_id), besides={"state": "off"})


@room("points")
def _points(cast: Cast, page: str) -> Room:
    made = serve_a_point(cast)
    return Room({"new": [], "clash": [made["clash"]]} | each("make take meet revoke", made["point"]))


@personal_room("judging")
def _judging(cast: Cast, page: str, who: str) -> Room:
    judged = judge_together(cast)
    mine = Rater.objects.filter(person=cast.people[who]).first()
    ids = {
        "rubric_new": [], "plan": [cast.evaluation.public_id], "excuse": [judged.rater],
        **each("rubric_edit rubric_retire", judged.rubric), **each("publish ask move rate", judged.practical),
        **each("reopen exhibit", judged.practical, cast.enrolments["26001"].public_id),
    }  # fmt: skip
    return Room(ids, besides={"rater": mine.public_id if mine else ""})


# ---- Examinations ------------------------------------------------------------------------------------


@room("exams")
def _exams(cast: Cast, page: str) -> Room:
    item = in_the_bank(cast)["item"]
    return Room({"new": ["single"]} | each("edit try", item), besides={"item": item, "do": "retire"})


@room("blueprints")
def _blueprints(cast: Cast, page: str) -> Room:
    plan = plan_papers(cast)
    ids = {"do": [plan["assembly"]], "swap": [plan["assembly"], plan["letter"], plan["item"]]}
    return Room(ids | each("edit assemble", plan["blueprint"]), besides={"do": "take"})


@room("sittings", "itemreport")
def _sittings(cast: Cast, page: str) -> Room:
    sat = sit_together(cast)
    ids = {
        "paper_move": [sat["paper"]], "appeal": [sat["appeal"]], "keep": [sat["sitting"]],
        "settle": [sat["sitting"], sat["essay"]],
        **each("seat on_paper sheet settle_sheet remove excuse", sat["candidate"]),
        **each("invigilators move codes publish essays open_marks send_back sheets change terms add resit",
               sat["sitting"]),
    }  # fmt: skip
    return Room(ids)


@room("candidacies")
def _candidacies(cast: Cast, page: str) -> Room:
    return Room(each("appeal withdraw", sit_together(cast)["sitting"]))


@room("standards")
def _standards(cast: Cast, page: str) -> Room:
    cut = set_a_standard(cast)
    ids = {"new": [], "excuse": [cut["judge"]], **each("open move invite adopt judge", cut["study"])}
    return Room(ids, besides={"do": "close"})


# ---- People who teach --------------------------------------------------------------------------------


@room("pairing")
def _pairing(cast: Cast, page: str) -> Room:
    paired = pair_up(cast)
    ids = {
        **each("new teachers rules"), "take_over": [cast.cohort.public_id],
        **each("accept decline", paired["waiting"]), **each("withdraw see settle", paired["wish"]),
        **each("object end renew replace deputy ask", paired["pair"]),
    }  # fmt: skip
    return Room(ids)


@room("matching")
def _matching(cast: Cast, page: str) -> Room:
    matched = match_up(cast)
    ids = {"state": [matched["seat"]], **each("people propose mark ask close publish drop", matched["row"])}
    return Room(ids | each("new about profiles travel"))


@room("mentoring")
def _mentoring(cast: Cast, page: str) -> Room:
    worked = work_in_a_pair(cast)
    pages = "goal meet talk agree close waive product add show agreement graduation thanks"
    ids = {
        **each("rules wording"), **each(pages, worked["pair"]), **each("reach drop object", worked["goal"]),
        **each("meeting confirm", worked["meeting"]),
    }  # fmt: skip
    return Room(ids)


@room("teaching")
def _teaching(cast: Cast, page: str) -> Room:
    taught = teach_together(cast)
    ids = {
        **each("enter times away confirm peaks"), **each("agree decline withdraw", taught["waiting"]),
        **each("change plan lay end take_over enter_guest", taught["team"]),
        **each("return correct take_back", taught["taught"]), "take_session": [taught["team"], "none"],
        "new": [cast.cohort.public_id, "basic_operations"], "withdraw_peak": [taught["peak"]],
        "back": [taught["away"]],
    }  # fmt: skip
    return Room(ids, besides={"taught": taught["taught"]})


@room("appraisals")
def _appraisals(cast: Cast, page: str) -> Room:
    appraised = appraise(cast)
    ids = {
        **each("open scheme"), "do": [appraised["round"]], "give": [appraised["asked"]],
        **each("read contest", appraised["appraisal"]), **each("answer withdraw", appraised["contest"]),
    }  # fmt: skip
    return Room(ids, besides={"do": "show"})


@room("allowances")
def _allowances(cast: Cast, page: str) -> Room:
    paid = pay_up(cast)
    ids = {
        **each("start rules references template_new"), **each("do correct take", paid["run"]),
        **each("book_do rule_new", paid["book"]), "rule_edit": [paid["book"], paid["rule"]],
        **each("template_edit template_remove", paid["template"]), **each("answer withdraw", paid["question"]),
        "ask": [paid["line"]],
    }  # fmt: skip
    return Room(ids)


@room("subsidies")
def _subsidies(cast: Cast, page: str) -> Room:
    funded = fund_a_class(cast)
    ids = {
        **each("new claimed"), "supply": [funded["ask"]], "copy": [funded["scheme"]], "fetch": [funded["pack"]],
        **each("end_audit find", funded["audit"]), "finding": [funded["finding"], "answer"],
        "do": [funded["draft"], "file"], "decide": [funded["filed"], "register"], "invite": [funded["file"]],
        **each("hand_in ask", funded["draft"], "training_plan"),
        **each("complete exclude identities ask_pack", funded["draft"]),
    }  # fmt: skip
    return Room(ids)


# ---- What is taught ----------------------------------------------------------------------------------


@room("surveys")
def _surveys(cast: Cast, page: str) -> Room:
    polled = ask_around(cast)
    ids = {
        "new": [], **each("words send open discard", polled["draft"]),
        **each("question move remove", polled["draft"], "like"),
        **each("remind extend close answer wave", polled["survey"]), **each("analyse publish", polled["closed"]),
    }  # fmt: skip
    return Room(ids)


@room("needs")
def _needs(cast: Cast, page: str) -> Room:
    return Room({"new": [], "do": [weigh_needs(cast)["analysis"]]}, besides={"do": "sign"})


@room("occupations")
def _occupations(cast: Cast, page: str) -> Room:
    charted = chart_a_trade(cast)
    ids = {
        "new": [], **each("edit begin", charted["occupation"]), "answer": [charted["asked"]],
        **each("frame panel ask move lists board sheet", charted["chart"]),
        "skills": [charted["chart"], charted["task"]],
    }  # fmt: skip
    return Room(ids, besides={"do": {"move": "retire", "panel": "remove"}.get(page, "take_out")})


@room("curricula")
def _curricula(cast: Cast, page: str) -> Room:
    designed = design_together(cast)
    version = designed["version"]
    pages = "draft new_draft version coverage new_outcome new_assessment targets ask import_version"
    ids = {
        **each("new new_card import_cards"), **each(pages, version), "follow": [designed["curriculum"]],
        "do_draft": [designed["draft"]], "do": [version, "retire"], "outcome": [version, "measure"],
        "assessment": [version, "final_exam"], "drop": [version, "outcome", "measure"],
        "card": [designed["card"]], "move_card": [designed["card"], "retire"],
        **each("vote remark", designed["review"]), "settle": [designed["review"], designed["comment"]],
    }  # fmt: skip
    return Room(ids, besides={"do": {"version": "out:quality", "settle": "resolve"}.get(page, "give")})


@room("frameworks")
def _frameworks(cast: Cast, page: str) -> Room:
    listed = list_skills(cast)
    ids = {
        **each("new imports"), **each("describe levels add", listed["framework"]),
        **each("node move remove", listed["framework"], listed["key"]),
        **each("check take discard", listed["sheet"]), "do": [listed["framework"], "publish"],
        **each("crosswalk unmatch", "ilo-core-skills-2021", "ilo-core-work-skills-2013"),
    }  # fmt: skip
    return Room(ids)


@room("growth")
def _growth(cast: Cast, page: str) -> Room:
    grown, apprentice = grow(cast), cast.enrolments["26001"].public_id
    ids = {
        "check": [apprentice], **each("goal object", apprentice, grown["skill"]),
        "end_goal": [grown["goal"], "reach"], "answer": [grown["objection"], "uphold"],
    }  # fmt: skip
    return Room(ids, besides={"proof": grown["proof"]})


@room("study")
def _study(cast: Cast, page: str) -> Room:
    made, apprentice = study_something(cast), cast.enrolments["26001"].public_id
    ids = {
        "practise": [apprentice], **each("diagnose anyway override object", apprentice, made["skill"]),
        "lift": [made["override"]], "answer_objection": [made["objection"], "reject"],
        **each("answer stop", made["diagnosis"]), "answer_set": [made["practice"]],
    }  # fmt: skip
    return Room(ids, besides={"made_id": str(uuid.uuid4()), "version": made["posed"]})


@room("support")
def _support(cast: Cast, page: str) -> Room:
    made = help_early(cast)
    ids = {
        "help": [made["enrolment"]], "act": [made["act"], "look"], "correct": [made["sign"]],
        "answer": [made["correction"], "reject"], "switch": [made["model"], "off"], "fit": [],
    }  # fmt: skip
    besides = {
        "kind": "talk", "words": "一", "answer": "一", "outcome": "better", "look_on": str(TODAY + timedelta(days=9)),
        "made_id": str(uuid.uuid4()),
    }  # fmt: skip
    return Room(ids, besides=besides)


@room("pilots")
def _pilots(cast: Cast, page: str) -> Room:
    goes = go_round(cast)
    ids = {
        **each("new case_new"), **each("change_pilot end begin", goes["pilot"]),
        **each("changes reports", goes["pilot"], 1), **each("give plan", goes["step"]),
        "move": [goes["step"], "waive"], "at_hand": [goes["step"], goes["case"], "keep"],
        "change": [goes["change"], "decline"], "take_back": [goes["given"]], "case_edit": [goes["case"]],
        "case_move": [goes["case"], "publish"], "cycle_write": [goes["cycle"]],
    }  # fmt: skip
    return Room(ids)


@room("places")
def _places(cast: Cast, page: str) -> Room:
    describe_places(cast)
    return Room({**each("edit seats", "lanchuan")})


@room("directives")
def _directives(cast: Cast, page: str) -> Room:
    told = tell_those_below(cast)
    ids = {
        "new": [], **each("change publish", told["draft"]), "remove_file": [told["draft"], told["file"]],
        "do": [told["directive"], "remind"], "answer": [told["directive"], "lanchuan"],
    }  # fmt: skip
    return Room(ids, usual=[told["directive"]])


@room("bulletins")
def _bulletins(cast: Cast, page: str) -> Room:
    made = make_bulletins(cast)
    ids = {
        "new": [], **each("look voices", made["bulletin"]), "block": [made["bulletin"], "lead"],
        "picture": [made["bulletin"], "lead_picture"], "move": [made["bulletin"], "compose"],
        "voice_move": [made["voice"], "leave"], "reword": [made["voice"]], "answer": [made["voice"], "agree"],
    }  # fmt: skip
    return Room(ids)


@room("stories")
def _stories(cast: Cast, page: str) -> Room:
    told = tell_a_story(cast)
    ids = {
        "new": [], **each("report", told["comment"]), "moderate": [told["comment"], "hide"],
        "answer": [told["question"]],
        "tell": [told["story"], "advice"], **each("details recording picture agree", told["film"]),
        "drop": [told["film"], "recording"], "move": [told["film"], "hand-in"], **each("comment ask", told["story"]),
    }  # fmt: skip
    return Room(ids)


@room("catalogues")
def _catalogues(cast: Cast, page: str) -> Room:
    has = classify(cast)
    ids = {"new": [], "pairs": [], "unpair": [has["pair"]], "move": [has["taken"]]}
    return Room(ids, besides={"do": "take", "code_isco": "7212", "code_cn": "6-18-01-01", "kind": "related"})


@room("studio")
def _studio(cast: Cast, page: str) -> Room:
    has, given = draft_together(cast), give_on(cast)
    ids = {
        "new": [], "edit": [has["draft"]], **each("move comment try decide vote", has["version"]),
        "write": [has["writing"], "skills"], "publish": [has["adopted"]], **each("evidence end", has["trial"]),
        "take": [given["of_another"]], "withdraw": [given["project"]],
    }  # fmt: skip
    return Room(ids, besides={"do": "next", "cohort": cast.cohort.public_id, "starts_on": "2026-09-14"})


@room("outside")
def _outside(cast: Cast, page: str) -> Room:
    made = count_from_outside(cast)
    ids = {"new": [], "change": [made["mapping"], "stop"], "column": [made["column"]]}
    return Room(ids, besides={"name": "x"})


@room("packages")
def _packages(cast: Cast, page: str) -> Room:
    made = play_a_package(cast)
    row, course = made["package"], made["course"]
    ids = {
        "new": [], **each("details commit", row), "move": [row, "retire"], "open": [course, "1"],
        "waive": [course, "1", made["registration"]], "abandon": [course, made["session"]],
    }  # fmt: skip
    return Room(ids, besides={"title_zh": "车削", "because": "考过"})


@room("tools")
def _tools(cast: Cast, page: str) -> Room:
    made = open_doors(cast)
    tool, platform = [made["tool"]], [made["platform"]]
    ids = {
        **each("new new_platform keys"), "tool": tool, "change": tool, "choose": tool, "chosen": tool,
        "move": [*tool, "stop"], "change_platform": platform, "move_platform": [*platform, "stop"],
        "roster": [*platform, made["entry"]], "launch": [made["run"], made["activity"]],
    }  # fmt: skip
    course = Run._base_manager.get(public_id=made["run"]).course.public_id
    return Room(ids, besides={"title": "Overhead weld", "course": course, "do": "follow"})


@room("resources")
def _resources(cast: Cast, page: str) -> Room:
    made = stock_a_library(cast)
    row = made["resource"]
    ids = {
        **each("new confirm catalogues"), **each("details version review star", row), "move": [row, "retire"],
        "settle": [made["pair"]], "source_move": [made["source"], "stop"],
        "suggestion_move": [made["suggestion"], "decline"],
    }  # fmt: skip
    besides = {
        "title_zh": "平角焊", "licence": "ccby", "kind": "document", "language": "zh", "reach": "own", "stars": "4",
        "keep": row, "holds": ["correct", "clear", "usable", "rights"], "link": "https://films.example/2",
        "made_id": str(uuid.uuid4()),
    }  # fmt: skip
    return Room(ids, besides=besides)


@room("questions")
def _questions(cast: Cast, page: str) -> Room:
    asked = ask_a_master(cast)
    ids = {
        **each("ask similar promise"), **each("answer change", asked["question"]),
        "do": [asked["question"], "hide"], "answer_do": [asked["answer"], "endorse"],
        "change_answer": [asked["answer"]], "decide": [asked["report"], "dismiss"],
        "hiding": [asked["hiding"], "lift"],
    }  # fmt: skip
    return Room(ids, besides={"name_to": "everybody", "text": "怎么调？", "revision": "1", "workdays": "3"})


@room("courses")
def _courses(cast: Cast, page: str) -> Room:
    made = learn_on_line(cast)
    course, run = made["course"], made["run"]
    ids = {
        **each("new drop"), **each("details look start files", course), "arrival": [made["arrival"]],
        "part": [course, "up"], "move": [course, "archive"], "edit": [course, made["page"]],
        "captions": [course, made["film"]], "settle": [made["hand_in"], "done"],
        **each("follow days", run), "run_move": [run, "end"], "newer": [run, 2],
        **each("opened done", run, made["page"]), "quiz": [run, made["quiz"]], "tick": [run, made["checklist"]],
        "hand_in": [run, made["assignment"]], "confirm": [run, made["checklist"]],
        "session": [run, made["live"]], "question": [made["try"], 1],
    }  # fmt: skip
    besides = {"key": made["unit"], "person": made["person"], "points": "mask", "title_zh": "一"}
    return Room(ids, besides=besides)


@personal_room("forums")
def _forums(cast: Cast, page: str, who: str) -> Room:
    made = meet_and_talk(cast)
    place = made["held"] if who == "trainer" else made["meeting"]
    ids = {
        "new": [], **each("begin edit plan suggest", made["forum"]), "do": [made["forum"], "follow"],
        "change_meeting": [made["meeting"]], "meeting_do": [place, "hold" if place == made["held"] else "come"],
        "takeaway_do": [made["takeaway"], "done"], "topic_do": [made["topic"], "support"],
        "post": [made["thread"]], "thread_do": [made["thread"], "pin"], "change_post": [made["post"]],
        "post_do": [made["post"], "hide"], "decide": [made["report"], "dismiss"], "hiding": [made["hiding"], "lift"],
    }  # fmt: skip
    return Room(ids, besides={"text": "怎么调？", "title": "立焊", "words": "气孔", "revision": "2"})


@room("reading")
def _reading(cast: Cast, page: str) -> Room:
    made = read_together(cast)
    ids = {
        "new": [], **each("edit add_text club", made["row"]), "do": [made["row"], "join"],
        "drop_text": [made["unread"]], "confirm": [made["record"], "confirm"], "note_do": [made["note"], "share"],
    }  # fmt: skip
    return Room(ids, [made["text"]], besides={"title": "天工开物", "licence": "public_domain", "pages": "1"})


@room("groups")
def _groups(cast: Cast, page: str) -> Room:
    made = learn_together(cast)
    ids = {
        **each("new topics propose rule"), **each("change invite notes task", made["group"]),
        **each("end confirm", made["ended"]),
        "session_do": [made["session"], "cancel"], "presence_do": [made["presence"], "there"],
        "swap_do": [made["swap"], "agree"], "task_do": [made["task"], "finish"],
        "request_do": [made["group"], made["member"], "admit"], "do": [made["ended"], "sign"],
    }  # fmt: skip
    besides = {
        "goal": "读图", "until": "2026-11-25", "weekday": "2", "time": "16:30", "every_weeks": "1", "minutes": "60",
        "offers_words": "TIG", "revision": "1", "text": "二", "words": "画图", "because": "放假", "fewest": "2",
        "most": "5", "result": "会了", "reached": "yes",
    }  # fmt: skip
    return Room(ids, besides=besides)


@room("sharing")
def _sharing(cast: Cast, page: str) -> Room:
    made = share(cast)
    ids = {
        "new": ["roster"],
        "edit": [made["draft"]],
        "do": [made["rule"], "revoke"],
        "file": [made["rule"], "csv"],
    }
    return Room(ids, [made["rule"]])


# ---- What is used and run together -------------------------------------------------------------------


@room("bookings")
def _bookings(cast: Cast, page: str) -> Room:
    made = lend(cast)
    ids = {
        "new": [], "reopen": [made["closure"]], "booking_do": [made["booking"], "decline"],
        "move": [made["thing"], "retire"],
    }  # fmt: skip
    return Room(ids, [made["thing"]])


@room("certificates")
def _certificates(cast: Cast, page: str) -> Room:
    made = certify(cast)
    ids = {
        **each("new rotate"), "change": [made["draft"]], "kind_move": [made["kind"], "follow"],
        "due": [made["kind"]], "batch_move": [made["batch"], "cancel"], "print": [made["batch"]],
        "revoke_key": [made["key"]],
        "move": [made["certificate"], "revoke"],
    }  # fmt: skip
    return Room(ids)


@room("ventures")
def _ventures(cast: Cast, page: str) -> Room:
    made = work_jointly(cast)
    ids = {
        "new": [made["cooperation"]], "milestone_do": [made["milestone"], "reach"], "unpoint": [made["pointer"]],
        "release": [made["charge"]], "add": [made["venture"], "log"], "move": [made["venture"], "stop"],
    }  # fmt: skip
    return Room(ids, [made["venture"]])


@room("credits")
def _credits(cast: Cast, page: str) -> Room:
    made = bank_credits(cast)
    ids = {
        **each("look ask prior rules new preset"), "decide": [made["request_id"]],
        "move": [made["request_id"], "check"], "look_for": [made["account"]], "back": [made["entry"]],
        "end_rule": [made["rule"]], "change": [made["diploma"]], "add": [made["diploma"], "area"],
        "end": [made["diploma"], "area", "major"], "diploma_move": [made["diploma"], "retire"],
    }  # fmt: skip
    return Room(ids, besides={"preset": "cn_example", "title_zh": "一"})


@room("indicators")
def _indicators(cast: Cast, page: str) -> Room:
    made = count_many(cast)
    return Room({"publish": [made["indicator"], "withdraw"]})


@room("protection")
def _protection(cast: Cast, page: str) -> Room:
    made = ask_about_oneself(cast)
    typed = {
        "words": "三项相加。", "found_at": "2026-09-13T08:00", "what": "名单发错", "kinds": "手机号", "harm": "骚扰",
        "title": "定位", "occasion": "other", "use": "一", "need": "二", "risks": "三", "measures": "四",
        "made_id": str(uuid.uuid4()), "outcome": "go", "review_on": (TODAY + timedelta(days=90)).isoformat(),
    }  # fmt: skip
    ids = {
        **each("new_assessment new_breach"), "decide": [made["asked"], "answer"],
        "do_assessment": [made["assessment"], "decide"], "do_breach": [made["breach"], "assess"],
    }  # fmt: skip
    return Room(ids, besides=typed)


@room("claims")
def _claims(cast: Cast, page: str) -> Room:
    made = bring_certificates(cast)
    ids = {
        **each("new issuers"), "drop_issuer": [made["issuer"]], "drop_evidence": [made["evidence"]],
        "own": [made["claim"], "withdraw"], "decide": [made["claim"], "verify"],
    }  # fmt: skip
    return Room(ids, [made["claim"]])


@room("handover")
def _handover(cast: Cast, page: str) -> Room:
    ids = {**each("ask county take"), "fetch": [hand_over(cast)["handover"]]}
    return Room(ids, besides={"code": "330106", "receiver": "省厅", "purpose": "监测", "source": "湖"})


@room("offers")
def _offers(cast: Cast, page: str) -> Room:
    made = serve_at_the_desk(cast)
    one = made["request_id"]
    ids = {**each("new promise"), **each("edit say give_link", one), "move": [one, "withdraw"]}
    return Room(ids, besides={"kind": "training", "title": "安全培训", "to": "", "promise_days": "3"})


@room("accreditation")
def _accreditation(cast: Cast, page: str) -> Room:
    made = serve_at_the_desk(cast)
    ids = {
        **each("place_new rule"), **each("line visit invite give_link", made["registration"]),
        "move": [made["registration"], "suspend"], "place_move": [made["place"], "suspend"], "apply": [],
        "application_move": [made["application"], "decline"],
    }  # fmt: skip
    return Room(ids, besides={"line": "safety", "do": "accept", "level": "warn", "workers": "2"})


@room("passport")
def _passport(cast: Cast, page: str) -> Room:
    return Room({}, [carry_along(cast)["waiting"]], besides={"do": "refuse", "because": "别人的"})


@room("workshops")
def _workshops(cast: Cast, page: str) -> Room:
    made = hold_a_workshop(cast)
    row = made["workshop"]
    ids = {
        "new": [], **each("change copy many invite desk meeting new_poll", row), "add": [row, "speaker"],
        "drop": [row, "speaker", made["speaker"]], "item": [row, made["item"]],
        **{one: [row, made["registration"]] for one in ("one", "withdraw")},
        "tick": [row, made["registration"], "undo"], "poll": [row, made["poll"], "close"],
        "question": [row, made["question"], "answer"], "case": [row, made["case"], "accept"],
        **each("certificates print thank", made["held"]), "revoke": [made["held"], made["certificate"]],
        "move": [row, "close"],
    }  # fmt: skip
    besides = {
        "title_zh": "研讨会", "time_zone": "Asia/Shanghai", "share": "80", "name": "周敏", "source": made["held"],
        "day": made["day"], "organisation_name": "渝江机械", "kind": "enterprise", "place": "online",
        "lines": "周敏, zhou@example.com, 重庆",
    }  # fmt: skip
    return Room(ids, besides=besides)
