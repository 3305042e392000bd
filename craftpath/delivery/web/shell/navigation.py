"""What stands in the rail and in the bottom bar: places that the actor may go to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission, Role

Place = tuple[str, Any, str, bool]
"""(name of the page, label, icon, whether it is shown)"""
FEW = 15  # places that somebody finds without captions between them
CARE = {Permission.REPORT_INCIDENTS, Permission.COMPLAIN, Permission.HANDLE_CARE}

PILOTS = {Permission.RUN_PILOTS, Permission.SEE_FIGURES}
SUBSIDIES = {Permission.FILE_SUBSIDIES, Permission.DECIDE_SUBSIDIES, Permission.SEE_HISTORY}


def _plan_page(actor: Actor) -> str:
    """Where the plan begins for somebody: with all cohorts, the own stays, or those who come."""
    if Permission.SEE_FIGURES in actor.permissions:
        return "training:plans"
    return "training:mine" if Role.APPRENTICE in actor.roles else "training:coming"


def _has_reviews(actor: Actor) -> bool:
    """Whoever takes part in reviews, or looks after cohorts with their people."""
    takes_part = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER})
    return takes_part or {Permission.SEE_FIGURES, Permission.SEE_RESULTS} <= actor.permissions


def _reviews_page(actor: Actor) -> str:
    """Own reviews first for those who take part, cohorts for those who plan and look on."""
    takes_part = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER})
    return "reviews:list" if takes_part else "reviews:board"


def _judges(actor: Actor) -> bool:
    """Whoever rates or is rated, and whoever publishes marks."""
    takes_part = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.ASSESSOR})
    return takes_part or Permission.IMPORT_MARKS in actor.permissions


def _judging_page(actor: Actor) -> str:
    """Work to rate first for those who rate, cohorts for those who plan."""
    rates = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER, Role.ASSESSOR})
    return "judging:list" if rates else "judging:board"


def _pairs_page(actor: Actor) -> str:
    """The board for those who look after pairs or see figures, one's own pairs for those who are in some."""
    return "pairing:board" if Permission.SEE_FIGURES in actor.permissions else "pairing:mine"


def _teams_page(actor: Actor) -> str:
    """All teams for those who see names of many, the own units for those who teach."""
    many = {Permission.SEE_FIGURES, Permission.SEE_RESULTS} <= actor.permissions
    return "teaching:teams" if many else "teaching:mine"


def _allowances_page(actor: Actor) -> str:
    """The board for those who read what an organisation pays, one's own months for the others."""
    return "allowances:board" if Permission.SEE_ALLOWANCES in actor.permissions else "allowances:mine"


def _appraisals_page(actor: Actor) -> str:
    """Rounds for the office, the own appraisal for those who are appraised."""
    return "appraisals:rounds" if Permission.APPRAISE_TRAINERS in actor.permissions else "appraisals:mine"


def _surveys_page(actor: Actor) -> str:
    """All of them for those who run some, those that ask oneself for the others."""
    return "surveys:list" if Permission.RUN_SURVEYS in actor.permissions else "surveys:mine"


def _courses_page(actor: Actor) -> str:
    """All courses for those who write them, what one learns oneself for the others."""
    return "courses:list" if Permission.WRITE_COURSES in actor.permissions else "courses:mine"


def _has_courses(actor: Actor) -> bool:
    """Whoever writes, learns, or confirms what an apprentice has done."""
    takes_part = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR})
    return takes_part or Permission.WRITE_COURSES in actor.permissions


def _everyday(actor: Actor) -> list[Place]:
    """What is done every day or week."""
    may = actor.permissions
    return [
        ("desks:home", _("Home"), "home", True),
        ("logbook:week", _("My log"), "log", Permission.KEEP_LOG in may),
        ("logbook:team", _("Logs"), "log", Permission.CONFIRM_LOGS in may),
        ("logbook:board", _("Logs"), "log", Permission.MANAGE_COHORTS in may),
        (
            "learning:mine" if actor.sees_only_own else "learning:sessions",
            _("My attendance") if actor.sees_only_own else _("Sessions"),
            "today",
            actor.sees_only_own or Permission.HOLD_SESSIONS in may or Permission.SEE_RESULTS in may,
        ),
        ("questions:list", pgettext("in the rail", "Questions"), "ask", Permission.ASK_QUESTIONS in may),
        (_courses_page(actor), _("Online courses"), "learn", _has_courses(actor)),
        ("forums:list", pgettext("in the rail", "Forums"), "talk", Permission.ASK_QUESTIONS in may),
        ("reading:lists", pgettext("in the rail", "Reading"), "learn", Permission.ASK_QUESTIONS in may),
        ("groups:list", pgettext("in the rail", "Study groups"), "people", Permission.STUDY_TOGETHER in may),
        (_reviews_page(actor), _("Reviews"), "talk", _has_reviews(actor)),
        ("support:list", _("Early help"), "people", Permission.SEE_SIGNS in may),
        (_judging_page(actor), _("Practical work"), "results", _judges(actor)),
        ("credits:account", pgettext("in the rail", "Credits"), "coin", True),
    ]


def _apprentices(actor: Actor) -> list[Place]:
    """Those who learn, and what was agreed with them."""
    may = actor.permissions
    figures = Permission.SEE_FIGURES in may
    return [
        ("apprenticeships:cohorts", _("Cohorts"), "people", figures),
        (_plan_page(actor), _("Plan"), "plan", Permission.SEE_RESULTS in may),
        (
            "progression:board",
            _("Gates"),
            "check",
            Permission.MANAGE_COHORTS in may or Permission.MANAGE_AGREEMENTS in may,
        ),
        ("agreements:list", _("Agreements"), "file", Permission.SEE_AGREEMENTS in may),
        ("agreements:mine", _("My agreement"), "file", actor.sees_only_own),
        ("passport:entry", _("My record"), "story", actor.sees_only_own),
        ("support:mine", _("Said of me"), "me", actor.sees_only_own),
        ("care:home", pgettext("in the rail", "Incidents"), "warning", bool(may & CARE)),
    ]


def _teachers(actor: Actor) -> list[Place]:
    """Those who teach, what they get, and how they do."""
    may = actor.permissions
    figures = Permission.SEE_FIGURES in may
    return [
        (
            _pairs_page(actor),
            _("Masters and apprentices") if figures else _("My pair"),
            "pair",
            figures or bool(actor.roles & {Role.APPRENTICE, Role.MENTOR}),
        ),
        (
            _teams_page(actor),
            _("Teaching teams") if figures else _("My units"),
            "learn",
            (figures and Permission.SEE_RESULTS in may) or Role.MENTOR in actor.roles,
        ),
        (
            _appraisals_page(actor),
            _("Appraisals") if Permission.APPRAISE_TRAINERS in may else _("My appraisal"),
            "results",
            Permission.APPRAISE_TRAINERS in may or Role.MENTOR in actor.roles,
        ),
        (
            _allowances_page(actor),
            _("Allowances") if Permission.SEE_ALLOWANCES in may else _("My allowances"),
            "coin",
            Permission.SEE_ALLOWANCES in may or bool(actor.roles & {Role.MENTOR, Role.TRAINER}),
        ),
    ]


def _examinations(actor: Actor) -> list[Place]:
    """Examinations, and what is made of marks."""
    may = actor.permissions
    figures = Permission.SEE_FIGURES in may
    return [
        ("candidacies:list", _("My examinations"), "today", actor.sees_only_own),
        ("sittings:list", _("Examinations"), "today", Permission.IMPORT_MARKS in may),
        ("exams:bank", _("Item bank"), "learn", Permission.WRITE_ITEMS in may),
        ("programmes:schemes", _("Schemes"), "scheme", figures),
        ("evaluation:contests", _("Contests"), "ask", Permission.ANSWER_CONTESTS in may),
    ]


def _skills(actor: Actor) -> list[Place]:
    """Core skills: how a person grows, what is needed, what is taught for it, and what skills there are."""
    may = actor.permissions
    own = actor.sees_only_own
    takes_part = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER})
    runs = Permission.RUN_SURVEYS in may
    figures = Permission.SEE_FIGURES in may
    reads = {Permission.DESIGN_CURRICULA, Permission.APPROVE_CURRICULA, Permission.SEE_FIGURES}
    lists = bool(may & {Permission.EDIT_FRAMEWORKS, Permission.SEE_FIGURES})
    return [
        (
            "growth:entry",
            _("My core skills") if own else _("Core skills"),
            "growth",
            Permission.SEE_RESULTS in may,
        ),
        (
            "study:entry",
            _("My study") if own else pgettext("a place", "Study"),
            "learn",
            own or takes_part or figures,
        ),
        ("surveys:list" if runs else "surveys:mine", _("Surveys"), "survey", runs or takes_part),
        ("needs:list", pgettext("in the rail", "Needs"), "needs", runs or figures),
        ("curricula:list", pgettext("a place in the rail", "Curricula"), "curriculum", bool(may & reads)),
        ("occupations:list", _("Occupations"), "occupation", not own),
        (
            "packages:list",
            pgettext("in the rail", "Packages"),
            "import",
            Permission.KEEP_PACKAGES in may or takes_part,
        ),
        (
            "outside:list" if Permission.MANAGE_COHORTS in may else "outside:columns",
            _("Outside evidence"),
            "import",
            bool(may & {Permission.MANAGE_COHORTS, Permission.IMPORT_MARKS}),
        ),
        (
            "tools:list",
            pgettext("in the rail", "Tools and platforms"),
            "settings",
            bool(may & {Permission.KEEP_TOOLS, Permission.WRITE_COURSES}),
        ),
        ("resources:list", _("Resource library"), "file", True),
        ("stories:wall", _("Masters' stories"), "story", True),
        ("claims:mine", _("Outside certificates"), "file", True),
        ("pilots:board", _("Pilots"), "cycle", bool(may & PILOTS)),
        ("frameworks:list", _("Skill frameworks"), "skill", lists),
    ]


def _partners(actor: Actor) -> list[Place]:
    """Those with whom an organisation works, where training happens, and what they use together."""
    may = actor.permissions
    return [
        (
            "partnership:list",
            pgettext("in the rail", "Partnerships"),
            "file",
            bool(may & {Permission.SEE_AGREEMENTS, Permission.RUN_PARTNERSHIPS}),
        ),
        (
            "points:list",
            pgettext("in the rail", "Village points"),
            "today",
            Permission.EXCHANGE_BUNDLES in may,
        ),
        # Whoever reads agreements finds it beside them.
        (
            "sharing:list",
            pgettext("a place", "Information sharing"),
            "people",
            Permission.SEE_SHARED in may and Permission.SEE_AGREEMENTS not in may,
        ),
        ("bookings:list", pgettext("in the rail", "Bookings"), "calendar", Permission.BOOK_THINGS in may),
        ("ventures:list", pgettext("in the rail", "Joint work"), "people", Permission.SEE_VENTURES in may),
        ("offers:desk", _("Service desk"), "talk", Permission.USE_DESK in may),
        ("workshops:list", pgettext("in the rail", "Workshops"), "calendar", True),
        (
            "bulletins:list",
            pgettext("in the rail", "Bulletins"),
            "survey",
            Permission.MAKE_BULLETINS in may,
        ),
        ("certificates:list", pgettext("in the rail", "Certificates"), "file", True),
        ("places:list", pgettext("in the rail", "Places"), "place", True),
        ("directives:list", pgettext("in the rail", "Notices and plans"), "bell", True),
    ]


def _office(actor: Actor) -> list[Place]:
    """What an office looks after."""
    may = actor.permissions
    imports = bool(may & {Permission.IMPORT_ROSTER, Permission.IMPORT_MARKS})
    return [
        (
            "duties:list",
            _("Deadlines"),
            "clock",
            bool(may & {Permission.MANAGE_COHORTS, Permission.MANAGE_AGREEMENTS}),
        ),
        ("indicators:overview", pgettext("in the rail", "Figures"), "results", Permission.SEE_FIGURES in may),
        ("handover:board", _("Hand-overs"), "download", Permission.HAND_FIGURES_OVER in may),
        ("subsidies:board", _("Subsidies"), "scheme", bool(may & SUBSIDIES)),
        ("sheets:list", _("Imports"), "import", imports),
        ("people:list", pgettext("a place in the rail", "People"), "me", Permission.MANAGE_PEOPLE in may),
        ("workdays:calendar", _("Organisation"), "settings", Permission.RUN_ORGANISATION in may),
        ("history:list", _("History"), "calendar", Permission.SEE_HISTORY in may),
    ]


def rail(request: HttpRequest) -> list[dict[str, Any]]:
    """Links for the actor of this request, with a caption before each group where there are many; else empty."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    groups = (
        ("", _everyday(actor)),
        (pgettext("in the rail", "Apprentices"), _apprentices(actor)),
        (pgettext("in the rail", "Who teaches"), _teachers(actor)),
        (pgettext("in the rail", "Examinations and results"), _examinations(actor)),
        (pgettext("in the rail", "Skills and curricula"), _skills(actor)),
        (pgettext("in the rail", "Partners and places"), _partners(actor)),
        (pgettext("in the rail", "Office"), _office(actor)),
    )
    key = actor.organisation.key
    shown = [(group, *place) for group, places in groups for place in places if place[3]]
    here = _here(request, actor, key)
    urls = [reverse(name, args=[key]) for _group, name, *_rest in shown]
    current = max((url for url in urls if here.startswith(url)), key=len, default="")
    links: list[dict[str, Any]] = []
    before = ""
    for url, (group, _name, label, icon, _shown) in zip(urls, shown, strict=True):
        caption = group if len(shown) > FEW and group != before else ""
        links.append(
            {"url": url, "label": label, "icon": icon, "caption": caption, "current": url == current}
        )
        before = group
    return links


def _here(request: HttpRequest, actor: Actor, key: str) -> str:
    """The address of this page, as if it lay below the place in the rail through which it is reached.

    Results, and what is filled or printed with them, are read through their cohort; contests have a place of their own.
    What finds anything is reached from everywhere.
    """
    may = actor.permissions
    contests = reverse("evaluation:contests", args=[key])
    results = f"/o/{key}/results/"
    if request.path.startswith(f"/o/{key}/find/"):
        return ""
    here = request.path.replace(f"/o/{key}/papers/", f"/o/{key}/agreements/")
    if Permission.SEE_AGREEMENTS in may:
        here = here.replace(f"/o/{key}/sharing/", f"/o/{key}/cooperation/")
    here = here.replace(f"/o/{key}/committees/", f"/o/{key}/cooperation/")
    here = here.replace(f"/o/{key}/register/", f"/o/{key}/desk/")
    for room in ("studio", "catalogues"):
        here = here.replace(f"/o/{key}/{room}/", f"/o/{key}/occupations/")
    here = here.replace(f"/o/{key}/hooks/", f"/o/{key}/workdays/")
    here = here.replace(f"/o/{key}/print/", f"/o/{key}/cohorts/")
    here = here.replace(f"/o/{key}/standards/", f"/o/{key}/sittings/")
    shelf = "sittings" if Permission.IMPORT_MARKS in may else "items"
    here = here.replace(f"/o/{key}/blueprints/", f"/o/{key}/{shelf}/")
    if here.startswith(f"/o/{key}/plan/"):
        here = reverse(_plan_page(actor), args=[key])
    if here.startswith(f"/o/{key}/reviews/"):
        here = reverse(_reviews_page(actor), args=[key])
    if here.startswith((f"/o/{key}/pairing/", f"/o/{key}/matching/", f"/o/{key}/mentoring/")):
        here = reverse(_pairs_page(actor), args=[key])
    if here.startswith(f"/o/{key}/teaching/"):
        here = reverse(_teams_page(actor), args=[key])
    if here.startswith(f"/o/{key}/allowances/"):
        here = reverse(_allowances_page(actor), args=[key])
    if here.startswith(f"/o/{key}/appraisals/"):
        here = reverse(_appraisals_page(actor), args=[key])
    if here.startswith(f"/o/{key}/courses/"):
        here = reverse(_courses_page(actor), args=[key])
    if here.startswith(f"/o/{key}/surveys/"):
        here = reverse(_surveys_page(actor), args=[key])
    if here.startswith(f"/o/{key}/practical/"):
        here = reverse(_judging_page(actor), args=[key])
    if not here.startswith(contests):
        here = here.replace(results, f"/o/{key}/cohorts/").replace(f"/o/{key}/layouts/", f"/o/{key}/cohorts/")
    return here
