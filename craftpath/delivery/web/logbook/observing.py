"""A mentor records a job that was seen: who, which job, how it went."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.logbook import saying
from craftpath.delivery.web.logbook.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.telling import tell_all
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.apprenticeships.queries import enrolments, working_with
from craftpath.domain.logbook import actions
from craftpath.domain.logbook.queries import observations_of
from craftpath.domain.logbook.texts import SEEN_AS
from craftpath.domain.standards.queries import skills
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.standards.models import Skill

SHOWN = 12


class ObservationForm(forms.Form):
    """Who, which job; the button says how it went."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    enrolment = forms.ChoiceField(label=gettext_lazy("Apprentice"))
    job = forms.CharField(label=gettext_lazy("Which job?"), max_length=200)
    skill = forms.ChoiceField(label=gettext_lazy("Skill"), required=False)
    words = forms.CharField(label=gettext_lazy("In own words"), required=False, max_length=400)
    on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, mine: Iterable[Enrolment], known: Iterable[Skill], on: Any) -> None:
        super().__init__(data, initial={"made_id": uuid.uuid4(), "on": on}, auto_id="seen_%s")
        self.fields["enrolment"].choices = [(row.public_id, row.person.name) for row in mine]  # type: ignore[attr-defined]
        chosen = skill_groups(known, kept=(data.get("skill", ""),) if data else ())
        self.fields["skill"].choices = [("", "–"), *chosen]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONFIRM_LOGS)
@kept_offline
def observe(request: Request, organisation: str) -> HttpResponse:
    """The form, and what was observed last."""
    mine = list(enrolments().filter(pk__in=working_with(request.user), state="active"))
    form = ObservationForm(request.POST or None, mine=mine, known=skills(), on=request.today)
    fault = ""
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        enrolment = next(row for row in mine if row.public_id == given.pop("enrolment"))
        try:
            actions.observe_job(
                enrolment, seen_as=request.POST.get("seen_as", ""), **given, by=request.actor, at=request.at
            )
        except Refused as refusal:
            fault = sentence(refusal.verdict)
        else:
            tell_all(request, saying.recorded({}))
            return redirect("logbook:observe", organisation)
    names = {row.pk: row.person.name for row in mine}
    seen = [
        (names[row.enrolment_id], row, str(SEEN_AS[row.seen_as])) for row in observations_of(names)[:SHOWN]
    ]
    context = {
        "form": form,
        "fault": fault,
        "mine": mine,
        "tabs": tabs(request, "logbook:observe"),
        "seen": seen,
        "ways": [(key, str(words)) for key, words in SEEN_AS.items()],
    }
    return render(request, "logbook/observe.html", context, status=422 if form.is_bound else 200)
