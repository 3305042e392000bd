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

from craftpath.delivery.exchange.bundles import MOST_BYTES, TYPE, name_of_file
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, declared
from craftpath.kernel.access import system
from craftpath.kernel.points.incoming import point_of, take_bundle
from craftpath.kernel.points.outgoing import make_bundle
from craftpath.kernel.points.queries import points
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused, not_now

WHY = "a bundle that arrives says itself of which point it is"
_PART = 1 << 20


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
            _read(request, stream)
            return _answer(request, stream)
        except Refused as refused:
            response = HttpResponse(
                sentence(refused.verdict), status=409, content_type="text/plain; charset=utf-8"
            )
            response.headers["X-Reason"] = refused.verdict.reason
            add_never_cache_headers(response)
            return response


def _read(request: Request, stream: IO[bytes]) -> None:
    if not 0 < declared(request) <= MOST_BYTES:
        raise Refused(not_now("points.too_large" if declared(request) else "points.no_bundle"))
    while part := request.read(_PART):
        stream.write(part)


def _answer(request: Request, stream: IO[bytes]) -> HttpResponseBase:
    with everywhere(WHY):
        row = points().filter(public_id=point_of(stream), is_hub=False).first()
        if row is None:
            raise Refused(not_now("points.unknown"))
        by = system(row.organisation)
        take_bundle(row, stream, by=by, at=request.at)
        row.refresh_from_db()
        ours = TemporaryFile()  # noqa: SIM115  (the answer closes it)
        made = make_bundle(row, ours, by=by, at=request.at)
    ours.seek(0)
    return streamed(ours, made.size, name_of_file(made), TYPE)
