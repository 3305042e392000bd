"""Where somebody is among the pages of occupations: crumbs, tabs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.occupations import queries, rules
from craftpath.domain.studio.rules import may_read as may_read_drafts
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Chart, Occupation

TONES = {"draft": "attention", "verifying": "info", "adopted": "good", "retired": "plain"}


def found_occupation(public_id: str) -> Occupation:
    """An occupation that the reader sees."""
    return get_object_or_404(queries.occupations(), public_id=plain_id(public_id))


def found(request: Request, public_id: str) -> Chart:
    """A chart that the reader may read now; 404 for what does not exist for them, 403 for what is not theirs yet."""
    row = seen(public_id)
    require(rules.may_read(request.actor, row))
    return row


def seen(public_id: str) -> Chart:
    """A chart that exists for the reader, who may only be asked about it."""
    row: Chart = get_object_or_404(queries.charts(), public_id=plain_id(public_id))
    return row


def own_or_404(chart: Chart, public_id: str) -> queries.TaskRow:
    """A card of a chart."""
    for task in queries.tasks_of(chart):
        if task.public_id == public_id:
            return task
    raise Http404


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of occupations."""
    return [step(request, _("Occupations"), "occupations:list"), *further]


def to_chart(request: Request, chart: Chart, *further: Crumb) -> list[Crumb]:
    """Crumbs through the occupation to a chart."""
    named = step(request, text(chart.occupation.name), "occupations:occupation", chart.occupation.public_id)
    if not further:
        return to_list(request, named)
    return to_list(
        request, named, step(request, version(chart), "occupations:chart", chart.public_id), *further
    )


def version(chart: Chart) -> str:
    """What a version is called."""
    return _("Version %(number)s") % {"number": chart.version}


def room_tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The rooms around occupations that the reader may go to."""
    shown = [
        ("occupations:list", _("Occupations"), True),
        ("studio:list", _("New occupations"), bool(may_read_drafts(request.actor))),
        ("studio:projects", _("Training projects"), True),
        ("catalogues:list", pgettext("of occupations", "Classifications"), True),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, there in shown
        if there
    ]


def tabs(request: Request, chart: Chart, current: str) -> list[dict[str, Any]]:
    """The pages of a chart that the reader may open."""
    actor = request.actor
    drawing = chart.state == "draft" and bool(rules.may_edit(actor, chart))
    shown = [
        ("occupations:chart", pgettext("of a chart", "Overview"), True),
        ("occupations:board", pgettext("of a chart", "Board"), drawing),
        (
            "occupations:results",
            _("Verification"),
            chart.state != "draft" and bool(rules.may_read_figures(actor, chart)),
        ),
        ("occupations:wall", _("Wall chart"), True),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key, chart.public_id]),
         "current": name == current}
        for name, label, there in shown if there
    ]  # fmt: skip
