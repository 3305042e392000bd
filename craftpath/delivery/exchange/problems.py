"""What goes wrong, as `application/problem+json` (RFC 9457), said in the caller's language.

`code` is stable and for programs, `detail` a sentence for people, `facts` the values that the sentence names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from craftpath.delivery.exchange.reasons import sentence
from craftpath.values.verdict import Verdict

MEDIA_TYPE = "application/problem+json"
KIND = "urn:craftpath:problem:"
TITLES = {
    304: _("Not changed"),
    400: _("The request cannot be read"),
    401: _("No token that serves"),
    403: _("Not allowed"),
    404: _("Not there"),
    405: _("Not done here"),
    409: _("Not possible now"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Not JSON"),
    422: _("Something in the request is not right"),
    429: _("Too many requests"),
    500: _("Something broke"),
}
SENTENCES = {
    "api.token_missing": _("Send a token: “Authorization: Bearer …”."),
    "api.token_wrong": _(
        "This token does not serve: it is wrong, has expired or was revoked, or its person left."
    ),
    "api.too_many_wrong": _("Too many wrong tokens came from here. Wait a minute."),
    "api.too_many": _("More than %(limit)s requests in a minute. Wait %(seconds)s seconds."),
    "api.not_there": _("There is nothing of this name that you may see."),
    "api.not_done": _("This address does not do %(method)s."),
    "api.changed": _("It has changed since you read it (now %(revision)s). Read it again first."),
    "api.unreadable": _("The body is no JSON, or not the JSON that is asked for."),
    "api.not_json": _("The body is sent as application/json."),
    "api.not_a_file": _("The body is the file itself, as one of: %(kinds)s."),
    "api.too_large": _("A request has at most %(megabytes)s MB."),
    "api.invalid": _("Look at what stands under “errors”."),
    "api.cursor": _("This cursor was not given for this list. Begin at the first page."),
    "api.key": _("An Idempotency-Key has 1 to 200 plain characters."),
    "api.key_used": _("This Idempotency-Key was sent before with another request."),
    "api.broken": _("The fault lies here and is noted. Try again in a minute."),
}


def problem(
    status: int,
    code: str,
    facts: Mapping[str, Any] | None = None,
    *,
    detail: str = "",
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """An answer that says what went wrong."""
    facts = dict(facts or {})
    said = detail or str(SENTENCES[code]) % facts
    content = {
        "type": KIND + code,
        "title": str(TITLES.get(status, "")),
        "status": status,
        "detail": said,
        "code": code,
        "facts": facts,
        "errors": errors or [],
    }
    response = HttpResponse(to_json(content, fallback=str), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def refusal(verdict: Verdict) -> HttpResponse:
    """403 for the person, 409 for the moment."""
    return problem(403 if verdict.who else 409, verdict.reason, verdict.facts, detail=sentence(verdict))
