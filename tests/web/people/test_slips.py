"""Who signs in here, and the slips: for one's own people only, shown once, good for one sign-in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.kernel.access import actor_in, join, system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import make_first_passwords, may_reset, memberships_of
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

Browse = Callable[[str], Client]
LIST, SLIPS = "/o/lanchuan/people/", "/o/lanchuan/people/slips/"


def _passwords(response: Any) -> dict[str, str]:
    return {slip.person.username: slip.password for slip in response.context["slips"]}


def _hash(person: Person) -> str:
    return Person.objects.get(pk=person.pk).password


def test_the_list_names_members_and_apprentices_with_their_state(browse: Browse, cast: Cast) -> None:
    lines = browse("coordinator").get(LIST).context["lines"]
    said = {line.person.username: (line.roles, line.state, bool(line.reset)) for line in lines}
    assert said == {
        "c01": (["coordinator"], "own", False),
        "adm": (["administrator"], "own", True),
        "t01": (["trainer"], "own", True),
        "as01": (["assessor"], "own", True),
    } | {number: (["apprentice"], "none", True) for number in cast.enrolments}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("role=trainer", ["t01"]),
        ("state=own&role=assessor", ["as01"]),
        ("q=chen+yu", ["26001"]),
        ("q=欧阳", ["26003"]),
        ("q=%00", ["26001", "26002", "26003", "26004", "26005", "adm", "as01", "c01", "t01"]),
        ("q=%25", []),
        ("role=nonsense&state=nonsense&page=minus&q=26001", ["26001"]),
    ],
)
def test_the_list_is_narrowed(browse: Browse, query: str, found: list[str]) -> None:
    lines = browse("coordinator").get(f"{LIST}?{query}").context["lines"]
    assert sorted(line.person.username for line in lines) == found


def test_a_cohort_comes_with_those_ticked_who_have_no_password(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    client.post(SLIPS, {"person": cast.people["apprentice"].public_id})
    response = client.get(f"{LIST}?cohort={cast.cohort.public_id}")
    ticked = re.findall(r'value="(\w+)" checked', response.content.decode())
    others = {row.person.public_id for number, row in cast.enrolments.items() if number != "26001"}
    assert set(ticked) == others
    assert {line.person.username: line.state for line in response.context["lines"]}["26001"] == "slip"
    assert client.get(f"{LIST}?cohort=nothing").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    with everywhere("a test enrols many"):
        entries = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(60)]
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        response = client.get(LIST)
    assert len(response.context["lines"]) == 69
    assert len(many) == len(few) <= 10  # with the people of a demo's bar


def test_slips_are_shown_once_and_kept_nowhere(browse: Browse, cast: Cast) -> None:
    people = [cast.people["apprentice"], cast.people["classmate"], cast.people["trainer"]]
    client = browse("coordinator")
    response = client.post(SLIPS, {"person": [person.public_id for person in people]})
    passwords = _passwords(response)
    assert sorted(passwords) == ["26001", "26002", "t01"]
    content = response.content.decode()
    assert [content.count(password) for password in passwords.values()] == [1, 1, 1]
    assert "http://testserver/" in content
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get(SLIPS).url == "/o/lanchuan/people/"  # a reload makes no new passwords
    with everywhere("a test looks at everything"):
        entry = AuditEntry.objects.get(fact="kernel.first_passwords_made")
    assert not any(password in str(entry.payload) for password in passwords.values())
    again = _passwords(client.post(SLIPS, {"person": people[0].public_id}))
    assert again["26001"] != passwords["26001"]
    assert not Person.objects.get(username="26001").check_password(passwords["26001"])


def test_a_slip_says_its_sentence_in_both_languages(browse: Browse, cast: Cast) -> None:
    content = (
        browse("coordinator").post(SLIPS, {"person": cast.people["apprentice"].public_id}).content.decode()
    )
    assert "只能用一次：登录后请设置自己的密码，并销毁此条。" in content
    assert "It serves once: after signing in, choose your own password and throw this slip away." in content


def test_a_first_password_signs_in_and_has_to_be_changed(browse: Browse, cast: Cast) -> None:
    slips = browse("coordinator").post(SLIPS, {"person": cast.people["apprentice"].public_id})
    password = _passwords(slips)["26001"]
    apprentice = browse("")
    apprentice.post("/account/login/", {"login": "26001", "password": password})
    assert apprentice.session["_auth_user_id"] == str(cast.people["apprentice"].pk)
    answer = apprentice.get("/o/lanchuan/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password/")
    new = {"oldpassword": password, "password1": "kiln-sparrow-19", "password2": "kiln-sparrow-19"}
    apprentice.post("/account/password/", new)
    person = Person.objects.get(username="26001")
    assert (person.must_change_password, person.check_password("kiln-sparrow-19")) == (False, True)


def test_a_slip_ends_open_sessions(browse: Browse, cast: Cast) -> None:
    trainer = browse("trainer")
    assert trainer.get("/o/lanchuan/schemes/").status_code == 200
    browse("coordinator").post(SLIPS, {"person": cast.people["trainer"].public_id})
    answer = trainer.get("/o/lanchuan/schemes/")
    assert answer.headers["Location"] == "/account/login/?next=/o/lanchuan/schemes/"


@pytest.mark.parametrize("name", ["stranger", "officer", "hr", "mentor", "auditor"])
def test_people_of_others_are_not_found_and_keep_their_password(
    browse: Browse, cast: Cast, name: str
) -> None:
    mine, theirs = cast.people["apprentice"], cast.people[name]
    before = (_hash(mine), _hash(theirs))
    response = browse("coordinator").post(SLIPS, {"person": [mine.public_id, theirs.public_id]})
    assert response.status_code == 404
    assert (_hash(mine), _hash(theirs)) == before


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.MENTOR])
def test_who_has_a_role_elsewhere_too_is_not_reset_from_here(browse: Browse, cast: Cast, role: Role) -> None:
    trainer = cast.people["trainer"]
    join([trainer], cast.neighbour, role, on=date(2026, 1, 1))
    before = _hash(trainer)
    assert browse("coordinator").post(SLIPS, {"person": trainer.public_id}).status_code == 403
    assert _hash(trainer) == before
    line = browse("coordinator").get(f"{LIST}?q=t01").context["lines"][0]
    assert line.reset.reason == "kernel.person_elsewhere"


def test_nobody_above_is_reset_through_a_role_here(browse: Browse, cast: Cast) -> None:
    officer = cast.people["officer"]
    join([officer], cast.college, Role.TRAINER, on=date(2026, 1, 1))
    before = _hash(officer)
    assert browse("coordinator").post(SLIPS, {"person": officer.public_id}).status_code == 403
    assert _hash(officer) == before


def test_one_does_not_reset_oneself(browse: Browse, cast: Cast) -> None:
    me = cast.people["coordinator"]
    before = _hash(me)
    assert browse("coordinator").post(SLIPS, {"person": me.public_id}).status_code == 403
    assert _hash(me) == before


def test_the_action_refuses_all_for_one_who_is_not_ours(cast: Cast) -> None:
    mine, theirs = cast.people["apprentice"], cast.people["stranger"]
    before = (_hash(mine), _hash(theirs))
    with pytest.raises(Refused) as caught:
        make_first_passwords([mine, theirs], by=cast.actor("coordinator"), at=AT)
    assert caught.value.verdict.reason == "kernel.person_of_another"
    assert (_hash(mine), _hash(theirs)) == before


def test_who_left_or_is_switched_off_is_not_reset(cast: Cast) -> None:
    by, trainer = cast.actor("coordinator"), cast.people["trainer"]
    trainer.is_active = False
    held = memberships_of([trainer], TODAY)
    assert may_reset(by, trainer, held[trainer.pk]).reason == "kernel.person_inactive"
    trainer.memberships.update(ends_on=TODAY)
    assert memberships_of([trainer], TODAY) == {}
    assert may_reset(by, trainer, []).reason == "kernel.person_of_another"


def test_the_program_itself_may_make_slips_for_a_new_site(cast: Cast) -> None:
    slips = make_first_passwords([cast.people["stranger"]], by=system(cast.college), at=AT)
    assert Person.objects.get(username="n01").check_password(slips[0].password)


def test_somebody_above_both_may(cast: Cast) -> None:
    join([cast.people["officer"]], cast.city, Role.ADMINISTRATOR, on=date(2026, 1, 1))
    by = actor_in(cast.people["officer"], cast.city, TODAY)
    assert by is not None
    assert len(make_first_passwords([cast.people["hr"], cast.people["mentor"]], by=by, at=AT)) == 2


def test_nobody_ticked_and_too_many_ticked_are_told_kindly(browse: Browse) -> None:
    client = browse("coordinator")
    assert client.post(SLIPS).headers["Location"] == LIST
    assert client.post(SLIPS, {"person": [f"p{n}" for n in range(201)]}).headers["Location"] == LIST
    assert client.post(SLIPS, {"person": ["<script>", "\x00"]}).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("trainer", 403), ("auditor", 403), ("stranger", 404), ("", 302)]
)
def test_who_may_not(browse: Browse, cast: Cast, name: str, status: int) -> None:
    before = _hash(cast.people["apprentice"])
    assert browse(name).get(LIST).status_code == status
    assert browse(name).post(SLIPS, {"person": cast.people["apprentice"].public_id}).status_code == status
    assert _hash(cast.people["apprentice"]) == before
