"""Outcomes and assessments of a draft, and which unit teaches and which assessment sees which outcome."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.editing import changed, held_draft, require_revision
from craftpath.domain.curricula.library import is_key
from craftpath.domain.curricula.models import (
    LONGEST_WORDS,
    CurriculumVersion,
    VersionAssessment,
    VersionOutcome,
)
from craftpath.domain.programmes.definition import components
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import EvaluationScheme

LONGEST_SOURCE = 300
LONGEST_ROW_NAME = LONGEST_WORDS // 4
LONGEST_ID = 16
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OutcomeWanted:
    """An outcome of a version as somebody wants it, with the keys of the units that teach it."""

    key: str
    name: dict[str, str]
    skills: Sequence[str] = ()
    area: str = ""
    tasks: Sequence[dict[str, Any]] = ()
    units: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AssessmentWanted:
    """An assessment of a version as somebody wants it: a part of the scheme, or an item in it, and by what."""

    key: str
    name: dict[str, str]
    component: str = ""
    item: str = ""
    source: str = ""
    words: str = ""


SOURCES = (("judging", "rubric"), ("exams", "blueprint"), ("exams", "paper"))
"""(noun, kind) of what an assessment may point to; the rooms above know more of them."""


def is_source(given: str) -> bool:
    """Whether it points to a rubric, or to a blueprint or a paper of an examination; who sees it, doors ask."""
    noun, _slash, rest = given.partition("/")
    kind, _slash, public_id = rest.partition("/")
    return (
        (noun, kind) in SOURCES
        and public_id.isascii()
        and public_id.isalnum()
        and len(public_id) <= LONGEST_ID
    )


@action
def save_outcome(
    version: CurriculumVersion, wanted: OutcomeWanted, *, revision: int, by: Actor, at: datetime
) -> VersionOutcome:
    """Make an outcome, or change the one of this key; the same once more changes nothing."""
    version = held_draft(version, by=by)
    row = version.outcomes.filter(key=wanted.key).first()
    units = {unit.key: unit for unit in version.units.filter(key__in=wanted.units)}
    if row is not None and _outcome(row) == _plain(wanted):
        return row
    require_revision(version, revision)
    _require(outcome_verdicts(wanted), version.outcomes.exclude(key=wanted.key), rules.MOST_OUTCOMES)
    strange = [key for key in wanted.units if key not in units]
    if strange:
        raise Refused(not_now("curricula.unit_unknown", unit=strange[0][:60]))
    row = row or VersionOutcome(version=version, key=wanted.key, order=_last(version.outcomes) + 1)
    row.name, row.skills, row.area = wanted.name, list(wanted.skills), wanted.area
    row.tasks = list(wanted.tasks)
    row.save()
    row.units.set(units.values())
    changed(version, "outcome", row.key, after={"units": sorted(units)}, by=by, at=at)
    return row


def key_of_same(version: CurriculumVersion, wanted: OutcomeWanted | AssessmentWanted) -> str:
    """The key of an outcome or assessment that says the same, whatever key this has; "" for none."""
    found: Iterable[OutcomeWanted | AssessmentWanted]
    if isinstance(wanted, OutcomeWanted):
        wanted = _plain(wanted)
        found = map(_outcome, version.outcomes.prefetch_related("units"))
    else:
        found = map(_assessment, version.assessments.all())
    return next((one.key for one in found if one == replace(wanted, key=one.key)), "")


@action
def drop_outcome(
    version: CurriculumVersion, key: str, *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Leave an outcome out; one that is out already stays out."""
    return _drop(version, version.outcomes.filter(key=key), "drop_outcome", key, revision, by, at)


@action
def save_assessment(
    version: CurriculumVersion, wanted: AssessmentWanted, *, revision: int, by: Actor, at: datetime
) -> VersionAssessment:
    """Make an assessment, or change the one of this key; the same once more changes nothing."""
    version = held_draft(version, by=by)
    row = version.assessments.filter(key=wanted.key).first()
    if row is not None and _assessment(row) == wanted:
        return row
    require_revision(version, revision)
    others = version.assessments.exclude(key=wanted.key)
    _require(assessment_verdicts(wanted, version.scheme), others, rules.MOST_ASSESSMENTS)
    row = row or VersionAssessment(version=version, key=wanted.key, order=_last(version.assessments) + 1)
    for name, value in asdict(wanted).items():
        setattr(row, name, value)
    row.save()
    changed(version, "assessment", row.key, by=by, at=at)
    return row


@action
def drop_assessment(
    version: CurriculumVersion, key: str, *, revision: int, by: Actor, at: datetime
) -> CurriculumVersion:
    """Leave an assessment out; one that is out already stays out."""
    return _drop(version, version.assessments.filter(key=key), "drop_assessment", key, revision, by, at)


@action
def set_links(
    version: CurriculumVersion,
    *,
    teaches: Collection[Pair],
    sees: Collection[Pair],
    among: Collection[str],
    revision: int,
    by: Actor,
    at: datetime,
) -> CurriculumVersion:
    """Say which units teach and which assessments see the outcomes `among`: pairs of (outcome, unit or assessment).

    The links of other outcomes stay. The same once more changes nothing.
    """
    version = held_draft(version, by=by)
    outcomes = {row.key: row for row in version.outcomes.filter(key__in=among)}
    units = dict(version.units.values_list("key", "pk"))
    assessments = dict(version.assessments.values_list("key", "pk"))
    for outcome, other in [*teaches, *sees]:
        if outcome not in outcomes or other not in (units | assessments):
            raise Refused(not_now("curricula.outcome_unknown", outcome=outcome[:60]))
    by_unit = {(outcomes[one].pk, units[key]) for one, key in teaches if key in units}
    by_assessment = {(outcomes[one].pk, assessments[key]) for one, key in sees if key in assessments}
    held = [row.pk for row in outcomes.values()]
    unit_links = VersionOutcome.units.through.objects.filter(versionoutcome__in=held)
    other_links = VersionAssessment.outcomes.through.objects.filter(versionoutcome__in=held)
    had_units = set(unit_links.values_list("versionoutcome_id", "chosenunit_id"))
    had_others = set(other_links.values_list("versionoutcome_id", "versionassessment_id"))
    if (had_units, had_others) == (by_unit, by_assessment):
        return version
    require_revision(version, revision)
    _write(VersionOutcome.units.through, unit_links, "chosenunit_id", had_units, by_unit)
    _write(VersionAssessment.outcomes.through, other_links, "versionassessment_id", had_others, by_assessment)
    after: dict[str, object] = {
        "added": len(by_unit - had_units) + len(by_assessment - had_others),
        "gone": len(had_units - by_unit) + len(had_others - by_assessment),
    }
    changed(version, "links", after=after, by=by, at=at)
    return version


def _write(link: Any, rows: Any, other: str, had: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
    gone = models.Q(pk__in=[])
    for outcome, one in had - wanted:
        gone |= models.Q(**{"versionoutcome_id": outcome, other: one})
    rows.filter(gone).delete()
    link.objects.bulk_create(
        link(**{"versionoutcome_id": outcome, other: one}) for outcome, one in sorted(wanted - had)
    )


def _drop(
    version: CurriculumVersion,
    rows: models.QuerySet[Any],
    what: str,
    key: str,
    revision: int,
    by: Actor,
    at: datetime,
) -> CurriculumVersion:
    version = held_draft(version, by=by)
    row = rows.first()
    if row is None:
        return version
    require_revision(version, revision)
    row.delete()
    changed(version, what, key, before={"name": row.name}, by=by, at=at)
    return version


def outcome_verdicts(wanted: OutcomeWanted) -> dict[str, Verdict]:
    """Column of an outcome → whether it can be kept as it is."""
    return _named(wanted.key, wanted.name)


def assessment_verdicts(wanted: AssessmentWanted, scheme: EvaluationScheme | None) -> dict[str, Verdict]:
    """Column of an assessment → whether it can be kept as it is; parts and their items are those of the scheme."""
    parts = (
        {part.key: {one.key for one in part.items} for part in components(scheme.definition)}
        if scheme
        else {}
    )
    too_long = len(wanted.words) > LONGEST_SOURCE
    unclear = bool(wanted.source) and not is_source(wanted.source)
    return {
        **_named(wanted.key, wanted.name),
        "component": _one_of(wanted.component, parts),
        "item": _one_of(wanted.item, parts.get(wanted.component, ())),
        "source": not_now("curricula.source_unclear") if unclear else YES,
        "words": not_now("curricula.words_too_long", most=LONGEST_SOURCE) if too_long else YES,
    }


def _named(key: str, name: dict[str, str]) -> dict[str, Verdict]:
    longest = any(len(said) > LONGEST_ROW_NAME for said in name.values())
    return {
        "key": YES if is_key(key) else not_now("curricula.key_unclear", given=key[:60]),
        "name": not_now("curricula.name_too_long", most=LONGEST_ROW_NAME)
        if longest
        else rules.can_say(" ".join(name.values())),
    }


def _one_of(given: str, known: Container[str]) -> Verdict:
    return YES if not given or given in known else not_now("curricula.not_one_of", given=given[:60])


def _require(verdicts: Mapping[str, Verdict], others: models.QuerySet[Any], most: int) -> None:
    """Every column may be kept, and beside the others there is room for one more."""
    for verdict in verdicts.values():
        require(verdict)
    if others.count() >= most:
        raise Refused(not_now("curricula.too_many_rows", most=most))


def _last(rows: Any) -> int:
    return int(rows.aggregate(most=models.Max("order"))["most"] or 0)


def _outcome(row: VersionOutcome) -> OutcomeWanted:
    units = tuple(sorted(unit.key for unit in row.units.all()))
    return OutcomeWanted(row.key, row.name, tuple(row.skills), row.area, tuple(row.tasks), units)


def _assessment(row: VersionAssessment) -> AssessmentWanted:
    return AssessmentWanted(row.key, row.name, row.component, row.item, row.source, row.words)


def _plain(wanted: OutcomeWanted) -> OutcomeWanted:
    return OutcomeWanted(
        wanted.key, wanted.name, tuple(wanted.skills), wanted.area, tuple(wanted.tasks),
        tuple(sorted(set(wanted.units))),
    )  # fmt: skip
