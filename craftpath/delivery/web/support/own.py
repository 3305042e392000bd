"""What is said of oneself, from which facts, and how to have it put right: at every organisation of this site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.passport.own import actor, own_rows
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.support import saying
from craftpath.delivery.web.support.forms import WordsForm
from craftpath.delivery.web.support.one import figures, sign_line
from craftpath.domain.apprenticeships.queries import enrolments_of
from craftpath.domain.support import actions, queries
from craftpath.domain.support.texts import KINDS, OUTCOMES

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

MOST = 5  # apprenticeships of one person


@require_GET
def entry(request: Request, organisation: str) -> HttpResponse:
    """What is said of oneself is of no organisation."""
    return redirect("said:mine")


@require_GET
@own_rows
def mine(request: Request) -> HttpResponse:
    """Everything: what is said, from which facts, by which figure, who did what, and what was answered."""
    return render(request, "support/mine.html", _page(request))


def _page(request: Request, bound: dict[str, WordsForm] | None = None) -> dict[str, Any]:
    rows = list(enrolments_of(request.user)[:MOST])
    return {"rows": [_one(row, bound or {}) for row in rows]}


def _one(row: Enrolment, bound: dict[str, WordsForm]) -> dict[str, Any]:
    look = queries.look_of(row)
    signs = []
    for sign in queries.signs_of(row):
        told = sign_line(sign)
        waits = any(one["row"].state == "asked" for one in told["corrections"])
        signs.append(
            told
            | {
                "form": bound.get(sign.public_id) or WordsForm(auto_id=f"s{sign.pk}_%s"),
                "may_ask": told["open"] and not waits,
            }
        )
    return {
        "row": row,
        "title": text(row.cohort.name),
        "look": look,
        "figures": figures(look),
        "model": saying.explained(look) if look else None,
        "now": [one for one in signs if one["open"]],
        "before": [one for one in signs if not one["open"]],
        "acts": [
            {"row": one, "kind": KINDS[one.kind], "outcome": OUTCOMES.get(one.outcome, "")}
            for one in queries.acts_of(row)
            if one.state != "taken_back"
        ],
    }


@require_POST
@own_rows
def ask(request: Request, sign: str) -> HttpResponse:
    """Say that it is not so."""
    row = queries.sign(plain_id(sign))
    if row is None or row.enrolment.person_id != request.user.pk:
        raise Http404
    form = WordsForm(request.POST, auto_id=f"s{row.pk}_%s")
    status = tried(
        request, form, _("Sent. You get an answer within five working days."),
        lambda: actions.ask_correction(
            row, words=form.cleaned_data["words"], by=actor(request), at=request.at
        ),
    )  # fmt: skip
    if status:
        context = _page(request, {row.public_id: form})
        return render(request, "support/mine.html", context, status=status)
    return redirect("said:mine")


@require_POST
@own_rows
def do(request: Request, correction: str, verb: str) -> HttpResponse:
    """Take it back, or say that the answer was read."""
    row = queries.correction(plain_id(correction))
    if row is None or row.sign.enrolment.person_id != request.user.pk:
        raise Http404
    if verb == "withdraw":
        actions.withdraw_correction(row, by=actor(request), at=request.at)
        messages.success(request, pgettext("a correction", "Taken back."))
    elif verb == "read":
        actions.read_answer(row, by=actor(request), at=request.at)
    else:
        raise Http404
    return redirect("said:mine")
