"""One apprentice's page: the path with its next gate, and each stage's result in words and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.components.shapes import Part
from craftpath.delivery.web.evaluation.figures import parts_of, standing_of_row
from craftpath.delivery.web.evaluation.sentences import sum_in_words
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.apprenticeships.queries import Step
from craftpath.domain.evaluation.queries import Row, decimals_of
from craftpath.domain.programmes.definition import components, items

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

STATES = {"passed": "passed", "open": "current", "locked": "next"}
BREAK = "\u200b"  # a place where a line may break, and no space


def stage_path(path: Sequence[Step]) -> list[dict[str, Any]]:
    """The stages as the path component draws them."""
    return [
        {
            "number": str(step.stage.order),
            "label": text(step.stage.name),
            "state": STATES[step.state],
            "note": day(step.passed_on).replace("年", f"年{BREAK}") if step.state == "passed" else "",
        }
        for step in path
    ]


def gate(path: Sequence[Step]) -> str:
    """What comes next, and what opens it."""
    places = [place for place, step in enumerate(path) if step.state == "open"]
    if not places:
        return _("All stages are passed.") if path and all(step.state == "passed" for step in path) else ""
    following = path[places[0] + 1 : places[0] + 2]
    if not following:
        return _("The end of the path, after this stage is passed")
    return _("%(stage)s, after this stage is passed") % {"stage": text(following[0].stage.name)}


@dataclass(frozen=True, slots=True)
class StageResult:
    """One stage's result: the ring, the sum in words, and what is still open."""

    evaluation: Evaluation
    sentence: str
    parts: list[Part]
    figure: Decimal
    complete: bool
    missing: list[str]


def stage_results(found: Sequence[tuple[Evaluation, Row]]) -> list[StageResult]:
    """The results of all stages, the latest first."""
    return [_result(evaluation, row) for evaluation, row in reversed(found)]


def _result(evaluation: Evaluation, row: Row) -> StageResult:
    definition = evaluation.scheme.definition
    names = {item.key: text(item.name) for item in items(definition)}
    return StageResult(
        evaluation=evaluation,
        sentence=sum_in_words(standing_of_row(row)),
        parts=parts_of(components(definition), row, decimals_of(evaluation)),
        figure=row.to_date if row.total is None else row.total,
        complete=row.complete,
        missing=[names.get(key, key) for key in row.missing],
    )
