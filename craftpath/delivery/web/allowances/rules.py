"""The rules of an organisation, version by version, in words; a draft is changed, adopted or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.allowances import places, saying
from craftpath.delivery.web.allowances.amounts import minor_of
from craftpath.delivery.web.allowances.forms import BookForm, DateForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.allowances import actions, queries
from craftpath.domain.allowances import rules as allowed
from craftpath.domain.allowances.rules import SCOPES
from craftpath.domain.allowances.texts import BOOK_STATES, COMPONENTS, PRESETS, RESULTS_FROM
from craftpath.domain.allowances.texts import SCOPES as SCOPE_NAMES
from craftpath.domain.apprenticeships.courses import stage_names
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import RuleBook

TONES = {"draft": "attention", "in_force": "good", "replaced": "plain"}
SHOWN = 6  # versions; older ones stand in the history


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_ALLOWANCES, Permission.SEE_ALLOWANCES)
def rules(request: Request, organisation: str) -> HttpResponse:
    """All versions; posted, a new one is begun."""
    if request.method != "POST":
        return page(request)
    require(allowed.may_run(request.actor, request.organisation))
    form = _book_form(request, request.POST)
    if not form.is_valid():
        return page(request, form=form, status=422)
    book = actions.draft_book(
        request.organisation,
        valid_from=form.cleaned_data["valid_from"],
        preset=form.cleaned_data["preset"],
        language=get_language() or "zh",
        by=request.actor,
        at=request.at,
    )
    messages.success(
        request, _("Version %(number)s is a draft: look through it, then adopt it.") % {"number": book.number}
    )
    return redirect("allowances:rules", organisation)


def _book_form(request: Request, data: Any = None) -> BookForm:
    before = queries.books(request.organisation).filter(state="in_force").exists()
    first = _("the rules in force") if before else _("nothing")
    presets = [(key, _("Example: %(name)s") % {"name": name}) for key, name in PRESETS.items()]
    return BookForm(data, presets=presets, first=first, initial={"valid_from": request.today.replace(day=1)})


def page(
    request: Request, *, form: BookForm | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    """The page; a refused form has what was typed."""
    books, stages = list(queries.books(request.organisation)[:SHOWN]), _stages()
    may = bool(allowed.may_run(request.actor, request.organisation))
    draft = next((book for book in books if book.state == "draft"), None)
    context: dict[str, Any] = {
        "books": [_book(request, book, stages) for book in books],
        "form": form or _book_form(request) if may and draft is None else None,
        "open": form is not None or not books,
        "fault": fault,
        "may": may,
        "scopes": [(key, SCOPE_NAMES[key]) for key in SCOPES],
        "components": list(COMPONENTS.items()),
        "tabs": places.tabs(request, "allowances:rules"),
    }
    return render(request, "allowances/rules.html", context, status=status)


def _stages() -> dict[str, str]:
    return {key: text(name) for key, name in stage_names().items()}


def _book(request: Request, book: RuleBook, stages: dict[str, str]) -> dict[str, Any]:
    here = [request.organisation.key, book.public_id]
    return {
        "book": book,
        "state": BOOK_STATES[book.state],
        "tone": TONES[book.state],
        "rules": [
            {
                "rule": rule,
                "component": COMPONENTS[rule.component],
                "words": saying.rule_words(rule, book.currency, stages),
                "url": reverse("allowances:rule_edit", args=[*here, rule.key]),
            }
            for rule in book.rules.all()
        ],
        "caps": [(cap, saying.cap_words(cap, book.currency)) for cap in book.caps.all()],
        "results_from": RESULTS_FROM[book.results_from],
        "draft": book.state == "draft",
        "date_form": DateForm(
            initial={"valid_from": book.valid_from, "results_from": book.results_from}, auto_id="date_%s"
        ),
        "unit": saying.unit(book.currency),
    }


@require_POST
@needs(Permission.RUN_ALLOWANCES)
def do(request: Request, organisation: str, book: str) -> HttpResponse:
    """One of the buttons of a draft."""
    row, name = places.found_book(book), request.POST.get("do", "")
    require(allowed.may_run(request.actor, row.organisation))
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    deeds: dict[str, Callable[[], str]] = {
        "adopt": lambda: _adopt(row, who),
        "drop": lambda: _drop(row, who),
        "date": lambda: _date(request, row, who),
        "cap": lambda: _cap(request, row, who),
        "remove": lambda: _remove(request, row, who),
    }
    try:
        said = deeds[name]() if name in deeds else ""
    except Refused as refused:
        if refused.verdict.who:
            raise
        return page(request, fault=sentence(refused.verdict), status=409)
    if said:
        messages.success(request, said)
    return redirect("allowances:rules", organisation)


def _adopt(row: RuleBook, who: dict[str, Any]) -> str:
    actions.adopt_book(row, **who)
    return _("Adopted. Months from that day on are computed by it.")


def _drop(row: RuleBook, who: dict[str, Any]) -> str:
    actions.drop_book(row, **who)
    return _("Thrown away.")


def _date(request: Request, row: RuleBook, who: dict[str, Any]) -> str:
    form = DateForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        actions.date_book(row, valid_from=given["valid_from"], results_from=given["results_from"], **who)
        return _("Kept.")
    messages.warning(request, _("Choose a day of this century."))
    return ""


def _cap(request: Request, row: RuleBook, who: dict[str, Any]) -> str:
    given = request.POST.get("most", "").replace("\0", "").strip()
    most = minor_of(given, row.currency) if given else None
    scope, component = request.POST.get("scope", ""), request.POST.get("component", "")
    actions.set_cap(row, scope=scope, component=component, most=most, **who)
    return _("Kept.") if given else _("Taken away.")


def _remove(request: Request, row: RuleBook, who: dict[str, Any]) -> str:
    rule = queries.rules_in(row).filter(key=request.POST.get("rule", "").replace("\0", "")).first()
    if rule is not None:
        actions.remove_rule(rule, **who)
    return _("Taken out.")
