"""One step: when it is done, what it takes and delivers, what the record says, cases at hand, its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.history.things import named
from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.forms import GiveForm, PlanForm, ReasonForm
from craftpath.delivery.web.pilots.places import READERS, found_round, found_step, to_round
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.pilots import queries, rules
from craftpath.domain.pilots.finding import Standing, standings
from craftpath.domain.pilots.texts import STEP_MOVES
from craftpath.domain.pilots.wording import found_in_words

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Deliverable, RoundStep


@dataclass(frozen=True, slots=True)
class Given:
    """A deliverable as a line: what it is, its name and address for whoever may see it."""

    row: Deliverable
    what: str
    name: str
    url: str
    hidden: bool


@require_GET
@needs(*READERS)
def step(request: Request, organisation: str, step: str) -> HttpResponse:
    """The same queries whatever is handed in."""
    return render(request, "pilots/step.html", page_of(request, found_step(step)))


def page_of(request: Request, row: RoundStep, *, wrong: str = "", form: Any = None) -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused."""
    round_ = found_round(row.round.pilot.public_id, row.round.number)
    steps = queries.steps_of(round_)
    all_ = standings(round_, steps, request.at)
    one = next(each for each in all_ if each.step.pk == row.pk)
    before = next((each for each in all_ if each.step.order == one.step.order - 1), None)
    things = named(request, [each.thing for some in (one, before) if some for each in some.given])
    condition = saying.condition(one.step, steps, request.today, [row.pk] if one.given else [])
    may = _may(request, one, round_.pilot.state == "running")
    kept = {each.case_id for each in one.step.cases.all()}
    cases = list(queries.cases().filter(state="published"))
    forms = _forms(request, one, may)
    if form is not None:
        forms[wrong] = form
    return {
        "step": one.step,
        "round": round_,
        "pilot": round_.pilot,
        "words": one.step.words,
        "name": text(one.step.words["name"]),
        "badge": saying.badge(condition),
        "checklist": saying.checklist(one),
        "shows": [found_in_words(each) for each in one.shows],
        "acts": saying.acts(request, one) if one.step.state == "open" else [],
        "lacks": saying.lacks(one),
        "before_lacks": [each for each in one.lacks if each.what == "before"],
        "ready": one.ready,
        "inputs": _given(before, things) if before else [],
        "before": before.step if before else None,
        "before_url": saying.step_url(request, before.step) if before else "",
        "carried": [each for each in queries.carried_into(round_) if each.into == row.key],
        "given": _given(one, things),
        "events": [(STEP_MOVES[each.move], each) for each in one.step.events.all()],
        "cases": [each for each in cases if each.pk in kept],
        "offered": [each for each in cases if row.key in each.steps and each.pk not in kept],
        "may": may,
        "forms": forms,
        "wrong": wrong,
        "crumbs": to_round(request, round_, here(text(one.step.words["name"]))),
        "steps": [(each.step.order, saying.step_url(request, each.step), each.step.pk == row.pk,
                   saying.condition(each.step, steps, request.today)) for each in all_],
    }  # fmt: skip


def _may(request: Request, one: Standing, running: bool) -> dict[str, bool]:
    step, actor = one.step, request.actor
    is_open = step.state == "open" and running
    runs = bool(rules.may_run(actor, step.round.pilot))
    return {
        "plan": is_open and runs,
        "give": is_open and bool(rules.may_work(actor, step)),
        "close": is_open and bool(rules.may_close(actor, step)),
        "reopen": step.state != "open" and running and runs,
        "run": runs,
    }


def _forms(request: Request, one: Standing, may: Mapping[str, bool]) -> dict[str, Any]:
    step = one.step
    found: dict[str, Any] = {}
    if may["give"]:
        found["give"] = GiveForm(wanted=wanted(one.step.words["deliverables"], one.given))
    if may["plan"]:
        initial = {"owner": step.owner.public_id if step.owner else "", "due_on": step.due_on}
        found["plan"] = PlanForm(None, people=owners(request, step), initial=initial)
    if may["close"] and not one.ready:
        found["waive"] = ReasonForm(auto_id="waive_%s")
    if may["reopen"]:
        found["reopen"] = ReasonForm(auto_id="reopen_%s")
    return found


def owners(request: Request, step: RoundStep) -> list[tuple[str, str]]:
    """Who may own a step of the pilot, as choices."""
    return saying.people(queries.who_may_own(step.round.pilot, request.today))


def wanted(asked: Sequence[Mapping[str, Any]], given: Sequence[Deliverable] = ()) -> list[tuple[str, str]]:
    """What a step asks for, as choices: what is missing first."""
    there = {one.key for one in given}
    rows = [(one["key"], text(one["name"])) for one in asked]
    return sorted(rows, key=lambda row: row[0] in there)


def _given(one: Standing, things: Mapping[str, tuple[str, str]]) -> list[Given]:
    names = {each["key"]: text(each["name"]) for each in one.step.words["deliverables"]}
    lines = []
    for row in one.given:
        name, url = things.get(row.thing, ("", "")) if row.thing else (row.kept.name if row.kept else "", "")
        hidden = bool(row.thing) and row.thing not in things
        lines.append(Given(row, names.get(row.key, _("Besides")), name, url, hidden))
    return lines
