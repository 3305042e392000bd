"""Answers and refusals, as SCIM wants them said."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from pydantic_core import from_json, to_json
from scim2_models import Error, SCIMException

from craftpath.delivery.exchange.problems import SENTENCES
from craftpath.delivery.exchange.programs import MISSING, TOO_OFTEN
from craftpath.delivery.exchange.reasons import sentence
from craftpath.kernel.clients import Admitted
from craftpath.values.verdict import Refused, may_not, require

MEDIA_TYPE = "application/scim+json"
TAKEN = (MEDIA_TYPE, "application/json")
MOST_BYTES = 1024 * 1024
UNIQUE = "kernel.directory_name_taken"
INVALID = {"kernel.directory_member_unknown", "kernel.directory_name_length"}
View = Callable[..., HttpResponse]


class Told(Exception):  # noqa: N818  (carries an answer out of whatever was being done)
    """An error as it is answered."""

    def __init__(self, status: int, detail: str, scim_type: str = "") -> None:
        self.status, self.detail, self.scim_type = status, detail, scim_type


def answer(content: dict[str, Any], status: int = 200) -> HttpResponse:
    """One message."""
    response = HttpResponse(to_json(content), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def error(status: int, detail: str, scim_type: str = "") -> HttpResponse:
    """What went wrong."""
    said = Error(status=status, detail=detail, scim_type=scim_type or None)
    return answer(said.model_dump(), status)


def refusal(refused: Refused) -> HttpResponse:
    """403 for the office, 409 for the moment; what is not unique or no value says so by its SCIM type."""
    verdict = refused.verdict
    said = sentence(verdict)
    if verdict.reason == UNIQUE:
        return error(409, said, "uniqueness")
    if verdict.reason in INVALID:
        return error(400, said, "invalidValue")
    if verdict.reason == "kernel.directory_gone":
        return error(404, said)
    return error(403 if verdict.who else 409, said)


def invalid(fault: ValidationError) -> HttpResponse:
    """The first thing that is wrong with a request."""
    first = Error.from_validation_errors(fault)[0]
    return error(first.status or 400, first.detail or "", first.scim_type or "")


def door(**methods: View) -> View:
    """A view that answers these methods to a service token with the scope, and errors in the shape of SCIM."""

    @csrf_exempt
    @login_not_required
    def entered(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        try:
            come = _admitted(request)
            run = methods.get(str(request.method)) or (
                methods.get("GET") if request.method == "HEAD" else None
            )
            if run is None:
                response = error(405, str(SENTENCES["api.not_done"]) % {"method": str(request.method)[:20]})
                response.headers["Allow"] = ", ".join(sorted(methods))
                return response
            response = run(request, come, *args, **values)
        except Told as told:
            response = error(told.status, told.detail, told.scim_type)
            if told.status == 401:
                response.headers["WWW-Authenticate"] = 'Bearer realm="Craftpath SCIM"'
        except Refused as refused:
            response = refusal(refused)
        except ValidationError as fault:
            response = invalid(fault)
        except SCIMException as fault:
            response = answer(fault.to_error().model_dump(), fault.status)
        return response

    return wraps(next(iter(methods.values())))(entered)


def _admitted(request: HttpRequest) -> Admitted:
    come: Admitted | None = getattr(request, "admitted", None)
    if come is None:
        why = getattr(request, "not_admitted", MISSING)
        if why == TOO_OFTEN:
            raise Told(429, str(SENTENCES["api.too_many_wrong"]))
        raise Told(401, str(SENTENCES["api.token_missing" if why == MISSING else "api.token_wrong"]))
    budget = getattr(request, "budget", None)
    if budget is not None and budget.over:
        facts = {"limit": budget.limit, "seconds": budget.seconds}
        raise Told(429, str(SENTENCES["api.too_many"]) % facts)
    require(come.may("scim"))
    if not come.client.is_service:
        raise Refused(may_not("kernel.directory_by_service"))
    return come


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The body as an object of JSON."""
    try:
        sent = request.body
    except RequestDataTooBig:
        sent = b" " * (MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise Told(413, str(SENTENCES["api.too_large"]) % {"megabytes": MOST_BYTES // 1024**2})
    if request.content_type not in TAKEN:
        raise Told(415, _("The body is sent as application/scim+json."))
    try:
        found = from_json(sent, allow_inf_nan=False)
    except ValueError:
        raise Told(400, _("The body is no JSON."), "invalidSyntax") from None
    if not isinstance(found, dict) or b"\\u0000" in sent:
        raise Told(
            400, _("The body is no JSON object, or has characters that nothing can keep."), "invalidSyntax"
        )
    return found


def missing() -> Told:
    """Nothing of this name is in the directory of the token's organisation."""
    return Told(404, str(SENTENCES["api.not_there"]))
