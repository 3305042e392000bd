"""A workbook on its way to be a layout: uploaded, looked at filled, kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange import texts
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.layout_filling import Values, require_fillable
from craftpath.delivery.exchange.layout_kinds import ways
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.layout_reading import BYTES, Look
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.layouts.finding import find_layout, find_stage, may_bring
from craftpath.delivery.web.layouts.forms import KeepForm, LayoutForm
from craftpath.delivery.web.layouts.preview import previews
from craftpath.delivery.web.layouts.texts import PARTS
from craftpath.delivery.web.layouts.values import names_of, values_of
from craftpath.delivery.web.layouts.views import example_of, person_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.layouts import NAME_LENGTH, Layout, keep_layout, layouts_for, may_keep, try_layout
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

MEGABYTE = 1024 * 1024
_PLACES = 8  # cells named for one placeholder
_UNKNOWN = 50  # unknown ones named on the page
_PEOPLE = 500  # people offered for a preview


@csrf_exempt  # the body stays unread until its declared size is known; `_choose` is protected
@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_RESULTS)
def choose(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """The layouts for one stage, and the form that brings another."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    size = int(declared) if declared.isdecimal() and len(declared) < 19 else 0
    if request.method == "POST" and size > BYTES + MEGABYTE:
        stage = find_stage(request, evaluation)
        facts = {"megabytes": -(-size // MEGABYTE), "limit": BYTES // MEGABYTE}
        refused = texts.sentence("sheet.layout_too_big", facts)
        return _choose_page(request, stage, LayoutForm(), refused=refused, status=413)
    return _choose(request, evaluation)


@csrf_protect
def _choose(request: Request, evaluation: str) -> HttpResponse:
    stage = find_stage(request, evaluation)
    if request.method != "POST":
        return _choose_page(request, stage, LayoutForm())
    require(may_bring(request, stage))
    form = LayoutForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose_page(request, stage, form, status=422)
    layout = try_layout(
        content=form.content,
        filename=form.cleaned_data["file"].name,
        organisation=request.organisation,
        by=request.actor,
        at=request.at,
    )
    return redirect("layouts:check", request.organisation.key, stage.public_id, layout.public_id)


def _choose_page(
    request: Request, stage: Evaluation, form: LayoutForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "evaluation": stage,
        "form": form,
        "refused": refused,
        "rows": layouts_for(stage.cohort.organisation),
        "may_bring": bool(may_bring(request, stage)),
        "limit": _("at most %(limit)s MB") % {"limit": BYTES // MEGABYTE},
        "query": request.GET.urlencode(),
        "crumbs": to_stage(request, stage, here(_("Your own layout"))),
    }
    return render(request, "layouts/choose.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_RESULTS)
def check(request: Request, organisation: str, evaluation: str, layout: str) -> HttpResponse:
    """What a layout asks for, what nobody knows, what it would lose, and how it looks filled; then its name."""
    stage = find_stage(request, evaluation)
    found = find_layout(request, layout, stage)
    if request.method != "POST":
        stem = found.file.name.rpartition(".")[0] or found.file.name
        return _check_page(request, stage, found, KeepForm(initial={"name": stem[:NAME_LENGTH]}))
    require(may_keep(request.actor, found.organisation))
    form = KeepForm(request.POST)
    if form.is_valid():
        seen = ways(found.file.bytes(), names_of(stage))
        require_fillable(() if seen.any else seen.listed.faults)
        try:
            kept = keep_layout(
                found,
                name=form.cleaned_data["name"],
                replace=form.cleaned_data["replace"],
                by=request.actor,
                at=request.at,
            )
        except Refused as refused:
            if refused.verdict.who or refused.verdict.reason == "flow.not_now":
                raise
            form.add_error("name", sentence(refused.verdict))
        else:
            said = _("“%(name)s” is kept. From now on it is filled by one click.")
            messages.success(request, said % {"name": kept.name})
            return redirect("layouts:choose", request.organisation.key, stage.public_id)
    return _check_page(request, stage, found, form, status=422)


def _check_page(
    request: Request, stage: Evaluation, found: Layout, form: KeepForm, *, status: int = 200
) -> HttpResponse:
    content, names, values = found.file.bytes(), names_of(stage), values_of(request, stage)
    way = ways(content, names)
    seen = way.listed if way.as_list else way.alone if way.each else way.listed
    person = person_of(values, request.GET.get("person", "")) or (values.people[0] if values.people else None)
    alone = way.each and (not way.as_list or "person" in request.GET)
    shown, refused = [], ""
    if way.any:
        try:
            shown = previews(content, names, values, person if alone else None)
        except SheetRefused as caught:
            refused = texts.refusal(caught)
    taken = {
        row.name for row in layouts_for(found.organisation) if row.organisation_id == found.organisation_id
    }
    context = {
        "evaluation": stage,
        "layout": found,
        "form": form,
        "offer_replace": bool(form.errors) or form.initial.get("name") in taken,
        "understood": _understood(seen, values, names),
        "known_count": len(seen.known),
        "unknown": [(one.written, *_place(one), one.near) for one in seen.unknown[:_UNKNOWN]],
        "unknown_count": len(seen.unknown),
        "unknown_left": len(seen.unknown[_UNKNOWN:]),
        "faults": [
            texts.sentence(one.code, {"cell": one.cell, **one.facts}) for one in seen.faults[:_UNKNOWN]
        ],
        "remarks": [texts.remark(one) for one in seen.remarks],
        "refused": refused,
        "previews": shown,
        "document": way.kind == "docx",
        "as_list": way.as_list,
        "each": way.each,
        "alone": alone,
        "why_no_list": [
            texts.sentence(one.code, {"cell": one.cell, **one.facts})
            for one in (way.listed.faults[:1] if way.each else ())
        ],
        "person": person,
        "choices": [
            (str(one["number"]), f"{one['number']} {one['name']}") for one in values.people[:_PEOPLE]
        ],
        "people": len(values.people),
        "tried": found.state == "tried",
        "crumbs": to_stage(
            request,
            stage,
            step(request, _("Your own layout"), "layouts:choose", stage.public_id),
            here(found.name or found.file.name),
        ),
    }
    return render(request, "layouts/check.html", context, status=status)


def _understood(seen: Look, values: Values, names: Names) -> list[dict[str, Any]]:
    """Each known placeholder once: how it is written, where, and what it is at this moment."""
    places: dict[str, list[Any]] = {}
    for place in seen.known:
        places.setdefault(place.written, []).append(place)
    several = len({place.sheet for place in seen.known}) > 1
    each = {one.key for one in names.each}
    return [
        {
            "written": written,
            "row": found[0].asked.key in each,
            "where": listed(_where(place, several) for place in found[:_PLACES]),
            "left": len(found[_PLACES:]),
            "now": example_of(found[0].asked, values),
        }
        for written, found in places.items()
    ]


def _place(place: Any) -> tuple[str, str]:
    """Sheet and cell; of a document its part and paragraph."""
    if place.sheet in PARTS:
        return str(PARTS[place.sheet]), _("paragraph %(number)s") % {"number": place.cell}
    return place.sheet, place.cell or _("head or foot of the page")


def where_in_document(place: Any) -> str:
    """Part and paragraph of a document."""
    return ", ".join(_place(place))


def _where(place: Any, several: bool) -> str:
    if place.sheet in PARTS:
        return where_in_document(place)
    cell = place.cell or _("head or foot of the page")
    return f"{place.sheet} {cell}" if several else cell
