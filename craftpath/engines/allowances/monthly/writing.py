"""A run as bytes: canonical JSON, so that equal runs are equal byte by byte and a digest stands for the whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from craftpath.engines.allowances.monthly.answers import Run
from craftpath.engines.allowances.monthly.coding import Coded


def canonical(run: Run) -> bytes:
    """The run as JSON in UTF-8: keys sorted, no spaces, lines and their parts as columns in the run's order.

    Everything that made the lines is in it: rules, caps, and each part with its days and factors.
    """
    whole = {
        "month": run.month.isoformat(),
        "days": run.days,
        "rules": [asdict(rule) for rule in run.rules],
        "caps": [asdict(cap) for cap in run.caps],
        "lines": _columns(run.lines),
        "parts": _columns(run.parts),
        "cuts": _columns(run.cuts),
        "unpaid": [asdict(one) for one in run.unpaid],
    }
    text = json.dumps(
        whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_day, allow_nan=False
    )
    return text.encode("utf-8")


def digest(run: Run) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(run)).hexdigest()


def _columns(rows: Any) -> dict[str, list[Any]]:
    return {field.name: _column(getattr(rows, field.name)) for field in fields(rows)}


def _column(column: Any) -> list[Any]:
    if isinstance(column, Coded):
        return [column.words[code] for code in column.codes.tolist()]
    found: list[Any] = column.tolist()
    return found


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
