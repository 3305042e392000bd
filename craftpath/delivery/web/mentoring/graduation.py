"""Graduation: what it asks for, words of thanks, and the button; afterwards the way to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.mentoring.forms import ThanksForm
from craftpath.delivery.web.mentoring.places import found, head
from craftpath.delivery.web.mentoring.weeks import signed_weeks
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, queries, rules
from craftpath.domain.mentoring.keeping import checks
from craftpath.domain.mentoring.texts import CHECKS
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair

PAGE = "mentoring/graduation.html"


@require_http_methods(["GET", "HEAD", "POST"])
def graduation(request: Request, organisation: str, pair: str) -> HttpResponse:
    """What is there and what is missing; the office or whoever teaches makes the page."""
    row = found(request, pair)
    said, status = "", 200
    if request.method == "POST":
        require(rules.may_finish(request.actor, row))
        weeks = signed_weeks(row, request.today)
        try:
            actions.graduate_pair(row, weeks=weeks, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
        else:
            messages.success(request, _("The page is made and kept as everything stood today."))
            return redirect("mentoring:page", organisation, row.public_id)
    return render(request, PAGE, _page(request, row) | {"said": said}, status=status)


@require_POST
def thanks(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Words for the page to keep."""
    row = found(request, pair)
    require(rules.may_take_part(request.actor, row, request.today))
    form = ThanksForm(request.POST)
    status = tried(
        request, form, _("Kept. The words may change until the page is made."),
        lambda: actions.give_thanks(row, words=form.cleaned_data["words"], by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:graduation", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, form), status=status)


def _page(request: Request, row: Pair, form: Form | None = None) -> dict[str, Any]:
    context = head(request, row, "mentoring:graduation")
    now, said = context["now"], queries.thanks_of(row)
    in_order = rules.ends_in_good_order(row, request.today)
    mine = said.get(request.user.pk)
    fresh = ThanksForm(initial={"words": mine.words if mine else ""}) if context["writes"] else None
    found_checks = checks(row, len(now.lacking))
    return context | {
        "graduated": now.graduated,
        "in_order": bool(in_order),
        "why_not": sentence(in_order) if not in_order else "",
        "checks": [(CHECKS[one.key], one.done, one.count) for one in found_checks],
        "may": bool(rules.may_finish(request.actor, row)),
        "all_done": bool(in_order) and all(one.done for one in found_checks),
        "thanks_form": form or fresh,
        "words": [one for key, one in said.items() if key != request.user.pk],
    }
