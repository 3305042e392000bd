"""Ways around the pages of indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.insight import queries, rules
from craftpath.engines.indicators import CATALOGUE
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from craftpath.delivery.web.indicators.reading import Ask
    from craftpath.engines.indicators import Indicator

READERS = Permission.SEE_FIGURES


def asker(request: Request) -> Ask:
    """Asks for figures of the organisation in the address."""

    def ask(keys: Iterable[str], by: Iterable[str], where: Mapping[str, str]) -> list[queries.Row]:
        return queries.figures(keys, by, where, of=request.organisation)

    return ask


def indicator_of(key: str) -> Indicator:
    """The indicator in an address, or 404."""
    found = {one.key: one for one in CATALOGUE}.get(key)
    if found is None:
        raise Http404
    return found


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The rooms of figures."""
    rooms = [
        ("overview", pgettext("a tab of figures", "Overview")),
        ("journeys", pgettext("a tab of figures", "Ways")),
        ("map", pgettext("a tab of figures", "Map")),
        ("layers", pgettext("a tab of figures", "Mentoring")),
        ("national", pgettext("a tab of figures", "Nation")),
        ("definitions", pgettext("a tab of figures", "Definitions")),
    ]
    key = request.organisation.key
    found = [
        {"url": reverse(f"indicators:{one}", args=[key]), "label": label, "current": one == current}
        for one, label in rooms
    ]
    if rules.may_hand_over(request.actor, request.organisation):
        label = _("Hand-overs")
        found.append({"url": reverse("handover:board", args=[key]), "label": label, "current": False})
    return found


def crumbs(request: Request, name: str) -> list[Crumb]:
    """The way to a page below the overview."""
    return [step(request, _("Figures"), "indicators:overview"), here(name)]
