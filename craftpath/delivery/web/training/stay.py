"""One stay: who, where, when, with whom; moved, ended or cancelled by those who plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.training.trail import to_plan
from craftpath.delivery.web.training.words import names_of, say_clash
from craftpath.domain.training.actions import Move, cancel_stay, end_stay, move_stay
from craftpath.domain.training.moving import clashes_of
from craftpath.domain.training.queries import departments
from craftpath.domain.training.rotation import stay as find
from craftpath.domain.training.rules import BECAUSE_LONGEST, can_cancel, can_end, may_plan
from craftpath.domain.training.texts import STAY_STATES
from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.training.models import Stay


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class MoveForm(forms.Form):
    """Other days, another department, another person."""

    starts_on = _day(gettext_lazy("Begins on"))
    ends_on = _day(gettext_lazy("Last day"))
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    responsible = forms.ChoiceField(label=gettext_lazy("Responsible"), required=False)

    def __init__(self, stay: Stay, request: Request, given: Any = None) -> None:
        lead = stay.responsible
        super().__init__(
            given,
            auto_id="move_%s",
            initial={
                "starts_on": stay.starts_on,
                "ends_on": stay.ends_on,
                "department": stay.department.public_id if stay.department else "",
                "responsible": lead.public_id if lead else "",
            },
        )
        self.rooms = {row.public_id: row for row in departments().filter(host=stay.host_id)}
        held = memberships_on(request.today).filter(organisation=stay.host_id, role=Role.MENTOR)
        self.people = {row.person.public_id: row.person for row in held.select_related("person")}
        if lead is not None:
            self.people[lead.public_id] = lead
        none = [("", "–")]
        self.fields["department"].choices = none + [(k, text(one.name)) for k, one in self.rooms.items()]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = none + [(k, one.name) for k, one in self.people.items()]  # type: ignore[attr-defined]

    def move(self) -> Move:
        """What the action takes."""
        given = self.cleaned_data
        return Move(
            given["starts_on"],
            given["ends_on"],
            self.rooms.get(given["department"]),
            self.people.get(given["responsible"]),
        )


class EndForm(forms.Form):
    """The last day, and why."""

    on = _day(gettext_lazy("Last day"))
    because = forms.CharField(label=gettext_lazy("Reason"), max_length=BECAUSE_LONGEST)


class CancelForm(forms.Form):
    """Why it does not take place."""

    because = forms.CharField(label=gettext_lazy("Reason"), max_length=BECAUSE_LONGEST)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
def stay(request: Request, organisation: str, stay: str) -> HttpResponse:
    """Read by everybody who sees the apprentice; changed by those who plan."""
    found = find(stay)
    if found is None:
        raise Http404
    may = may_plan(request.actor, found.enrolment.cohort)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if request.method == "POST":
        require(may)
    move = MoveForm(found, request, request.POST if do == "move" else None)
    end = EndForm(request.POST if do == "end" else None, auto_id="end_%s")
    cancel = CancelForm(request.POST if do == "cancel" else None, auto_id="cancel_%s")
    said, clashes, status = "", [], 200
    bound = {"move": move, "end": end, "cancel": cancel}.get(do)
    if bound is not None and bound.is_valid():
        try:
            if do == "move":
                wanted = move.move()
                if wanted.ends_on >= wanted.starts_on:
                    clashes = clashes_of(found, wanted)
                left = move_stay(found, wanted, by=request.actor, at=request.at)
                _said_moved(request, len([one for one in left if one.level == "warn"]))
            elif do == "end":
                end_stay(found, **end.cleaned_data, by=request.actor, at=request.at)
                messages.success(request, _("The stay ends early."))
            else:
                cancel_stay(found, **cancel.cleaned_data, by=request.actor, at=request.at)
                messages.success(request, _("The stay is cancelled."))
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 409
        else:
            return redirect("training:stay", organisation, stay)
    elif bound is not None:
        status = 422
    names = names_of([found], {found.enrolment_id: found.enrolment.person.name})
    cohort = found.enrolment.cohort
    rotation = step(request, _("Rotation"), "training:rotation", cohort.public_id)
    context = {
        "stay": found,
        "state": STAY_STATES[found.state],
        "crumbs": to_plan(request, cohort, rotation, here(found.enrolment.person.name)),
        "may_plan": bool(may),
        "move": move,
        "end": end,
        "cancel": cancel,
        "can_end": can_end(found, max(found.starts_on, request.today)),
        "can_cancel": can_cancel(found, request.today),
        "said": said,
        "clashes": [say_clash(one, names) for one in clashes] if said else [],
    }
    return render(request, "training/stay.html", context, status=status)


def _said_moved(request: Request, warnings: int) -> None:
    if warnings:
        messages.warning(request, _("The stay is moved. It clashes now; the rotation shows where."))
    else:
        messages.success(request, _("The stay is moved."))
