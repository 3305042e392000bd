"""Schemes as rows: read from the presets that come with the program, copied and changed by an office."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from craftpath.domain.subsidies import rules
from craftpath.domain.subsidies.facts import SchemeCopied
from craftpath.domain.subsidies.models import EXCLUSIONS, SubsidyScheme
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.allowances.subsidies import Scheme

_OWN = frozenset({"key", "name", "document", "read", "valid_from", "valid_to", "excludes"})
"""Columns of the row; everything else is its definition."""


@cache
def _presets() -> tuple[Mapping[str, Any], ...]:
    text = (resources.files("craftpath.domain.subsidies") / "presets" / "schemes.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["scheme"])


def engine_scheme(row: SubsidyScheme) -> Scheme:
    """A row as the engine reads it."""
    # The engine's door brings NumPy along, which pages that show no scheme do without.
    from craftpath.engines.allowances.subsidies import Scheme  # noqa: PLC0415

    span = {"valid_from": row.valid_from} | ({"valid_to": row.valid_to} if row.valid_to else {})
    return Scheme.of({"key": row.key, "document": row.document, **span, **row.definition})


@action
def load_schemes(*, by: Actor, at: datetime) -> int:
    """Load the schemes that come with the program; one that is there already stays as it is. Returns how many."""
    require(rules.may_load(by))
    for table in _presets():
        SubsidyScheme._base_manager.get_or_create(
            organisation=None,
            key=table["key"],
            version=1,
            defaults={
                "name": table["name"],
                "document": table["document"],
                "read": table["read"],
                "valid_from": table["valid_from"],
                "valid_to": table.get("valid_to"),
                "excludes": list(table.get("excludes", ())),
                "definition": {name: value for name, value in table.items() if name not in _OWN},
            },
        )
    return len(_presets())


@action
def copy_scheme(
    source: SubsidyScheme,
    *,
    organisation: Organisation,
    name: dict[str, str],
    document: str,
    valid_from: date,
    valid_to: date | None = None,
    changes: Mapping[str, Any],
    excludes: list[str] | None = None,
    by: Actor,
    at: datetime,
) -> SubsidyScheme:
    """Make the next version for an office: the source with `changes` of its definition, valid from a day.

    Files stay with their version. The same again gives the version that is there. Refused with the first fault.
    """
    require(rules.may_set_schemes(by, organisation))
    if valid_to is not None and valid_to <= valid_from:
        raise Refused(not_now("subsidies.scheme_no_days"))
    barred = list(source.excludes if excludes is None else excludes)
    if set(barred) - set(EXCLUSIONS) or not any(name.values()):
        raise Refused(not_now("subsidies.scheme_unclear"))
    definition = {**source.definition, **changes}
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    rows = SubsidyScheme._base_manager.filter(organisation=organisation, key=source.key)
    last = rows.order_by("-version").first()
    wanted = {
        "name": name,
        "document": document,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "definition": definition,
        "excludes": barred,
    }
    if last is not None and all(getattr(last, field) == value for field, value in wanted.items()):
        return last
    row = SubsidyScheme(
        organisation=organisation,
        key=source.key,
        version=last.version + 1 if last else 1,
        read="house",
        **wanted,
    )
    require(_makes_sense(row))
    row.save()
    told = SchemeCopied(key=row.key, version=row.version, valid_from=valid_from)
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _makes_sense(row: SubsidyScheme) -> Any:
    """Try the scheme on the smallest plan of each rate; the engine names what is wrong."""
    from craftpath.engines.allowances.subsidies import Plan, SubsidyFaulty, advance  # noqa: PLC0415

    try:
        scheme = engine_scheme(row)
    except (TypeError, ValueError, KeyError):
        return not_now("subsidies.scheme_unclear")
    if not scheme.rates:
        return not_now("subsidies.scheme_without_rates")
    try:
        for rate in scheme.rates:
            advance(scheme, Plan(rate.level or "l4", 1, 12, rate.kind))
    except SubsidyFaulty as faulty:
        return rules.faulty(faulty)
    return rules.YES
