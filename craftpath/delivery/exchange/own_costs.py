"""What the record of the house knows of an enterprise's costs and benefits: figures for its own reckoning."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from craftpath.domain.agreements.queries import agreements
from craftpath.domain.allowances.queries import paid_by
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.subsidies.queries import files
from craftpath.domain.teaching.queries import taught_by_place

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation
    from craftpath.kernel.organisations import Organisation

CURRENCY = "CNY"
A_YEAR = timedelta(days=365)


def in_record(row: Cooperation, enterprise: Organisation, today: date) -> dict[str, list[str]]:
    """Assumption → its values, as far as they are known; of the open scope, which is the enterprise's own."""
    found: dict[str, list[str]] = {}
    heads = enrolments().filter(enterprise__path__startswith=enterprise.path, state="active").count()
    if not heads:
        return found
    found["apprentices"] = [str(heads)]
    colleges = [side.organisation for side in row.sides.all() if side.role == "college"]
    taught = taught_by_place(colleges, today - A_YEAR, today)
    minutes = sum(one for path, one in taught.items() if path.startswith(enterprise.path))
    if minutes:
        found["trainer_hours"] = [f"{(Decimal(minutes) / 60 / heads).quantize(Decimal(1)):f}"]
    if allowances := paid_by(enterprise, today - A_YEAR, today, CURRENCY):
        found["allowance_year"] = [str(round(Fraction(allowances, heads)))]
    if wages := _wages(enterprise):
        found["wage_month"] = wages
    if (subsidy := _subsidy(enterprise)) is not None:
        found["subsidy_year"] = [str(subsidy)]
    return found


def _wages(enterprise: Organisation) -> list[str]:
    """The mean of each step of the wage in agreements that are active, by the month, in minor units."""
    rows = agreements().filter(enterprise__path__startswith=enterprise.path, state="active")
    steps: dict[int, list[int]] = defaultdict(list)
    for terms in rows.order_by().values_list("terms", flat=True)[:2000]:
        if terms.get("per") != "month" or terms.get("currency") != CURRENCY:
            continue
        for n, step in enumerate(terms.get("wage") or ()):
            steps[n].append(int(step["amount"]))
    return [str(round(sum(some) / len(some))) for _n, some in sorted(steps.items())]


def _subsidy(enterprise: Organisation) -> int | None:
    """What came for one apprentice in a year: settled, else advanced."""
    money, years = 0, Decimal(0)
    for file in (
        files().filter(organisation__path__startswith=enterprise.path).exclude(state="withdrawn")[:200]
    ):
        paid = file.due if file.due is not None else file.advance
        if paid is not None and file.heads:
            money += paid
            years += Decimal(file.heads * file.months) / 12
    return round(money / years) if years else None
