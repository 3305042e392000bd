"""The number of queries does not grow with the people: 3 more or 40 more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

# With session, person, organisation and memberships, which every page asks for.
MOST = {
    "coordinator": ("lanchuan", 25), "administrator": ("lanchuan", 13), "trainer": ("lanchuan", 18),
    "assessor": ("lanchuan", 14), "hr": ("jinheng", 13), "officer": ("lanchuan-bureau", 15),
    "auditor": ("lanchuan-bureau", 20), "mentor": ("jinheng", 14), "apprentice": ("lanchuan", 14),
}  # fmt: skip


def _count(client, path) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", MOST)
def test_a_desk_asks_as_often_for_3_as_for_40(browse, grow, who):
    where, most = MOST[who]
    client = browse(who)
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes
    grow(3, marked=2)
    few = _count(client, f"/o/{where}/")
    grow(40, marked=20, start=10)
    assert _count(client, f"/o/{where}/") <= few  # the history names fewer kinds of things then
    assert few <= most


@pytest.mark.parametrize(
    ("who", "where"), [("hr", "jinheng"), ("mentor", "jinheng"), ("assessor", "lanchuan")]
)
def test_many_people_come_a_page_at_a_time(browse, grow, who, where):
    grow(40)
    client = browse(who)
    shown = [
        [
            card.learner.enrolment.number
            for card in client.get(f"/o/{where}/{query}").context["desks"][0].figures["cards"]
        ]
        for query in ("", f"?{who}=2", f"?{who}=zzz")
    ]
    assert [len(page) for page in shown[:2]] == [24, {"hr": 19, "mentor": 18, "assessor": 16}[who]]
    assert not set(shown[0]) & set(shown[1])
    assert shown[2] == shown[0]
