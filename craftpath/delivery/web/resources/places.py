"""Where somebody is among the pages of the library, and the resource that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.resources import queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.resources.models import Resource

TONES = {"draft": "info", "shared": "good", "retired": "plain", "merged": "plain", "discarded": "plain"}


def seen(request: Request, public_id: str) -> Resource:
    """A resource that the reader may see now; 404 for any other."""
    row = get_object_or_404(queries.resources(), public_id=plain_id(public_id))
    if not rules.may_see(request.actor, row):
        raise Http404
    return row


def kept(request: Request, public_id: str) -> Resource:
    """A resource that the reader looks after."""
    row = seen(request, public_id)
    require(rules.may_change(request.actor, row))
    return row


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, _("Resource library"), "resources:list"), *further]


def to_resource(request: Request, row: Resource, *further: Crumb) -> list[Crumb]:
    """Crumbs through a resource."""
    return to_list(request, step(request, text(row.title), "resources:resource", row.public_id), *further)
