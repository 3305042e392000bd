"""What a forger, a careless peer or a broken library sends: refused with its reason, nothing kept, never a fault."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from craftpath.delivery.exchange.lti import calling, keysets
from craftpath.delivery.web.lti import arriving
from craftpath.domain.courses.models import Progress
from craftpath.domain.lti import actions, jwts, rules
from craftpath.domain.lti.launching import subject
from craftpath.domain.lti.models import (
    Entry,
    Identity,
    Key,
    LineItem,
    Link,
    Placement,
    Platform,
    Return,
    Score,
    Tool,
)
from craftpath.domain.lti.returning import score_of
from craftpath.kernel.access import Actor, Membership, join
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.courses.world import page, running
from tests.domain.lti import world
from tests.domain.lti.parties import AGS, GRADES, LTI, as_json, key_set, launched, private, signed
from tests.web.lti.test_arriving import CHOICE, begin, come
from tests.web.lti.test_services import asks, bearer, further_in, other_claims, place, put, react, score

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
ISSUER = "https://craftpath.example"
HALF = "\ud83d"  # half of a character, as JSON can spell it


@pytest.fixture(autouse=True)
def _address(settings: Any, db: None) -> None:
    settings.ADDRESS = ISSUER
    cache.clear()


@pytest.fixture
def platform(cast: Cast) -> Platform:
    return world.platform(cast)


@pytest.fixture
def tool(cast: Cast) -> Tool:
    return world.tool(cast)


@pytest.fixture
def placed(cast: Cast, tool: Tool) -> Placement:
    link = world.link(cast, tool)
    return world.placed(cast, link, world.course(cast, link))


def known_as(cast: Cast, platform: Platform, who: str = "apprentice", subject: str = "moodle-7") -> None:
    said = {"how": "sign_in", "by": cast.actor(who), "at": AT}
    actions.join_identity(platform, subject, cast.people[who], **said)


# ---- Messages -------------------------------------------------------------------------------------------


def with_head(claims: dict[str, Any], **head: Any) -> str:
    return jwt.encode(claims, private("own"), algorithm="RS256", headers={"kid": "own", **head})


@pytest.mark.parametrize("head", [{"crit": ["exp"], "exp": 1}, {"b64": False}])
def test_a_head_that_asks_for_more_than_is_known_here_is_refused(
    cast: Cast, platform: Platform, head: dict[str, Any]
) -> None:
    token = with_head(launched(platform, "n"), **({"crit": ["b64"]} if "b64" in head else {}) | head)
    with pytest.raises(Refused, match=r"lti\.unreadable"):
        jwts.verified(token, platform.keys, issuer=platform.issuer, audience=platform.client_id, at=AT)


@pytest.mark.parametrize("name", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "1", [1]])
def test_a_time_that_is_no_number_ends_nothing(cast: Cast, platform: Platform, name: str, value: Any) -> None:
    client = Client()
    asked = begin(client, platform)
    body = json.dumps(launched(platform, asked["nonce"]) | {name: value}).encode()
    token = jwt.api_jws.encode(body, private("own"), algorithm="RS256", headers={"kid": "own"})
    answer = client.post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert (answer.status_code, answer.headers["X-Reason"]) == (400, "lti.without_times")


@pytest.mark.parametrize(
    "change",
    [{"use": "enc"}, {"alg": "RS512"}, {"kty": "EC"}, {"n": "AQAB"}, {"n": "%%%"}, {"n": 7}, {"e": None}],
)
def test_a_key_that_is_for_something_else_verifies_nothing(
    cast: Cast, platform: Platform, change: dict[str, Any]
) -> None:
    (row,) = key_set()["keys"]
    with pytest.raises(Refused, match=r"lti\.key_unfit"):
        jwts.verified(
            signed(launched(platform, "n")), {"keys": [row | change]}, issuer=platform.issuer,
            audience=platform.client_id, at=AT,
        )  # fmt: skip


def test_of_two_keys_with_one_name_the_one_that_fits_is_taken(cast: Cast, platform: Platform) -> None:
    (row,) = key_set()["keys"]
    keys = {"keys": [{"kty": "EC", "kid": "own", "crv": "P-256"}, row]}
    at = timezone.now()
    claims = jwts.verified(
        signed(launched(platform, "n")), keys, issuer=platform.issuer, audience=platform.client_id, at=at
    )
    assert claims["sub"] == "moodle-7"


@pytest.mark.parametrize("bits", [1024, 16384])
def test_a_key_too_small_or_so_large_that_it_costs_us_is_none(
    cast: Cast, platform: Platform, bits: int
) -> None:
    numbers = {"kty": "RSA", "kid": "own", "e": "AQAB"}
    n = base64.urlsafe_b64encode(((1 << bits) - 1).to_bytes(bits // 8, "big")).decode().rstrip("=")
    assert not jwts.usable({"keys": [numbers | {"n": n}]})
    with pytest.raises(Refused, match=r"lti\.key_unfit"):
        jwts.verified(
            signed(launched(platform, "n")), {"keys": [numbers | {"n": n}]}, issuer=platform.issuer,
            audience=platform.client_id, at=AT,
        )  # fmt: skip


def test_of_keys_that_are_pasted_only_the_public_halves_are_kept(cast: Cast) -> None:
    (row,) = key_set()["keys"]
    tool = world.tool(cast, keys={"keys": [row | {"x5c": ["\0"], "note": "\0"}], "more": "\0"})
    assert tool.keys == {"keys": [row]}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sub": HALF}, "lti.subject_unfit"),
        ({f"{LTI}resource_link": {"id": f"a{HALF}"}}, "lti.resource_missing"),
        ({f"{LTI}deployment_id": HALF}, "lti.deployment_unknown"),
        ({"nonce": HALF}, "lti.wrong_nonce"),
        ({"iss": HALF}, "lti.wrong_issuer"),
        ({f"{LTI}message_type": {"a": 1}}, "lti.message_unknown"),
        ({f"{LTI}roles": [1]}, "lti.roles_missing"),
        ({f"{LTI}resource_link": []}, "lti.resource_missing"),
        ({"aud": []}, "lti.wrong_audience"),
        ({"aud": {"craftpath-1": 1}}, "lti.wrong_audience"),
        ({"aud": ["craftpath-1", "x"], "azp": "x"}, "lti.wrong_audience"),
        ({"sub": None, f"{LTI}roles": [HALF], f"{LTI}version": HALF}, "lti.wrong_version"),
    ],
)
def test_odd_claims_are_refused(cast: Cast, platform: Platform, changes: dict[str, Any], code: str) -> None:
    answer = come(Client(), platform, **changes)
    assert answer.headers["X-Reason"] == code
    assert not Entry.objects.exists()


def test_several_audiences_are_fine_where_we_are_the_party(cast: Cast, platform: Platform) -> None:
    answer = come(Client(), platform, aud=["craftpath-1", "x"], azp="craftpath-1")
    assert answer.status_code == 302


def test_half_a_character_in_a_title_or_a_name_is_left_out(
    cast: Cast, platform: Platform, browse: Browse
) -> None:
    client = browse("apprentice")
    answer = come(
        client, platform, name=f"Chen{HALF} Yu\0tong",
        **{f"{LTI}resource_link": {"id": "l", "title": f"Safe{HALF}"}, f"{LTI}context": HALF,
           GRADES: {"lineitem": "https://[x"}},
    )  # fmt: skip
    assert answer.status_code == 302
    assert "Chen Yutong" in client.get("/lti/join/").content.decode()
    row = Entry.objects.get()
    assert (row.title, row.item_address) == ("Safe", "")


@pytest.mark.parametrize("state", ["a(b" + "x" * 20, "a b" + "x" * 20, '"' * 24])
def test_a_state_that_names_no_cookie_is_no_fault(cast: Cast, platform: Platform, state: str) -> None:
    client = Client(headers={"cookie": f"lti-{state[:12]}=1"})
    answer = client.post("/lti/launch/", {"state": state, "id_token": "x"})
    assert (answer.status_code, answer.headers["X-Reason"]) == (403, "lti.wrong_state")


def test_a_login_as_long_as_no_browser_carries_is_refused_and_not_cut(cast: Cast, platform: Platform) -> None:
    told = {"iss": platform.issuer, "login_hint": "7", "lti_message_hint": "x" * (arriving.LONGEST_GIVEN + 1)}
    assert Client().post("/lti/login/", told).headers["X-Reason"] == "lti.unreadable"
    told["lti_message_hint"] = "x" * arriving.LONGEST_GIVEN
    assert Client().post("/lti/login/", told).status_code == 302


def test_a_key_that_the_platform_has_given_up_lets_nobody_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = [key_set("own")]
    monkeypatch.setattr(keysets, "target_of", lambda address: address)
    monkeypatch.setattr(keysets, "ask", lambda *a, **k: (200, as_json(published[0]).encode()))
    platform = world.platform(cast, keys={}, keys_address="https://moodle.example/jwks")
    assert come(Client(), platform).status_code == 302
    published[0] = key_set("later")
    cache.clear()  # ten minutes later
    answer = come(Client(), platform)
    assert (answer.status_code, answer.headers["X-Reason"]) == (403, "lti.key_unknown")


def test_keys_that_cannot_be_read_are_not_asked_for_by_everybody_who_comes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(target: Any, *a: Any, **k: Any) -> tuple[int, bytes]:
        asked.append(target)
        return 500, b""

    monkeypatch.setattr(keysets, "target_of", lambda address: address)
    monkeypatch.setattr(keysets, "ask", ask)
    platform = world.platform(cast, keys={}, keys_address="https://moodle.example/jwks")
    for _ in range(3):
        answer = come(Client(), platform)
        assert (answer.status_code, answer.headers["X-Reason"]) == (503, "lti.keys_unread")
    assert len(asked) == 1


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/jwks", "https://169.254.169.254/x", "http://keys.example/x"]
)
def test_keys_are_not_fetched_from_within_the_network(cast: Cast, address: str) -> None:
    platform = world.platform(cast)
    Platform.objects.filter(pk=platform.pk).update(keys={}, keys_address=address)
    answer = come(Client(), platform)
    assert (answer.status_code, answer.headers["X-Reason"]) == (503, "lti.keys_unread")


# ---- Whom it means --------------------------------------------------------------------------------------


def test_staff_of_another_organisation_are_not_signed_in_by_this_one_s_platform(
    cast: Cast, platform: Platform
) -> None:
    """An apprentice of the college who administers an enterprise: the session would be good there too."""
    known_as(cast, platform)
    first = Client()
    come(first, platform)
    assert "_auth_user_id" in first.session
    join([cast.people["apprentice"]], cast.jinheng, Role.ADMINISTRATOR, on=AT.date() - timedelta(days=9))
    client = Client()
    assert come(client, platform).url == "/lti/join/"
    assert "_auth_user_id" not in client.session


def test_whoever_has_a_second_factor_signs_in_here(
    cast: Cast, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_as(cast, platform)
    monkeypatch.setattr(arriving, "has_second_factor", lambda person: person == cast.people["apprentice"])
    client = Client()
    assert come(client, platform).url == "/lti/join/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "chen@lanchuan.example", "email_verified": False},
        {"email": "chen@lanchuan.example\0"},
        {"email": "chen@lanchuan.ex\u0430mple"},
        {"email": ["chen@lanchuan.example"]},
        {"email": "chen@lanchuan.example" + " " * 300},
    ],
)
def test_a_mail_that_is_not_quite_the_one_signs_nobody_in(cast: Cast, claims: dict[str, Any]) -> None:
    person = cast.people["apprentice"]
    person.email = "chen@lanchuan.example"
    person.save()
    client = Client()
    come(client, world.platform(cast, by_mail=True), **claims)
    assert not Identity.objects.exists()
    assert "_auth_user_id" not in client.session


def test_letters_that_a_database_takes_for_the_same_are_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from craftpath.domain.lti import arriving as coming

    person = cast.people["apprentice"]
    person.email = "m\u0131ke@lanchuan.example"  # PostgreSQL makes an "I" of it, as of "i"
    person.save()
    row = coming.Launch(
        world.platform(cast, by_mail=True), "7", None, "", False, "mike@lanchuan.example", "", {}, "1"
    )
    monkeypatch.setattr(coming.Person.objects, "filter", lambda **how: [person])
    assert coming.by_mail(row, AT) is None


def test_what_was_carried_of_an_arrival_is_gone_once_it_has_served(
    cast: Cast, platform: Platform, browse: Browse
) -> None:
    client = browse("apprentice")
    come(client, platform)
    assert client.cookies[arriving.ARRIVAL].value
    client.post("/lti/join/")
    assert not client.cookies[arriving.ARRIVAL].value
    assert client.get("/lti/join/").status_code == 409


def test_a_platform_that_takes_no_links_to_courses_is_told_so(cast: Cast, platform: Platform) -> None:
    (name,) = (one for one in CHOICE if one.endswith("deep_linking_settings"))
    settings = {**CHOICE[name], "accept_types": ["file"]}
    answer = come(Client(), platform, **(CHOICE | {name: settings}))
    assert answer.headers["X-Reason"] == "lti.choice_of_others"


# ---- Addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://", "lti.address_unclear"), ("https://[x", "lti.address_unclear"),
        ("https://a@tool.example/", "lti.address_unclear"), ("https://tool.example:99999/", "lti.address_unclear"),
        ("https://tool.example;script-src/", "lti.address_unclear"),
        ("https://t\u00f6ol.example/", "lti.address_unclear"),
        ("javascript:alert(1)", "lti.address_unclear"), ("//tool.example/", "lti.address_unclear"),
        ("https://tool.example/\x7f", "lti.address_unclear"), ("https://tool.example/#x", "lti.address_unclear"),
        ("http://tool.example/launch", "lti.address_open"), ("http://127.0.0.1.tool.example/", "lti.address_open"),
    ],
)  # fmt: skip
def test_an_address_to_which_no_message_may_go_is_not_registered(cast: Cast, address: str, code: str) -> None:
    for name in ("login_address", "launch_address", "choose_address"):
        with pytest.raises(Refused, match=code.replace(".", r"\.")):
            world.tool(cast, **{name: address})
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        world.tool(cast, redirects=(address,))
    assert not Tool.objects.exists()


def test_in_the_clear_messages_go_within_this_machine_and_where_it_was_allowed(
    cast: Cast, settings: Any
) -> None:
    settings.HOOK_HOSTS = ["moodle.lan:8080", "inside.lan"]
    fine = [
        "http://127.0.0.1:9001/a",
        "http://localhost/",
        "http://moodle.lan:8080/",
        "http://inside.lan:81/",
    ]
    assert all(rules.can_reach(one) for one in [*fine, "https://tool.example/a;b,c'?d=1"])
    assert not rules.can_reach("http://moodle.lan/")


@pytest.mark.parametrize("where", ["https://[x", "http://moodle.example/deep"])
def test_a_choice_goes_to_no_address_that_is_none(cast: Cast, platform: Platform, where: str) -> None:
    (name,) = (one for one in CHOICE if one.endswith("deep_linking_settings"))
    answer = come(Client(), platform, **(CHOICE | {name: {**CHOICE[name], "deep_link_return_url": where}}))
    assert answer.headers["X-Reason"] == "lti.settings_missing"


# ---- Services -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sub", [HALF, "x" * 300, {"a": 1}, ["x"], "", "\0", None])
def test_an_assertion_in_an_odd_name_is_nobody_s(tool: Tool, sub: Any) -> None:
    answer = asks(tool, client_assertion=signed(other_claims(tool) | {"sub": sub}))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_an_id_with_more_behind_it_is_another_one(tool: Tool) -> None:
    longer = tool.public_id + "x" * (16 - len(tool.public_id)) + "more"
    answer = asks(tool, client_assertion=signed(other_claims(tool, sub=longer, iss=longer)))
    assert answer.status_code == 401
    assert (
        Client().get("/lti/auth/", {"client_id": longer, "redirect_uri": tool.launch_address}).status_code
        == 409
    )


@pytest.mark.parametrize("said", ["label", "tag", "resourceId", "resourceLinkId"])
def test_half_a_character_in_a_line_item_is_refused(tool: Tool, placed: Placement, said: str) -> None:
    body = {"label": "x", "scoreMaximum": 1} | {said: f"a{HALF}"}
    answer = put(bearer(tool), f"{place(placed)}/items", body)
    assert answer.status_code == 400
    assert LineItem.objects.count() == 1


def test_half_a_character_in_a_comment_is_left_out(cast: Cast, tool: Tool, placed: Placement) -> None:
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    assert put(bearer(tool), here, score(tool, cast, comment=f"Straight{HALF}\0")).status_code == 204
    assert Score.objects.get().comment == "Straight"


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(days=9000)])
def test_a_score_from_the_future_does_not_stand_in_the_way_of_all_that_follow(
    cast: Cast, tool: Tool, placed: Placement, ahead: timedelta
) -> None:
    client, here = bearer(tool), f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    now = timezone.now()
    told = score(tool, cast, timestamp=(now + ahead).isoformat())
    answer = put(client, here, told)
    assert answer.status_code == 400
    assert "future" in answer.json()["error"]
    assert not Score.objects.exists()
    soon = score(tool, cast, timestamp=(now + timedelta(minutes=1)).isoformat())
    assert put(client, here, soon).status_code == 204


@pytest.mark.parametrize(
    "timestamp", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-09-14"]
)
def test_the_first_and_the_last_moment_are_no_fault(
    cast: Cast, tool: Tool, placed: Placement, timestamp: str
) -> None:
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    assert put(bearer(tool), here, score(tool, cast, timestamp=timestamp)).status_code == 400


def test_a_second_line_item_of_a_link_is_not_the_progress_in_the_course(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    client, base = bearer(tool), f"{place(placed)}/items"
    made = put(
        client, base, {"label": "Speed", "scoreMaximum": 10, "resourceLinkId": placed.public_id}
    ).json()
    speed = made["id"].removeprefix(ISSUER)
    assert put(client, f"{speed}/scores", score(tool, cast, scoreGiven=1, scoreMaximum=10)).status_code == 204
    react("lti.score_kept")
    assert not Progress.objects.exists()
    own = f"{base}/{LineItem.objects.get(coupled=True).public_id}/scores"
    assert put(client, own, score(tool, cast)).status_code == 204
    react("lti.score_kept")
    assert Progress.objects.get().score == 80


def test_where_a_link_has_no_item_of_its_own_the_first_of_the_tool_is_the_progress(
    cast: Cast, tool: Tool
) -> None:
    link = world.link(cast, tool, maximum=None)
    row = world.placed(cast, link, world.course(cast, link))
    client = bearer(tool)
    made = put(
        client, f"{place(row)}/items", {"label": "A", "scoreMaximum": 10, "resourceLinkId": row.public_id}
    )
    here = made.json()["id"].removeprefix(ISSUER)
    assert put(client, f"{here}/scores", score(tool, cast, scoreGiven=9, scoreMaximum=10)).status_code == 204
    react("lti.score_kept")
    assert Progress.objects.get(person=cast.people["apprentice"]).score == 90


def test_a_tool_reaches_no_line_item_of_another_one_in_the_same_course(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    other = world.tool(cast, name="Another")
    link = world.link(cast, other, title="Beside")
    actions.place_link(
        link,
        organisation=cast.college,
        context=placed.context,
        activity="other",
        by=cast.actor("trainer"),
        at=AT,
    )
    client, own = bearer(other), LineItem.objects.get(tool=tool)
    here = f"{place(placed)}/items/{own.public_id}"
    assert [one["label"] for one in client.get(f"{place(placed)}/items").json()] == ["Beside"]
    assert client.get(here).status_code == 404
    assert put(client, here, {"label": "x", "scoreMaximum": 1}, "put").status_code == 404
    assert client.delete(here).status_code == 404
    assert put(client, f"{here}/scores", score(other, cast)).status_code == 404
    assert client.get(f"{here}/results").status_code == 404
    assert client.get(f"{place(placed)}/members?rlid={placed.public_id}").status_code == 404
    foreign = {"label": "x", "scoreMaximum": 1, "resourceLinkId": placed.public_id}
    assert put(client, f"{place(placed)}/items", foreign).status_code == 400


def test_a_number_of_one_tool_means_nobody_to_another(cast: Cast, tool: Tool, placed: Placement) -> None:
    other = world.tool(cast, name="Another")
    here = f"{place(placed)}/items/{LineItem.objects.get().public_id}/scores"
    assert put(bearer(tool), here, score(other, cast)).status_code == 404


def test_a_link_that_is_scored_later_gets_its_line_item_at_the_next_launch(cast: Cast) -> None:
    tool = world.tool(cast, services=())
    link = world.link(cast, tool)
    row = world.placed(cast, link, world.course(cast, link))
    assert not LineItem.objects.exists()
    said = actions.ToolSaid(**{**world.TOOL, "keys": key_set()})
    actions.change_tool(tool, said, by=cast.actor("coordinator"), at=AT)
    link.refresh_from_db()
    link.tool.refresh_from_db()
    actions.place_link(
        link, organisation=cast.college, context=row.context, activity=row.activity,
        by=cast.actor("apprentice"), at=AT,
    )  # fmt: skip
    assert LineItem.objects.get().placement == row


def test_a_key_that_signs_no_more_is_not_kept(cast: Cast, tool: Tool) -> None:
    first = Key.objects.get()
    actions.retire_key(cast.college, seen=first.public_id, by=cast.actor("coordinator"), at=AT)
    first.refresh_from_db()
    assert (first.state, first.private) == ("retired", "")
    assert Key.objects.get(state="active").private


# ---- Grades and members of a platform -------------------------------------------------------------------


def test_a_grade_goes_only_to_links_by_which_somebody_came(cast: Cast, platform: Platform) -> None:
    run = running(cast, page())
    custom = {f"{LTI}custom": {"target": f"course/{run.public_id}"}}
    known_as(cast, platform)
    come(Client(), platform, **custom, **{GRADES: {"lineitem": "https://moodle.example/items/1"}})
    come(
        Client(), platform, sub="moodle-8", **custom,
        **{f"{LTI}resource_link": {"id": "other"}, GRADES: {"lineitem": "https://moodle.example/items/2"}},
    )  # fmt: skip
    assert Entry.objects.count() == 2
    said = {"by": cast.actor("trainer"), "at": AT}
    assert actions.return_grade(f"course/{run.public_id}", cast.people["apprentice"], None, **said) == 1
    assert Return.objects.get().entry.item_address == "https://moodle.example/items/1"


def test_a_grade_that_was_there_before_goes_back_at_the_first_launch(cast: Cast, platform: Platform) -> None:
    from craftpath.domain.courses.actions import finish_activity
    from tests.domain.courses.world import key_of

    run = running(cast, page())
    finish_activity(run, key_of(run, "page"), by=cast.actor("apprentice"), at=AT)
    known_as(cast, platform)
    for _ in range(2):
        come(
            Client(), platform,
            **{f"{LTI}custom": {"target": f"course/{run.public_id}"},
               GRADES: {"lineitem": "https://moodle.example/items/1"}},
        )  # fmt: skip
    assert Return.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "members",
    [
        [{"user_id": "7", "roles": None}], [{"user_id": "7", "roles": 5}], [{"user_id": 7, "roles": [None, HALF]}],
        [{"user_id": "7", "name": HALF, "email": {"a": 1}}], [{"user_id": HALF}], [None, 5, "x", []],
    ],
)  # fmt: skip
def test_whatever_a_platform_says_of_its_members_the_page_shows_what_can_be_shown(
    cast: Cast, platform: Platform, browse: Browse, monkeypatch: pytest.MonkeyPatch, members: Any
) -> None:
    answer = _roster(cast, platform, browse, monkeypatch, as_json({"members": members}).encode())
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"members": {}}',
        b"[" * 100_000,
        b'{"members": [',
        b"x" * 3_000_000,
    ],
)
def test_an_answer_that_is_none_is_said_and_is_no_fault(
    cast: Cast, platform: Platform, browse: Browse, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    assert _roster(cast, platform, browse, monkeypatch, body).status_code == 409


def _roster(
    cast: Cast, platform: Platform, browse: Browse, monkeypatch: pytest.MonkeyPatch, body: bytes,
    address: str = "https://moodle.example/members",
) -> Any:  # fmt: skip
    entry = Entry(platform=platform, deployment="1", resource="1", members_address=address, seen_at=AT)
    entry.save()

    def ask(target: Any, method: str, **more: Any) -> tuple[int, bytes]:
        return 200, b'{"access_token": "abc"}' if method == "POST" else body

    monkeypatch.setattr(calling, "target_of", lambda where: where)
    monkeypatch.setattr(calling, "ask", ask)
    return browse("coordinator").post(
        f"/o/lanchuan/tools/platforms/{platform.public_id}/people/{entry.public_id}/"
    )


def test_an_address_of_members_that_is_none_is_said(
    cast: Cast, platform: Platform, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _roster(cast, platform, browse, monkeypatch, b"{}", "https://[x").status_code == 409


def test_a_link_that_comes_back_with_half_a_character_has_the_rest_of_its_name(
    cast: Cast, tool: Tool
) -> None:
    row = world.link(cast, tool, title=f"Weld{HALF}\0 1")
    assert row.title == "Weld 1"
    with pytest.raises(Refused, match=r"lti\.custom_unfit"):
        world.link(cast, tool, custom={"task": f"a{HALF}"})
    with pytest.raises(Refused, match=r"lti\.custom_unfit"):
        world.link(cast, tool, custom={"task": "a\0"})
    assert Link.objects.count() == 1


# ---- Campuses -------------------------------------------------------------------------------------------


def test_people_of_a_campus_come_in_by_the_platform_of_their_college(cast: Cast, platform: Platform) -> None:
    """They are no members of the college itself; their pages are those of the campus."""
    person = cast.people["stranger"]
    Membership.objects.filter(person=person).delete()
    join([person], cast.campus, Role.APPRENTICE, on=AT.date() - timedelta(days=9))
    said = {"how": "sign_in", "by": Actor(cast.campus, person, frozenset({Role.APPRENTICE})), "at": AT}
    actions.join_identity(platform, "moodle-7", person, **said)
    client = Client()
    assert come(client, platform, **{f"{LTI}custom": {"target": "log"}}).url == f"/o/{cast.campus.key}/log/"
    assert "_auth_user_id" in client.session
    Membership.objects.filter(person=person).delete()
    gone = Client()
    assert come(gone, platform).url == "/lti/join/"
    assert "_auth_user_id" not in gone.session


def test_members_are_those_who_learn_and_those_who_teach_it_and_not_the_whole_staff(
    cast: Cast, tool: Tool, placed: Placement
) -> None:
    rows = bearer(tool).get(f"{place(placed)}/members?role=Instructor").json()["members"]
    assert [one["name"] for one in rows] == [cast.people["trainer"].name]
    link = bearer(tool).get(f"{place(placed)}/members?rlid={placed.public_id}").json()["members"]
    assert link[0]["message"][0][f"{LTI}message_type"] == "LtiResourceLinkRequest"


def test_a_grade_of_a_course_without_scores_says_that_nobody_grades_it(
    cast: Cast, platform: Platform
) -> None:
    known_as(cast, platform)
    come(Client(), platform, **{GRADES: {"lineitem": "https://moodle.example/items/1"}})
    row = Return.objects.get()
    assert (score_of(row)["gradingProgress"], "scoreGiven" in score_of(row)) == ("NotReady", False)
    row.percent = Decimal(80)
    assert (score_of(row)["gradingProgress"], score_of(row)["scoreGiven"]) == ("FullyGraded", 80.0)


def test_line_items_begin_and_end_and_go_page_by_page(cast: Cast, tool: Tool, placed: Placement) -> None:
    client, base = bearer(tool), f"{place(placed)}/items"
    times_of = {"startDateTime": "2026-09-01T08:00:00+08:00", "endDateTime": "2026-09-30T00:00:00Z"}
    made = put(client, base, {"label": "Dated", "scoreMaximum": 10, **times_of})
    told = made.json()
    assert (told["startDateTime"], told["endDateTime"]) == (
        "2026-09-01T00:00:00.000Z",
        "2026-09-30T00:00:00.000Z",
    )
    here = told["id"].removeprefix(ISSUER)
    assert "startDateTime" not in put(client, here, {"label": "Dated", "scoreMaximum": 10}, "put").json()
    for wrong in (
        {"startDateTime": "soon"}, {"startDateTime": "2026-09-01T08:00:00"}, {"endDateTime": 7},
        {"startDateTime": "2026-10-01T00:00:00Z", "endDateTime": "2026-09-30T00:00:00Z"},
    ):  # fmt: skip
        assert put(client, base, {"label": "x", "scoreMaximum": 1, **wrong}).status_code == 400
    labels, way = [], f"{base}?limit=1"
    while way:
        answer = client.get(way)
        labels += [one["label"] for one in answer.json()]
        way = further_in(answer)
    assert sorted(labels) == ["Dated", "Fillet weld"]
    moved = {"label": "x", "scoreMaximum": 1, "resourceLinkId": placed.public_id}
    assert put(client, here, moved, "put").status_code == 400


def test_results_go_page_by_page_and_each_has_an_address(cast: Cast, tool: Tool, placed: Placement) -> None:
    item = LineItem.objects.get()
    client, here = bearer(tool), f"{place(placed)}/items/{item.public_id}"
    for name in ("apprentice", "trainer"):
        Score.objects.create(
            item=item, person=cast.people[name], given=Decimal(40), maximum=Decimal(50), activity="Completed",
            grading="FullyGraded", said_at=AT, kept_at=AT,
        )  # fmt: skip
    first = client.get(f"{here}/results?limit=1")
    rest = client.get(further_in(first))
    ids = {one["userId"] for one in first.json() + rest.json()}
    assert ids == {subject(tool, cast.people[name]) for name in ("apprentice", "trainer")}
    assert further_in(rest) == ""
    one = client.get(first.json()[0]["id"].removeprefix(ISSUER))
    assert one.json() == first.json()[0]
    assert one.headers["Content-Type"] == "application/vnd.ims.lis.v2.result+json"
    assert client.get(f"{here}/results/nobody").status_code == 404
    reads = bearer(tool, f"{AGS}lineitem.readonly")
    assert reads.get(f"{here}/results").status_code == 403
    assert put(reads, here, {"label": "x", "scoreMaximum": 1}, "put").status_code == 403
    assert reads.delete(here).status_code == 403
    assert put(reads, f"{here}/scores", score(tool, cast)).status_code == 403


def test_without_redirects_messages_go_to_the_addresses_of_launching_and_choosing_only(
    cast: Cast, tool: Tool
) -> None:
    assert tool.redirects == ["https://tool.example/launch", "https://tool.example/choose"]
    said = {"client_id": tool.public_id, "response_type": "id_token"}
    for where, status in ((tool.choose_address, 200), ("https://tool.example/login", 409)):
        assert Client().get("/lti/auth/", {**said, "redirect_uri": where}).status_code == status
