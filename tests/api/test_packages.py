"""Packages by the API: taken in, opened for a learner, waived, broken off - as another platform would do it."""

from __future__ import annotations

import json
import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from craftpath.delivery.exchange.courses import shelf
from craftpath.domain.packages.models import Package, Registration
from tests.api.caller import Caller, board, caller
from tests.cast import Cast
from tests.exchange.courses.made import cmi5, packed, unit, words
from tests.lrs.asking import Program, token_of

pytestmark = pytest.mark.usefixtures("all_rows")
UNFIT = "packages.cmi5_unfit"
SITE = {"endpoint", "fetch", "actor", "registration", "activityId"}


@pytest.fixture(autouse=True)
def _origin(settings: Any, tmp_path: Any) -> None:
    settings.CONTENT_ADDRESS = "https://content.example"
    settings.VAR = str(tmp_path)


def upload(who: Caller, content: bytes | str, kind: str = "application/zip", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()} | who.headers
    body = content.encode() if isinstance(content, str) else content
    return who.browser.generic("POST", "/api/v1/packages", body, content_type=kind, headers=told)


def course(attributes: str = 'moveOn="Completed"') -> bytes:
    one = unit("u1", "a.html?paramA=1&amp;b=2#top", attributes=attributes)
    block = f'<block id="https://example.org/b1">{words("Block")}{one}</block>'
    return packed({"cmi5.xml": cmi5(block + unit("u2", "https://units.example/start")), "a.html": "<p>"})


def ready(who: Caller, content: bytes | str = b"", kind: str = "application/zip") -> dict[str, Any]:
    answer = upload(who, content or course(), kind)
    assert answer.status_code == 202, answer.content
    found = who.get(f"/packages/{answer.json()['id']}")
    assert found["state"] == "ready", found
    return dict(found)


def launch(who: Caller, package: dict[str, Any], cast: Cast, **more: Any) -> Any:
    body = {"apprentice": cast.enrolments["26001"].public_id, "part": "1"} | more
    return who("POST", f"/packages/{package['id']}/launches", body)


def test_from_the_upload_to_what_is_waived(cast: Cast) -> None:
    who = caller(cast, "trainer")
    package = ready(who)
    assert [(one["key"], one["move_on"]) for one in package["parts"]] == [
        (None, None), ("1", "Completed"), ("2", "NotApplicable"),
    ]  # fmt: skip
    told = launch(who, package, cast, mode="Review", return_url="https://board.example/back").json()
    url = urlsplit(told["url"])
    asked = parse_qs(url.query)
    assert (url.netloc, url.path.rpartition("/")[2], url.fragment) == ("content.example", "a.html", "top")
    assert (asked["paramA"], asked["b"]) == (["1"], ["2"])
    assert set(asked) == SITE | {"paramA", "b"}
    assert json.loads(asked["actor"][0])["account"]["name"] == cast.people["apprentice"].public_id
    assert asked["registration"] == [told["registration"]]
    assert asked["endpoint"] == ["http://testserver/xapi/"]
    fetched = who.browser.post(urlsplit(asked["fetch"][0]).path)
    assert set(fetched.json()) == {"auth-token"}
    state = who.browser.get(
        "/xapi/activities/state",
        {
            "stateId": "LMS.LaunchData", "activityId": asked["activityId"][0], "agent": asked["actor"][0],
            "registration": told["registration"],
        },
        headers={
            "Authorization": f"Basic {fetched.json()['auth-token']}", "X-Experience-API-Version": "1.0.3",
        },
    )  # fmt: skip
    assert (state.json()["launchMode"], state.json()["returnURL"]) == ("Review", "https://board.example/back")

    ended = who("POST", f"/packages/sessions/{told['session']}/abandon", {}).json()
    assert (ended["open"], ended["abandoned"]) == (False, True)
    again = who("POST", f"/packages/sessions/{told['session']}/abandon", {}).json()
    assert again == ended

    waive = f"/packages/registrations/{told['registration']}/waive"
    done = who("POST", waive, {"part": "1", "because": "Administrative"}).json()
    assert (done["satisfied"], done["parts"]) == (
        True,
        [{"part": "1", "said": ["waived"], "satisfied": True}],
    )
    assert who("POST", waive, {"part": "1", "because": "Twice"}).status_code == 200
    assert (
        who("POST", waive, {"part": "2", "because": "Nothing to waive"}).json()["code"]
        == "packages.unit_satisfied"
    )
    assert who.get(f"/packages/{package['id']}/registrations")["items"][0]["satisfied"] is True

    program = Program(token_of(cast.college, "xapi:read"), "1.0.3")
    said = program.found(registration=told["registration"], ascending="true")
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in said]
    assert verbs == ["launched", "abandoned", "waived", "satisfied", "satisfied"]
    waived, satisfied = said[2], said[3]
    assert waived["result"]["extensions"] == {
        "https://w3id.org/xapi/cmi5/result/extensions/reason": "Administrative"
    }
    assert (waived["result"]["success"], waived["result"]["completion"]) == (True, True)
    categories = {one["id"].rpartition("/")[2] for one in waived["context"]["contextActivities"]["category"]}
    assert categories == {"cmi5", "moveon"}
    session = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
    assert waived["context"]["extensions"][session] == satisfied["context"]["extensions"][session]
    assert waived["context"]["extensions"][session] != told["session"]
    assert waived["actor"] == json.loads(asked["actor"][0])
    assert said[1]["result"]["duration"] == "PT0S"


def test_a_registration_goes_on_and_another_one_is_unknown(cast: Cast) -> None:
    who = caller(cast, "trainer")
    package = ready(who)
    first = launch(who, package, cast).json()
    second = launch(who, package, cast, registration=first["registration"]).json()
    assert second["registration"] == first["registration"]
    assert second["session"] != first["session"]
    strange = launch(who, package, cast, registration=str(uuid.uuid4()))
    assert (strange.status_code, strange.json()["code"]) == (409, "packages.registration_unknown")
    other = launch(who, package, cast, apprentice=cast.enrolments["26002"].public_id).json()
    assert other["registration"] != first["registration"]
    assert Registration.objects.count() == 2
    elsewhere = launch(who, package, cast, part="2").json()
    assert elsewhere["url"].startswith("https://units.example/start?endpoint=")


def test_a_thousand_units_of_somewhere_else_need_no_archive(cast: Cast) -> None:
    who = caller(cast, "trainer")
    many = "".join(unit(f"u{number}", "http://example.com/index.html") for number in range(1000))
    package = ready(who, cmi5(many), "text/xml")
    assert len(package["parts"]) == 1000
    told = launch(who, package, cast, part="1000").json()
    assert told["url"].startswith("http://example.com/index.html?endpoint=")
    assert not shelf.place(package["id"]).exists()


@pytest.mark.parametrize(
    ("content", "kind", "code", "fault"),
    [
        (cmi5(course="example.org/course"), "text/xml", UNFIT, "course.no_iri"),
        (cmi5(unit("../u")), "text/xml", UNFIT, "course.address_without_package"),
        (cmi5(unit(url="/index.html")), "text/xml", UNFIT, "course.address_without_package"),
        (cmi5(unit(url="http://example.com index.html")), "text/xml", UNFIT, "course.address_unfit"),
        (cmi5(unit(url="https://a.example/?fetch=1")), "text/xml", UNFIT, "course.query_taken"),
        (packed({"cmi5.xml": cmi5(unit(url="lost.html"))}), "application/zip", UNFIT, "course.file_missing"),
        (packed({"a.html": "<p>"}), "application/zip", "course.other_kind", ""),
        ("# Only words", "application/octet-stream", "course.not_a_package", ""),
        (b"PK\x03\x04 and no more", "application/zip", "course.damaged", ""),
        ("<courseStructure", "text/xml", "course.not_xml", ""),
    ],
)  # fmt: skip
def test_what_breaks_the_rules_is_refused_by_name(
    cast: Cast, content: bytes | str, kind: str, code: str, fault: str
) -> None:
    who = caller(cast, "trainer")
    answer = upload(who, content, kind)
    assert answer.status_code == 202
    found = who.get(f"/packages/{answer.json()['id']}")
    assert (found["state"], found["code"]) == ("refused", code)
    assert bool(found["faults"]) == bool(fault)
    assert not fault or fault in {one["code"] for one in found["faults"]}
    assert found["detail"]
    assert all(one["detail"] for one in found["faults"])
    assert launch(who, found, cast).status_code == 409


def test_the_same_key_is_the_same_package(cast: Cast) -> None:
    who = caller(cast, "trainer")
    first, second = (upload(who, course(), Idempotency_Key="welding-7").json()["id"] for _ in range(2))
    assert first == second
    assert upload(who, course(), Idempotency_Key="").status_code == 400
    assert Package.objects.count() == 1


def test_what_is_no_file_is_not_taken(cast: Cast) -> None:
    who = caller(cast, "trainer")
    assert upload(who, "{}", "application/json").status_code == 415
    nothing = who.browser.generic(
        "POST", "/api/v1/packages", b"", headers=who.headers, CONTENT_TYPE="application/zip"
    )
    assert nothing.json()["code"] == "packages.nothing_sent"
    large = who.browser.generic(
        "POST", "/api/v1/packages", b"", content_type="application/zip",
        headers=who.headers | {"Content-Length": str(2**40)},
    )  # fmt: skip
    assert large.status_code in (409, 413)


def test_whoever_keeps_no_packages_opens_none_for_others(cast: Cast) -> None:
    trainer = caller(cast, "trainer")
    package = ready(trainer)
    told = launch(trainer, package, cast).json()
    for who in ("apprentice", "mentor", "hr"):
        other = caller(cast, who)
        assert upload(other, course()).status_code == 403
        assert launch(other, package, cast).status_code in (403, 404)
        assert other("POST", f"/packages/sessions/{told['session']}/abandon", {}).status_code in (403, 404)
        waive = f"/packages/registrations/{told['registration']}/waive"
        assert other("POST", waive, {"part": "1", "because": "x"}).status_code in (403, 404)
    assert caller(cast, "apprentice").get("/packages")["items"][0]["id"] == package["id"]
    program = board(cast, ["trainer"], ["packages:write"])
    assert launch(program, package, cast).status_code == 200
    assert upload(program, course()).status_code == 403  # a package has somebody who took it in
    assert launch(board(cast, ["trainer"], ["packages:read"]), package, cast).status_code == 403
    retired = trainer("POST", f"/packages/{package['id']}/retire", {}).json()
    assert retired["state"] == "retired"
    assert launch(trainer, package, cast).json()["code"] == "packages.not_played"
