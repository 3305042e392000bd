"""A draft as a whole: all its units in one step, the hours of its stages, what it must or may not take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.choosing import buckets_in, require_card, stages_in
from craftpath.domain.curricula.copying import from_card, outcomes_from
from craftpath.domain.curricula.editing import changed, held_draft, require_revision
from craftpath.domain.curricula.hours import Cell
from craftpath.domain.curricula.models import (
    PINS,
    CardPin,
    ChosenUnit,
    CurriculumVersion,
    StageTarget,
    UnitCard,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Choice:
    """A card in a stage, in the order of a list; without minutes it keeps those of its card."""

    card: UnitCard
    stage: str
    minutes: int | None = None


@action
def set_targets(
    version: CurriculumVersion, targets: Mapping[Cell, int], *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Say anew how many minutes of each kind each stage is to have; cells that are not named lose their target."""
    version = held_draft(version, by=by)
    stages, buckets = stages_in(version), buckets_in(version)
    for (stage, bucket), minutes in targets.items():
        if stage not in stages or bucket not in buckets:
            raise Refused(not_now("curricula.stage_unknown", stage=stage[:60]))
        if not 0 <= minutes <= rules.MOST_MINUTES:
            raise Refused(not_now("curricula.hours_out_of_range", most=rules.MOST_MINUTES // 60))
    standing = {(row.stage, row.bucket): row.minutes for row in version.targets.all()}
    if standing == dict(targets):
        return version
    require_revision(version, revision)
    version.targets.all().delete()
    StageTarget.objects.bulk_create(
        StageTarget(version=version, stage=stage, bucket=bucket, minutes=minutes)
        for (stage, bucket), minutes in targets.items()
    )
    changed(version, "targets", before=_said(standing), after=_said(targets), by=by, at=at)
    return version


@action
def choose_units(
    version: CurriculumVersion, choices: Sequence[Choice], *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Make these the units of a draft, in this order; those that stay keep what was changed in them.

    What a plan proposes is taken over so, in one step. The same once more changes nothing.
    """
    version = held_draft(version, by=by)
    standing = {unit.key: unit for unit in version.units.all()}
    wanted = {one.card.key: one for one in choices}
    if len(wanted) != len(choices):
        raise Refused(not_now("curricula.key_twice"))
    if _places(standing.values()) == _wished(choices, standing):
        return version
    require_revision(version, revision)
    if len(choices) > rules.MOST_UNITS:
        raise Refused(not_now("curricula.too_many_units", most=rules.MOST_UNITS))
    stages, buckets = stages_in(version), buckets_in(version)
    for one in choices:
        if one.card.key not in standing:
            require_card(version, one.card, one.stage, stages, buckets)
        require(rules.can_stand_in(one.stage, stages, one.card.stages, one.card.title.both()))
        require(rules.can_last(one.minutes or one.card.minutes))
    out = [unit.pk for key, unit in standing.items() if key not in wanted]
    ChosenUnit.objects.filter(pk__in=out).delete()
    for key, (stage, order, minutes) in _wished(choices, standing).items():
        unit = standing.get(key) or from_card(version, wanted[key].card, stage=stage, order=order)
        unit.stage, unit.order, unit.minutes = stage, order, minutes
        unit.save()
        if key not in standing:
            outcomes_from(unit, wanted[key].card)
    after: dict[str, object] = {"in": [key for key in wanted if key not in standing], "out": len(out)}
    changed(version, "choose", after=after, by=by, at=at)
    return version


@action
def pin_card(
    version: CurriculumVersion, card: UnitCard, *, kind: str, by: Actor, at: datetime
) -> CurriculumVersion:
    """Say that a draft made from needs must take a card (`pin`), may not (`forbid`), or is free to (no kind)."""
    version = held_draft(version, by=by)
    if kind not in ("", *PINS) or card.organisation_id != version.curriculum.organisation_id:
        raise Refused(not_now("curricula.card_unknown"))
    CardPin.objects.filter(version=version, card=card).exclude(kind=kind).delete()
    if kind:
        CardPin.objects.get_or_create(version=version, card=card, defaults={"kind": kind})
    return version


def _said(targets: Mapping[Cell, int]) -> dict[str, object]:
    return {f"{stage}/{bucket}": minutes for (stage, bucket), minutes in targets.items()}


def _places(units: Iterable[ChosenUnit]) -> dict[str, tuple[str, int, int]]:
    return {unit.key: (unit.stage, unit.order, unit.minutes) for unit in units}


def _wished(choices: Sequence[Choice], standing: Mapping[str, ChosenUnit]) -> dict[str, tuple[str, int, int]]:
    found: dict[str, tuple[str, int, int]] = {}
    counted: dict[str, int] = {}
    for one in choices:
        counted[one.stage] = counted.get(one.stage, 0) + 1
        own = standing[one.card.key].minutes if one.card.key in standing else one.card.minutes
        found[one.card.key] = (one.stage, counted[one.stage], one.minutes or own)
    return found
