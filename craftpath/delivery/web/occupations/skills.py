"""The skills that a task needs, chosen from the frameworks, grouped by their domains."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.occupations.places import found, own_or_404, to_chart
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.occupations import actions, rules
from craftpath.values.verdict import require


class SkillsForm(forms.Form):
    """Ticks, one a skill; a key that no framework knows any more stays until it is taken off."""

    skills = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label=_("Skills"))

    def __init__(
        self, data: Any = None, *, groups: list[tuple[str, list[tuple[str, str]]]], chosen: list[str]
    ) -> None:
        super().__init__(data, initial={"skills": chosen})
        self.fields["skills"].choices = groups  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: Request, organisation: str, chart: str, task: str) -> HttpResponse:
    """The picker of one card."""
    row = found(request, chart)
    require(rules.may_edit(request.actor, row))
    card = own_or_404(row, plain_id(task))
    groups = skill_groups(stored=card.skills)
    form = SkillsForm(
        request.POST if request.method == "POST" else None, groups=groups, chosen=list(card.skills)
    )
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Linked."),
            lambda: actions.link_skills(
                row, card.public_id, form.cleaned_data["skills"], by=request.actor, at=request.at
            ),
        )  # fmt: skip
        if not status:
            there = reverse("occupations:board", args=[organisation, row.public_id])
            return redirect(f"{there}#k-{card.public_id}")
    ticked = set(form["skills"].value() or [])
    context = {
        "row": row,
        "card": card,
        "form": form,
        "groups": [(name, [(key, said, key in ticked) for key, said in some]) for name, some in groups],
        "crumbs": to_chart(request, row, here(_("Skills"))),
    }
    return render(request, "occupations/skills.html", context, status=status)
