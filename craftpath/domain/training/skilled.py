"""What plans say of core skills: units that an apprentice has been through, units ahead, and which practise one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from craftpath.domain.apprenticeships.groups import Group
from craftpath.domain.training.models import PlanUnit, Stay


@dataclass(frozen=True, slots=True)
class Taught:
    """A stay of an apprentice in a unit that practises skills; `ends_on` is its last day."""

    enrolment: int
    skills: tuple[str, ...]
    public_id: str
    unit: Mapping[str, str]
    place: Mapping[str, str]
    starts_on: date
    ends_on: date


def stays_with_skills(group: Group) -> Iterator[Taught]:
    """Every stay of these apprentices in such a unit, past and ahead, whoever asks; one query."""
    rows = Stay._base_manager.filter(group.at("enrolment")).exclude(state="cancelled")
    told = (
        "enrolment_id", "unit__skills", "public_id", "unit__name", "host__name", "starts_on", "ends_on",
    )  # fmt: skip
    for who, skills, *rest in rows.order_by("starts_on", "pk").values_list(*told):
        if skills and who in group:
            yield Taught(who, tuple(skills), *rest)


def planned_by_skill(cohort_id: int, stage: str) -> dict[str, list[PlanUnit]]:
    """key of a skill → the units of a stage (its key) that practise it, as the cohort's plan has them; one query."""
    found: dict[str, list[PlanUnit]] = {}
    for unit in PlanUnit.objects.filter(plan__cohort=cohort_id, stage=stage, minutes__gt=0):
        for skill in unit.skills:
            found.setdefault(skill, []).append(unit)
    return found
