"""What certificates give to counting: who holds a diploma of this site. Whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from craftpath.domain.certificates.models import Certificate
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(
    ("certificates.issued", "certificates.revoked", "certificates.replaced", "certificates.issued_again"),
    ("funnel",),
)
"""Facts, and the tables that they may change."""


def holders(people: Collection[int]) -> set[int]:
    """Of these persons, those who hold a diploma or a qualification that holds; one question."""
    rows = Certificate._base_manager.filter(
        person__in=people, kind__purpose__in=("diploma", "qualification"), state="issued"
    )
    return set(rows.order_by().values_list("person_id", flat=True))


def people_of(entries: Sequence[AuditEntry]) -> set[int]:
    """Persons whose certificates these facts may have changed; one question."""
    numbers: set[str] = set()
    ids: set[str] = set()
    for entry in entries:
        if entry.fact in HEARD:
            ids.update(entry.payload.get("certificates", ()))
            numbers.update(one for one in (entry.payload.get("number"), entry.payload.get("by")) if one)
    if not (numbers or ids):
        return set()
    rows = Certificate._base_manager.filter(public_id__in=ids).order_by()
    others = Certificate._base_manager.filter(number__in=numbers).order_by()
    return set(rows.values_list("person_id", flat=True)) | set(others.values_list("person_id", flat=True))
