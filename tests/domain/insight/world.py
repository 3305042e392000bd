"""What the tests of insight share: a record that has something in it, and its star as plain tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.insight.dimensions import Classes, Counties
from craftpath.domain.insight.keeping import refresh, settled
from craftpath.domain.insight.marking import follow
from craftpath.domain.insight.rows import CLASS_ROWS, HOUSE_ROWS, Houses, owners
from craftpath.engines.indicators import DIMENSIONS, STAR
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT


def keep_up(at: datetime = AT) -> int:
    """What a worker does, until nothing is stale; how many slices were read."""
    read = 0
    with everywhere("a test looks at everything"):
        while not follow(at):
            pass
        while some := refresh(at):
            read += some
        settled(at)
    return read


def star(at: datetime = AT) -> dict[str, list[dict[str, Any]]]:
    """The whole star as plain rows, each with its `owner` (a college or another organisation)."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with everywhere("a test looks at everything"):
        counties = Counties()
        colleges = dict(apprenticeships.classes())
        known = Classes(list(colleges), now=at, counties=counties)
        for table, rows in CLASS_ROWS.items():
            for owner, dims, own in rows(known):
                found[table].append({**_named(table, dims, own), "owner": colleges[owner]})
        for table, rows_of in HOUSE_ROWS.items():
            there = Houses(owners(table), now=at, counties=counties)
            for owner, dims, own in rows_of(there):
                found[table].append({**_named(table, dims, own), "owner": owner})
    return found


def _named(table: str, dims: Any, own: Any) -> dict[str, Any]:
    names = [column.name for column in STAR[table].own]
    return {**dict(zip(DIMENSIONS, dims, strict=True)), **dict(zip(names, own, strict=True))}


def inside(row: dict[str, Any], reader: Organisation) -> bool:
    """Whether a row belongs to what an organisation reads: its owner, or its enterprise, lies in its tree."""
    paths = dict(Organisation.objects.values_list("pk", "path"))
    hosts = dict(Organisation.objects.values_list("public_id", "path"))
    return paths[row["owner"]].startswith(reader.path) or hosts.get(row["enterprise"], "").startswith(
        reader.path
    )
