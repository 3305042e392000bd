"""What items can be tagged with: outcomes of programmes and core skills, as choices of a form."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.delivery.web.frameworks.choosing import skill_choices, skill_groups
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.programmes.queries import outcomes

__all__ = ["outcome_choices", "skill_choices", "skill_groups"]

Choices = list[tuple[str, str]]


def outcome_choices(kept: Iterable[int] = ()) -> Choices:
    """Outcomes of the programmes that cohorts of the reader's follow, and those that are `kept` already; two queries.

    Whoever sees no cohort, as an assessor may, chooses among all programmes.
    """
    followed = set(cohorts().order_by().values_list("programme", flat=True).distinct())
    kept = set(kept)
    rows = [row for row in outcomes() if not followed or row.unit.programme_id in followed or row.pk in kept]
    return [(str(row.pk), f"{text(row.unit.name)} · {text(row.name)}") for row in rows]
