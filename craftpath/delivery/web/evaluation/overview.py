"""What stands above a cohort's table: counts, drawings, what is missing, means by learning area.

For everybody in an evaluation it is worked out once for each state of its results and kept in this process under
`version_of`, which changes with every mark and every result; so what is shown is never older than the table below it.
Readers who see a part of a cohort, and whoever filters, have theirs worked out on the spot.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from craftpath.delivery.web.evaluation import charts, summary
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.evaluation import queries
from craftpath.domain.evaluation.cohort_tables import Brief, rows_of, version_of

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

MOST = 500  # overviews that a process keeps, some 30 KiB each
_kept: OrderedDict[Any, dict[str, Any]] = OrderedDict()
_lock = Lock()


def of_everybody(request: Request, evaluation: Evaluation, *, floor: bool) -> dict[str, Any]:
    """The overview of all whom the reader sees; with `floor` nothing that points at fewer than five."""
    version = version_of(evaluation)
    if version is None:
        return _made(request, evaluation, queries.results_of_cohort(evaluation), floor=floor)
    address = request.GET.copy()
    address.pop("page", None)
    key = (version, get_language(), floor, address.urlencode())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found | {"evaluation": evaluation}
    made = _made(request, evaluation, queries.results_of_cohort(evaluation), floor=floor)
    with _lock:
        _kept[key] = {name: value for name, value in made.items() if name != "evaluation"}
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def of_some(
    request: Request, evaluation: Evaluation, keys: Sequence[int], others: Sequence[Brief]
) -> dict[str, Any]:
    """The overview of these results; `others` are those among whom is counted what is missing."""
    missed = summary.missed(evaluation, others, address=request.GET)
    return _made(request, evaluation, rows_of(evaluation, keys), floor=False, missed=missed)


def forget() -> None:
    """Begin anew: for measurements of the first look."""
    with _lock:
        _kept.clear()


def _made(
    request: Request,
    evaluation: Evaluation,
    rows: list[queries.Row],
    *,
    floor: bool,
    missed: list[summary.Missed] | None = None,
) -> dict[str, Any]:
    figures = {
        "evaluation": evaluation,
        "summary": summary.summary_of(evaluation, rows, floor=floor),
        "histogram": charts.histogram(evaluation, rows, floor=floor),
        "boxes": None if floor else charts.boxes(evaluation, rows),
        "areas": summary.area_means(evaluation, rows, floor=floor),
        "missed": summary.missed(evaluation, rows, address=None if floor else request.GET)
        if missed is None
        else missed,
    }
    return figures | {"overview": render_to_string("evaluation/figures_part.html", figures)}
