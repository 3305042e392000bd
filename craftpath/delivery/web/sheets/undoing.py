"""Undoing an import: first what exactly would go back, then, confirmed, the undo itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.exchange import texts as sheet_texts
from craftpath.delivery.exchange.cells import shown
from craftpath.delivery.exchange.columns import ItemChoice
from craftpath.delivery.exchange.trial import target_of
from craftpath.delivery.exchange.undo import undo_import, undo_plan
from craftpath.delivery.web.sheets.targets import find_import
from craftpath.delivery.web.sheets.texts import BUILT_ON, FIELDS, KINDS, mark_text, undone_line
from craftpath.delivery.web.sheets.trail import crumbs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.domain.apprenticeships.undoing import RosterUndo, Value
from craftpath.domain.evaluation.undoing import MarksUndo
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SHEET, SheetImport, can_undo
from craftpath.values.text import Text
from craftpath.values.verdict import Refused

LISTED = 50


@dataclass(frozen=True, slots=True)
class Stays:
    """Something that an undo leaves alone: whose, what, how it is now, and through whom."""

    person: str
    what: str
    now: str
    by: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.IMPORT_ROSTER, Permission.IMPORT_MARKS)
def undo(request: Request, organisation: str, sheet: str) -> HttpResponse:
    """With GET what would happen; with POST it happens. A second press finds it done."""
    row = find_import(request, sheet)
    if request.method == "POST":
        return _undo(request, row)
    if not SHEET.can(row.state, "undo"):
        return _to_page(request, row)
    verdict = can_undo(row, request.at)
    target = target_of(row)
    context = {
        "sheet": row,
        "kind": KINDS[row.kind],
        "target": target,
        "crumbs": crumbs(request, row.file.name),
        "refused": "" if verdict else sentence(verdict),
    }
    if verdict:
        plan = undo_plan(row)
        context |= _marks(plan, target.items) if isinstance(plan, MarksUndo) else _roster(plan)
    return render(request, "sheets/undo.html", context)


def _undo(request: Request, row: SheetImport) -> HttpResponse:
    try:
        row = undo_import(row, by=request.actor, at=request.at)
    except Refused as refused:
        if refused.verdict.who:
            raise
        if refused.verdict.reason == "flow.not_now" and row.state == "undone":
            messages.info(request, _("This import is undone already; nothing was done twice."))
        elif refused.verdict.reason == "apprenticeships.undo_built_on":
            messages.error(request, sentence(refused.verdict))
            return redirect("sheets:undo", request.organisation.key, row.public_id)
        else:
            messages.error(request, sentence(refused.verdict))
    else:
        messages.success(request, _("Undone: %(what)s.") % {"what": undone_line(row.outcome)})
    return _to_page(request, row)


def _to_page(request: Request, row: SheetImport) -> HttpResponse:
    return redirect("sheets:columns", request.organisation.key, row.public_id)


def _marks(plan: MarksUndo, items: Sequence[ItemChoice]) -> dict[str, Any]:
    names = {item.key: text(Text(item.zh, item.en)) for item in items}
    grades = {(item.key, grade): text(name) for item in items for grade, name in item.grades}
    back = Counter("missing" if mark.restores is None else "before" for mark in plan.back)
    stays = [
        Stays(
            f"{one.mark.enrolment.number} {one.mark.enrolment.person.name}",
            names.get(one.mark.item) or one.mark.item,
            mark_text(
                one.mark.status, one.mark.score, grades.get((one.mark.item, one.mark.grade), one.mark.grade)
            ),
            listed(
                [
                    words
                    for words in (
                        one.mark.recorded_by.name if one.mark.recorded_by else "",
                        one.mark.source.file.name if one.mark.source else "",
                    )
                    if words
                ]
            ),
        )
        for one in plan.left[:LISTED]
    ]
    return {
        "marks": len(plan.back),
        "before": back["before"],
        "emptied": back["missing"],
        "stays": stays,
        "stays_count": len(plan.left),
        "stays_left": len(plan.left) - len(stays),
        "changed_by": listed(
            sorted({one.mark.recorded_by.name for one in plan.left if one.mark.recorded_by})
        ),
        "nothing": not plan.back,
    }


def _roster(plan: RosterUndo) -> dict[str, Any]:
    people = {row.pk: row for row in plan.going}
    hosts = _hosts([*plan.back, *plan.left])
    blocked = [
        (f"{people[pk].number} {people[pk].person.name}", listed([str(BUILT_ON[code]) for code in codes]))
        for pk, codes in list(plan.built.items())[:LISTED]
    ]
    return {
        "going": [f"{row.number} {row.person.name}" for row in plan.going[:LISTED]],
        "going_count": len(plan.going),
        "going_left": max(0, len(plan.going) - LISTED),
        "returning": [
            (
                _whose(value),
                _field(value),
                _said(value.after, value, hosts),
                _said(value.before, value, hosts),
            )
            for value in plan.back[:LISTED]
        ],
        "returning_count": len(plan.back),
        "returning_left": max(0, len(plan.back) - LISTED),
        "stays": [
            Stays(_whose(value), _field(value), _said(_now(value), value, hosts))
            for value in plan.left[:LISTED]
        ],
        "stays_count": len(plan.left),
        "stays_left": max(0, len(plan.left) - LISTED),
        "mentors_going": len(plan.mentors),
        "mentors_staying": len(plan.trace.mentors) - len(plan.mentors),
        "enterprises": len(plan.trace.organisations),
        "blocked": blocked,
        "blocked_count": len(plan.built),
        "blocked_left": max(0, len(plan.built) - LISTED),
        "nothing": not (plan.going or plan.back or plan.trace.parties or plan.trace.mentors),
    }


def _whose(value: Value) -> str:
    return f"{value.enrolment.number} {value.enrolment.person.name}"


def _field(value: Value) -> str:
    return sheet_texts.field_label(FIELDS.get(value.field, value.field))


def _now(value: Value) -> Any:
    if value.field == "enterprise":
        return value.enrolment.enterprise_id
    owner = value.enrolment if value.field == "starts_on" else value.enrolment.person
    return getattr(owner, value.field)


def _said(given: Any, value: Value, hosts: dict[int, str]) -> str:
    return (hosts.get(given, "") if value.field == "enterprise" else shown(given)) or "–"


def _hosts(values: list[Value]) -> dict[int, str]:
    ids = {one for value in values if value.field == "enterprise" for one in (value.before, value.after)}
    ids |= {value.enrolment.enterprise_id for value in values if value.field == "enterprise"}
    if not ids:
        return {}
    return {row.pk: text(row.name) for row in Organisation.objects.filter(pk__in=ids - {None})}
