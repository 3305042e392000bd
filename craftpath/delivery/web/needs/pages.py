"""The pages of one analysis: what is needed, by group, compared; and all of it for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.itemreport.figures import number
from craftpath.delivery.web.needs import drawing, saying
from craftpath.delivery.web.needs.comparing import SIDES, compared, sides
from craftpath.delivery.web.needs.forms import PublishForm
from craftpath.delivery.web.needs.places import TONES, for_office, found, reads_groups, tabs, to_list
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.curricula.queries import versions
from craftpath.domain.curricula.rules import may_design
from craftpath.domain.needs import queries, rules
from craftpath.domain.needs.texts import CROSSHAIRS, METHODS, STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis
    from craftpath.domain.surveys.models import Survey

Told = dict[str, Any]
MOST_PLANS = 50


@require_GET
def analysis(request: Request, organisation: str, analysis: str) -> HttpResponse:
    """The map first, then the ranked needs; shorter for those who were asked."""
    row = found(request, analysis)
    if request.htmx and row.state != "computing":
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    if request.htmx:
        return render(request, "needs/analysis.html#waiting", frame(request, row, "analysis"))
    return render(request, "needs/analysis.html", page(request, row))


def page(request: Request, row: Analysis, **more: Any) -> Told:
    """What the first page shows, with a form that came back."""
    context = frame(request, row, "analysis") | more
    if row.figures:
        context |= whole(row) | plans(request, row)
        context.setdefault("publish", PublishForm() if context["may"] and row.state == "computed" else None)
    return context


def plans(request: Request, row: Analysis) -> Told:
    """Versions in draft that the reader may edit, each with the form that drafts it from these needs; one query."""
    near = row.organisation.path.startswith(request.organisation.path)
    if row.state != "published" or not near or Permission.DESIGN_CURRICULA not in request.actor.permissions:
        return {"drafts_from": False}
    key = request.organisation.key
    found = [one for one in versions().filter(state="draft")[:MOST_PLANS]
             if may_design(request.actor, one.curriculum.organisation)]  # fmt: skip
    return {
        "drafts_from": True,
        "plans": [(text(one.curriculum.name), one.number,
                   f"{reverse('curricula:new_draft', args=[key, one.public_id])}?from={row.public_id}")
                  for one in found],
    }  # fmt: skip


def frame(request: Request, row: Analysis, current: str) -> Told:
    """What stands around every page of an analysis."""
    surveys = list(row.surveys.select_related("organisation").order_by("made_at", "pk"))
    signed = queries.signatures(row)
    return {
        "analysis": row,
        "surveys": surveys,
        "named": _named(surveys),
        "state": STATES[row.state],
        "tone": TONES.get(row.state, "plain"),
        "may": bool(rules.may_analyse(request.actor, row.organisation)),
        "office": reads_groups(request.actor, row),
        "may_sign": row.state == "published"
        and bool(rules.may_sign(request.actor, row))
        and request.user.pk not in {one.person_id for one in signed},
        "signatures": signed,
        "failed": sentence(Verdict(row.failed, row.failed_facts)) if row.failed else "",
        "tabs": tabs(request, row, current) if row.figures else [],
        "crumbs": to_list(request, here(text(row.title))),
        "crosshair": CROSSHAIRS[row.crosshair],
    }


def _named(surveys: Sequence[Survey]) -> str:
    """Whether all, some or none of the surveys kept names."""
    kept = {not one.anonymous for one in surveys}
    return "some" if len(kept) > 1 else "all" if True in kept else "none"


def whole(row: Analysis) -> Told:
    """Map, ranked needs, agreement and priorities."""
    figures = row.figures
    rows = drawing.shown(figures)
    names = {one["key"]: text(one["name"]) for one in figures["items"]}
    return {
        "map": drawing.map_of(figures),
        "ranked": [
            {
                "row": one,
                "name": names[one["key"]],
                "bar": bar,
                "interval": saying.interval(one["mwds"]),
                "words": {
                    **{side: number(one[side]["value"]) for side in ("mwds", "importance", "ability")},
                    "rds": number(one["rds"]["value"], 0),
                },
            }
            for one, bar in zip(rows, drawing.bars([one["mwds"] for one in rows]), strict=True)
        ],
        "without": [
            {"name": names[one["key"]], "why": saying.why(one["why"])}
            for one in figures["items"]
            if "why" in one
        ],
        "agreement": saying.agreement(figures),
        "slopes": drawing.slopes(figures),
        "reliability": saying.reliability(figures),
        "priorities": [names[key] for key in row.priorities],
        "method": METHODS.get(row.priority_method, ""),
        "diagonal": len(figures["grid"]["diagonal"]) if figures["grid"] else 0,
    }


@require_GET
def groups(request: Request, organisation: str, analysis: str) -> HttpResponse:
    """Each group column as a heat map, with hidden cells marked."""
    row = for_office(request, analysis)
    measure = request.GET.get("show", "")
    measure = measure if measure in drawing.MEASURES else "mwds"
    context = (
        frame(request, row, "groups") | by_group(row, measure) | {"measure": measure, "measures": measures()}
    )
    return render(request, "needs/groups.html", context)


def measures() -> list[tuple[str, str]]:
    """What a heat map can show."""
    return [*((key, str(METHODS[key])) for key in ("mwds", "gap", "rds")),
            ("importance", _("Importance")), ("ability", _("Own level"))]  # fmt: skip


def by_group(row: Analysis, measure: str) -> Told:
    """The heat maps of an analysis by one measure."""
    figures = row.figures
    order = [figures["items"].index(one) for one in drawing.shown(figures)] if figures else []
    maps = []
    for group in figures.get("groups", ()):
        columns = [
            drawing.tinted([[value["cells"][at] for value in group["values"]] for at in order], measure)
        ]
        maps.append(
            {
                "name": saying.group_name(row, group["key"]),
                "heads": [(saying.value_name(group["key"], one), one["n"]) for one in group["values"]],
                "rows": [
                    (text(figures["items"][at]["name"]), cells)
                    for at, cells in zip(order, columns[0], strict=True)
                ],
                "hidden": any(
                    "suppressed" in cell.get("why", "") for one in group["values"] for cell in one["cells"]
                ),
            }
        )
    return {"maps": maps, "any_hidden": any(one["hidden"] for one in maps)}


@require_GET
def changes(request: Request, organisation: str, analysis: str) -> HttpResponse:
    """Waves, constructs, surveys and the mentors' view, each beside the other."""
    row = for_office(request, analysis)
    side = request.GET.get("show", "")
    side = side if side in SIDES else "ability"
    context = frame(request, row, "changes") | compared(row, side)
    return render(request, "needs/changes.html", context | {"side": side, "sides": sides()})


@require_GET
def paper(request: Request, organisation: str, analysis: str) -> HttpResponse:
    """All of it on one page, for the printer."""
    row = found(request, analysis)
    context = frame(request, row, "analysis")
    if row.figures:
        context |= whole(row)
        if context["office"]:
            context |= by_group(row, "mwds") | compared(row, "ability") | {"side": "ability"}
    return render(request, "needs/paper.html", context | {"on": request.today})
