"""Craftpath as platform: a strict tool is launched, asks, and is answered as LTI 1.3 says; all else is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from craftpath.domain.courses.models import Run
from craftpath.domain.lti import actions, launching
from craftpath.domain.lti.models import LineItem, Link, Placement, Tool
from tests.cast import AT, Cast
from tests.domain.courses.world import key_of
from tests.domain.lti import world
from tests.domain.lti.parties import GRADES, LEARNER, LTI, MEMBERS, SmallTool, fields_of

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
ISSUER = "https://craftpath.example"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.ADDRESS = ISSUER


@pytest.fixture
def tool(cast: Cast) -> Tool:
    return world.tool(cast)


@pytest.fixture
def link(cast: Cast, tool: Tool) -> Link:
    return world.link(cast, tool, custom={"task": "pf"})


@pytest.fixture
def run(cast: Cast, link: Link) -> Run:
    return world.course(cast, link)


def begin(client: Client, run: Run) -> tuple[str, dict[str, str]]:
    """Press the button in the course: where the browser is sent, and with what."""
    answer = client.post(f"/o/lanchuan/tools/open/{run.public_id}/{key_of(run, 'tool')}/")
    assert answer.status_code == 200, answer.content.decode()[-800:]
    return fields_of(answer)


def small(tool: Tool, client: Client | None = None) -> SmallTool:
    keys = (client or Client()).get("/lti/keys/lanchuan/").json()
    return SmallTool(tool.public_id, keys, ISSUER)


def answered(client: Client, asked: dict[str, str]) -> Any:
    return client.get(f"/lti/auth/?{urlencode(asked)}")


def test_the_page_of_the_course_opens_the_tool_in_a_window_of_its_own(
    cast: Cast, browse: Browse, run: Run
) -> None:
    page = browse("apprentice").get(f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, 'tool')}/")
    shown = page.content.decode()
    assert f'target="_blank" action="/o/lanchuan/tools/open/{run.public_id}/{key_of(run, "tool")}/"' in shown


def test_a_launch_says_everything_that_the_standard_asks(
    cast: Cast, browse: Browse, tool: Tool, link: Link, run: Run
) -> None:
    client = browse("apprentice")
    where, begun = begin(client, run)
    assert where == "https://tool.example/login"
    assert (begun["iss"], begun["client_id"], begun["lti_deployment_id"]) == (
        ISSUER,
        tool.public_id,
        tool.deployment,
    )
    assert begun["target_link_uri"] == link.address
    strict = small(tool)
    answer = answered(client, strict.asks(begun))
    to, fields = fields_of(answer)
    assert (to, fields["state"]) == (strict.launch, strict.state)
    assert "<script>" not in answer.content.decode()
    assert "https://tool.example" in answer.headers["Content-Security-Policy"]
    assert (
        answer.headers["Cache-Control"].startswith("no-store")
        or "no-store" in answer.headers["Cache-Control"]
    )
    claims = strict.reads(fields["id_token"])
    person = cast.people["apprentice"]
    placement = Placement.objects.get()
    assert claims[f"{LTI}message_type"] == "LtiResourceLinkRequest"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}deployment_id"] == tool.deployment
    assert claims[f"{LTI}target_link_uri"] == link.address
    assert claims[f"{LTI}resource_link"] == {"id": placement.public_id, "title": "Fillet weld"}
    assert claims[f"{LTI}roles"] == [LEARNER]
    assert claims[f"{LTI}context"]["id"] == run.public_id
    assert claims[f"{LTI}launch_presentation"]["return_url"].startswith(f"{ISSUER}/o/lanchuan/courses/runs/")
    assert claims[f"{LTI}custom"] == {"task": "pf"}
    assert claims[f"{LTI}tool_platform"]["product_family_code"] == "craftpath"
    assert claims["name"] == person.name
    item = LineItem.objects.get()
    assert claims[GRADES]["lineitem"] == f"{ISSUER}/lti/courses/{run.public_id}/items/{item.public_id}"
    assert claims[MEMBERS]["context_memberships_url"] == f"{ISSUER}/lti/courses/{run.public_id}/members"
    assert claims["sub"] == begun["login_hint"] != person.public_id


def test_a_question_by_post_is_asked_once_more_by_the_browser_itself(
    cast: Cast, browse: Browse, tool: Tool, run: Run
) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    again = Client().post("/lti/auth/", strict.asks(begun))
    assert again.status_code == 303
    _to, fields = fields_of(client.get(again.url))
    assert strict.reads(fields["id_token"])["nonce"] == strict.nonce


def test_a_tool_that_hears_nothing_gets_visitors(cast: Cast, browse: Browse) -> None:
    tool = world.tool(cast, services=(), tells="nothing", choose_address="")
    run = world.course(cast, world.link(cast, tool))
    client = browse("apprentice")
    _where, begun = begin(client, run)
    _to, fields = fields_of(answered(client, small(tool).asks(begun)))
    strict = small(tool)
    claims = jwt.decode(fields["id_token"], options={"verify_signature": False})
    assert not {"sub", "name", "email"} & set(claims)
    assert begun["login_hint"] == "visitor"
    assert GRADES not in claims
    assert MEMBERS not in claims
    assert strict.client_id == claims["aud"]


@pytest.mark.parametrize(("tells", "known"), [("number", {"sub"}), ("name", {"sub", "name"}),
                                              ("mail", {"sub", "name", "email"})])  # fmt: skip
def test_a_tool_hears_of_a_person_what_it_is_told_and_no_more(
    cast: Cast, browse: Browse, tells: str, known: set[str]
) -> None:
    person = cast.people["apprentice"]
    person.email = "chen@lanchuan.example"
    person.save()
    tool = world.tool(cast, tells=tells)
    run = world.course(cast, world.link(cast, tool))
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    claims = strict.reads(fields_of(answered(client, strict.asks(begun)))[1]["id_token"])
    assert {"sub", "name", "email"} & set(claims) == known


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": "login"}, "invalid_request"),
        ({"nonce": ""}, "invalid_request"),
        ({"login_hint": "somebody"}, "access_denied"),
        ({"lti_message_hint": "forged"}, "access_denied"),
    ],
)
def test_a_question_that_is_not_in_order_is_told_so(
    cast: Cast, browse: Browse, tool: Tool, run: Run, change: dict[str, str], fault: str
) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    to, fields = fields_of(answered(client, strict.asks(begun, **change)))
    assert (to, fields) == (strict.launch, {"error": fault, "state": strict.state})


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://tool.example/launch/"},
        {"redirect_uri": "https://elsewhere.example/launch"},
        {"client_id": "nobody"},
        {"client_id": "x\0y"},
    ],
)
def test_nothing_is_sent_to_an_address_that_is_not_registered(
    cast: Cast, browse: Browse, tool: Tool, run: Run, change: dict[str, str]
) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    answer = answered(client, small(tool).asks(begun, **change))
    assert answer.status_code == 409
    assert "data-send" not in answer.content.decode()


def test_a_hint_is_for_one_person_one_tool_and_five_minutes(
    cast: Cast, browse: Browse, tool: Tool, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    other = browse("trainer")
    assert fields_of(answered(other, strict.asks(begun)))[1]["error"] == "access_denied"
    assert fields_of(answered(Client(), strict.asks(begun)))[1]["error"] == "login_required"
    second = world.tool(cast, name="Another")
    asked = small(second).asks(begun)
    assert fields_of(answered(client, asked))[1]["error"] == "access_denied"
    real = signing.time.time  # type: ignore[attr-defined]
    monkeypatch.setattr(signing.time, "time", lambda: real() + launching.HINT + 5)  # type: ignore[attr-defined]
    assert fields_of(answered(client, strict.asks(begun)))[1]["error"] == "access_denied"


def test_whoever_looks_after_a_course_comes_as_a_teacher_and_a_stranger_not_at_all(
    cast: Cast, browse: Browse, tool: Tool, run: Run
) -> None:
    client = browse("trainer")
    _where, begun = begin(client, run)
    strict = small(tool)
    claims = strict.reads(fields_of(answered(client, strict.asks(begun)))[1]["id_token"])
    assert claims[f"{LTI}roles"] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
    address = f"tools/open/{run.public_id}/{key_of(run, 'tool')}/"
    assert browse("stranger").post(f"/o/lanchuan/{address}").status_code == 404
    assert browse("mentor").post(f"/o/jinheng/{address}").status_code == 404


def test_a_stopped_tool_is_opened_by_nobody(cast: Cast, browse: Browse, tool: Tool, run: Run) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    actions.stop_tool(tool, by=cast.actor("coordinator"), at=AT)
    assert answered(client, small(tool).asks(begun)).status_code == 409
    answer = client.post(f"/o/lanchuan/tools/open/{run.public_id}/{key_of(run, 'tool')}/")
    assert answer.status_code == 409
    page = client.get(f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, 'tool')}/").content.decode()
    assert "cannot be opened at the moment" in page


def test_the_key_turns_and_what_the_old_one_signed_still_holds_until_it_is_revoked(
    cast: Cast, browse: Browse, tool: Tool, run: Run
) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    token = fields_of(answered(client, strict.asks(begun)))[1]["id_token"]
    keeper = browse("coordinator")
    first = strict.key_set["keys"][0]["kid"]
    assert keeper.post("/o/lanchuan/tools/keys/", {"key": first, "do": "follow"}).status_code == 302
    assert keeper.post("/o/lanchuan/tools/keys/", {"key": first, "do": "follow"}).status_code == 302
    later = small(tool)
    assert len(later.key_set["keys"]) == 2
    later.nonce = strict.nonce
    assert later.reads(token)["aud"] == tool.public_id
    answer = fields_of(answered(client, strict.asks(begun)))[1]["id_token"]
    assert jwt.get_unverified_header(answer)["kid"] == later.key_set["keys"][0]["kid"] != first
    keeper.post("/o/lanchuan/tools/keys/", {"key": first, "do": "revoke"})
    assert [one["kid"] for one in small(tool).key_set["keys"]] == [later.key_set["keys"][0]["kid"]]
    assert not {"d", "p", "q"} & set(later.key_set["keys"][0])


def test_a_message_lives_five_minutes(cast: Cast, browse: Browse, tool: Tool, run: Run) -> None:
    client = browse("apprentice")
    _where, begun = begin(client, run)
    strict = small(tool)
    claims = strict.reads(fields_of(answered(client, strict.asks(begun)))[1]["id_token"])
    assert claims["exp"] - claims["iat"] == 300
    assert abs(claims["iat"] - timezone.now().timestamp()) < timedelta(minutes=5).total_seconds()
