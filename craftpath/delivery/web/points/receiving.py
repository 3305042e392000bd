"""The door of the hub: a bundle comes in, a bundle goes out. Who knocks is told by the signature, not by an account."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from craftpath.delivery.exchange.bundles import MOST_BYTES, TYPE, name_of_file, said
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, declared
from craftpath.kernel.access import system
from craftpath.kernel.points.incoming import point_of, take_bundle
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.queries import points
from craftpath.kernel.points.rules import may_exchange
from craftpath.kernel.points.tables import Point
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused, not_now, require

WHY = "a bundle that arrives says itself of which point it is"
_FIRST, _PART = 4096, 1 << 20


@login_not_required
@csrf_exempt  # nobody is signed in here, so there is nothing that a foreign page could borrow
@require_POST
def receive(request: Request) -> HttpResponseBase:
    """Take a point's bundle, and answer with ours for it; a refusal says why, and nothing was taken."""
    limited = ratelimit.consume_or_429(request, action="exchange")
    if limited:
        return limited
    with TemporaryFile() as stream:
        try:
            with everywhere(WHY):
                row = _read(request, stream)
            return _answer(request, row, stream)
        except Refused as refused:
            response = HttpResponse(
                sentence(refused.verdict), status=409, content_type="text/plain; charset=utf-8"
            )
            for name, value in said(refused.verdict).items():
                response.headers[name] = value
            add_never_cache_headers(response)
            return response


def _read(request: Request, stream: IO[bytes]) -> Point:
    """Only as much of it as says which point it is of, until that is one that exchanges."""
    if not 0 < declared(request) <= MOST_BYTES:
        raise Refused(not_now("points.too_large" if declared(request) else "points.no_bundle"))
    stream.write(request.read(_FIRST))
    row = points().filter(public_id=point_of(stream), is_hub=False).first()
    if row is None:
        raise Refused(not_now("points.unknown"))
    require(may_exchange(system(row.organisation), row))
    stream.seek(0, 2)
    while part := request.read(_PART):
        stream.write(part)
    return row


def _answer(request: Request, row: Point, stream: IO[bytes]) -> HttpResponseBase:
    by = system(row.organisation)
    with everywhere(WHY):
        take_bundle(row, stream, by=by, at=request.at)
        ours = TemporaryFile()  # noqa: SIM115  (the answer closes it)
        made = make_bundle(row, ours, by=by, at=request.at)
    ours.seek(0)
    return streamed(ours, made.size, name_of_file(made), TYPE)
