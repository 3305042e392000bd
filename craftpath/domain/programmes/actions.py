"""Writing programmes and schemes."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Any

from django.db.models import Max

from craftpath.domain.programmes import definition as definitions
from craftpath.domain.programmes import rules, writing
from craftpath.domain.programmes.facts import ProgrammeLoaded, SchemeAdopted, SchemeRetired
from craftpath.domain.programmes.models import (
    EvaluationScheme,
    HourBucket,
    LearningArea,
    Programme,
    Provision,
    Stage,
)
from craftpath.domain.programmes.states import SCHEME
from craftpath.domain.programmes.units import write_units
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

LIMITS = ("target", "floor", "cap")


def _ref(scheme: EvaluationScheme) -> Ref:
    return Ref("programmes", "scheme", scheme.public_id)


def presets() -> tuple[str, ...]:
    """The keys of the presets that come with the program."""
    folder = resources.files("craftpath.domain.programmes") / "presets"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


def _plain(value: Any) -> Any:
    """A TOML value as JSON keeps it: decimals as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


@action
def load_presets(*, by: Actor, at: datetime) -> list[Programme]:
    """Load every preset that comes with the program; those that are there already stay as they are."""
    return [load_preset(key, by=by, at=at) for key in presets()]


@action
def load_preset(key: str, *, by: Actor, at: datetime) -> Programme:
    """Turn a preset into rows that everybody may use; loading it again changes nothing."""
    require(rules.may_edit_schemes(by))
    if key not in presets():
        raise Refused(not_now("programmes.preset_unknown", key=key))
    text = (resources.files("craftpath.domain.programmes") / "presets" / f"{key}.toml").read_text("utf-8")
    table = _plain(tomllib.loads(text, parse_float=Decimal))
    programme, new = Programme.objects.get_or_create(
        organisation=None,
        key=table["key"],
        version=table["version"],
        defaults={
            "name": table["name"],
            "jurisdiction": table["jurisdiction"],
            "typical_months": table["typical_months"],
            "valid_from": _day(table.get("valid_from")),
            "valid_to": _day(table.get("valid_to")),
        },
    )
    _count_hours(programme, table.get("hour_bucket", ()))
    if not new:
        write_units(programme, table.get("unit", ()))
        return programme
    Stage.objects.bulk_create(
        Stage(programme=programme, order=n, **row) for n, row in enumerate(table["stage"], start=1)
    )
    write_units(programme, table.get("unit", ()))
    LearningArea.objects.bulk_create(
        LearningArea(programme=programme, order=n, **row)
        for n, row in enumerate(table.get("learning_area", ()), start=1)
    )
    Provision.objects.bulk_create(
        Provision(programme=programme, order=n, **_provision(row))
        for n, row in enumerate(table.get("provision", ()), start=1)
    )
    scheme = EvaluationScheme(
        programme=programme, key=table["scheme"]["key"], name=table["scheme"]["name"], version=1
    )
    writing.write_definition(scheme, table["scheme"]["definition"], by=by, at=at)
    tell(
        ProgrammeLoaded(key=programme.key, version=programme.version),
        by=by,
        at=at,
        subject=Ref("programmes", "programme", programme.public_id),
    )
    return programme


def _count_hours(programme: Programme, rows: Sequence[dict[str, Any]]) -> None:
    """Write the buckets of a preset, also into one that was loaded before there were any."""
    if programme.buckets.exists():
        return
    HourBucket.objects.bulk_create(
        HourBucket(programme=programme, order=n, **_minutes(row)) for n, row in enumerate(rows, start=1)
    )


def _minutes(row: dict[str, Any]) -> dict[str, Any]:
    """Presets speak of hours, as the rules do that they come from."""
    hours = {f"{name}_minutes": row[f"{name}_hours"] * 60 for name in LIMITS if f"{name}_hours" in row}
    return {key: value for key, value in row.items() if not key.endswith("_hours")} | hours


def _provision(row: dict[str, Any]) -> dict[str, Any]:
    return row | {day: _day(row.get(day)) for day in ("valid_from", "valid_to")}


def _day(value: Any) -> date | None:
    return date.fromisoformat(str(value)) if value else None


@action
def draft_scheme(
    source: EvaluationScheme,
    *,
    organisation: Organisation,
    key: str = "",
    name: dict[str, str] | None = None,
    definition: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> EvaluationScheme:
    """Make a draft from a scheme: the next version of one's own, or a copy of a preset under a key of its own."""
    require(by.may_at(Permission.EDIT_SCHEMES, organisation))
    key = key or source.key
    newest = EvaluationScheme.objects.filter(organisation=organisation, key=key).aggregate(
        newest=Max("version")
    )["newest"]
    scheme = EvaluationScheme(
        organisation=organisation,
        programme_id=source.programme_id,
        key=key,
        version=(newest or 0) + 1,
        name=name or source.name,
    )
    writing.write_definition(scheme, definition or source.definition, by=by, at=at)
    return scheme


@action
def next_draft(
    source: EvaluationScheme, *, organisation: Organisation, by: Actor, at: datetime
) -> EvaluationScheme:
    """The draft to go on with: a copy that nobody has changed yet, as after a second press, else a new one."""
    require(rules.may_edit_schemes(by))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    drafts = EvaluationScheme.objects.filter(
        organisation=organisation,
        programme=source.programme_id,
        key=source.key,
        state=SCHEME.start,
        fingerprint=source.fingerprint,
    ).exclude(pk=source.pk)
    same = next((draft for draft in drafts.order_by("-version") if draft.name == source.name), None)
    return same or draft_scheme(source, organisation=organisation, by=by, at=at)


@action
def draft_from_file(
    source: EvaluationScheme,
    *,
    organisation: Organisation,
    key: str,
    name: dict[str, str],
    definition: dict[str, Any],
    by: Actor,
    at: datetime,
) -> EvaluationScheme:
    """A draft of a definition from outside, for the programme of `source`; the same again is the same draft."""
    require(by.may_at(Permission.EDIT_SCHEMES, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    same = EvaluationScheme.objects.filter(
        organisation=organisation,
        programme=source.programme_id,
        key=key,
        state=SCHEME.start,
        fingerprint=definitions.fingerprint(definition),
    ).order_by("-version")
    return next((draft for draft in same if draft.name == name), None) or draft_scheme(
        source, organisation=organisation, key=key, name=name, definition=definition, by=by, at=at
    )


@action
def save_scheme(
    scheme: EvaluationScheme, *, name: dict[str, str], definition: dict[str, Any], by: Actor, at: datetime
) -> EvaluationScheme:
    """Change a draft, whole; a definition that does not hold is refused with every fault."""
    scheme = EvaluationScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    require(rules.may_edit(by, scheme))
    require(rules.can_change(scheme))
    scheme.name = name
    writing.write_definition(scheme, definition, by=by, at=at)
    return scheme


@action
def adopt_scheme(scheme: EvaluationScheme, *, by: Actor, at: datetime) -> EvaluationScheme:
    """Put a scheme in use; from here on its definition is fixed. Adopting again changes nothing."""
    scheme = EvaluationScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    require(rules.may_adopt(by, scheme))
    before = scheme.state
    scheme.state = SCHEME.after(scheme.state, "adopt")
    if before != scheme.state:
        scheme.save(update_fields=["state"])
        tell(
            SchemeAdopted(scheme=scheme.public_id, version=scheme.version, fingerprint=scheme.fingerprint),
            by=by,
            at=at,
            organisation=scheme.organisation,
            subject=_ref(scheme),
        )
    return scheme


@action
def retire_scheme(scheme: EvaluationScheme, *, by: Actor, at: datetime) -> EvaluationScheme:
    """Offer a scheme no more; cohorts that follow it go on."""
    scheme = EvaluationScheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    require(rules.may_edit(by, scheme))
    scheme.state = SCHEME.after(scheme.state, "retire")
    scheme.save(update_fields=["state"])
    tell(
        SchemeRetired(scheme=scheme.public_id, version=scheme.version),
        by=by,
        at=at,
        organisation=scheme.organisation,
        subject=_ref(scheme),
    )
    return scheme
