"""The office: reports, appeals, what is hidden; and a writer's side of a hiding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.forums.places import tabs
from craftpath.delivery.web.forums.saying import name_of
from craftpath.delivery.web.questions.forms import ReasonForm
from craftpath.delivery.web.questions.ruling import answer, rule
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.forums import actions, queries
from craftpath.domain.questions.texts import HIDING_STATES, REPORT_REASONS
from craftpath.kernel.roles import Permission

MOST = 100
DECIDES: dict[str, tuple[Callable[..., object], Any]] = {
    "keep": (actions.keep_hiding, lambda: _("It stays hidden; its writer hears it.")),
    "lift": (actions.lift_hiding, lambda: _("It can be seen again; its writer hears it.")),
}


@require_GET
@needs(Permission.TEND_TALK)
def minding(request: Request, organisation: str) -> HttpResponse:
    """What somebody must decide, then what is hidden."""
    context = {
        "tabs": tabs(request, "forums:minding"),
        "reports": [
            {
                "row": row,
                "reason": REPORT_REASONS[row.reason],
                "who": name_of(row.post.person),
                "text": _words(row),
            }
            for row in queries.reports().filter(state="open")[:MOST]
        ],
        "hidings": [
            {
                "row": row,
                "state": HIDING_STATES[row.state],
                "who": name_of(row.post.person),
                "text": _words(row),
            }
            for row in queries.hidings()[:MOST]
        ],
        "reason": ReasonForm(auto_id=False),
    }
    return render(request, "forums/minding.html", context)


def _words(row: Any) -> str:
    return row.post.text or _("A photo without words")


@require_POST
@needs(Permission.TEND_TALK)
def decide(request: Request, organisation: str, report: str, verb: str) -> HttpResponse:
    """Hide what was reported, for a reason, or find nothing in it."""
    rule(request, get_object_or_404(queries.reports(), public_id=plain_id(report)), verb, actions)
    return redirect("forums:minding", organisation)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def hiding(request: Request, organisation: str, hiding: str, verb: str) -> HttpResponse:
    """Its writer appeals or has read why; the office keeps it hidden or lets it be seen again."""
    row = get_object_or_404(queries.hidings(), public_id=plain_id(hiding))
    office = answer(request, row, verb, actions, DECIDES)
    return redirect("forums:minding" if office else "forums:mine", organisation)
