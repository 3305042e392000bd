"""One mark that is worked out: the rule in words, the counts, every fact behind it, and a mark by hand in its place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.evaluation.sourced_facts import facts_of
from craftpath.delivery.web.evaluation.sourced_words import counts_in_words, open_in_words, what_would_change
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.programmes.sourced_words import source_sentences
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import points, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation import actions, queries, rules
from craftpath.domain.evaluation.evidence import day_of, evidence_of, windows_of
from craftpath.domain.evaluation.sourcing import LONGEST_REASON
from craftpath.domain.evaluation.versions import versions_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.programmes.definition import ItemInfo

WAYS = (("scored", gettext_lazy("so many points")), ("exempt", gettext_lazy("exempt: it leaves the sum")))


class InsteadForm(forms.Form):
    """A mark by hand, or an exemption, and why."""

    use_required_attribute = False
    way = forms.ChoiceField(
        label=gettext_lazy("What counts instead?"), choices=WAYS, initial="scored", widget=forms.RadioSelect
    )
    score = forms.DecimalField(
        label=gettext_lazy("Points"),
        min_value=0,
        decimal_places=actions.PLACES,
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The apprentice reads this beside the mark."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, item: ItemInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = item.top

    def clean(self) -> dict[str, Any]:
        """Points within the full mark, unless it is an exemption."""
        given = super().clean() or {}
        score: Decimal | None = given.get("score")
        if given.get("way") == "exempt":
            self.errors.pop("score", None)
            return given | {"score": None}
        if "score" not in self.errors and score is None:
            self.add_error("score", _("Say how many points."))
        if score is not None and score > self.most:
            self.add_error("score", _("At most %(most)s.") % {"most": points(self.most)})
        return given


def _found(evaluation: str, enrolment: str, item: str) -> tuple[Evaluation, Enrolment, ItemInfo]:
    """The evaluation, the apprentice and the item, if the reader sees a result there; else 404."""
    row = get_object_or_404(queries.evaluations_shown(), public_id=evaluation)
    learner = queries.judged_enrolment(row, enrolment)
    info = next((one for one in queries.sourced(row) if one.key == item), None)
    if learner is None or info is None:
        raise Http404
    return row, learner, info


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_RESULTS)
def worked_out(
    request: Request, organisation: str, evaluation: str, enrolment: str, item: str
) -> HttpResponse:
    """How the mark comes about; a POST gives another one in its place, by whoever decides results."""
    row, learner, info = _found(evaluation, enrolment, item)
    may_decide = rules.may_decide(request.actor, row.cohort)
    form = InsteadForm(request.POST if request.method == "POST" else None, item=info)
    if request.method == "POST":
        require(may_decide)
        if form.is_valid():
            given = form.cleaned_data
            try:
                new = actions.give_instead(
                    row, learner, item=item, score=given["score"], reason=given["reason"],
                    by=request.actor, at=request.at,
                )  # fmt: skip
            except Refused as refused:
                form.add_error(None, sentence(refused.verdict))
            else:
                said = _("This mark counts instead, until somebody lets the rule decide again.")
                messages.success(
                    request, said if new else _("This is recorded already; nothing was done twice.")
                )
                return redirect("evaluation:worked_out", organisation, evaluation, enrolment, item)
    context = _page(request, row, learner, info) | {"form": form if may_decide else None}
    return render(request, "evaluation/worked_out.html", context, status=422 if form.is_bound else 200)


def _page(request: Request, row: Evaluation, learner: Enrolment, info: ItemInfo) -> dict[str, Any]:
    today = day_of(row, request.at)
    found = evidence_of(row, learner, today).get(info.key)
    if found is None:
        raise Http404
    window = windows_of(row, today, [learner.pk])[learner.pk]
    mark = queries.current_mark(row, learner, info.key)
    owner = step(request, learner.person.name, "evaluation:derivation", row.public_id, learner.public_id)
    return {
        "evaluation": row,
        "enrolment": learner,
        "item": text(info.name),
        "item_key": info.key,
        "most": points(info.max),
        "mark": mark,
        "score": found.worked.score,
        "counts": counts_in_words(found),
        "open": open_in_words(found),
        "decided": bool(versions_of(row, learner)),
        "rule": source_sentences(found.rule),
        "changes": list(what_would_change(found)),
        "window": window,
        "facts": facts_of(row, learner, found, window, today=today, organisation=request.organisation.key),
        "crumbs": to_stage(request, row, owner, here(text(info.name))),
    }


@require_POST
@needs(Permission.DECIDE_RESULTS)
def again(request: Request, organisation: str, evaluation: str, enrolment: str, item: str) -> HttpResponse:
    """Let the rule decide again."""
    row, learner, _info = _found(evaluation, enrolment, item)
    if actions.work_out_again(row, learner, item=item, by=request.actor, at=request.at):
        messages.success(request, _("The mark is worked out again."))
    return redirect("evaluation:worked_out", organisation, evaluation, enrolment, item)
