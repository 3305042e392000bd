"""Planning a study: which paper, who judges, of whom they think; what is refused stays in the form."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.delivery.web.standards.places import to_list
from craftpath.domain.exams import actions, queries, studies
from craftpath.domain.exams.texts import STUDY_METHODS
from craftpath.kernel.roles import Permission, Role
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

USUAL_ROUNDS = 2


def people_to_choose(request: Request, taken: set[int]) -> dict[str, tuple[Person, str]]:
    """public id → who can be asked, and how they stand in the list."""
    return {
        person.public_id: (person, f"{person.name} · {ROLE_NAMES[Role(role)]}")
        for person, role in studies.candidates_to_judge(request.organisation, request.today)
        if person.pk not in taken
    }


class StudyForm(forms.Form):
    """Which paper, how, who, and the candidate whom all judges have in mind."""

    made_id = forms.UUIDField(widget=forms.HiddenInput)
    paper = forms.ChoiceField(label=pgettext_lazy("of an exam", "Paper"))
    title = forms.CharField(label=gettext_lazy("Title of the study"), max_length=120)
    method = forms.ChoiceField(
        label=gettext_lazy("Values are given as"),
        choices=list(STUDY_METHODS.items()),
        help_text=gettext_lazy("Percent shows more; yes or no is quicker for judges who are new to it."),
    )
    rounds = forms.IntegerField(
        label=gettext_lazy("Rounds planned"),
        min_value=1,
        max_value=5,
        help_text=gettext_lazy("Usually two or three: alone, then after talking about the spread."),
    )
    borderline_zh = forms.CharField(
        label=gettext_lazy("The just-competent candidate, in Chinese"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "zh"}),
        help_text=gettext_lazy(
            "Who has just what it takes: what does this person do safely, and what not yet? One language is enough."
        ),
    )
    borderline_en = forms.CharField(
        label=gettext_lazy("The just-competent candidate, in English"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Judges"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Five or more make a panel; two are the least."),
    )

    def __init__(self, data: Any, *, request: Request) -> None:
        self.papers = {row.public_id: row for row in queries.papers().filter(state="ready")}
        self.candidates = people_to_choose(request, set())
        asked = plain_id(request.GET.get("paper", ""))
        first = self.papers.get(asked)
        super().__init__(
            data,
            initial={
                "made_id": uuid.uuid4(),
                "paper": asked,
                "rounds": USUAL_ROUNDS,
                "title": (_("Cut score of %(paper)s") % {"paper": first.title})[:120] if first else "",
            },
        )
        self.fields["paper"].choices = [(key, row.title) for key, row in self.papers.items()]  # type: ignore[attr-defined]
        named = [(key, label) for key, (_person, label) in self.candidates.items()]
        self.fields["people"].choices = named  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def new(request: Request, organisation: str) -> HttpResponse:
    """The form; a second press finds the study of the first."""
    form = StudyForm(request.POST or None, request=request)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            status = 409
            with refusals_in(form):
                row = actions.plan_study(
                    form.papers[given["paper"]],
                    made_id=given["made_id"],
                    title=given["title"],
                    borderline=Text(zh=given["borderline_zh"], en=given["borderline_en"]),
                    judges=[form.candidates[one][0] for one in given["people"]],
                    method=given["method"],
                    rounds=given["rounds"],
                    by=request.actor,
                    at=request.at,
                )
                messages.success(
                    request, _("Planned. Talk about the just-competent candidate first, then open round 1.")
                )
                return redirect("standards:study", organisation, row.public_id)
    context = {"form": form, "crumbs": to_list(request, here(_("New study")))}
    return render(request, "standards/plan.html", context, status=status)
