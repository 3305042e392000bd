"""Hello and take in: who is signed in here, the key of this person's outbox, and a portion of writes."""

from __future__ import annotations

import base64
import json
import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.sync.taking import SAYERS, TAKERS, UNRECEIPTED, NotYet, Unreadable, Write
from craftpath.kernel.receipts import Receipted, once
from craftpath.values.verdict import Refused

_log = logging.getLogger(__name__)
MOST = 50  # writes in a portion
OUTBOX = "craftpath.outbox"


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def door(request: Request, organisation: str) -> HttpResponse:
    """GET says who is here; POST takes a portion of writes and answers each."""
    return _hello(request) if request.method != "POST" else _take(request)


def _hello(request: Request) -> HttpResponse:
    """`key` seals what this person's devices keep: another person signed in on the same device gets another one."""
    key = salted_hmac(OUTBOX, request.user.public_id, algorithm="sha256").digest()
    hello = {
        "person": request.user.public_id,
        "name": request.user.name,
        "key": base64.b64encode(key).decode(),
        "token": get_token(request),
        "at": request.at.isoformat(),
    }
    return JsonResponse(hello)


def _take(request: Request) -> HttpResponse:
    try:
        writes = json.loads(request.POST.get("writes", ""))
    except ValueError:
        writes = None
    if not isinstance(writes, list) or len(writes) > MOST:
        return JsonResponse({"fault": _("This is no portion of writes.")}, status=400)
    return JsonResponse(
        {"answers": [_answer(request, write) for write in writes], "at": request.at.isoformat()}
    )


def _answer(request: Request, write: Any) -> dict[str, Any]:
    """One write's answer: done, again, refused (for good, with the reason), or later."""
    key = str(write.get("key", "")) if isinstance(write, dict) else ""
    try:
        name, taker = uuid.UUID(key), TAKERS[str(write["kind"])]
        data = write["data"]
        if not isinstance(data, dict):
            raise Unreadable("data")
        made = Write(request, data, _moment(write.get("at")), request.FILES.get(key))
        taken = _done(request, name, str(write["kind"]), lambda: taker(made))
    except Refused as refusal:
        return {
            "key": key,
            "status": "refused",
            "code": refusal.verdict.reason,
            "reason": sentence(refusal.verdict),
        }
    except NotYet:
        return {"key": key, "status": "later"}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as fault:
        _log.warning("a write cannot be read: %s", type(fault).__name__)
        reason = _("This write cannot be read; it was kept on the device only.")
        return {"key": key, "status": "refused", "code": "sync.unreadable", "reason": reason}
    says = SAYERS.get(str(write["kind"]))
    return {
        "key": key,
        "status": "again" if taken.again else "done",
        "outcome": taken.outcome,
        "said": [asdict(one) for one in says(taken.outcome)] if says else [],
    }


def _done(request: Request, name: uuid.UUID, kind: str, do: Callable[[], dict[str, Any]]) -> Receipted:
    """Once, by the receipt of its name; of what keeps none the taker knows itself whether it was done."""
    if kind in UNRECEIPTED:
        return Receipted(do(), again=False)
    return once(name, kind, do, by=request.actor, at=request.at)


def _moment(value: Any) -> datetime | None:
    """When the device says that it was; a clock that cannot be read says nothing."""
    try:
        moment = parse_datetime(str(value or ""))
    except ValueError:
        return None
    return moment if moment is not None and is_aware(moment) else None
