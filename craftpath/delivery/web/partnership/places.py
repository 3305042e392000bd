"""Where somebody is in a partnership: its tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.partnership import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation, Side

READERS = (Permission.SEE_AGREEMENTS, Permission.RUN_PARTNERSHIPS)


def found(public_id: str) -> Cooperation:
    """A cooperation of the open scope with its sides; 404 for anything else."""
    return get_object_or_404(queries.cooperations(), public_id=plain_id(public_id))


def year_of(request: Request, row: Cooperation) -> int:
    """The year that an address asks for, within the agreement; this year, or the nearest one, otherwise."""
    first, last = row.starts_on.year, row.ends_on.year
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else request.today.year  # noqa: PLR2004
    return min(max(year, first), last)


def years_of(row: Cooperation) -> list[tuple[str, str]]:
    """The years of the agreement as choices, at most twenty."""
    return [(str(year), str(year)) for year in range(row.starts_on.year, row.ends_on.year + 1)][:20]


def own_side(request: Request, row: Cooperation) -> Side | None:
    """The side for which the reader acts, if there is one."""
    return rules.own_side(request.actor, list(row.sides.all()))


def reckons(request: Request, row: Cooperation) -> Side | None:
    """The side of the reader's own enterprise, whose costs nobody else sees."""
    sides = (side for side in row.sides.all() if rules.may_reckon(request.actor, side))
    return next(sides, None)


def tabs(request: Request, row: Cooperation, current: str) -> list[dict[str, Any]]:
    """The pages of a partnership. Those of other rooms are there if the house has them."""
    places = [
        ("partnership:cooperation", pgettext("of a partnership", "Overview")),
        ("partnership:invest", pgettext("of a partnership", "Co-invest")),
        ("partnership:manage", pgettext("of a partnership", "Co-manage")),
        ("bookings:share", pgettext("of a partnership", "Co-share")),
        ("ventures:operate", pgettext("of a partnership", "Co-operate")),
        ("partnership:statement", pgettext("of a partnership", "Yearly statement")),
    ]
    if reckons(request, row) is not None:
        places.append(("partnership:costs", pgettext("of a partnership", "Costs and benefits")))
    shown = []
    for name, label in places:
        try:
            url = reverse(name, args=[request.organisation.key, row.public_id])
        except NoReverseMatch:
            continue
        shown.append({"label": label, "url": url, "current": name == current})
    return shown


def trail(request: Request, row: Cooperation, *more: Crumb) -> list[Crumb]:
    """The list, the partnership, and what comes after."""
    first = step(request, pgettext("in the rail", "Partnerships"), "partnership:list")
    if not more:
        return [first, here(text(row.name))]
    return [first, step(request, text(row.name), "partnership:cooperation", row.public_id), *more]


def frame(request: Request, row: Cooperation, current: str) -> dict[str, Any]:
    """What every tab of a partnership shows: its name, tabs, crumbs and sides."""
    labels = {entry["label"] for entry in tabs(request, row, current) if entry["current"]}
    after = [] if current == "partnership:cooperation" else [here(label) for label in labels]
    return {
        "cooperation": row,
        "title": text(row.name),
        "tabs": tabs(request, row, current),
        "crumbs": trail(request, row, *after),
        "side": own_side(request, row),
        "live": row.state == "in_force",
        "tabs_label": _("Pages of this partnership"),
    }
