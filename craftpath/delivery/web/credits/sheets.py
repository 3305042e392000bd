"""The ledger as a file: the same lines and the same figures as the page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.exchange.writing import OutSheet
from craftpath.delivery.web.credits import saying
from craftpath.delivery.web.shell.lists import Told, exported, listing, require_form, sent
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import queries
from craftpath.domain.credits.points import HUNDRED

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account
    from craftpath.domain.credits.queries import AreaBalance


def sheet_of(request: Request, account: Account, form: str) -> HttpResponse:
    """The lines of the ledger, the newest first, as the page says them."""
    require_form(form)
    heads = [
        _("Day"), _("Kind"), _("What for"), _("Area"), Head(pgettext("of credits", "Points"), figures=True),
        Head(_("Expires on"), beyond=True), _("Institution"), _("Why"),
    ]  # fmt: skip
    twice = {one.pk for one in queries.twice_of(account)}
    cells = [_row(line) for line in saying.lines(request, queries.entries_of(account), twice)]
    balance = OutSheet(
        _("Balance"),
        [_("Area"), _("Earned"), _("Converted"), _("Expired"), _("Left")],
        [_sum(row) for row in queries.balance_of(account, request.today)],
    )
    made = listing(_("Ledger of credits"), account.person.name or "–", heads, cells)
    return sent(request, replace(made, beside=[balance]), form)


exported("credits", screen="credits:account", file="credits:ledger", caption="Ledger")
exported("credits_of", screen="credits:one", file="credits:ledger_of", caption="Ledger")


def _row(line: saying.Line) -> tuple[Any, ...]:
    row = line.row
    return (
        row.on, line.kind[1], line.title, line.area, Told(Decimal(row.points) / HUNDRED, line.points),
        row.expires_on if row.kind == "earned" else None, line.where or Told(None, ""), line.why or Told(None, ""),
    )  # fmt: skip


def _sum(row: AreaBalance) -> tuple[Any, ...]:
    figures = (row.earned, row.converted, row.expired, row.left)
    return (text(row.area.name), *(Decimal(one) / HUNDRED for one in figures))
