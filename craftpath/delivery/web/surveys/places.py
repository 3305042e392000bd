"""Where somebody is among the pages of surveys: crumbs, tabs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.delivery.web.surveys import saying
from craftpath.domain.surveys import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey


def runs(request: Request) -> bool:
    """Whether somebody runs surveys here, and not only answers them."""
    return Permission.RUN_SURVEYS in request.actor.permissions


def found(request: Request, public_id: str, *, gone: bool = False) -> Survey:
    """A survey that the reader runs; whoever is only asked in it has other pages, and finds this one not.

    With `gone` also a draft that was thrown away, so that a second press is harmless.
    """
    rows = queries.all_surveys() if gone else queries.surveys()
    survey: Survey = get_object_or_404(rows, public_id=plain_id(public_id))
    if not rules.may_run(request.actor, survey.organisation):
        raise Http404
    return survey


def title_of(survey: Survey) -> str:
    """Its title, with the wave where there is more than one."""
    title = text(survey.title)
    return _("%(title)s, wave %(wave)s") % {"title": title, "wave": survey.wave} if survey.wave > 1 else title


def to_surveys(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where surveys begin for this reader."""
    if runs(request):
        return [step(request, _("Surveys"), "surveys:list"), *further]
    return [step(request, _("My surveys"), "surveys:mine"), *further]


def to_survey(request: Request, survey: Survey, *further: Crumb) -> list[Crumb]:
    """The same to a page under a survey."""
    return to_surveys(request, step(request, title_of(survey), "surveys:survey", survey.public_id), *further)


def tabs(request: Request, survey: Survey, current: str) -> list[dict[str, Any]]:
    """The pages of one survey, as far as its state has come."""
    names = [("survey", pgettext("of a survey", "Questions"))]
    if survey.state == "draft":
        names += [("words", pgettext("of a survey", "Title and promise")), ("send", _("Whom and when"))]
    names.append(("preview", _("Preview")))
    if survey.state != "draft":
        names.append(("watch", _("Response")))
    if survey.state == "open":
        names.append(("slips", _("Links and slips")))
    if survey.state in rules.SHOWN:
        names.append(("results", pgettext("of a survey", "Results")))
    return [
        {"label": label, "url": saying.page(request, survey, name), "current": name == current}
        for name, label in names
    ]
