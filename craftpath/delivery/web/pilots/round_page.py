"""A round as a circle: where each step stands, what to do now, what it started from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.circle import Arc, arcs
from craftpath.delivery.web.pilots.forms import BeginForm
from craftpath.delivery.web.pilots.places import READERS, found, found_round, pilot_tabs, to_here
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.pilots import queries, rules
from craftpath.domain.pilots.finding import Standing, standings
from craftpath.domain.pilots.wording import found_in_words

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Cycle, Pilot, PilotRound, RoundStep


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as an arrow of the circle and as a line of the list."""

    step: RoundStep
    name: str
    url: str
    condition: str
    badge: tuple[str, str]
    arc: Arc
    proof: str
    given: int
    asked: int


@require_GET
@needs(*READERS)
def pilot(request: Request, organisation: str, pilot: str) -> HttpResponse:
    """The newest round; before the first one the page on which it begins."""
    row = found(pilot)
    rounds = queries.rounds_of([row]).get(row.pk, [])
    if rounds:
        return redirect("pilots:round", organisation, row.public_id, rounds[-1].number)
    return render(request, "pilots/first.html", first_page(request, row))


def first_page(request: Request, row: Pilot, form: BeginForm | None = None) -> dict[str, Any]:
    """What a pilot without a round shows."""
    return {
        "pilot": row,
        "form": form or begin_form(None),
        "runs": bool(rules.may_run(request.actor, row)) and row.state == "running",
        "crumbs": to_here(request, text(row.name)),
        "members": [text(one.organisation.name) for one in row.members.all()],
    }


def begin_form(data: Any) -> BeginForm:
    """On which version of which steps: an own one first."""
    named = [(row.public_id, cycle_name(row)) for row in queries.newest_cycles()]
    return BeginForm(data, cycles=named, auto_id="begin_%s")


def cycle_name(row: Cycle) -> str:
    """Name, whose it is, and its version where there is more than one."""
    parts = [text(row.name)]
    if row.organisation is not None:
        parts += [text(row.organisation.name), f"v{row.version}"]
    return " · ".join(parts)


@require_GET
@needs(*READERS)
def round_(request: Request, organisation: str, pilot: str, number: int) -> HttpResponse:
    """The same queries for a round that has begun and for one that is full."""
    row = found_round(pilot, number)
    return render(request, "pilots/round.html", page_of(request, row))


def page_of(request: Request, row: PilotRound, **more: Any) -> dict[str, Any]:
    """Everything that the page shows; `more` holds forms that were refused."""
    pilot = row.pilot
    rounds = queries.rounds_of([pilot]).get(pilot.pk, [])
    steps = queries.steps_of(row)
    found_ = standings(row, steps, request.at)
    lines = _lines(request, row, found_)
    now = next((one for one in found_ if one.step.state == "open"), None)
    newest = number_of(rounds) == row.number
    runs = bool(rules.may_run(request.actor, pilot)) and pilot.state == "running"
    changes = queries.changes_of(row)
    reports = queries.reports_of(row)
    return {
        "pilot": pilot,
        "round": row,
        "rounds": [one.number for one in rounds],
        "lines": lines,
        "now": now,
        "now_line": next((one for one in lines if now and one.step.pk == now.step.pk), None),
        "acts": saying.acts(request, now) if now else [],
        "closed_words": saying.of_steps(sum(one.step.state != "open" for one in found_), len(found_)),
        "carried": queries.carried_into(row),
        "changes": changes,
        "undecided": sum(one.state == "proposed" for one in changes),
        "reports": reports,
        "runs": runs,
        "may_close": now is not None and bool(rules.may_close(request.actor, now.step)),
        "begins": runs and newest and row.state == "closed",
        "forms": {"begin": begin_form(None), **more.get("forms", {})},
        "wrong": more.get("wrong", ""),
        "members": [text(one.organisation.name) for one in pilot.members.all()],
        "origin": text(row.cycle.origin),
        "tabs": pilot_tabs(
            request, pilot, row.number, "round", {"changes": len(changes), "reports": len(reports)}
        ),
        "crumbs": to_here(request, text(pilot.name)),
    }


def number_of(rounds: Sequence[PilotRound]) -> int:
    """The number of the newest round; 0 before the first."""
    return rounds[-1].number if rounds else 0


def _lines(request: Request, row: PilotRound, found_: Sequence[Standing]) -> list[StepLine]:
    steps = [one.step for one in found_]
    begun = [one.step.pk for one in found_ if one.given]
    names = [text(one.step.words["name"]) for one in found_]
    drawn = arcs(names, get_language() or "zh-hans")
    lines = []
    for one, name, arc in zip(found_, names, drawn, strict=True):
        condition = saying.condition(one.step, steps, request.today, begun)
        asked = one.step.words["deliverables"]
        there = {given.key for given in one.given}
        lines.append(
            StepLine(
                one.step, name, saying.step_url(request, one.step), condition, saying.badge(condition), arc,
                proof_of(one), sum(each["key"] in there for each in asked), len(asked),
            )
        )  # fmt: skip
    return lines


def proof_of(one: Standing) -> str:
    """What says most about a step: the last finding that is as it should be, or the first that is not."""
    open_ones = [each for each in one.checks if not each.met]
    if one.step.state == "open":
        return found_in_words(open_ones[0]) if open_ones else ""
    met = [each for each in one.checks if each.met]
    return found_in_words(met[-1]) if met else ""
