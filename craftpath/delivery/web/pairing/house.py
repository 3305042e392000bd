"""What a house holds to when it pairs: the usual capacity, days, and the ratio."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.pairing.actions import set_house_rule
from craftpath.domain.pairing.queries import house_rule
from craftpath.domain.pairing.rules import MOST
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

LONGEST_GAP, MOST_PEOPLE, MOST_IN_RATIO = 365, 100_000, 100


class RulesForm(forms.Form):
    """Whole numbers only; 0 apprentices in the ratio means that there is none."""

    capacity = forms.IntegerField(
        label=gettext_lazy("Apprentices whom a teacher may have at once"), min_value=1, max_value=MOST,
        help_text=gettext_lazy("Where nothing else stands beside the teacher's name."),
    )  # fmt: skip
    gap_days = forms.IntegerField(
        label=gettext_lazy("Days that an apprentice may be without a responsible teacher"), min_value=0,
        max_value=LONGEST_GAP,
    )  # fmt: skip
    objection_days = forms.IntegerField(
        label=gettext_lazy("Days in which either side may take a pair back"),
        min_value=0,
        max_value=LONGEST_GAP,
    )
    skilled_workers = forms.IntegerField(
        label=gettext_lazy("Skilled workers at this place"), min_value=0, max_value=MOST_PEOPLE
    )
    ratio_learners = forms.IntegerField(
        label=gettext_lazy("Apprentices in the ratio"), min_value=0, max_value=MOST_IN_RATIO,
        help_text=gettext_lazy("0 if no ratio is to be kept."),
    )  # fmt: skip
    ratio_skilled = forms.IntegerField(
        label=gettext_lazy("for how many skilled workers"), min_value=1, max_value=MOST_IN_RATIO
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FORM_PAIRS)
def rules(request: Request, organisation: str) -> HttpResponse:
    """What is kept here, or, where nothing is, what holds from above; saving makes it one's own."""
    row = house_rule(request.organisation)
    kept = {name: getattr(row, name) for name in RulesForm.base_fields}
    form, status = RulesForm(request.POST if request.method == "POST" else None, initial=kept), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                given: dict[str, Any] = form.cleaned_data
                set_house_rule(request.organisation, **given, by=request.actor, at=request.at)
            except Refused as refused:
                if refused.verdict.who:
                    raise
                form.add_error(None, sentence(refused.verdict))
                status = 409
            else:
                messages.success(request, _("Kept. Pairs that hold already are not touched."))
                return redirect("pairing:rules", organisation)
    own = row.pk is not None and row.organisation_id == request.organisation.pk
    context = {
        "form": form,
        "own": own,
        "above": row.organisation if row.pk is not None and not own else None,
        "tabs": tabs(request, "pairing:rules"),
    }
    return render(request, "pairing/rules.html", context, status=status)
