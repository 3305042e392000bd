"""Columns of marks that programs keep: what stands in them, and taking one over into an item of the scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.taking import Taken, foreseen, take_column, takes
from craftpath.domain.outside.columns import columns, counted, marks_of
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.outside.models import OutsideColumn
    from craftpath.domain.programmes.definition import ItemInfo

WHY = {
    "not_graded_yet": gettext_lazy("not graded yet"),
    "no_number": gettext_lazy("no number"),
    "out_of_range": gettext_lazy("more or less than the item takes"),
}
MEANT = {
    "scored": gettext_lazy("a mark"),
    "exempt": gettext_lazy("exempt"),
    "missing": gettext_lazy("not submitted"),
}
SAID = {
    "fully graded": gettext_lazy("fully graded"),
    "partially graded": gettext_lazy("partially graded"),
    "submitted": gettext_lazy("submitted, not graded"),
    "not submitted": gettext_lazy("not submitted"),
    "exempt": gettext_lazy("exempt"),
}
"""OneRoster's words, as people say them."""


class TakingForm(forms.Form):
    """Into which item."""

    item = forms.ChoiceField(label=gettext_lazy("Becomes marks of"))

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Statements, and columns of marks; each to whom it concerns."""
    key, may = request.organisation.key, request.actor.may
    rows = [
        ("list", _("Learning records"), Permission.MANAGE_COHORTS),
        ("columns", pgettext("of programs", "Columns of marks"), Permission.IMPORT_MARKS),
    ]
    return [
        {"label": label, "url": reverse(f"outside:{page}", args=[key]), "current": page == current}
        for page, label, permission in rows
        if may(permission)
    ]


@require_safe
@needs(Permission.IMPORT_MARKS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """All columns that are not dropped, the last changed first."""
    rows = list(columns())
    held = counted(rows)
    lines = [
        {
            "row": row,
            "cohort": text(row.cohort.name),
            "count": held.get(row.pk, 0),
            "state": _state(row),
            "tone": "attention" if _waits(row) else "good",
        }
        for row in rows
    ]
    return render(request, "outside/columns.html", {"lines": lines, "tabs": tabs(request, "columns")})


def _waits(row: OutsideColumn) -> bool:
    return row.taken_at is None or row.taken_at < row.changed_at


def _state(row: OutsideColumn) -> str:
    if row.taken_at is None:
        return _("not taken over")
    return _("changed since it was taken over") if _waits(row) else _("taken over")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_MARKS)
def one(request: Request, organisation: str, column: str) -> HttpResponse:
    """Choose the item, look what each line would become, and take it over."""
    row: OutsideColumn = get_object_or_404(columns(), public_id=plain_id(column))
    choices = _choices(row)
    names = [
        (key, f"{text(evaluation.stage.name)} · {text(item.name)}")
        for key, (evaluation, item) in choices.items()
    ]
    posted = request.method == "POST"
    form = TakingForm(names, request.POST if posted else request.GET if "item" in request.GET else None)
    lines: list[Taken] = []
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            evaluation, item = choices[form.cleaned_data["item"]]
            lines, status = foreseen(row, item), 200
            if posted and request.POST.get("do") == "take":
                with refusals_in(form):
                    made = take_column(row, evaluation, item.key, by=request.actor, at=request.at)
                    number = made.added + made.changed
                    said = ngettext("%(n)s mark was recorded.", "%(n)s marks were recorded.", number)
                    messages.success(request, said % {"n": number})
                    return redirect("outside:column", organisation, row.public_id)
                status = 409
    context = {
        "row": row,
        "cohort": text(row.cohort.name),
        "state": _state(row),
        "form": form,
        "choices": choices,
        "chosen": form.is_bound and form.is_valid(),
        "lines": [_line(line) for line in lines],
        "plain": [] if lines else [_said(mark) for mark in marks_of(row)],
        "becomes": sum(line.mark is not None for line in lines),
        "least": f"{row.least.normalize():f}",
        "most": f"{row.most.normalize():f}",
        "crumbs": [
            step(request, pgettext("of programs", "Columns of marks"), "outside:columns"),
            here(row.title),
        ],
    }
    return render(request, "outside/column.html", context, status=status)


def _choices(row: OutsideColumn) -> dict[str, tuple[Evaluation, ItemInfo]]:
    found = evaluations().filter(cohort=row.cohort_id)
    return {f"{one.public_id}.{item.key}": (one, item) for one in found for item in takes(one)}


def _said(mark: Any) -> dict[str, Any]:
    score = "–" if mark.score is None else f"{mark.score.normalize():f}"
    return {"mark": mark, "score": score, "said": SAID[mark.status]}


def _line(line: Taken) -> dict[str, Any]:
    told = _said(line.said)
    if line.mark is None:
        return told | {"word": WHY[line.reason], "tone": "attention", "becomes": "–"}
    becomes = "–" if line.mark.score is None else f"{line.mark.score.normalize():f}"
    return told | {"word": MEANT[line.mark.status], "tone": "good", "becomes": becomes}
