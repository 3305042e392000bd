"""Where somebody is among the pages of tools and platforms: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.lti import queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.lti.models import Platform, Tool

TONES = {"serving": "good", "stopped": "plain"}
KEY_TONES = {"active": "good", "retired": "plain", "revoked": "wrong"}
RETURN_TONES = {"waiting": "info", "sent": "good", "failed": "wrong"}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Tools, and for those who keep them platforms and keys."""
    named = [("tools:list", _("Tools")), ("tools:platforms", _("Platforms")), ("tools:keys", _("Keys"))]
    keeps = Permission.KEEP_TOOLS in request.actor.permissions
    return [
        {"url": reverse(name, args=[request.organisation.key]), "label": label, "current": name == current}
        for name, label in (named if keeps else named[:1])
    ]


def seen_tool(request: Request, public_id: str) -> Tool:
    """A tool that the reader may use or keep."""
    row = get_object_or_404(queries.tools(), public_id=plain_id(public_id))
    if not rules.may_link(request.actor):
        require(rules.may_keep(request.actor, row.organisation))
    return row


def kept_tool(request: Request, public_id: str) -> Tool:
    """A tool that the reader keeps."""
    row = get_object_or_404(queries.tools(), public_id=plain_id(public_id))
    require(rules.may_keep(request.actor, row.organisation))
    return row


def kept_platform(request: Request, public_id: str) -> Platform:
    """A platform that the reader keeps."""
    row = get_object_or_404(queries.platforms(), public_id=plain_id(public_id))
    require(rules.may_keep(request.actor, row.organisation))
    return row


def to_tool(request: Request, row: Tool, *further: Crumb) -> list[Crumb]:
    """Crumbs through a tool."""
    return [
        step(request, _("Tools"), "tools:list"),
        step(request, row.name, "tools:tool", row.public_id),
        *further,
    ]


def to_platform(request: Request, row: Platform, *further: Crumb) -> list[Crumb]:
    """Crumbs through a platform."""
    way = step(request, _("Platforms"), "tools:platforms")
    return [way, step(request, row.name, "tools:platform", row.public_id), *further]
