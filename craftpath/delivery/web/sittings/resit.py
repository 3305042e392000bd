"""Planning a re-sit: those whom the rule lets, each with why, and the others with why not."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.clashing import DespiteForm, warned
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.delivery.web.sittings.planning import on_paper_field, same_keyer_field
from craftpath.domain.exams import actions, queries
from craftpath.domain.exams.resitting import Proposed, proposals, terms_of
from craftpath.domain.exams.texts import COUNTS, SITS_AGAIN, WHY_AGAIN
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting

A_WEEK = timedelta(days=7)


class ResitForm(DespiteForm):
    """Who sits what, when and where."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Candidates"), required=False, widget=forms.CheckboxSelectMultiple
    )
    paper = forms.ChoiceField(label=pgettext_lazy("of an exam", "Paper"))
    starts_at = moment_field(gettext_lazy("Begins"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=600)
    late_minutes = forms.IntegerField(
        label=gettext_lazy("Doors close after (minutes)"), min_value=0, max_value=600
    )
    place = forms.CharField(label=gettext_lazy("Room"), max_length=120, required=False)
    on_paper = on_paper_field()
    same_keyer = same_keyer_field()

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What there is to choose from."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _percent(one: Proposed) -> str:
    return "–" if one.share is None else _("%(figure)s %%") % {"figure": int(100 * one.share)}


def _label(one: Proposed) -> str:
    why = str(WHY_AGAIN[one.why])
    words = f"{one.candidate.enrolment.person.name} · {one.candidate.enrolment.number} · {why}"
    return words if one.share is None else f"{words} · {_percent(one)}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def resit(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Everybody whom the rule lets is ticked; take the ticks away of those who do not sit."""
    row = found(sitting)
    first = row.again_of or row
    everybody = proposals(first)
    may = [one for one in everybody if one.may]
    papers = {one.public_id: one for one in queries.papers().filter(state="ready")}
    form = ResitForm(request.POST or None, initial=_initial(request, first, may))
    form.offer("chosen", [(one.candidate.public_id, _label(one)) for one in may])
    form.offer("paper", [(key, one.title) for key, one in papers.items()])
    status = 200
    if request.method == "POST":
        status = 422
        # Whoever was ticked and has lost the chance meanwhile is refused with the reason, not as an unknown choice.
        posted = set(request.POST.getlist("chosen"))
        still = [one for one in everybody if one.may or one.candidate.public_id in posted]
        form.offer("chosen", [(one.candidate.public_id, _label(one)) for one in still])
        if form.is_valid():
            status = 409
            if not warned(form, first.cohort, request.at):
                with refusals_in(form):
                    made = _planned(request, form.cleaned_data, first, everybody, papers)
                    messages.success(request, _("Planned. Those who sit again were told."))
                    return redirect("sittings:sitting", organisation, made.public_id)
    terms = terms_of(first)
    context = {
        "sitting": first,
        "form": form,
        "may": bool(may),
        "others": [
            {"name": one.candidate.enrolment.person.name, "why": WHY_AGAIN[one.why], "percent": _percent(one)}
            for one in everybody
            if not one.may
        ],
        "terms": terms,
        "pass_share": _("%(figure)s %%") % {"figure": points(terms.pass_percent)},
        "who": SITS_AGAIN[terms.resit_for],
        "counts": COUNTS[terms.resit_counts],
        "before": "" if first.published_at and everybody else sentence(not_now("exams.resit_before_results")),
        "crumbs": to_list(
            request,
            step(request, first.paper.title, "sittings:sitting", first.public_id),
            here(_("Re-sit")),
        ),
    }
    return render(request, "sittings/resit.html", context, status=status)


def _initial(request: Request, first: Any, may: list[Proposed]) -> dict[str, Any]:
    soon = timezone.localtime(request.at + A_WEEK).replace(hour=9, minute=0)
    return {
        "made_id": uuid.uuid4(),
        "chosen": [one.candidate.public_id for one in may],
        "paper": first.paper.public_id,
        "starts_at": soon,
        "minutes": first.minutes,
        "late_minutes": first.late_minutes,
        "place": first.place,
        "on_paper": first.on_paper,
        "same_keyer": first.same_keyer,
    }


def _planned(
    request: Request, given: dict[str, Any], first: Any, everybody: list[Proposed], papers: dict[str, Any]
) -> Sitting:
    by_id = {one.candidate.public_id: one.candidate for one in everybody}
    return actions.plan_resit(
        first,
        [by_id[one] for one in given["chosen"]],
        papers[given["paper"]],
        made_id=given["made_id"],
        starts_at=given["starts_at"],
        minutes=given["minutes"],
        late_minutes=given["late_minutes"],
        place=given["place"],
        on_paper=given["on_paper"],
        same_keyer=given["same_keyer"],
        by=request.actor,
        at=request.at,
    )
