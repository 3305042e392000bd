"""Merges that were done: what moved, who decided and why, and the way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from craftpath.delivery.web.people.doubles import Reason
from craftpath.delivery.web.people.nouns import by_noun
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.roles import Permission
from craftpath.kernel.twins import queries, rules
from craftpath.kernel.twins.merging import undo_merge
from craftpath.kernel.twins.tables import Merge
from craftpath.values.verdict import Refused

PAGE = 50


@require_safe
@needs(Permission.MERGE_PEOPLE)
def merges(request: Request, organisation: str) -> HttpResponse:
    """All of them, the newest first."""
    page = Paginator(queries.merges(), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [(row, sum(row.moved.values())) for row in page.object_list],
        "crumbs": [
            step(request, pgettext("of records", "Doubles"), "people:doubles"),
            here(gettext("Merged records")),
        ],
        "tabs": tabs(request, "people:doubles"),
    }
    return render(request, "people/merges.html", context)


@require_safe
@needs(Permission.MERGE_PEOPLE)
def merge(request: Request, organisation: str, merge: str) -> HttpResponse:
    """One of them."""
    return _shown(request, _found(merge), Reason())


@require_POST
@needs(Permission.MERGE_PEOPLE)
def undo(request: Request, organisation: str, merge: str) -> HttpResponse:
    """Make two records of it again; a refusal shows the page with what was typed."""
    row, form = _found(merge), Reason(request.POST)
    if not form.is_valid():
        return _shown(request, row, form)
    try:
        undo_merge(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)
    except Refused as fault:
        if fault.verdict.who:
            raise
        form.add_error(None, sentence(fault.verdict))
        return _shown(request, row, form)
    messages.success(request, gettext("They are two records again."))
    return redirect("people:merge", request.organisation.key, row.public_id)


def _found(public_id: str) -> Merge:
    return get_object_or_404(queries.merges(), public_id=plain_id(public_id))


def _shown(request: Request, row: Merge, form: Reason) -> HttpResponse:
    held = rules.memberships_ever([row.stays])
    verdict = rules.may_merge(request.actor, [row.stays], held)
    context = {
        "row": row,
        "moved": by_noun(row.moved),
        "left": by_noun(row.left),
        "verdict": verdict,
        "can": rules.can_undo(row),
        "form": form,
        "crumbs": [
            step(request, pgettext("of records", "Doubles"), "people:doubles"),
            step(request, gettext("Merged records"), "people:merges"),
            here(row.stays.name),
        ],
        "tabs": tabs(request, "people:doubles"),
    }
    return render(request, "people/merge.html", context)
