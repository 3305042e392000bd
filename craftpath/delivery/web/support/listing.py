"""Lists: who may need a word, what was done and is to be looked at again, what is to be put right."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.support import saying
from craftpath.delivery.web.support.forms import AnswerForm
from craftpath.delivery.web.support.places import tabs, whose
from craftpath.domain.support import queries
from craftpath.domain.support.texts import KINDS, OUTCOMES, RULES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.support.models import Look

A_PAGE = 25


@require_GET
@needs(Permission.SEE_SIGNS)
def people(request: Request, organisation: str) -> HttpResponse:
    """Those who may need a word, whoever needs most first; one reason can be looked at alone."""
    rows = whose(request)
    asked = request.GET.get("reason", "")
    asked = asked if asked in RULES else ""
    found = queries.speaking(queries.by_need(rows), asked) if asked else queries.by_need(rows)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "list"),
        "page": page,
        "lines": [line(request, row) for row in page.object_list],
        "reasons": [(code, str(name)) for code, name in RULES.items()],
        "reason": asked,
        "looked_at": queries.last_looked_at(rows),
    }
    return render(request, "support/list.html", context)


def line(request: Request, row: Look) -> dict[str, Any]:
    """One person: why, and what to do next."""
    need, who = queries.need_in(row), row.enrolment
    return {
        "name": who.person.name,
        "url": reverse("support:one", args=[request.organisation.key, who.public_id]),
        "where": [
            text(one) for one in (who.cohort.name, who.enterprise.name if who.enterprise else None) if one
        ],
        "reasons": [saying.reason(one.code, one.value, one.points) for one in need.reasons],
        "next": saying.next_act(request, need.next_act, who.public_id),
        "help_url": reverse("support:help", args=[request.organisation.key, who.public_id]),
        "made_id": uuid.uuid4(),
    }


@require_GET
@needs(Permission.SEE_SIGNS)
def helped(request: Request, organisation: str) -> HttpResponse:
    """What was done and nobody has looked at again, the nearest day first."""
    page = Paginator(queries.acted_on(whose(request)), A_PAGE).get_page(request.GET.get("page"))
    key = request.organisation.key
    lines = [
        {
            "row": row,
            "kind": KINDS[row.kind],
            "due": row.look_on <= request.today,
            "url": reverse("support:one", args=[key, row.enrolment.public_id]),
            "look_url": reverse("support:act", args=[key, row.public_id, "look"]),
        }
        for row in page.object_list
    ]
    context = {
        "tabs": tabs(request, "helped"),
        "page": page,
        "lines": lines,
        "outcomes": list(OUTCOMES.items()),
    }
    return render(request, "support/helped.html", context)


@require_GET
@needs(Permission.RUN_SUPPORT)
def corrections(request: Request, organisation: str) -> HttpResponse:
    """What apprentices say is not so, the oldest first."""
    return render(request, "support/corrections.html", corrections_context(request))


def corrections_context(request: Request, bound: dict[str, AnswerForm] | None = None) -> dict[str, Any]:
    """The list, with the form in which something was typed wrong."""
    rows = queries.corrections_at(request.organisation).exclude(sign__enrolment__person=request.user)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row,
            "said": saying.reason(row.sign.rule, row.sign.value),
            "form": (bound or {}).get(row.public_id) or AnswerForm(auto_id=f"a{row.pk}_%s"),
            "url": reverse("support:one", args=[request.organisation.key, row.sign.enrolment.public_id]),
        }
        for row in page.object_list
    ]
    return {"tabs": tabs(request, "corrections"), "page": page, "lines": lines}
