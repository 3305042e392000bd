"""Every address: a nobody is sent to sign in, a stranger gets 404, a GET writes nothing, and insiders get an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from craftpath.delivery.exchange.trial import book_of, first_reading, target_of
from craftpath.domain.agreements import actions as agreements
from craftpath.domain.agreements.models import Absence, Agreement, Amendment, Application
from craftpath.domain.evaluation.actions import basis_of, decide_results, raise_contest
from craftpath.domain.evaluation.models import Contest, Mark, ResultVersion
from craftpath.domain.learning.models import Attendance
from craftpath.domain.partnership.models import Cooperation
from craftpath.kernel.access import system
from craftpath.kernel.hooks import Hook, add_hook
from craftpath.kernel.layouts import Layout, keep_layout, try_layout
from craftpath.kernel.links import Purpose, SignedLink, make_link
from craftpath.kernel.notices import Notice, load_notice
from craftpath.kernel.printruns import PrintRun
from craftpath.kernel.sheets import SheetImport, read_sheet_as, take_sheet
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.domain.agreements import agreed
from tests.domain.partnership import test_cooperation as cooperating
from tests.exchange.layouts import workbook
from tests.house.furnishing import (
    appraise,
    ask_a_master,
    ask_around,
    call_the_roll,
    chart_a_trade,
    design_together,
    fund_a_class,
    furnish,
    go_round,
    grow,
    in_the_bank,
    judge_together,
    learn_on_line,
    learn_together,
    list_skills,
    look_after,
    match_up,
    meet_and_talk,
    pair_up,
    pay_up,
    plan_a_rotation,
    plan_papers,
    play_a_package,
    read_together,
    set_a_standard,
    sit_together,
    stand_at_a_gate,
    study_something,
    talk_together,
    teach_together,
    tell_a_story,
    weigh_needs,
    work_in_a_pair,
)

# Who may come without signing in, and why.
PUBLIC = {
    "account_login",
    "links:sign",  # the same, and a code besides
    "links:pdf",
    "accounts:invitation",  # a link that somebody was given; it asks for itself whether it serves
    "account_logout",  # asks for a POST and ends nothing for a nobody
    "shell:language",
    "shell:theme",
    "shell:health",
    "start:form",
    "calendars:feed",  # a secret address that a calendar reads; a wrong one is 404
    "demo:sign_in",
    "demo:sample",
    "components:gallery",
    "desks:mine",  # sends a nobody to sign in itself
    "guardians:answer",  # a link that a guardian was given; it asks for its code itself
    "hall:enter",  # a code from a slip; the pages behind it ask for it themselves
    "hall:paper",
    "hall:question",
    "hall:hand_in",
    "hall:picture",
    "hall:file",
    "hall:add_file",
    "survey:enter",  # a link of a survey, which whoever holds it answers
    "told:wall",  # what masters let everybody see, without an account
    "told:story",
    "told:file",
    "told:captions",
    "trade:answer",  # a link for workers who answer about a chart; it asks for itself whether it serves
    "guest:enter",  # a link that a mentor was given; it asks for its code itself
    "offline:worker",
    "offline:manifest",
    "offline:nowhere",  # what a device keeps says nothing of anybody
}


def _walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}", entry


CONTESTED = {
    "evaluation:contest",
    "evaluation:uphold",
    "evaluation:correct_contested",
    "evaluation:withdraw",
    "evaluation:raise",
    "evaluation:correct",
}  # their pages are there once a result is decided
NAMES = sorted({name for name, _ in _walk(get_resolver())})
INSIDE = [
    name
    for name, pattern in _walk(get_resolver())
    if name not in PUBLIC and ":" in name and not name.startswith(("accounts", "calendars", "components"))
]


def by_room(names: Iterable[str]) -> dict[str, list[str]]:
    """The names of each room: what a room needs is set up once for all of its addresses."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.rpartition(":")[0] or "site", []).append(name)
    return found


def each_room(names: Iterable[str]) -> pytest.MarkDecorator:
    """One test for each room; it gets the names."""
    rooms = by_room(names)
    return pytest.mark.parametrize("names", list(rooms.values()), ids=list(rooms))


@pytest.fixture
def sheet(cast: Cast) -> SheetImport:
    """A sheet on its way in."""
    return make_sheet(cast)


def make_sheet(cast: Cast) -> SheetImport:
    """Upload a small sheet of marks, as a coordinator does."""
    with everywhere("a test looks at everything"):
        sheet = take_sheet(
            content="学号,姓名,出勤\n26001,陈雨桐,91\n".encode(),
            name="marks.csv",
            kind="marks",
            target=Ref("evaluation", "evaluation", cast.evaluation.public_id),
            reading={},
            organisation=cast.college,
            by=cast.actor("coordinator"),
            at=AT,
        )
        reading = first_reading(book_of(sheet), target_of(sheet)).as_json()
        return read_sheet_as(sheet, reading=reading, by=cast.actor("coordinator"), at=AT)


def make_notice() -> Notice:
    """The site's own privacy notice."""
    load_notice(by=system(), at=AT)
    return Notice.objects.get(organisation=None)


def make_trial(cast: Cast, content: bytes) -> str:
    """Upload a layout that is only looked at so far."""
    with everywhere("a test looks at everything"):
        by = cast.actor("coordinator")
        tried = try_layout(content=content, filename="b.xlsx", organisation=cast.college, by=by, at=AT)
        return tried.public_id


def make_layout(cast: Cast) -> Layout:
    """Let a small layout be kept, once."""
    with everywhere("a test looks at everything"):
        by, content = cast.actor("coordinator"), workbook({"A1": "{name}", "B1": "{total}"})
        tried = try_layout(content=content, filename="a.xlsx", organisation=cast.college, by=by, at=AT)
        return keep_layout(tried, name="Our form", replace=True, by=by, at=AT)


def make_contest(cast: Cast) -> Contest:
    """Decide the apprentice's result, once, and let it be contested."""
    with everywhere("a test looks at everything"):
        standing = Contest.objects.first()
        if standing is not None:
            return standing
        coordinator = cast.actor("coordinator")
        decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=coordinator, at=AT)
        version = ResultVersion.objects.get(enrolment=cast.enrolments["26001"])
        return raise_contest(version, words="Please look again.", by=cast.actor("apprentice"), at=AT)


@dataclass
class Agreed:
    """Public ids of one of each that agreements know."""

    agreement: str
    amendment: str
    absence: str
    application: str
    cooperation: str
    document: str
    draft: str
    waiting: str


def make_agreements(cast: Cast) -> Agreed:
    """An active agreement with an amendment and an absence, a draft, an application, a cooperation; once."""
    with everywhere("a test looks at everything"):
        active = Agreement.objects.filter(state="active").first() or agreed.active(cast)
        amendment = Amendment.objects.first() or agreements.amend_agreement(
            active, written=agreed.written(cast, terms=agreed.terms(weekly_hours="38")), enterprise=cast.jinheng,
            takes_effect_on=agreed.START, reason="Shorter weeks", by=agreed.hr(cast), at=AT,
        )  # fmt: skip
        absence = Absence.objects.first() or agreements.request_absence(
            active, kind="illness", starts_on=agreed.START, ends_on=agreed.START, reason="x",
            by=cast.actor("apprentice"), at=AT,
        )  # fmt: skip
        application = Application.objects.first() or agreements.apply_for_place(
            cast.cohort, agreements.Newcomer("周芷若"), enterprise=cast.jinheng, by=agreed.hr(cast), at=AT
        )
        draft = Agreement.objects.filter(state="draft").first() or agreed.draft(cast, "26002")
        waiting = Agreement.objects.filter(state="awaiting_signatures").first() or agreements.send_agreement(
            agreed.draft(cast, "26005"), by=agreed.hr(cast), at=AT
        )
        cooperation = Cooperation.objects.first() or cooperating.write(cast)
        assert active.document is not None
        return Agreed(
            active.public_id, amendment.public_id, absence.public_id, application.public_id,
            cooperation.public_id, active.document.public_id, draft.public_id, waiting.public_id,
        )  # fmt: skip


def make_attendance(cast: Cast) -> Attendance:
    """The apprentice's line in a session whose roll was called, once; there is an objection to it."""
    with everywhere("a test looks at everything"):
        if not Attendance.objects.exists():
            call_the_roll(cast)
        return Attendance.objects.select_related("session").get(enrolment__number="26001")


def make_handed(cast: Cast) -> str:
    """A link that the coordinator gave to a mentor, once."""
    with everywhere("a test looks at everything"):
        person = cast.people["mentor"]
        handed = SignedLink.objects.first() or make_link(
            Ref("kernel", "person", person.public_id), purpose=Purpose.CONFIRM, name=person.name,
            organisation=cast.college, person=person, by=cast.actor("coordinator"), at=timezone.now(),
        ).link  # fmt: skip
        return handed.public_id


def make_run(cast: Cast, who: str = "coordinator") -> str:
    """A print run that waits, of the coordinator or of somebody else, once."""
    with everywhere("a test looks at everything"):
        person = cast.people[who]
        standing = PrintRun.objects.filter(asked_by=person).first()
        run = standing or PrintRun.objects.create(
            asked_in=cast.college, asked_by=person, asked_at=AT, key="k",
            subject=str(Ref("apprenticeships", "cohort", cast.cohort.public_id)),
            wanted={"paper": "training_record", "language": "zh", "form": "pdf", "period": "all"},
        )  # fmt: skip
        return run.public_id


def make_hook(cast: Cast) -> Hook:
    """A web hook of the college, once."""
    with everywhere("a test looks at everything"):
        standing = Hook.objects.first()
        return standing or add_hook(
            cast.college, name="Group", shape="plain", address="https://bot.invalid/x", topics=["log"],
            by=cast.actor("administrator"), at=AT,
        )  # fmt: skip


def _address(name: str, cast: Cast, sheet: SheetImport) -> str:
    """The address of a page that is there; what a room needs for that is set up once in a test."""
    values = cast.places.setdefault((name.partition(":")[0], name in CONTESTED), {})
    if not values:
        values |= _values(name, cast, sheet)
    wanted = [pattern for known, pattern in _walk(get_resolver()) if known == name][0]
    # The organisation stands in the part above; the rest in the pattern itself.
    names = set(wanted.pattern.converters)
    for kwargs in (names | {"organisation"}, names):
        try:
            return reverse(name, kwargs={key: values[key] for key in kwargs})
        except Exception:  # noqa: BLE001, S112
            continue
    raise AssertionError(f"no address for {name} with {names}")


def _values(name: str, cast: Cast, sheet: SheetImport) -> dict[str, Any]:
    with everywhere("a test looks at everything"):
        mark = Mark.objects.filter(enrolment=cast.enrolments["26001"]).first()
    assert mark is not None
    values: dict[str, Any] = {
        "organisation": cast.college.key,
        "cohort": cast.cohort.public_id,
        "evaluation": cast.evaluation.public_id,
        "enrolment": cast.enrolments["26001"].public_id,
        "scheme": cast.scheme.public_id,
        "mark": mark.public_id,
        "item": mark.item,
        "sheet": sheet.public_id,
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
    if name.startswith("logbook:"):
        values |= furnish(cast)
    if name.startswith("handing:"):
        values["link"] = make_handed(cast)
    if name.startswith("training:"):
        with everywhere("a test looks at everything"):
            pattern = plan_a_rotation(cast)
            stay = pattern.stays.filter(enrolment=cast.enrolments["26001"]).first()
        assert stay is not None
        values |= {"pattern": pattern.public_id, "stay": stay.public_id}
    if name.startswith(("agreements:", "signing:", "partnership:")):
        made = make_agreements(cast)
        values |= {
            "agreement": made.agreement, "amendment": made.amendment, "absence": made.absence,
            "application": made.application, "cooperation": made.cooperation, "document": made.document,
        }  # fmt: skip
    if name.startswith("progression:"):
        with everywhere("a test looks at everything"):
            passage = stand_at_a_gate(cast).public_id
        values |= {"stage": "junior_craftsman", "kind": "stage", "passage": passage}
    if name.startswith("reviews:"):
        with everywhere("a test looks at everything"):
            review = talk_together(cast)
            values |= {"review": review.public_id, "goal": review.goals.get().public_id}
    if name.startswith("judging:"):
        with everywhere("a test looks at everything"):
            values |= vars(judge_together(cast))
    if name.startswith("pairing:"):
        with everywhere("a test looks at everything"):
            values |= pair_up(cast)
    if name.startswith("matching:"):
        with everywhere("a test looks at everything"):
            values |= match_up(cast)
    if name.startswith("teaching:"):
        with everywhere("a test looks at everything"):
            values |= teach_together(cast)
    if name.startswith("surveys:"):
        with everywhere("a test looks at everything"):
            values |= ask_around(cast)
    if name.startswith("occupations:"):
        with everywhere("a test looks at everything"):
            values |= chart_a_trade(cast)
        if name in {"occupations:answer", "occupations:results"}:
            values["chart"] = values["asked"]
    if name.startswith("curricula:"):
        with everywhere("a test looks at everything"):
            values |= design_together(cast)
    if name.startswith("allowances:"):
        with everywhere("a test looks at everything"):
            values |= pay_up(cast)
    if name.startswith("pilots:"):
        with everywhere("a test looks at everything"):
            values |= go_round(cast) | {"verb": "withdraw" if name == "pilots:case_move" else "keep"}
    if name.startswith(("stories:", "told:")):
        with everywhere("a test looks at everything"):
            values |= tell_a_story(cast) | {"verb": "hide" if name == "stories:moderate" else "hand-in"}
        if name in {"stories:recording", "stories:picture", "stories:details", "stories:captions"}:
            values["story"] = values["film"]
    if name.startswith("courses:"):
        with everywhere("a test looks at everything"):
            made = learn_on_line(cast)
        values |= made | {"quiz": made["try"], "order": 1, "number": 2, "file": made["picture"], "verb": "up"}
        values |= {"verb": "done"} if name == "courses:settle" else {}
        values |= {"verb": "end"} if name == "courses:run_move" else {}
        values |= {"verb": "archive"} if name == "courses:move" else {}
        for page, key in (("tick", "checklist"), ("confirm", "checklist"), ("session", "live")):
            values |= {"activity": made[key]} if name == f"courses:{page}" else {}
    if name.startswith("questions:"):
        with everywhere("a test looks at everything"):
            values |= ask_a_master(cast)
    if name.startswith("packages:"):
        with everywhere("a test looks at everything"):
            values |= play_a_package(cast)
    if name.startswith("forums:"):
        with everywhere("a test looks at everything"):
            values |= meet_and_talk(cast)
    if name.startswith("reading:"):
        with everywhere("a test looks at everything"):
            values |= read_together(cast)
    if name.startswith("groups:"):
        with everywhere("a test looks at everything"):
            values |= learn_together(cast)
        if name in {"groups:confirm", "groups:file"}:
            values["group"] = values["ended"]
    if name.startswith("frameworks:"):
        with everywhere("a test looks at everything"):
            values |= list_skills(cast)
    if name.startswith("subsidies:"):
        with everywhere("a test looks at everything"):
            values |= fund_a_class(cast)
        # The address of an upload names it, that of handing one in names what the scheme asks for.
        values["paper"] = values["paper"] if name == "subsidies:paper" else "training_plan"
    if name.startswith("mentoring:"):
        with everywhere("a test looks at everything"):
            values |= work_in_a_pair(cast)
    if name.startswith("needs:"):
        with everywhere("a test looks at everything"):
            values |= weigh_needs(cast) | {"name": "needs.csv"}
    if name.startswith("growth:"):
        with everywhere("a test looks at everything"):
            values |= grow(cast) | {"verb": "reach"}
    if name.startswith("study:"):
        with everywhere("a test looks at everything"):
            values |= study_something(cast) | {"verb": "reject"}
    if name.startswith("appraisals:"):
        with everywhere("a test looks at everything"):
            values |= appraise(cast)
    if name.startswith("papers:"):
        with everywhere("a test looks at everything"):
            values["review"] = talk_together(cast).public_id
        values["run"] = make_run(cast)
    if name.startswith("hooks:"):
        values["hook"] = make_hook(cast).public_id
    if name in CONTESTED:
        values["contest"] = make_contest(cast).public_id
    if name.startswith("learning:"):
        values["attendance"] = make_attendance(cast).public_id
        values["session"] = make_attendance(cast).session.public_id
    if name.startswith("exams:"):
        with everywhere("a test looks at everything"):
            values |= in_the_bank(cast) | {"kind": "single"}
    if name.startswith("blueprints:"):
        with everywhere("a test looks at everything"):
            values |= plan_papers(cast)
    if name.startswith(("sittings:", "itemreport:", "candidacies:")):
        with everywhere("a test looks at everything"):
            values |= sit_together(cast)
    if name.startswith("itemreport:"):
        values |= {"item": values["asked"], "name": "figures.csv"}
    if name.startswith("standards:"):
        with everywhere("a test looks at everything"):
            values |= set_a_standard(cast)
    if name.startswith("care:"):
        with everywhere("a test looks at everything"):
            incident, complaint = look_after(cast)
            measure = incident.measures.get()
        values |= {
            "incident": incident.public_id, "complaint": complaint.public_id, "measure": measure.public_id,
        }  # fmt: skip
    return values


@each_room(name for name in NAMES if name not in PUBLIC)
def test_a_nobody_is_sent_to_sign_in(names: list[str], cast: Cast, sheet: SheetImport) -> None:
    for name in names:
        address = _address(name, cast, sheet)
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            assert (name, answer.status_code) == (name, 302)
            assert answer.url.startswith(reverse(settings.LOGIN_URL)), name


@each_room(INSIDE)
def test_a_stranger_gets_404(names: list[str], cast: Cast, sheet: SheetImport) -> None:
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    for name in names:
        address = _address(name, cast, sheet)
        for method in ("get", "post"):
            assert (name, method, getattr(stranger, method)(address).status_code) == (name, method, 404)


AT_HOME = {
    "find:page",
    "desks:home",
    "evaluation:contests",
    "apprenticeships:cohorts",
    "apprenticeships:plan",
    "sheets:list",
    "programmes:schemes",
    "programmes:from_file",
    "agreements:list",
    "agreements:new",
    "agreements:mine",
    "agreements:applications",
    "agreements:absences",
    "agreements:floors",
    "partnership:list",
    "partnership:new",
    "people:list",
    "people:slips",
    "people:roles",
    "people:invite",
    "people:invitations",
    "people:second_factor",
    "people:privacy",
    "people:guardian",
    "history:list",
    "history:export",
    "sheets:new",
    "layouts:list",
    "papers:runs",
    "logbook:week",
    "logbook:team",
    "logbook:confirm",
    "logbook:observe",
    "logbook:board",
    "sync:door",
    "sync:queue",
    "training:plans",
    "training:mine",
    "training:coming",
    "training:departments",
    "progression:board",
    "learning:sessions",
    "learning:plan",
    "learning:close",
    "learning:mine",
    "learning:confirm",
    "learning:sums",
    "reviews:list",
    "reviews:board",
    "judging:list",
    "judging:board",
    "judging:rubrics",
    "judging:rubric_new",
    "matching:rounds",
    "matching:new",
    "matching:about",
    "matching:profiles",
    "matching:travel",
    "matching:wishes",
    "mentoring:board",
    "mentoring:rules",
    "mentoring:wording",
    "needs:list",
    "needs:new",
    "growth:entry",
    "study:entry",
    "appraisals:mine",
    "appraisals:open",
    "appraisals:voices",
    "appraisals:rounds",
    "appraisals:scheme",
    "appraisals:contests",
    "pairing:mine",
    "pairing:board",
    "pairing:picture",
    "pairing:teachers",
    "pairing:rules",
    "pairing:new",
    "pairing:wishes",
    "surveys:list",
    "surveys:mine",
    "surveys:new",
    "frameworks:list",
    "frameworks:crosswalks",
    "frameworks:imports",
    "frameworks:template",
    "frameworks:new",
    "teaching:mine",
    "teaching:enter",
    "teaching:times",
    "teaching:away",
    "teaching:teams",
    "teaching:taught",
    "teaching:confirm",
    "teaching:export",
    "teaching:peaks",
    "occupations:list",
    "occupations:new",
    "curricula:list",
    "curricula:new",
    "curricula:reviews",
    "curricula:library",
    "curricula:new_card",
    "curricula:template",
    "curricula:import_cards",
    "curricula:library_file",
    "allowances:mine",
    "allowances:board",
    "allowances:start",
    "allowances:questions",
    "allowances:rules",
    "allowances:files",
    "allowances:references",
    "allowances:template_new",
    "subsidies:board",
    "subsidies:new",
    "subsidies:asked",
    "subsidies:schemes",
    "subsidies:claimed",
    "subsidies:claimed_sheet",
    "stories:wall",
    "stories:new",
    "stories:mine",
    "stories:desk",
    "packages:list",
    "packages:new",
    "courses:list",
    "courses:mine",
    "courses:new",
    "courses:drop",
    "courses:desk",
    "courses:confirming",
    "questions:list",
    "questions:ask",
    "questions:similar",
    "questions:mine",
    "questions:queue",
    "questions:minding",
    "questions:promise",
    "groups:list",
    "groups:new",
    "groups:tended",
    "groups:rule",
    "groups:topics",
    "groups:matches",
    "groups:propose",
    "forums:list",
    "forums:mine",
    "forums:new",
    "forums:minding",
    "reading:lists",
    "reading:mine",
    "reading:new",
    "pilots:board",
    "pilots:sheet",
    "pilots:new",
    "pilots:mine",
    "pilots:cases",
    "pilots:case_new",
    "pilots:cycles",
    "care:home",
    "care:report",
    "care:complain",
    "care:rates",
    "duties:list",
    "workdays:calendar",
    "workdays:load",
    "workdays:add",
    "workdays:remove",
    "hooks:list",
    "exams:bank",
    "blueprints:list",
    "blueprints:new",
    "candidacies:list",
    "sittings:list",
    "sittings:appeals",
    "sittings:plan",
    "sittings:paper_new",
    "standards:list",
    "standards:new",
    "exams:move",
    "exams:choose",
    "exams:new",
    "exams:paste",
    "exams:take",
    "exams:give",
    "exams:stimuli",
}  # these name nothing: at home they are one's own


@each_room(name for name in INSIDE if name not in AT_HOME)
def test_ids_of_another_organisation_are_404_at_home(
    names: list[str], cast: Cast, sheet: SheetImport
) -> None:
    stranger = Client()
    stranger.force_login(cast.people["stranger"])
    for name in names:
        address = _address(name, cast, sheet).replace(f"/o/{cast.college.key}/", f"/o/{cast.neighbour.key}/")
        for method in ("get", "post"):
            assert getattr(stranger, method)(address).status_code in {404, 405}, (name, method)


WHOLE = ("coordinator", "administrator")
OTHERS = ("trainer", "hr", "officer", "auditor", "assessor", "mentor", "apprentice")


@pytest.mark.parametrize("who", [*WHOLE, *OTHERS])
def test_a_get_answers_every_role_without_writing(who: str, cast: Cast, sheet: SheetImport) -> None:
    """`reads_only_read` raises on any write, so an answer below 500 proves that none was tried."""
    client = Client()
    client.force_login(cast.people[who])
    seats = {"hr": cast.jinheng, "mentor": cast.jinheng, "officer": cast.city, "auditor": cast.city}
    # The two who may most get every address, the seven others every third one: two at least meet each of them.
    names = INSIDE if who in WHOLE else INSIDE[OTHERS.index(who) % 3 :: 3]
    for name in names:
        address = _address(name, cast, sheet)
        if who in seats:
            address = address.replace(f"/o/{cast.college.key}/", f"/o/{seats[who].key}/")
        answer = client.get(address)
        assert answer.status_code in {200, 302, 403, 404, 405, 409}, (name, answer.status_code)
