"""Writing a rule: first which kind of data, then to whom, what of it, for what, on which basis, how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.sharing.data_class import DataClass
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.delivery.web.sharing.forms import RuleForm
from craftpath.delivery.web.sharing.places import found, partners, trail
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.partnership.queries import partners_of
from craftpath.domain.sharing import actions, rules
from craftpath.domain.sharing.states import RULE
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.sharing.models import SharingRule
    from craftpath.kernel.organisations import Organisation

MOST_COHORTS = 300


@require_GET
@needs(Permission.SHARE_DATA)
def choose(request: Request, organisation: str) -> HttpResponse:
    """All kinds of data, those about people first."""
    require(rules.may_give(request.actor, request.organisation, request.today))
    shown = {"kinds": CLASSES.values(), "crumbs": trail(request, None, _("Write a rule"))}
    return render(request, "sharing/choose.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SHARE_DATA)
def write(request: Request, organisation: str, kind: str) -> HttpResponse:
    """A new rule about a kind of data."""
    if kind not in CLASSES:
        raise Http404
    require(rules.may_give(request.actor, request.organisation, request.today))
    return _form(request, CLASSES[kind], None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SHARE_DATA)
def edit(request: Request, organisation: str, rule: str) -> HttpResponse:
    """Change a draft."""
    row = found(request, rule)
    require(rules.may_give(request.actor, row.giver, request.today))
    if not RULE.can(row.state, "save") or row.data_class not in CLASSES:
        return redirect("sharing:rule", organisation, row.public_id)
    return _form(request, CLASSES[row.data_class], row)


def _form(request: Request, kind: DataClass, row: SharingRule | None) -> HttpResponse:
    offered = partners(request) if row is None or row.replaces is None else [row.receiver]
    if row is not None and row.receiver not in offered:
        offered.append(row.receiver)
    form = RuleForm(
        request.POST or None,
        kind=kind,
        partners=offered,
        cohorts=list(cohorts()[:MOST_COHORTS]) if "cohort" in kind.whom else [],
        rule=row,
        on=request.today,
    )
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"by": request.actor, "at": request.at}
        with refusals_in(form):
            giver = row.giver if row is not None else request.organisation
            terms = form.terms(_agreement(request, giver, form.partners[form.cleaned_data["receiver"]]))
            if row is not None:
                saved = actions.save_rule(row, terms, **by)
            else:
                saved = actions.draft_rule(terms, giver=giver, **by)
            messages.success(request, _("Saved. Look at what the partner would see, then offer it."))
            return redirect("sharing:rule", request.organisation.key, saved.public_id)
    shown = {
        "form": form,
        "kind": kind,
        "row": row,
        "none": not offered,
        "crumbs": trail(request, row, _("Change") if row else _("Write a rule")),
    }
    return render(request, "sharing/write.html", shown, status=422 if form.errors else 200)


def _agreement(request: Request, giver: Organisation, receiver: Organisation) -> str:
    """The agreement that binds both today, the one that lasts longest; "" without one."""
    for row in partners_of(giver, request.today):
        sides = {side.organisation.path for side in row.sides.all()}
        if all(any(one.path.startswith(side) for side in sides) for one in (giver, receiver)):
            return row.public_id
    return ""
