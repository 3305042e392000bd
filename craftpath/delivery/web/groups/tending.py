"""All groups for those who look after the classes: what is stuck, what is to be read, and how many make a group."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import RuleForm
from craftpath.delivery.web.groups.listing import A_PAGE
from craftpath.delivery.web.groups.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.groups import actions, queries, rules
from craftpath.domain.groups.texts import STATES
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

FEW = 6


@require_GET
@needs(Permission.HOLD_SESSIONS)
def tended(request: Request, organisation: str) -> HttpResponse:
    """What waits first, then all of them."""
    return _page(request)


@require_POST
@needs(Permission.TEND_TALK)
def rule(request: Request, organisation: str) -> HttpResponse:
    """Say how many make a group."""
    require(rules.may_rule(request.actor, request.organisation))
    form = RuleForm(request.POST)
    status = tried(
        request, form, _("Noted. Groups that meet already stay as they are."),
        lambda: actions.set_group_rule(
            request.organisation, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )  # fmt: skip
    return _page(request, form=form if status else None, status=status or 200)


def _page(request: Request, *, form: RuleForm | None = None, status: int = 200) -> HttpResponse:
    show = request.GET.get("show", "")
    rows = queries.listed(queries.groups())
    if show in STATES:
        rows = rows.filter(state=show)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    stuck = queries.listed(queries.stuck(request.today))[:FEW]
    fewest, most = queries.bounds(request.organisation)
    context: dict[str, Any] = {
        "tabs": tabs(request, "groups:tended"),
        "stuck": [_act(one, request) for one in saying.lines(request, stuck)],
        "ended": saying.lines(request, queries.listed(queries.to_confirm())[:FEW]),
        "disputed": queries.disputed()[:FEW],
        "lines": saying.lines(request, shown.object_list),
        "page": shown,
        "show": show,
        "shows": list(STATES.items()),
        "rules": rules.may_rule(request.actor, request.organisation),
        "form": form or RuleForm(initial={"fewest": fewest, "most": most}),
    }
    return render(request, "groups/tended.html", context, status=status)


def _act(line: saying.Line, request: Request) -> saying.Line:
    """What to do next about a group that is stuck."""
    row: Any = line.row
    if not row.count_in:
        said = _("Nobody has accepted yet. Talk to those who are invited, or dissolve the group.")
    elif row.until < request.today:
        said = _("Its last day is over. Ask the members to write down what came out.")
    elif row.count_in < queries.bounds(row.organisation)[0]:
        said = _("Too few are left. Invite others, or end it with what there is.")
    else:
        said = _("They have not met for three rhythms. Ask whether another day or place suits them.")
    return replace(line, next_act=said)
