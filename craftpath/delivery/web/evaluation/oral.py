"""The oral supplement of one apprentice: where it may be, what it would need, and recording it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.apprenticeships import queries as apprenticeships
from craftpath.domain.evaluation import actions, queries, rules
from craftpath.domain.evaluation.queries import OralChance
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

PLACES = actions.PLACES


class OralForm(forms.Form):
    """In which part, and how many points."""

    component = forms.ChoiceField(label=gettext_lazy("Part"), widget=forms.RadioSelect)
    score = forms.DecimalField(label=gettext_lazy("Oral mark"), min_value=0, decimal_places=PLACES)

    def __init__(self, *args: Any, chances: Sequence[OralChance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = {one.part.key: one.part.items[0].max for one in chances}
        self.fields["component"].choices = [  # type: ignore[attr-defined]
            (one.part.key, text(one.part.name)) for one in chances
        ]

    def clean(self) -> dict[str, Any]:
        """The mark lies within the full mark of its part."""
        given = super().clean() or {}
        score, most = given.get("score"), self.most.get(given.get("component", ""), Decimal(100))
        if score is not None and score > most:
            self.add_error("score", _("At most %(most)s.") % {"most": points(most)})
        return given


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT_MARKS)
def oral(request: Request, organisation: str, evaluation: str, enrolment: str) -> HttpResponse:
    """Show the parts with what would decide; a POST records one oral mark."""
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    learner = get_object_or_404(apprenticeships.enrolments(), public_id=enrolment, cohort=found.cohort_id)
    require(rules.may_record_marks(request.actor, found.cohort))
    chances = queries.oral_chances(found, learner)
    if not chances:
        raise Http404
    open_ones = [one for one in chances if one.chance]
    form = OralForm(request.POST or None, chances=open_ones)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            outcome = actions.record_oral(found, learner, **given, by=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, sentence(refused.verdict))
        else:
            said = _("Recorded. The result has been worked out anew.")
            messages.success(
                request, said if outcome.batch else _("This is recorded already; nothing was done twice.")
            )
            return redirect("evaluation:derivation", organisation, evaluation, enrolment)
    owner = step(request, learner.person.name, "evaluation:derivation", evaluation, enrolment)
    context = {
        "evaluation": found,
        "enrolment": learner,
        "lines": [_line(one) for one in chances],
        "form": form if open_ones else None,
        "crumbs": to_stage(request, found, owner, here(_("Oral supplement"))),
    }
    return render(request, "evaluation/oral.html", context)


def _line(one: OralChance) -> dict[str, str]:
    """One part in words: what is there, and what an oral mark would need or why there may be none."""
    said = [] if one.oral is None else [_("Oral mark %(score)s.") % {"score": points(one.oral.score)}]
    if one.chance:
        said.append(
            _("An oral mark of at least %(least)s would decide.") % {"least": points(one.chance.least)}
        )
    else:
        said.append(sentence(rules.can_supplement(one.chance.reason)))
    return {
        "label": text(one.part.name),
        "written": points(one.written.score if one.written else None),
        "said": " ".join(said),
        "tone": "good" if one.chance else "plain",
    }
