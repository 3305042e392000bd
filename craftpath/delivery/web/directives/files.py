"""Files that go with a notice, and files that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.directives.places import found, issued
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.directives import actions, queries, rules
from craftpath.domain.directives.reach import seats_of
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.kernel.files import KeptFile


def _sent(kept: KeptFile, media_type: str) -> HttpResponse:
    return attachment(kept.bytes(), kept.name, media_type)


@require_GET
def attached(request: Request, organisation: str, directive: str, file: str) -> HttpResponse:
    """A file, to whoever may read what it goes with."""
    row = found(request, directive)
    one = get_object_or_404(queries.files_of(row), public_id=plain_id(file))
    return _sent(one.file, one.media_type)


@require_POST
@needs(Permission.ISSUE_DIRECTIVES)
def remove(request: Request, organisation: str, directive: str, file: str) -> HttpResponse:
    """Take a file out of a draft."""
    row = issued(request, directive)
    actions.detach_file(row, plain_id(file), by=request.actor, at=request.at)
    return redirect("directives:change", organisation, row.public_id)


@require_GET
def answered(request: Request, organisation: str, directive: str, place: str) -> HttpResponse:
    """A file that an organisation gave: to the office that asked, and to those of that organisation."""
    row = found(request, directive)
    one = queries.answers_to(row).filter(organisation__key=place, file__isnull=False).first()
    if one is None or one.file is None:
        raise Http404
    if not rules.may_issue(request.actor, row.organisation):
        here = {seat.organisation_id for seat in seats_of(row, request.user, request.today)}
        if one.organisation_id not in here:
            raise Http404
    return _sent(one.file, one.media_type)
