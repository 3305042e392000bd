"""Doubles: a queue, two side by side, a preview, one decision, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.kernel.access import join, system
from craftpath.kernel.alerts import Alert
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.twins.finding import find_twins
from craftpath.kernel.twins.tables import Merge, Twins
from tests.cast import AT, TODAY, Cast
from tests.kernel.twins import a_record

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
PEOPLE = "/o/lanchuan/people/"


@pytest.fixture
def pair(cast: Cast) -> Twins:
    with everywhere("a test looks at everything"):
        for _ in range(2):
            a_record("韩雪", cast.college, Role.TRAINER, phone="13800138021", email=f"snow-{_}@example.org")
        find_twins(None, by=system(), at=AT)
        return Twins.objects.select_related("first", "second").get()


def _two_alike(cast: Cast, phone: str) -> list[Person]:
    return [a_record("韩雪", cast.college, Role.TRAINER, phone=phone) for _ in range(2)]


def _get(browse: Browse, path: str, who: str = "coordinator") -> str:
    answer = browse(who).get(path)
    assert answer.status_code == 200, answer
    return unescape(answer.content.decode())


def test_the_queue_tells_why_and_shows_nothing_in_full(browse: Browse, pair: Twins) -> None:
    page = _get(browse, f"{PEOPLE}doubles/")
    assert "same telephone number" in page
    page = _get(browse, f"{PEOPLE}doubles/{pair.public_id}/")
    assert "138****21" in page
    assert "s***@example.org" in page
    assert "13800138021" not in page
    assert "snow-0@example.org" not in page


def test_keep_one_look_at_what_moves_merge_and_undo(browse: Browse, pair: Twins) -> None:
    stays, goes = pair.second, pair.first
    page = _get(browse, f"{PEOPLE}doubles/{pair.public_id}/?stays={stays.public_id}")
    assert f"{goes.username} goes into {stays.username}" in page
    assert not Merge._base_manager.exists()
    client, door = browse("coordinator"), f"{PEOPLE}doubles/{pair.public_id}/merge/"
    answer = client.post(door, {"stays": stays.public_id, "because": "same person, two rosters"}, follow=True)
    page = unescape(answer.content.decode())
    assert "same person, two rosters" in page
    merge = Merge._base_manager.get()
    assert (merge.stays, merge.goes, merge.state) == (stays, goes, "merged")
    again = client.post(door, {"stays": stays.public_id, "because": "pressed twice"})
    assert again.status_code == 302
    assert Merge._base_manager.count() == 1
    assert stays.username in _get(browse, f"{PEOPLE}merges/")
    # An old address leads to the record that stays; the person reads who and why.
    assert browse("coordinator").get(f"{PEOPLE}{goes.public_id}/").url == f"{PEOPLE}{stays.public_id}/"
    # A third record that looked like the one that went waits for nobody.
    with everywhere("a test looks at everything"):
        third = a_record("韩雪", merge.organisation, Role.TRAINER)
    Twins.objects.create(first=goes, second=third, strength=1, reasons=["name"], found_at=AT)
    page = _get(browse, f"{PEOPLE}doubles/")
    assert "No pair waits" in page
    assert "Somebody above decides" not in page
    own = Client(HTTP_ACCEPT_LANGUAGE="en")
    own.force_login(stays)
    assert Alert.objects.filter(person=stays, code="kernel.records_merged").count() == 1
    assert f"/account/merged/{merge.public_id}/" in own.get("/account/notices/").content.decode()
    assert "same person, two rosters" in own.get(f"/account/merged/{merge.public_id}/").content.decode()
    assert browse("trainer").get(f"/account/merged/{merge.public_id}/").status_code == 404
    undone = client.post(f"{PEOPLE}merges/{merge.public_id}/undo/", {"because": "two after all"}, follow=True)
    assert "two after all" in undone.content.decode()
    assert Person.objects.get(pk=goes.pk).is_active
    assert Twins.objects.get(pk=pair.pk).state == "open"


def test_who_was_merged_away_is_signed_out(cast: Cast, browse: Browse, pair: Twins) -> None:
    typed = {"login": pair.first.username, "password": "let-me-in"}
    pair.first.set_password("let-me-in")
    pair.first.save()
    goes = Client()
    assert goes.post("/account/login/", typed).status_code == 302
    assert goes.get("/account/settings/").status_code == 200
    values = {"stays": pair.second.public_id, "because": "one"}
    browse("coordinator").post(f"{PEOPLE}doubles/{pair.public_id}/merge/", values)
    assert "login" in goes.get("/account/settings/").headers["Location"]
    goes.post("/account/login/", typed)
    assert "login" in goes.get("/account/settings/").headers["Location"]


def test_without_a_reason_the_preview_comes_again(browse: Browse, pair: Twins) -> None:
    door = f"{PEOPLE}doubles/{pair.public_id}/merge/"
    for because in ("", " ", "x" * 301):
        answer = browse("coordinator").post(door, {"stays": pair.first.public_id, "because": because})
        assert answer.status_code == 200
        assert "goes into" in unescape(answer.content.decode())
    assert browse("coordinator").post(door, {"because": "one", "stays": "x\0"}).status_code == 409
    assert not Merge._base_manager.exists()


def test_two_persons_are_not_asked_about_again(browse: Browse, pair: Twins) -> None:
    browse("coordinator").post(f"{PEOPLE}doubles/{pair.public_id}/part/")
    browse("coordinator").post(f"{PEOPLE}doubles/look/")
    assert Twins.objects.get().state == "apart"
    assert "No pair waits" in _get(browse, f"{PEOPLE}doubles/")
    assert AuditEntry._base_manager.filter(fact="kernel.records_parted").count() == 2


def test_where_they_meet_is_named_and_nothing_can_be_pressed(cast: Cast, browse: Browse) -> None:
    """The administrator of the city compares a master and the own apprentice by hand."""
    join([cast.people["administrator"]], cast.city, Role.ADMINISTRATOR, on=TODAY)
    values = {"first": cast.people["mentor"].username, "second": cast.people["apprentice"].username}
    answer = browse("administrator").post("/o/lanchuan-bureau/people/doubles/", values, follow=True)
    assert answer.status_code == 200
    pair = Twins.objects.get()
    door = f"/o/lanchuan-bureau/people/doubles/{pair.public_id}/"
    page = _get(browse, f"{door}?stays={cast.people['mentor'].public_id}", "administrator")
    assert "They cannot be merged" in page
    assert f"apprentices/{cast.enrolments['26001'].public_id}/" in page
    assert "Merge the records" not in page
    posted = {"stays": cast.people["mentor"].public_id, "because": "one"}
    page = unescape(browse("administrator").post(f"{door}merge/", posted).content.decode())
    assert "named side by side" in page
    assert not Merge._base_manager.exists()


def test_who_works_elsewhere_too_is_decided_above(cast: Cast, browse: Browse) -> None:
    """The college learns that there is a pair, and nothing of the person whom it does not look after."""
    with everywhere("a test looks at everything"):
        a_record("韩雪", cast.college, Role.TRAINER, phone="13800138021")
        other = a_record("韩 雪", cast.jinheng, phone="13800138021", name_latin="Elsewhere")
        find_twins(None, by=system(), at=AT)
    pair = Twins.objects.get()
    page = _get(browse, f"{PEOPLE}doubles/")
    assert "Lanchuan City Bureau looks after both" in page
    assert other.username not in page
    assert browse("coordinator").get(f"{PEOPLE}doubles/{pair.public_id}/").status_code == 404
    # With a past role here as well, the pair is seen, and still not decided here.
    join([other], cast.college, Role.MENTOR, on=TODAY, until=TODAY)
    page = _get(browse, f"{PEOPLE}doubles/{pair.public_id}/")
    assert "You cannot decide on these two" in page
    values = {"stays": other.public_id, "because": "one"}
    assert browse("coordinator").post(f"{PEOPLE}doubles/{pair.public_id}/merge/", values).status_code == 403


@pytest.mark.parametrize("typed", ["", "nobody", "c01\0", "x" * 200])
def test_a_name_that_nobody_has_is_said_and_kept(browse: Browse, cast: Cast, typed: str) -> None:
    answer = browse("coordinator").post(f"{PEOPLE}doubles/", {"first": "t01", "second": typed})
    assert answer.status_code == 200
    assert 'value="t01"' in answer.content.decode()


@pytest.mark.parametrize("path", ["doubles/", "merges/"])
def test_as_many_questions_for_one_as_for_many(cast: Cast, browse: Browse, path: str) -> None:
    client, asked = browse("coordinator"), []
    for number in (1, 15):
        with everywhere("a test looks at everything"):
            for n in range(number):
                first, second = _two_alike(cast, f"1380013{number:02}{n:02}")
                Merge.objects.create(organisation=cast.college, stays=first, goes=second, because="x", at=AT)
            find_twins(None, by=system(), at=AT)
        client.get(f"{PEOPLE}{path}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PEOPLE}{path}").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
