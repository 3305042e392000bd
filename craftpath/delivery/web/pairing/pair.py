"""One pair: who with whom as a picture, roles, shares, days, deputies, what was; and what the reader may do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.drawing import Arrow, Drawing, Person, draw
from craftpath.delivery.web.pairing.forms import DeputyForm, EndForm, ReasonForm, RenewForm, ReplaceForm
from craftpath.delivery.web.pairing.people import Groups, Teachers
from craftpath.delivery.web.pairing.places import found, to_pairs
from craftpath.delivery.web.pairing.working import works
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.rules import BOTH_WAYS, WHOLE

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, Pair


@require_GET
def pair(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Readers see what it is; whoever is in it or looks after it finds the buttons."""
    row = found(pair)
    return render(request, "pairing/pair.html", page_of(request, row))


def page_of(request: Request, row: Pair, *, wrong: str = "", form: Form | None = None) -> dict[str, Any]:
    """Everything that the page shows; `wrong` names the form that was refused, `form` is it with what was typed."""
    bonds = list(row.bonds.all())
    may = may_do(request, row, bonds)
    live = [bond for bond in bonds if bond.role != "deputy" and not _over(bond, request)]
    teachers = Teachers(request, row.kind).choices() if may["replace"] or may["deputy"] else []
    forms: dict[str, Any] = {**_forms(request, row, live, teachers, may)}
    if wrong:
        forms[wrong] = form
    lines = [saying.line(bond, request.today) for bond in bonds]
    return {
        "pair": row,
        "title": saying.title(row, bonds),
        "kind": saying.kind(row),
        "badge": saying.state(row, request.today),
        "days": saying.days(row.starts_on, row.ends_on),
        "rows": [one for one in lines if not one.over],
        "history": [one for one in lines if one.over],
        "answers": _answers(row, bonds),
        "drawing": _drawing(request, [bond for bond in bonds if not _over(bond, request)] or bonds),
        "work": next(iter(works(request, [row])), None),
        "may": may,
        "forms": forms,
        "wrong": wrong,
        "objections": rules.last_objection(row, queries.house_rule(row.organisation)),
        "crumbs": to_pairs(request, here(saying.title(row, bonds))),
    }


def may_do(request: Request, row: Pair, bonds: Sequence[Bond]) -> dict[str, bool]:
    """Which buttons the reader finds; the actions ask again."""
    actor = request.actor
    office = bool(rules.may_change(actor, row, bonds)) and all(
        rules.may_pair_apprentice(actor, bond.enrolment) for bond in bonds if bond.enrolment is not None
    )
    mine, me = bool(rules.may_answer(actor, row)), request.user.pk
    active, waits = row.state == "active", row.state == "proposed"
    last = rules.last_objection(row, queries.house_rule(row.organisation)) if mine and active else None
    taught = any(bond.teacher_id == me and not _over(bond, request) for bond in bonds)
    unanswered = any(
        (bond.teacher_id == me and bond.accepted_at is None)
        or (bond.learner_id == me and bond.learner_accepted_at is None)
        for bond in bonds
    )
    return {
        "accept": waits and mine and unanswered,
        "decline": waits and mine,
        "withdraw": waits and bool(rules.may_pair(actor, row.organisation)),
        "object": last is not None and row.starts_on <= request.today <= last,
        "end": active and office,
        "renew": active and office and row.ends_on is not None,
        "replace": active and office,
        "deputy": active and (office or taught),
    }


def _over(bond: Bond, request: Request) -> bool:
    return bond.ends_on is not None and bond.ends_on <= request.today


def _forms(
    request: Request, row: Pair, live: list[Bond], teachers: Groups, may: dict[str, bool]
) -> dict[str, Form]:
    """Empty forms of what the reader may do."""
    today = request.today
    yesterday = {"on": max(today, row.starts_on) - timedelta(days=1)} if may["end"] else {}
    made: dict[str, Form] = {
        "decline": ReasonForm(auto_id="decline_%s"),
        "object": ReasonForm(auto_id="object_%s"),
        "end": EndForm(auto_id="end_%s", initial=yesterday | {"on": today}),
        "renew": RenewForm(auto_id="renew_%s"),
    }
    if may["replace"] and live:
        made["replace"] = ReplaceForm(None, bonds=live, teachers=teachers, today=today)
    mine = live if may["replace"] else [bond for bond in live if bond.teacher_id == request.user.pk]
    if may["deputy"] and mine:
        made["deputy"] = DeputyForm(None, bonds=mine, teachers=teachers, today=today)
    return made


def _answers(row: Pair, bonds: Sequence[Bond]) -> list[tuple[str, bool]]:
    """Who has said yes to a proposal and who has not, each once."""
    if row.state != "proposed":
        return []
    found: dict[str, bool] = {}
    for bond in bonds:
        for person, at in ((bond.teacher, bond.accepted_at), (bond.learner, bond.learner_accepted_at)):
            found[person.name] = found.get(person.name, True) and at is not None
    return list(found.items())


def _drawing(request: Request, bonds: Sequence[Bond]) -> Drawing:
    people: dict[int, Person] = {}
    for bond in bonds:
        for one in (bond.teacher, bond.learner):
            people.setdefault(one.pk, Person(one.pk, one.name))
    arrows = [
        Arrow(
            bond.teacher_id, bond.learner_id, bond.share / WHOLE, bond.role == "deputy",
            bond.pair.kind in BOTH_WAYS, said_of(bond),
        )
        for bond in bonds
    ]  # fmt: skip
    return draw(people.values(), arrows)


def said_of(bond: Bond) -> str:
    facts = {"teacher": bond.teacher.name, "learner": bond.learner.name}
    if bond.role == "deputy":
        return _("%(teacher)s stands in for %(learner)s") % facts
    share = saying.share(bond)
    return _("%(teacher)s teaches %(learner)s, %(share)s") % (facts | {"share": share})
