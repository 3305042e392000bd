"""Where somebody is among blueprints, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.exams import queries

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Assembly, Blueprint


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of blueprints on."""
    return [step(request, _("Blueprints"), "blueprints:list"), *further]


def to_blueprint(request: Request, row: Blueprint, *further: Crumb) -> list[Crumb]:
    """Crumbs from one blueprint on."""
    return to_list(request, step(request, row.title, "blueprints:blueprint", row.public_id), *further)


def found(public_id: str) -> Blueprint:
    """A blueprint that the reader sees."""
    return get_object_or_404(queries.blueprints(), public_id=plain_id(public_id))


def found_forms(public_id: str) -> Assembly:
    """Forms of a blueprint that the reader sees."""
    return get_object_or_404(queries.assemblies(), public_id=plain_id(public_id))
