"""The statement of a partnership's year: one content for the page, the workbook and the letter.

It is the same whoever asks: every figure is of the partnership, none depends on what the reader sees besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from craftpath.delivery.exchange.printouts.wording import labels
from craftpath.domain.bookings.queries import uses_under
from craftpath.domain.committees.queries import decided_in
from craftpath.domain.partnership import queries
from craftpath.domain.partnership.costing import assumptions_of
from craftpath.domain.partnership.texts import KINDS
from craftpath.domain.teaching.queries import taught_by_place
from craftpath.domain.ventures.queries import work_under
from craftpath.domain.ventures.texts import STATES as VENTURE_STATES
from craftpath.engines.enterprise_costs import reckon
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation, Side

MEASURES = ("pledged", "given", "confirmed")
MOST = 100  # decisions and duties that are told


def content_of(row: Cooperation, year: int) -> dict[str, Any]:
    """Everything that the statement says, as JSON keeps it."""
    sides = list(row.sides.all())
    zone = ZoneInfo(row.organisation.time_zone)
    cells = _cells(row, year, sides)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return {
        "name": row.name,
        "number": row.filing_no,
        "year": year,
        "sides": [{"name": side.organisation.name, "role": side.role} for side in sides],
        "cells": cells,
        "sums": _sums(cells),
        "duties": _duties(row, year, sides),
        "decisions": [
            {
                "text": one.text, "owner": one.owner.person.name, "side": one.owner.side.organisation.name,
                "due": one.due_on.isoformat(), "state": one.state,
            }
            for one in decided_in(row.ref, first, last, zone)[:MOST]
        ],
        "hours": _hours(sides, first, last),
        "used": used(row, sides, first, last),
        "joint": joint(row, first, last),
        "costs": _costs(row),
    }  # fmt: skip


def used(row: Cooperation, sides: Sequence[Side], first: date, last: date) -> list[dict[str, Any]]:
    """What one side used of another's: rows of `what` (a text in each language), `side` (its number) and `minutes`."""
    uses = uses_under(row, first, last, ZoneInfo(row.organisation.time_zone))
    bookers = Organisation.objects.filter(public_id__in={use.side for use in uses})
    paths = dict(bookers.values_list("public_id", "path"))
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for use in uses:
        path = paths[use.side]
        place = next((n for n, side in enumerate(sides) if path.startswith(side.organisation.path)), None)
        if place is None or not use.minutes:
            continue
        line = found.setdefault((use.thing, place), {"what": use.name, "side": place, "minutes": 0})
        line["minutes"] += use.minutes
    return list(found.values())


def joint(row: Cooperation, first: date, last: date) -> list[dict[str, Any]]:
    """What was done together: rows of `what` and `state`, each a text in each language."""
    states = labels(VENTURE_STATES)
    return [
        {"what": work.product or work.title, "state": states[work.state].as_json()}
        for work in work_under(row, first, last)
    ]


def _cells(row: Cooperation, year: int, sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Side (its number, from 0), kind, currency → what was pledged, given and confirmed, in minor units."""
    place = {side.pk: number for number, side in enumerate(sides)}
    order = list(KINDS)
    found: dict[tuple[int, str, str], dict[str, int]] = {}
    for one in (*queries.pledged_by_kind(row, year), *queries.given_by_kind(row, year)):
        cell = found.setdefault(
            (place[one["side"]], one["kind"], one["currency"]), dict.fromkeys(MEASURES, 0)
        )
        cell.update({name: one[name] for name in MEASURES if name in one})
    ordered = sorted(found.items(), key=lambda cell: (cell[0][0], order.index(cell[0][1]), cell[0][2]))
    return [
        {"side": side, "kind": kind, "currency": currency, **cell} for (side, kind, currency), cell in ordered
    ]


def _sums(cells: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The same of all kinds; `open` is what was pledged and is not confirmed, never below zero."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for cell in cells:
        total = found.setdefault((cell["currency"], cell["side"]), dict.fromkeys(MEASURES, 0))
        for name in MEASURES:
            total[name] += cell[name]
    whole: dict[str, int] = {}
    for (currency, _side), total in found.items():
        whole[currency] = whole.get(currency, 0) + total["confirmed"]
    return [
        {
            "side": side, "currency": currency, **total,
            "balance": total["confirmed"] - total["pledged"],
            "share": round(1000 * total["confirmed"] / whole[currency]) if whole[currency] > 0 else None,
        }
        for (currency, side), total in sorted(found.items())
    ]  # fmt: skip


def _duties(row: Cooperation, year: int, sides: Sequence[Side]) -> list[dict[str, Any]]:
    done, open_ones = queries.done_in(row, year), dict.fromkeys((side.pk for side in sides), 0)
    for duty in queries.duties_of(row):
        if duty.due_on is not None and duty.due_on.year <= year:
            open_ones[duty.side_id] += 1
    return [{"done": done.get(side.pk, 0), "open": open_ones[side.pk]} for side in sides]


def _hours(sides: Sequence[Side], first: date, last: date) -> list[int | None]:
    """Minutes that the people of each side taught, as the record has them; None for a public body."""
    colleges = [side.organisation for side in sides if side.role == "college"]
    taught = taught_by_place(colleges, first, last)
    return [
        None
        if side.role == "public"
        else sum(minutes for path, minutes in taught.items() if path.startswith(side.organisation.path))
        for side in sides
    ]


def _costs(row: Cooperation) -> list[dict[str, Any]]:
    """What enterprises want to be read here of their own reckoning."""
    found = []
    for saved in queries.on_letter(row):
        result = reckon(assumptions_of(saved.assumptions))
        if result is not None:
            found.append(
                {
                    "name": saved.side.organisation.name, "version": saved.version, "apprentices": result.apprentices,
                    "cost": sum(year.cost for year in result.years),
                    "benefit": sum(year.benefit for year in result.years),
                    "net": result.net, "net_year": result.net_year, "break_even": result.break_even,
                    "currency": saved.assumptions.get("currency", "CNY"),
                }
            )  # fmt: skip
    return found
