"""Curricula begun from a programme, and versions begun as copies."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.cards import hold_library
from craftpath.domain.curricula.copying import cards_from, copy_content, pour_programme
from craftpath.domain.curricula.editing import held, held_curriculum
from craftpath.domain.curricula.facts import CurriculumStarted, VersionDrafted
from craftpath.domain.curricula.hours import first_targets
from craftpath.domain.curricula.library import is_key
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, StageTarget
from craftpath.domain.programmes.queries import buckets_by_programme, stages_of, units_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import EvaluationScheme, Programme


@action
def start_curriculum(
    organisation: Organisation,
    *,
    programme: Programme,
    key: str,
    name: dict[str, str],
    occupation: dict[str, str],
    scheme: EvaluationScheme | None = None,
    by: Actor,
    at: datetime,
) -> Curriculum:
    """Begin a curriculum: the programme's units become cards, where the library has none of their key, and version 1.

    The same key once more gives the curriculum that is there, if it grows from the same programme.
    """
    require(rules.may_design(by, organisation))
    require(rules.can_name(name))
    if not is_key(key):
        raise Refused(not_now("curricula.key_unclear", given=key[:60]))
    if scheme is not None and scheme.programme_id != programme.pk:
        raise Refused(not_now("curricula.scheme_of_another"))
    hold_library(organisation)
    standing = Curriculum._base_manager.filter(organisation=organisation, key=key).first()
    if standing is not None:
        if standing.programme_id == programme.pk and standing.name == name:
            return standing
        raise Refused(not_now("curricula.curriculum_exists", key=key))
    units, stages = units_of(programme.pk), stages_of(programme.pk)
    buckets = buckets_by_programme([programme.pk]).get(programme.pk, [])
    curriculum = Curriculum.objects.create(
        organisation=organisation, programme=programme, key=key, name=name, occupation=occupation,
        made_by=by.person, made_at=at,
    )  # fmt: skip
    version = _version(curriculum, 1, by=by, at=at, scheme=scheme)
    cards = cards_from(organisation, units, by=by, at=at)
    pour_programme(version, units, cards, scheme)
    StageTarget.objects.bulk_create(
        StageTarget(version=version, stage=stage, bucket=bucket, minutes=minutes)
        for (stage, bucket), minutes in first_targets(buckets, stages, units).items()
    )
    told = CurriculumStarted(name, len(units))
    tell(told, by=by, at=at, organisation=organisation, subject=curriculum.ref)
    return curriculum


@action
def draft_version(source: CurriculumVersion, *, why: str = "", by: Actor, at: datetime) -> CurriculumVersion:
    """Begin the next version as a copy of `source`; a second press gives the draft that nobody has touched yet."""
    curriculum = held_curriculum(source)
    require(rules.may_design(by, curriculum.organisation))
    source = held(source)
    if len(why) > rules.LONGEST_WORDS:
        raise Refused(not_now("curricula.words_too_long", most=rules.LONGEST_WORDS))
    rows = CurriculumVersion._base_manager.filter(curriculum=curriculum)
    same = rows.filter(grown_from=source, state="draft", revision=1, why=why, made_by=by.person)
    if (standing := same.first()) is not None:
        return standing
    number = (rows.aggregate(most=Max("number"))["most"] or 0) + 1
    version = _version(curriculum, number, by=by, at=at, scheme=source.scheme, why=why, source=source)
    copy_content(source, version)
    told = VersionDrafted(number, source.number)
    tell(told, by=by, at=at, organisation=curriculum.organisation, subject=version.ref)
    return version


def _version(
    curriculum: Curriculum,
    number: int,
    *,
    by: Actor,
    at: datetime,
    scheme: EvaluationScheme | None,
    why: str = "",
    source: CurriculumVersion | None = None,
) -> CurriculumVersion:
    return CurriculumVersion.objects.create(
        curriculum=curriculum, number=number, grown_from=source, why=why, scheme=scheme,
        made_by=by.person, made_at=at, changed_by=by.person, changed_at=at,
    )  # fmt: skip
