"""What the record says of preparing and teaching: plans, teams, sessions, hours."""

from __future__ import annotations

from django.db.models import Count, Q

from craftpath.domain.learning.queries import sessions
from craftpath.domain.pilots.registry import Asked, Found, counted, provides
from craftpath.domain.programmes.queries import units_of
from craftpath.domain.standards.queries import skills
from craftpath.domain.teaching.queries import open_teams, parts_of, taught_by_kind
from craftpath.domain.training.coverage import coverage
from craftpath.domain.training.queries import plans_by_cohort
from craftpath.domain.training.unit_days import units_of_cohorts


@provides("skills_known")
def _skills(_asked: Asked) -> Found:
    """Skills of the frameworks that the site knows."""
    known = skills()
    return Found("skills_known", bool(known), {"count": len(known)})


@provides("plans_cover")
def _plans(asked: Asked) -> Found:
    """Classes whose plan has a unit for every outcome of their programme."""
    plans, units = plans_by_cohort(asked.classes), units_of_cohorts(asked.classes)
    known = {programme: units_of(programme) for programme in set(asked.programmes.values())}
    covered = sum(
        cohort in plans and not coverage(units.get(cohort, []), known[programme], (), ()).missing
        for cohort, programme in asked.programmes.items()
    )
    return counted("plans_cover", covered, len(asked.classes))


@provides("units_teamed")
def _teams(asked: Asked) -> Found:
    """Units of the classes' plans that a team teaches."""
    units = sum(len(rows) for rows in units_of_cohorts(asked.classes).values())
    return counted("units_teamed", len(open_teams(asked.classes)), units)


def _sessions(asked: Asked, *, past: bool) -> dict[str, int]:
    """Sessions of the classes since the round began: all, with a teacher, held."""
    rows = (
        sessions()
        .filter(cohorts__cohort__in=asked.classes, starts_at__gte=asked.round.opened_at)
        .exclude(state="cancelled")
    )
    if past:
        rows = rows.filter(ends_at__lt=asked.at)
    return (
        rows.order_by()
        .prefetch_related(None)
        .aggregate(
            of=Count("pk", distinct=True),
            taught=Count("pk", distinct=True, filter=Q(teachers__isnull=False)),
            held=Count("pk", distinct=True, filter=Q(state__in=("held", "closed"))),
        )
    )


@provides("sessions_staffed")
def _staffed(asked: Asked) -> Found:
    """Sessions planned since the round began that have somebody who teaches."""
    found = _sessions(asked, past=False)
    return counted("sessions_staffed", found["taught"], found["of"])


@provides("sessions_held")
def _held(asked: Asked) -> Found:
    """Sessions that are over, and were held with a roll call."""
    found = _sessions(asked, past=True)
    return counted("sessions_held", found["held"], found["of"])


@provides("hours_taught")
def _hours(asked: Asked) -> Found:
    """Confirmed minutes of teaching teams against what their members have taken on."""
    teams = list(open_teams(asked.classes).values())
    planned = sum(part.planned for parts in parts_of(teams).values() for part in parts)
    taught = sum(minutes for kinds in taught_by_kind(asked.classes).values() for minutes in kinds.values())
    return counted("hours_taught", taught, planned)
