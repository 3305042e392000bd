"""Deep linking as platform: an author chooses inside a tool what an activity opens."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from craftpath.domain.courses.models import Activity, Course
from craftpath.domain.lti.models import Link, Tool
from tests.cast import Cast
from tests.domain.courses.world import written
from tests.domain.lti import world
from tests.domain.lti.parties import DL, LTI, SmallTool, fields_of, signed, times

pytestmark = pytest.mark.usefixtures("all_rows")
ISSUER = "https://craftpath.example"


@pytest.fixture(autouse=True)
def _address(settings: Any, db: None) -> None:
    settings.ADDRESS = ISSUER
    cache.clear()


@pytest.fixture
def tool(cast: Cast) -> Tool:
    return world.tool(cast)


@pytest.fixture
def course(cast: Cast) -> Course:
    from craftpath.domain.courses.actions import NewActivity
    from craftpath.domain.courses.content import Content
    from craftpath.values.text import Text

    return written(cast, NewActivity("tool", Text("虚拟焊接"), Content("tool")))


def choice(client: Client, tool: Tool, course: Course) -> tuple[SmallTool, dict[str, Any]]:
    """Go to the tool to choose; the claims that it gets."""
    key = Activity.objects.get(unit__version__course=course).key
    edit = client.get(f"/o/lanchuan/courses/{course.public_id}/at/{key}/").content.decode()
    assert f"/o/lanchuan/tools/{tool.public_id}/choose/" in edit
    begun = fields_of(
        client.post(
            f"/o/lanchuan/tools/{tool.public_id}/choose/", {"course": course.public_id, "activity": key}
        )
    )[1]
    strict = SmallTool(tool.public_id, Client().get("/lti/keys/lanchuan/").json(), ISSUER)
    answer = client.get(f"/lti/auth/?{urlencode(strict.asks(begun))}")
    return strict, strict.reads(fields_of(answer)[1]["id_token"])


def response(tool: Tool, claims: dict[str, Any], **other: Any) -> dict[str, Any]:
    told = {
        "iss": tool.public_id, "aud": ISSUER, "nonce": secrets.token_urlsafe(8), **times(),
        f"{LTI}message_type": "LtiDeepLinkingResponse", f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": tool.deployment,
        f"{DL}data": claims[f"{DL}deep_linking_settings"]["data"],
        f"{DL}content_items": [
            {"type": "ltiResourceLink", "title": "Overhead weld", "url": "https://tool.example/tasks/pe",
             "custom": {"task": "pe"}, "lineItem": {"scoreMaximum": 20}},
            {"type": "link", "url": "https://tool.example/about"},
        ],
    } | other  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def back(client: Client, claims: dict[str, Any], token: str) -> Any:
    """The way back: from the tool to the public door, from there by the browser itself."""
    where = claims[f"{DL}deep_linking_settings"]["deep_link_return_url"]
    assert where.startswith(f"{ISSUER}/lti/chosen/lanchuan/")
    onward, fields = fields_of(Client().post(where.removeprefix(ISSUER), {"JWT": token}))
    return client.post(onward.removeprefix(ISSUER), fields)


def test_what_was_chosen_becomes_the_link_of_the_activity(
    cast: Cast, browse: Any, tool: Tool, course: Course
) -> None:
    client = browse("trainer")
    _strict, claims = choice(client, tool, course)
    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingRequest"
    settings = claims[f"{DL}deep_linking_settings"]
    assert settings["accept_types"] == ["ltiResourceLink"]
    answer = back(client, claims, signed(response(tool, claims)))
    one = Activity.objects.get(unit__version__course=course)
    assert (answer.status_code, answer.url) == (
        302,
        f"/o/lanchuan/courses/{course.public_id}/at/{one.key}/",
    )
    link = Link.objects.get()
    assert (link.title, link.address, link.custom, link.maximum) == (
        "Overhead weld", "https://tool.example/tasks/pe", {"task": "pe"}, 20,
    )  # fmt: skip
    assert one.content["ref"] == str(link.ref)


def test_the_same_answer_serves_once(cast: Cast, browse: Any, tool: Tool, course: Course) -> None:
    client = browse("trainer")
    _strict, claims = choice(client, tool, course)
    token = signed(response(tool, claims))
    assert back(client, claims, token).status_code == 302
    assert back(client, claims, token).status_code == 409
    assert Link.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "how"),
    [
        ({"aud": "https://elsewhere.example"}, {}),
        ({"iss": "somebody"}, {}),
        ({"exp": 1_600_000_000, "iat": 1_599_999_000}, {}),
        ({"nonce": None}, {}),
        ({f"{DL}data": "forged"}, {}),
        ({f"{DL}data": None}, {}),
        ({f"{LTI}message_type": "LtiResourceLinkRequest"}, {}),
        ({f"{LTI}version": "1.2.0"}, {}),
        ({f"{LTI}deployment_id": "other"}, {}),
        ({f"{DL}content_items": "all"}, {}),
        ({f"{DL}content_items": [{"type": "ltiResourceLink", "url": "javascript:alert(1)"}]}, {}),
        ({f"{DL}content_items": [{"type": "ltiResourceLink", "lineItem": {"scoreMaximum": -3}}]}, {}),
        ({f"{DL}content_items": [{"type": "ltiResourceLink"}] * 21}, {}),
        ({f"{DL}errormsg": "no licence"}, {}),
        ({}, {"key": "foreign"}),
        ({}, {"kid": "unknown"}),
    ],
)
def test_an_answer_that_does_not_hold_adds_nothing(
    cast: Cast, browse: Any, tool: Tool, course: Course, other: dict[str, Any], how: dict[str, Any]
) -> None:
    client = browse("trainer")
    _strict, claims = choice(client, tool, course)
    answer = back(client, claims, signed(response(tool, claims, **other), **how))
    assert answer.status_code == 409
    assert not Link.objects.exists()


def test_somebody_else_s_choice_is_not_taken(cast: Cast, browse: Any, tool: Tool, course: Course) -> None:
    _strict, claims = choice(browse("trainer"), tool, course)
    assert back(browse("coordinator"), claims, signed(response(tool, claims))).status_code == 409
    assert back(browse("apprentice"), claims, signed(response(tool, claims))).status_code in {403, 404}
    assert not Link.objects.exists()
