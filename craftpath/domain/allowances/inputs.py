"""What a month is worked out from, as plain columns; the same inputs are the same bytes, whoever gathers them.

Rows of the database are named by their ids with leading zeros, so that their order as words is that of the numbers.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.domain.allowances.models import Cap, Rule
from craftpath.values.period import Period

if TYPE_CHECKING:
    from craftpath.engines.allowances import monthly

NOT_A_DAY = "NaT"
PAIR_COLUMNS = (
    "pair", "trainer", "apprentice", "start", "end", "share", "kind", "role", "occupation", "programme", "stage",
    "enterprise", "college", "capacity", "result", "decided",
)  # fmt: skip
HOUR_COLUMNS = ("pair", "day", "minutes", "session")
EARLIER_COLUMNS = ("pair", "component", "currency", "amount")
_DEFLATE = 6


def named(pk: int) -> str:
    """The id of a row as a word of the inputs."""
    return f"{pk:010}"


@dataclass(frozen=True, slots=True)
class Inputs:
    """One month's rules, caps, pairs, hours and earlier payments; columns by name, days as ISO words."""

    month: str
    rules: Sequence[Mapping[str, Any]]
    caps: Sequence[Mapping[str, Any]]
    pairs: Mapping[str, Sequence[Any]]
    hours: Mapping[str, Sequence[Any]] = field(default_factory=lambda: {name: [] for name in HOUR_COLUMNS})
    earlier: Mapping[str, Sequence[Any]] = field(
        default_factory=lambda: {name: [] for name in EARLIER_COLUMNS}
    )


def canonical(months: Sequence[Inputs]) -> bytes:
    """The inputs of a run and of the months that it corrects, as JSON: keys sorted, no spaces."""
    told = [asdict(one) for one in months]
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def deflated(content: bytes) -> bytes:
    """As the database keeps them."""
    return zlib.compress(content, _DEFLATE)


def stored(kept: bytes) -> list[Inputs]:
    """The inputs of a calculation, from what was kept of it."""
    return [Inputs(**one) for one in json.loads(zlib.decompress(kept))]


def rule_row(rule: Rule, number: int, currency: str, valid: Period) -> dict[str, Any]:
    """A rule of a book as a row of the inputs; `number` is the book's version."""
    return {
        "key": rule.key,
        "version": number,
        "component": rule.component,
        "start": valid.start.isoformat(),
        "end": valid.end.isoformat(),
        "amount": rule.amount,
        "currency": currency,
        "payer": rule.payer,
        "basis": rule.basis,
        "priority": rule.priority,
        "kinds": sorted(rule.kinds),
        "roles": sorted(rule.roles),
        "occupations": sorted(rule.occupations),
        "stages": sorted(rule.stages),
        "ratio": rule.ratio,
        "over_capacity": rule.over_capacity,
        "results": rule.results,
        "undecided": rule.undecided,
        "least_minutes": rule.least_hours * 60,
        "least_weeks": rule.least_weeks,
        "by_day": rule.by_day,
    }


def cap_row(cap: Cap, currency: str) -> dict[str, Any]:
    """A cap of a book as a row of the inputs."""
    components = [cap.component] if cap.component else []
    key = f"{cap.scope}_{cap.component or 'all'}"
    return {"key": key, "scope": cap.scope, "most": cap.most, "currency": currency, "components": components}


def engine_rule(row: Mapping[str, Any]) -> monthly.Rule:
    """The engine's rule of a row."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    given = dict(row)
    valid = Period(date.fromisoformat(given.pop("start")), date.fromisoformat(given.pop("end")))
    words = {name: tuple(given.pop(name)) for name in ("kinds", "roles", "occupations", "stages")}
    return monthly.Rule(
        **given
        | words
        | {
            "valid": valid,
            "payer": monthly.Payer(row["payer"]),
            "basis": monthly.Basis(row["basis"]),
            "ratio": tuple(monthly.RatioBand(*band) for band in row["ratio"]),
            "results": tuple(monthly.ResultBand(*band) for band in row["results"]),
        }
    )


def engine_cap(row: Mapping[str, Any]) -> monthly.Cap:
    """The engine's cap of a row."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    return monthly.Cap(
        **dict(row) | {"scope": monthly.Scope(row["scope"]), "components": tuple(row["components"])}
    )


def worked_out(inputs: Inputs) -> monthly.Run:
    """The month that the engine makes of the inputs; RunFaulty if something in them makes no sense."""
    from craftpath.engines.allowances import monthly  # noqa: PLC0415 - NumPy, which no start needs

    return monthly.run(
        date.fromisoformat(inputs.month),
        [engine_rule(row) for row in inputs.rules],
        monthly.Pairs(**_days(inputs.pairs, "start", "end")),
        monthly.Hours(**_days(inputs.hours, "day")),
        [engine_cap(row) for row in inputs.caps],
        monthly.Earlier(**inputs.earlier),
    )


def _days(columns: Mapping[str, Sequence[Any]], *names: str) -> dict[str, Any]:
    import numpy as np  # noqa: PLC0415 - as above

    found = {name: np.asarray(columns[name], dtype="datetime64[D]") for name in names}
    return {**columns, **found}
