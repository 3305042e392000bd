"""Where somebody is among these pages: tabs, crumbs, the notice that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.directives import queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Directive

TONES = {"draft": "plain", "published": "good", "withdrawn": "attention"}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Two pages for those who publish; the others have one and need no tabs."""
    if Permission.ISSUE_DIRECTIVES not in request.actor.permissions:
        return []
    key = request.organisation.key
    places = (("list", pgettext("notices", "For me")), ("issued", pgettext("notices", "From here")))
    return [
        {"label": label, "url": reverse(f"directives:{name}", args=[key]), "current": name == current}
        for name, label in places
    ]


def found(request: Request, public_id: str) -> Directive:
    """One that the reader may read now; 404 for every other one, be it a draft of others or nothing."""
    row = get_object_or_404(queries.directives(), public_id=plain_id(public_id))
    if rules.may_issue(request.actor, row.organisation):
        return row
    if not rules.is_out(row, request.today) or not queries.for_reader(request.user, request.today, [row.pk]):
        raise Http404
    return row


def issued(request: Request, public_id: str) -> Directive:
    """One whose office the reader is."""
    row = found(request, public_id)
    require(rules.may_issue(request.actor, row.organisation))
    return row


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, _("Notices and plans"), "directives:list"), *further]
