"""One apprentice: what the facts are, what they say, what was done, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.support import saying
from craftpath.delivery.web.support.forms import HelpForm
from craftpath.delivery.web.support.places import found, to_one
from craftpath.domain.support import queries, rules
from craftpath.domain.support.texts import (
    ACT_STATES,
    CORRECTION_STATES,
    FIGURES,
    KINDS,
    OUTCOMES,
    SIGN_STATES,
)
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.support.models import Act, Look, Sign

SIGN_TONES = {"given": "attention", "acted": "info", "corrected": "plain", "lapsed": "plain"}


@require_GET
@needs(Permission.SEE_SIGNS)
def one(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """The page of one."""
    row = found(request, enrolment)
    kind = request.GET.get("kind", "")
    form = HelpForm(today=request.today, initial={"kind": kind} if kind in KINDS else {})
    return render(request, "support/one.html", page_of(request, row, form))


def page_of(request: Request, row: Enrolment, form: HelpForm) -> dict[str, Any]:
    """What it shows, in a constant number of queries."""
    look = queries.look_of(row)
    need = queries.need_in(look) if look else None
    answers = bool(rules.may_answer(request.actor, row))
    signs = queries.signs_of(row)
    return {
        "row": row,
        "where": [
            text(one) for one in (row.cohort.name, row.enterprise.name if row.enterprise else None) if one
        ],
        "crumbs": to_one(request, row),
        "look": look,
        "reasons": [saying.reason(one.code, one.value, one.points) for one in need.reasons] if need else [],
        "next": saying.next_act(request, need.next_act, row.public_id) if need and need.next_act else None,
        "figures": figures(look),
        "model": saying.explained(look) if look else None,
        "signs": [sign_line(one) for one in signs],
        "acts": [act_line(request, one) for one in queries.acts_of(row)],
        "form": form,
        "answers": answers,
        "active": row.state in ("active", "suspended"),
        "outcomes": list(OUTCOMES.items()),
    }


def figures(look: Look | None) -> list[tuple[str, str]]:
    """(label, value) of everything that was counted; what is not known is –."""
    if look is None:
        return []
    told = []
    for key, label in FIGURES.items():
        if key not in look.figures:
            continue
        value = look.figures[key]
        known = "–" if value is None else saying.tenths(value) if key == "mark_gap" else str(value)
        if key == "mark_gap" and value is not None and value <= 0:
            known = "0"
        told.append((str(label), known))
    return told


def sign_line(row: Sign) -> dict[str, Any]:
    """What was said, when and by which rules, and what was said against it."""
    return {
        "row": row,
        "said": saying.reason(row.rule, row.value),
        "state": SIGN_STATES[row.state],
        "tone": SIGN_TONES[row.state] if row.ended_at is None else "plain",
        "open": row.state in ("given", "acted") and row.ended_at is None,
        "corrections": [{"row": one, "state": CORRECTION_STATES[one.state]} for one in row.corrections.all()],
    }


def act_line(request: Request, row: Act) -> dict[str, Any]:
    """What was done, and what came of it."""
    return {
        "row": row,
        "kind": KINDS[row.kind],
        "state": OUTCOMES[row.outcome] if row.outcome else ACT_STATES[row.state],
        "due": row.state == "open" and row.look_on <= request.today,
        "own": row.state == "open" and row.by_id == request.user.pk,
    }
