"""Where a playing page sends what the package says; the answer is for its script."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from craftpath.delivery.web.packages import saying
from craftpath.delivery.web.packages.places import ATTEMPT_TONES, open_to
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.packages import actions
from craftpath.domain.packages.rules import LONGEST_KEY
from craftpath.domain.packages.texts import ATTEMPTS
from craftpath.values.verdict import Refused, not_now

ENDS = ("packages.elsewhere", "packages.not_played", "packages.entry_unknown")
"""After these nothing that this page sends is taken any more."""
_MOST = 2**31 - 1


@require_POST
def commit(request: Request, organisation: str, package: str) -> JsonResponse:
    """Keep it: 200 with how far the reader is; else why not, and whether this page had better stop."""
    row = open_to(request, package)
    try:
        saved = _saved(request.body)
        attempt = actions.save_attempt(row, saved, by=request.actor, at=request.at)
    except Refused as refused:
        verdict = refused.verdict
        said = {"refused": sentence(verdict), "ends": verdict.reason in ENDS}
        return JsonResponse(said, status=403 if verdict.who else 409)
    return JsonResponse(
        {
            "revision": attempt.revision,
            "state": str(ATTEMPTS[attempt.state]),
            "tone": ATTEMPT_TONES[attempt.state],
            "score": saying.percent(attempt.score),
        }
    )


def _saved(body: bytes) -> actions.Saved:
    try:
        told = json.loads(body, parse_constant=_no_number)
        return actions.Saved(
            entry=_text(told["entry"]),
            number=_count(told["number"]),
            launch=uuid.UUID(_text(told["launch"], 36)),
            base=_count(told["base"]),
            revision=_count(told["revision"]),
            data=told["data"],
            seconds=told.get("seconds", 0),
            final=told.get("final") is True,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(not_now("packages.data_unfit", name="JSON")) from None


def _no_number(name: str) -> Any:
    raise ValueError(name)  # NaN and its like are no JSON


def _count(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= _MOST:
        raise ValueError(given)
    return given


def _text(given: Any, most: int = LONGEST_KEY) -> str:
    if not isinstance(given, str) or len(given) > most:
        raise ValueError(given)
    return given
