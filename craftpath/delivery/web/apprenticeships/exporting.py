"""Rosters to download: a cohort's people as an import would read them back, and everybody as a OneRoster package."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.knowledge import roster_register
from craftpath.delivery.exchange.oneroster.package import package
from craftpath.delivery.exchange.oneroster.rostering import roster_of
from craftpath.delivery.exchange.templates import roster_sheet
from craftpath.delivery.exchange.writing import write_csv, write_xlsx
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.apprenticeships.rules import may_import_roster
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

ZIP = "application/zip"


@require_GET
@needs(Permission.IMPORT_ROSTER)
def roster_export(request: Request, organisation: str, cohort: str, form: str) -> HttpResponse:
    """For those who may import it again, since it holds addresses and telephone numbers."""
    if form not in ("xlsx", "csv"):
        raise Http404
    found = get_object_or_404(cohorts(), public_id=cohort)
    require(may_import_roster(request.actor, found))
    register = roster_register(found, add_enterprises=False, on=request.today)
    sheet = roster_sheet(register.known, request.LANGUAGE_CODE)
    name = f"{slugify(text(found.name), allow_unicode=True)}-{_('Roster')}.{form}"
    if form == "csv":
        return attachment(write_csv([tuple(sheet.header), *sheet.rows]), name, CSV)
    return attachment(write_xlsx([sheet]), name, XLSX)


@require_GET
@needs(Permission.IMPORT_ROSTER)
def oneroster_export(request: Request, organisation: str) -> HttpResponse:
    """The organisation and everything below it as one OneRoster 1.2 package (csv, bulk)."""
    if request.actor.sees_only_own:
        raise Http404
    content = package(roster_of(request.organisation, request.at))
    return attachment(content, f"{request.organisation.key}-oneroster-{request.today.isoformat()}.zip", ZIP)
