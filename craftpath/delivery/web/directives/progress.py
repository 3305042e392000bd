"""How far the lines of a quota are: counted from those who began in that year, without naming anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import ExtractYear

from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.directives import queries
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Directive, QuotaLine

WHY = "a quota counts all who began, and names nobody"


@dataclass(frozen=True, slots=True)
class Progress:
    """A line with how many of it have begun."""

    line: QuotaLine
    begun: int

    @property
    def percent(self) -> int:
        """Of the number asked for."""
        return 100 * self.begun // self.line.count


def same(one: Any, other: Any) -> bool:
    """Whether two names of an occupation mean one: the Chinese or the English name is the same."""
    a, b = Text.of(one), Text.of(other)
    names = {name.strip().casefold() for name in (a.zh, a.en) if name.strip()}
    return bool(names & {name.strip().casefold() for name in (b.zh, b.en) if name.strip()})


def progress_of(directive: Directive) -> list[Progress]:
    """Every line with its count; two queries however many."""
    lines = queries.quotas_of(directive)
    if not lines:
        return []
    with everywhere(WHY):
        rows = (
            enrolments().order_by().filter(cohort__organisation__path__startswith=directive.organisation.path)
            .annotate(year=ExtractYear("starts_on"))
            .values_list("cohort__organisation__path", "cohort__occupation", "year")
            .annotate(count=Count("pk"))
        )  # fmt: skip
        found = list(rows)
    return [
        Progress(
            line,
            sum(
                count
                for path, occupation, year, count in found
                if year == line.year
                and path.startswith(line.organisation.path)
                and same(occupation, line.occupation)
            ),
        )
        for line in lines
    ]
