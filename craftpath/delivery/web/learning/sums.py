"""Sums of attendance: one cohort, apprentice by apprentice, on a page and as a table to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.learning.trail import tabs
from craftpath.delivery.web.shell.lists import exported, listing, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.learning import queries
from craftpath.domain.learning.texts import STATUSES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

A_PAGE = 60


@dataclass(frozen=True, slots=True)
class SumLine:
    """One apprentice: how often as what, and hours there and in the ledger."""

    enrolment: Enrolment
    tally: queries.Tally | None

    @property
    def cells(self) -> list[int]:
        """How often as what, in the order of the statuses."""
        return [self.tally.statuses.get(name, 0) if self.tally else 0 for name in STATUSES]

    @property
    def there(self) -> str:
        """Hours there."""
        return _hours(self.tally.there if self.tally else 0)

    @property
    def counted(self) -> str:
        """Hours in the ledger."""
        return _hours(self.tally.counted if self.tally else 0)


def _hours(minutes: int) -> str:
    """Hours with at most one place: 95 minutes are 1.6."""
    whole, rest = divmod(minutes * 10 + 30, 600)
    return f"{whole}.{rest // 60}" if rest // 60 else f"{whole}"


def lines(rows: Sequence[Enrolment]) -> list[SumLine]:
    """Their sums; one query."""
    found = queries.tallies(row.pk for row in rows)
    return [SumLine(row, found.get(row.pk)) for row in rows]


@require_GET
@needs(Permission.SEE_RESULTS)
def sums(request: Request, organisation: str) -> HttpResponse:
    """The sums of one cohort, its share online, and the lines of which people say different things."""
    shown = [row for row in cohorts() if row.state != "planned"]
    chosen = plain_id(request.GET.get("cohort", ""))
    cohort = next((row for row in shown if row.public_id == chosen), shown[0] if shown else None)
    people = enrolments().filter(cohort=cohort, state="active") if cohort else enrolments().none()
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "learning/sums.html",
        {
            "cohort": cohort,
            "ways": ways_out(request, "attendance", cohort.public_id) if cohort else {},
            "cohort_choices": [(row.public_id, text(row.name)) for row in shown],
            "lines": lines(list(page.object_list)),
            "page": page,
            "heads": list(STATUSES.values()),
            "share": queries.online_shares([cohort]).get(cohort.pk) if cohort else None,
            "open": list(queries.differences().filter(enrolment__cohort=cohort)[:A_PAGE]) if cohort else [],
            "statuses": STATUSES,
            "tabs": tabs(request, "learning:sums"),
        },
    )


@require_GET
@needs(Permission.SEE_RESULTS)
def export(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """The same sums of everybody in the cohort as a file."""
    require_form(form)
    found = get_object_or_404(cohorts(), public_id=cohort)
    heads = [
        Head(_("Number"), text=True),
        Head(_("Name")),
        *(
            Head(name, figures=True)
            for name in (
                _("Sessions"), *(str(status) for status in STATUSES.values()), _("There, %"), _("Hours there"),
                _("Hours in the ledger"),
            )
        ),
    ]  # fmt: skip
    rows = [
        (
            line.enrolment.number,
            line.enrolment.person.name,
            line.tally.marked if line.tally else 0,
            *line.cells,
            line.tally.rate if line.tally else None,
            Decimal(line.there),
            Decimal(line.counted),
        )
        for line in lines(list(enrolments().filter(cohort=found, state="active")))
    ]
    return sent(request, listing(_("Attendance"), text(found.name), heads, rows), form)


exported("attendance", screen="learning:sums", file="learning:export", caption="Attendance")
