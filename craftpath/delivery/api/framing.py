"""What happens around every operation: who comes, how often, with which scope, and each named write only once."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from pydantic_core import from_json

from craftpath.delivery.exchange.budgets import Budget
from craftpath.delivery.exchange.problems import problem, refusal
from craftpath.delivery.exchange.programs import MISSING, TOO_OFTEN
from craftpath.kernel.clients import Admitted
from craftpath.kernel.receipts import once
from craftpath.values.verdict import YES, may_not

Run = Callable[..., HttpResponse]
MOST_BYTES = 1024 * 1024
FILES = ("application/zip", "application/octet-stream", "application/xml", "text/xml")
"""What a body says that it is where it is a file."""
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_NAMES = uuid.UUID("6f1d9c1e-52f8-5d0c-8f0a-0d8c2d1f4a77")
"""The space of names in which the keys of callers become the UUIDs of receipts."""


class _NotDone(Exception):  # noqa: N818  (carries an answer out of a transaction that is to leave nothing)
    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def reads(scope: str) -> Callable[[Run], Run]:
    """Around an operation that only reads: its answer has an `ETag`, by which an unchanged one is not sent again."""

    def around(run: Run) -> Run:
        def framed(request: HttpRequest, **values: Any) -> HttpResponse:
            return _framed(request, scope, lambda: _read(request, run(request, **values)))

        return framed

    return around


def writes(scope: str, name: str, *, by_person: bool = True) -> Callable[[Run], Run]:
    """Around an operation that writes: JSON only, and done once for each Idempotency-Key."""

    def around(run: Run) -> Run:
        def framed(request: HttpRequest, **values: Any) -> HttpResponse:
            return _framed(
                request, scope, lambda: _written(request, name, by_person, lambda: run(request, **values))
            )

        return framed

    return around


class UploadTooLarge(Exception):  # noqa: N818  (the door says so in words)
    """A body that is larger than was said, or than is taken."""


def takes(scope: str, most: int) -> Callable[[Run], Run]:
    """Around an operation whose body is a file: it is not read before its size and its caller are known."""

    def around(run: Run) -> Run:
        def framed(request: HttpRequest, **values: Any) -> HttpResponse:
            return _framed(request, scope, lambda: _taken(request, most, lambda: run(request, **values)))

        return framed

    return around


def uploaded(request: HttpRequest, file: IO[bytes], most: int) -> int:
    """Pour the body into a file, piece by piece, also one that does not say its length; how many bytes there were."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    stream: Any = request.META["wsgi.input"] if chunked else request
    size = 0
    while piece := stream.read(64 * 1024):
        size += len(piece)
        if size > most:
            raise UploadTooLarge
        file.write(piece)
    file.flush()
    return size


def _taken(request: HttpRequest, most: int, run: Callable[[], HttpResponse]) -> HttpResponse:
    if admitted(request).actor.person is None:
        return refusal(may_not("kernel.client_needs_person"))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > most:
        return problem(413, "api.too_large", {"megabytes": most // 1024**2})
    if request.content_type not in FILES:
        return problem(415, "api.not_a_file", {"kinds": ", ".join(FILES)})
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        return problem(400, "api.key")
    return run()


def admitted(request: HttpRequest) -> Admitted:
    """Who has come in."""
    return request.admitted  # type: ignore[attr-defined]


def _framed(request: HttpRequest, scope: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    come: Admitted | None = getattr(request, "admitted", None)
    if come is None:
        return _nobody(request)
    budget: Budget = request.budget  # type: ignore[attr-defined]
    if budget.over:
        facts = {"limit": budget.limit, "seconds": budget.seconds}
        return budget.say(problem(429, "api.too_many", facts))
    verdict = come.may(scope) if scope else YES
    response = answer() if verdict else refusal(verdict)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return budget.say(response)


def _nobody(request: HttpRequest) -> HttpResponse:
    why = getattr(request, "not_admitted", MISSING)
    if why == TOO_OFTEN:
        response = problem(429, "api.too_many_wrong")
        response.headers["Retry-After"] = "60"
        return response
    response = problem(401, "api.token_missing" if why == MISSING else "api.token_wrong")
    response.headers["WWW-Authenticate"] = (
        'Bearer realm="Craftpath", Basic realm="Craftpath", charset="UTF-8"'
    )
    return response


def _read(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code != 200:
        return response
    response.headers.setdefault("ETag", f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"')
    tag = response.headers["ETag"]
    wanted = parse_etags(request.headers.get("If-None-Match", ""))
    if tag.removeprefix("W/") in {one.removeprefix("W/") for one in wanted}:
        unchanged = HttpResponse(status=304)
        unchanged.headers["ETag"] = tag
        return unchanged
    return response


def _written(
    request: HttpRequest, name: str, by_person: bool, run: Callable[[], HttpResponse]
) -> HttpResponse:
    actor = admitted(request).actor
    if by_person and actor.person is None:
        return refusal(may_not("kernel.client_needs_person"))
    try:
        size = len(request.body)
    except RequestDataTooBig:
        size = MOST_BYTES + 1
    if size > MOST_BYTES:
        return problem(413, "api.too_large", {"megabytes": MOST_BYTES // 1024**2})
    if size and request.content_type != "application/json":
        return problem(415, "api.not_json")
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return run()
    if not _KEY.fullmatch(key):
        return problem(400, "api.key")
    return _once(request, name, key, run)


def _once(request: HttpRequest, name: str, key: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    """The first answer for ever, whatever has become of things since; another request under this key is none."""
    sent = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    body = hashlib.sha256(sent).hexdigest()

    def do() -> dict[str, Any]:
        response = run()
        if response.status_code >= 400:
            raise _NotDone(response)
        kept = {one: response.headers[one] for one in ("ETag", "Location") if one in response.headers}
        return {
            "sent": body,
            "status": response.status_code,
            "content": response.content.decode(),
            "headers": kept,
        }

    actor = admitted(request).actor
    try:
        done = once(uuid.uuid5(_NAMES, key), f"api.{name}"[:40], do, by=actor, at=request.at)  # type: ignore[attr-defined]
    except _NotDone as refused:
        return refused.response
    if done.outcome.get("sent") != body:
        return problem(422, "api.key_used")
    told = done.outcome
    response = HttpResponse(
        told["content"], status=told["status"], content_type="application/json; charset=utf-8"
    )
    for header, value in told["headers"].items():
        response.headers[header] = value
    if done.again:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def parsed(request: HttpRequest) -> Any:
    """The body as JSON; ValueError if it is none."""
    return from_json(request.body, allow_inf_nan=False)
