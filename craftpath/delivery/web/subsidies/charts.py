"""The money of many files as three bars from zero: planned, advanced, settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.subsidies.saying import amount, currency
from craftpath.domain.subsidies import reckoning
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import SubsidyFile


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its length in percent of the longest, and what it says."""

    key: str
    label: str
    said: str
    width: str


def planned(file: SubsidyFile) -> int | None:
    """What the whole class would come to if everybody finished, in minor units; None where the scheme has no rate."""
    heads = file.heads or getattr(file, "counted", 0)
    if not heads:
        return None
    try:
        [step] = reckoning.advance_of(file, heads).steps
    except Refused:
        return None
    return round(heads * step.rate * file.months / 12)


def bars(files: Sequence[SubsidyFile]) -> list[Bar]:
    """The sums of these files in the currency of the first; files in another currency are left out."""
    live = [file for file in files if file.state != "withdrawn"]
    if not live:
        return []
    unit = currency(live[0])
    same = [file for file in live if currency(file) == unit]
    sums = {
        "planned": sum(planned(file) or 0 for file in same),
        "advanced": sum(file.advance or 0 for file in same),
        "settled": sum(file.due or 0 for file in same),
    }
    labels = {
        "planned": pgettext("money", "Planned"),
        "advanced": pgettext("money", "Advanced"),
        "settled": _("Due by settlement"),
    }
    longest = max(*sums.values(), 1)
    return [
        Bar(key, labels[key], amount(total, unit), f"{100 * total / longest:.2f}")
        for key, total in sums.items()
    ]
