"""Where somebody is among the pages of pilots: tabs, crumbs, the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.pilots import queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import CountryCase, Cycle, Pilot, PilotChange, PilotRound, RoundStep

READERS = (Permission.RUN_PILOTS, Permission.SEE_FIGURES)
"""Who reads pilots: those who run some, and those who see figures of many; each the pilots of the own scope."""


def reads(actor: Actor) -> bool:
    """Whether somebody finds pilots here."""
    return bool(actor.permissions & set(READERS))


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    places = [
        ("pilots:board", pgettext("of pilots", "Pilots")),
        ("pilots:mine", _("My steps")),
        ("pilots:cases", _("Country cases")),
        ("pilots:cycles", pgettext("of pilots", "Steps")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def pilot_tabs(
    request: Request, pilot: Pilot, number: int, current: str, counts: dict[str, int] | None = None
) -> list[dict[str, Any]]:
    """The pages of one round; `counts` beside their names."""
    places = [
        ("round", pgettext("of pilots", "Circle")),
        ("changes", pgettext("of pilots", "Changes")),
        ("reports", pgettext("of pilots", "Report")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"pilots:{name}", args=[request.organisation.key, pilot.public_id, number]),
            "current": name == current,
            "count": (counts or {}).get(name, ""),
        }
        for name, label in places
    ]


def to_pilots(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the board."""
    return [step(request, pgettext("of pilots", "Pilots"), "pilots:board"), *further]


def to_round(request: Request, row: PilotRound, *further: Crumb) -> list[Crumb]:
    """Crumbs from the board over a round."""
    pilot = row.pilot
    way = {
        "label": _("%(pilot)s, round %(number)s") % {"pilot": text(pilot.name), "number": row.number},
        "url": reverse("pilots:round", args=[request.organisation.key, pilot.public_id, row.number]),
    }
    return to_pilots(request, way, *further)


def to_here(request: Request, name: str) -> list[Crumb]:
    """Crumbs to a page right below the board."""
    return to_pilots(request, here(name))


def found(public_id: str) -> Pilot:
    """A pilot that the reader sees."""
    return get_object_or_404(queries.pilots(), public_id=plain_id(public_id))


def found_round(public_id: str, number: int) -> PilotRound:
    """A round of it."""
    pilot = found(public_id)
    row = next((one for one in queries.rounds_of([pilot]).get(pilot.pk, []) if one.number == number), None)
    if row is None:
        raise Http404
    row.pilot = pilot
    return row


def found_step(public_id: str) -> RoundStep:
    """A step that the reader sees."""
    return get_object_or_404(queries.steps(), public_id=plain_id(public_id))


def found_change(public_id: str) -> PilotChange:
    """A change that the reader sees."""
    return get_object_or_404(queries.changes(), public_id=plain_id(public_id))


def found_case(public_id: str) -> CountryCase:
    """A case that the reader sees."""
    return get_object_or_404(queries.cases(), public_id=plain_id(public_id))


def found_cycle(public_id: str) -> Cycle:
    """A version of a cycle that the reader sees."""
    return get_object_or_404(queries.cycles(), public_id=plain_id(public_id))
