"""The one door of all resources: who comes, in which version, written in which way; and how every answer looks."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import parse_qsl

from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.datastructures import CaseInsensitiveMapping
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from craftpath.delivery.exchange.programs import TOO_OFTEN, admit
from craftpath.delivery.exchange.reasons import sentence
from craftpath.delivery.lrs.asking import Asked, Refusal, version_of
from craftpath.delivery.lrs.bodies import LARGEST_JSON, Bounded, largest, main_type, whole
from craftpath.domain.activity.rules import may_use_store
from craftpath.domain.activity.storing import stored_through
from craftpath.engines.xapi import Version, Wrong
from craftpath.engines.xapi.values import written
from craftpath.kernel.tenancy import NOBODY, Scope, looking_for
from craftpath.values.verdict import Refused

T = TypeVar("T")
Answer = Callable[[Asked], HttpResponse]
VERSION = "X-Experience-API-Version"
THROUGH = "X-Experience-API-Consistent-Through"
READS = ("GET", "HEAD")
FORM = "application/x-www-form-urlencoded"
# What a form may bring in place of headers, where somebody could not set any.
HEADERS = ("Authorization", VERSION, "Content-Type", "Content-Length", "If-Match", "If-None-Match")
WORDS = {
    400: gettext_lazy("The request cannot be understood."),
    401: gettext_lazy("A token is needed: as Bearer, or as Basic with its id and its secret."),
    404: gettext_lazy("There is nothing of this kind here."),
    405: gettext_lazy("This method is not meant for this address."),
    413: gettext_lazy("This is larger than one request may be."),
    429: gettext_lazy("Too many wrong tokens came from this address. Wait a minute."),
    503: gettext_lazy("Others are writing the same just now. Send it again."),
}


def resource(*, dated: bool = False, **methods: Answer) -> Callable[..., HttpResponse]:
    """A resource with its methods by name; `dated` ones say until when everything that was stored can be read."""
    if "GET" in methods:
        methods["HEAD"] = methods["GET"]

    @csrf_exempt
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        asked: Asked | None = None
        try:
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                answer = _beforehand(methods)
            else:
                asked = _asked(request)
                answer = _answered(asked, methods)
        except Refusal as refusal:
            answer = _refused(request, refusal)
        except Wrong as wrong:
            said = wrong.said(get_language() or "")
            answer = _refused(
                request, Refusal(400, {"error": said, "code": wrong.code, "where": wrong.where})
            )
        answer[VERSION] = (asked.version if asked is not None else _version(request) or Version.V2).value
        if dated:
            answer[THROUGH] = written(stored_through())
        answer["Access-Control-Allow-Origin"] = "*"  # a page of any origin may ask, if it has a token to show
        answer["Access-Control-Expose-Headers"] = f"ETag, Last-Modified, {VERSION}, {THROUGH}"
        if request.method == "HEAD":
            answer["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer

    return view


def nowhere(asked: Asked) -> HttpResponse:
    """An address of which the standard knows nothing."""
    raise Refusal(404)


def _beforehand(methods: Mapping[str, Answer]) -> HttpResponse:
    """What a browser asks before a page of another origin may send its token; it says nothing of what is here."""
    answer = HttpResponse(status=204)
    answer["Access-Control-Allow-Methods"] = ", ".join(sorted(methods))
    answer["Access-Control-Allow-Headers"] = (
        f"Authorization, Content-Type, If-Match, If-None-Match, {VERSION}"
    )
    answer["Access-Control-Max-Age"] = "86400"
    return answer


def _version(request: HttpRequest) -> Version | None:
    return version_of(request.headers.get(VERSION, ""))


def any_version(answer: Answer) -> Answer:
    """Mark an answer that is given whatever version is asked for."""
    answer.any_version = True  # type: ignore[attr-defined]
    return answer


def for_everybody(answer: Answer) -> Answer:
    """Mark an answer that says nothing of anybody: it is given without a token, and in any version."""
    answer.for_everybody = True  # type: ignore[attr-defined]
    return any_version(answer)


def _answered(asked: Asked, methods: Mapping[str, Answer]) -> HttpResponse:
    request, answer = asked.request, methods.get(asked.method)
    if answer is None:  # whoever asks; what is meant is told to every browser beforehand
        raise Refusal(405, headers={"Allow": ", ".join(sorted(methods))})
    if getattr(answer, "for_everybody", False):
        return answer(asked)
    if getattr(request, "admitted", None) is None:
        if getattr(request, "not_admitted", "") == TOO_OFTEN:
            raise Refusal(429)
        raise Refusal(401, headers={"WWW-Authenticate": 'Basic realm="xAPI", charset="UTF-8"'})
    said = version_of(asked.headers.get(VERSION, ""))
    if said is None and not getattr(answer, "any_version", False):
        raise Refusal(400, _("Say %(header)s: 2.0.0 or 1.0.3.") % {"header": VERSION})
    for verdict in (
        may_use_store(asked.admitted.actor),
        asked.admitted.may("xapi:read" if asked.method in READS else "xapi:write"),
    ):
        if not verdict:
            raise Refusal(403, sentence(verdict))
    place = asked.place
    with looking_for(Scope(person_id=NOBODY, path=place.path, only=place.pk)):
        return _said_why(asked, answer)


def _said_why(asked: Asked, answer: Answer) -> HttpResponse:
    try:
        return answer(asked)
    except Refused as refused:
        raise Refusal(_status(refused), sentence(refused.verdict)) from refused
    except (IntegrityError, OperationalError) as fault:
        raise Refusal(503) from fault


def twice(act: Callable[[], T]) -> T:
    """Somebody else may write the same at the same moment; the second time it is there and can be compared."""
    try:
        return act()
    except (IntegrityError, OperationalError):
        return act()


def _status(refused: Refused) -> int:
    reason = refused.verdict.reason.removeprefix("activity.")
    reasons = {"document_changed": 412, "not_to_be_merged": 400, "condition_missing": 400}
    return 403 if refused.verdict.who else reasons.get(reason, 409)


# ---- how it was asked ------------------------------------------------------------------------------------


def _asked(request: HttpRequest) -> Asked:
    given = _once(list(_pairs(request)))
    body = Bounded(request, largest())
    asked = Asked(request, request.method or "", request.headers, given, body)  # type: ignore[arg-type]
    if request.method == "POST" and "method" in given:
        asked = _in_a_form(asked)
    asked.version = version_of(asked.headers.get(VERSION, "")) or Version.V2
    return asked


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            request.META.get("QUERY_STRING", ""), keep_blank_values=True, errors="strict", max_num_fields=100
        )
    except ValueError as fault:
        raise Refusal(400, str(fault)) from fault


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) < len(pairs) or any("\0" in text for pair in pairs for text in pair):
        raise Refusal(400)
    return found


def _in_a_form(asked: Asked) -> Asked:
    """The old syntax for browsers that could set no header: everything stands in a form. Gone with 2.0."""
    if main_type(asked.content_type) != FORM:
        raise Wrong("unknown", name="method")
    try:
        text = whole(asked.body, LARGEST_JSON).decode("utf-8")
        form = _once(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100))
    except ValueError as fault:
        raise Refusal(400, str(fault)) from fault
    said = {name.title(): form.pop(name) for name in HEADERS if name in form}
    headers = CaseInsensitiveMapping({name.title(): text for name, text in asked.headers.items()} | said)
    if version_of(headers.get(VERSION, "")) is not Version.V1 or set(asked.given) != {"method"}:
        raise Wrong("unknown", name="method")
    if "Authorization" in said:
        admit(asked.request, said["Authorization"])
    content = form.pop("content", "").encode()
    if headers.get("Content-Type", "").startswith(FORM):
        headers = CaseInsensitiveMapping({**headers, "Content-Type": "application/json"})
    return Asked(asked.request, asked.given["method"], headers, form, io.BytesIO(content))


# ---- how it is answered ----------------------------------------------------------------------------------


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Why not, as JSON, or as plain text for whoever wants only that."""
    why = refusal.why or WORDS.get(refusal.status, WORDS[400])
    told = why if isinstance(why, dict) else {"error": str(why)}
    if "json" not in (accept := request.headers.get("Accept", "json")) and "text/plain" in accept:
        answer = HttpResponse(told["error"], content_type="text/plain; charset=utf-8", status=refusal.status)
    else:
        answer = JsonResponse(told, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    for name, value in refusal.headers.items():
        answer[name] = value
    return answer
