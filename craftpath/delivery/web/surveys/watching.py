"""An open survey: how many have answered, by the combinations that are kept; reminders, more time, the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.surveys import saying
from craftpath.delivery.web.surveys.places import found, tabs, title_of, to_surveys
from craftpath.delivery.web.surveys.sending_forms import ExtendForm
from craftpath.domain.surveys import actions, queries, rules

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey


@require_GET
def watch(request: Request, organisation: str, survey: str) -> HttpResponse:
    """The response, counted anew every few seconds while the survey is open."""
    row = found(request, survey)
    if row.state == "draft":
        return redirect("surveys:survey", organisation, row.public_id)
    template = "surveys/live.html" if request.htmx else "surveys/watch.html"
    return render(
        request, template, _page(request, row, ExtendForm(None, initial={"closes_on": row.closes_on}))
    )


def _page(request: Request, row: Survey, form: ExtendForm) -> dict[str, Any]:
    rates = queries.response(row)
    counted = queries.with_counts(queries.surveys()).get(pk=row.pk)
    people, done = counted.people, counted.done  # type: ignore[attr-defined]
    answers = queries.link_answers([row]).get(row.pk, 0) if row.anonymous else done
    left = (row.closes_on - request.today).days if row.closes_on is not None else 0
    return {
        "survey": row,
        "title": title_of(row),
        "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "watch"),
        "state": saying.state(row),
        "people": people,
        "done": done,
        "left": people - done,
        "percent": saying.percent(done, people),
        "by_link": max(0, answers - done),
        "days": left,
        "rates": [
            (
                saying.cell_name(row, one.at),
                one.asked,
                one.answered,
                saying.percent(one.answered or 0, one.asked or 0),
            )
            for one in rates
        ]
        if row.groups
        else [],
        "open": row.state == "open",
        "taking": bool(rules.can_take_answers(row, request.today)),
        "can_remind": bool(rules.can_remind(row, queries.to_remind(row), request.today)),
        "form": form,
        "waves": queries.waves_of(row),
    }


@require_POST
def remind(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Remind those who have not answered."""
    row = found(request, survey)
    count = actions.remind_survey(row, by=request.actor, at=request.at)
    told = ngettext(
        "%(count)s person is reminded: on the home page, and in the next daily digest.",
        "%(count)s people are reminded: on their home pages, and in the next daily digest.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("surveys:watch", organisation, row.public_id)


@require_POST
def extend(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Move the last day."""
    row = found(request, survey)
    form = ExtendForm(request.POST)
    status = tried(request, form, _("The last day was moved."), lambda: actions.extend_survey(
        row, form.cleaned_data["closes_on"], by=request.actor, at=request.at
    ))  # fmt: skip
    if not status:
        return redirect("surveys:watch", organisation, row.public_id)
    return render(request, "surveys/watch.html", _page(request, row, form), status=status)


@require_POST
def close(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Take no more answers."""
    row = actions.close_survey(found(request, survey), by=request.actor, at=request.at)
    messages.success(request, _("Closed. The results can be read now."))
    return redirect("surveys:results", organisation, row.public_id)
