"""What evaluation does when others' facts are told, and how its own sound as statements in `activity`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.apprenticeships.facts import RosterTaken, RosterUndone, StagesPassed
from craftpath.domain.evaluation.actions import refresh_results
from craftpath.domain.evaluation.facts import MarksRecorded
from craftpath.domain.evaluation.models import Evaluation, Mark
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on


def _refresh(evaluations: Iterable[Evaluation], told: Told) -> None:
    for evaluation in evaluations:
        refresh_results(evaluation, by=system(told.entry.organisation), at=told.entry.at)


@on(RosterTaken)
def on_roster_taken(told: Told) -> None:
    """Who is new has a result too: everything is still open."""
    _refresh(evaluations().filter(cohort__public_id=told.fact.cohort), told)


@on(RosterUndone)
def on_roster_undone(told: Told) -> None:
    """Whoever goes again leaves no result, also if one was being reckoned at that moment."""
    _refresh(evaluations().filter(cohort__public_id=told.fact.cohort), told)


@on(StagesPassed)
def on_stages_passed(told: Told) -> None:
    """Who enters a stage appears in its evaluation."""
    if told.fact.opened:
        entered = evaluations().filter(cohort__public_id=told.fact.cohort, stage__key=told.fact.opened)
        _refresh(entered, told)


@on(MarksRecorded)
def on_marks_recorded(told: Told) -> None:
    """One statement a mark: this apprentice was scored on this item."""
    marks = list(
        Mark.objects.filter(batch=told.fact.batch).select_related(
            "enrolment__person", "evaluation__scheme", "evaluation__cohort__organisation"
        )
    )
    if not marks:
        return
    evaluation = marks[0].evaluation
    known = {item.key: item for item in items(evaluation.scheme.definition)}
    record_statements(
        [
            NewStatement(
                key=f"mark:{mark.public_id}",
                person=mark.enrolment.person,
                verb="scored",
                object_id=f"{settings.ADDRESS}/evaluations/{evaluation.public_id}/items/{mark.item}",
                object_name=_names(known[mark.item]),
                at=mark.recorded_at,
                result=_result(mark, known[mark.item]),
            )
            for mark in marks
        ],
        organisation=evaluation.cohort.organisation,
        by=system(evaluation.cohort.organisation),
        at=told.entry.at,
    )


def _names(item: ItemInfo) -> dict[str, str]:
    return {tag: words for tag, words in (("zh-Hans", item.name.zh), ("en", item.name.en)) if words}


def _result(mark: Mark, item: ItemInfo) -> dict[str, Any]:
    extension = {f"{settings.ADDRESS}/xapi/mark-status": mark.status}
    if mark.score is None:
        return {"extensions": extension}
    return {
        "score": {
            "raw": float(mark.score),
            "min": 0,
            "max": float(item.max),
            "scaled": round(float(mark.score / item.max), 4),
        },
        "extensions": extension,
    }
