"""Certificates: one's own or those of the organisation, and whether one holds, for anybody who has its id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, somebody, today
from craftpath.delivery.api.kinds import Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.certificates.listing import shown
from craftpath.domain.certificates.queries import certificates, certificates_of, standing
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate as Row

room = Room("certificates", Area.CERTIFICATES)
public = Room("certificates", None)


class Certificate(Shape):
    """One certificate. What it says was fixed when it was issued."""

    id: str
    number: str
    standing: str = Field(description="valid, expired, revoked or replaced")
    title: Said
    holder: str
    issued_on: date
    valid_until: date | None
    page: str = Field(description="where anybody may look at it")


@room.read("/certificates", Page[Certificate])
def list_certificates(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Certificates that the organisation looks after, or one's own; the newest first."""
    all_of_them = Permission.SEE_CERTIFICATES in actor(request).permissions
    rows = certificates() if all_of_them else certificates_of(somebody(request))
    found = page_of(rows, ("-issued_on", "-pk"), asked, request)
    return {"items": [_certificate(row, today(request)) for row in found.rows], "next": found.next}


@public.read("/certificates/{certificate}", Certificate, one=True)
def verify_certificate(request: HttpRequest, certificate: str) -> Certificate:
    """Whether a certificate holds: as its public page says, to anybody who has its id."""
    row = shown(certificate) if certificate.isascii() and certificate.isalnum() else None
    if row is None:
        raise Http404
    return _certificate(row, today(request))


def _certificate(row: Row, day: date) -> Certificate:
    return Certificate(
        id=row.public_id,
        number=row.number,
        standing=standing(row, day),
        title=said(row.content["title"]),
        holder=row.content["holder"]["name"],
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        page=f"/c/{row.public_id}/",
    )
