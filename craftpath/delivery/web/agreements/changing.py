"""Amendments: the form, what would change, and one amendment with its signatures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.agreements.forms import AmendForm
from craftpath.delivery.web.agreements.places import enterprises, home, trail, writable
from craftpath.delivery.web.agreements.showing import amendment_said
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.signing.showing import lines
from craftpath.domain.agreements import actions, queries, rules
from craftpath.domain.agreements.law import law_of
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import may_sign
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def amend(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Change what is signed: the new terms, why, and from when.

    The form shows what stands once everything that is agreed has begun, and says so.
    """
    found = writable(request, agreement)
    require(rules.can_amend(found, waiting=queries.waiting_amendment(found) is not None))
    signed = queries.signed_amendments([found]).get(found.pk, [])
    to_come = [row for row in signed if row.takes_effect_on > request.today]
    shown_on = _shown_on(request, max([request.today, *(row.takes_effect_on for row in to_come)]))
    queries.put_on(found, signed, shown_on)
    form = _form(request, found, shown_on)
    if request.method == "POST" and request.POST.get("do") == "places":
        form.errors.clear()
    elif request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_in(form):
            made = actions.amend_agreement(
                found,
                written=form.written(),
                enterprise=form.places[given["enterprise"]],
                takes_effect_on=given["takes_effect_on"],
                reason=given["reason"],
                shown_on=shown_on,
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("The change is fixed and waits for signatures."))
            return redirect("agreements:amendment", organisation, made.public_id)
    shown = {
        "agreement": found,
        "person": found.enrolment.person,
        "form": form,
        "shown_on": shown_on,
        "to_come": to_come,
        "crumbs": trail(request, found, here(_("Amend"))),
    }
    return render(request, "agreements/amend.html", shown, status=422 if form.errors else 200)


def _shown_on(request: Request, usual: date) -> date:
    """The day of which the form showed the agreement: what was changed in it is what differs from that day."""
    try:
        return date.fromisoformat(request.POST.get("shown_on", ""))
    except ValueError:
        return usual


def _form(request: Request, found: Agreement, shown_on: date) -> AmendForm:
    """The form with the enterprises that there are, and the mentors of the chosen one."""
    places = enterprises(request, every=True)
    chosen = {row.key: row for row in places}.get(request.POST.get("enterprise", ""), found.enterprise)
    if found.enterprise not in places:
        places.insert(0, found.enterprise)
    return AmendForm(
        request.POST or None,
        places=places,
        agreement=found,
        law=law_of(found.jurisdiction),
        on=shown_on,
        enterprise=chosen,
    )


@require_GET
def amendment(request: Request, organisation: str, amendment: str) -> HttpResponse:
    """What changes, beside what stood; who signs."""
    found = get_object_or_404(queries.amendments(), public_id=amendment)
    coming = request.actor.may_at(Permission.SEE_AGREEMENTS, found.enterprise)
    require(coming or rules.may_read(request.actor, found.agreement))
    signing = lines(found.document) if found.document is not None else []
    waits = found.document is not None and found.document.is_open
    writes = bool(rules.may_write(request.actor, found.agreement))
    state, tone = amendment_said(found, request.today)
    shown = {
        "amendment": found,
        "agreement": found.agreement,
        "person": found.agreement.enrolment.person,
        "changes": actions.differences(found.before, found.after, found.agreement.jurisdiction),
        "state": state,
        "tone": tone,
        "signing": signing,
        "signs": waits
        and any(may_sign(request.actor, line.party) and line.signature is None for line in signing),
        "waits": waits,
        "writes": writes,
        "past": found.takes_effect_on < localdate(found.made_at),
        "employer_changes": found.enterprise_id != found.former_id,
        "crumbs": trail(request, found.agreement, here(_("Amendment %(number)s") % {"number": found.number})),
    }
    return render(request, "agreements/amendment.html", shown)


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def withdraw(request: Request, organisation: str, amendment: str) -> HttpResponse:
    """Take a change back that waits."""
    found = get_object_or_404(queries.amendments(), public_id=amendment)
    actions.withdraw_amendment(found, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. The agreement stays as it is."))
    return redirect(*home(request, found.agreement))
