"""What rubrics say of core skills: published ratings of criteria that name one, and works that are still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.judging.models import Judgement, Practical, Rating, Rubric
from craftpath.domain.judging.rubrics import NOT_OBSERVED, CriterionInfo, criteria_of, levels_of
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Rated:
    """What the raters whose marks count saw at one criterion of one published work.

    `part` is the key of the criterion. `value` is 0–1 between the lowest and the highest level, the mean of several
    raters; None: nobody observed it. `said` has the raters' words, `by` their names, those of peers left out. `stage`
    is the id of the stage that the work is judged in.
    """

    enrolment: int
    skill: str
    at: datetime
    practical: str
    title: str
    part: str
    criterion: Text
    value: float | None
    said: tuple[str, ...]
    by: tuple[str, ...]
    stage: int


def rated(group: Group) -> Iterator[Rated]:
    """Published criteria with a core skill, of these apprentices, whoever asks; three queries.

    A mark that is looked at anew is left out until it is published again; the apprentice's own rating never counts.
    """
    rows = list(
        Judgement._base_manager.filter(group.at("enrolment"), reopened_at__isnull=True)
        .select_related("practical__evaluation")
        .order_by("pk")
    )
    rubrics = {
        row.pk: row.definition
        for row in Rubric._base_manager.filter(pk__in={row.practical.rubric_id for row in rows})
        if any(one.get("skill") for one in row.definition["criteria"])
    }
    rows = [row for row in rows if row.enrolment_id in group and row.practical.rubric_id in rubrics]
    given = _ratings(group, {row.practical_id for row in rows})
    for row in rows:
        definition = rubrics[row.practical.rubric_id]
        counted = [given[one["rating"]] for one in row.ratings if one["counted"] and one["rating"] in given]
        for criterion in criteria_of(definition):
            if criterion.skill and counted:
                yield _rated(row, criterion, definition, counted)


def _ratings(group: Group, practicals: Collection[int]) -> dict[str, Rating]:
    rows = Rating._base_manager.filter(group.at("rater__enrolment"), rater__practical__in=practicals)
    return {row.public_id: row for row in rows.select_related("rater__person")}


def _rated(
    row: Judgement, criterion: CriterionInfo, definition: Mapping[str, Any], counted: Sequence[Rating]
) -> Rated:
    places = {Decimal(one.value): n for n, one in enumerate(levels_of(definition))}
    seen = [one.levels.get(criterion.key, NOT_OBSERVED) for one in counted]
    values = [places[Decimal(one)] / (len(places) - 1) for one in seen if one != NOT_OBSERVED]
    return Rated(
        enrolment=row.enrolment_id,
        skill=criterion.skill,
        at=row.made_at,
        practical=row.practical.public_id,
        title=row.practical.title,
        part=criterion.key,
        criterion=criterion.name,
        value=sum(values) / len(values) if values else None,
        said=tuple(one.words for one in counted if one.words),
        by=tuple(one.rater.person.name for one in counted if one.rater.kind != "peer"),
        stage=row.practical.evaluation.stage_id,
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """An open practical assessment with a criterion for a skill: where it can be shown next."""

    skill: str
    practical: str
    title: str
    due_on: date


def coming(enrolment_id: int) -> list[Coming]:
    """Open works of one apprentice, not published yet, with a criterion for a skill, the nearest first; two queries."""
    done = Judgement._base_manager.filter(enrolment=enrolment_id, reopened_at__isnull=True)
    rows = Practical._base_manager.filter(raters__enrolment=enrolment_id, state="open").distinct()
    rows = rows.exclude(pk__in=done.values("practical_id")).select_related("rubric").order_by("due_on", "pk")
    return [
        Coming(one["skill"], row.public_id, row.title, row.due_on)
        for row in rows
        for one in row.rubric.definition["criteria"]
        if one.get("skill")
    ]
