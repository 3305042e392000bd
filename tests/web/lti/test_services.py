"""Services of the platform: access by a signed assertion, who takes part, line items, scores, results."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.courses.models import Progress, Run
from craftpath.domain.lti import actions, launching
from craftpath.domain.lti.models import LineItem, Placement, Score, Tool
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS, REACTIONS, Told
from tests.cast import AT, Cast
from tests.domain.courses.world import key_of
from tests.domain.lti import world
from tests.domain.lti.parties import AGS, NRPS, SmallTool, key_set, signed, times

pytestmark = pytest.mark.usefixtures("all_rows")
ISSUER = "https://craftpath.example"
TOKEN = f"{ISSUER}/lti/token/"
EVERY = " ".join([f"{AGS}lineitem", f"{AGS}score", f"{AGS}result.readonly", NRPS])
SCORE = "application/vnd.ims.lis.v1.score+json"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.ADDRESS = ISSUER


@pytest.fixture
def tool(cast: Cast) -> Tool:
    return world.tool(cast)


@pytest.fixture
def placed(cast: Cast, tool: Tool) -> Placement:
    link = world.link(cast, tool)
    return world.placed(cast, link, world.course(cast, link))


def small(tool: Tool) -> SmallTool:
    return SmallTool(tool.public_id, {}, ISSUER)


def asks(tool: Tool, *, scope: str = EVERY, **other: Any) -> Any:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": small(tool).assertion(TOKEN),
        "scope": scope,
    }
    return Client().post("/lti/token/", form | other)


def bearer(tool: Tool, scope: str = EVERY) -> Client:
    answer = asks(tool, scope=scope)
    assert answer.status_code == 200, answer.content
    return Client(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access_token']}", HTTP_ACCEPT_LANGUAGE="en")


def place(placed: Placement) -> str:
    return f"/lti/courses/{placed.context}"


def ways_of(answer: Any) -> dict[str, str]:
    """The addresses of a `Link` header by what they lead to."""
    found = re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers.get("Link", ""))
    return {rel: address.removeprefix(ISSUER) for address, rel in found}


def further_in(answer: Any) -> str:
    return ways_of(answer).get("next", "")


def react(code: str) -> None:
    """Let everybody hear the facts of a code, twice, as a killed worker would."""
    for entry in AuditEntry.objects.filter(fact=code).order_by("pk"):
        for reaction in [*REACTIONS[code]] * 2:
            reaction(Told(FACTS[code](**entry.payload), entry))


# ---- Access ---------------------------------------------------------------------------------------------


def test_an_assertion_gives_access_for_an_hour_and_serves_once(tool: Tool, placed: Placement) -> None:
    assertion = small(tool).assertion(TOKEN)
    first = asks(tool, client_assertion=assertion)
    assert first.status_code == 200
    told = first.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 3600, EVERY)
    again = asks(tool, client_assertion=assertion)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")


def other_claims(tool: Tool, **other: Any) -> dict[str, Any]:
    claims = {"iss": tool.public_id, "sub": tool.public_id, "aud": TOKEN, "jti": "one", **times()} | other
    return {name: value for name, value in claims.items() if value is not None}


@pytest.mark.parametrize(
    ("claims", "how"),
    [
        ({"aud": "https://elsewhere.example/token"}, {}),
        ({"iss": "somebody"}, {}),
        ({"sub": "somebody"}, {}),
        ({"sub": 7}, {}),
        ({"exp": 1_600_000_000, "iat": 1_599_999_000}, {}),
        ({"iat": 4_000_000_000, "exp": 4_000_000_300}, {}),
        ({"exp": None}, {}),
        ({"jti": None}, {}),
        ({}, {"key": "foreign"}),
        ({}, {"kid": "unknown"}),
        ({}, {"kid": None}),
    ],
)
def test_a_forged_assertion_gives_none(tool: Tool, claims: dict[str, Any], how: dict[str, Any]) -> None:
    answer = asks(tool, client_assertion=signed(other_claims(tool, **claims), **how))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "other"}, "invalid_request"),
        ({"scope": "openid"}, "invalid_scope"),
        ({"client_assertion": "rubbish"}, "invalid_client"),
    ],
)
def test_a_request_out_of_order_is_named_as_oauth_does(tool: Tool, other: dict[str, str], error: str) -> None:
    assert asks(tool, **other).json()["error"] == error


def test_a_service_that_was_not_allowed_is_not_given_and_a_stopped_tool_gets_nothing(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    reads = bearer(tool, NRPS)
    assert reads.get(f"{place(placed)}/items").status_code == 403
    assert reads.get(f"{place(placed)}/members").status_code == 200
    assert Client().get(f"{place(placed)}/members").status_code == 401
    assert Client(HTTP_AUTHORIZATION="Bearer forged").get(f"{place(placed)}/members").status_code == 401
    actions.stop_tool(tool, by=cast.actor("coordinator"), at=AT)
    assert reads.get(f"{place(placed)}/members").status_code == 401
    assert asks(tool).status_code == 401


def test_another_tool_reaches_no_course_in_which_it_does_not_stand(cast: Cast, placed: Placement) -> None:
    other = world.tool(cast, name="Another")
    assert bearer(other).get(f"{place(placed)}/members").status_code == 404
    assert bearer(other).get("/lti/courses/nothere/items").status_code == 404


# ---- Names and roles ------------------------------------------------------------------------------------


def test_members_come_page_by_page_and_say_no_more_than_a_launch(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    client = bearer(tool)
    answer = client.get(f"{place(placed)}/members?limit=2")
    assert answer.headers["Content-Type"] == "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
    seen, link = answer.json()["members"], further_in(answer)
    while link:
        further = client.get(link)
        seen += further.json()["members"]
        link = further_in(further)
    back = ways_of(client.get(f"{place(placed)}/members?limit=2&from=2"))
    assert back["prev"].endswith("limit=2&from=0")
    assert back["first"].endswith("from=0")
    numbers = [one["user_id"] for one in seen]
    assert len(numbers) == len(set(numbers))
    apprentice = launching.subject(tool, cast.people["apprentice"])
    row = next(one for one in seen if one["user_id"] == apprentice)
    assert row["name"] == cast.people["apprentice"].name
    assert row["roles"] == ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]
    learners = client.get(f"{place(placed)}/members?role=Learner").json()["members"]
    teachers = client.get(f"{place(placed)}/members?role=Instructor").json()["members"]
    assert 0 < len(learners) < len(seen) == len(learners) + len(teachers)
    assert launching.subject(tool, cast.people["trainer"]) in {one["user_id"] for one in teachers}


def test_members_of_a_tool_that_hears_a_number_have_no_names(cast: Cast) -> None:
    tool = world.tool(cast, tells="number")
    link = world.link(cast, tool)
    placed = world.placed(cast, link, world.course(cast, link))
    rows = bearer(tool).get(f"{place(placed)}/members").json()["members"]
    assert rows
    assert {name for one in rows for name in one} == {"status", "roles", "user_id"}


# ---- Grades ---------------------------------------------------------------------------------------------


def put(client: Client, address: str, body: Any, method: str = "post") -> Any:
    return getattr(client, method)(address, body, content_type="application/json")


def test_line_items_are_made_read_changed_and_taken_away(tool: Tool, placed: Placement) -> None:
    client, base = bearer(tool), f"{place(placed)}/items"
    coupled = client.get(base).json()
    assert [one["resourceLinkId"] for one in coupled] == [placed.public_id]
    assert coupled[0]["scoreMaximum"] == 50
    made = put(client, base, {"label": "Speed", "scoreMaximum": 10, "tag": "speed", "resourceId": "r1",
                              "resourceLinkId": placed.public_id})  # fmt: skip
    assert made.status_code == 201
    assert made.headers["Content-Type"] == "application/vnd.ims.lis.v2.lineitem+json"
    here = made.json()["id"].removeprefix(ISSUER)
    assert client.get(here).json() == made.json()
    assert [one["label"] for one in client.get(f"{base}?tag=speed").json()] == ["Speed"]
    assert [one["label"] for one in client.get(f"{base}?resource_id=r1&limit=1").json()] == ["Speed"]
    assert len(client.get(f"{base}?resource_link_id={placed.public_id}").json()) == 2
    first = client.get(f"{base}?limit=1")
    assert 'rel="next"' in first.headers["Link"]
    changed = put(client, here, {"label": "Pace", "scoreMaximum": 20}, "put")
    assert (changed.json()["label"], changed.json()["scoreMaximum"]) == ("Pace", 20)
    assert client.delete(here).status_code == 204
    assert client.get(here).status_code == 404
    own = coupled[0]["id"].removeprefix(ISSUER)
    assert client.delete(own).status_code == 403
    assert LineItem.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {}, [], {"label": "", "scoreMaximum": 1}, {"label": "x"}, {"label": "x", "scoreMaximum": 0},
        {"label": "x", "scoreMaximum": -1}, {"label": "x", "scoreMaximum": "ten"},
        {"label": "x", "scoreMaximum": True}, {"label": "x" * 300, "scoreMaximum": 1},
        {"label": "a\0b", "scoreMaximum": 1}, {"label": "x", "scoreMaximum": 1e300},
        {"label": "x", "scoreMaximum": 1, "resourceLinkId": "elsewhere"},
    ],
)  # fmt: skip
def test_a_line_item_that_is_none_is_refused(tool: Tool, placed: Placement, body: Any) -> None:
    answer = put(bearer(tool), f"{place(placed)}/items", body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert LineItem.objects.count() == 1


def score(tool: Tool, cast: Cast, **other: Any) -> dict[str, Any]:
    told = {
        "userId": launching.subject(tool, cast.people["apprentice"]), "scoreGiven": 40, "scoreMaximum": 50,
        "timestamp": "2026-09-14T02:00:00.000Z", "activityProgress": "Completed", "gradingProgress": "FullyGraded",
        "comment": "Straight",
    }  # fmt: skip
    return {name: value for name, value in (told | other).items() if value is not None}


def test_a_score_becomes_progress_and_a_result_and_the_same_again_changes_nothing(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    client, item = bearer(tool), LineItem.objects.get()
    here = f"{place(placed)}/items/{item.public_id}"
    for _twice in range(2):
        answer = client.post(f"{here}/scores", score(tool, cast), content_type=SCORE)
        assert answer.status_code == 204
    assert AuditEntry.objects.filter(fact="lti.score_kept").count() == 1
    react("lti.score_kept")
    row = Progress.objects.get(person=cast.people["apprentice"])
    assert (row.activity_key, row.state, row.score) == (placed.activity, "done", Decimal(80))
    number = launching.subject(tool, cast.people["apprentice"])
    result = client.get(f"{here}/results?user_id={number}").json()
    assert result == [
        {"id": f"{ISSUER}{here}/results/{number}", "scoreOf": f"{ISSUER}{here}", "userId": number,
         "resultScore": 40.0, "resultMaximum": 50.0, "comment": "Straight"}
    ]  # fmt: skip
    assert client.get(f"{here}/results?user_id=nobody").json() == []


def test_an_older_score_is_refused_and_a_newer_one_counts(cast: Cast, tool: Tool, placed: Placement) -> None:
    client, item = bearer(tool), LineItem.objects.get()
    here = f"{place(placed)}/items/{item.public_id}/scores"
    assert client.post(here, score(tool, cast), content_type=SCORE).status_code == 204
    older = score(tool, cast, timestamp="2026-09-14T01:59:59.000Z", scoreGiven=10)
    assert client.post(here, older, content_type=SCORE).status_code == 409
    same_time = score(tool, cast, scoreGiven=10)
    assert client.post(here, same_time, content_type=SCORE).status_code == 409
    newer = score(tool, cast, timestamp="2026-09-14T10:30:00.000+08:00", scoreGiven=45)
    assert client.post(here, newer, content_type=SCORE).status_code == 204
    assert Score.objects.get().given == 45


@pytest.mark.parametrize(
    ("said", "state", "percent"),
    [
        (
            {"activityProgress": "InProgress", "gradingProgress": "NotReady", "scoreGiven": None},
            "begun",
            None,
        ),
        ({"gradingProgress": "PendingManual"}, "waiting", None),
        ({"gradingProgress": "Failed", "scoreGiven": None}, "waiting", None),  # the tool could not grade
        ({"scoreGiven": 60}, "done", Decimal(100)),  # extra credit: more than everything is everything
        ({"scoreGiven": None}, "done", None),
    ],
)
def test_what_a_tool_says_of_progress_is_taken_as_it_says(
    cast: Cast, tool: Tool, placed: Placement, said: dict[str, Any], state: str, percent: Decimal | None
) -> None:
    item = LineItem.objects.get()
    here = f"{place(placed)}/items/{item.public_id}/scores"
    assert bearer(tool).post(here, score(tool, cast, **said), content_type=SCORE).status_code == 204
    react("lti.score_kept")
    row = Progress.objects.get(person=cast.people["apprentice"])
    assert (row.state, row.score) == (state, percent)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"userId": "somebody"}, 404), ({"userId": None}, 404), ({"timestamp": None}, 400),
        ({"timestamp": "yesterday"}, 400), ({"timestamp": "2026-09-14T02:00:00"}, 400),
        ({"timestamp": "2026-13-45T02:00:00Z"}, 400), ({"activityProgress": "Done"}, 400),
        ({"gradingProgress": None}, 400), ({"scoreGiven": -1}, 400), ({"scoreMaximum": None}, 400),
        ({"scoreMaximum": 0}, 400), ({"scoreGiven": "40"}, 400), ({"scoreGiven": 1e40}, 400),
    ],
)  # fmt: skip
def test_a_score_that_is_none_is_refused(
    cast: Cast, tool: Tool, placed: Placement, said: dict[str, Any], status: int
) -> None:
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    answer = bearer(tool).post(here, score(tool, cast, **said), content_type=SCORE)
    assert answer.status_code == status
    assert not Score.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, '"x"', "null", "x" * 200_000])
def test_what_is_no_json_is_refused(tool: Tool, placed: Placement, body: str) -> None:
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    assert bearer(tool).post(here, body, content_type=SCORE).status_code == 400


def test_the_course_is_done_once_the_tool_has_said_so(
    cast: Cast, tool: Tool, browse: Any, placed: Placement
) -> None:
    run = Run.objects.get(public_id=placed.context)
    client = browse("apprentice")
    page = f"/o/lanchuan/courses/runs/{run.public_id}/at/{key_of(run, 'tool')}/"
    assert client.post(f"{page}done/").status_code == 409
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    bearer(tool).post(here, score(tool, cast), content_type=SCORE)
    assert client.post(f"{page}done/").status_code == 302
    assert Progress.objects.get(person=cast.people["apprentice"]).score == 80


def test_keys_by_an_address_are_read_anew_for_an_unknown_key_once_a_minute(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import cache

    from craftpath.delivery.exchange.lti import keysets

    cache.clear()
    asked: list[str] = []
    published = [key_set("old")]

    def ask(target: Any, method: str, **more: Any) -> tuple[int, bytes]:
        from tests.domain.lti.parties import as_json

        asked.append(method)
        return 200, as_json(published[0]).encode()

    monkeypatch.setattr(keysets, "target_of", lambda address: address)
    monkeypatch.setattr(keysets, "ask", ask)
    tool = world.tool(cast, keys={}, keys_address="https://tool.example/jwks")
    link = world.link(cast, tool)
    world.placed(cast, link, world.course(cast, link))

    def come(name: str) -> int:
        return asks(
            tool, client_assertion=signed(other_claims(tool, jti=name + str(len(asked))), key=name, kid=name)
        ).status_code

    assert come("old") == 200
    assert come("new") == 401
    assert len(asked) == 2
    published[0] = key_set("old", "new")
    assert come("new") == 401  # a minute has not passed
    assert len(asked) == 2
    cache.clear()
    assert come("new") == 200
