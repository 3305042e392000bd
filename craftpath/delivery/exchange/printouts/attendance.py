"""Certificates of attendance for everybody who has one, to hand out: one file each, and all of them in one PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from craftpath.delivery.exchange.printouts.batches import Made
from craftpath.delivery.exchange.printouts.workshops import certificate_paper
from craftpath.domain.workshops.queries import certificates_of, days_of

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Workshop

CERTIFICATES = "attendance"
TOGETHER = 400
"""Certificates in one PDF: one sheet each, some twenty a second. Of more there are several, in the archive."""


def standing(workshop: Workshop) -> Any:
    """Those that hold, by number."""
    return certificates_of(workshop).filter(revoked_at__isnull=True)


def certificates(workshop: Workshop) -> Iterator[list[Made]]:
    """The papers, in as few lots as can be; two queries and those of the rows."""
    address, days = f"{settings.ADDRESS}{reverse('workshop:check')}", days_of(workshop)
    rows = list(standing(workshop))
    for start in range(0, len(rows), TOGETHER):
        yield [
            Made(one.number, one.registration.name, certificate_paper(one, address, days))
            for one in rows[start : start + TOGETHER]
        ]
