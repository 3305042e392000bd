"""What stands above a cohort's table: counts, drawings, what is missing, means by learning area.

For everybody in an evaluation it is worked out once for each state of its results and kept in this process under
`version_of`, which changes with every mark and every result; so what is shown is never older than the table below it.
Readers who see a part of a cohort, and whoever filters, have theirs worked out on the spot.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from craftpath.delivery.web.evaluation import charts, summary
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.evaluation import queries
from craftpath.domain.evaluation.cohort_tables import Brief, rows_of, version_of
from craftpath.domain.evaluation.ranks import ranks_by_total

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

MOST = 1_000  # overviews and ranks that a process keeps, some 30 KiB each
_kept: OrderedDict[Any, dict[str, Any]] = OrderedDict()
_lock = Lock()


def of_everybody(request: Request, evaluation: Evaluation, *, floor: bool) -> dict[str, Any]:
    """The overview of all whom the reader sees; with `floor` nothing that points at fewer than five."""

    def make() -> dict[str, Any]:
        made = _made(request, evaluation, queries.results_of_cohort(evaluation), floor=floor)
        return {name: value for name, value in made.items() if name != "evaluation"}

    version = _version(evaluation)
    if version is None:
        return make() | {"evaluation": evaluation}
    address = request.GET.copy()
    address.pop("page", None)
    key = (version, get_language(), floor, address.urlencode())
    return _kept_or(key, make) | {"evaluation": evaluation}


def ranks(evaluation: Evaluation) -> Mapping[Decimal, int] | None:
    """Total → rank, for a reader who sees everybody in the evaluation; None for the others."""
    version = _version(evaluation)
    if version is None:
        return None
    return _kept_or((version, "ranks"), lambda: {"ranks": ranks_by_total(evaluation)})["ranks"]


def _version(evaluation: Evaluation) -> Any:
    # Asked twice for one page and the same within it: the evaluation that was read is the place to note it.
    if not hasattr(evaluation, "version_read"):
        evaluation.version_read = version_of(evaluation)  # type: ignore[attr-defined]
    return evaluation.version_read  # type: ignore[attr-defined]


def _kept_or(key: Any, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    made = make()
    with _lock:
        _kept[key] = made
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
