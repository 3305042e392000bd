"""The number of queries does not grow with the people: 3 more or 40 more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.evaluation.deciding import basis_of, decide_results
from craftpath.domain.evaluation.marking import ref
from craftpath.kernel.sheets import take_sheet
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT

# With session, person and memberships, which every page asks for, and the people of a demo's bar; three of them ask
# for incidents, measures and complaints, which wait for anybody; one, of those who learn and teach, for surveys; one,
# of those who help, for objections to proofs and one for those in study; of those who learn, three for what is due to
# be practised, three for study groups and one for courses; of those who teach, one for what waits there; up to six for
# questions and stories that wait, and for the form to ask; two, for meetings of forums and what was taken on there.
# one for notices to read.
MOST = {
    "coordinator": ("lanchuan", 36), "administrator": ("lanchuan", 23), "trainer": ("lanchuan", 35),
    "assessor": ("lanchuan", 21), "hr": ("jinheng", 21), "officer": ("lanchuan-bureau", 16),
    "auditor": ("lanchuan-bureau", 24), "mentor": ("jinheng", 35), "apprentice": ("lanchuan", 40),
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


PAGES = {
    "home": "",
    "cohorts": "cohorts/",
    "cohort": "cohorts/{cohort}/",
    "results": "results/{evaluation}/",
    "derivation": "results/{evaluation}/{enrolment}/",
    "a decided one": "results/{evaluation}/{decided}/",
    "apprentice": "cohorts/apprentices/{enrolment}/",
    "grid": "results/{evaluation}/grid/",
    "people": "people/",
    "history": "history/?fact=apprenticeships.roster_taken",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_coordinators_page_asks_at_most_ten_times_for_3_as_for_60(cast, browse, grow, page, settings):
    """One of them has no mark at all, a stage has no scheme yet, and an import is on its way."""
    reverse("demo:sign_in")  # addresses are read once, and other tests need those of a demo
    settings.DEMO = False  # a demo asks once more, for the people of its bar
    first, *_others = grow(3, marked=2)
    by = cast.actor("coordinator")
    with everywhere("a test decides and uploads"):
        decide_results(cast.evaluation, [first], basis=basis_of(cast.evaluation), by=by, at=AT)
        take_sheet(
            content=b"x", name="marks.csv", kind="marks", target=ref(cast.evaluation), reading={},
            organisation=cast.college, by=by, at=AT,
        )  # fmt: skip
    path = PAGES[page].format(
        cohort=cast.cohort.public_id,
        evaluation=cast.evaluation.public_id,
        enrolment=cast.enrolments["26001"].public_id,
        decided=first.public_id,
    )
    client = browse("coordinator")
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes
    client.get(
        f"/o/lanchuan/{path}"
    )  # what stands above a table of results is made once for each state of them
    few = _count(client, f"/o/lanchuan/{path}")
    grow(60, marked=20, start=10)
    client.get(f"/o/lanchuan/{path}")
    # The desk gathers what waits in every room, one question for each.
    most = 35 if page == "home" else 10
    assert (_count(client, f"/o/lanchuan/{path}"), few <= most) == (few, True)
