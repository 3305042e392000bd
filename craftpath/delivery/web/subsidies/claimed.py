"""Person-years that were claimed: by the own files, and elsewhere by sheets."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.subsidies.sheets import elsewhere, elsewhere_sheet
from craftpath.delivery.web.shell.downloads import XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.subsidies.forms import SheetForm
from craftpath.delivery.web.subsidies.places import READERS, tabs
from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.texts import LEVELS
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

A_PAGE = 50
TAKES = {Permission.FILE_SUBSIDIES, Permission.DECIDE_SUBSIDIES}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def claimed(request: Request, organisation: str) -> HttpResponse:
    """What the own organisations claimed, the latest first; a sheet of years claimed elsewhere is taken in whole."""
    takes = bool(TAKES & request.actor.permissions)
    posted = request.method == "POST"
    if posted and not takes:
        require(request.actor.may(Permission.FILE_SUBSIDIES))
    form = SheetForm(request.POST, request.FILES) if posted else SheetForm()
    status = 422 if posted else 200
    if posted and form.is_valid():
        try:
            rows = form.read(elsewhere)
            if rows is not None:
                count = actions.take_elsewhere(request.organisation, rows, by=request.actor, at=request.at)
                said = ngettext("%(count)s year was taken in.", "%(count)s years were taken in.", count)
                messages.success(request, said % {"count": count})
                return redirect("subsidies:claimed", organisation)
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("file", sentence(refused.verdict))
            status = 409
    page = Paginator(queries.claimed(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "subsidies:claimed"),
        "page": page,
        "rows": [
            {
                "row": row,
                "name": row.person.name if row.person else row.name,
                "level": LEVELS[row.level],
                "source": row.source or _("a file of this site"),
            }
            for row in page.object_list
        ],
        "form": form if takes else None,
    }
    return render(request, "subsidies/claimed.html", context, status=status)


@require_GET
@needs(*READERS)
def sheet(request: Request, organisation: str) -> HttpResponse:
    """An empty sheet with the right heads."""
    return attachment(elsewhere_sheet(), f"{_('Claimed elsewhere')}.xlsx", XLSX)
