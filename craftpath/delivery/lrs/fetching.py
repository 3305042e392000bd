"""Where a unit of cmi5 gets the token of its session, once."""

from __future__ import annotations

import uuid
from base64 import b64encode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from craftpath.delivery.exchange.reasons import sentence
from craftpath.domain.packages import actions
from craftpath.kernel.access import system
from craftpath.values.verdict import Refused

USED, UNSAFE = "1", "2"
"""What the standard calls an address that was used, and one that gives out nothing for another reason."""


@csrf_exempt
@login_not_required
def fetch(request: HttpRequest, session: uuid.UUID, secret: str) -> HttpResponse:
    """POST: the token, or why not; the standard wants 200 for both."""
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer["Access-Control-Allow-Methods"] = "POST"
        answer["Access-Control-Allow-Headers"] = "Content-Type, X-Experience-API-Version"
        answer["Access-Control-Max-Age"] = "86400"
    elif request.method != "POST":
        answer = HttpResponse(status=405, headers={"Allow": "POST"})
    else:
        answer = JsonResponse(_told(session, secret), json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"  # the secret in the address is all that is asked for
    answer["Cache-Control"] = "no-store"
    return answer


def _told(session: uuid.UUID, secret: str) -> dict[str, str]:
    try:
        token = actions.fetch_token(session, secret, by=system(), at=timezone.now())
    except Refused as refused:
        code = USED if refused.verdict.reason == "packages.fetched_before" else UNSAFE
        return {"error-code": code, "error-text": sentence(refused.verdict)}
    return {"auth-token": b64encode(token.encode()).decode()}
