"""Line items of a program's own: written, changed, read back, dropped; nobody's mark before it is taken over."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import EnrolmentParty
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.outside.models import OutsideColumn, OutsideMark
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from tests.api.caller import token
from tests.cast import Cast
from tests.ims.test_gradebook import Writer
from tests.ims.test_rosters import Reader, code, service

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = "2026-10-01T08:00:00.000Z", "2026-10-02T08:00:00.000Z"


def ids(cast: Cast, write: Writer) -> dict[str, str]:
    return {
        "class": cast.cohort.public_id,
        "school": cast.college.public_id,
        "category": write(f"classes/{cast.cohort.public_id}/categories").json()["categories"][0]["sourcedId"],
    }


def line_item(known: dict[str, str], own: str, **other: Any) -> dict[str, Any]:
    said = {
        "sourcedId": own, "title": "Reading test", "description": "Unit 1", "resultValueMin": 0,
        "resultValueMax": 100, "assignDate": TODAY, "dueDate": TOMORROW,
    }  # fmt: skip
    return {"lineItem": said | {name: {"sourcedId": one} for name, one in known.items()} | other}


def result(own: str, line: str, student: str, **other: Any) -> dict[str, Any]:
    said = {
        "sourcedId": own, "score": 80, "comment": "", "scoreStatus": "fully graded", "scoreDate": TODAY,
        "lineItem": {"sourcedId": line}, "student": {"sourcedId": student},
    }  # fmt: skip
    return {"result": said | other}


def names(answer: Any) -> set[str]:
    [rows] = answer.json().values()
    return {row["sourcedId"] for row in rows}


def test_a_program_walks_the_whole_way(cast: Cast) -> None:
    """Token to teacher, class, student, category, period; then a line item and a result through their lives."""
    with everywhere("a test writes addresses"):
        taught = EnrolmentParty.objects.filter(role="mentor", ends_on=None).first()
        assert taught is not None
        Person.objects.filter(pk=taught.person_id).update(email="teacher@college.example")
    made = service(cast, "roster:write")
    write, rosters = Writer(made), Reader(made)
    [found] = rosters.many("teachers", filter="email='teacher@college.example'", limit=10000)
    [school_class] = rosters.many(
        f"teachers/{found['sourcedId']}/classes", limit=10000, filter="status='active'"
    )
    own = school_class["sourcedId"]
    student = rosters.many(f"classes/{own}/students", limit=10000)[0]["sourcedId"]
    periods = rosters.many(f"terms/{school_class['terms'][0]['sourcedId']}/gradingPeriods", limit=10000)
    assert {one["type"] for one in periods} == {"gradingPeriod"}
    known, line, score = ids(cast, write), str(uuid.uuid4()), str(uuid.uuid4())
    lines, scores = f"classes/{own}/lineItems", f"classes/{own}/lineItems/{line}/results"
    write(f"lineItems/{line}", 201, method="PUT", body=line_item(known, line))
    assert line in names(write(lines)) & names(write("lineItems")) & names(
        write(f"schools/{cast.college.public_id}/lineItems")
    )
    long = "Reading test, changed " + "l" * 90
    write(f"lineItems/{line}", 200, method="PUT", body=line_item(known, line, title=long))
    assert write(f"lineItems/{line}").json()["lineItem"]["title"] == long
    write(f"results/{score}", 201, method="PUT", body=result(score, line, student))
    assert names(write(scores)) == {score}
    more = {"score": 300}
    write(f"results/{score}", 200, method="PUT", body=result(score, line, student, **more))
    assert write(scores).json()["results"][0]["score"] == 300
    more = {"scoreStatus": "exempt"}
    write(f"results/{score}", 200, method="PUT", body=result(score, line, student, **more))
    [told] = write(scores).json()["results"]
    assert (told["scoreStatus"], told["lineItem"]["sourcedId"]) == ("exempt", line)
    assert told["lineItem"]["href"].endswith(f"/ims/oneroster/gradebook/v1p2/lineItems/{line}")
    assert write(f"results/{score}").json()["result"] == told
    assert score in names(write(f"classes/{own}/students/{student}/results")) & names(write("results"))
    write(f"results/{score}", 204, method="DELETE")
    assert names(write(scores)) == set()
    assert code(write(f"results/{score}", 404)) == code(write(f"results/{score}", 404, method="DELETE"))
    write(f"lineItems/{line}", 204, method="DELETE")
    assert line not in names(write(lines))
    assert code(write(f"lineItems/{line}", 404)) == code(write(f"lineItems/{line}", 404, method="DELETE"))


def test_nothing_of_it_is_a_mark_and_what_is_dropped_is_told_to_who_keeps_a_copy(cast: Cast) -> None:
    write = Writer(service(cast, "roster:write"))
    with everywhere("a test counts"):
        before = Mark.objects.count()
    known, student = ids(cast, write), cast.enrolments["26001"].person.public_id
    write("lineItems/a1", 201, method="PUT", body=line_item(known, "a1"))
    write("results/r1", 201, method="PUT", body=result("r1", "a1", student))
    stamps = [write("results/r1").json()["result"]["dateLastModified"]]
    write("results/r1", 200, method="PUT", body=result("r1", "a1", student))
    stamps.append(write("results/r1").json()["result"]["dateLastModified"])
    assert stamps[0] == stamps[1]  # the same once more is no change
    write("lineItems/a1", 204, method="DELETE")
    gone = "filter=status%3D'tobedeleted'"
    [told] = write(f"lineItems?{gone}").json()["lineItems"]
    assert (told["sourcedId"], told["status"]) == ("a1", "tobedeleted")
    assert [one["sourcedId"] for one in write(f"results?{gone}").json()["results"]] == ["r1"]
    assert (
        write("results?filter=scoreStatus%3D'fully graded'%20AND%20sourcedId%3D'r1'").json()["results"] == []
    )
    since = f"filter=dateLastModified%3E%3D'{told['dateLastModified']}'"
    assert "a1" in names(write(f"lineItems?{since}"))
    write("lineItems/a1", 201, method="PUT", body=line_item(known, "a1"))
    assert names(write("lineItems?filter=sourcedId%3D'a1'")) == {"a1"}
    with everywhere("a test counts"):
        assert Mark.objects.count() == before
        assert (OutsideColumn.objects.count(), OutsideMark.objects.count()) == (1, 1)
        facts = AuditEntry.objects.filter(fact__startswith="outside.column").order_by("pk")
        assert [one.fact for one in facts] == [
            "outside.column_kept", "outside.column_dropped", "outside.column_kept",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"title": ""}, 422), ({"title": 1}, 422), ({"title": "x" * 501}, 422), ({"title": "a\0b"}, 422),
        ({"dueDate": "soon"}, 422), ({"dueDate": "2026-09-01"}, 422), ({"assignDate": None}, 422),
        ({"assignDate": "9999-99-99"}, 422), ({"assignDate": "0001-01-01"}, 422), ({"resultValueMax": 0}, 422),
        ({"resultValueMin": 100}, 422), ({"resultValueMax": True}, 422), ({"resultValueMax": "NaN"}, 422),
        ({"resultValueMax": 10**9}, 422), ({"resultValueMax": [1]}, 422), ({"class": "x"}, 422),
        ({"class": {"sourcedId": "nobody"}}, 422), ({"class": {"sourcedId": 1}}, 422),
        ({"class": {"sourcedId": "a\0"}}, 422), ({"school": {"sourcedId": "other"}}, 422),
        ({"category": {"sourcedId": "other"}}, 422), ({"category": None}, 422),
        ({"gradingPeriod": {"sourcedId": "other"}}, 422), ({"sourcedId": "another"}, 422),
        ({"description": {}}, 422), ({"assignDate": "2026-10-01", "dueDate": "2026-10-02"}, 201),
        ({"resultValueMin": None, "resultValueMax": None}, 201),
    ],
)  # fmt: skip
def test_line_items_that_are_none(cast: Cast, other: dict[str, Any], status: int) -> None:
    write = Writer(service(cast, "roster:write"))
    answer = write("lineItems/a1", status, method="PUT", body=line_item(ids(cast, write), "a1", **other))
    assert status == 201 or code(answer) == "invaliddata"


@pytest.mark.parametrize(
    "other",
    [
        {"score": "x"}, {"score": None}, {"score": True}, {"score": "Infinity"}, {"score": 1e9},
        {"scoreStatus": "good"}, {"scoreStatus": []}, {"student": {"sourcedId": "nobody"}}, {"student": None},
        {"scoreDate": "x"}, {"scoreDate": None}, {"lineItem": {"sourcedId": "other"}}, {"lineItem": None},
        {"sourcedId": "r2"}, {"comment": "x" * 4001}, {"textScore": "x" * 501},
    ],
)  # fmt: skip
def test_results_that_are_none(cast: Cast, other: dict[str, Any]) -> None:
    write = Writer(service(cast, "roster:write"))
    write("lineItems/a1", 201, method="PUT", body=line_item(ids(cast, write), "a1"))
    body = result("r1", "a1", cast.enrolments["26001"].person.public_id)
    body["result"] |= other
    assert code(write("results/r1", 422, method="PUT", body=body)) == "invaliddata"


def test_names_belong_to_one_thing(cast: Cast) -> None:
    write = Writer(service(cast, "roster:write"))
    known = ids(cast, write)
    one, other = (cast.enrolments[number].person.public_id for number in ("26001", "26002"))
    for own in ("a1", "a2"):
        write(f"lineItems/{own}", 201, method="PUT", body=line_item(known, own))
    write("results/r1", 201, method="PUT", body=result("r1", "a1", one))
    for line, student in (("a1", other), ("a2", one)):
        assert code(write("results/r1", 422, method="PUT", body=result("r1", line, student))) == "invaliddata"
    said = line_item(known, "")["lineItem"]
    del said["sourcedId"]
    for wrong in ("x" * 201, "%E2%80%A8", "%20"):
        assert code(write(f"lineItems/{wrong}", 422, method="PUT", body={"lineItem": said})) == "invaliddata"
    assert write("lineItems/%00", 404, method="PUT", body={"lineItem": said}).status_code == 404
    write("lineItems/a.b.c", 201, method="PUT", body={"lineItem": said})
    write("results/d.e.f", 201, method="PUT", body=result("d.e.f", "a.b.c", one))
    write("results/d.e.f", 204, method="DELETE")


def test_several_at_once_get_names_of_ours(cast: Cast) -> None:
    write = Writer(service(cast, "roster:write"))
    known = ids(cast, write)
    del known["class"]
    said = line_item(known, "mine")["lineItem"]
    way = f"classes/{cast.cohort.public_id}/lineItems"
    [pair] = write(way, 201, method="POST", body={"lineItems": [said]}).json()["sourcedIdPairs"]
    assert pair["suppliedSourcedId"] == "mine"
    line = pair["allocatedSourcedId"]
    student = cast.enrolments["26001"].person.public_id
    sent = {"results": [result("r", line, student)["result"]]}
    [pair] = write(f"lineItems/{line}/results", 201, method="POST", body=sent).json()["sourcedIdPairs"]
    assert names(write(f"{way}/{line}/results")) == {pair["allocatedSourcedId"]}
    bad = {"results": [result("r", line, student)["result"], {"score": "x"}]}
    assert code(write(f"lineItems/{line}/results", 422, method="POST", body=bad)) == "invaliddata"
    assert len(names(write(f"{way}/{line}/results"))) == 1  # all or none
    for body in ({}, {"lineItems": {}}, {"lineItems": [1]}, {"lineItems": [{}] * 501}):
        assert code(write(way, 422, method="POST", body=body)) == "invaliddata"
    write("classes/nobody/lineItems", 404, method="POST", body={"lineItems": []})
    write("lineItems/nobody/results", 404, method="POST", body={"results": []})


def test_who_may_and_whose_they_are(cast: Cast) -> None:
    write, reader = Writer(service(cast, "roster:write")), Writer(service(cast))
    known = ids(cast, write)
    body = line_item(known, "a1")
    assert code(reader("lineItems/a1", 403, method="PUT", body=body)) == "forbidden"
    assert code(reader(f"classes/{known['class']}/lineItems", 403, method="POST", body=body)) == "forbidden"
    write("lineItems/a1", 201, method="PUT", body=body)
    assert names(reader("lineItems?filter=sourcedId%3D'a1'")) == {"a1"}  # another token of the same house
    assert code(reader("lineItems/a1", 403, method="DELETE")) == "forbidden"
    elsewhere = Writer(token(cast, "hr", ("roster:write",)))
    assert "a1" not in names(elsewhere("lineItems"))
    assert code(elsewhere("lineItems/a1", 404, method="DELETE")) == "unknownobject"
    assert code(elsewhere("lineItems/a1", 403, method="PUT", body=body)) == "forbidden"


def test_lists_of_what_we_have_none_of_and_classes_that_are_none(cast: Cast) -> None:
    write = Writer(service(cast))
    for way in (
        "scoreScales", f"classes/{cast.cohort.public_id}/scoreScales", f"schools/{cast.college.public_id}/scoreScales",
        "assessmentLineItems", "assessmentResults",
    ):  # fmt: skip
        answer = write(way)
        assert (list(answer.json().values()), answer["X-Total-Count"]) == ([[]], "0")
    for way in ("categories", "lineItems", "results", "lineItems/x/results", "students/x/results"):
        assert code(write(f"classes/nobody/{way}", 404)) == "unknownobject"
        if way.startswith(("lineItems/", "students/")):
            assert code(write(f"classes/{cast.cohort.public_id}/{way}", 404)) == "unknownobject"


def test_as_many_questions_for_many_columns_as_for_one(cast: Cast) -> None:
    write = Writer(service(cast, "roster:write"))
    known = ids(cast, write)

    def asked(way: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            write(way)
        return len(found)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            own = f"a{number}"
            write(f"lineItems/{own}", 201, method="PUT", body=line_item(known, own))
            for name in ("26001", "26002"):
                body = result(f"{own}-{name}", own, cast.enrolments[name].person.public_id)
                write(f"results/{own}-{name}", 201, method="PUT", body=body)

    fill(0, 1)
    few = [asked(way) for way in ("lineItems", "results")]
    fill(1, 5)
    assert [asked(way) for way in ("lineItems", "results")] == few


def test_marks_and_results_of_columns_are_one_list_by_pages(cast: Cast) -> None:
    write = Writer(service(cast, "roster:write"))
    known = ids(cast, write)
    write("lineItems/a1", 201, method="PUT", body=line_item(known, "a1"))
    for number in ("26001", "26002", "26003"):
        body = result(f"r{number}", "a1", cast.enrolments[number].person.public_id)
        write(f"results/r{number}", 201, method="PUT", body=body)
    whole = [one["sourcedId"] for one in write("results?limit=1000").json()["results"]]
    assert whole[-3:] == ["r26001", "r26002", "r26003"]
    for size in (1, 2, len(whole) - 2, len(whole)):
        seen: list[str] = []
        for offset in range(0, len(whole) + size, size):
            answer = write(f"results?limit={size}&offset={offset}")
            assert answer["X-Total-Count"] == str(len(whole))
            seen += [one["sourcedId"] for one in answer.json()["results"]]
        assert seen == whole
