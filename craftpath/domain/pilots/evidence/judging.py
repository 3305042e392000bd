"""What the record says of judging: rubrics, practical work, results."""

from __future__ import annotations

from django.db.models import Count, Q

from craftpath.domain.evaluation.queries import evaluations_of, results
from craftpath.domain.judging.queries import practicals, usable_rubrics
from craftpath.domain.pilots.registry import Asked, Found, counted, provides


@provides("rubrics_ready")
def _rubrics(asked: Asked) -> Found:
    """Rubrics that the members' organisations may judge with."""
    mine = Q()
    for path in asked.members:
        mine |= Q(organisation__path__startswith=path)
    count = usable_rubrics().filter(mine).order_by().count() if asked.members else 0
    return Found("rubrics_ready", count > 0, {"count": count})


@provides("practicals_published")
def _practicals(asked: Asked) -> Found:
    """Pieces of practical work of the classes that are closed, each rated and its marks published."""
    rows = practicals().filter(evaluation__cohort__in=asked.classes).exclude(state="cancelled").order_by()
    found = rows.aggregate(of=Count("pk"), done=Count("pk", filter=Q(state="closed")))
    return counted("practicals_published", found["done"], found["of"])


@provides("results_decided")
def _results(asked: Asked) -> Found:
    """Apprentices of the classes whose result in the newest evaluation is decided."""
    newest: dict[int, int] = {}
    for row in evaluations_of(asked.classes):
        newest[row.cohort_id] = max(row.pk, newest.get(row.cohort_id, 0))
    rows = results().filter(evaluation__in=newest.values()).order_by()
    found = rows.aggregate(of=Count("pk"), done=Count("pk", filter=Q(decided__isnull=False)))
    return counted("results_decided", found["done"], found["of"])
