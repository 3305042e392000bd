"""OneRoster 1.2, gradebook: items and marks read, recorded and taken back by a token, under the rules of every mark."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser

from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.ims.test_rosters import code, service

ROOT = "/ims/oneroster/gradebook/v1p2"
pytestmark = pytest.mark.django_db


class Writer:
    """Asks and writes with one token."""

    def __init__(self, made: Any) -> None:
        self.browser, self.header = Browser(enforce_csrf_checks=True), f"Bearer {made.token}"

    def __call__(
        self, path: str, status: int = 200, *, method: str = "GET", body: Any = None, **query: Any
    ) -> Any:
        sent = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        way = f"{ROOT}/{path}" + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")
        headers = {"Authorization": self.header}
        answer = self.browser.generic(method, way, sent, content_type="application/json", headers=headers)
        assert answer.status_code == status, answer.content
        return answer


def own_id(cast: Cast, item: str = "task2", number: str = "26002") -> str:
    return f"{cast.evaluation.public_id}.{item}.{cast.enrolments[number].public_id}"


def test_parts_items_and_marks(cast: Cast) -> None:
    read = Writer(service(cast))
    parts = read("categories").json()["categories"]
    assert sum(one["weight"] for one in parts) == 100
    lines = read("lineItems").json()["lineItems"]
    assert {one["category"]["sourcedId"] for one in lines} <= {one["sourcedId"] for one in parts}
    assert read(f"lineItems/{lines[0]['sourcedId']}").json()["lineItem"]["title"] == lines[0]["title"]
    found = read("results").json()["results"]
    with everywhere("a test counts"):
        assert len(found) == Mark.objects.filter(is_current=True).count() > 0
    one = read(f"results/{found[0]['sourcedId']}").json()["result"]
    assert one == found[0]
    way = f"classes/{cast.cohort.public_id}"
    assert read(f"{way}/results").json()["results"] == found
    assert read(f"{way}/lineItems").json()["lineItems"][0]["sourcedId"] == lines[0]["sourcedId"]
    theirs = read(f"{way}/students/{found[0]['student']['sourcedId']}/results").json()["results"]
    assert {row["student"]["sourcedId"] for row in theirs} == {found[0]["student"]["sourcedId"]}
    of_item = read(f"{way}/lineItems/{found[0]['lineItem']['sourcedId']}/results").json()["results"]
    assert {row["lineItem"]["sourcedId"] for row in of_item} == {found[0]["lineItem"]["sourcedId"]}
    for wrong in ("x.y.z", "x", "x" * 300, f"{cast.evaluation.public_id}.task2.nobody"):
        assert code(read(f"results/{wrong}", 404)) == "unknownobject"
    read("results/%00.a.b", 404)


def test_a_mark_is_recorded_changed_and_taken_back(cast: Cast) -> None:
    write, own = Writer(service(cast, "roster:write")), own_id(cast)
    sent = {
        "result": {
            "lineItem": {"sourcedId": own.rpartition(".")[0]},
            "scoreStatus": "fully graded",
            "score": 88.5,
        }
    }
    for status in (201, 200):
        answer = write(f"results/{own}", status, method="PUT", body=sent)
        assert answer.json()["imsx_codeMajor"] == "success"
    assert write(f"results/{own}").json()["result"]["score"] == 88.5
    sent["result"]["score"] = 61
    write(f"results/{own}", 200, method="PUT", body=sent)
    assert write(f"results/{own}").json()["result"]["score"] == 61
    write(f"results/{own}", 204, method="DELETE")
    assert write(f"results/{own}").json()["result"]["scoreStatus"] == "not submitted"
    with everywhere("a test looks"):
        kept = Mark.objects.filter(item="task2", enrolment=cast.enrolments["26002"]).order_by("pk")
        assert [float(row.score) for row in kept if row.score is not None][-2:] == [88.5, 61]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"[]", 422), ({"result": 1}, 422), ({"result": {"score": "x"}}, 422),
        ({"result": {"score": True}}, 422), ({"result": {"score": "NaN"}}, 422), ({"result": {"score": 100000}}, 422),
        ({"result": {"score": -1}}, 422), ({"result": {}}, 422), ({"result": {"scoreStatus": "x", "score": 1}}, 422),
        ({"result": {"score": 1, "student": {"sourcedId": "x"}}}, 422),
        ({"result": {"score": 1, "lineItem": "x"}}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded(cast: Cast, body: Any, status: int) -> None:
    write = Writer(service(cast, "roster:write"))
    assert code(write(f"results/{own_id(cast)}", status, method="PUT", body=body)) == "invaliddata"


def test_who_may_write(cast: Cast) -> None:
    sent = {"result": {"score": 50}}
    reader = Writer(service(cast))
    assert code(reader(f"results/{own_id(cast)}", 403, method="PUT", body=sent)) == "forbidden"
    assert code(reader(f"results/{own_id(cast)}", 403, method="DELETE")) == "forbidden"
    by = cast.actor("coordinator")
    with everywhere("a test decides"):
        decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=by, at=AT)
    write = Writer(service(cast, "roster:write"))
    own = own_id(cast, number="26001")
    assert code(write(f"results/{own}", 422, method="PUT", body={"result": {"score": 1}})) == "invaliddata"
    item = own_id(cast).rpartition(".")[0]
    for method in ("PUT", "DELETE"):
        assert code(write(f"lineItems/{item}", 403, method=method, body={})) == "forbidden"
    assert code(write("categories/x", 405, method="PUT", body={})) == "forbidden"
