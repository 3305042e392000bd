"""What the record says of needs and curricula: surveys answered, analyses published, priorities taught and seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from craftpath.domain.curricula.queries import versions
from craftpath.domain.needs.queries import analyses
from craftpath.domain.pilots.registry import Asked, Found, counted, provides
from craftpath.domain.surveys.queries import surveys, with_counts

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion
    from craftpath.domain.needs.models import Analysis

FEWEST = 5
"""Fewer people who are asked are no figure."""


def _within(asked: Asked, field: str) -> Q:
    """Of the pilot's office itself, of a member, or of an organisation below one."""
    found = Q(**{field.removesuffix("__path"): asked.pilot.organisation_id})
    for path in asked.members:
        found |= Q(**{f"{field}__startswith": path})
    return found


def _analysis(asked: Asked) -> Analysis | None:
    """The newest analysis that was published by then."""
    rows = analyses().filter(_within(asked, "organisation__path"), published_at__lte=asked.at)
    return rows.defer("figures").order_by("-published_at", "-pk").first()


@provides("needs_published")
def _needs(asked: Asked) -> Found:
    """A published analysis of needs: when, and of how many people."""
    row = _analysis(asked)
    if row is None or row.published_at is None:
        return Found("needs_published", False)
    on = asked.pilot.day(row.published_at)
    return Found("needs_published", True, {"on": on.isoformat(), "count": row.people or 0})


@provides("answers_in")
def _answers(asked: Asked) -> Found | None:
    """How many of those who are asked in surveys of this round have answered."""
    rows = surveys().filter(
        _within(asked, "organisation__path"),
        opened_at__gte=asked.round.opened_at,
        opened_at__lte=asked.at,
    )
    told = list(with_counts(rows).order_by("pk").values_list("people", "done"))  # type: ignore[misc]
    of = sum(people for people, _done in told)
    return counted("answers_in", sum(done for _people, done in told), of) if of >= FEWEST else None


@provides("skills_covered")
def _covered(asked: Asked) -> Found:
    """Prioritised skills named by an outcome that a unit teaches and an assessment sees, in the newest versions."""
    row = _analysis(asked)
    wanted = set(row.priorities) if row else set()
    rows = versions().filter(_within(asked, "curriculum__organisation__path")).exclude(state="retired")
    newest: dict[int, CurriculumVersion] = {}
    for one in rows.prefetch_related("outcomes__units", "outcomes__assessments"):
        newest.setdefault(one.curriculum_id, one)
    return counted("skills_covered", len(wanted & _seen(newest.values())), len(wanted))


def _seen(some: Iterable[Any]) -> set[str]:
    return {
        skill
        for version in some
        for outcome in version.outcomes.all()
        if outcome.units.all() and outcome.assessments.all()
        for skill in outcome.skills
    }
