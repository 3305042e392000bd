"""The worked example under a rule's form: one made-up pair, paid by the engine by the rule alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.allowances.inputs import engine_rule
from craftpath.values.period import month_of

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly

MOST_HOURS = 200


@dataclass(frozen=True, slots=True)
class Example:
    """A pair: its share in percent, its days of the month, apprentices of the trainer, hours, result in percent."""

    share: int = 60
    days: int = 17
    apprentices: int = 1
    hours: int = 40
    result: int = 82


def nobody() -> monthly.Pairs:
    """No pair at all."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    return monthly.Pairs(*([] for _ in range(16)))


def worked(row: Mapping[str, Any], example: Example, month: date) -> monthly.Line | None:
    """The line that a rule gives the example in a month; None if the rule does not pay that pair at all."""
    import numpy as np  # noqa: PLC0415 - as above

    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - as above

    span = month_of(month)
    days = max(1, min(example.days, span.days))
    n = max(1, min(example.apprentices, 40))
    first = {name: (row[name] or [""])[0] for name in ("kinds", "roles", "occupations", "stages")}
    pairs = monthly.Pairs(
        pair=[f"{one:02}" for one in range(n)],
        trainer=["t"] * n,
        apprentice=[f"{one:02}" for one in range(n)],
        start=np.array([span.end - timedelta(days=days)] * n, "datetime64[D]"),
        end=np.array([None] * n, "datetime64[D]"),
        share=[max(0, min(example.share, 100)) * 10] * n,
        kind=[first["kinds"]] * n,
        role=[first["roles"]] * n,
        occupation=[first["occupations"]] * n,
        programme=[""] * n,
        stage=[first["stages"]] * n,
        enterprise=["e"] * n,
        college=["c"] * n,
        capacity=[monthly.NONE] * n,
        result=[max(0, min(example.result, 100)) * 100] * n,
        decided=[True] * n,
    )
    minutes = max(0, min(example.hours, MOST_HOURS)) * 60
    spread = [minutes // days + (day < minutes % days) for day in range(days)]
    hours = monthly.Hours(
        ["00"] * days,
        np.array([span.end - timedelta(days=days - day) for day in range(days)], "datetime64[D]"),
        spread,
        [False] * days,
    )
    found = monthly.run(month, [engine_rule(row)], pairs, hours)
    return next((line for line in found if line.pair == "00"), None)
