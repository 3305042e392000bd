"""Where somebody is among the pages of allowances: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.allowances import queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission, Role

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Line, PayTemplate, Question, Rule, RuleBook, Run


def reads(actor: Actor) -> bool:
    """Whether somebody reads what a whole organisation pays."""
    return Permission.SEE_ALLOWANCES in actor.permissions


def reads_names(actor: Actor) -> bool:
    """Whether somebody also reads who gets it."""
    return {Permission.SEE_ALLOWANCES, Permission.SEE_RESULTS} <= actor.permissions


def runs(actor: Actor) -> bool:
    """Whether somebody writes rules and computes."""
    return Permission.RUN_ALLOWANCES in actor.permissions


def is_paid(actor: Actor) -> bool:
    """Whether somebody may have allowances of the own: everybody but who only learns."""
    return bool(actor.roles & {Role.MENTOR, Role.TRAINER})


def page_of(actor: Actor) -> str:
    """Where allowances begin for somebody."""
    return "allowances:board" if reads(actor) else "allowances:mine"


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages of an office; nothing for whoever has only the own months."""
    actor = request.actor
    if not reads(actor):
        return []
    places = [("allowances:board", pgettext("of allowances", "Months"))]
    if runs(actor):
        places += [
            ("allowances:rules", pgettext("of allowances", "Rules")),
            ("allowances:questions", pgettext("of allowances", "Questions")),
            ("allowances:files", _("Payment files")),
        ]
    elif reads_names(actor):
        places.append(("allowances:rules", pgettext("of allowances", "Rules")))
    if is_paid(actor):
        places.append(("allowances:mine", _("My allowances")))
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_months(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the board on."""
    return [step(request, _("Allowances"), "allowances:board"), *further]


def to_rules(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the rules on."""
    return to_months(request, step(request, pgettext("of allowances", "Rules"), "allowances:rules"), *further)


def to_files(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the payment files on."""
    return to_months(request, step(request, _("Payment files"), "allowances:files"), *further)


def found_run(public_id: str) -> Run:
    """A run that the reader sees."""
    return get_object_or_404(queries.runs(), public_id=plain_id(public_id))


def found_line(request: Request, public_id: str) -> Line:
    """A line of the reader's own."""
    return get_object_or_404(queries.own_lines(request.user), public_id=plain_id(public_id))


def found_question(public_id: str) -> Question:
    """A question of which the reader may know."""
    return get_object_or_404(queries.all_questions(), public_id=plain_id(public_id))


def found_book(public_id: str) -> RuleBook:
    """A version that the reader sees."""
    return get_object_or_404(queries.all_books(), public_id=plain_id(public_id))


def found_rule(book: RuleBook, key: str) -> Rule:
    """A rule of a version by its key."""
    return get_object_or_404(queries.rules_in(book), key=key)


def found_template(request: Request, public_id: str) -> PayTemplate:
    """A template of the organisation, also one that was taken away."""
    rows = queries.templates(request.organisation, removed=True)
    return get_object_or_404(rows, public_id=plain_id(public_id))
