"""Where somebody is among the pages of outside certificates, and the rows that addresses name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.claims import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim, Evidence


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    verifies = Permission.VERIFY_CLAIMS in request.actor.permissions
    places = [
        ("mine", pgettext("outside certificates", "Mine"), True),
        ("desk", pgettext("outside certificates", "To verify"), verifies),
        ("levels", pgettext("outside certificates", "Levels"), True),
        ("issuers", _("Trusted issuers"), verifies),
    ]
    key = request.organisation.key
    return [
        {"label": label, "url": reverse(f"claims:{name}", args=[key]), "current": name == current}
        for name, label, there in places
        if there
    ]


def own_claim(request: Request, public_id: str) -> Claim:
    """A claim of one's own, or 404."""
    rows = queries.whole(queries.claims_of(request.user))
    return get_object_or_404(rows, public_id=plain_id(public_id))


def read_claim(request: Request, public_id: str) -> Claim:
    """A claim of one's own, one that the reader may verify or looks into the history of; else 404."""
    row = get_object_or_404(queries.whole(queries.claims()), public_id=plain_id(public_id))
    looks = request.actor.may_at(Permission.SEE_HISTORY, row.organisation)
    if not (owns(request, row) or rules.may_verify(request.actor, row) or looks):
        raise Http404
    return row


def the_evidence(request: Request, public_id: str) -> Evidence:
    """A file of a claim that is the reader's or that the reader verifies, or 404."""
    found = get_object_or_404(queries.evidence(plain_id(public_id)))
    if not (owns(request, found.claim) or rules.may_verify(request.actor, found.claim)):
        raise Http404
    return found


def owns(request: Request, row: Claim) -> bool:
    """Whether it is the reader's own."""
    return row.person_id == request.user.pk


def to_claim(request: Request, row: Claim, *further: str) -> list[Crumb]:
    """From one's own list or the desk to a claim and on."""
    own = owns(request, row)
    label = _("Outside certificates") if own else pgettext("outside certificates", "To verify")
    way = [step(request, label, "claims:mine" if own else "claims:desk")]
    if not further:
        return [*way, here(row.title)]
    return [*way, step(request, row.title, "claims:claim", row.public_id), *(here(one) for one in further)]
