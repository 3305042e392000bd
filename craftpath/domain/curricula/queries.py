"""Reading curricula, their versions and the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from craftpath.domain.curricula.hours import Cell, Sum, sums
from craftpath.domain.curricula.models import (
    CardPin,
    ChosenUnit,
    Curriculum,
    CurriculumVersion,
    Reviewer,
    StageTarget,
    UnitCard,
    VersionAssessment,
    VersionOutcome,
    VersionReview,
)
from craftpath.domain.programmes.queries import (
    areas_by_programme,
    areas_of,
    buckets_by_programme,
    programmes,
    stages_by_programme,
    stages_of,
)

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import HourBucket, LearningArea, Programme, Stage
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Content:
    """All that a version holds, read at once. Units stand by stage and order; links are pairs of keys.

    `teaches` is (outcome, unit), `sees` (outcome, assessment).
    """

    version: CurriculumVersion
    stages: Sequence[Stage]
    areas: Sequence[LearningArea]
    buckets: Sequence[HourBucket]
    targets: Mapping[Cell, int]
    units: Sequence[ChosenUnit]
    outcomes: Sequence[VersionOutcome]
    assessments: Sequence[VersionAssessment]
    teaches: frozenset[tuple[str, str]]
    sees: frozenset[tuple[str, str]]

    def of_stage(self, stage: str) -> list[ChosenUnit]:
        """The units of a stage, in order."""
        return [unit for unit in self.units if unit.stage == stage]

    def outcomes_of(self, unit: str) -> list[VersionOutcome]:
        """The outcomes that a unit teaches."""
        return [one for one in self.outcomes if (one.key, unit) in self.teaches]

    def units_of(self, outcome: str) -> list[ChosenUnit]:
        """The units that teach an outcome."""
        return [unit for unit in self.units if (outcome, unit.key) in self.teaches]

    def assessments_of(self, outcome: str) -> list[VersionAssessment]:
        """The assessments that see an outcome."""
        return [one for one in self.assessments if (outcome, one.key) in self.sees]

    def sums(self) -> list[Sum]:
        """The hours of each stage and kind beside what is wanted."""
        return sums(self.units, self.buckets, self.stages, self.targets)


def curricula() -> models.QuerySet[Curriculum]:
    """The curricula of the open scope, newest first."""
    return Curriculum.objects.select_related("organisation", "programme").order_by("-made_at", "-pk")


def versions() -> models.QuerySet[CurriculumVersion]:
    """The versions of the open scope, of each curriculum the newest first."""
    return CurriculumVersion.objects.select_related(
        "curriculum__organisation", "curriculum__programme", "scheme", "made_by", "changed_by", "approved_by",
        "grown_from", "programme",
    ).order_by("curriculum", "-number")  # fmt: skip


def programmes_to_choose() -> models.QuerySet[Programme]:
    """Programmes that new people may begin: of those that versions were written as only the ones in force."""
    written = CurriculumVersion._base_manager.filter(programme__isnull=False).exclude(state="active")
    return programmes().exclude(pk__in=written.order_by().values("programme"))


def cards() -> models.QuerySet[UnitCard]:
    """The library of the open scope, by key."""
    return UnitCard.objects.select_related("organisation", "changed_by").order_by("key", "pk")


def reviews() -> models.QuerySet[VersionReview]:
    """The reviews of the open scope, newest first."""
    rows = VersionReview.objects.select_related("version__curriculum__organisation", "opened_by")
    return rows.order_by("-opened_at", "-pk")


def cards_to_choose(version: CurriculumVersion) -> list[UnitCard]:
    """What the library of a version's curriculum offers, with outcomes; two queries."""
    rows = UnitCard.objects.filter(organisation=version.curriculum.organisation_id, state="offered")
    return list(rows.order_by("key").prefetch_related("outcomes"))


def content_of(version: CurriculumVersion) -> Content:
    """A version whole; nine queries however much it holds."""
    programme = version.curriculum.programme_id
    stages = stages_of(programme)
    place = {stage.key: stage.order for stage in stages}
    chosen = version.units.select_related("card")
    units = sorted(chosen, key=lambda unit: (place.get(unit.stage, 0), unit.order, unit.pk))
    outcomes, assessments = list(version.outcomes.all()), list(version.assessments.all())
    return Content(
        version=version,
        stages=stages,
        areas=areas_of(programme),
        buckets=buckets_by_programme([programme]).get(programme, []),
        targets={(row.stage, row.bucket): row.minutes for row in StageTarget.objects.filter(version=version)},
        units=units,
        outcomes=outcomes,
        assessments=assessments,
        teaches=_pairs(VersionOutcome.units.through, "chosenunit", version),
        sees=_pairs(VersionAssessment.outcomes.through, "versionassessment", version),
    )


def _pairs(link: type[models.Model], other: str, version: CurriculumVersion) -> frozenset[tuple[str, str]]:
    rows = link._default_manager.filter(versionoutcome__version=version)
    return frozenset(rows.values_list("versionoutcome__key", f"{other}__key"))


def pins_of(version: CurriculumVersion) -> dict[str, CardPin]:
    """card key → what was said of it for drafts; one query."""
    rows = CardPin.objects.filter(version=version).select_related("card")
    return {row.card.key: row for row in rows}


def versions_by_curriculum(ids: Iterable[int]) -> dict[int, list[CurriculumVersion]]:
    """curriculum id → its versions of the open scope, newest first; one query."""
    found: dict[int, list[CurriculumVersion]] = defaultdict(list)
    for row in versions().filter(curriculum__in=set(ids)):
        found[row.curriculum_id].append(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Offer:
    """What cards of a library may name: stages, kinds of hours and areas of the programmes of its curricula, by key."""

    stages: Mapping[str, Stage]
    buckets: Mapping[str, HourBucket]
    areas: Mapping[str, LearningArea]


def offer_of(organisation_id: int) -> Offer:
    """The words that cards choose among; those of every programme while there is no curriculum. Five queries."""
    rows = Curriculum._base_manager.filter(organisation=organisation_id)
    ids = list(rows.order_by("pk").values_list("programme_id", flat=True).distinct())
    ids = ids or list(programmes().order_by("pk").values_list("pk", flat=True))
    stages = [one for found in stages_by_programme(ids).values() for one in found]
    buckets = [one for found in buckets_by_programme(ids).values() for one in found]
    areas = [one for found in areas_by_programme(ids).values() for one in found]
    return Offer(_first(stages), _first(buckets), _first(areas))


def _first(rows: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(row.key, row)
    return found


def reviewers_of(review: VersionReview) -> list[Reviewer]:
    """Everybody who was asked, by side and name; one query."""
    return list(review.reviewers.select_related("person", "organisation").order_by("side", "person__name"))


def asked_of(person: Person) -> list[Reviewer]:
    """What somebody was asked to review, what waits first; one query."""
    rows = Reviewer.objects.filter(person=person).select_related("review__version__curriculum")
    waits = models.Case(models.When(review__state="open", vote="", then=0), default=1)
    return list(rows.order_by(waits, "-review__opened_at")[:100])
