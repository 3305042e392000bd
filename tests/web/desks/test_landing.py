"""Where somebody lands: the door, the one desk, a choice, or a friendly page."""

from __future__ import annotations

from html import unescape

import pytest

from craftpath.kernel.access import Membership, join
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from tests.cast import TODAY


def test_a_nobody_is_sent_to_the_door(browse):
    assert browse("").get("/").url == "/account/login/"
    assert browse("").get("/o/lanchuan/").url == "/account/login/?next=/o/lanchuan/"


def test_one_organisation_means_its_desk(browse):
    assert browse("hr").get("/").url == "/o/jinheng/"


def test_several_organisations_are_a_choice(cast, browse):
    join([cast.people["hr"]], cast.college, Role.TRAINER, on=TODAY.replace(month=1))
    join([cast.people["hr"]], cast.college, Role.ASSESSOR, on=TODAY.replace(month=1))
    answer = browse("hr").get("/")
    assert answer.context["choices"] == [(cast.college, "Assessor · Trainer"), (cast.jinheng, "HR officer")]
    page = answer.content.decode()
    assert 'href="/o/lanchuan/"' in page
    assert 'href="/o/jinheng/"' in page


@pytest.mark.parametrize("change", [{"ends_on": "2026-02-01"}, {"starts_on": "2099-01-01"}])
def test_a_role_that_has_ended_or_not_begun_opens_nothing(cast, browse, change):
    Membership.objects.filter(person=cast.people["coordinator"]).update(**change)
    client = browse("coordinator")
    page = client.get("/")
    assert page.status_code == 200
    assert "You have no desk yet" in unescape(page.content.decode())
    assert client.get("/o/lanchuan/").status_code == 404


@pytest.mark.parametrize("where", ["lanchuan", "lanchuan-bureau", "jinheng", "no-such-place"])
def test_a_stranger_finds_no_desk_and_learns_nothing(browse, where):
    answer = browse("stranger").get(f"/o/{where}/")
    assert answer.status_code == 404
    page = answer.content.decode()
    names = {name for row in Organisation.objects.exclude(key="dongling") for name in row.name.values()}
    assert not [name for name in names if name in page]


def test_a_role_reaches_the_organisations_below_and_not_those_above(browse):
    assert browse("coordinator").get("/o/lanchuan-east/").status_code == 200
    assert browse("coordinator").get("/o/lanchuan-bureau/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/o/lanchuan/"])
def test_the_desk_is_only_read(browse, path):
    assert browse("coordinator").post(path).status_code == 405


def test_several_roles_stand_on_one_page_the_widest_first(cast, browse):
    for role in (
        Role.APPRENTICE,
        Role.MENTOR,
        Role.TRAINER,
        Role.AUDITOR,
        Role.HR,
        Role.ASSESSOR,
        Role.OFFICER,
    ):
        join([cast.people["coordinator"]], cast.college, role, on=TODAY.replace(month=1))
    answer = browse("coordinator").get("/o/lanchuan/")
    assert [desk.role.value for desk in answer.context["desks"]] == [
        "officer", "auditor", "coordinator", "hr", "trainer", "assessor", "mentor", "apprentice",
    ]  # fmt: skip
    assert answer.content.decode().count("Waiting for you</h2>") == 1
