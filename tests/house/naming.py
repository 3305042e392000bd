"""What the addresses of each room name: ids of rows that were furnished for it, once in a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
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
    stand_at_a_gate,
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
    make_notice,
    make_run,
    make_sheet,
    make_sign_on,
)

Values = dict[str, Any]
CONTESTED = "evaluation, contested"
"""The room of the pages that are there once a result is decided."""
OVERVIEW = "overview"
"""The rooms that show what all others keep."""


def values_of(room: str, cast: Cast) -> Values:
    """Furnish the room; what its addresses name, by the words in their patterns."""
    with everywhere("a test looks at everything"):
        return _usual(cast) | (_ROOMS[room](cast) if room in _ROOMS else {})


def named(name: str, values: Values) -> Values:
    """The values for one address: some name another row than the rest of their room, or do something else to it."""
    others = {word: values[other] for word, other in _OTHER_ROWS.get(name, {}).items()}
    return values | others | _OTHER_WORDS.get(name, {})


def _usual(cast: Cast) -> Values:
    mark = Mark.objects.filter(enrolment=cast.enrolments["26001"]).first()
    assert mark is not None
    return {
        "organisation": cast.college.key,
        "cohort": cast.cohort.public_id,
        "evaluation": cast.evaluation.public_id,
        "enrolment": cast.enrolments["26001"].public_id,
        "scheme": cast.scheme.public_id,
        "mark": mark.public_id,
        "item": mark.item,
        "sheet": make_sheet(cast).public_id,
        "kind": "marks",
        "target": cast.evaluation.public_id,
        "form": "csv",
        "person": cast.people["trainer"].public_id,
        "notice": make_notice().public_id,
        "layout": make_layout(cast).public_id,
        "token": "no-such-invitation",
        "verb": "send",
        "pk": 1,
        "language": "en",
        "unit": "safety_first",
        "order": 1,
        "picture": "none",
        "file": "none",
    }


def _agreements(cast: Cast) -> Values:
    return vars(make_agreements(cast))


def _training(cast: Cast) -> Values:
    pattern = plan_a_rotation(cast)
    stay = pattern.stays.filter(enrolment=cast.enrolments["26001"]).first()
    assert stay is not None
    return {"pattern": pattern.public_id, "stay": stay.public_id}


def _progression(cast: Cast) -> Values:
    return {"stage": "junior_craftsman", "kind": "stage", "passage": stand_at_a_gate(cast).public_id}


def _reviews(cast: Cast) -> Values:
    review = talk_together(cast)
    return {"review": review.public_id, "goal": review.goals.get().public_id}


def _learning(cast: Cast) -> Values:
    line = make_attendance(cast)
    return {"attendance": line.public_id, "session": line.session.public_id}


def _courses(cast: Cast) -> Values:
    made = learn_on_line(cast)
    return made | {"quiz": made["try"], "order": 1, "number": 2, "file": made["picture"], "verb": "up"}


def _subsidies(cast: Cast) -> Values:
    made = fund_a_class(cast)
    return made | {"uploaded": made["paper"], "paper": "training_plan"}  # what the scheme asks for


def _itemreport(cast: Cast) -> Values:
    made = sit_together(cast)
    return made | {"item": made["asked"], "name": "figures.csv"}


def _care(cast: Cast) -> Values:
    incident, complaint = look_after(cast)
    measure = incident.measures.get()
    return {
        "incident": incident.public_id, "complaint": complaint.public_id, "measure": measure.public_id,
    }  # fmt: skip


def _workshops(cast: Cast) -> Values:
    made = hold_a_workshop(cast)
    return made | {"what": "speaker", "one": made["speaker"], "number": 1, "verb": "close"}


def _overview(cast: Cast) -> Values:
    make_agreements(cast)
    hook = make_hook(cast)
    made = {"hook": hook.public_id, "delivery": make_delivery(hook), "client": make_client(cast).public_id}
    launch = {"session": play_a_package(cast)["session"], "secret": "no-such-secret"}
    return furnish(cast) | keep_doubles(cast) | made | launch


def _tokens(cast: Cast) -> Values:
    return {"client": make_client(cast).public_id}


def _directory(cast: Cast) -> Values:
    return {"group": make_directory_group(cast).public_id}


def _sign_on(cast: Cast) -> Values:
    return {"provider": make_sign_on(cast).public_id}


_ROOMS: dict[str, Callable[[Cast], Values]] = {
    "tokens": _tokens,
    "directory": _directory,
    **dict.fromkeys(("signon", "signons"), _sign_on),
    **dict.fromkeys(("agreements", "signing"), _agreements),
    **dict.fromkeys(("partnership", "committees"), agree_together),
    "allowances": pay_up,
    "appraisals": appraise,
    "blueprints": plan_papers,
    "bulletins": lambda cast: make_bulletins(cast) | {"verb": "compose"},
    "bulletin": lambda cast: make_bulletins(cast) | {"number": 1},
    "bookings": lambda cast: lend(cast) | {"verb": "approve"},
    **dict.fromkeys(("candidacies", "sittings"), sit_together),
    "care": _care,
    **dict.fromkeys(("accreditation", "offers", "register"), serve_at_the_desk),
    CONTESTED: lambda cast: {"contest": make_contest(cast).public_id},
    "catalogues": classify,
    "courses": _courses,
    "curricula": design_together,
    "directives": tell_those_below,
    "exams": lambda cast: in_the_bank(cast) | {"kind": "single"},
    "forums": meet_and_talk,
    "frameworks": list_skills,
    "groups": learn_together,
    **dict.fromkeys(("indicators", "figures"), count_many),
    "growth": lambda cast: grow(cast) | {"verb": "reach"},
    "handing": lambda cast: {"link": make_handed(cast)},
    "itemreport": _itemreport,
    "judging": lambda cast: vars(judge_together(cast)),
    "learning": _learning,
    "logbook": furnish,
    "matching": match_up,
    "mentoring": work_in_a_pair,
    "needs": lambda cast: weigh_needs(cast) | {"name": "needs.csv"},
    "occupations": chart_a_trade,
    OVERVIEW: _overview,
    "outside": count_from_outside,
    **dict.fromkeys(("protection", "requests"), ask_about_oneself),
    "packages": play_a_package,
    **dict.fromkeys(("tools", "lti"), open_doors),
    "pairing": pair_up,
    "papers": lambda cast: {"review": talk_together(cast).public_id, "run": make_run(cast)},
    **dict.fromkeys(("places", "at"), describe_places),
    **dict.fromkeys(("passport", "record", "shown"), lambda cast: carry_along(cast) | {"form": "csv"}),
    "pilots": lambda cast: go_round(cast) | {"verb": "keep"},
    "points": serve_a_point,
    **dict.fromkeys(("people", "accounts"), keep_doubles),
    "progression": _progression,
    "questions": ask_a_master,
    "reading": read_together,
    "resources": lambda cast: stock_a_library(cast) | {"verb": "retire"},
    "reviews": _reviews,
    "sharing": share,
    "standards": set_a_standard,
    **dict.fromkeys(("stories", "told"), lambda cast: tell_a_story(cast) | {"verb": "hand-in"}),
    "projects": give_on,
    "studio": draft_together,
    "study": lambda cast: study_something(cast) | {"verb": "reject"},
    **dict.fromkeys(("support", "said"), help_early),
    "subsidies": _subsidies,
    "surveys": ask_around,
    "teaching": teach_together,
    "training": _training,
    "credits": lambda cast: (
        bank_credits(cast) | {"verb": "check", "form": "csv", "what": "area", "key": "major"}
    ),
    "handover": hand_over,
    "claims": lambda cast: bring_certificates(cast) | {"verb": "verify"},
    "certificates": lambda cast: certify(cast) | {"verb": "revoke"},
    **dict.fromkeys(
        ("verify", "keys", "mine"), lambda cast: certify(cast) | {"place": "lanchuan", "number": 1}
    ),
    "ventures": lambda cast: work_jointly(cast) | {"verb": "start", "what": "log"},
    **dict.fromkeys(("workshops", "workshop"), _workshops),
}
_OTHER_ROWS = {
    **dict.fromkeys(
        ("directives:change", "directives:publish", "directives:file", "directives:remove_file"),
        {"directive": "draft"},
    ),
    **dict.fromkeys(("courses:tick", "courses:confirm"), {"activity": "checklist"}),
    "courses:session": {"activity": "live"},
    "bulletin:picture": {"picture": "public_picture"},
    "ventures:photo": {"venture": "finished"},
    "passport:settle": {"arrival": "waiting"},
    "certificates:change": {"kind": "draft"},
    **dict.fromkeys(("groups:confirm", "groups:file"), {"group": "ended"}),
    **dict.fromkeys(("occupations:answer", "occupations:results"), {"chart": "asked"}),
    **{f"stories:{page}": {"story": "film"} for page in ("recording", "picture", "details", "captions")},
    **{f"packages:{page}": {"package": "course"} for page in ("open", "part", "waive", "abandon")},
    "studio:write": {"version": "writing"},
    "studio:publish": {"version": "adopted"},
    "subsidies:paper": {"paper": "uploaded"},
    **dict.fromkeys(("workshop:shelved", "workshop:shelf_file"), {"case": "shelved"}),
    "workshop:case_again": {"case": "returned"},
    **dict.fromkeys(
        ("workshops:certificate", "workshops:print", "workshops:thank", "workshops:revoke"),
        {"workshop": "held"},
    ),
}
_OTHER_WORDS = {
    "indicators:journeys_file": {"form": "funnel"},
    "indicators:publish": {"form": "withdraw"},
    "support:answer": {"verb": "uphold"},
    "support:switch": {"verb": "off"},
    "said:do": {"verb": "withdraw"},
    "committees:do_meeting": {"verb": "cancel"},
    "occupations:codes": {"kind": "isco-08"},
    "resources:sheet": {"form": "csv"},
    "committees:do_motion": {"verb": "withdraw"},
    "committees:end_decision": {"verb": "tick"},
    "bookings:move": {"verb": "retire"},
    "bulletins:answer": {"verb": "agree"},
    "bulletins:block": {"place": "lead"},
    "bulletins:picture": {"place": "lead_picture"},
    "bulletins:voice_move": {"verb": "ask"},
    "claims:own": {"verb": "withdraw"},
    "protection:do_assessment": {"verb": "decide"},
    "protection:do_breach": {"verb": "assess"},
    "credits:diploma_move": {"verb": "open"},
    "ventures:milestone_do": {"verb": "reach"},
    "certificates:kind_move": {"verb": "follow"},
    "certificates:batch_move": {"verb": "cancel"},
    "workshops:case": {"verb": "accept"},
    "workshops:question": {"verb": "answer"},
    "workshops:tick": {"verb": "in"},
    "courses:move": {"verb": "archive"},
    "directives:do": {"verb": "remind"},
    "courses:run_move": {"verb": "end"},
    "courses:settle": {"verb": "done"},
    "partnership:duty": {"verb": "do"},
    "partnership:move": {"verb": "confirm"},
    "accreditation:move": {"verb": "suspend"},
    "accreditation:place_move": {"verb": "suspend"},
    "accreditation:application_move": {"verb": "decline"},
    "offers:move": {"verb": "withdraw"},
    "reply:file": {"message": "no-such-message"},  # the link is none, and nothing behind it is looked for
    "pilots:case_move": {"verb": "withdraw"},
    "resources:source_move": {"verb": "stop"},
    "resources:suggestion_move": {"verb": "decline"},
    "stories:moderate": {"verb": "hide"},
}
