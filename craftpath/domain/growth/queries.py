"""Reading views, goals and objections; where a skill is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import models

from craftpath.domain.growth.models import SkillGoal, SkillObjection, SkillView
from craftpath.domain.standards import uses
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


def views_of(enrolment_ids: Iterable[int]) -> list[SkillView]:
    """The views in force, the newest first, as far as the reader sees them; one query."""
    rows = SkillView.objects.filter(enrolment__in=list(enrolment_ids), is_current=True)
    return list(rows.select_related("by").order_by("-made_at", "-pk"))


def own_view(enrolment_id: int, stage_id: int, person: Person) -> SkillView | None:
    """What somebody said last of these skills in this stage."""
    rows = SkillView.objects.filter(enrolment=enrolment_id, stage=stage_id, by=person, is_current=True)
    return rows.first()


def goals() -> models.QuerySet[SkillGoal]:
    """Goals of the open scope with whose they are."""
    return SkillGoal.objects.select_related(
        "enrolment__person", "enrolment__cohort__organisation", "enrolment__enterprise"
    ).order_by("-set_at", "-pk")


def goals_of(enrolment_id: int) -> list[SkillGoal]:
    """Goals of one apprentice, open ones first."""
    rows = list(SkillGoal.objects.filter(enrolment=enrolment_id).order_by("-set_at", "-pk"))
    return sorted(rows, key=lambda row: row.state != "open")


def objections() -> models.QuerySet[SkillObjection]:
    """Objections of the open scope with whose they are, the oldest first."""
    return SkillObjection.objects.select_related(
        "enrolment__person", "enrolment__cohort__organisation", "enrolment__enterprise", "ended_by"
    ).order_by("raised_at", "pk")


def objections_of(enrolment_id: int) -> dict[tuple[str, str], SkillObjection]:
    """(proof, skill) → the last objection of one apprentice; one query."""
    rows = objections().filter(enrolment=enrolment_id).exclude(state="withdrawn")
    return {(row.proof, row.skill): row for row in rows}


def uses_of(keys: Collection[str]) -> dict[str, dict[str, int]]:
    """key of a skill → kind of use → how many rows of the open scope name it; one query for each kind.

    As the page of a skill counts them, turned round, and whatever the reader may do: of logs there are counts only.
    """
    counts = uses.uses_of(keys, frozenset(Permission))
    return {key: {kind: some.get(key, 0) for kind, some in counts.items()} for key in keys}
