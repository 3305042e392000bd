"""Items whose mark several raters give: how many are asked, how theirs become one, and what a wide gap asks for.

Here stands only what a scheme says, so that it is versioned, compared and printed with the rest of it; the arithmetic
of raters' marks is `engines/rating`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from craftpath.engines.evaluation.table import Reader
from craftpath.values.faults import Fault

METHODS = ("mean", "median", "chair")
BEYOND = ("third_rater", "chair")
MOST_RATERS = 12
USUAL_RATERS = 2
FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Raters:
    """How one mark comes of several; `gap` is in points of 100, None where the raters may be any distance apart."""

    method: str = METHODS[0]
    raters: int = USUAL_RATERS
    gap: Decimal | None = None
    beyond: str = BEYOND[0]


def read_raters(reader: Reader, row: Mapping[str, Any], place: str) -> Raters | None:
    """What an item's row says of its raters; None where one mark is given."""
    given = row.get("raters")
    if not given:
        return None
    if not isinstance(given, Mapping):
        reader.note("not_tables", f"{place}raters")
        return None
    place = f"{place}raters."
    return Raters(
        method=_one_of(reader, given, "method", place, METHODS),
        raters=reader.whole(given, "raters", place, USUAL_RATERS),
        gap=reader.number(given, "gap", place),
        beyond=_one_of(reader, given, "beyond", place, BEYOND),
    )


def _one_of(reader: Reader, row: Mapping[str, Any], name: str, place: str, allowed: tuple[str, ...]) -> str:
    given = reader.text(row, name, place, allowed[0])
    if given in allowed:
        return given
    if given:
        reader.note("not_one_of", place + name, given=given, allowed=", ".join(allowed))
    return allowed[0]


def raters_of(row: Mapping[str, Any]) -> Raters | None:
    """The same for a row of a scheme that holds."""
    return read_raters(Reader(), row, "")


def raters_row(raters: Raters) -> dict[str, Any]:
    """The same as plain values; a gap that is not limited is left out."""
    gap = {} if raters.gap is None else {"gap": f"{raters.gap.normalize():f}" if raters.gap else "0"}
    return {"method": raters.method, "raters": raters.raters, **gap, "beyond": raters.beyond}


def raters_faults(raters: Raters, place: str) -> Iterator[Fault]:
    """What makes no sense in it, each with its place."""
    if not 1 <= raters.raters <= MOST_RATERS:
        yield Fault("raters_out_of_range", f"{place}.raters", {"given": raters.raters, "most": MOST_RATERS})
    if raters.gap is not None and not 0 <= raters.gap <= FULL:
        yield Fault("threshold_out_of_range", f"{place}.gap", {"given": raters.gap})
