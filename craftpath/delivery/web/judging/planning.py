"""Planning a practical assessment: which item, which rubric, who rates; what is refused stays in the form."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.judging.places import to_list
from craftpath.delivery.web.programmes.sourced_words import raters_sentences
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text, together
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.judging import actions, queries, rules
from craftpath.domain.judging.texts import KINDS, RATERS
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.judging.models import Rubric
    from craftpath.kernel.people import Person

USUAL = timedelta(days=14)
LATEST = date(2199, 12, 31)
MOST_PEERS = 5


def _free(evaluation: Evaluation, taken: set[str]) -> list[ItemInfo]:
    """The items that can be judged and are not yet, those first for which the scheme names raters."""
    every = items(evaluation.scheme.definition)
    free = [one for one in every if one.source is None and not one.grades and one.key not in taken]
    return sorted(free, key=lambda one: one.raters is None)


class PlanForm(forms.Form):
    """What, by which rubric, until when, and who rates."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.ChoiceField(label=gettext_lazy("For which item"))
    title = forms.CharField(label=gettext_lazy("Title of the work"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of work"), choices=list(KINDS.items()))
    rubric = forms.ChoiceField(label=gettext_lazy("Rubric"))
    due_on = forms.DateField(
        label=gettext_lazy("Rated by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    brief = forms.CharField(
        label=gettext_lazy("The task in a few words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mentors = forms.BooleanField(label=gettext_lazy("Everybody’s own mentor rates"), required=False)
    people = forms.MultipleChoiceField(
        label=gettext_lazy("These rate everybody"), required=False, widget=forms.CheckboxSelectMultiple
    )
    chair = forms.ChoiceField(label=gettext_lazy("Chair"), required=False)
    peers = forms.IntegerField(
        label=gettext_lazy("Peers who rate each work"), min_value=0, max_value=MOST_PEERS, required=False
    )
    self_rating = forms.BooleanField(
        label=gettext_lazy("Apprentices rate themselves too; it stands apart and is never in the mark"),
        required=False,
    )

    def __init__(
        self,
        data: Any,
        *,
        evaluation: Evaluation,
        taken: set[str],
        rubrics: list[Rubric],
        candidates: list[tuple[Person, str]],
        today: date,
    ) -> None:
        self.rubrics = {row.public_id: row for row in rubrics}
        self.candidates = {person.public_id: (person, kind) for person, kind in candidates}
        super().__init__(
            data,
            initial={"made_id": uuid.uuid4(), "due_on": today + USUAL, "mentors": True, "peers": 0},
        )
        choices: dict[str, list[tuple[str, Any]]] = {
            "item": [(one.key, text(one.name)) for one in _free(evaluation, taken)],
            "rubric": [(row.public_id, text(row.name)) for row in rubrics],
            "people": [
                (key, f"{person.name} · {RATERS[kind]}") for key, (person, kind) in self.candidates.items()
            ],
        }
        choices["chair"] = [("", _("nobody")), *choices["people"]]
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        """A day that calendars reach."""
        on: date = self.cleaned_data["due_on"]
        if on > LATEST:
            raise forms.ValidationError(_("Choose a day of this century."))
        return on

    def panel(self) -> actions.Panel:
        """Who rates."""
        given = self.cleaned_data
        named = [self.candidates[key] for key in given["people"]]
        chair = self.candidates.get(given["chair"])
        if chair is not None and chair not in named:
            named.append(chair)
        return actions.Panel(
            mentors=given["mentors"],
            people=named,
            chair=chair[0].pk if chair is not None else None,
            peers=given["peers"] or 0,
            self_rating=given["self_rating"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def plan(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """The form; what is refused comes back with the reason and everything that was typed."""
    row = get_object_or_404(
        evaluations().select_related("cohort__organisation"), public_id=plain_id(evaluation)
    )
    require(rules.may_plan(request.actor, row.cohort))
    standing = queries.planned_as(row, _made(request.POST.get("made_id", "")))
    if standing is not None:  # pressed twice
        return redirect("judging:practical", organisation, standing.public_id)
    usable = list(queries.usable_rubrics())
    form = PlanForm(
        request.POST or None,
        evaluation=row,
        taken={item for _pk, item in queries.items_taken([row.pk])},
        rubrics=usable,
        candidates=queries.candidates(row.cohort, request.today),
        today=request.today,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            status = 409
            with refusals_in(form):
                made = actions.plan_practical(
                    row,
                    made_id=given["made_id"],
                    item=given["item"],
                    rubric=form.rubrics[given["rubric"]],
                    kind=given["kind"],
                    title=given["title"],
                    brief=given["brief"],
                    due_on=given["due_on"],
                    panel=form.panel(),
                    by=request.actor,
                    at=request.at,
                )
                messages.success(request, _("Planned. Everybody who rates finds it at home."))
                return redirect("judging:practical", organisation, made.public_id)
    context = {
        "evaluation": row,
        "form": form,
        "rubrics": usable,
        "rules": _rules(row),
        "people": queries.in_stage(row).count(),
        "crumbs": to_list(request, here(_("Plan practical work"))),
    }
    return render(request, "judging/plan.html", context, status=status)


def _made(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


def _rules(row: Evaluation) -> list[tuple[str, str]]:
    """(item, how several marks become one) where the scheme says it."""
    found = []
    for item in items(row.scheme.definition):
        if item.raters is not None:
            found.append((text(item.name), together(raters_sentences(item.raters))))
    return found
