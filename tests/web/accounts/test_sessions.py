"""Where somebody is signed in: listed with device and times, ended one by one or all, and noted rarely."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.delivery.web.accounts.sessions import device
from craftpath.delivery.web.shell import visits

URL = "/account/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
CHAT = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 MicroMessenger/8.0"
)


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()
    visits._seen.clear()
    yield
    cache.clear()
    visits._seen.clear()


def _signed_in(agent, login="c01", password="let-me-in"):
    client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_USER_AGENT=agent)
    assert client.post("/account/login/", {"login": login, "password": password}).status_code == 302
    return client


def _places(client):
    return client.get(URL).context["places"]


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (PHONE, "Safari · iPhone"),
        (DESK, "Edge · Windows"),
        (CHAT, "WeChat · Android"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_as_people_know_it(agent, said):
    assert device(agent) == said or said == "Unknown device"


def test_each_sign_in_is_listed_the_present_one_first(cast):
    phone, desk = _signed_in(PHONE), _signed_in(DESK)
    _signed_in(DESK, "t01")
    said = [(place.device, place.address, place.current) for place in _places(phone)]
    assert said == [("Safari · iPhone", "127.0.0.1", True), ("Edge · Windows", "127.0.0.1", False)]
    assert [place.current for place in _places(desk)] == [True, False]


def test_one_is_ended_and_the_others_stay(cast):
    phone, desk, third = _signed_in(PHONE), _signed_in(DESK), _signed_in(CHAT)
    name = next(place.name for place in _places(phone) if place.device == "Edge · Windows")
    assert phone.post(URL, {"session": name}).url == URL
    phone.post(URL, {"session": name})  # pressed twice
    assert desk.get("/o/lanchuan/").url.startswith("/account/login/")
    assert third.get("/o/lanchuan/").status_code == 200
    assert len(_places(phone)) == 2


def test_all_others_are_ended_and_this_one_never(cast):
    phone, desk = _signed_in(PHONE), _signed_in(DESK)
    own = next(place.name for place in _places(phone) if place.current)
    phone.post(URL, {"session": own})
    assert phone.get("/o/lanchuan/").status_code == 200
    phone.post(URL, {"session": "others"})
    assert desk.get("/o/lanchuan/").status_code == 302
    assert [place.current for place in _places(phone)] == [True]


def test_nobody_ends_somebody_else_s(cast):
    mine, theirs = _signed_in(PHONE), _signed_in(DESK, "t01")
    name = _places(theirs)[0].name
    mine.post(URL, {"session": name})
    mine.post(URL, {"session": "others"})
    assert theirs.get("/o/lanchuan/").status_code == 200


def test_a_name_does_not_open_a_session(cast):
    client = _signed_in(PHONE)
    page = client.get(URL).content.decode()
    assert client.session.session_key not in page


def test_a_new_password_ends_the_others_and_clears_the_list(cast):
    here, there = _signed_in(PHONE), _signed_in(DESK)
    new = {"oldpassword": "let-me-in", "password1": "kiln-sparrow-19", "password2": "kiln-sparrow-19"}
    assert here.post("/account/password/", new).status_code == 302
    assert there.get("/o/lanchuan/").status_code == 302
    assert [place.current for place in _places(here)] == [True]
    assert UserSession.objects.filter(user=cast.people["coordinator"]).count() == 1


def test_a_slip_from_a_coordinator_leaves_nothing_living(cast):
    there = _signed_in(DESK, "t01")
    _signed_in(PHONE).post("/o/lanchuan/people/slips/", {"person": cast.people["trainer"].public_id})
    assert there.get(URL).status_code == 302
    cast.people["trainer"].refresh_from_db()
    from craftpath.delivery.web.accounts.sessions import living

    assert living(cast.people["trainer"], timezone.now()) == []


def test_the_demo_s_button_and_an_invitation_leave_a_row_too(cast, browse):
    person = cast.people["coordinator"]
    person.username = "demo-coordinator"
    person.save()
    Client(HTTP_USER_AGENT=DESK).post("/demo/sign-in/", {"person": person.public_id})
    assert UserSession.objects.filter(user=person, user_agent=DESK).count() == 1


def test_a_visit_is_noted_once_in_five_minutes_and_costs_one_query(cast):
    client = _signed_in(PHONE)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))

    def writes():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/o/lanchuan/").status_code == 200
        return [query["sql"] for query in asked if "usersession" in query["sql"].lower()]

    first, second = writes(), writes()
    assert (len(first), second) == (1, [])
    assert first[0].startswith("UPDATE")
    assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(minutes=1)
    visits._seen.clear()  # another process
    seen = UserSession.objects.get().last_seen_at
    assert len(writes()) == 1
    assert UserSession.objects.get().last_seen_at == seen  # finds nothing to do


def test_the_list_asks_as_often_for_many_as_for_one(cast):
    client = _signed_in(PHONE)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _ in range(12):
        _signed_in(DESK)
        cache.clear()
    with CaptureQueriesContext(connection) as many:
        assert len(_places(client)) == 13
    assert len(many) == len(few)


def test_the_page_is_said_in_chinese(cast):
    client = _signed_in(PHONE)
    client.post("/language/", {"language": "zh-hans"})
    assert "登录的设备" in unescape(client.get(URL).content.decode())
