"""Nobody is led away: whatever an address is told to send somebody on to, it stays with this site."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast
from tests.house.addresses import NAMES
from tests.house.hostile import JUNK, UNUSUAL, kind_for, unusual_for
from tests.house.visitors import signed_in


def test_every_address_meets_junk_and_every_kind_of_it_is_sent() -> None:
    """What each room is sent stands in `hostile.py`; here, that taking turns leaves nothing out."""
    assert {kind_for(name) for name in NAMES} == set(JUNK)
    assert {unusual_for(name) for name in NAMES} == set(UNUSUAL)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//e.e"],
)
def test_no_answer_leads_to_another_site(elsewhere: str, cast: Cast) -> None:
    coordinator = signed_in(cast, "coordinator", HTTP_ACCEPT_LANGUAGE="en")
    for way, form in (
        ("/language/", {"language": "en"}),
        ("/theme/", {"theme": "dark"}),
        ("/account/login/", {"login": "c01", "password": "let-me-in"}),
        ("/account/logout/", {}),
    ):
        client = Client() if way == "/account/login/" else coordinator
        answer = client.post(way, form | {"next": elsewhere}, HTTP_REFERER=elsewhere)
        assert (answer.status_code, answer.headers.get("Location", "/")[:2]) in {
            (302, "/"), (302, "/o"), (302, "/a"), (200, "/"),
        }, way  # fmt: skip
