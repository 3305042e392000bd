"""Writing a report as JSON: figures unrounded, an absent one `null` with its reason in a `why` beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.files import replacing

if TYPE_CHECKING:
    from craftpath.engines.psychometrics import Figure

JSON_ENDINGS = (".json", "")


def fields(figures: Mapping[str, Figure]) -> tuple[dict[str, float | None], dict[str, str]]:
    """The values by field, and why those are absent that are."""
    values = {name: figure.value for name, figure in figures.items()}
    return values, {name: figure.why for name, figure in figures.items() if figure.value is None}


def with_reasons(report: dict[str, Any], why: Mapping[str, str]) -> dict[str, Any]:
    """The report with `why`, where there is anything to tell."""
    return {**report, "why": dict(why)} if why else report


def write_report(path: Path, report: Mapping[str, Any]) -> None:
    """Write all or nothing; raises `BadInput` where the place cannot be written."""
    text = json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False)
    with replacing(path) as fresh:
        fresh.write_text(text + "\n", encoding="utf-8")
