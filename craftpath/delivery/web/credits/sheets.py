"""The ledger as a sheet: the same lines and the same figures as the page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.credits import saying
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.credits import queries
from craftpath.domain.credits.points import HUNDRED

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account
    from craftpath.domain.credits.queries import AreaBalance


def sheet_of(request: Request, account: Account, form: str) -> HttpResponse:
    """The ledger and the balance of today; a text table has the ledger only."""
    if form not in ("csv", "xlsx"):
        raise Http404
    name = _("Credits of %(name)s") % {"name": account.person.name}
    lines = saying.lines(request, queries.entries_of(account))
    ledger = OutSheet(
        _("Ledger"),
        [
            _("Day"),
            _("Kind"),
            _("What for"),
            _("Area"),
            pgettext("of credits", "Points"),
            _("Expires on"),
            _("Institution"),
            _("Why"),
        ],
        [_row(line) for line in lines],
    )
    file = f"{name} {request.today.isoformat()}.{form}"
    if form == "csv":
        return attachment(write_csv([tuple(ledger.header), *ledger.rows]), file, CSV)
    balance = OutSheet(
        _("Balance"),
        [_("Area"), _("Earned"), _("Converted"), _("Expired"), _("Left")],
        [_sum(row) for row in queries.balance_of(account, request.today)],
    )
    return attachment(write_xlsx([ledger, balance]), file, XLSX)


def _row(line: saying.Line) -> tuple[Any, ...]:
    row = line.row
    return (
        row.on, line.kind[1], line.title, line.area, _figure(row.points),
        row.expires_on if row.kind == "earned" else None, line.where, line.why,
    )  # fmt: skip


def _sum(row: AreaBalance) -> tuple[Any, ...]:
    figures = (row.earned, row.converted, row.expired, row.left)
    return (text(row.area.name), *(_figure(one) for one in figures))


def _figure(points: int) -> Decimal:
    return Decimal(points) / HUNDRED
