"""Co-invest: plan and gifts of a year beside one another, each contribution with its arithmetic, the rule behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.exchange.printouts.balance_letter import money
from craftpath.delivery.web.committees.asking import asked
from craftpath.delivery.web.partnership import saying
from craftpath.delivery.web.partnership.booked import offered
from craftpath.delivery.web.partnership.forms import CounterForm, GivingForm, PledgeForm, RulesForm, WordsForm
from craftpath.delivery.web.partnership.places import (
    READERS,
    found,
    frame,
    own_side,
    trail,
    year_of,
    years_of,
)
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.subsidies.saying import amount
from craftpath.domain.partnership import actions, queries, rules
from craftpath.domain.partnership.states import CONTRIBUTION
from craftpath.domain.partnership.texts import BOOKED, FOR, FORMULAS, KINDS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Contribution, Cooperation, Side

ON_A_PAGE = 30
USUAL = (
    {"name": {"zh": "企业师傅", "en": "Mentor of the enterprise"}, "for": "hours", "minor": 8000},
    {"name": {"zh": "院校教师", "en": "Teacher of the college"}, "for": "hours", "minor": 9000},
    {"name": {"zh": "实训车间", "en": "Training workshop"}, "for": "room_hours", "minor": 12000},
    {"name": {"zh": "教室", "en": "Classroom"}, "for": "room_metres", "minor": 3000},
)
"""Rates to begin with; sides agree on their own."""


@require_GET
@needs(*READERS)
def contributions_file(request: Request, organisation: str, cooperation: str, form: str) -> HttpResponse:
    """Every contribution of the year, with its value in the currency of the rule."""
    require_form(form)
    row = found(cooperation)
    rows = queries.contributions().filter(side__cooperation=row, given_on__year=year_of(request, row))
    heads = [
        pgettext("of a contribution", "What"), _("Side"), pgettext("of a contribution", "Kind"), _("Given on"),
        pgettext("in its own unit", "Amount"), Head(_("Value"), figures=True), Head(_("Currency"), beyond=True),
        _("State"),
    ]  # fmt: skip
    cells = [
        (
            one.words, line["side"], str(line["kind"]), one.given_on, line["quantity"],
            Told(None if one.minor is None else money(one.minor, one.currency), line["value"]), one.currency,
            str(line["state"]),
        )
        for one in rows
        for line in (saying.line(one),)
    ]  # fmt: skip
    return sent(request, listing(_("Contributions"), text(row.name), heads, cells), form)


exported(
    "contributions",
    screen="partnership:invest",
    file="partnership:contributions_file",
    caption="Contributions",
)


@require_GET
@needs(*READERS)
def invest(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """The plan of a year and what was given of it, and every contribution."""
    row = found(cooperation)
    year = year_of(request, row)
    given = queries.contributions().filter(side__cooperation=row, given_on__year=year)
    page = Paginator(given, ON_A_PAGE).get_page(request.GET.get("page"))
    pledges = queries.pledges().filter(side__cooperation=row, year=year)
    plan = Paginator(pledges, ON_A_PAGE).get_page(request.GET.get("plan"))
    side = own_side(request, row)
    context = frame(request, row, "partnership:invest") | {
        "year": str(year),
        "years": years_of(row),
        "lines": [saying.line(one) for one in page],
        "ways": ways_out(request, "contributions", cooperation),
        "page": page,
        "cells": _cells(row, year),
        "plan": [
            {
                "row": one, "side": text(one.side.organisation.name), "kind": KINDS[one.kind],
                "value": amount(one.minor, one.currency), "mine": bool(rules.may_act_for(request.actor, one.side)),
            }
            for one in plan
        ],
        "plan_page": plan,
        "book": queries.book_in_force(row),
        "waits": any(book.agreed_at is None for book in queries.books_of(row)[:1]),
        "gives": side is not None and row.state == "in_force",
        "booked": offered(row, side, year),
    }  # fmt: skip
    return render(request, "partnership/invest.html", context)


def _cells(row: Cooperation, year: int) -> list[dict[str, Any]]:
    """Side by side: what each pledged, gave and had confirmed by kind."""
    sums: dict[tuple[int, str, str], dict[str, int]] = {}
    for one in (*queries.pledged_by_kind(row, year), *queries.given_by_kind(row, year)):
        cell = sums.setdefault((one["side"], one["kind"], one["currency"]), {})
        cell.update({name: one[name] for name in ("pledged", "given", "confirmed") if name in one})
    names = {side.pk: text(side.organisation.name) for side in row.sides.all()}
    order = list(KINDS)
    return [
        {"side": names[side], "kind": KINDS[kind]}
        | {name: amount(cell.get(name, 0), currency) for name in ("pledged", "given", "confirmed")}
        for (side, kind, currency), cell in sorted(
            sums.items(), key=lambda one: (list(names).index(one[0][0]), order.index(one[0][1]))
        )
    ]


def _own(request: Request, row: Cooperation) -> Side:
    side = own_side(request, row)
    if side is None:
        raise Http404
    return side


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PARTNERSHIPS)
def give(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Enter what one's own side gave: first the kind, then its own figures."""
    row = found(cooperation)
    side, book = _own(request, row), queries.book_in_force(row)
    if book is None:
        raise Refused(not_now("partnership.no_rules"))
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "money"
    form = GivingForm(
        request.POST or None, request.FILES or None, kind=kind, book=book, on=min(request.today, row.ends_on)
    )

    def enter() -> None:
        given = form.cleaned_data
        file = given.get("evidence")
        evidence = actions.Evidence(file.read(), file.name) if file else None
        actions.give_contribution(
            side, kind=kind, words=given["words"], given_on=given["given_on"], figures=form.figures(),
            rate=given.get("rate", ""), evidence=evidence, by=request.actor, at=request.at,
        )  # fmt: skip

    here_url = reverse("partnership:give", args=[organisation, row.public_id])
    return asked(
        request, form, enter, done=_("Entered. Another side confirms it."), title=_("Enter what was given"),
        what=str(FORMULAS[kind]), button=_("Enter"),
        crumbs=trail(request, row, _to_invest(request, row), here(_("Enter"))),
        back=reverse("partnership:invest", args=[organisation, row.public_id]),
        tabs=[
            {"label": label, "url": f"{here_url}?kind={key}", "current": key == kind}
            for key, label in KINDS.items()
        ],
        tabs_label=pgettext("of a contribution", "Kind"),
        note=_("Valued by version %(version)s of the rule.") % {"version": book.version},
    )  # fmt: skip


def _to_invest(request: Request, row: Cooperation) -> dict[str, str]:
    return step(request, pgettext("of a partnership", "Co-invest"), "partnership:invest", row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PARTNERSHIPS)
def pledge(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """A line of one's own plan."""
    row = found(cooperation)
    side, book = _own(request, row), queries.book_in_force(row)
    form = PledgeForm(request.POST or None, initial={"year": year_of(request, row)})

    def plan() -> None:
        given = form.cleaned_data
        actions.pledge(
            side, year=given["year"], kind=given["kind"], words=given["words"], minor=form.minor(),
            currency=book.currency if book else "CNY", by=request.actor, at=request.at,
        )  # fmt: skip

    return asked(
        request, form, plan, done=_("Pledged."), title=_("Pledge something"),
        what=_("What your side plans to give in a year. It stands beside what was given."),
        crumbs=trail(request, row, _to_invest(request, row), here(_("Pledge"))),
        back=reverse("partnership:invest", args=[organisation, row.public_id]),
        button=pgettext("a button", "Pledge"),
    )  # fmt: skip


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def withdraw_pledge(request: Request, organisation: str, pledge: str) -> HttpResponse:
    """Take a line out of the plan."""
    row = get_object_or_404(queries.pledges(), public_id=plain_id(pledge))
    actions.withdraw_pledge(row, by=request.actor, at=request.at)
    messages.success(request, _("Taken back."))
    return redirect("partnership:invest", organisation, row.side.cooperation.public_id)


def _contribution(public_id: str) -> Contribution:
    return get_object_or_404(queries.contributions(), public_id=plain_id(public_id))


@require_GET
@needs(*READERS)
def contribution(request: Request, organisation: str, contribution: str) -> HttpResponse:
    """One contribution: its arithmetic, its evidence, and what the other side says."""
    return _one(request, _contribution(contribution))


def _one(
    request: Request, one: Contribution, wrong: str = "", form: Form | None = None, status: int = 200
) -> HttpResponse:
    row = found(one.side.cooperation.public_id)
    looks = bool(rules.may_look(request.actor, one, list(row.sides.all())))
    gives = bool(rules.may_act_for(request.actor, one.side))
    may = {move: CONTRIBUTION.can(one.state, move) and (looks if move in ("confirm", "question") else gives)
           for move in CONTRIBUTION.moves}  # fmt: skip
    countered = queries.counter_of(one)
    may["counter"] = gives and one.state == "confirmed" and one.counters_id is None and countered is None
    asks = {move: make(None, prefix=move) for move, (_act, make) in _SAID.items() if may[move]}
    if form is not None:
        asks[wrong] = form
    context = frame(request, row, "partnership:invest") | {
        "one": one,
        "line": saying.line(one),
        "steps": saying.arithmetic(one),
        "formula": saying.formula(one),
        "may": may,
        "asks": asks,
        "wrong": wrong,
        "countered": countered,
        "crumbs": trail(request, row, _to_invest(request, row), here(one.words)),
    }
    return render(request, "partnership/contribution.html", context, status=status)


_PRESSED: dict[str, Callable[..., Any]] = {
    "confirm": actions.confirm_contribution,
    "withdraw": actions.withdraw_contribution,
}
_SAID: dict[str, tuple[Callable[..., Any], type[Form]]] = {
    "question": (actions.question_contribution, WordsForm),
    "answer": (actions.answer_contribution, WordsForm),
    "counter": (actions.counter_contribution, CounterForm),
}


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def move(request: Request, organisation: str, contribution: str, verb: str) -> HttpResponse:
    """Confirm, question, answer, withdraw, or meet it by a counter-line."""
    one = _contribution(contribution)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _PRESSED:
        _PRESSED[verb](one, **by)
        messages.success(request, _("Recorded."))
    elif verb in _SAID:
        act, make = _SAID[verb]
        form = make(request.POST, prefix=verb)
        status = tried(
            request, form, _("Recorded."), lambda: act(one, words=form.cleaned_data["words"], **by)
        )
        if status:
            return _one(request, one, verb, form, status)
    else:
        raise Http404
    return redirect("partnership:contribution", organisation, one.public_id)


@require_GET
@needs(*READERS)
def evidence(request: Request, organisation: str, contribution: str) -> HttpResponseBase:
    """The file that shows it."""
    one = _contribution(contribution)
    if one.evidence is None:
        raise Http404
    return shown_or_saved(one.evidence.bytes(), one.public_id, one.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def valuing(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """The rule by which everything is valued: its formulas, its versions, who agreed; a POST proposes the next one."""
    row = found(cooperation)
    if request.method == "POST":
        require(rules.may_write(request.actor, [side.organisation for side in row.sides.all()]))
    books = queries.books_of(row)
    page = Paginator(books, ON_A_PAGE).get_page(request.GET.get("page"))
    newest = books[0] if books else None
    form = RulesForm(
        request.POST or None,
        rates=newest.rates if newest else USUAL,
        currency=newest.currency if newest else "CNY",
    )
    status = 200
    if request.method == "POST":

        def propose() -> None:
            actions.propose_rules(
                row,
                rates=form.rates(),
                currency=form.cleaned_data["currency"],
                by=request.actor,
                at=request.at,
            )

        status = tried(request, form, _("Proposed. It holds once all sides agree."), propose)
        if not status:
            return redirect("partnership:rules", organisation, row.public_id)
    side = own_side(request, row)
    context = frame(request, row, "partnership:invest") | {
        "form": form,
        "formulas": [
            *((KINDS[key], said) for key, said in FORMULAS.items()),
            (_("Booked by partners"), BOOKED),
        ],
        "books": [_book(one, row, side) for one in page],
        "page": page,
        "newest": newest,
        "gives": side is not None and row.state == "in_force",
        "crumbs": trail(request, row, _to_invest(request, row), here(_("Valuation rule"))),
    }
    return render(request, "partnership/rules.html", context, status=status)


def _book(book: Any, row: Cooperation, side: Side | None) -> dict[str, Any]:
    agreed = {one.side_id: one for one in book.agreements.all()}
    return {
        "book": book,
        "rates": [
            (text(one["name"]), FOR[one["for"]], amount(one["minor"], book.currency)) for one in book.rates
        ],
        "sides": [(text(one.organisation.name), agreed.get(one.pk)) for one in row.sides.all()],
        "agrees": side is not None and side.pk not in agreed and book.agreed_at is None,
    }


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def agree(request: Request, organisation: str, book: str) -> HttpResponse:
    """Agree to a version for one's own side."""
    row = get_object_or_404(queries.books(), public_id=plain_id(book))
    actions.agree_rules(row, by=request.actor, at=request.at)
    messages.success(request, pgettext("to a valuation rule", "Agreed."))
    return redirect("partnership:rules", organisation, row.cooperation.public_id)
