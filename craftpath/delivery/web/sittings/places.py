"""Where somebody is among papers and sittings, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.exams import queries

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate, Paper, Sitting


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of sittings on."""
    return [step(request, _("Examinations"), "sittings:list"), *further]


def found(public_id: str) -> Sitting:
    """A sitting that the reader sees."""
    return get_object_or_404(queries.sittings(), public_id=plain_id(public_id))


def found_paper(public_id: str) -> Paper:
    """A paper that the reader sees."""
    return get_object_or_404(queries.papers(), public_id=plain_id(public_id))


def found_candidate(public_id: str) -> Candidate:
    """A candidate whom the reader sees."""
    return get_object_or_404(queries.candidates(), public_id=plain_id(public_id))


def when(row: Sitting) -> str:
    """Day and hour by the clock of the place."""
    local = row.starts_at.astimezone(ZoneInfo(row.organisation.time_zone))
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i')}"
