"""Outcomes and the chart of an occupation: which chart a curriculum follows, and which outcomes serve its tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.facts import ChartFollowed
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, VersionOutcome
from craftpath.domain.occupations.queries import (
    DutyRow,
    Served,
    TaskRow,
    adopted,
    boards_of,
    charts,
    provides_service,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart
    from craftpath.kernel.organisations import Organisation

_TASK = "occupations/task/"


def task_ref(public_id: str) -> str:
    """The pointer to a task of an occupation, as outcomes keep it."""
    return str(Ref("occupations", "task", public_id))


def task_id(task: Mapping[str, Any]) -> str:
    """The public id of the task that an outcome points to; "" where it has words only."""
    ref = str(task.get("ref") or "")
    return ref.removeprefix(_TASK) if ref.startswith(_TASK) else ""


def pointing(row: TaskRow) -> dict[str, Any]:
    """A task of a chart as outcomes keep it: the pointer, and its words as they were, for sheets and paper."""
    return {"ref": task_ref(row.public_id), "words": row.statement.as_json()}


@action
def follow_chart(curriculum: Curriculum, chart: Chart | None, *, by: Actor, at: datetime) -> Curriculum:
    """Say whose tasks the outcomes of a curriculum serve; None for no chart. The same once more changes nothing."""
    rows = Curriculum._base_manager.select_for_update(of=("self",)).select_related("organisation")
    curriculum = rows.get(pk=curriculum.pk)
    require(rules.may_design(by, curriculum.organisation))
    wanted = "" if chart is None else str(chart.ref)
    if curriculum.occupation_ref == wanted:
        return curriculum
    if chart is not None and chart.pk not in {one.pk for one in adopted(curriculum.organisation)}:
        raise Refused(not_now("curricula.chart_not_adopted"))
    curriculum.occupation_ref = wanted
    curriculum.save(update_fields=["occupation_ref"])
    told = ChartFollowed(chart.occupation.name if chart is not None else {})
    tell(told, by=by, at=at, organisation=curriculum.organisation, subject=curriculum.ref)
    return curriculum


def followed(curriculum: Curriculum) -> Chart | None:
    """The chart that a curriculum follows, as it is adopted today: a later version takes the place of the one named.

    None where there is none, and for a reader who does not see it. At most two queries.
    """
    if not curriculum.occupation_ref:
        return None
    named = charts().filter(public_id=curriculum.occupation_ref.rpartition("/")[2]).first()
    if named is None:
        return None
    rows = charts().filter(occupation=named.occupation_id, organisation=named.organisation_id)
    return rows.filter(state="adopted").first() or named


def offered(organisation: Organisation, curriculum: Curriculum | None = None) -> list[Chart]:
    """Charts among whose tasks outcomes choose: the one that the curriculum follows, else all that stand there."""
    named = followed(curriculum) if curriculum is not None else None
    return [named] if named is not None else adopted(organisation)


def tasks_by_duty(rows: Sequence[Chart]) -> list[tuple[Chart, list[DutyRow]]]:
    """Each chart with its duties and the tasks that were kept; two queries."""
    boards = boards_of(rows)
    return [
        (
            chart,
            [replace(duty, tasks=tuple(task for task in duty.tasks if not task.left_out)) for duty in duties],
        )
        for chart in rows
        for duties in [boards[chart.pk]]
    ]


def unserved(chart: Chart, tasks: Iterable[Mapping[str, Any]]) -> list[TaskRow]:
    """Tasks of a chart that none of these tasks of outcomes points to, in order; two queries."""
    there = {task_id(one) for one in tasks}
    ((_chart, duties),) = tasks_by_duty([chart])
    return [task for duty in duties for task in duty.tasks if task.public_id not in there]


@provides_service
def serving(ids: Sequence[str]) -> dict[str, list[Served]]:
    """task → outcomes that serve it: of each curriculum those in force, and those of its newest version besides."""
    wanted, found = set(ids), defaultdict[str, list[Served]](list)
    if not wanted:
        return {}
    versions = _standing()
    rows = VersionOutcome.objects.filter(version__in=[one.pk for one in versions]).exclude(tasks=[])
    by_version: dict[int, list[VersionOutcome]] = defaultdict(list)
    for row in rows.order_by("order"):
        by_version[row.version_id].append(row)
    told: set[tuple[int, str, str]] = set()
    for version in versions:
        for row in by_version[version.pk]:
            for task in {task_id(one) for one in row.tasks} & wanted:
                if (version.curriculum_id, row.key, task) not in told:
                    found[task].append(Served(row.title, str(version.ref)))
                    told.add((version.curriculum_id, row.key, task))
    return dict(found)


def _standing() -> list[CurriculumVersion]:
    """Of each curriculum of the open scope the version in force, then the newest one, if that is another."""
    newest: dict[int, CurriculumVersion] = {}
    active = []
    for row in CurriculumVersion.objects.exclude(state="retired").order_by("curriculum", "-number"):
        newest.setdefault(row.curriculum_id, row)
        active += [row] if row.state == "active" else []
    return [*active, *(row for row in newest.values() if row.state != "active")]
