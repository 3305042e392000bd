"""One occupation with the versions of its charts; a new one, and one that is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.occupations.forms import OccupationForm, as_typed
from craftpath.delivery.web.occupations.listing import charts_by
from craftpath.delivery.web.occupations.places import found_occupation, to_list
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.occupations import actions, queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation


@require_GET
def occupation(request: Request, organisation: str, occupation: str) -> HttpResponse:
    """Names, codes, and every version that the reader may open."""
    row = found_occupation(occupation)
    charts = charts_by(request, [row.pk]).get(row.pk, [])
    own = [one for one in charts if one["row"].organisation_id == request.organisation.pk]
    may = bool(rules.may_keep(request.actor, request.organisation))
    adopted = next((one["row"] for one in own if one["row"].state == "adopted"), None)
    context = {
        "row": row,
        "charts": charts,
        "adopted": adopted,
        "may_edit": bool(rules.may_keep(request.actor, row.organisation)),
        "may_begin": may and queries.open_chart(row, request.organisation) is None,
        "crumbs": to_list(request, here(text(row.name))),
    }
    return render(request, "occupations/occupation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """An occupation of the own organisation."""
    require(rules.may_keep(request.actor, request.organisation))
    form = OccupationForm(
        request.POST if request.method == "POST" else None, initial={"zh": request.GET.get("q", "")[:60]}
    )
    return _answer(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, organisation: str, occupation: str) -> HttpResponse:
    """Other names, codes or words."""
    row = found_occupation(occupation)
    require(rules.may_keep(request.actor, row.organisation))
    return _answer(
        request,
        OccupationForm(request.POST if request.method == "POST" else None, initial=as_typed(row)),
        row,
    )


def _answer(request: Request, form: OccupationForm, row: Occupation | None) -> HttpResponse:
    status, kept = 200, []
    if request.method == "POST":

        def act() -> None:
            kept.append(
                actions.keep_occupation(
                    request.organisation, name=form.name(), codes=form.codes(),
                    words=form.cleaned_data["words"].splitlines(), occupation=row, by=request.actor, at=request.at,
                )
            )  # fmt: skip

        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("occupations:occupation", request.organisation.key, kept[0].public_id)
    further = [step(request, text(row.name), "occupations:occupation", row.public_id)] if row else []
    crumbs = to_list(request, *further, here(_("Change") if row else _("New occupation")))
    return render(
        request, "occupations/form.html", {"form": form, "row": row, "crumbs": crumbs}, status=status
    )


@require_POST
def begin(request: Request, organisation: str, occupation: str) -> HttpResponse:
    """A new version, from the adopted one where it is asked for; it opens on its frame."""
    row = found_occupation(occupation)
    follows = None
    if request.POST.get("from") == "adopted":
        adopted = queries.charts().filter(occupation=row, organisation=request.organisation, state="adopted")
        follows = adopted.first()
    chart = actions.begin_chart(row, request.organisation, follows=follows, by=request.actor, at=request.at)
    messages.success(request, _("Begun. Say who leads the workshop and when, and seat the panel."))
    return redirect("occupations:chart", organisation, chart.public_id)
