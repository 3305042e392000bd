"""Reading views, goals and objections."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db import models

from craftpath.domain.growth.models import SkillGoal, SkillObjection, SkillView
from craftpath.domain.standards.queries import alike, keys_seen, ties_of

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
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


def pages_of(rows: Collection[SkillObjection]) -> dict[int, str]:
    """Objection → the skill on whose page this reader finds it: the one that was named, else one that says the same.

    One query, and a few for each organisation where the list of the one that was named is not for this reader.
    """
    seen = keys_seen(row.skill for row in rows)
    hidden: dict[Organisation, set[str]] = {}
    for row in rows:
        if row.skill not in seen:
            hidden.setdefault(row.enrolment.cohort.organisation, set()).add(row.skill)
    found = {key: key for key in seen}
    for organisation, keys in hidden.items():
        same = alike(keys, ties_of(organisation))
        here = keys_seen(set().union(*same.values()))
        found |= {key: min(same[key] & here, default=key) for key in keys}
    return {row.pk: found[row.skill] for row in rows}
