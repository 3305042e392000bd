"""Where somebody is among the pages of rounds: crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.pairing.places import to_pairs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.matching import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Round

LOOKS_AFTER = Permission.FORM_PAIRS


def to_rounds(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from pairs to rounds."""
    return to_pairs(request, step(request, _("Rounds"), "matching:rounds"), *further)


def to_round(request: Request, row: Round, *further: Crumb) -> list[Crumb]:
    """Crumbs from rounds to one of them."""
    return to_rounds(request, step(request, row.name, "matching:round", row.public_id), *further)


def found(request: Request, public_id: str) -> Round:
    """A round that the reader's office holds; whoever only takes part in it finds no page of it."""
    row = get_object_or_404(queries.rounds(), public_id=plain_id(public_id))
    if not row.organisation.path.startswith(request.organisation.path):
        raise Http404
    return row


def may_run(request: Request, row: Round) -> bool:
    """Whether the reader may change this round, which is still running."""
    return bool(rules.may_match(request.actor, row.organisation)) and row.state in ("open", "asking")
