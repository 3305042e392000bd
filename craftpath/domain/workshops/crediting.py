"""What coming to workshops hands to the credit bank: whoever was there for long enough to be certified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from craftpath.domain.credits.sources import Outcome, provides
from craftpath.domain.workshops.models import Certificate
from craftpath.kernel.people import Person


@provides("workshop")
def attended_for_long_enough(person: Person) -> Iterable[Outcome]:
    """Each workshop once, on the last day that counted; one query.

    It stands on the certificate in the record, so that it falls with it, whoever revokes that.
    """
    rows = Certificate.objects.filter(registration__person=person, revoked_at__isnull=True)
    rows = rows.exclude(record__state="revoked").select_related("workshop__organisation", "record")
    for row in rows.order_by("pk"):
        days = [date.fromisoformat(one["on"]) for one in row.days]
        yield Outcome(
            kind="workshop",
            source=source_of(row),
            reached=f"workshop/{row.workshop.public_id}",
            title=row.workshop.title,
            on=max(days, default=row.issued_at.astimezone(row.workshop.zone).date()),
            institution=row.workshop.organisation,
            subject=row.workshop.public_id,
        )


def source_of(row: Certificate) -> str:
    """The fact that credits stand on; those that have no place in the record stand on themselves."""
    return str(row.record.ref) if row.record is not None else f"workshops/certificate/{row.public_id}"
