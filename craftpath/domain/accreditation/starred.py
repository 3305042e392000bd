"""What the register gives to counting: in which county an enterprise is registered, by its credit code."""

from __future__ import annotations

from craftpath.domain.accreditation.models import Registration

COUNTY = slice(2, 8)
"""Where a credit code has the administrative division of whoever registered it (GB 32100-2015, GB/T 2260)."""


def counties() -> dict[int, str]:
    """organisation → six digits, where its credit code is known; one question."""
    rows = (
        Registration._base_manager.filter(organisation__isnull=False).exclude(credit_code="").order_by("pk")
    )
    told = rows.values_list("organisation_id", "credit_code")
    return {pk: code[COUNTY] for pk, code in told if code[COUNTY].isdigit()}
