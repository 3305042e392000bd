"""Where somebody is among the pages of certificates, and the rows that addresses name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.certificates import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Batch, Certificate, IssuerKey, Kind


def the_kind(public_id: str) -> Kind:
    """A kind that the reader sees, or 404."""
    return get_object_or_404(queries.kinds(), public_id=plain_id(public_id))


def the_batch(public_id: str) -> Batch:
    """A batch that the reader sees, or 404."""
    return get_object_or_404(queries.batches(), public_id=plain_id(public_id))


def the_certificate(public_id: str) -> Certificate:
    """A certificate that the reader sees, or 404."""
    return get_object_or_404(queries.certificates(), public_id=plain_id(public_id))


def the_key(request: Request, public_id: str) -> IssuerKey:
    """A key of the organisation of the address, or 404."""
    return get_object_or_404(queries.keys_of(request.organisation), public_id=plain_id(public_id))


def issues(request: Request) -> bool:
    """Whether the reader issues here."""
    return Permission.ISSUE_CERTIFICATES in request.actor.permissions


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The rooms of an office; whoever looks at the own ones has one only."""
    if not issues(request):
        return []
    rooms = [
        ("certificates:list", pgettext("in the rail", "Certificates")),
        ("certificates:kinds", pgettext("of certificates", "Kinds")),
        ("certificates:issue", pgettext("certificates", "Issue")),
        ("certificates:keys", pgettext("of certificates", "Keys")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in rooms
    ]


def way(request: Request, *further: Crumb) -> list[Crumb]:
    """From the list of certificates to a page."""
    return [step(request, pgettext("in the rail", "Certificates"), "certificates:list"), *further]


def to_kind(request: Request, row: Kind, name: str, *last: str) -> list[Crumb]:
    """Over the list of kinds to one of them."""
    found = [step(request, pgettext("of certificates", "Kinds"), "certificates:kinds")]
    if last:
        found.append(step(request, name, "certificates:kind", row.public_id))
    return way(request, *found, *(here(one) for one in last or (name,)))
