"""What a version still lacks: hours, an empty row or column of the coverage, a unit before what it needs.

Gaps are computed, never stored. Their facts hold names as `Text`; sentences are chosen at the door.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from craftpath.domain.curricula.hours import counted_as, over_path, programme_minutes
from craftpath.domain.curricula.library import circles
from craftpath.domain.curricula.models import ChosenUnit

if TYPE_CHECKING:
    from craftpath.domain.curricula.queries import Content
    from craftpath.domain.programmes.models import HourBucket

NOT_WAIVED = ("curricula.gap_no_units", "curricula.gap_no_scheme")
"""Without these there is nothing that a cohort could follow."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A reason code with its facts, and where to look: a kind (`stage`, `unit`, `outcome`, `assessment`) and a key."""

    code: str
    kind: str = ""
    key: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def gaps_of(content: Content) -> list[Gap]:
    """Everything that a version lacks, the plainest first: empty if it may be approved as it is."""
    return [
        *_whole(content), *hour_gaps(content), *coverage_gaps(content), *order_gaps(content)
    ]  # fmt: skip


def _whole(content: Content) -> Iterator[Gap]:
    if not content.units:
        yield Gap("curricula.gap_no_units")
    if content.version.scheme_id is None:
        yield Gap("curricula.gap_no_scheme")


# ---- Hours: units to stages, stages to the programme (each a sum) ---------------------------------


def hour_gaps(content: Content) -> Iterator[Gap]:
    """Stages whose units do not come to their hours; kinds whose stages do not come to the programme's; caps passed."""
    stages = {stage.key: stage.title for stage in content.stages}
    buckets = {bucket.key: bucket for bucket in content.buckets}
    for one in content.sums():
        if one.over:
            facts = {
                "stage": stages[one.stage], "bucket": buckets[one.bucket].title, "minutes": abs(one.over),
                "have": one.minutes, "target": one.target,
            }  # fmt: skip
            code = "curricula.gap_hours_over" if one.over > 0 else "curricula.gap_hours_under"
            yield Gap(code, "stage", one.stage, facts)
    for bucket in content.buckets:
        yield from _of_programme(content, bucket)


def _of_programme(content: Content, bucket: HourBucket) -> Iterator[Gap]:
    whole = programme_minutes(bucket, content.stages)
    planned = sum(minutes for (_stage, key), minutes in content.targets.items() if key == bucket.key)
    if whole is not None and planned != whole:
        facts = {"bucket": bucket.title, "planned": planned, "whole": whole}
        yield Gap("curricula.gap_programme_hours", "targets", bucket.key, facts)
    if bucket.cap_minutes is not None:
        most = over_path(bucket.cap_minutes, bucket, content.stages)
        have = sum(
            unit.minutes for unit in content.units if bucket.key in counted_as(unit.bucket, content.buckets)
        )
        if have > most:
            facts = {"bucket": bucket.title, "have": have, "most": most}
            yield Gap("curricula.gap_over_cap", "targets", bucket.key, facts)


# ---- Coverage: no empty row, no empty column -------------------------------------------------------


def coverage_gaps(content: Content) -> Iterator[Gap]:
    """Outcomes that nobody teaches or sees, units and assessments that serve no outcome."""
    taught, seen = {one for one, _ in content.teaches}, {one for one, _ in content.sees}
    teaching, seeing = {key for _, key in content.teaches}, {key for _, key in content.sees}
    for outcome in content.outcomes:
        if outcome.key not in taught:
            yield Gap("curricula.gap_outcome_untaught", "outcome", outcome.key, {"outcome": outcome.title})
        if outcome.key not in seen:
            yield Gap("curricula.gap_outcome_unseen", "outcome", outcome.key, {"outcome": outcome.title})
    for unit in content.units:
        if unit.key not in teaching:
            yield Gap("curricula.gap_unit_empty", "unit", unit.key, {"unit": unit.title})
    for one in content.assessments:
        if one.key not in seeing:
            facts = {"assessment": one.title}
            yield Gap("curricula.gap_assessment_empty", "assessment", one.key, facts)


# ---- Order: what a unit needs comes before it ------------------------------------------------------


def order_gaps(content: Content) -> Iterator[Gap]:
    """Units that come before what they need, that need what is not chosen, or each other."""
    place = {unit.key: at for at, unit in enumerate(content.units)}
    titles = {unit.key: unit.title for unit in content.units}
    for unit in content.units:
        for wanted in unit.prerequisites:
            facts = {"unit": unit.title, "wanted": titles.get(wanted, wanted)}
            if wanted not in place:
                yield Gap("curricula.gap_needs_missing", "unit", unit.key, facts)
            elif place[wanted] > place[unit.key]:
                yield Gap("curricula.gap_needs_later", "unit", unit.key, facts)
    needs = {unit.key: unit.prerequisites for unit in content.units}
    for circle in circles(needs, needs):
        yield Gap("curricula.gap_circle", "unit", circle[0], {"circle": [titles[key] for key in circle]})


def by_unit(gaps: list[Gap]) -> Mapping[str, list[Gap]]:
    """unit key → its gaps."""
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        if gap.kind == "unit":
            found[gap.key].append(gap)
    return found


def area_minutes(content: Content) -> dict[str, float]:
    """learning area → minutes: a unit's own area, else its outcomes' in equal parts; `""` where nothing says."""
    found: dict[str, float] = defaultdict(float)
    for unit in content.units:
        for area, share in _areas(unit, content).items():
            found[area] += unit.minutes * share
    return dict(found)


def _areas(unit: ChosenUnit, content: Content) -> dict[str, float]:
    if unit.area:
        return {unit.area: 1.0}
    named = [one.area for one in content.outcomes_of(unit.key) if one.area]
    found: dict[str, float] = defaultdict(float)
    for area in named:
        found[area] += 1 / len(named)
    return found or {"": 1.0}
