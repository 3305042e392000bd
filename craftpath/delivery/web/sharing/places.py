"""Tabs, crumbs, the rule that an address names, and with whom an organisation can share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.queries import other_sides
from craftpath.domain.partnership.queries import partners_of
from craftpath.domain.sharing import queries
from craftpath.domain.sharing.rules import AUTHORITIES, may_know
from craftpath.domain.sharing.states import OWN
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.tenancy import paths_to

if TYPE_CHECKING:
    from craftpath.domain.sharing.models import SharingRule

MOST = 300
TONES = {
    "draft": "info",
    "offered": "attention",
    "in_force": "good",
    "not_begun": "info",
    "declined": "wrong",
    "revoked": "wrong",
    "over": "plain",
    "replaced": "plain",
}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    places = (
        ("sharing:list", pgettext("of sharing", "Rules")),
        ("sharing:matrix", _("Who sees what")),
        ("sharing:looks", _("Who looked")),
    )
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def found(request: Request, public_id: str) -> SharingRule:
    """A rule that the reader's organisation gives or receives, or one above it looks after; else not found.

    A draft is there for the giver's own offices only.
    """
    row = get_object_or_404(queries.rules(), public_id=public_id)
    if row.state in OWN and not may_know(request.actor, row.giver, request.today):
        raise Http404
    return row


def trail(request: Request, rule: SharingRule | None, *further: str) -> list[Crumb]:
    """Sharing, the rule, and what comes after."""
    first = [step(request, pgettext("a place", "Information sharing"), "sharing:list")]
    if rule is None or not further:
        return [*first, here(further[-1] if further else text(rule.named["title"]) if rule else "")]
    return [
        *first,
        step(request, text(rule.named["title"]), "sharing:rule", rule.public_id),
        here(further[-1]),
    ]


def partners(request: Request) -> list[Organisation]:
    """With whom an organisation can share: by agreement or common apprentices; last, authorities above."""
    own = request.organisation
    agreed = {side.organisation_id for row in partners_of(own, request.today) for side in row.sides.all()}
    hosts, colleges = other_sides(own.below())
    wanted = Q(pk__in=agreed) | Q(pk__in=hosts) | Q(pk__in=colleges)
    wanted |= Q(path__in=paths_to(own.path), kind__in=AUTHORITIES)
    others = ~Q(path__startswith=own.path)
    if own.kind in AUTHORITIES:
        others |= Q(path__startswith=own.path, kind__in=(Kind.COLLEGE, Kind.ENTERPRISE))
        wanted |= Q(path__startswith=own.path)
    rows = Organisation.objects.filter(wanted & others).exclude(pk=own.pk)
    return sorted(rows.order_by("path")[:MOST], key=lambda row: row.kind in AUTHORITIES)
