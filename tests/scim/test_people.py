"""People come and leave by SCIM through the same actions as on the pages: roles end by day, no record is deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from craftpath.kernel.access import Membership, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.directory.tables import DirectoryEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import Cast
from tests.scim.pushing import PATCH, SEARCH, USER, pusher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
OFF = {"op": "replace", "path": "active", "value": False}
ON = {"op": "replace", "path": "active", "value": True}


def _held(person: Person) -> set[str]:
    day = timezone.localdate()
    rows = Membership.objects.filter(person=person, starts_on__lte=day)
    return {row.role for row in rows if row.ends_on is None or row.ends_on > day}


def test_whoever_comes_is_a_person_without_password_or_role(cast: Cast) -> None:
    push = pusher(cast)
    said = push.person(
        externalId="E-17", displayName="张伟", emails=[{"value": "zw@college.example", "primary": True}],
        phoneNumbers=[{"value": "13800000000"}], password="never-kept-1",
    )  # fmt: skip
    person = Person.objects.get(username="zhang.wei")
    assert (person.name, person.email, person.phone) == ("张伟", "zw@college.example", "13800000000")
    assert not person.has_usable_password()
    assert _held(person) == set()
    assert "password" not in said
    assert "never-kept-1" not in str(said)
    again = push("GET", f"/Users/{said['id']}").json()
    assert (again["userName"], again["externalId"], again["active"]) == ("zhang.wei", "E-17", True)
    entry = AuditEntry.objects.get(fact="kernel.directory_person_came")
    assert (entry.organisation, entry.payload["known"]) == (cast.college, False)


def test_a_name_stands_once_in_any_case(cast: Cast) -> None:
    push = pusher(cast)
    push.person()
    answer = push("POST", "/Users", {"schemas": [USER], "userName": "Zhang.Wei"})
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")
    other = push.person("li.na")
    answer = push.patch(f"/Users/{other['id']}", {"op": "replace", "path": "userName", "value": "zhang.wei"})
    assert (answer.status_code, answer.json()["scimType"]) == (409, "uniqueness")


def test_whoever_is_known_here_is_linked_and_not_made_twice(cast: Cast) -> None:
    push, before = pusher(cast), Person.objects.count()
    said = push.person("c01", displayName="Somebody Else")
    assert Person.objects.count() == before
    person = cast.people["coordinator"]
    person.refresh_from_db()
    assert person.name == "何静", "linking describes nobody"
    assert push.patch(f"/Users/{said['id']}", OFF).status_code == 200
    assert _held(person) == set()


def test_somebody_of_elsewhere_is_never_taken_over(cast: Cast) -> None:
    """The same sign-in name or address at another organisation is another person as far as this directory goes."""
    stranger = cast.people["stranger"]
    stranger.email = "xb@neighbour.example"
    stranger.save()
    said = pusher(cast).person("n01", displayName="X", emails=[{"value": "xb@neighbour.example"}])
    stranger.refresh_from_db()
    assert stranger.name == "夏冰"
    assert _held(stranger) == {"coordinator"}
    made = Person.objects.get(name="X")
    assert made.pk != stranger.pk
    assert made.email is None
    assert made.username.startswith("n01-")
    assert said["userName"] == "n01"


def test_an_address_is_not_changed_for_somebody_who_may_more_than_the_token(cast: Cast) -> None:
    """An address opens sign-on: a coordinator's token does not move an administrator's."""
    push = pusher(cast, roles=("coordinator",))
    said = push.person("adm")
    change = {"op": "replace", "path": "emails", "value": [{"value": "me@evil.example"}]}
    assert push.patch(f"/Users/{said['id']}", change).status_code == 200
    administrator = Person.objects.get(username="adm")
    assert administrator.email != "me@evil.example"
    assert push.patch(f"/Users/{said['id']}", OFF).status_code == 403
    assert _held(administrator) == {"administrator"}


def test_who_is_switched_off_loses_every_role_there_and_keeps_those_of_elsewhere(cast: Cast) -> None:
    push = pusher(cast)
    person = cast.people["trainer"]
    join([person, cast.people["coordinator"]], cast.campus, Role.COORDINATOR, on=date(2026, 1, 1))
    join([person], cast.neighbour, Role.TRAINER, on=date(2026, 1, 1))
    said = push.person(person.username)
    answer = push.patch(f"/Users/{said['id']}", OFF)
    assert (answer.status_code, answer.json()["active"]) == (200, False)
    rows = Membership.objects.filter(person=person)
    ended = {(row.organisation.key, row.ends_because) for row in rows if row.ends_on is not None}
    assert ended == {("lanchuan", "SCIM"), ("lanchuan-east", "SCIM")}
    assert _held(person) == {"trainer"}
    assert Person.objects.filter(pk=person.pk, is_active=True).exists()


def test_deleting_ends_roles_and_deletes_no_record(cast: Cast) -> None:
    push = pusher(cast)
    person, rows = cast.people["trainer"], Membership.objects.count()
    said = push.person(person.username, externalId="E-1")
    assert push("DELETE", f"/Users/{said['id']}").status_code == 204
    assert push("GET", f"/Users/{said['id']}").status_code == 404
    assert push("DELETE", f"/Users/{said['id']}").status_code == 404
    assert Membership.objects.count() == rows
    assert _held(person) == set()
    assert push("GET", "/Users").json()["totalResults"] == 0
    again = push.person(person.username)
    assert again["id"] != said["id"]
    assert Person.objects.filter(username=person.username).count() == 1, "whoever returns is the same person"


def test_an_apprentices_own_record_stays_readable(cast: Cast) -> None:
    push = pusher(cast)
    person = cast.enrolments["26001"].person
    said = push.person(person.username)
    assert push("DELETE", f"/Users/{said['id']}").status_code == 204
    assert _held(person) == {"apprentice"}


@pytest.mark.parametrize("how", ["delete", "patch", "put", "post"])
def test_the_last_administrator_is_neither_deleted_nor_switched_off(cast: Cast, how: str) -> None:
    push = pusher(cast)
    person = cast.people["administrator"]
    if how == "post":
        answer = push("POST", "/Users", {"schemas": [USER], "userName": "adm", "active": False})
    else:
        said = push.person("adm")
        way = f"/Users/{said['id']}"
        answer = {
            "delete": lambda: push("DELETE", way),
            "patch": lambda: push.patch(way, OFF),
            "put": lambda: push("PUT", way, {"schemas": [USER], "userName": "adm", "active": False}),
        }[how]()
        assert push("GET", way).json()["active"] is True
    assert (answer.status_code, answer.json()["status"]) == (409, "409")
    assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]
    assert "nobody would be left" in answer.json()["detail"]
    assert _held(person) == {"administrator"}


def test_another_organisations_people_are_not_there(cast: Cast) -> None:
    join([cast.people["stranger"]], cast.neighbour, Role.ADMINISTRATOR, on=date(2026, 1, 1))
    theirs = pusher(cast, place=cast.neighbour, who="stranger").person("n07")
    push = pusher(cast)
    for method in ("GET", "DELETE"):
        assert push(method, f"/Users/{theirs['id']}").status_code == 404
    assert push.patch(f"/Users/{theirs['id']}", OFF).status_code == 404
    assert push("PUT", f"/Users/{theirs['id']}", {"schemas": [USER], "userName": "x"}).status_code == 404
    assert push("GET", '/Users?filter=userName eq "n07"').json()["totalResults"] == 0
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "G"}
    answer = push("POST", "/Groups", body | {"members": [{"value": theirs["id"]}]})
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidValue")


def test_who_comes_in(cast: Cast) -> None:
    anybody = pusher(cast)
    anybody.headers = {}
    answer = anybody("GET", "/Users")
    assert answer.status_code == 401
    assert answer.json()["status"] == "401"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert pusher(cast, scopes=("write",))("GET", "/Users").status_code == 403
    assert (
        pusher(cast, roles=("auditor",))("POST", "/Users", {"schemas": [USER], "userName": "x"}).status_code
        == 403
    )
    from tests.api.caller import token

    own = token(cast, "administrator", ["scim"])
    anybody.headers = {"Authorization": f"Bearer {own.token}"}
    assert anybody("GET", "/Users").status_code == 403, "nobody's own token keeps a directory"


def test_filters_pages_and_order(cast: Cast) -> None:
    push = pusher(cast)
    for number in range(5):
        push.person(f"p{number}", externalId=f"E{number}", title="Fitter" if number % 2 else "Welder")
    found = push("GET", '/Users?filter=externalId eq "E3"').json()
    assert [one["userName"] for one in found["Resources"]] == ["p3"]
    found = push("GET", '/Users?filter=title eq "fitter" and not (userName eq "P1")').json()
    assert [one["userName"] for one in found["Resources"]] == ["p3"]
    found = push("GET", '/Users?filter=userName eq "p1" or userName eq "p2"').json()
    assert found["totalResults"] == 2
    page = push("GET", "/Users?startIndex=2&count=2&sortBy=userName&sortOrder=descending").json()
    assert [one["userName"] for one in page["Resources"]] == ["p3", "p2"]
    assert (page["totalResults"], page["startIndex"], page["itemsPerPage"]) == (5, 2, 2)
    assert push("GET", "/Users?count=0").json()["totalResults"] == 5
    found = push(
        "POST", "/Users/.search", {"schemas": [SEARCH], "filter": 'userName sw "p"', "count": 1}
    ).json()
    assert (found["totalResults"], len(found["Resources"])) == (5, 1)
    short = push("GET", "/Users?attributes=title&count=1").json()["Resources"][0]
    assert set(short) == {"schemas", "id", "title"}
    assert "title" not in push("GET", "/Users?excludedAttributes=title&count=1").json()["Resources"][0]


def test_a_state_that_was_read_before_somebody_changed_it_is_not_overwritten(cast: Cast) -> None:
    push = pusher(cast)
    said = push.person()
    way, mark = f"/Users/{said['id']}", said["meta"]["version"]
    assert push("GET", way, If_None_Match=mark).status_code == 304
    title = {"op": "add", "path": "title", "value": "Fitter"}
    assert push("PATCH", way, {"schemas": [PATCH], "Operations": [title]}, If_Match=mark).status_code == 200
    for method, body in (("PATCH", {"schemas": [PATCH], "Operations": [OFF]}), ("DELETE", None)):
        answer = push(method, way, body, If_Match=mark)
        assert (answer.status_code, answer.json()["status"]) == (412, "412")
    assert push("GET", way).json()["active"] is True


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"{", 400, "invalidSyntax"),
        (b"[]", 400, "invalidSyntax"),
        (b'{"userName": "a\\u0000b"}', 400, "invalidSyntax"),
        (b'{"userName": "\\ud800"}', 400, "invalidSyntax"),
        (b"\xff\xfe", 400, "invalidSyntax"),
        (b'{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]}', 400, "invalidValue"),
        (b'{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": " "}', 400, "invalidValue"),
        (b'{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": 7}', 400, "invalidValue"),
        (b'{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "' + b"x" * 300 + b'"}', 400,
         "invalidValue"),
        (b'{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "a", "title": "'
         + b"x" * 70_000 + b'"}', 413, None),
        (b"[" * 5000, 400, "invalidSyntax"),
        (b" " * (1024 * 1024 + 1), 413, None),
    ],
)  # fmt: skip
def test_what_is_no_person_is_refused_as_an_error_of_scim(
    cast: Cast, body: bytes, status: int, kind: Any
) -> None:
    answer = pusher(cast)("POST", "/Users", body)
    assert (answer.status_code, answer.json().get("scimType")) == (status, kind), answer.content
    assert answer.headers["Content-Type"] == "application/scim+json"


@pytest.mark.parametrize(
    ("way", "status"),
    [
        ("/Users?filter=userName", 400),
        ("/Users?filter=nobody eq 1", 400),
        ("/Users?count=many", 400),
        ("/Users?sortBy=nobody", 400),
        ("/Users?attributes=title&excludedAttributes=title", 400),
        ("/Users?filter=userName eq \"a%00b\"", 400),
        ("/Users/..", 404),
        ("/Users/%00", 404),
        ("/Schemas?filter=id pr", 403),
        ("/Schemas/nothing", 404),
        ("/Me", 501),
        ("/Bulk", 501),
        ("/Nothing/at/all", 404),
    ],
)  # fmt: skip
def test_strange_questions_have_an_answer(cast: Cast, way: str, status: int) -> None:
    answer = pusher(cast)("GET", way)
    assert answer.status_code == status, answer.content


def test_a_body_of_another_kind_and_a_method_of_none(cast: Cast) -> None:
    push = pusher(cast)
    assert (
        push("POST", "/Users", b"userName=a", Content_Type="application/x-www-form-urlencoded").status_code
        == 415
    )
    answer = push("PUT", "/Users", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, POST")


def test_lists_ask_a_fixed_number_of_questions(cast: Cast, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    push = pusher(cast)
    people = [push.person(f"p{number}")["id"] for number in range(2)]
    push.group("A", *people)
    counts = []
    for more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert push("GET", "/Users").status_code == 200
            assert push("GET", "/Groups").status_code == 200
        counts.append(len(asked))
        push.group(f"B{more}", *[push.person(f"q{more}{number}")["id"] for number in range(5)])
    assert counts[0] == counts[1]


def test_a_token_that_ends_opens_nothing(cast: Cast) -> None:
    from craftpath.kernel.clients import Client

    push = pusher(cast)
    Client.objects.update(
        expires_at=timezone.now() - timedelta(seconds=1), made_at=timezone.now() - timedelta(days=9)
    )
    assert push("GET", "/Users").status_code == 401


def test_a_value_of_a_kind_that_is_not_there_yet_is_added(cast: Cast) -> None:
    """As Entra ID says it; to replace what is not there stays refused, as the specification wants it."""
    push = pusher(cast)
    said = push.person("zhang", emails=[{"value": "home@x.example", "type": "home"}])
    way = f"/Users/{said['id']}"
    path = 'emails[type eq "work"].value'
    replaced = push.patch(way, {"op": "replace", "path": path, "value": "a@x.example"})
    assert (replaced.status_code, replaced.json()["scimType"]) == (400, "noTarget")
    assert push.patch(way, {"op": "Add", "path": path, "value": "a@x.example"}).status_code == 200
    assert push.patch(way, {"op": "Add", "path": path, "value": "b@x.example"}).status_code == 200
    held = {one["type"]: one["value"] for one in push("GET", way).json()["emails"]}
    assert held == {"home": "home@x.example", "work": "b@x.example"}
    for wrong in (
        {"op": "add", "path": 'emails[type eq "x"].nothing', "value": 1},
        {"op": "add", "path": 7},
        7,
    ):
        assert push.patch(way, wrong).status_code == 400  # type: ignore[arg-type]


def test_a_name_that_is_not_said_stays(cast: Cast) -> None:
    push = pusher(cast)
    person = cast.people["trainer"]
    said = push.person(person.username)
    for _turn in range(2):
        assert (
            push.patch(f"/Users/{said['id']}", {"op": "add", "path": "title", "value": "M"}).status_code
            == 200
        )
        assert Person.objects.get(pk=person.pk).name == person.name
    told = push.patch(f"/Users/{said['id']}", {"op": "add", "path": "displayName", "value": "马 老师"})
    assert told.status_code == 200
    assert Person.objects.get(pk=person.pk).name == "马 老师"


def test_a_name_that_is_given_to_somebody_new_is_not_the_one_before(cast: Cast) -> None:
    push = pusher(cast)
    said = push.person("zhang.wei", externalId="E-1", displayName="张伟")
    assert push("DELETE", f"/Users/{said['id']}").status_code == 204
    push.person("zhang.wei", externalId="E-2", displayName="张薇")
    assert Person.objects.filter(name__in=["张伟", "张薇"]).count() == 2
    old, new = DirectoryEntry.objects.order_by("pk")
    assert old.person_id != new.person_id


@pytest.mark.parametrize("start", [10**9, 10**30])
def test_a_page_behind_the_last_is_empty(cast: Cast, start: int) -> None:
    push = pusher(cast)
    push.person()
    found = push("GET", f"/Users?startIndex={start}").json()
    assert (found["totalResults"], found["itemsPerPage"]) == (1, 0)


def test_a_filter_that_is_deep_or_long_is_answered(cast: Cast) -> None:
    push = pusher(cast)
    push.person()
    for asked in ("(" * 1500 + "userName pr" + ")" * 1500, "(" * 5000, " or ".join(["userName pr"] * 500)):
        assert push("GET", "/Users?filter=" + quote(asked)).status_code in {200, 400}
