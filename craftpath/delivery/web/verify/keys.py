"""What programs read that check a credential: an issuer's keys, and the list of what does not hold any more."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.verify.views import CREDENTIAL, for_anybody, for_programs
from craftpath.domain.certificates import listing

DOCUMENT = "application/json"


@for_anybody
def organisation(request: Request, place: str) -> HttpResponseBase:
    """The keys of an organisation whose signatures hold; two queries."""
    return for_programs(request, listing.keys_of_organisation(place), DOCUMENT)


@for_anybody
def site(request: Request) -> HttpResponseBase:
    """The keys of those who run the site."""
    return for_programs(request, listing.keys_of_site(), DOCUMENT)


@for_anybody
def status(request: Request, place: str, number: int) -> HttpResponseBase:
    """One list, signed; the same bytes until something changes."""
    return for_programs(request, listing.signed_list(place, number), CREDENTIAL)
