"""Changes of a round: raised, decided, carried out; and those that it started from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.forms import AcceptForm, ChangeForm, ReasonForm
from craftpath.delivery.web.pilots.places import READERS, found_change, found_round, pilot_tabs, to_here
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.pilots import actions, queries, rules
from craftpath.domain.pilots.finding import standings
from craftpath.domain.pilots.states import CHANGE
from craftpath.domain.pilots.texts import CHANGE_STATES
from craftpath.domain.pilots.wording import found_in_words
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import PilotChange, PilotRound

NOES: dict[str, Callable[..., object]] = {
    "postpone": actions.postpone_change,
    "decline": actions.decline_change,
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change as a card, with what may be decided about it."""

    change: PilotChange
    badge: tuple[str, str]
    source: str
    into: str
    decides: bool
    finishes: bool
    accept: AcceptForm | None
    no: dict[str, Any]
    wrong: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def changes(request: Request, organisation: str, pilot: str, number: int) -> HttpResponse:
    """The list; a POST raises a change."""
    row = found_round(pilot, number)
    if request.method != "POST":
        return render(request, "pilots/changes.html", page_of(request, row))
    require(rules.may_raise(request.actor, row.pilot))
    form = _form(request, row, request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.propose_change(
            row, made_id=given["made_id"], what=given["what"], why=given["why"], into=given["into"],
            source=given["source"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Noted. The pilot's office decides on it."), act)
    if not status:
        return redirect("pilots:changes", organisation, row.pilot.public_id, row.number)
    return render(request, "pilots/changes.html", page_of(request, row, raising=form), status=status)


def _form(request: Request, row: PilotRound, data: Any) -> ChangeForm:
    found = standings(row, queries.steps_of(row), request.at)
    findings = {one.key: found_in_words(one) for each in found for one in (*each.checks, *each.shows)}
    steps = [(one["key"], f"{n} · {text(one['name'])}") for n, one in enumerate(row.cycle.steps, start=1)]
    return ChangeForm(data, steps=steps, findings=list(findings.items()))


def page_of(
    request: Request,
    row: PilotRound,
    *,
    raising: ChangeForm | None = None,
    wrong: str = "",
    change: str = "",
    form: Any = None,
) -> dict[str, Any]:
    """Everything that the page shows; `wrong` and `change` name the form that was refused."""
    pilot = row.pilot
    decides = bool(rules.may_run(request.actor, pilot)) and pilot.state == "running"
    people = saying.people(queries.who_may_own(pilot, request.today)) if decides else []
    raising = raising or (_form(request, row, None) if rules.may_raise(request.actor, pilot) else None)
    refused_now = raising is not None and raising.is_bound
    raises = refused_now or (pilot.state == "running" and bool(rules.can_still_change(row)))
    said = dict(raising.fields["source"].choices) if raising else {}  # type: ignore[attr-defined]
    refused = (wrong, change, form)
    rows, carried = queries.changes_of(row), queries.carried_into(row)
    return {
        "pilot": pilot,
        "round": row,
        "lines": [_line(request, one, row, decides, people, said, refused) for one in rows],
        "carried": [_line(request, one, row, decides, people, {}, refused) for one in carried],
        "raising": raising if raises else None,
        "raised_wrong": refused_now,
        "tabs": pilot_tabs(request, pilot, row.number, "changes", {"changes": len(rows)}),
        "crumbs": to_here(request, text(pilot.name)),
    }


def _line(
    request: Request,
    one: PilotChange,
    row: PilotRound,
    decides: bool,
    people: list[tuple[str, str]],
    said: dict[str, str],
    refused: tuple[str, str, Any],
) -> ChangeLine:
    wrong, public_id, form = refused
    mine = wrong if public_id == one.public_id else ""
    open_ = decides and CHANGE.can(one.state, "accept")
    accept = AcceptForm(None, people=people, key=one.public_id) if open_ else None
    no = {
        verb: ReasonForm(auto_id=f"{verb}_{one.public_id}_%s")
        for verb in NOES
        if decides and CHANGE.can(one.state, verb)
    }
    if mine == "accept":
        accept = form
    elif mine:
        no[mine] = form
    names = {each["key"]: text(each["name"]) for each in row.cycle.steps}
    own = request.actor.person is not None and one.owner_id == request.actor.person.pk
    return ChangeLine(
        one, (str(CHANGE_STATES[one.state]), saying.CHANGE_TONES[one.state]),
        said.get(one.source, "") if one.source else "", names.get(one.into, ""), open_,
        one.state == "accepted" and (own or decides), accept, no, mine,
    )  # fmt: skip


@require_POST
@needs(*READERS)
def move(request: Request, organisation: str, change: str, verb: str) -> HttpResponse:
    """Decide, or say that it is carried out; what is refused stays in its form with the reason."""
    one = found_change(change)
    row = found_round(one.round.pilot.public_id, one.round.number)
    if verb == "finish":
        actions.finish_change(one, by=request.actor, at=request.at)
        messages.success(request, _("Carried out."))
        return _back(request, row)
    if verb not in ("accept", *NOES):
        raise Http404
    require(rules.may_run(request.actor, row.pilot))
    able = {person.public_id: person for _place, person in queries.who_may_own(row.pilot, request.today)}
    if verb == "accept":
        people = saying.people(queries.who_may_own(row.pilot, request.today))
        form: Any = AcceptForm(request.POST, people=people, key=one.public_id)
    else:
        form = ReasonForm(request.POST, auto_id=f"{verb}_{one.public_id}_%s")

    def act() -> None:
        given = form.cleaned_data
        if verb == "accept":
            actions.accept_change(
                one, owner=able.get(given["owner"]), due_on=given["due_on"], because=given["because"],
                by=request.actor, at=request.at,
            )  # fmt: skip
        else:
            NOES[verb](one, because=given["because"], by=request.actor, at=request.at)

    status = tried(request, form, _("Decided."), act)
    if not status:
        return _back(request, row)
    context = page_of(request, row, wrong=verb, change=one.public_id, form=form)
    return render(request, "pilots/changes.html", context, status=status)


def _back(request: Request, row: PilotRound) -> HttpResponse:
    """To the page that the button stood on: one's own, or the round's."""
    if request.POST.get("next") == "mine":
        return redirect("pilots:mine", request.organisation.key)
    number = _number(request, row)
    return redirect("pilots:changes", request.organisation.key, row.pilot.public_id, number)


def _number(request: Request, row: PilotRound) -> int:
    given = request.POST.get("round", "")
    rounds = queries.rounds_of([row.pilot]).get(row.pilot_id, [])
    return next((one.number for one in rounds if str(one.number) == given), row.number)
