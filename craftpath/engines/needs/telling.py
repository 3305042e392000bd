"""Figures as plain values, an absent one None with its reason, a hidden one None and `suppressed`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from craftpath.engines.needs.types import Flags
from craftpath.engines.needs.weighing import Weighed

NO_PAIRS, SUPPRESSED = "no_pairs", "suppressed"
FIELDS = ("importance_mean", "ability_mean", "gap", "mwds", "nr", "pr", "tr", "rds")

Told = dict[str, Any]


def told(found: Weighed, row: int, items: Sequence[str], hidden: Flags) -> list[Told]:
    """One row of figures, an object for each item; `hidden` has one place for each item."""
    columns = (
        found.importance.mean,
        found.ability.mean,
        found.gap.mean,
        found.mwds.mean,
        found.nr,
        found.pr,
        found.tr,
        found.rds.mean,
    )
    table = np.stack([column[row] for column in columns], axis=1).tolist()
    n = found.n[row].tolist()
    return [
        concealed({"item": item}, ("n", *FIELDS)) if hidden[at] else _figures(item, int(n[at]), table[at])
        for at, item in enumerate(items)
    ]


def concealed(key: Told, fields: Sequence[str]) -> Told:
    """A cell that is not shown: its key stays, and nothing else."""
    return {**key, **dict.fromkeys(fields), "suppressed": True, "why": dict.fromkeys(fields, SUPPRESSED)}


def _figures(item: str, n: int, values: list[float]) -> Told:
    if not n:
        return {"item": item, "n": 0, **dict.fromkeys(FIELDS), "why": dict.fromkeys(FIELDS, NO_PAIRS)}
    return {"item": item, "n": n, **dict(zip(FIELDS, values, strict=True))}
