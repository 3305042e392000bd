"""Answers as 1EdTech's services give them: JSON, and what went wrong as an imsx_StatusInfo."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic_core import from_json, to_json

from craftpath.delivery.exchange.reasons import sentence
from craftpath.values.verdict import Refused

View = Callable[..., HttpResponse]
JSON = "application/json"
MOST_BYTES = 1024 * 1024


class NotAnswered(Exception):  # noqa: N818  (an answer to a request, not a programming error)
    """A request that is refused: HTTP status, 1EdTech's minor code, and a sentence."""

    def __init__(self, status: int, code: str, said: str) -> None:
        super().__init__(code)
        self.status, self.code, self.said = status, code, said


def answer(content: Any, status: int = 200) -> HttpResponse:
    """JSON."""
    response = HttpResponse(to_json(content, fallback=str), status=status, content_type=JSON)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def done(status: int = 200, content: Any = None) -> HttpResponse:
    """That it was done, for whoever reads the body; `content` is what else there is to say."""
    said = {"imsx_codeMajor": "success", "imsx_severity": "status", "imsx_description": ""}
    response = answer(said if content is None else content, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def failure(status: int, code: str, said: str, *, minor: str = "imsx_CodeMinor") -> HttpResponse:
    """What went wrong; CASE writes the name of the minor code with a small letter."""
    response = answer(
        {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": said,
            minor: {
                "imsx_codeMinorField": [
                    {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": code}
                ]
            },
        },
        status,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def served(*methods: str, minor: str = "imsx_CodeMinor") -> Callable[[View], View]:
    """Around a view: no session, no page of ours, every refusal as the services say it."""

    def around(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD") or (
                request.method == "HEAD" and "GET" not in methods
            ):
                response = failure(405, "forbidden", _("This address does not do that."), minor=minor)
                response.headers["Allow"] = ", ".join(methods)
                return response
            try:
                return view(request, *args, **values)
            except NotAnswered as fault:
                return failure(fault.status, fault.code, fault.said, minor=minor)
            except Refused as refused:
                status = 403 if refused.verdict.who else 422
                code = "forbidden" if refused.verdict.who else "invaliddata"
                return failure(status, code, sentence(refused.verdict), minor=minor)
            except Http404:
                said = _("There is nothing of this name that you may see.")
                return failure(404, "unknownobject", said, minor=minor)

        return serve

    return around


def body_of(request: HttpRequest) -> Any:
    """The JSON of a request; refused where it is none."""
    try:
        content = request.body
        if len(content) > MOST_BYTES:
            raise ValueError
        return from_json(content, allow_inf_nan=False)
    except (ValueError, RequestDataTooBig):
        raise NotAnswered(400, "invaliddata", _("The body is no JSON, or too large.")) from None
