"""Papers that the reader is asked for, with nothing else of the files; handed in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.subsidies.forms import PaperForm
from craftpath.domain.subsidies import actions, queries
from craftpath.domain.subsidies.texts import PAPERS
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import PaperAsk

MOST = 60


@require_GET
def asked(request: Request, organisation: str) -> HttpResponse:
    """Everybody finds the own ones here, and nobody else's."""
    return render(request, "subsidies/asked.html", _page(request))


def _page(request: Request, wrong: PaperForm | None = None, which: str = "") -> dict[str, Any]:
    rows = list(queries.asked_of(request.user)[:MOST])
    return {"rows": [_line(row, wrong if row.public_id == which else None) for row in rows]}


def _line(row: PaperAsk, form: PaperForm | None) -> dict[str, Any]:
    return {
        "row": row,
        "name": PAPERS.get(row.paper, row.paper),
        "what": f"{text(row.file.name)} · {text(row.file.organisation.name)}",
        "whose": row.member.person.name if row.member and row.member.person_id != row.person_id else "",
        "form": form or PaperForm(key=row.public_id),
        "opened": form is not None,
    }


@require_POST
def supply(request: Request, organisation: str, ask: str) -> HttpResponse:
    """Hand in what one is asked for; a file that is refused says why."""
    row = get_object_or_404(queries.asked_of(request.user), public_id=plain_id(ask))
    form, status = PaperForm(request.POST, request.FILES, key=row.public_id), 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.hand_in_paper(
                row.file, paper=row.paper, made_id=given["made_id"], content=given["file"].read(),
                name=given["file"].name, member=row.member, by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("file", sentence(refused.verdict))
            status = 409
        else:
            messages.success(request, _("Handed in; the office has it."))
            return redirect("subsidies:asked", organisation)
    return render(request, "subsidies/asked.html", _page(request, form, row.public_id), status=status)
