"""Who receives personal data of the organisation, by which way: one register over all doors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craftpath.delivery.web.protection.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.insight.queries import handovers
from craftpath.domain.lti.queries import tools
from craftpath.domain.sharing.queries import given_by, standings
from craftpath.kernel.clients import clients_at
from craftpath.kernel.hooks import hooks
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission


@require_safe
@needs(Permission.ANSWER_REQUESTS)
def receivers(request: Request, organisation: str) -> HttpResponse:
    """Each receiver in force: what it gets, for what, since when, until when."""
    rows = [*_partners(request), *_programs(request), *_tools(request), *_bots(request), *_lakes(request)]
    context = {"tabs": tabs(request, "receivers"), "rows": rows, "purposes": list(PURPOSES.values())}
    return render(request, "protection/receivers.html", context)


def _row(who: str, way: str, what: str, url: str, **more: Any) -> dict[str, Any]:
    return {"who": who, "way": way, "what": what, "url": url, **more}


def _partners(request: Request) -> Iterator[dict[str, Any]]:
    """By a rule of sharing."""
    for one in standings(given_by(request.organisation), request.today):
        if one.verdict:
            rule = one.rule
            yield _row(
                text(rule.receiver.name),
                _("rule of sharing"),
                text(rule.named["title"]),
                reverse("sharing:rule", args=[request.organisation.key, rule.public_id]),
                since=rule.starts_on,
                until=one.last,
            )


def _programs(request: Request) -> Iterator[dict[str, Any]]:
    """By a service token that serves."""
    for row in clients_at(request.organisation):
        if row.is_service and row.serves(request.at):
            yield _row(
                row.name,
                _("program with a service token"),
                ", ".join(row.scopes),
                reverse("tokens:list", args=[request.organisation.key]),
                since=row.made_at.date(),
                until=row.expires_at.date() if row.expires_at else None,
            )


def _tools(request: Request) -> Iterator[dict[str, Any]]:
    """A tool of elsewhere that courses open."""
    for row in tools():
        if row.state == "serving":
            yield _row(
                row.name,
                _("tool in courses (LTI)"),
                _("who opens it, as far as the tool’s page says"),
                reverse("tools:tool", args=[request.organisation.key, row.public_id]),
                since=row.made_at.date(),
            )


def _bots(request: Request) -> Iterator[dict[str, Any]]:
    """A web hook: what is due, without names."""
    for row in hooks():
        if row.off_at is None:
            yield _row(
                row.name,
                _("web hook to %(host)s") % {"host": urlsplit(row.address).hostname or "–"},
                _("what is due, as counts"),
                reverse("hooks:list", args=[request.organisation.key]),
                since=row.made_at.date(),
            )


def _lakes(request: Request) -> Iterator[dict[str, Any]]:
    """A hand-over of figures under pseudonyms."""
    for row in handovers():
        if row.state == "made":
            yield _row(
                row.receiver,
                _("hand-over of figures"),
                _("pseudonyms and figures, no name: %(purpose)s") % {"purpose": row.purpose},
                reverse("handover:board", args=[request.organisation.key]),
                since=row.asked_at.date(),
            )
