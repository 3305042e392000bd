"""Cycles as rows: read from the presets that come with the program, and written anew by an organisation."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import resources
from typing import Any

from craftpath.domain.pilots import rules
from craftpath.domain.pilots.facts import CycleWritten
from craftpath.domain.pilots.models import Cycle
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import require


def preset(name: str) -> Mapping[str, Any]:
    """A file of rows that comes with the noun."""
    found = resources.files("craftpath.domain.pilots") / "presets" / name
    return tomllib.loads(found.read_text("utf-8"))


@action
def load_cycles(*, by: Actor, at: datetime) -> int:
    """Load the cycles that come with the program; one that is there already stays as it is. Returns how many."""
    require(rules.may_load(by))
    tables = preset("cycles.toml")["cycle"]
    for table in tables:
        values = {"name": table["name"], "origin": table["origin"], "steps": table["step"], "made_at": at}
        Cycle._base_manager.get_or_create(organisation=None, key=table["key"], version=1, defaults=values)
    return len(tables)


@action
def write_cycle(
    source: Cycle,
    *,
    organisation: Organisation,
    name: dict[str, str],
    origin: dict[str, str],
    steps: Sequence[dict[str, Any]],
    by: Actor,
    at: datetime,
) -> Cycle:
    """Make the organisation's next version; rounds stay with theirs. The same again gives the version that is there."""
    require(rules.may_start(by, organisation))
    require(rules.can_name(name))
    require(rules.can_make(steps))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    rows = Cycle._base_manager.filter(organisation=organisation, key=source.key)
    last = rows.order_by("-version").first()
    wanted: dict[str, Any] = {"name": name, "origin": origin, "steps": list(steps)}
    if last is not None and all(getattr(last, field) == value for field, value in wanted.items()):
        return last
    row = Cycle.objects.create(
        organisation=organisation, key=source.key, version=last.version + 1 if last else 1,
        made_by=by.person, made_at=at, **wanted,
    )  # fmt: skip
    told = CycleWritten(version=row.version, steps=len(row.steps))
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row
