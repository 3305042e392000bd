"""The paper itself: for its holder, and for the offices that see it. Whoever has the link only reads the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from craftpath.delivery.exchange.certified import Certified
from craftpath.delivery.exchange.press import print_page
from craftpath.delivery.exchange.printouts.certificates import certificate_page, made_of
from craftpath.delivery.exchange.printouts.naming import file_name
from craftpath.delivery.web.papers.sending import PDF, own_language
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.verify.addressing import site_of
from craftpath.domain.certificates.queries import certificate_by, certificates
from craftpath.kernel.access import actor_by, memberships_on
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import looking_for

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import Certificate


def paper(request: Request, certificate: str) -> HttpResponseBase:
    """As PDF, the same bytes each time."""
    row = certificate_by(plain_id(certificate))
    if row is None or not (row.person_id == request.user.pk or _sees(request, row)):
        raise Http404
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    made = made_of(row)
    name = file_name(made.printout, own_language(), "pdf", number=made.number, name=made.name)
    return attachment(print_page(certificate_page(Certified.of(row, site_of(request)))), name, PDF)


def _sees(request: Request, row: Certificate) -> bool:
    """Whether one of the reader's roles of today shows certificates, and this one among them."""
    person: Any = request.user
    held = list(memberships_on(request.today).filter(person=person)) if person.is_active else []
    for one in held:
        actor = actor_by(held, person, one.organisation)
        if actor is not None and Permission.SEE_CERTIFICATES in actor.permissions:
            with looking_for(actor.scope):
                if certificates().filter(pk=row.pk).exists():
                    return True
    return False
