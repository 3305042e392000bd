"""What a workbook says of a whole version: units with their stage and order, outcomes, assessments, links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from craftpath.delivery.exchange.curricula.reading import (
    COLUMN_OF,
    Line,
    Reading,
    outcome_of,
    task_written,
    units_named,
)
from craftpath.domain.curricula.linking import (
    AssessmentWanted,
    OutcomeWanted,
    assessment_verdicts,
    outcome_verdicts,
)
from craftpath.domain.curricula.replacing import Wanted
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.cards import CardValues
    from craftpath.domain.curricula.queries import Content
    from craftpath.values.verdict import Verdict


def wanted_of(reading: Reading, content: Content, skills: Mapping[str, str]) -> Wanted:
    """The content that a file asks for; what it cannot say is told with its cell."""
    stages = {stage.key: stage.order for stage in content.stages}
    units = [
        (reading.values[key], _stage(line, stages), line)
        for key, line in reading.units.items()
        if key in reading.values
    ]
    units.sort(key=lambda one: (stages.get(one[1], 0), _order(one[2])))
    tasks = {task_written(one): one for row in content.outcomes for one in row.tasks}
    outcomes: list[OutcomeWanted] = []
    sees: set[tuple[str, str]] = set()
    for line in reading.outcomes:
        made = _outcome(line, len(outcomes) + 1, skills, tasks)
        if any(made.key == one.key for one in outcomes):
            line.fail("key", "curricula.key_twice")
            continue
        _tell(line, outcome_verdicts(made))
        outcomes.append(made)
        sees |= {(made.key, key) for key in _seen(line, reading)}
    sources = {one.key: one.source for one in content.assessments}
    assessments = [_assessment(key, line, sources.get(key, "")) for key, line in reading.assessments.items()]
    for one, line in zip(assessments, reading.assessments.values(), strict=True):
        _tell(line, assessment_verdicts(one, content.version.scheme))
    return Wanted(_without_line(units), outcomes, assessments, sees)


def _without_line(units: list[tuple[CardValues, str, Line]]) -> list[tuple[CardValues, str]]:
    return [(values, stage) for values, stage, _line in units]


def _stage(line: Line, stages: Mapping[str, int]) -> str:
    found = line.text("stage")
    if found not in stages:
        line.fail("stage", "curricula.stage_unknown", stage=found[:60])
    return found


def _order(line: Line) -> int:
    given = line.text("order")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else 10**6 + line.number  # noqa: PLR2004


def _outcome(
    line: Line, number: int, skills: Mapping[str, str], tasks: Mapping[str, dict[str, Any]]
) -> OutcomeWanted:
    values = outcome_of(line, line.text("key") or f"outcome-{number}", skills, tasks)
    return OutcomeWanted(values.key, values.name, values.skills, values.area, values.tasks, units_named(line))


def _tell(line: Line, verdicts: Mapping[str, Verdict]) -> None:
    """Note with its cell what cannot be kept as it is."""
    for column, verdict in verdicts.items():
        if not verdict:
            line.fail(COLUMN_OF.get(column, column), verdict.reason, **verdict.facts)


def _seen(line: Line, reading: Reading) -> list[str]:
    found = line.parts("seen")
    for key in found:
        if key not in reading.assessments:
            line.fail("seen", "curricula.assessment_not_in_sheet", assessment=key[:60])
    return [key for key in found if key in reading.assessments]


def _assessment(key: str, line: Line, source: str) -> AssessmentWanted:
    """A row of assessments; what it is seen by beside words is no matter of sheets, and stays."""
    name = Text(zh=line.text("zh"), en=line.text("en")).as_json()
    return AssessmentWanted(key, name, line.text("component"), line.text("item"), source, line.text("words"))
