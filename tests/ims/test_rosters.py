"""OneRoster 1.2 over REST: every path, tokens by OAuth 2, pages and filters, and nobody outside of one's house."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.exchange.oneroster.rostering import names_of
from craftpath.delivery.ims.rosters import COLLECTIONS, KINDS, WITHIN
from craftpath.domain.apprenticeships.facts import CohortStarted
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.outside.facts import EvidenceTaken
from craftpath.kernel.clients import NewClient, make_service_client, revoke_client
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.api.caller import token
from tests.cast import Cast
from tests.web.evaluation.test_cohort import enrol

ROOT = "/ims/oneroster/rostering/v1p2"
pytestmark = pytest.mark.django_db


def service(
    cast: Cast, *scopes: str, place: Organisation | None = None, role: Role = Role.COORDINATOR
) -> NewClient:
    at = timezone.now()
    return make_service_client(
        place or cast.college, name="rosters", scopes=scopes or ("roster:read",), roles=[role],
        expires_at=at + timedelta(days=30), by=cast.actor("administrator"), at=at,
    )  # fmt: skip


class Reader:
    """Asks with one token."""

    def __init__(self, made: NewClient) -> None:
        self.browser, self.header = Browser(enforce_csrf_checks=True), f"Bearer {made.token}"

    def __call__(self, path: str, status: int = 200, **query: Any) -> Any:
        answer = self.browser.get(f"{ROOT}/{path}", query, headers={"Authorization": self.header})
        assert answer.status_code == status, answer.content
        return answer

    def many(self, path: str, **query: Any) -> list[Any]:
        [(_, rows)] = self(path, **query).json().items()
        return list(rows)


@pytest.fixture
def reader(cast: Cast) -> Reader:
    return Reader(service(cast))


def code(answer: Any) -> str:
    found = answer.json()
    assert (found["imsx_codeMajor"], found["imsx_severity"]) == ("failure", "error")
    return str(found["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"])


def test_every_path_and_every_object_by_itself(cast: Cast, reader: Reader) -> None:
    for path, (kind, _) in COLLECTIONS.items():
        rows = reader.many(path)
        assert path == "demographics" or rows, path
        for row in rows[:3]:
            assert set(row) <= KINDS[kind].fields, (path, set(row) - KINDS[kind].fields)
            [(name, found)] = reader(f"{path}/{row['sourcedId']}").json().items()
            assert name == KINDS[kind].one
            assert {k: v for k, v in found.items() if k != "dateLastModified"} == {
                k: v for k, v in row.items() if k != "dateLastModified"
            }
        assert code(reader(f"{path}/nobody", 404)) == "unknownobject"
    assert code(reader("things", 404)) == "unknownobject"


def test_the_cast_as_a_roster(cast: Cast, reader: Reader) -> None:
    [row] = reader.many("classes")
    assert (row["sourcedId"], row["title"], row["classType"]) == (
        cast.cohort.public_id,
        "Welders 2026/1",
        "scheduled",
    )
    students = reader.many(f"classes/{row['sourcedId']}/students", sort="identifier")
    assert [one["identifier"] for one in students] == ["26001", "26002", "26003", "26004", "26005"]
    assert (students[0]["familyName"], students[0]["givenName"]) == ("陈", "雨桐")
    teachers = {
        one["familyName"] + one["givenName"] for one in reader.many(f"classes/{row['sourcedId']}/teachers")
    }
    assert "周国栋" in teachers
    assert [one["title"] for one in reader.many("gradingPeriods")][0].startswith("Welders 2026/1")
    orgs = {one["sourcedId"]: one for one in reader.many("orgs")}
    college = orgs[cast.college.public_id]
    assert (college["type"], college["name"]) == ("school", "Lanchuan Technician College")
    assert "parent" not in college or college["parent"]["sourcedId"] in orgs
    years = [one["schoolYear"] for one in reader.many("terms")]
    assert years[0] == "2026"


def test_what_stands_within_something(cast: Cast, reader: Reader) -> None:
    ids = {
        "schools": cast.college.public_id,
        "classes": cast.cohort.public_id,
        "courses": reader.many("courses")[0]["sourcedId"],
        "students": reader.many("students")[0]["sourcedId"],
        "teachers": reader.many(f"classes/{cast.cohort.public_id}/teachers")[0]["sourcedId"],
        "users": reader.many("students")[0]["sourcedId"],
        "terms": "year-2026",
    }
    for path in WITHIN:
        first = path.partition("/")[0]
        way = path.replace("<str:a>", ids[first]).replace("<str:b>", cast.cohort.public_id)
        assert reader.many(way), path
        wrong = path.replace("<str:a>", "nobody").replace("<str:b>", cast.cohort.public_id)
        assert code(reader(wrong, 404)) == "unknownobject"


def test_pages_filters_fields(cast: Cast, reader: Reader) -> None:
    answer = reader("students", limit=2, offset=2, sort="identifier")
    assert answer["X-Total-Count"] == "5"
    assert [one["identifier"] for one in answer.json()["users"]] == ["26003", "26004"]
    assert {part.split('"')[1] for part in answer["Link"].split(",")} == {"first", "last", "next", "prev"}
    assert [one["identifier"] for one in reader.many("users", filter="identifier='26003'")] == ["26003"]
    assert len(reader.many("users", filter="identifier>='26002' AND identifier<'26004'")) == 2
    assert len(reader.many("users", filter="givenName~'雨'")) == 1
    assert len(reader.many("users", filter="roles.role='student'")) == 5
    assert reader.many("users", filter="status='tobedeleted'") == []
    assert [set(one) for one in reader.many("orgs", fields="sourcedId,name")][0] == {"sourcedId", "name"}
    for query, said in (
        ({"filter": "x='1'"}, "invalid_filter_field"),
        ({"filter": "name"}, "invalid_filter_field"),
        ({"sort": "x"}, "invalid_sort_field"),
        ({"fields": "x"}, "invalid_selection_field"),
    ):
        assert code(reader("orgs", 400, **query)) == said


def test_who_may_and_who_may_not(cast: Cast) -> None:
    plain = Browser().get(f"{ROOT}/users")
    assert (plain.status_code, code(plain)) == (401, "unauthorisedrequest")
    assert code(Reader(service(cast, "read"))("users", 403)) == "forbidden"
    assert code(Reader(service(cast, role=Role.OFFICER))("users", 403)) == "forbidden"
    assert code(Reader(token(cast, "apprentice", ("roster:read",)))("users", 403)) == "forbidden"
    made = service(cast)
    Reader(made)("users")
    revoke_client(made.client, by=cast.actor("administrator"), at=timezone.now())
    assert code(Reader(made)("users", 401)) == "unauthorisedrequest"
    for method in ("post", "put", "delete"):
        answer = getattr(Browser(), method)(f"{ROOT}/users")
        assert answer.status_code == 405


def test_an_enterprise_sees_its_own_people(cast: Cast) -> None:
    reader = Reader(token(cast, "hr", ("roster:read",)))
    with everywhere("a test looks"):
        own = (
            Enrolment.objects.filter(enterprise=cast.jinheng)
            .order_by("number")
            .values_list("number", flat=True)
        )
        assert [one["identifier"] for one in reader.many("students", sort="identifier")] == list(own)
    assert len(own) < 5
    assert {one["sourcedId"] for one in reader.many("orgs")} == {
        cast.jinheng.public_id,
        cast.college.public_id,
    }


def test_a_stamp_is_the_moment_of_the_change_and_not_of_the_answer(cast: Cast, reader: Reader) -> None:
    paths = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments")
    first = {path: reader.many(path) for path in paths}
    assert {path: reader.many(path) for path in paths} == first
    stamps = {one["dateLastModified"] for rows in first.values() for one in rows}
    assert all(one.endswith("Z") and "T" in one and len(one) == 24 for one in stamps)
    since = max(stamps)
    assert reader.many("users", filter=f"dateLastModified>'{since}'") == []
    later = timezone.now() + timedelta(days=1)
    with everywhere("a test tells of a class"), transaction.atomic():
        who, about = cast.actor("coordinator"), Ref("apprenticeships", "cohort", cast.cohort.public_id)
        tell(CohortStarted(cast.cohort.public_id), by=who, at=later, organisation=cast.college, subject=about)
    for path, number in (("classes", 1), ("enrollments", len(first["enrollments"])), ("orgs", 0)):
        assert len(reader.many(path, filter=f"dateLastModified>'{since}'")) == number, path
    with everywhere("a test tells of something that is in no roster"), transaction.atomic():
        fact = EvidenceTaken("Fillet weld", 1)
        tell(fact, by=who, at=later + timedelta(days=9), organisation=cast.college, subject=about)
    assert reader.many("classes")[0]["dateLastModified"][:19] == later.astimezone(UTC).isoformat()[:19]
    later += timedelta(days=1)
    person = cast.enrolments["26002"].person
    with everywhere("a test tells of somebody"), transaction.atomic():
        about = Ref("kernel", "person", person.public_id)
        tell(CohortStarted(cast.cohort.public_id), by=who, at=later, organisation=cast.college, subject=about)
    day = later.strftime("%Y-%m-%d")
    found = reader.many("users", filter=f"dateLastModified>='{day}'")
    assert [one["sourcedId"] for one in found] == [person.public_id]
    for row in reader.many("gradingPeriods"):
        assert row["dateLastModified"] < day
    line = Reader(service(cast)).browser.get(
        "/ims/oneroster/gradebook/v1p2/lineItems", headers={"Authorization": reader.header}
    )
    assert len({one["dateLastModified"] for one in line.json()["lineItems"]}) == 1


def test_moments_are_compared_as_moments_however_they_are_written(cast: Cast, reader: Reader) -> None:
    at = datetime(2027, 3, 1, 8, 30, 15, 250_000, tzinfo=UTC)
    with everywhere("a test tells of somebody"), transaction.atomic():
        person = cast.enrolments["26002"].person
        about = Ref("kernel", "person", person.public_id)
        by = cast.actor("coordinator")
        tell(CohortStarted(cast.cohort.public_id), by=by, at=at, organisation=cast.college, subject=about)
    for since, number in (
        ("2027-03-01T08:30:15Z", 1), ("2027-03-01T08:30:15.249Z", 1), ("2027-03-01T08:30:15.250Z", 0),
        ("2027-03-01T16:30:15%2B08:00", 1), ("2027-03-01T08:30:16Z", 0), ("2027-03-01", 1), ("2027-03-02", 0),
    ):  # fmt: skip
        found = reader.many("users", filter=f"dateLastModified>'{unquote(since)}'")
        assert len(found) == number, since


def test_who_left_is_told_to_who_keeps_a_copy_and_to_nobody_else(cast: Cast, reader: Reader) -> None:
    gone = cast.enrolments["26003"]
    own, person = gone.public_id, gone.person.public_id
    with everywhere("a test ends one"):
        Enrolment.objects.filter(pk=gone.pk).update(
            state="ended", ended_on=gone.starts_on + timedelta(days=9), ended_because="moved"
        )
    for path, name in (("enrollments", own), ("users", person), ("students", person)):
        assert name not in {one["sourcedId"] for one in reader.many(path)}
        assert name not in {one["sourcedId"] for one in reader.many(path, filter="status='active'")}
        [row] = reader.many(path, filter="status='tobedeleted'")
        assert (row["sourcedId"], row["status"]) == (name, "tobedeleted")
        since = {one["sourcedId"]: one for one in reader.many(path, filter="dateLastModified>='2000-01-01'")}
        assert since[name]["status"] == "tobedeleted"
        assert len(since) == len(reader.many(path)) + 1
    assert (
        reader.many("enrollments", filter="status='tobedeleted'")[0]["endDate"] > gone.starts_on.isoformat()
    )
    with everywhere("a test ends all"):
        Enrolment.objects.update(
            state="ended", ended_on=gone.starts_on + timedelta(days=9), ended_because="moved"
        )
    assert reader.many("classes") == []
    [row] = reader.many("classes", filter="status='tobedeleted'")
    assert row["sourcedId"] == cast.cohort.public_id


def test_a_token_by_client_credentials(cast: Cast) -> None:
    made = service(cast)
    basic = b64encode(f"{made.client.public_id}:{made.secret}".encode()).decode()
    form = {
        "grant_type": "client_credentials",
        "scope": "https://purl.imsglobal.org/spec/or/v1p2/scope/roster.readonly",
    }
    browser = Browser(enforce_csrf_checks=True)
    got = browser.post("/ims/oauth2/token", form, headers={"Authorization": f"Basic {basic}"})
    assert (got.status_code, got["Cache-Control"]) == (200, "no-store")
    told = got.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 3600, form["scope"])
    in_body = form | {"client_id": made.client.public_id, "client_secret": made.secret}
    assert browser.post("/ims/oauth2/token", in_body).json()["access_token"] == told["access_token"]
    answer = browser.get(f"{ROOT}/orgs", headers={"Authorization": f"Bearer {told['access_token']}"})
    assert answer.status_code == 200
    write = form | {"scope": "https://purl.imsglobal.org/spec/or/v1p2/scope/gradebook.createput"}
    for sent, status, error in (
        (in_body | {"client_secret": "x"}, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        (in_body | {"grant_type": "password"}, 400, "unsupported_grant_type"),
        (in_body | write, 400, "invalid_scope"),
    ):
        answer = browser.post("/ims/oauth2/token", sent)
        assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    ("name", "parts"),
    [("陈雨桐", ("陈", "雨桐")), ("欧阳思远", ("欧阳", "思远")), ("Ada King", ("King", "Ada")), ("王", ("王", "王")),
     ("Cher", ("Cher", "Cher"))],
)  # fmt: skip
def test_names_in_two_parts(name: str, parts: tuple[str, str]) -> None:
    assert names_of(Person(name=name)) == parts


def test_queries_do_not_grow_with_the_people(
    cast: Cast, reader: Reader, django_assert_num_queries: Any
) -> None:
    reader("users")
    with CaptureQueriesContext(connection) as first:
        reader("users")
    with everywhere("a test enrols"):
        enrol(cast, 30)
    with django_assert_num_queries(len(first)):
        assert len(reader.many("students", limit=1000)) == 35
    assert len(first) <= 16
