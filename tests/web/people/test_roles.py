"""Leavers: roles end by date, with a reason, can be kept while the day lies ahead, and are never the last ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.people.leaving import name_of
from craftpath.kernel.access import Membership, actor_in, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.leaving import end_roles
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import Cast

Browse = Callable[[str], Client]
ROLES = "/o/lanchuan/people/roles/"


@pytest.fixture
def today(db: Any) -> date:
    return timezone.localdate()


def _row(cast: Cast, who: str) -> Membership:
    return Membership.objects.select_related("person", "organisation").get(person=cast.people[who])


def _end(browse: Browse, cast: Cast, who: str, names: list[str], on: date, because: str = "left") -> Any:
    rows = [name_of(_row(cast, name)) for name in names]
    return browse(who).post(ROLES, {"role_of": rows, "on": on.isoformat(), "because": because, "do": "end"})


def _told(fact: str) -> list[dict[str, Any]]:
    with everywhere("a test looks at the history"):
        return [row.payload for row in AuditEntry.objects.filter(fact=fact).order_by("pk")]


def test_access_ends_by_itself_on_the_day(browse: Browse, cast: Cast, today: date) -> None:
    trainer = browse("trainer")
    assert _end(browse, cast, "coordinator", ["trainer"], today + timedelta(days=1)).url == ROLES
    assert trainer.get("/o/lanchuan/").status_code == 200
    row = _row(cast, "trainer")
    days = {day: actor_in(row.person, cast.college, day) is not None for day in (today, row.ends_on)}
    assert days == {today: True, today + timedelta(days=1): False}
    assert _told("kernel.roles_ended") == [
        {
            "people": [row.person.public_id],
            "roles": ["trainer"],
            "on": (today + timedelta(days=1)).isoformat(),
            "because": "left",
        }
    ]


def test_whoever_left_finds_a_polite_page_and_settings(browse: Browse, cast: Cast, today: date) -> None:
    trainer = browse("trainer")
    trainer.get("/o/lanchuan/")
    _end(browse, cast, "coordinator", ["trainer", "assessor"], today)
    gone = trainer.get("/o/lanchuan/")
    assert (gone.status_code, "To your desk" in gone.content.decode()) == (404, True)
    page = unescape(trainer.get("/").content.decode())
    assert "You have no desk yet" in page
    assert "Trainer, ended on" in page
    assert trainer.get("/account/settings/").status_code == 200
    assert browse("assessor").get("/o/lanchuan/").status_code == 404


def test_the_list_says_who_leaves_when(browse: Browse, cast: Cast, today: date) -> None:
    on = today + timedelta(days=30)
    _end(browse, cast, "coordinator", ["trainer"], on, "new post in Qinghe")
    client = browse("coordinator")
    lines = {line.person.username: line.leaves for line in client.get("/o/lanchuan/people/").context["lines"]}
    assert {name: day for name, day in lines.items() if day} == {"t01": on}
    page = unescape(client.get(ROLES).content.decode())
    assert "new post in Qinghe" in page


def test_an_end_is_taken_back_while_it_lies_ahead(browse: Browse, cast: Cast, today: date) -> None:
    _end(browse, cast, "coordinator", ["trainer"], today + timedelta(days=3))
    name = name_of(_row(cast, "trainer"))
    client = browse("coordinator")
    assert [client.post(ROLES, {"role_of": name, "do": "keep"}).status_code for _ in range(2)] == [302, 302]
    row = _row(cast, "trainer")
    assert (row.ends_on, row.ends_because) == (None, "")
    assert len(_told("kernel.roles_kept")) == 1
    _end(browse, cast, "coordinator", ["trainer"], today)
    assert (
        client.post(ROLES, {"role_of": name, "do": "keep"}).status_code == 404
    )  # it has ended, and is gone here
    assert _row(cast, "trainer").ends_on == today


def test_what_stands_open_again_is_not_doubled(browse: Browse, cast: Cast, today: date) -> None:
    _end(browse, cast, "coordinator", ["trainer"], today + timedelta(days=3))
    name = name_of(_row(cast, "trainer"))
    join([cast.people["trainer"]], cast.college, Role.TRAINER, on=today)
    assert browse("coordinator").post(ROLES, {"role_of": name, "do": "keep"}).status_code == 409


def test_the_same_once_more_changes_nothing(browse: Browse, cast: Cast, today: date) -> None:
    for _ in range(2):
        assert _end(browse, cast, "coordinator", ["trainer"], today + timedelta(days=3)).status_code == 302
    assert len(_told("kernel.roles_ended")) == 1


def test_a_role_that_would_begin_later_never_begins(browse: Browse, cast: Cast, today: date) -> None:
    later = today + timedelta(days=20)
    cast.people["trainer"].memberships.update(starts_on=later)
    _end(browse, cast, "coordinator", ["trainer"], today)
    row = _row(cast, "trainer")
    assert (row.starts_on, row.ends_on) == (later, later)
    assert actor_in(row.person, cast.college, later) is None


@pytest.mark.parametrize(
    ("on", "because", "wrong"), [(-1, "left", "on"), (0, "", "because"), (0, "x" * 201, "because")]
)
def test_an_unfinished_form_keeps_its_ticks(
    browse: Browse, cast: Cast, today: date, on: int, because: str, wrong: str
) -> None:
    answer = _end(browse, cast, "coordinator", ["trainer"], today + timedelta(days=on), because)
    assert list(answer.context["form"].errors) == [wrong]
    assert f'value="{name_of(_row(cast, "trainer"))}" checked' in answer.content.decode()
    assert _row(cast, "trainer").ends_on is None


@pytest.mark.parametrize(
    ("who", "whom", "words"),
    [
        ("coordinator", "coordinator", "These are your own roles."),
        ("coordinator", "administrator", "This role may do more than yours does."),
        ("administrator", "administrator", "These are your own roles."),
    ],
)
def test_own_roles_and_those_above_stay(
    browse: Browse, cast: Cast, today: date, who: str, whom: str, words: str
) -> None:
    answer = _end(browse, cast, who, [whom, "trainer"], today)
    assert words in unescape(answer.content.decode())
    assert (_row(cast, whom).ends_on, _row(cast, "trainer").ends_on) == (None, None)  # all or none


def test_an_apprentice_s_role_stays_so_that_the_record_stays_readable(cast: Cast, today: date) -> None:
    row = _row(cast, "apprentice")
    by = actor_in(cast.people["coordinator"], cast.college, today)
    assert by is not None
    with pytest.raises(Refused) as caught:
        end_roles([row], on=today, because="left", by=by, at=timezone.now())
    assert caught.value.verdict.reason == "kernel.role_of_record"


def test_the_last_one_is_not_ended(browse: Browse, cast: Cast, today: date) -> None:
    second = Person.objects.create_user("adm2", name="Second")
    join([second], cast.city, Role.ADMINISTRATOR, on=today)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(second)
    form = {"on": today.isoformat(), "because": "left", "do": "end"}
    where = "/o/lanchuan-bureau/people/roles/"
    both = [name_of(_row(cast, "administrator")), name_of(_row(cast, "coordinator"))]
    answer = client.post(where, {**form, "role_of": both[0]})
    assert "nobody would be left" in answer.content.decode()
    assert (
        client.post(where, {**form, "role_of": both[1]}).status_code == 302
    )  # the administrator is still there
    third = Person.objects.create_user("adm3", name="Third")
    join([third], cast.college, Role.ADMINISTRATOR, on=today)
    assert client.post(where, {**form, "role_of": both[0]}).status_code == 302
    Membership.objects.filter(person=third).update(ends_on=None)
    answer = client.post(where, {**form, "role_of": f"{third.public_id}.lanchuan.administrator"})
    assert "nobody would be left" in answer.content.decode()


def test_two_who_end_each_other_s_leave_one(cast: Cast, today: date) -> None:
    """The second one asks anew under the lock of the organisation, whatever its page showed."""
    second = Person.objects.create_user("adm2", name="Second")
    join([second], cast.college, Role.ADMINISTRATOR, on=today)
    rows = [Membership.objects.get(person=second), _row(cast, "administrator")]
    actors = [actor_in(person, cast.college, today) for person in (cast.people["administrator"], second)]
    assert actors[0] is not None
    assert actors[1] is not None
    end_roles([rows[0]], on=today, because="x", by=actors[0], at=timezone.now())
    with pytest.raises(Refused):
        end_roles([rows[1]], on=today, because="x", by=actors[1], at=timezone.now())
    assert _row(cast, "administrator").ends_on is None


def test_roles_of_others_are_not_found(browse: Browse, cast: Cast, today: date) -> None:
    for name in ("hr", "officer", "stranger"):
        assert _end(browse, cast, "coordinator", ["trainer", name], today).status_code == 404
    assert browse("coordinator").post(ROLES, {"role_of": "x.y.z"}).status_code == 404
    assert browse("coordinator").post(ROLES, {"role_of": "a\x00b"}).status_code == 404
    assert _row(cast, "trainer").ends_on is None
    shown = {row.person.username for row, _, _ in browse("coordinator").get(ROLES).context["rows"]}
    assert shown == {"c01", "adm", "t01", "as01"}


def test_nobody_ticked_is_said(browse: Browse, cast: Cast, today: date) -> None:
    answer = browse("coordinator").post(ROLES, {"on": today.isoformat(), "because": "x", "do": "end"})
    assert "Nobody is ticked." in answer.content.decode()
    assert browse("coordinator").post(ROLES, {"do": "keep"}).status_code == 200


def test_the_page_asks_as_often_for_many_as_for_one(browse: Browse, cast: Cast, today: date) -> None:
    def page_and_end(rows: list[str], on: date) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            client.get(ROLES)
        with CaptureQueriesContext(connection) as ended:
            form = {"role_of": rows, "on": on.isoformat(), "because": "x", "do": "end"}
            assert client.post(ROLES, form).status_code == 302
        return len(seen), len(ended)

    client = browse("coordinator")
    client.get(ROLES)
    few = page_and_end([name_of(_row(cast, "trainer"))], today + timedelta(days=1))
    people = [Person.objects.create_user(f"x{n}", name=f"X{n}") for n in range(60)]
    join(people, cast.college, Role.TRAINER, on=today)
    names = [f"{person.public_id}.lanchuan.trainer" for person in people]
    assert page_and_end(names, today + timedelta(days=2)) == few
    assert Membership.objects.filter(ends_on=today + timedelta(days=2)).count() == 60


@pytest.mark.parametrize(
    ("name", "status"), [("trainer", 403), ("auditor", 403), ("stranger", 404), ("", 302)]
)
def test_who_may_not(browse: Browse, cast: Cast, today: date, name: str, status: int) -> None:
    assert browse(name).get(ROLES).status_code == status
    assert _end(browse, cast, name, ["trainer"], today).status_code == status
    assert _row(cast, "trainer").ends_on is None
