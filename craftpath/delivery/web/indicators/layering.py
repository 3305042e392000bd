"""Layers of mentoring: who teaches those who teach, down to the apprentices."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.charting import Step, funnel
from craftpath.delivery.web.components.tabled import Table, listing_of, table
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.places import READERS, tabs
from craftpath.delivery.web.shell.lists import exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight import queries
from craftpath.domain.pairing.texts import KINDS

ORDER = ("layered", "master_apprentice")
"""Those who teach masters stand above those who teach apprentices; other kinds of pairs stand apart below."""
TEACHES_APPRENTICES = "master_apprentice"


def layered(rows: Sequence[queries.Layer]) -> tuple[list[Step], Table]:
    """Bars of those who teach, then of those who learn from them, then of other kinds; with their table."""
    steps, lines = [], []
    for row in sorted(rows, key=lambda one: ORDER.index(one.key) if one.key in ORDER else len(ORDER)):
        label = str(KINDS[row.key]) if row.key in KINDS else row.key
        why = saying.hidden(row.why or "insight.too_few") if row.teachers is None else ""
        gap = 0
        if row.key == TEACHES_APPRENTICES and row.teachers and row.qualified is not None:
            gap = row.teachers - row.qualified
        steps.append(Step(label, row.teachers, _word(row, gap), why, gap, row.key not in ORDER))
        if row.key == TEACHES_APPRENTICES and row.learners is not None:
            steps.append(Step(pgettext("of mentoring", "Apprentices"), row.learners))
        lines.append(
            (
                label,
                row.teachers if row.teachers is not None else why,
                row.learners,
                _each(row),
                row.qualified,
            )
        )
    head = [
        pgettext("of mentoring", "Kind of pair"), _("Those who teach"), _("Those whom they teach"),
        _("For each who teaches"), _("With the standing asked for"),
    ]  # fmt: skip
    return steps, table(head, lines)


def _each(row: queries.Layer) -> Decimal | None:
    if not row.teachers or row.learners is None:
        return None
    return (Decimal(row.learners) / row.teachers).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _word(row: queries.Layer, gap: int) -> str:
    if gap:
        return _("%(gap)s without standing") % {"gap": gap}
    each = _each(row)
    return _("%(each)s for each") % {"each": each} if each is not None else ""


@require_GET
@needs(READERS)
def layers_page(request: Request, organisation: str) -> HttpResponse:
    """The layers with their loads and gaps."""
    steps, found = layered(queries.layers(of=request.organisation))
    context = {
        "tabs": tabs(request, "layers"),
        "chart": funnel(steps, found, kind="layers") if steps else None,
        "gaps": any(one.gap for one in steps),
        "hides": any(saying.hidden("insight.too_few") in row for row in found.rows),
        "ways": ways_out(request, "layers"),
        "made_at": queries.made_at(of=request.organisation),
    }
    return render(request, "indicators/layers.html", context)


@require_GET
@needs(READERS)
def layers_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The table as a file."""
    require_form(form)
    found = layered(queries.layers(of=request.organisation))[1]
    title = _("People in each layer of mentoring")
    return sent(request, listing_of(found, title, text(request.organisation.name)), form)


exported(
    "layers",
    screen="indicators:layers",
    file="indicators:layers_file",
    caption="People in each layer of mentoring",
)
