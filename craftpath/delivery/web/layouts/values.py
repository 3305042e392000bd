"""What the placeholders of a layout stand for in one stage: the table of the results page, and what stands around it.

Figures are taken from that table as it is, so screen, export and layout cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import get_language

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.layout_filling import Values
from craftpath.delivery.exchange.layout_names import Names
from craftpath.delivery.exchange.layout_sources import Source, fills_from
from craftpath.delivery.web.evaluation.filtering import Filter
from craftpath.delivery.web.evaluation.overview import ranks
from craftpath.delivery.web.evaluation.summary import summary_of
from craftpath.delivery.web.evaluation.tables import table_of
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.apprenticeships.queries import mentor_names
from craftpath.domain.evaluation.cohort_tables import briefs, with_newest_mark
from craftpath.domain.evaluation.queries import Row, current_marks, evaluations, results_of_cohort
from craftpath.domain.evaluation.rules import may_see_results
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.evaluation.versions import decided_days
from craftpath.domain.programmes.definition import components, items
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Kind, Organisation

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation


def names_of(evaluation: Evaluation) -> Names:
    """What a layout may ask for in this stage."""
    return Names(components(evaluation.scheme.definition))


def values_of(request: Request, evaluation: Evaluation) -> Values:
    """The rows that the address filters, in its order; the same few queries for one person and for thousands."""
    return _values(evaluation, request.GET, request.today, request.user.name)


@fills_from("evaluation")
def source(public_id: str, query: str, by: Actor, today: date) -> Source | None:
    """The same for a worker, who has no request: whoever asked sees through the open scope what they see here."""
    found = with_newest_mark(evaluations()).filter(public_id=public_id).first()
    if found is None or by.sees_only_own or not may_see_results(by):
        return None
    asked_by = by.person.name if by.person is not None else ""
    values = _values(found, QueryDict(query), today, asked_by)
    title = f"{text(found.cohort.name)}-{text(found.stage.name)}"
    return Source(found.cohort.organisation, names_of(found), values, title)


def _values(evaluation: Evaluation, given: Mapping[str, Any], today: date, filled_by: str) -> Values:
    definition = evaluation.scheme.definition
    asked = Filter.of(given, definition)
    wanted = asked.of_rows(briefs(evaluation, asked.needs), definition)
    by_number = {row.enrolment.number: row for row in results_of_cohort(evaluation)}
    rows = [by_number[brief.number] for brief in wanted if brief.number in by_number]
    once = _once(evaluation, rows, today, filled_by)
    return Values(once, _people(evaluation, rows), said)


def said(value: Cell) -> str:
    """A value among words."""
    if value is None:
        return "–"
    if isinstance(value, date):
        return day(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _once(evaluation: Evaluation, rows: list[Row], today: date, filled_by: str) -> dict[str, Cell]:
    cohort, scheme = evaluation.cohort, evaluation.scheme
    figures = summary_of(evaluation, rows, floor=False)
    totals = [row.total for row in rows if row.total is not None]
    met = figures.met or 0
    return {
        "college": text(_college(cohort.organisation).name),
        "campus": text(cohort.organisation.name),
        "cohort": text(cohort.name),
        "occupation": text(cohort.occupation),
        "programme": text(cohort.programme.name),
        "stage": text(evaluation.stage.name),
        "scheme": text(scheme.name),
        "version": scheme.version,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "today": today,
        "filled_by": filled_by,
        "people": figures.n,
        "complete_count": figures.complete,
        "open_count": figures.open,
        "passed_count": met,
        "failed_count": sum(row.passed is False for row in rows),
        "decided_count": figures.decided,
        "average": figures.mean,
        "highest": max(totals, default=None),
        "lowest": min(totals, default=None),
    }


def _college(organisation: Organisation) -> Organisation:
    """The nearest college at or above; the organisation itself where there is none."""
    above = [*Organisation.objects.get_ancestors(organisation), organisation]
    return next((one for one in reversed(above) if one.kind in (Kind.COLLEGE, Kind.INSTITUTE)), organisation)


def _people(evaluation: Evaluation, rows: list[Row]) -> list[dict[str, Cell]]:
    table = table_of(evaluation, rows, ranks(evaluation))
    keys = [column.key for column in table.columns]
    mentors, days = mentor_names(evaluation.cohort_id), decided_days(evaluation)
    marks = _marks(evaluation)
    return [
        {
            "rank": None,  # where the table has none
            **dict(zip(keys, line.cells, strict=True)),
            **marks.get(row.enrolment.number, {}),
            "line": place,
            "name_latin": row.enrolment.person.name_latin or None,
            "mentor": listed(mentors.get(row.enrolment.pk, [])) or None,
            "decided_on": days.get(row.enrolment.pk),
        }
        for place, (row, line) in enumerate(zip(rows, table.lines, strict=True), start=1)
    ]


def _marks(evaluation: Evaluation) -> dict[str, dict[str, Cell]]:
    """Student number → item → the mark as the grid shows it."""
    words = {status: str(name) for status, name in MARK_STATES.items() if status != "missing"}
    grades = {
        (item.key, grade): text(name)
        for item in items(evaluation.scheme.definition)
        for grade, name in item.grades.items()
    }
    found: dict[str, dict[str, Cell]] = {}
    for number, item, status, score, grade in current_marks(evaluation):
        other = grades.get((item, grade), grade) if grade else words.get(status)
        mark = other if score is None else _plain(score)
        found.setdefault(number, {})[f"item:{item}"] = mark
    return found


def _plain(score: Decimal) -> Decimal:
    """Without needless zeros: 88.0000 is 88."""
    whole = score.to_integral_value()
    return whole.quantize(Decimal(1)) if score == whole else score.normalize()


def language() -> str:
    """In which language names of placeholders are written."""
    return get_language() or "zh-hans"
