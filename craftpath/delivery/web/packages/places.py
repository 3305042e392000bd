"""Where somebody is among the pages of packages, and the package that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.packages import queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package

TONES = {"reading": "info", "ready": "good", "refused": "wrong", "retired": "plain"}
ATTEMPT_TONES = {
    "not_started": "plain",
    "incomplete": "info",
    "completed": "good",
    "passed": "good",
    "failed": "attention",
}


def seen(request: Request, public_id: str) -> Package:
    """A package that the reader may see now; 404 for any other."""
    row = get_object_or_404(queries.packages(), public_id=plain_id(public_id))
    if not rules.may_see(request.actor, row):
        raise Http404
    return row


def open_to(request: Request, public_id: str) -> Package:
    """The same for a page that was opened before the package was retired, and saves what was done in it."""
    row = get_object_or_404(queries.packages(), public_id=plain_id(public_id))
    if row.state not in ("ready", "retired"):
        raise Http404
    return row


def kept(request: Request, public_id: str) -> Package:
    """A package that the reader looks after."""
    row = seen(request, public_id)
    require(rules.may_keep(request.actor, row.organisation))
    return row


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, _("Packages of courses"), "packages:list"), *further]


def to_package(request: Request, package: Package, *further: Crumb) -> list[Crumb]:
    """Crumbs through a package."""
    return to_list(
        request, step(request, text(package.title), "packages:package", package.public_id), *further
    )
