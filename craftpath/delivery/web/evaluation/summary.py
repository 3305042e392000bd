"""A cohort in a few figures, each with its n; for readers without persons, nothing under the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.evaluation.areas import by_area
from craftpath.domain.evaluation.cohort_tables import Brief
from craftpath.domain.evaluation.distribution import showable
from craftpath.domain.evaluation.queries import Row, decimals_of, missing_by_item
from craftpath.domain.programmes.details import level_names
from craftpath.domain.programmes.queries import areas_of
from craftpath.values.rounding import mean

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and the mean of the final results; None where it may not be told or does not exist."""

    n: int | None
    complete: int | None
    open: int | None
    mean: Decimal | None
    mean_n: int
    met: int | None
    decided: int | None
    has_levels: bool = False

    @property
    def to_decide(self) -> int:
        """How many of the complete results nobody has decided yet; 0 where that may not be told."""
        return (self.complete or 0) - (self.decided or 0)


def summary_of(evaluation: Evaluation, rows: Sequence[Row], *, floor: bool) -> Summary:
    """`floor` leaves out every figure from which fewer than five people could be singled out."""
    totals = [row.total for row in rows if row.total is not None]
    complete = sum(row.complete for row in rows)
    met = sum(row.passed is True for row in rows)
    decided = sum(row.decided for row in rows)
    split = not floor or showable(complete, len(rows) - complete)
    judged = not floor or (split and showable(met, complete - met))
    shown = not floor or (split and showable(len(totals)))
    return Summary(
        n=len(rows) if not floor or showable(len(rows)) else None,
        complete=complete if split else None,
        open=len(rows) - complete if split else None,
        mean=mean(totals, decimals_of(evaluation)) if shown else None,
        mean_n=len(totals) if shown else 0,
        met=met if judged else None,
        decided=decided if not floor or showable(decided, len(rows) - decided) else None,
        has_levels=bool(level_names(evaluation.scheme.definition)),
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """An item, how many of how many have no mark for it, what that means, and the address that shows who."""

    name: str
    said: str
    url: str
    note: str = ""


def missed(
    evaluation: Evaluation, rows: Sequence[Row] | Sequence[Brief], *, address: QueryDict | None = None
) -> list[Missed]:
    """Who is missing what, most missed first; without an address for those who see no persons, above the floor."""
    return [
        Missed(
            name=text(found.item.name),
            said=_("%(count)s of %(n)s") % {"count": found.count, "n": len(rows)},
            url=_missing(address, found.item.key) if address is not None else "",
            note=_("counts as zero") if found.zero else "",
        )
        for found in missing_by_item(evaluation, rows)
        if address is not None or showable(found.count, len(rows) - found.count)
    ]


def _missing(address: QueryDict, item: str) -> str:
    query = address.copy()
    query.pop("page", None)
    query["missing"] = item
    return f"?{query.urlencode()}#table"


@dataclass(frozen=True, slots=True)
class AreaMean:
    """The mean of a learning area over those who have a mark in it."""

    name: str
    value: Decimal
    n: int


def area_means(evaluation: Evaluation, rows: Sequence[Row], *, floor: bool) -> list[AreaMean]:
    """Means by learning area, in the scheme's order; empty where no item carries one."""
    found: dict[str, list[Decimal]] = {}
    for figures in by_area(evaluation, [row.enrolment.pk for row in rows]).values():
        for figure in figures:
            found.setdefault(figure.area, [])
            if figure.value is not None:
                found[figure.area].append(figure.value)
    if not found:
        return []
    names = {area.key: text(area.name) for area in areas_of(evaluation.cohort.programme_id)}
    return [
        AreaMean(names.get(area, area), value, len(values))
        for area, values in found.items()
        if (value := mean(values, decimals_of(evaluation))) is not None
        and (not floor or showable(len(values), len(rows) - len(values)))
    ]
