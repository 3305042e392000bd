"""How a statement is kept: as it came, with what a store adds and the two spellings that the standard evens out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from craftpath.engines.xapi.types import Json, Version
from craftpath.engines.xapi.values import a_moment, written

_IN_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)", re.ASCII)


def completed(statement: Json, version: Version, *, id: str, stored: datetime, authority: Json) -> Json:
    """The whole of it: lists where one activity may stand alone, moments in UTC, and who says so since when."""
    kept = _evened(statement)
    kept.setdefault("id", id)
    kept.setdefault("timestamp", written(stored))
    kept.setdefault("version", version.of_statements)
    return kept | {"stored": written(stored), "authority": authority}


def _evened(statement: Json) -> Json:
    kept = dict(statement)
    about = kept["object"]
    if about.get("objectType") == "SubStatement":
        kept["object"] = _evened(about)
    activities = kept.get("context", {}).get("contextActivities")
    if activities is not None:
        kept["context"] = kept["context"] | {"contextActivities": listed(activities)}
    if "timestamp" in kept and not _IN_UTC.fullmatch(kept["timestamp"]):
        kept["timestamp"] = written(a_moment(kept["timestamp"], "timestamp"))
    return kept


def listed(activities: Json) -> dict[str, list[Any]]:
    """Activities of a context: always several, though it may be one."""
    return {name: given if isinstance(given, list) else [given] for name, given in activities.items()}
