"""The form of one rule, with an example under it that the engine works out as one writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.allowances import places, saying
from craftpath.delivery.web.allowances.forms import RuleForm, example_of, initial_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.allowances import actions, rules
from craftpath.domain.allowances.examples import worked
from craftpath.domain.apprenticeships.courses import occupation_names, stage_names
from craftpath.kernel.roles import Permission
from craftpath.values.period import Period, later
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from datetime import date

    from craftpath.domain.allowances.models import Rule, RuleBook

NEW = {
    "basis": "pair_month",
    "payer": "enterprise",
    "kinds": ["master_apprentice"],
    "by_day": True,
    "component": "teaching",
}
MORE = ("ratio", "result", "over", "undecided", "least", "priority", "occupations", "stages", "roles")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES)
def new(request: Request, organisation: str, book: str) -> HttpResponse:
    """A new rule of a draft."""
    return _page(request, places.found_book(book), None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES)
def edit(request: Request, organisation: str, book: str, rule: str) -> HttpResponse:
    """A rule of a draft, written anew."""
    row = places.found_book(book)
    return _page(request, row, places.found_rule(row, rule))


def _page(request: Request, book: RuleBook, rule: Rule | None) -> HttpResponse:
    require(rules.may_run(request.actor, book.organisation))
    if book.state != "draft":
        raise Http404
    stages = [(key, text(name)) for key, name in stage_names().items()]
    initial = initial_of(rule, book.currency) if rule else NEW
    posted = request.POST if request.method == "POST" else None
    form = RuleForm(posted, stages=stages, occupations=occupation_names(), initial=initial)
    keeps = posted is not None and posted.get("do") != "example"
    if keeps and form.is_valid():
        made = form.new(book.currency, rule.key if rule else "")
        if not form.errors:
            with refusals_in(form):
                actions.write_rule(book, made, rule=rule, by=request.actor, at=request.at)
                messages.success(request, _("Kept."))
                return redirect("allowances:rules", request.organisation.key)
    context: dict[str, Any] = {
        "form": form,
        "book": book,
        "rule": rule,
        "unit": saying.unit(book.currency),
        "more": _more(form, initial),
        "crumbs": places.to_rules(request, here(rule.name if rule else _("New rule"))),
        **_example(request, form, book, rule, initial),
    }
    if request.htmx and not keeps:
        return render(request, "allowances/rule.html#example", context)
    status = 200 if not keeps else 409 if form.non_field_errors() else 422
    return render(request, "allowances/rule.html", context, status=status)


def _more(form: RuleForm, initial: dict[str, Any]) -> bool:
    """Whether something is written in the fields that are folded away."""
    given = form.data if form.is_bound else initial
    return any(given.get(name) not in (None, "", []) for name in form.fields if name.startswith(MORE))


def _example(
    request: Request, form: RuleForm, book: RuleBook, rule: Rule | None, initial: dict[str, Any]
) -> dict[str, Any]:
    """The example's form, and what the rule as it is written comes to for it."""
    month = later(request.today.replace(day=1), -1)
    example_form, example = example_of(request.POST if request.method == "POST" else None)
    found: dict[str, Any] = {
        "example_form": example_form,
        "month": saying.month(month),
        "said": "",
        "example_fault": "",
    }
    try:
        found["said"] = _said(_filled(form, initial), book, month, example)
    except Refused as refused:
        found["example_fault"] = sentence(refused.verdict)
    return found


def _filled(form: RuleForm, initial: dict[str, Any]) -> RuleForm:
    """The same form as if it had been sent: an example is worked out of what stands in it from the beginning."""
    if form.is_bound:
        return form
    given: dict[str, Any] = {name: "" if value is None else value for name, value in initial.items()}
    if given.get("by_day") is False:
        given.pop("by_day")
    stages, occupations = form.fields["stages"], form.fields["occupations"]
    return RuleForm(
        {**given, "name": given.get("name") or "–", "amount": given.get("amount", 200)},
        stages=stages.choices,  # type: ignore[attr-defined]
        occupations=[key for key, _name in occupations.choices],  # type: ignore[attr-defined]
    )


def _said(form: RuleForm, book: RuleBook, month: date, example: Any) -> dict[str, str] | str:
    form.fields["name"].required = False
    if not form.is_valid():
        return ""
    made = form.new(book.currency)
    if form.errors:
        return ""
    row = actions.row_of_new(replace(made, name=made.name or "–"), book.currency, Period(month))
    line = worked(row, example, month)
    if line is None:
        return ""
    return {"sum": saying.worked_line(line), "amount": saying.money(line.amount, book.currency)}
