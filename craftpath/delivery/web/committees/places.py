"""Where somebody is among committees: crumbs up to what a committee belongs to, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.committees import queries
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Committee, Decision, Meeting, Motion

OWNERS = {("partnership", "cooperation"): "partnership:manage"}
"""What committees belong to → the page on which they stand there."""


def found(public_id: str) -> Committee:
    """A committee of the open scope; 404 for anything else."""
    return get_object_or_404(queries.committees(), public_id=plain_id(public_id))


def found_meeting(public_id: str) -> Meeting:
    """A meeting of the open scope."""
    return get_object_or_404(queries.meetings(), public_id=plain_id(public_id))


def found_motion(public_id: str) -> Motion:
    """A motion of the open scope."""
    return get_object_or_404(queries.motions(), public_id=plain_id(public_id))


def found_decision(public_id: str) -> Decision:
    """A decision of the open scope."""
    return get_object_or_404(queries.decisions(), public_id=plain_id(public_id))


def trail(request: Request, committee: Committee, *more: Crumb) -> list[Crumb]:
    """The owner's page for those who read it, else all committees; the committee; what comes after."""
    owner = Ref.parse(committee.owner)
    page = OWNERS.get((owner.noun, owner.kind))
    reads = bool(request.actor.permissions & {Permission.RUN_PARTNERSHIPS, Permission.SEE_AGREEMENTS})
    first = step(request, _("Committees"), "committees:list")
    if page and reads:
        first = step(request, _("Partnership"), page, owner.public_id)
    if not more:
        return [first, here(text(committee.name))]
    return [first, step(request, text(committee.name), "committees:committee", committee.public_id), *more]
