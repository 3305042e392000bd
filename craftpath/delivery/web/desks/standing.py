"""The rows of the board: a line for each stage of each cohort, with the pages that its figures lead to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from craftpath.delivery.web.components.rows import heading, number, row, rows, words
from craftpath.delivery.web.components.shapes import figure
from craftpath.delivery.web.desks.reads import CohortStanding, StageStanding
from craftpath.delivery.web.shell.addresses import Address, addresses
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text


def board_rows(request: Request, board: Iterable[CohortStanding], *, may_import: bool) -> SafeString:
    """The body of the table; the last cell leads to an import for those who may, else to the results."""
    cohort, results = addresses(request, "apprenticeships:cohort"), addresses(request, "evaluation:cohort")
    marks = addresses(request, "sheets:upload", "marks") if may_import else None
    action = _("Import marks") if may_import else _("Results")
    lines: list[str] = []
    for standing in board:
        name, url = text(standing.cohort.name), cohort(standing.cohort.public_id)
        if not standing.stages:
            lines.append(row(heading(name, url), [words(_("nobody is enrolled yet"), look="muted", wide=5)]))
        for stage in standing.stages:
            head = heading(name, url, text(stage.name))
            lines.append(row(head, _cells(stage, results, marks or results, action)))
    return rows(lines)


def _cells(stage: StageStanding, results: Address, last: Address, action: str) -> Sequence[str]:
    here, tally = number(figure(stage.here)), stage.tally
    if stage.evaluation is None:
        none = number("–")
        return here, none, none, none, words(_("no scheme yet"), look="muted")
    there = results(stage.evaluation.public_id)
    complete = figure(tally.complete)
    return (
        here,
        number(complete, url=f"{there}?state=complete"),
        number(figure(tally.open), url=f"{there}?state=open"),
        number("–") if tally.mean is None else number(str(tally.mean), url=there, note=f"n = {complete}"),
        words(action, url=last(stage.evaluation.public_id), look="actions"),
    )
