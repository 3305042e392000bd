"""Whatever anybody asks of the services is answered, never by a fault of ours, and as they say what went wrong."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from craftpath.delivery.ims.urls import urlpatterns
from tests.cast import Cast
from tests.ims.test_rosters import service

pytestmark = pytest.mark.django_db
JUNK = (
    "a", "%00", "..%2F", "'", '"', "%F0%9F%92%A3", "%ED%A0%80", "%FF", "x" * 3000, "0", "-1", "a.b.c", "{}",
    "%E2%80%A8", "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
QUERIES = (
    "limit=%00", "limit=9999999999", "limit=1e3", "limit=\u0663", "offset=999999999", "offset=-0", "sort=",
    "sort=title&sort=x", "sort=a.b.c.d", "orderBy=", "orderBy=%00", "fields=", "fields=%00", "fields=" + "a," * 5000,
    "filter=", "filter=%00", "filter=title='", "filter=title='a' AND", "filter=title~''", "filter=title='%00'",
    "filter=" + "(" * 5000, "filter=title>'NaN'", "filter=title<'inf'", "filter=dateLastModified>'x'",
    "filter=title='a'" + " AND title='a'" * 500, "filter=__class__='a'", "filter=title.__class__='a'",
)  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff", b"[" * 100_000, b'{"lineItem": []}', b'{"result": null}',
    b'{"lineItem": {"title": {"a": 1}}}', b'{"result": {"score": 1e400}}', b'{"lineItems": [[]]}',
    b'{"results": [null]}',
    b'{"lineItem": {"resultValueMax": 1' + b"0" * 5000 + b"}}", b'{"result": {"lineItem": {"sourcedId": "\\u0000"}}}',
)  # fmt: skip


@pytest.fixture(autouse=True)
def _without_haste(settings: Any) -> None:
    settings.API_A_MINUTE = 1_000_000


def ways() -> list[str]:
    """Every address of the services, with something in each place."""
    found = []
    for one in urlpatterns:
        names = list(one.pattern.converters)
        try:
            found.append(reverse(f"ims:{one.name}", args=["a"] * len(names)))
        except NoReverseMatch:
            raise AssertionError(one.name) from None
    return found


def sane(answer: Any) -> None:
    assert answer.status_code != 429
    assert answer.status_code < 500, (answer.request["PATH_INFO"][:200], answer.status_code)
    if answer.content and answer["Content-Type"] == "application/json":
        found = answer.json()
        assert answer.status_code < 400 or "imsx_codeMajor" in found or "error" in found


@pytest.mark.parametrize("with_token", [True, False])
def test_junk_in_every_place_of_every_address(cast: Cast, with_token: bool) -> None:
    headers = {"Authorization": f"Bearer {service(cast, 'roster:write').token}"} if with_token else {}
    client = Client(raise_request_exception=True)
    for way in ways():
        for junk in JUNK[:: 3 if with_token else 1]:  # what a token opens is asked more slowly
            sane(client.get(re.sub(r"/a(?=/|$)", lambda _: f"/{junk}", way), headers=headers))  # noqa: B023


def test_junk_in_every_question(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {service(cast).token}"}
    client = Client()
    roots = (
        "oneroster/rostering/v1p2/users",
        "oneroster/gradebook/v1p2/lineItems",
        "oneroster/gradebook/v1p2/results",
    )
    for root in (*roots, "case/v1p1/CFDocuments", "case/v1p0/CFDocuments"):
        for query in QUERIES:
            sane(client.get(f"/ims/{root}?{quote(query, safe='=&%,')}", headers=headers))


def test_junk_in_every_body(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {service(cast, 'roster:write').token}"}
    client = Client()
    own = cast.cohort.public_id
    for body in BODIES:
        for method, way in (
            ("PUT", "lineItems/a"), ("PUT", "results/a"), ("POST", f"classes/{own}/lineItems"),
            ("POST", "lineItems/a/results"), ("DELETE", "lineItems/a"), ("PATCH", "lineItems/a"),
            ("PUT", "categories/a"),
        ):  # fmt: skip
            answer = client.generic(
                method,
                f"/ims/oneroster/gradebook/v1p2/{way}",
                body,
                content_type="application/json",
                headers=headers,
            )
            sane(answer)
            assert answer.status_code >= 400
    for form in (
        {},
        {"grant_type": "x" * 10_000},
        {"grant_type": "client_credentials", "scope": "\0 " * 1000},
    ):
        sane(client.post("/ims/oauth2/token", form))
