"""Changing a sitting: time and room, terms, who comes in addition, who does not, who had a reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.clashing import DespiteForm, warned
from craftpath.delivery.web.sittings.places import found, found_candidate, to_list, when
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.exams import actions, invigilating, studies
from craftpath.domain.exams.resitting import terms_of
from craftpath.domain.exams.terms import Terms
from craftpath.domain.exams.texts import COUNTS, SITS_AGAIN
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting

LONGEST_REASON = 300


class ChangeForm(DespiteForm):
    """Another time, length or room, and why."""

    starts_at = moment_field(gettext_lazy("Begins"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=600)
    place = forms.CharField(label=gettext_lazy("Room"), max_length=120, required=False)
    because = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Candidates are told at once, with this sentence."),
    )


class TermsForm(forms.Form):
    """What holds for marks, re-sits and appeals."""

    pass_percent = forms.DecimalField(
        label=pgettext_lazy("of an examination", "Pass mark"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    most_resits = forms.IntegerField(
        label=gettext_lazy("Re-sits of one candidate at most"), min_value=0, max_value=9
    )
    resit_for = forms.ChoiceField(label=gettext_lazy("Who may sit again"), choices=list(SITS_AGAIN.items()))
    resit_counts = forms.ChoiceField(
        label=pgettext_lazy("of several attempts", "What counts"), choices=list(COUNTS.items())
    )
    appeal_days = forms.IntegerField(
        label=gettext_lazy("Days for an appeal"),
        min_value=0,
        max_value=365,
        help_text=gettext_lazy("From the day on which the marks are published; 0: there is no appeal."),
    )
    show_answers = forms.BooleanField(
        label=gettext_lazy("Candidates see their answers and what is right"),
        required=False,
        help_text=gettext_lazy("Leave it empty if items will be used again."),
    )


RULE = ("pass_percent", "most_resits", "resit_for", "resit_counts")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def change(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Move a planned sitting; what is refused stays in the form."""
    row = found(sitting)
    known = {"starts_at": timezone.localtime(row.starts_at), "minutes": row.minutes, "place": row.place}
    form = ChangeForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = 409
            given = {name: form.cleaned_data[name] for name in ("starts_at", "minutes", "place", "because")}
            if not warned(form, row.cohort, request.at):
                with refusals_in(form):
                    actions.move_sitting(row, **given, by=request.actor, at=request.at)
                    messages.success(request, _("Kept. The candidates were told."))
                    return redirect("sittings:sitting", organisation, sitting)
    crumbs = to_list(
        request, step(request, row.paper.title, "sittings:sitting", row.public_id), here(_("Move it"))
    )
    context = {"sitting": row, "form": form, "when": when(row), "crumbs": crumbs}
    return render(request, "sittings/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def terms(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Settle the terms; those of a re-sit are its first sitting's."""
    row = found(sitting)
    held = terms_of(row)
    known = {name: getattr(held, name) for name in RULE}
    known["pass_percent"] = points(held.pass_percent)
    known |= {"appeal_days": row.appeal_days, "show_answers": row.show_answers}
    form = TermsForm(request.POST or None, initial=known)
    fixed = list(RULE) if row.again_of_id or row.published_at else []
    for name in fixed + (["appeal_days"] if row.published_at else []):
        form.fields[name].disabled = True
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            rule = Terms(**{name: given[name] for name in RULE})
            others = {"appeal_days": given["appeal_days"], "show_answers": given["show_answers"]}
            status = 409
            with refusals_in(form):
                actions.settle_terms(row, rule, **others, by=request.actor, at=request.at)
                messages.success(request, _("Kept."))
                return redirect("sittings:sitting", organisation, sitting)
    crumbs = to_list(
        request,
        step(request, row.paper.title, "sittings:sitting", row.public_id),
        here(pgettext("of a sitting", "Terms")),
    )
    context = {"sitting": row, "form": form, "crumbs": crumbs} | _cut(row)
    return render(request, "sittings/terms.html", context, status=status)


def _cut(row: Sitting) -> dict[str, Any]:
    """The adopted cut score, also in percent: rounded down, so that nobody who reaches it is a hundredth short."""
    cut = studies.cut_of(row.paper)
    if cut is None:
        return {}
    percent = (100 * cut.cut / cut.full).quantize(Decimal("0.01"), ROUND_DOWN)
    return {"cut": cut, "cut_percent": _("%(figure)s %%") % {"figure": points(percent)}}


def _pressed(request: Request, act: Callable[[], object], said: str) -> None:
    """A button: done, or refused with the reason."""
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        messages.warning(request, sentence(refused.verdict))
    else:
        messages.success(request, said)


@require_POST
@needs(Permission.IMPORT_MARKS)
def invigilators(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Who watches over it: those who are ticked, and nobody else."""
    row = found(sitting)
    keys = [plain_id(key) for key in request.POST.getlist("watches")]
    people = invigilating.names_within(row.organisation, keys, request.today)
    _pressed(
        request,
        lambda: actions.name_invigilators(row, people, by=request.actor, at=request.at),
        _("Kept. It stands in their calendars."),
    )
    return redirect("sittings:sitting", organisation, sitting)


@require_POST
@needs(Permission.IMPORT_MARKS)
def add(request: Request, organisation: str, sitting: str) -> HttpResponse:
    """Somebody who was forgotten or has come later."""
    row = found(sitting)
    chosen = get_object_or_404(enrolments(), public_id=plain_id(request.POST.get("enrolment", "")))
    _pressed(
        request,
        lambda: actions.add_candidate(row, chosen, by=request.actor, at=request.at),
        _("Added. Print new slips, so that everybody has a code."),
    )
    return redirect("sittings:sitting", organisation, sitting)


@require_POST
@needs(Permission.IMPORT_MARKS)
def remove(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """Somebody who does not sit after all."""
    row = found_candidate(candidate)
    because = request.POST.get("because", "").replace("\0", "")
    _pressed(
        request,
        lambda: actions.remove_candidate(row, because=because, by=request.actor, at=request.at),
        _("Taken out."),
    )
    return redirect("sittings:sitting", organisation, row.sitting.public_id)


@require_POST
@needs(Permission.IMPORT_MARKS)
def excuse(request: Request, organisation: str, candidate: str) -> HttpResponse:
    """Whoever was absent had a reason."""
    row = found_candidate(candidate)
    because = request.POST.get("because", "").replace("\0", "")
    _pressed(
        request,
        lambda: actions.excuse_absence(row, because=because, by=request.actor, at=request.at),
        _("Kept. It counts when the marks are recorded."),
    )
    return redirect("sittings:sitting", organisation, row.sitting.public_id)
