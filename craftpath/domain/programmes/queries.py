"""Reading programmes and schemes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from craftpath.domain.programmes.models import (
    EvaluationScheme,
    HourBucket,
    LearningArea,
    Outcome,
    Programme,
    Provision,
    Stage,
    Unit,
)


def programmes() -> models.QuerySet[Programme]:
    """The programmes of the open scope: own ones, China's preset, the others; by key, newest version first."""
    china = models.Case(models.When(jurisdiction="CN", then=0), default=1)
    return Programme.objects.order_by(
        models.F("organisation_id").desc(nulls_last=True), china, "key", "-version"
    )


def root_key(programme: str) -> models.Case:
    """As an expression: the key by which presets find the programme at this path of the row."""
    return models.Case(
        models.When(**{f"{programme}__root": "", "then": models.F(f"{programme}__key")}),
        default=models.F(f"{programme}__root"),
    )


def stages_of(programme_id: int) -> list[Stage]:
    """The path in order."""
    return list(Stage.objects.filter(programme=programme_id).order_by("order"))


def stages_by_programme(programme_ids: Iterable[int]) -> dict[int, list[Stage]]:
    """programme id → its path in order; one query."""
    found: dict[int, list[Stage]] = {}
    for stage in Stage.objects.filter(programme__in=set(programme_ids)).order_by("order"):
        found.setdefault(stage.programme_id, []).append(stage)
    return found


STAGE_FIELDS = ("id", "order", "key", "name")  # what tables say of a stage, in the order of its columns


def stage_from(values: Sequence[Any]) -> Stage:
    """A stage of which another query has read `STAGE_FIELDS` already."""
    return Stage.from_db(None, STAGE_FIELDS, values)


def schemes_by_id(ids: Iterable[int]) -> dict[int, EvaluationScheme]:
    """scheme id → the scheme, whoever keeps it: for those who see what it judges; one query."""
    return EvaluationScheme._base_manager.in_bulk(set(ids))


def stage_after(stage: Stage) -> Stage | None:
    """The next step of the path, or None at its end."""
    return Stage.objects.filter(programme=stage.programme_id, order=stage.order + 1).first()


def areas_of(programme_id: int) -> list[LearningArea]:
    """The learning areas in order."""
    return list(LearningArea.objects.filter(programme=programme_id).order_by("order"))


def areas_by_programme(programme_ids: Iterable[int]) -> dict[int, list[LearningArea]]:
    """programme id → its learning areas in order; one query."""
    found: dict[int, list[LearningArea]] = {}
    for area in LearningArea.objects.filter(programme__in=set(programme_ids)).order_by("order"):
        found.setdefault(area.programme_id, []).append(area)
    return found


def stages_everywhere() -> list[Stage]:
    """Each stage once, by its key, of all programmes; one query."""
    found: dict[str, Stage] = {}
    for stage in Stage.objects.order_by("programme_id", "order"):
        found.setdefault(stage.key, stage)
    return list(found.values())


def stages_named(keys: Iterable[str]) -> list[Stage]:
    """One stage for each of these keys, of the programme that had it first; one query."""
    first = Stage.objects.filter(key__in=list(keys)).order_by().values("key").annotate(first=models.Min("pk"))
    return list(Stage.objects.filter(pk__in=first.values("first")).order_by("order"))


def areas_everywhere() -> list[LearningArea]:
    """Each learning area once, by its key, of all programmes; one query."""
    found: dict[str, LearningArea] = {}
    for area in LearningArea.objects.order_by("programme_id", "order"):
        found.setdefault(area.key, area)
    return list(found.values())


def provisions_of(programme_id: int) -> list[Provision]:
    """What is laid down beside the evaluation, in order."""
    return list(Provision.objects.filter(programme=programme_id).order_by("order"))


def provisions_by_programme(programme_ids: Iterable[int]) -> dict[int, list[Provision]]:
    """programme id → the same; one query."""
    found: dict[int, list[Provision]] = {}
    for row in Provision.objects.filter(programme__in=set(programme_ids)).order_by("order"):
        found.setdefault(row.programme_id, []).append(row)
    return found


def buckets_by_programme(programme_ids: Iterable[int]) -> dict[int, list[HourBucket]]:
    """programme id → its kinds of hours, in order; one query."""
    found: dict[int, list[HourBucket]] = {}
    for bucket in HourBucket.objects.filter(programme__in=set(programme_ids)).order_by("order"):
        found.setdefault(bucket.programme_id, []).append(bucket)
    return found


def units_of(programme_id: int) -> list[Unit]:
    """The units in order, with their stages and outcomes; two queries."""
    rows = Unit.objects.filter(programme=programme_id).select_related("stage").prefetch_related("outcomes")
    return list(rows.order_by("order"))


def outcomes() -> list[Outcome]:
    """Every outcome of the programmes of the open scope, with its unit and programme, in their order; one query."""
    rows = Outcome.objects.filter(unit__programme__in=Programme.objects.order_by().values("pk"))
    return list(rows.select_related("unit__programme").order_by("unit__programme", "unit__order", "order"))


def outcomes_known(ids: Iterable[int]) -> set[int]:
    """Which of these are outcomes of programmes of the open scope; one query."""
    seen = Programme.objects.order_by().values("pk")
    rows = Outcome.objects.filter(pk__in=set(ids), unit__programme__in=seen)
    return set(rows.order_by().values_list("pk", flat=True))


def figure_laid_down(programme_id: int, keys: Sequence[str], day: date) -> Decimal | None:
    """The figure of the first of these provisions that is in force on a day; None if there is none."""
    return _figures(Provision.objects.filter(programme=programme_id), keys, day).get(programme_id)


def figures_laid_down(keys: Sequence[str], day: date) -> dict[int, Decimal]:
    """programme id → the same, of every programme that has one; one query."""
    return _figures(Provision.objects.all(), keys, day)


def _figures(provisions: models.QuerySet[Provision], keys: Sequence[str], day: date) -> dict[int, Decimal]:
    rows = provisions.filter(key__in=list(keys)).exclude(valid_from__gt=day).exclude(valid_to__lt=day)
    found: dict[int, dict[str, object]] = {}
    for row in rows.order_by("order"):
        found.setdefault(row.programme_id, {})[row.key] = row.value
    figures = {programme: _first_figure(values, keys) for programme, values in found.items()}
    return {programme: figure for programme, figure in figures.items() if figure is not None}


def _first_figure(values: Mapping[str, object], keys: Sequence[str]) -> Decimal | None:
    figures = [str(values[key]) for key in keys if isinstance(values.get(key), (int, str))]
    return next((Decimal(one) for one in figures if one.replace(".", "", 1).isdigit()), None)


def schemes() -> models.QuerySet[EvaluationScheme]:
    """The schemes of the open scope, own ones first, newest version first."""
    return EvaluationScheme.objects.select_related("programme", "organisation", "made_by").order_by(
        models.F("organisation_id").desc(nulls_last=True), "key", "-version"
    )
