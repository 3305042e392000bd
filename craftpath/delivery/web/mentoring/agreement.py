"""The agreement of a pair: its versions, who has signed each, and drawing one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.mentoring.places import found, found_agreement, head
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, queries, rules
from craftpath.domain.mentoring.texts import AGREEMENT_STATES, PARTIES
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import may_hand_over, may_sign, parties_by_document

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import PairAgreement
    from craftpath.kernel.signing import SigningParty

TONES = {"awaiting": "attention", "signed": "good", "replaced": "plain"}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: Request, organisation: str, pair: str) -> HttpResponse:
    """All versions; who teaches, or the office, draws the first one up."""
    row = found(request, pair)
    if request.method == "POST":
        actions.draw_up_agreement(row, by=request.actor, at=request.at)
        messages.success(request, _("Drawn up. Everybody in the pair and the office sign it, in any order."))
        return redirect("mentoring:agreement", organisation, row.public_id)
    context = head(request, row, "mentoring:agreement")
    versions = queries.agreements_of([row]).get(row.pk, [])
    parties = parties_by_document(one.document_id for one in versions if one.document_id)
    may = bool(rules.may_finish(request.actor, row)) and row.state == "active"
    lines = [_line(request, one, parties.get(one.document_id or 0, [])) for one in versions]
    context |= {
        "newest": lines[0] if lines else None,
        "older": lines[1:],
        "may_draw": may and not versions and not context["now"].graduated,
        "needed": context["now"].rule.needs_agreement,
    }
    return render(request, "mentoring/agreement.html", context)


def _line(request: Request, one: PairAgreement, parties: list[SigningParty]) -> dict[str, Any]:
    document = one.document
    waits = document is not None and document.is_open
    open_parties = [party for party in parties if not hasattr(party, "signature")]
    mine = next((party for party in open_parties if may_sign(request.actor, party)), None) if waits else None
    hands = {Permission.MANAGE_AGREEMENTS, Permission.FORM_PAIRS} <= request.actor.permissions
    ids = [request.organisation.key, document.public_id] if document else []
    return {
        "agreement": one,
        "state": (AGREEMENT_STATES[one.state], TONES[one.state]),
        "parties": [
            {
                "party": party,
                "role": PARTIES[party.role],
                "signature": getattr(party, "signature", None),
                "link": waits and hands and party in open_parties and party.person is not None
                and bool(may_hand_over(request.actor, party)),
            }
            for party in parties
        ],
        "sign": reverse("signing:sign", args=ids) + f"?party={mine.public_id}#sign" if mine and ids else "",
        "read": reverse("signing:sign", args=ids) if ids else "",
        "pdf": reverse("signing:pdf", args=ids) if ids else "",
        "hand": reverse("signing:link", args=ids) if ids else "",
    }  # fmt: skip


@require_GET
def signed(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """The page of the pair's agreement, from whatever version."""
    row = found_agreement(request, agreement)
    return redirect("mentoring:agreement", organisation, row.pair.public_id)
