"""Where somebody is among the pages of frameworks: tabs, crumbs, the rows that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.standards import queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.standards.models import Framework, Skill

TONES = {"draft": "attention", "published": "good", "retired": "plain", "discarded": "plain"}


def edits(request: Request) -> bool:
    """Whether somebody writes lists of this organisation."""
    return Permission.EDIT_FRAMEWORKS in request.actor.permissions


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another; imports for those who write."""
    places = [("frameworks:list", _("Frameworks")), ("frameworks:crosswalks", _("Crosswalks"))]
    if edits(request):
        places.append(("frameworks:imports", _("Imports")))
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list on."""
    return [step(request, _("Frameworks"), "frameworks:list"), *further]


def to_framework(request: Request, framework: Framework, *further: Crumb) -> list[Crumb]:
    """Crumbs from one framework on."""
    first = step(request, text(framework.name), "frameworks:framework", framework.public_id)
    return to_list(request, first, *further)


def to_editor(request: Request, framework: Framework, *further: Crumb) -> list[Crumb]:
    """Crumbs from the editor of a draft on."""
    first = step(request, _("Edit"), "frameworks:edit", framework.public_id)
    return to_framework(request, framework, first, *further)


def found(public_id: str) -> Framework:
    """A version that the reader sees."""
    return get_object_or_404(queries.frameworks(), public_id=plain_id(public_id))


def found_draft(request: Request, public_id: str) -> Framework:
    """A version that the reader may write; whoever only reads it is told so."""
    row = found(public_id)
    require(rules.may_edit(request.actor, row))
    return row


def found_node(framework: Framework, key: str) -> Skill:
    """A domain or skill of a version."""
    row = queries.nodes(framework).filter(key=key).select_related("framework").first()
    if row is None:
        raise Http404
    return row
