"""Two systems, or two of one system's workers, that change the same group at the same moment."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.at_once import both
from tests.cast import Cast
from tests.scim.pushing import pusher

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def test_two_who_add_one_member_each_add_two(cast: Cast) -> None:
    push, other = pusher(cast), pusher(cast)
    people = [push.person(name)["id"] for name in ("zhang", "li")]
    way = f"/Groups/{push.group('教师')['id']}"

    def added(one: str) -> dict[str, object]:
        return {"op": "add", "path": "members", "value": [{"value": one}]}

    assert both(lambda: push.patch(way, added(people[0])), lambda: other.patch(way, added(people[1]))) == [
        "",
        "",
    ]
    assert {one["value"] for one in push("GET", way).json()["members"]} == set(people)
