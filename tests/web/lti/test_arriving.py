"""Craftpath as tool: seventeen launches, row by row, as standards ask of a tool; who is meant, and what comes back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client

from craftpath.delivery.exchange.lti import calling
from craftpath.delivery.jobs import lti_grading
from craftpath.delivery.web.lti import arriving
from craftpath.domain.courses.models import Run
from craftpath.domain.lti import actions
from craftpath.domain.lti.models import Entry, Identity, Platform, Return
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS, REACTIONS, Told
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT, Cast
from tests.domain.courses.world import page, running
from tests.domain.lti import world
from tests.domain.lti.parties import (
    DL,
    GRADES,
    INSTRUCTOR,
    LTI,
    MEMBERS,
    as_json,
    fields_of,
    launched,
    signed,
)

pytestmark = pytest.mark.usefixtures("all_rows")
Browse = Callable[[str], Client]
ISSUER = "https://craftpath.example"


@pytest.fixture(autouse=True)
def _address(settings: Any, db: None) -> None:
    settings.ADDRESS = ISSUER
    cache.clear()


@pytest.fixture
def platform(cast: Cast) -> Platform:
    return world.platform(cast)


def begin(client: Client, platform: Platform, **other: str) -> dict[str, str]:
    """The platform says that somebody comes: what it is asked."""
    told = {"iss": platform.issuer, "login_hint": "7", "target_link_uri": f"{ISSUER}/lti/launch/",
            "lti_message_hint": "abc", "client_id": platform.client_id} | other  # fmt: skip
    answer = client.post("/lti/login/", told)
    assert answer.status_code == 302, answer.content.decode()[-500:]
    parts = urlsplit(answer.url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == platform.login_address
    return dict(parse_qsl(parts.query))


def come(
    client: Client, platform: Platform, *, how: dict[str, Any] | None = None, state: str = "", **changes: Any
) -> Any:
    """A whole launch with these changes in the message."""
    asked = begin(client, platform)
    token = signed(launched(platform, asked["nonce"], **changes), **(how or {}))
    return client.post("/lti/launch/", {"state": state or asked["state"], "id_token": token})


# ---- The seventeen rows -----------------------------------------------------------------------------------

ROWS: list[tuple[str, dict[str, Any], dict[str, Any], str, int]] = [
    ("expired", {"iat": 1_600_000_000, "exp": 1_600_000_300}, {}, "lti.expired", 403),
    ("wrong audience", {"aud": "somebody"}, {}, "lti.wrong_audience", 403),
    ("wrong issuer", {"iss": "https://elsewhere.example"}, {}, "lti.wrong_issuer", 403),
    ("foreign key", {}, {"key": "foreign"}, "lti.wrong_signature", 403),
    ("unknown key id", {}, {"kid": "unknown"}, "lti.key_unknown", 403),
    ("no deployment id", {f"{LTI}deployment_id": None}, {}, "lti.deployment_missing", 400),
    ("version 1.2.0", {f"{LTI}version": "1.2.0"}, {}, "lti.wrong_version", 400),
    ("no version", {f"{LTI}version": None}, {}, "lti.wrong_version", 400),
    ("no resource link", {f"{LTI}resource_link": None}, {}, "lti.resource_missing", 400),
    ("no message type", {f"{LTI}message_type": None}, {}, "lti.message_missing", 400),
    ("no roles", {f"{LTI}roles": None}, {}, "lti.roles_missing", 400),
    ("wrong nonce", {"nonce": "another"}, {}, "lti.wrong_nonce", 403),
    ("issued in the future", {"iat": 4_000_000_000, "exp": 4_000_000_300}, {}, "lti.not_yet", 403),
    ("unknown deployment", {f"{LTI}deployment_id": "3"}, {}, "lti.deployment_unknown", 403),
    # beyond the seventeen
    ("two audiences without a party", {"aud": ["craftpath-1", "x"]}, {}, "lti.wrong_audience", 403),
    ("another party", {"azp": "x"}, {}, "lti.wrong_audience", 403),
    ("no nonce", {"nonce": None}, {}, "lti.wrong_nonce", 403),
    ("no end", {"exp": None}, {}, "lti.without_times", 400),
    ("times as words", {"iat": "now"}, {}, "lti.without_times", 400),
    ("begins later", {"nbf": 4_000_000_000}, {}, "lti.not_yet", 403),
    ("no key id", {}, {"kid": None}, "lti.key_unknown", 403),
    ("another message", {f"{LTI}message_type": "LtiSubmissionReview"}, {}, "lti.message_unknown", 400),
    ("a link without an id", {f"{LTI}resource_link": {"title": "x"}}, {}, "lti.resource_missing", 400),
    ("a link with an empty id", {f"{LTI}resource_link": {"id": ""}}, {}, "lti.resource_missing", 400),
    ("roles as a word", {f"{LTI}roles": "Learner"}, {}, "lti.roles_missing", 400),
    ("an empty name", {"sub": ""}, {}, "lti.subject_unfit", 400),
    ("a number for a name", {"sub": 7}, {}, "lti.subject_unfit", 400),
    ("a long name", {"sub": "x" * 256}, {}, "lti.subject_unfit", 400),
    ("no target", {f"{LTI}target_link_uri": None}, {}, "lti.target_unknown", 400),
]


@pytest.mark.parametrize(("row", "changes", "how", "code", "status"), ROWS, ids=[one[0] for one in ROWS])
def test_a_launch_that_the_standard_refuses_is_refused_with_its_reason(
    cast: Cast,
    platform: Platform,
    row: str,
    changes: dict[str, Any],
    how: dict[str, Any],
    code: str,
    status: int,
) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = come(client, platform, how=how, **changes)
    assert (answer.status_code, answer.headers["X-Reason"]) == (status, code)
    assert code in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Entry.objects.exists()


def test_row_wrong_state(cast: Cast, platform: Platform) -> None:
    client = Client()
    answer = come(client, platform, state="another-state-of-nobody")
    assert (answer.status_code, answer.headers["X-Reason"]) == (403, "lti.wrong_state")


@pytest.mark.parametrize("state", ["", "\0", "ä" * 20, "x" * 5000])
def test_no_state_at_all(cast: Cast, platform: Platform, state: str) -> None:
    answer = Client().post("/lti/launch/", {"state": state, "id_token": "x"})
    assert (answer.status_code, answer.headers["X-Reason"]) == (403, "lti.wrong_state")


def test_row_valid(cast: Cast, platform: Platform) -> None:
    client = Client()
    answer = come(client, platform)
    assert (answer.status_code, answer.url) == (302, "/lti/join/")  # nobody is joined yet: it asks who it is
    assert Entry.objects.get().resource == "link-1"


def test_row_without_a_subject_a_visitor_looks_and_nothing_is_kept(cast: Cast, platform: Platform) -> None:
    run = running(cast, page(), everybody=True)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    answer = come(client, platform, sub=None, **{f"{LTI}custom": {"target": f"course/{run.public_id}"}})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Safe welding" in shown
    assert "电弧" in shown
    assert "_auth_user_id" not in client.session
    assert not Identity.objects.exists()


@pytest.mark.parametrize("algorithm", ["none", "HS256", "PS256"])
def test_another_algorithm_is_none_of_ours(cast: Cast, platform: Platform, algorithm: str) -> None:
    client = Client()
    asked = begin(client, platform)
    claims = launched(platform, asked["nonce"])
    if algorithm == "PS256":
        token = signed(claims, algorithm="PS256")
    else:
        key = "x" * 40 if algorithm == "HS256" else ""
        token = jwt.encode(claims, key or None, algorithm=algorithm, headers={"kid": "own"})  # type: ignore[arg-type]
    answer = client.post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert (answer.status_code, answer.headers["X-Reason"]) == (400, "lti.wrong_algorithm")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\0", "x" * 30_000, "e30.e30.e30"])
def test_rubbish_is_no_message(cast: Cast, platform: Platform, token: str) -> None:
    client = Client()
    asked = begin(client, platform)
    answer = client.post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert answer.status_code == 400


def test_a_message_serves_once_even_where_the_cookie_is_kept(cast: Cast, platform: Platform) -> None:
    client = Client()
    asked = begin(client, platform)
    cookies = dict(client.cookies)
    token = signed(launched(platform, asked["nonce"]))
    form = {"state": asked["state"], "id_token": token}
    assert client.post("/lti/launch/", form).status_code == 302
    assert client.post("/lti/launch/", form).headers["X-Reason"] == "lti.wrong_state"
    for name, morsel in cookies.items():
        client.cookies[name] = morsel.value
    assert client.post("/lti/launch/", form).headers["X-Reason"] == "lti.used"


def test_another_browser_s_message_is_not_taken(cast: Cast, platform: Platform) -> None:
    asked = begin(Client(), platform)
    token = signed(launched(platform, asked["nonce"]))
    answer = Client().post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert answer.headers["X-Reason"] == "lti.wrong_state"


def test_what_was_asked_too_long_ago_is_not_answered(
    cast: Cast, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    asked = begin(client, platform)
    token = signed(launched(platform, asked["nonce"]))
    real = signing.time.time  # type: ignore[attr-defined]
    monkeypatch.setattr(signing.time, "time", lambda: real() + arriving.ASKED + 5)  # type: ignore[attr-defined]
    answer = client.post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert answer.headers["X-Reason"] == "lti.wrong_state"


def test_only_a_registered_platform_begins_and_none_that_was_stopped(cast: Cast, platform: Platform) -> None:
    told = {"iss": platform.issuer, "login_hint": "7", "client_id": platform.client_id}
    for other in (
        {"iss": "https://elsewhere.example"},
        {"client_id": "x"},
        {"login_hint": ""},
        {"iss": "a\0b"},
    ):
        answer = Client().get("/lti/login/", told | other)
        assert (answer.status_code, answer.headers["X-Reason"]) == (400, "lti.platform_unknown")
    assert Client().get("/lti/login/", {"iss": platform.issuer, "login_hint": "7"}).status_code == 302
    client = Client()
    asked = begin(client, platform)
    actions.stop_platform(platform, by=cast.actor("coordinator"), at=AT)
    assert Client().get("/lti/login/", told).status_code == 400
    token = signed(launched(platform, asked["nonce"]))
    answer = client.post("/lti/launch/", {"state": asked["state"], "id_token": token})
    assert answer.headers["X-Reason"] == "lti.platform_unknown"


def test_the_cookie_goes_along_from_another_site_and_is_closed_to_scripts(
    cast: Cast, platform: Platform, settings: Any
) -> None:
    settings.HTTPS = True
    client = Client()
    client.get("/lti/login/", {"iss": platform.issuer, "login_hint": "7"})
    (cookie,) = [one for name, one in client.cookies.items() if name.startswith("lti-")]
    assert (cookie["samesite"], bool(cookie["secure"]), bool(cookie["httponly"])) == ("None", True, True)


def test_in_a_frame_it_goes_on_in_a_window(cast: Cast, platform: Platform) -> None:
    answer = Client().get(
        "/lti/login/", {"iss": platform.issuer, "login_hint": "7"}, headers={"Sec-Fetch-Dest": "iframe"}
    )
    assert answer.status_code == 200
    assert 'target="_blank"' in answer.content.decode()
    assert "frame-ancestors https://moodle.example" in answer.headers["Content-Security-Policy"].replace(
        "frame-ancestors 'none' ", "frame-ancestors "
    )
    assert "X-Frame-Options" not in answer.headers


# ---- Whom it means --------------------------------------------------------------------------------------


def test_the_first_time_somebody_signs_in_and_says_yes_and_then_it_opens_by_itself(
    cast: Cast, platform: Platform
) -> None:
    run = running(cast, page())
    custom = {f"{LTI}custom": {"target": f"course/{run.public_id}"}}
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert come(client, platform, **custom).url == "/lti/join/"
    assert client.get("/lti/join/").url.startswith("/account/login/")
    client.force_login(cast.people["apprentice"])
    assert "Chen Yutong" in client.get("/lti/join/").content.decode()
    assert not Identity.objects.exists()
    assert client.post("/lti/join/").url == f"/o/lanchuan/courses/runs/{run.public_id}/"
    later = Client()
    assert come(later, platform, **custom).url == f"/o/lanchuan/courses/runs/{run.public_id}/"
    assert later.session["_auth_user_id"] == str(cast.people["apprentice"].pk)
    other = Client()
    assert come(other, platform, sub="moodle-8").url == "/lti/join/"  # another account is another person


def test_an_identity_never_changes_hands(cast: Cast, platform: Platform) -> None:
    said = {"how": "sign_in", "by": cast.actor("apprentice"), "at": AT}
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], **said)
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], **said)
    with pytest.raises(Refused, match=r"lti\.joined_already"):
        actions.join_identity(platform, "moodle-7", cast.people["trainer"], **said)
    with pytest.raises(Refused, match=r"lti\.not_a_member"):
        actions.join_identity(platform, "moodle-9", cast.people["stranger"], **said)
    assert Identity.objects.count() == 1


def test_nobody_says_yes_to_an_arrival_of_another_browser(
    cast: Cast, platform: Platform, browse: Browse
) -> None:
    come(Client(), platform)
    victim = browse("apprentice")
    assert victim.get("/lti/join/").status_code == 409
    assert victim.post("/lti/join/").status_code == 409
    assert not Identity.objects.exists()


@pytest.mark.parametrize(("allowed", "known"), [(False, 0), (True, 1)])
def test_a_mail_address_counts_only_where_it_was_allowed(cast: Cast, allowed: bool, known: int) -> None:
    person = cast.people["apprentice"]
    person.email = "chen@lanchuan.example"
    person.save()
    platform = world.platform(cast, by_mail=allowed)
    client = Client()
    come(client, platform, email="CHEN@lanchuan.example")
    assert Identity.objects.count() == known
    assert ("_auth_user_id" in client.session) is allowed


def test_staff_are_not_signed_in_by_another_site_s_word(cast: Cast, platform: Platform) -> None:
    said = {"how": "sign_in", "by": cast.actor("trainer"), "at": AT}
    actions.join_identity(platform, "moodle-7", cast.people["trainer"], **said)
    client = Client()
    assert come(client, platform).url == "/lti/join/"
    assert "_auth_user_id" not in client.session
    client.force_login(cast.people["trainer"])
    assert client.get("/lti/join/").status_code == 302


@pytest.mark.parametrize(
    "target", ["course/gone", "course/../../x", "elsewhere/1", "https://evil.example", 7]
)
def test_a_link_that_leads_nowhere_leads_home(cast: Cast, platform: Platform, target: Any) -> None:
    said = {"how": "sign_in", "by": cast.actor("apprentice"), "at": AT}
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], **said)
    answer = come(Client(), platform, **{f"{LTI}custom": {"target": target}})
    assert (answer.status_code, answer.url) == (302, "/o/lanchuan/")


def test_a_link_to_the_log_leads_to_the_log(cast: Cast, platform: Platform) -> None:
    said = {"how": "sign_in", "by": cast.actor("apprentice"), "at": AT}
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], **said)
    assert come(Client(), platform, **{f"{LTI}custom": {"target": "log"}}).url == "/o/lanchuan/log/"


# ---- Choosing -------------------------------------------------------------------------------------------

CHOICE = {
    f"{LTI}message_type": "LtiDeepLinkingRequest", f"{LTI}resource_link": None, f"{LTI}roles": [INSTRUCTOR],
    f"{DL}deep_linking_settings": {
        "deep_link_return_url": "https://moodle.example/deep", "data": "xyz",
        "accept_types": ["ltiResourceLink"], "accept_presentation_document_targets": ["window"],
    },
}  # fmt: skip


def test_a_teacher_chooses_a_course_and_the_platform_gets_it_signed(
    cast: Cast, platform: Platform, browse: Browse
) -> None:
    run = running(cast, page(), everybody=True)
    client = browse("trainer")
    assert come(client, platform, **CHOICE).url == "/lti/join/"
    assert client.post("/lti/join/").url == "/lti/choose/"
    assert run.public_id in client.get("/lti/choose/").content.decode()
    where, fields = fields_of(client.post("/lti/choose/", {"run": run.public_id}))
    assert where == "https://moodle.example/deep"
    (key,) = Client().get("/lti/keys/lanchuan/").json()["keys"]
    claims = jwt.decode(
        fields["JWT"],
        jwt.PyJWK(key).key,
        algorithms=["RS256"],
        audience=platform.issuer,
        issuer=platform.client_id,
    )
    assert claims[f"{DL}data"] == "xyz"
    assert claims[f"{LTI}deployment_id"] == "1"
    (item,) = claims[f"{DL}content_items"]
    assert item["custom"] == {"target": f"course/{run.public_id}"}
    assert (item["type"], item["lineItem"]["scoreMaximum"]) == ("ltiResourceLink", 100)
    assert client.post("/lti/choose/", {"run": "gone"}).status_code == 409


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]}, "lti.not_teaching"),
        ({f"{DL}deep_linking_settings": None}, "lti.settings_missing"),
        ({f"{DL}deep_linking_settings": {"deep_link_return_url": "javascript:x"}}, "lti.settings_missing"),
        (
            {f"{DL}deep_linking_settings": {"deep_link_return_url": "https://m.example/", "data": 7}},
            "lti.settings_missing",
        ),
        ({"sub": None}, "lti.not_teaching"),
    ],
)
def test_a_choice_that_is_not_in_order_is_refused(
    cast: Cast, platform: Platform, changes: dict[str, Any], code: str
) -> None:
    answer = come(Client(), platform, **(CHOICE | changes))
    assert answer.headers["X-Reason"] == code


# ---- Grades back, and who takes part --------------------------------------------------------------------


def finished(cast: Cast, platform: Platform) -> Run:
    """Somebody came from the platform and has done the course."""
    from craftpath.domain.courses.actions import finish_activity
    from tests.domain.courses.world import key_of

    run = running(cast, page())
    said = {"how": "sign_in", "by": cast.actor("apprentice"), "at": AT}
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], **said)
    come(
        Client(), platform,
        **{
            f"{LTI}custom": {"target": f"course/{run.public_id}"},
            GRADES: {"lineitem": "https://moodle.example/items/1/lineitem?type_id=2", "scope": []},
            MEMBERS: {"context_memberships_url": "https://moodle.example/members?x=1"},
        },
    )  # fmt: skip
    finish_activity(run, key_of(run, "page"), by=cast.actor("apprentice"), at=AT)
    for entry in AuditEntry.objects.filter(fact="courses.finished"):
        for reaction in [*REACTIONS[entry.fact]] * 2:
            reaction(Told(FACTS[entry.fact](**entry.payload), entry))
    return run


class Far:
    """The platform's services: what they were asked, and what they answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *statuses: int, members: Any = None) -> None:
        self.asked: list[tuple[str, str, bytes | None, dict[str, str]]] = []
        self.statuses = list(statuses)
        self.members = members
        monkeypatch.setattr(calling, "target_of", lambda address: address)
        monkeypatch.setattr(calling, "ask", self.ask)

    def ask(
        self, target: Any, method: str, *, content: bytes | None = None, headers: dict[str, str], **more: Any
    ) -> tuple[int, bytes]:
        self.asked.append((method, target, content, headers))
        if target.endswith("token.php"):
            return 200, as_json({"access_token": "abc"}).encode()
        status = self.statuses.pop(0) if self.statuses else 200
        return status, as_json({"members": self.members}).encode()


def test_a_grade_goes_back_once(cast: Cast, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    far = Far(monkeypatch)
    finished(cast, platform)  # which queues it
    row = Return.objects.get()
    for _ in range(2):
        lti_grading.deliver(row.pk, at=AT)
    assert [one[1] for one in far.asked] == [
        platform.token_address, "https://moodle.example/items/1/lineitem/scores?type_id=2",
    ]  # fmt: skip
    proof = dict(parse_qsl((far.asked[0][2] or b"").decode()))["client_assertion"]
    (key,) = Client().get("/lti/keys/lanchuan/").json()["keys"]
    claims = jwt.decode(
        proof, jwt.PyJWK(key).key, algorithms=["RS256"], audience=platform.token_address,
        options={"verify_exp": False, "verify_iat": False},
    )  # fmt: skip
    assert claims["iss"] == claims["sub"] == platform.client_id
    assert far.asked[1][3]["Authorization"] == "Bearer abc"
    import json

    told = json.loads(far.asked[1][2] or b"")
    assert (told["userId"], told["activityProgress"]) == ("moodle-7", "Completed")
    row.refresh_from_db()
    assert (row.state, row.tries) == ("sent", 1)


def test_a_grade_that_is_not_taken_is_tried_again_and_then_given_up(
    cast: Cast, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    Far(monkeypatch, *[500] * 20)
    finished(cast, platform)  # which tries it for the first time
    row = Return.objects.get()
    assert (row.tries, row.answer) == (1, "lti.service_refused")
    for tries in range(2, 7):
        now = row.next_at + timedelta(seconds=1)
        lti_grading.deliver(row.pk, at=now)
        row.refresh_from_db()
        assert (row.tries, row.answer) == (tries, "lti.service_refused")
        assert lti_grading.queue_due(at=now) == 0
    assert row.state == "failed"
    assert lti_grading.queue_due(at=now + timedelta(days=9)) == 0
    said = {"by": cast.actor("trainer"), "at": now}
    actions.return_grade(row.entry.target, cast.people["apprentice"], Decimal(90), **said)
    Far(monkeypatch)
    lti_grading.deliver(row.pk, at=now)
    row.refresh_from_db()
    assert (row.state, row.percent) == ("sent", 90)


def test_who_takes_part_is_shown_and_not_kept(
    cast: Cast, platform: Platform, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    finished(cast, platform)
    entry = Entry.objects.get()
    address = f"/o/lanchuan/tools/platforms/{platform.public_id}/people/{entry.public_id}/"
    rows = [
        {"user_id": "moodle-7", "name": "Chen", "roles": [INSTRUCTOR]},
        {"user_id": "moodle-8", "given_name": "<b>Li</b>", "roles": "odd"},
        "rubbish",
    ]
    far = Far(monkeypatch, members=rows)
    shown = browse("coordinator").post(address).content.decode()
    assert far.asked[1][1] == "https://moodle.example/members?x=1&limit=500"
    assert cast.people["apprentice"].name in shown
    assert "&lt;b&gt;Li&lt;/b&gt;" in shown
    assert Identity.objects.count() == 1
    Far(monkeypatch, 500)
    answer = browse("coordinator").post(address)
    assert answer.status_code == 409
    assert "status 500" in answer.content.decode()

    def away(address: str) -> None:
        raise Refused(not_now("kernel.hook_inside", host="moodle.example"))

    monkeypatch.setattr(calling, "target_of", away)
    assert "leads inside the network" in browse("coordinator").post(address).content.decode()
