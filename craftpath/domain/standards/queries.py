"""Reading frameworks and skills."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import F

from craftpath.domain.standards.crosswalks import (
    alike,
    equivalents,
    pairs_between,
    pairs_touching,
    same_as,
    ties_of,
)
from craftpath.domain.standards.models import Crosswalk, Framework, Skill
from craftpath.domain.standards.rows import content_of

__all__ = [
    "CORE",
    "alike",
    "content_of",
    "core_skills",
    "crosswalks",
    "equivalents",
    "frameworks",
    "keys_by_identifier",
    "nodes",
    "owners_of",
    "pairs_between",
    "pairs_touching",
    "same_as",
    "skills",
    "skills_by_key",
    "skills_to_find",
    "ties_of",
    "versions",
]


def frameworks() -> QuerySet[Framework]:
    """The versions that the reader sees, shared lists first, the newest version of each before older ones."""
    rows = Framework.objects.exclude(state="discarded").select_related("organisation")
    return rows.order_by(F("organisation_id").asc(nulls_first=True), "-year", "key", "-version")


def with_counts(rows: QuerySet[Framework]) -> QuerySet[Framework]:
    """The same with how many `skill_count` and `domain_count` they have; in the same query."""
    return rows.annotate(
        skill_count=Count("skills", filter=Q(skills__kind="skill")),
        domain_count=Count("skills", filter=Q(skills__kind="domain")),
    )


def keys_of_lists() -> set[str]:
    """The keys of the lists of which the reader sees a version; one query."""
    return set(frameworks().order_by().values_list("key", flat=True))


def published_to_all() -> QuerySet[Framework]:
    """The versions that anybody may read, in use or followed by another, in a fixed order; opens no scope."""
    rows = Framework._base_manager.filter(state__in=("published", "retired"))
    return rows.filter(Q(organisation__isnull=True) | Q(audience="site")).order_by("key", "-version")


def holding(identifier: str) -> QuerySet[Framework]:
    """Those of them that hold the item of this identifier, the newest version first."""
    return published_to_all().filter(skills__identifier=identifier).order_by("-version")


def versions(framework: Framework) -> QuerySet[Framework]:
    """All versions of a framework that the reader sees, the newest first."""
    return frameworks().filter(key=framework.key).order_by("-version")


def nodes(framework: Framework) -> QuerySet[Skill]:
    """Domains and skills of a version, parents first."""
    return Skill.objects.filter(framework=framework).order_by("order")


def skills(framework: str = "") -> list[Skill]:
    """Every skill of every published framework that the reader sees, or of one, in the frameworks' order; one query.

    Domains are not among them: nothing is tagged with a domain.
    """
    seen = Framework.objects.filter(state="published")
    if framework:
        seen = seen.filter(key=framework)
    rows = Skill.objects.filter(kind="skill", framework__in=seen).select_related("framework")
    return list(
        rows.order_by(
            F("framework__organisation_id").asc(nulls_first=True), "-framework__year", "framework", "order"
        )
    )


def lists() -> list[Framework]:
    """The published frameworks that the reader sees, the core skills first; one query."""
    return sorted(frameworks().filter(state="published"), key=lambda one: one.key != CORE)


def skill_seen(key: str) -> Skill | None:
    """One skill of a published framework that the reader sees; one query."""
    return _seen([key]).first()


def keys_seen(keys: Iterable[str]) -> set[str]:
    """Those of these keys that say a skill of a published framework that the reader sees; one query."""
    return set(_seen(keys).values_list("key", flat=True))


def _seen(keys: Iterable[str]) -> QuerySet[Skill]:
    return skills_to_find().filter(key__in=set(keys))


def skills_to_find() -> QuerySet[Skill]:
    """The skills of the published frameworks that the reader sees: a key says one of them."""
    published = Framework.objects.filter(state="published")
    return Skill.objects.filter(kind="skill", framework__in=published).select_related("framework")


def skills_by_key(keys: Iterable[str]) -> dict[str, Skill]:
    """key → the skill as the published version has it, else the newest one; keys that no framework knows are left out.

    Whoever sees a row that is tagged may read what the tag says, whoever keeps the framework.
    """
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    in_use = Case(
        When(framework__state="published", then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    rows = Skill.objects.filter(kind="skill", key__in=wanted).select_related("framework")
    return {row.key: row for row in rows.order_by(in_use, "framework__version", "order")}


def keys_by_identifier(identifiers: Iterable[str]) -> dict[str, str]:
    """Identifier of an exchange → the key of the skill that bears it on this site; one query."""
    rows = Skill.objects.filter(identifier__in=set(identifiers)).order_by("framework__version")
    return dict(rows.values_list("identifier", "key"))


def owners_of(keys: Iterable[str]) -> dict[str, str]:
    """Key of a skill or domain on this site → the key of its framework; one query."""
    rows = Skill.objects.filter(key__in=set(keys)).order_by("framework__version")
    return dict(rows.values_list("key", "framework__key"))


def crosswalks() -> QuerySet[Crosswalk]:
    """The pairs that the reader sees."""
    return Crosswalk.objects.select_related("organisation")


CORE = "ilo-core-skills-2021"
"""The framework of the core skills that every programme reports beside its technical results."""


def core_skills() -> list[Skill]:
    """The core skills of the published version of their framework, in its order; one query."""
    return skills(CORE)
