"""Diplomas: all that are open, one with its table, and what the office does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.credits import goals, saying
from craftpath.delivery.web.credits.forms import (
    AreaForm,
    ConversionForm,
    DiplomaForm,
    MinimumForm,
    OfferForm,
    PresetForm,
)
from craftpath.delivery.web.credits.places import below, tabs, the_diploma
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import actions, queries, rules
from craftpath.domain.credits.loading import PRESETS
from craftpath.domain.credits.matching import in_force
from craftpath.domain.credits.texts import DIPLOMA_STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Diploma

A_PAGE = 20


@require_GET
def listing(request: Request, organisation: str) -> HttpResponse:
    """What is open everywhere, and the drafts of one's own house."""
    page = Paginator(queries.diplomas(), A_PAGE).get_page(request.GET.get("page"))
    keeps = bool(rules.may_keep(request.actor, request.organisation))
    context = {
        "tabs": tabs(request, "credits:diplomas"),
        "page": page,
        "goals": [goals.goal(request, row) for row in page],
        "keeps": keeps,
        "preset": PresetForm(presets=_presets()) if keeps else None,
    }
    return render(request, "credits/diplomas.html", context)


def _presets() -> list[tuple[str, str]]:
    return [(key, text(name)) for key, name in PRESETS.items()]


@require_POST
@needs(Permission.DECIDE_CREDITS)
def preset(request: Request, organisation: str) -> HttpResponse:
    """Take a preset over as drafts."""
    form = PresetForm(request.POST, presets=_presets())

    def act() -> None:
        actions.load_preset(
            form.cleaned_data["preset"],
            request.organisation,
            by=request.actor,
            at=request.at,
        )

    done = _("Taken over as drafts. Look at every figure before you open one.")
    status = tried(request, form, done, act)
    if status:
        page = Paginator(queries.diplomas(), A_PAGE).get_page(1)
        context = {
            "tabs": tabs(request, "credits:diplomas"),
            "page": page,
            "goals": [goals.goal(request, row) for row in page],
            "keeps": True,
            "preset": form,
        }
        return render(request, "credits/diplomas.html", context, status=status)
    return redirect("credits:diplomas", organisation)


@require_GET
def one(request: Request, organisation: str, diploma: str) -> HttpResponse:
    """A diploma with its areas, its table and what is on offer."""
    return render(request, "credits/diploma.html", _page(request, the_diploma(diploma)))


def _page(request: Request, row: Diploma, **bound: Form) -> dict[str, Any]:
    keeps = bool(rules.may_keep(request.actor, row.organisation))
    areas = {area.key: text(area.name) for area in queries.areas()}
    draft = row.state == "draft"
    title = text(row.title)
    context = {
        "row": row,
        "title": title,
        "crumbs": below(request, "credits:diplomas", _("Diplomas"), title),
        "badge": (saying.DIPLOMA_TONES[row.state], DIPLOMA_STATES[row.state]),
        "facts": goals.facts(row),
        "areas": goals.areas(row),
        "table": goals.table(row, areas, request.today),
        "offers": goals.steps(row, request.today),
        "minima": goals.minima(row),
        "keeps": keeps,
        "draft": draft,
        "open": row.state == "open",
    }  # fmt: skip
    if keeps and row.state != "retired":
        forms = {"rule": _rule_form(request, row), "offer": OfferForm(diploma=row)}
        if draft:
            forms |= {
                "area": AreaForm(),
                "minimum": MinimumForm(places=queries.institutions(row.organisation)),
            }
        context |= {f"{name}_form": form for name, form in (forms | bound).items()}
    return context


def _rule_form(request: Request, row: Diploma, data: Any = None) -> ConversionForm:
    areas = list(queries.areas())
    names = {area.key: text(area.name) for area in areas}
    now = in_force(row.rules.all(), request.today)
    rows = [
        (rule.key, f"{goals.about(rule, names.get(rule.area, rule.area))}, {saying.percent(rule.rate)}")
        for rule in now
    ]
    return ConversionForm(
        data, diploma=row, areas=areas, rows=rows, initial={"valid_from": request.today, "rate": "100"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_CREDITS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a diploma."""
    require(rules.may_keep(request.actor, request.organisation))
    form = DiplomaForm(request.POST if request.method == "POST" else None)
    made: list[Diploma] = []

    def act() -> None:
        made.append(actions.draft_diploma(request.organisation, form.new, by=request.actor, at=request.at))

    status = 200
    if request.method == "POST":
        status = tried(request, form, _("Drafted. Add its areas and its table, then open it."), act)
        if not status:
            return redirect("credits:diploma", organisation, made[0].public_id)
    return _edit(request, form, _("A new diploma"), status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECIDE_CREDITS)
def change(request: Request, organisation: str, diploma: str) -> HttpResponse:
    """Write a draft anew."""
    row = the_diploma(diploma)
    require(rules.may_keep(request.actor, row.organisation))
    require(rules.can_be_edited(row))
    form = DiplomaForm(request.POST if request.method == "POST" else None, row=row)

    def act() -> None:
        actions.change_diploma(row, form.new, by=request.actor, at=request.at)

    status = 200
    if request.method == "POST":
        status = tried(request, form, pgettext("a form", "Kept."), act)
        if not status:
            return redirect("credits:diploma", organisation, row.public_id)
    return _edit(request, form, text(row.title), status)


def _edit(request: Request, form: DiplomaForm, title: str, status: int) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "crumbs": below(request, "credits:diplomas", _("Diplomas"), title),
    }
    return render(request, "credits/edit.html", context, status=status)


@require_POST
@needs(Permission.DECIDE_CREDITS)
def add(request: Request, organisation: str, diploma: str, what: str) -> HttpResponse:
    """Add an area, a minimum, a row of the table, a step."""
    row = the_diploma(diploma)
    if what not in _ADDING:
        raise Http404
    require(rules.may_keep(request.actor, row.organisation))
    make, act = _ADDING[what]
    form = make(request, row)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    status = tried(request, form, pgettext("a form", "Kept."), lambda: act(request, row, form, by))
    if status:
        page = _page(request, row, **{what: form})
        return render(request, "credits/diploma.html", page, status=status)
    return redirect("credits:diploma", organisation, row.public_id)


def _add_area(request: Request, row: Diploma, form: Any, by: dict[str, Any]) -> None:
    given = form.cleaned_data
    actions.set_area(row, given["key"], form.name(), least=given["least"] or 0, most=given["most"], **by)


def _add_minimum(request: Request, row: Diploma, form: Any, by: dict[str, Any]) -> None:
    given = form.cleaned_data
    place = form.places[given["institution"]]
    actions.set_minimum(row, place.key, place.name, given["least"], **by)


def _add_rule(request: Request, row: Diploma, form: Any, by: dict[str, Any]) -> None:
    key = form.cleaned_data["replaces"]
    actions.begin_conversion(row, form.new, key=key, today=request.today, **by)


def _add_offer(request: Request, row: Diploma, form: Any, by: dict[str, Any]) -> None:
    names = ("area", "points", "weeks", "valid_from", "valid_to")
    actions.add_offer(row, form.name(), **{name: form.cleaned_data[name] for name in names}, **by)


Made = Callable[[Request, "Diploma"], Any]
_ADDING: dict[str, tuple[Made, Callable[..., None]]] = {
    "area": (lambda request, row: AreaForm(request.POST), _add_area),
    "minimum": (
        lambda request, row: MinimumForm(request.POST, places=queries.institutions(row.organisation)),
        _add_minimum,
    ),
    "rule": (lambda request, row: _rule_form(request, row, request.POST), _add_rule),
    "offer": (lambda request, row: OfferForm(request.POST, diploma=row), _add_offer),
}


@require_POST
@needs(Permission.DECIDE_CREDITS)
def end(request: Request, organisation: str, diploma: str, what: str, key: str) -> HttpResponse:
    """An area of a draft goes; a row of the table or a step ends today."""
    row = the_diploma(diploma)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if what == "area":
        actions.drop_area(get_object_or_404(row.areas.all(), key=key.replace("\0", "")), **by)
    elif what == "rule":
        found = get_object_or_404(row.rules.all(), public_id=plain_id(key))
        actions.end_conversion(found, on=request.today, today=request.today, **by)
    elif what == "offer":
        step = get_object_or_404(row.offers.all(), public_id=plain_id(key))
        actions.end_offer(step, on=request.today, **by)
    else:
        raise Http404
    messages.success(request, pgettext("a form", "Kept."))
    return redirect("credits:diploma", organisation, row.public_id)


@require_POST
@needs(Permission.DECIDE_CREDITS)
def move(request: Request, organisation: str, diploma: str, verb: str) -> HttpResponse:
    """Open it, or retire it."""
    row = the_diploma(diploma)
    if verb == "open":
        actions.open_diploma(row, by=request.actor, at=request.at)
        messages.success(request, _("It is open: people plan by it from now on."))
    elif verb == "retire":
        actions.retire_diploma(row, by=request.actor, at=request.at)
        messages.success(request, _("Retired. What was asked before is still decided by its rows."))
    else:
        raise Http404
    return redirect("credits:diploma", organisation, row.public_id)
