"""The way from the door to a room for programs: short, and with everything that holds there still holding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.urls import URLPattern, get_resolver, path
from django.utils import timezone

from craftpath.delivery.exchange.programs import PATHS
from craftpath.delivery.web.shell.middleware import WroteWhileReading
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import current_scope
from craftpath.project import urls as site
from craftpath.values.verdict import Refused, may_not, not_now
from tests.api.caller import Caller, caller
from tests.cast import Cast


@login_not_required
def writes(request: HttpRequest) -> HttpResponse:
    Organisation.objects.update(second_factor=True)
    return HttpResponse("done")


@login_not_required
def refuses(request: HttpRequest, who: str) -> HttpResponse:
    lacks = "kernel.role_lacks"
    raise Refused(may_not(lacks, permission="run") if who == "person" else not_now(lacks, permission="run"))


@login_not_required
def tells(request: HttpRequest) -> HttpResponse:
    scope = current_scope()
    told = [hasattr(request, "session"), hasattr(request, "user"), request.COOKIES.get("sessionid")]
    told += [scope is not None, abs((timezone.now() - request.at).total_seconds()) < 60]  # type: ignore[attr-defined]
    told += [request.today == timezone.localdate(request.at)]  # type: ignore[attr-defined]
    return HttpResponse(repr(told))


def forgot(request: HttpRequest) -> HttpResponse:
    return HttpResponse("anybody reads this")


handler404, handler500 = site.handler404, site.handler500
urlpatterns = [
    path("api/v1/writes", writes),
    path("api/v1/refuses/<str:who>", refuses),
    path("api/v1/tells", tells),
    path("api/v1/forgot", forgot),
]
HERE = pytest.mark.urls(__name__)


def patterns(found: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for one in found:
        where = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLPattern):
            yield where, one.callback
        else:
            yield from patterns(one.url_patterns, where)


def test_every_view_there_asks_by_itself_who_comes() -> None:
    starts = tuple(start.lstrip("/") for start in PATHS)
    found = [
        (where, view) for where, view in patterns(get_resolver().url_patterns) if where.startswith(starts)
    ]
    assert len(found) > 80
    assert [where for where, view in found if getattr(view, "login_required", True)] == []


@HERE
def test_one_that_forgot_it_answers_nobody(cast: Cast) -> None:
    for who in (caller(cast, "coordinator"), Caller("")):
        answer = who("GET", "/forgot")
        assert (answer.status_code, answer.json()["code"]) == (401, "api.token_missing")


@HERE
def test_nothing_of_a_browser_is_there(cast: Cast) -> None:
    who = caller(cast, "coordinator")
    who.browser.force_login(cast.people["coordinator"])
    assert who("GET", "/tells").content.decode() == repr([False, False, None, True, True, True])
    assert Browser().get("/api/v1/tells").content.decode() == repr([False, False, None, False, True, True])


@HERE
def test_what_only_reads_does_not_write(cast: Cast) -> None:
    who = caller(cast, "coordinator")
    with pytest.raises(WroteWhileReading), transaction.atomic():
        who("GET", "/writes")
    assert not Organisation.objects.filter(second_factor=True).exists()
    assert who("POST", "/writes", {}).content == b"done"


@HERE
@pytest.mark.parametrize(("refused", "status"), [("person", 403), ("moment", 409)])
def test_what_a_room_does_not_answer_itself_is_answered_as_json(
    cast: Cast, refused: str, status: int
) -> None:
    answer = caller(cast, "coordinator")("GET", f"/refuses/{refused}")
    assert (answer.status_code, answer.json()["code"]) == (status, "kernel.role_lacks")


@pytest.mark.parametrize(
    "start", ["/api/v1/me", "/xapi/about", "/ims/case/v1p1/CFDocuments", "/scim/v2/Users"]
)
def test_heads_of_answers(cast: Cast, start: str) -> None:
    answer = Browser(HTTP_ACCEPT_LANGUAGE="en").get(start)
    told = answer.headers
    assert (told["Content-Language"], told["X-Frame-Options"], told["X-Content-Type-Options"]) == (
        "en", "DENY", "nosniff",
    )  # fmt: skip
    assert told["Content-Length"] == str(len(answer.content))
    assert "default-src" in told["Content-Security-Policy"]
    assert not answer.cookies


@pytest.mark.parametrize("start", PATHS)
def test_another_site_s_name_and_what_no_name_holds(db: None, start: str) -> None:
    assert Browser(SERVER_NAME="elsewhere.example").get(start).status_code == 400
    assert Browser().get(f"{start}%00").status_code == 404
