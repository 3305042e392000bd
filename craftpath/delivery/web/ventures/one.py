"""The page of one venture, and what those in charge do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.ventures import saying
from craftpath.delivery.web.ventures.forms import (
    ChargeForm,
    FileForm,
    LogForm,
    MilestoneForm,
    PointerForm,
    StopForm,
)
from craftpath.delivery.web.ventures.places import pointable, the_venture, to_venture
from craftpath.domain.ventures import actions, queries, rules
from craftpath.domain.ventures.states import VENTURE
from craftpath.domain.ventures.texts import KINDS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Venture

A_PAGE = 20


@require_GET
@needs(Permission.SEE_VENTURES)
def venture(request: Request, organisation: str, venture: str) -> HttpResponse:
    """Everything of it."""
    return render(request, "ventures/venture.html", page_of(request, the_venture(venture)))


def page_of(request: Request, row: Venture, **bound: Form) -> dict[str, Any]:
    """What the page shows; a constant number of queries however much it holds."""
    runs = bool(rules.may_run(request.actor, row))
    goes_on = row.state in queries.OPEN
    works = goes_on and bool(rules.may_work(request.actor, row))
    log = Paginator(queries.log_of(row), A_PAGE).get_page(request.GET.get("page"))
    pointers = list(row.pointers.all())
    names = subjects([one.to for one in pointers], request.organisation.key)
    milestones = list(row.milestones.all())
    return {
        "row": row,
        "title": text(row.title),
        "crumbs": to_venture(request, row),
        "kind": KINDS[row.kind],
        "badge": (saying.TONES[row.state], STATES[row.state]),
        "days": saying.days(row.starts_on, row.ended_on or row.ends_on),
        "sides": [
            (text(side.organisation.name), side.role, [one for one in row.charges.all() if one.side_id == side.pk])
            for side in row.sides.all()
        ],
        "own": {side.pk for side in queries.own_sides(row, request.organisation)} if runs else set(),
        "milestones": milestones,
        "reached": sum(one.done_on is not None for one in milestones),
        "pointers": [(one, *names[one.to]) for one in pointers if one.to in names],
        "hidden": sum(one.to not in names for one in pointers),
        "log": log,
        "works": works,
        "can": {move for move in VENTURE.moves if runs and VENTURE.can(row.state, move)},
        "changes": runs and goes_on,
        **(_forms(request, row, runs, bound) if works else {"stop": StopForm()}),
    }  # fmt: skip


def _forms(request: Request, row: Venture, runs: bool, bound: dict[str, Form]) -> dict[str, Any]:
    sides = queries.own_sides(row, request.organisation) if runs else []
    taken = {one.to for one in row.pointers.all()}
    people = queries.people_at(sides, request.today) if sides else []
    return {
        "charge": ChargeForm(people=people, sides=sides) if sides else None,
        "milestone": MilestoneForm(auto_id="milestone_%s"),
        "pointer": PointerForm(choices=pointable(request, taken)),
        "file": FileForm(auto_id="file_%s"),
        "line": LogForm(auto_id="log_%s", initial={"on": request.today}),
        "stop": StopForm(),
    } | bound


@require_POST
@needs(Permission.SEE_VENTURES)
def add(request: Request, organisation: str, venture: str, what: str) -> HttpResponse:
    """Add somebody in charge, a milestone, what it is about, a file, what happened."""
    row = the_venture(venture)
    if what not in _ADDING:
        raise Http404
    may = rules.may_run if what == "charge" else rules.may_work
    require(may(request.actor, row))
    name, make, act, done = _ADDING[what]
    form = make(request, row)
    status = tried(request, form, done(), lambda: act(row, form, {"by": request.actor, "at": request.at}))
    if status:
        return render(request, "ventures/venture.html", page_of(request, row, **{name: form}), status=status)
    return redirect("ventures:venture", organisation, row.public_id)


def _charge_form(request: Request, row: Venture) -> ChargeForm:
    sides = queries.own_sides(row, request.organisation)
    return ChargeForm(request.POST, people=queries.people_at(sides, request.today), sides=sides)


def _pointer_form(request: Request, row: Venture) -> PointerForm:
    taken = {one.to for one in row.pointers.all()}
    return PointerForm(request.POST, choices=pointable(request, taken))


def _add_charge(row: Venture, form: Any, by: dict[str, Any]) -> object:
    return actions.name_in_charge(row, form.side, form.chosen, role=form.cleaned_data["role"], **by)


def _add_pointer(row: Venture, form: Any, by: dict[str, Any]) -> object:
    return actions.point_to(row, form.cleaned_data["to"], offered=form.refs, **by)


def _add_file(row: Venture, form: Any, by: dict[str, Any]) -> object:
    upload = form.cleaned_data["file"]
    return actions.add_file(
        row, content=upload.read(), name=upload.name, title=form.cleaned_data["title"], **by
    )


Making = Callable[[Request, Any], Any]
Doing = Callable[[Any, Any, dict[str, Any]], object]
_ADDING: dict[str, tuple[str, Making, Doing, Callable[[], str]]] = {
    "charge": ("charge", _charge_form, _add_charge, lambda: _("Named.")),
    "milestone": (
        "milestone",
        lambda request, row: MilestoneForm(request.POST, auto_id="milestone_%s"),
        lambda row, form, by: actions.add_milestone(row, **form.cleaned_data, **by),
        lambda: pgettext("a milestone", "Set."),
    ),
    "pointer": ("pointer", _pointer_form, _add_pointer, lambda: pgettext("a pointer", "Added.")),
    "file": (
        "file",
        lambda request, row: FileForm(request.POST, request.FILES, auto_id="file_%s"),
        _add_file,
        lambda: pgettext("a file", "Added."),
    ),
    "log": (
        "line",
        lambda request, row: LogForm(request.POST, auto_id="log_%s"),
        lambda row, form, by: actions.write_log(row, **form.cleaned_data, **by),
        lambda: pgettext("what happened", "Written down."),
    ),
}


@require_POST
@needs(Permission.SEE_VENTURES)
def milestone_do(request: Request, organisation: str, milestone: str, verb: str) -> HttpResponse:
    """Reach a milestone, open it again, drop it."""
    row = get_object_or_404(queries.milestone(plain_id(milestone)))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "reach":
        actions.reach_milestone(row, on=request.today, **by)
    elif verb == "reopen":
        actions.reopen_milestone(row, **by)
    elif verb == "drop":
        actions.drop_milestone(row, **by)
    else:
        raise Http404
    return redirect("ventures:venture", organisation, row.venture.public_id)


@require_POST
@needs(Permission.SEE_VENTURES)
def unpoint(request: Request, organisation: str, pointer: str) -> HttpResponse:
    """It is not about that."""
    row = get_object_or_404(queries.pointer(plain_id(pointer)))
    actions.take_back_pointer(row, by=request.actor, at=request.at)
    return redirect("ventures:venture", organisation, row.venture.public_id)


@require_POST
@needs(Permission.RUN_VENTURES)
def release(request: Request, organisation: str, charge: str) -> HttpResponse:
    """Somebody is no longer in charge."""
    row = get_object_or_404(queries.charge(plain_id(charge)))
    actions.release(row, by=request.actor, at=request.at)
    messages.success(request, _("No longer in charge."))
    return redirect("ventures:venture", organisation, row.venture.public_id)


@require_GET
@needs(Permission.SEE_VENTURES)
def photo(request: Request, organisation: str, venture: str) -> HttpResponseBase:
    """What came out, as a picture."""
    row = the_venture(venture)
    if row.product_photo is None:
        raise Http404
    return shown_or_saved(row.product_photo.bytes(), f"product-{row.public_id}", "image/jpeg")


@require_GET
@needs(Permission.SEE_VENTURES)
def file(request: Request, organisation: str, file: str) -> HttpResponseBase:
    """A file of a venture."""
    row = get_object_or_404(queries.file(plain_id(file)))
    return shown_or_saved(row.file.bytes(), f"file-{row.public_id}", row.media_type)
