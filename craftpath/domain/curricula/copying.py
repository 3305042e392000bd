"""Copies: a programme's units as cards and as a first version, a version as the next one, a card as a chosen unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.curricula.cards import cards_by_key
from craftpath.domain.curricula.models import (
    CardOutcome,
    CardPin,
    ChosenUnit,
    CurriculumVersion,
    StageTarget,
    UnitCard,
    VersionAssessment,
    VersionOutcome,
)
from craftpath.domain.programmes.definition import components
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import EvaluationScheme, Outcome, Unit

PRACTISED = 40
"""Percent: a programme only names the skills of a unit. Two or three units that practise a skill make it whole."""
COPIED = (
    "key", "name", "minutes", "place", "bucket", "area", "skills", "prerequisites", "trainer", "room",
    "hazardous", "resources",
)  # fmt: skip
"""What a chosen unit takes over from its card."""


def cards_from(
    organisation: Organisation, units: Sequence[Unit], *, by: Actor, at: datetime
) -> dict[str, UnitCard]:
    """The library with the units of a programme in it; a card that is there stays as it is."""
    known = cards_by_key(organisation)
    new = [unit for unit in units if unit.key not in known]
    for unit in new:
        known[unit.key] = UnitCard(
            organisation=organisation, key=unit.key, name=unit.name, minutes=unit.minutes, place=unit.place,
            bucket=unit.bucket, stages=[unit.stage.key], skills=dict.fromkeys(unit.skills, PRACTISED),
            area=main_area(unit.outcomes.all()), hazardous=unit.hazardous, changed_by=by.person, changed_at=at,
        )  # fmt: skip
    UnitCard.objects.bulk_create(known[unit.key] for unit in new)
    CardOutcome.objects.bulk_create(
        CardOutcome(
            card=known[unit.key], order=order, key=one.key, name=one.name, skills=one.skills, area=one.area
        )
        for unit in new
        for order, one in enumerate(unit.outcomes.all(), start=1)
    )
    return known


def main_area(outcomes: Iterable[Outcome]) -> str:
    """The learning area that most of the outcomes name; the first of several."""
    named = Counter(one.area for one in outcomes if one.area)
    return named.most_common(1)[0][0] if named else ""


def pour_programme(
    version: CurriculumVersion,
    units: Sequence[Unit],
    cards: Mapping[str, UnitCard],
    scheme: EvaluationScheme | None,
) -> None:
    """Units, outcomes and assessments of a programme as the first version."""
    places = Counter[str]()
    chosen = {}
    for unit in units:
        places[unit.stage.key] += 1
        chosen[unit.key] = ChosenUnit(
            version=version, card=cards[unit.key], stage=unit.stage.key, order=places[unit.stage.key],
            key=unit.key, name=unit.name, minutes=unit.minutes, place=unit.place, bucket=unit.bucket,
            area=main_area(unit.outcomes.all()), skills=dict.fromkeys(unit.skills, PRACTISED),
            hazardous=unit.hazardous,
        )  # fmt: skip
    ChosenUnit.objects.bulk_create(chosen.values())
    used: set[str] = set()
    outcomes: list[tuple[VersionOutcome, ChosenUnit]] = []
    for unit in units:
        for one in unit.outcomes.all():
            key = free_key(one.key, unit.key, used)
            made = VersionOutcome(
                version=version, order=len(outcomes) + 1, key=key, name=one.name, skills=one.skills,
                area=one.area,
            )  # fmt: skip
            outcomes.append((made, chosen[unit.key]))
    _write_outcomes(outcomes)
    if scheme is not None:
        VersionAssessment.objects.bulk_create(_assessments(version, scheme.definition))


def free_key(key: str, unit: str, used: set[str]) -> str:
    """The key of an outcome among those of a version: with its unit's before it, or a number after, if it is taken."""
    found, number = (key if key not in used else f"{unit}-{key}"[:60]), 2
    while found in used:
        found, number = f"{key[:55]}-{number}", number + 1
    used.add(found)
    return found


def _assessments(version: CurriculumVersion, definition: Mapping[str, Any]) -> list[VersionAssessment]:
    items = [item for part in components(definition) for item in part.items]
    return [
        VersionAssessment(
            version=version, order=order, key=item.key[:60], name=item.name.as_json(),
            component=item.component, item="" if item.key == item.component else item.key,
        )
        for order, item in enumerate(items, start=1)
    ]  # fmt: skip


def _write_outcomes(outcomes: Sequence[tuple[VersionOutcome, ChosenUnit]]) -> None:
    VersionOutcome.objects.bulk_create(outcome for outcome, _unit in outcomes)
    link = VersionOutcome.units.through
    link.objects.bulk_create(
        link(versionoutcome_id=outcome.pk, chosenunit_id=unit.pk) for outcome, unit in outcomes
    )


def from_card(version: CurriculumVersion, card: UnitCard, *, stage: str, order: int) -> ChosenUnit:
    """A card as a unit of a version, not yet written."""
    copied = {name: getattr(card, name) for name in COPIED}
    return ChosenUnit(version=version, card=card, stage=stage, order=order, **copied)


def outcomes_from(unit: ChosenUnit, card: UnitCard) -> None:
    """The outcomes of a card as outcomes of the version; one that is there already gets the unit beside its others."""
    there = {one.key: one for one in unit.version.outcomes.all()}
    new = []
    for one in card.outcomes.all():
        standing = there.get(one.key)
        if standing is not None and standing.name == one.name:
            standing.units.add(unit)
            continue
        key = free_key(one.key, unit.key, set(there))
        made = VersionOutcome(
            version=unit.version, order=max((row.order for row in there.values()), default=0) + 1, key=key,
            name=one.name, skills=one.skills, area=one.area, tasks=one.tasks,
        )  # fmt: skip
        there[key] = made
        new.append((made, unit))
    _write_outcomes(new)


def copy_content(source: CurriculumVersion, version: CurriculumVersion) -> None:
    """Everything that a version holds, with its links; the same number of queries for few rows and many."""
    units = {row.pk: row for row in source.units.all()}
    outcomes = {row.pk: row for row in source.outcomes.all()}
    assessments = {row.pk: row for row in source.assessments.all()}
    teaches = list(VersionOutcome.units.through.objects.filter(versionoutcome__version=source))
    sees = list(VersionAssessment.outcomes.through.objects.filter(versionassessment__version=source))
    for rows in (units, outcomes, assessments):
        for row in rows.values():
            row.pk, row.version, row._state.adding = None, version, True
    ChosenUnit.objects.bulk_create(units.values())
    VersionOutcome.objects.bulk_create(outcomes.values())
    VersionAssessment.objects.bulk_create(assessments.values())
    VersionOutcome.units.through.objects.bulk_create(
        VersionOutcome.units.through(
            versionoutcome_id=outcomes[link.versionoutcome_id].pk, chosenunit_id=units[link.chosenunit_id].pk
        )
        for link in teaches
    )
    VersionAssessment.outcomes.through.objects.bulk_create(
        VersionAssessment.outcomes.through(
            versionassessment_id=assessments[link.versionassessment_id].pk,
            versionoutcome_id=outcomes[link.versionoutcome_id].pk,
        )
        for link in sees
    )
    for model in (StageTarget, CardPin):
        _copy_rows(model, source, version)


def _copy_rows(model: Any, source: CurriculumVersion, version: CurriculumVersion) -> None:
    rows = list(model.objects.filter(version=source))
    for row in rows:
        row.pk, row.version, row._state.adding = None, version, True
    model.objects.bulk_create(rows)
