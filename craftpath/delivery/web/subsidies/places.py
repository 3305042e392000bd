"""Where somebody is among the pages of subsidies: tabs, crumbs, the row that an address names, who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.delivery.web.subsidies.saying import title
from craftpath.domain.subsidies import queries, rules
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import SubsidyFile

READERS = (Permission.FILE_SUBSIDIES, Permission.DECIDE_SUBSIDIES, Permission.SEE_HISTORY)
"""Who reads files: those who file, those who decide, and auditors; each the files of the own scope."""


def reads(actor: Actor) -> bool:
    """Whether somebody finds files here."""
    return bool(actor.permissions & set(READERS))


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    places = [
        ("subsidies:board", pgettext("of subsidies", "Files")),
        ("subsidies:schemes", pgettext("of subsidies", "Schemes")),
        ("subsidies:claimed", _("Claimed years")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def file_tabs(
    request: Request, file: SubsidyFile, current: str, counts: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """The pages of one file; `counts` beside their names."""
    places = [
        ("file", _("Overview")),
        ("papers", pgettext("of subsidies", "Papers")),
        ("people", pgettext("of subsidies", "People")),
        ("audit", pgettext("of subsidies", "Audit")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"subsidies:{name}", args=[request.organisation.key, file.public_id]),
            "current": name == current,
            "count": (counts or {}).get(name, ""),
        }
        for name, label in places
    ]


def to_files(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the board."""
    return [step(request, _("Subsidies"), "subsidies:board"), *further]


def to_file(request: Request, file: SubsidyFile) -> list[Crumb]:
    """Crumbs to a page of a file."""
    return to_files(request, here(title(file)))


def found(public_id: str) -> SubsidyFile:
    """A file that the reader sees."""
    return get_object_or_404(queries.files(), public_id=plain_id(public_id))


def files(actor: Actor, file: SubsidyFile) -> bool:
    """Whether somebody files for the claimant."""
    return bool(rules.may_file(actor, file))


def decides(actor: Actor, file: SubsidyFile) -> bool:
    """Whether somebody decides for the authority."""
    return bool(rules.may_decide(actor, file))
