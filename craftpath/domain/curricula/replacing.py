"""The whole content of a draft, taken over from a sheet: units, outcomes, assessments and their links."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.cards import CardValues, cards_by_key
from craftpath.domain.curricula.choosing import buckets_in, stages_in
from craftpath.domain.curricula.editing import changed, held_draft, require_revision
from craftpath.domain.curricula.library import library_faults
from craftpath.domain.curricula.linking import (
    AssessmentWanted,
    OutcomeWanted,
    Pair,
    assessment_verdicts,
    outcome_verdicts,
)
from craftpath.domain.curricula.models import (
    ChosenUnit,
    CurriculumVersion,
    VersionAssessment,
    VersionOutcome,
)
from craftpath.domain.curricula.queries import Content, content_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a draft is to hold. Units stand in the order of their stages; `sees` is (outcome, assessment)."""

    units: Sequence[tuple[CardValues, str]]
    outcomes: Sequence[OutcomeWanted]
    assessments: Sequence[AssessmentWanted]
    sees: Collection[Pair]


@action
def replace_content(
    version: CurriculumVersion, wanted: Wanted, *, revision: int, by: Actor, at: datetime
) -> bool:
    """Make this the content of a draft; False where it says what is there already, and nothing changes."""
    version = held_draft(version, by=by)
    if said(content_of(version)) == _plain(wanted):
        return False
    require_revision(version, revision)
    _require(version, wanted)
    cards = cards_by_key(version.curriculum.organisation)
    version.assessments.all().delete()
    version.outcomes.all().delete()
    version.units.all().delete()
    order: dict[str, int] = {}
    for values, stage in wanted.units:
        order[stage] = order.get(stage, 0) + 1
        ChosenUnit.objects.create(
            version=version, card=cards.get(values.key), stage=stage, order=order[stage], key=values.key,
            **_columns(values),
        )  # fmt: skip
    _write(version, wanted)
    after: dict[str, object] = {"units": len(wanted.units), "outcomes": len(wanted.outcomes)}
    changed(version, "replace", after=after, by=by, at=at)
    return True


def said(content: Content) -> tuple[Any, ...]:
    """What a version holds as plain values, to compare it with what somebody wants."""
    units = tuple((unit.key, unit.stage, _columns_of(unit)) for unit in content.units)
    outcomes = tuple(
        (one.key, one.name, tuple(one.skills), one.area, tuple(one.tasks),
         tuple(unit.key for unit in content.units_of(one.key)))
        for one in content.outcomes
    )  # fmt: skip
    assessments = tuple(
        (one.key, one.name, one.component, one.item, one.source, one.words) for one in content.assessments
    )
    return units, outcomes, assessments, frozenset(content.sees)


def _plain(wanted: Wanted) -> tuple[Any, ...]:
    place = {values.key: at for at, (values, _stage) in enumerate(wanted.units)}
    units = tuple((values.key, stage, _columns(values)) for values, stage in wanted.units)
    outcomes = tuple(
        (one.key, one.name, tuple(one.skills), one.area, tuple(one.tasks),
         tuple(sorted(one.units, key=lambda key: place.get(key, -1))))
        for one in wanted.outcomes
    )  # fmt: skip
    assessments = tuple(
        (one.key, one.name, one.component, one.item, one.source, one.words) for one in wanted.assessments
    )
    return units, outcomes, assessments, frozenset(wanted.sees)


COLUMNS = (
    "name", "minutes", "place", "bucket", "area", "skills", "prerequisites", "trainer", "room", "hazardous",
    "resources",
)  # fmt: skip


def _columns(values: CardValues) -> dict[str, Any]:
    columns = values.columns()
    return {name: columns[name] for name in COLUMNS}


def _columns_of(unit: ChosenUnit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in COLUMNS}


def _require(version: CurriculumVersion, wanted: Wanted) -> None:
    stages, buckets = stages_in(version), buckets_in(version)
    if len(wanted.units) > rules.MOST_UNITS:
        raise Refused(not_now("curricula.too_many_units", most=rules.MOST_UNITS))
    for rows, most in (
        (wanted.outcomes, rules.MOST_OUTCOMES),
        (wanted.assessments, rules.MOST_ASSESSMENTS),
    ):
        if len(rows) > most:
            raise Refused(not_now("curricula.too_many_rows", most=most))
    for keys in (
        [values.key for values, _stage in wanted.units],
        [one.key for one in wanted.outcomes],
        [one.key for one in wanted.assessments],
    ):
        if len(set(keys)) != len(keys):
            raise Refused(not_now("curricula.key_twice"))
    for values, stage in wanted.units:
        require(rules.can_stand_in(stage, stages, (), values.key))
        if values.bucket not in buckets:
            raise Refused(not_now("curricula.bucket_unknown", unit=values.key))
    library = {values.key: values for values, _stage in wanted.units}
    for fault in library_faults(library, list(library)):
        if fault.code != "curricula.prerequisite_unknown":  # a version may lack it: a gap, which is told
            raise Refused(not_now(fault.code, **fault.facts))
    asked = [outcome_verdicts(one) for one in wanted.outcomes]
    asked += [assessment_verdicts(one, version.scheme) for one in wanted.assessments]
    for verdict in chain.from_iterable(one.values() for one in asked):
        require(verdict)


def _write(version: CurriculumVersion, wanted: Wanted) -> None:
    units = {unit.key: unit for unit in version.units.all()}
    outcomes = {}
    for order, one in enumerate(wanted.outcomes, start=1):
        row = VersionOutcome.objects.create(
            version=version, order=order, key=one.key, name=one.name, skills=list(one.skills), area=one.area,
            tasks=list(one.tasks),
        )  # fmt: skip
        row.units.set([units[key] for key in one.units if key in units])
        outcomes[one.key] = row
    for order, other in enumerate(wanted.assessments, start=1):
        made = VersionAssessment.objects.create(
            version=version, order=order, key=other.key, name=other.name, component=other.component,
            item=other.item, source=other.source, words=other.words,
        )  # fmt: skip
        made.outcomes.set([outcomes[one] for one, key in wanted.sees if key == other.key and one in outcomes])
