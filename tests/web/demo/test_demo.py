"""One press to become somebody of the demo; on a real site there is no such address."""

from __future__ import annotations

import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from craftpath.delivery.exchange.columns import guess
from craftpath.delivery.exchange.dry_run import check_marks
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.headers import find_header
from craftpath.delivery.exchange.knowledge import marks_knowledge
from craftpath.delivery.exchange.marks_words import DEFAULT_WORDS
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.web.demo.cast import cast as players_found
from craftpath.kernel.access import join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import TODAY
from tests.web.demo.conftest import PLAYERS

ROOT = Path(__file__).resolve().parents[3]
DESK = {
    "apprentice": "lanchuan", "mentor": "jinheng", "trainer": "lanchuan", "coordinator": "lanchuan", "hr": "jinheng",
    "officer": "lanchuan-bureau", "assessor": "lanchuan", "auditor": "lanchuan-bureau", "administrator": "lanchuan",
}  # fmt: skip


def _become(client, person):
    return client.post("/demo/sign-in/", {"person": person})


def test_the_cast_stands_in_the_order_of_the_roles(players, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = players_found()
    assert [row.role.value for row in found] == list(PLAYERS)
    assert [row.person for row in found] == list(players.values())
    assert [row.organisation.key for row in found] == list(DESK.values())


def test_a_player_with_two_roles_stands_in_the_one_of_the_name(cast, players):
    join([players["officer"]], cast.college, Role.APPRENTICE, on=TODAY.replace(month=1))
    assert [row.role.value for row in players_found()] == list(PLAYERS)


@pytest.mark.parametrize("role", PLAYERS)
def test_one_press_leads_to_the_desk_of_each_role(players, role):
    client = Client()
    answer = _become(client, players[role].public_id)
    assert answer.url == f"/o/{DESK[role]}/"
    assert client.get(answer.url).status_code == 200
    assert client.session["_auth_user_id"] == str(players[role].pk)


def test_the_door_lists_everybody_before_the_form(players):
    page = unescape(Client(HTTP_ACCEPT_LANGUAGE="en").get("/account/login/").content.decode())
    places = [page.index(f'value="{person.public_id}"') for person in players.values()]
    assert places == sorted(places)
    assert places[-1] < page.index('name="login"')


@pytest.mark.parametrize("who", ["stranger", "classmate"])
def test_nobody_outside_the_cast_can_be_become(cast, players, who):
    client = Client()
    assert _become(client, cast.people[who].public_id).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("given", ["", "1", "demo-coordinator", "x" * 500, "\x00", "' OR 1=1"])
def test_what_is_no_public_id_is_not_found(players, given):
    assert _become(Client(), given).status_code == 404


def test_it_takes_a_press_and_not_a_link(players):
    answer = Client().get("/demo/sign-in/", {"person": players["coordinator"].public_id})
    assert answer.status_code == 405


def test_a_disabled_or_ended_player_leaves_the_cast(players):
    Person.objects.filter(pk=players["mentor"].pk).update(is_active=False)
    players["hr"].memberships.update(ends_on="2026-02-01")
    assert [row.role.value for row in players_found()] == [r for r in PLAYERS if r not in {"mentor", "hr"}]
    assert _become(Client(), players["mentor"].public_id).status_code == 404
    assert _become(Client(), players["hr"].public_id).status_code == 404


def test_switching_ends_the_session_of_before(players):
    client = Client()
    _become(client, players["coordinator"].public_id)
    before = client.session.session_key
    _become(client, players["apprentice"].public_id)
    assert client.session.session_key != before
    assert client.get("/o/lanchuan/people/").status_code == 403


def test_a_slip_made_for_a_player_does_not_lock_the_next_visitor_out(players):
    Person.objects.filter(pk=players["apprentice"].pk).update(must_change_password=True)
    client = Client()
    assert client.get(_become(client, players["apprentice"].public_id).url).status_code == 200


def test_the_sheet_can_be_taken_in_as_it_is(cast, players, all_rows):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    _become(client, players["coordinator"].public_id)
    answer = client.get(f"/demo/o/lanchuan/sheet/{cast.evaluation.public_id}.xlsx")
    assert answer.status_code == 200
    sheet = read_book(answer.content, "marks.xlsx").sheets[0]
    known = marks_knowledge(cast.evaluation)
    header = find_header(sheet)
    mapping = guess(header.names, Kind.MARKS, known.items)
    plan = check_marks(sheet, header.row, mapping, DEFAULT_WORDS, known)
    assert plan.errors == ()
    assert len(plan.having("same")) == 16  # what is recorded stands there unchanged
    assert len(plan.having("add")) == len(known.people) * len(known.items) - 16
    assert plan.having("change") == ()


@pytest.mark.parametrize(
    ("role", "status"), [("trainer", 200), ("officer", 403), ("apprentice", 403), ("mentor", 403)]
)
def test_the_sheet_is_for_those_who_import(cast, players, role, status):
    client = Client()
    key = _become(client, players[role].public_id).url.strip("/").split("/")[1]
    assert client.get(f"/demo/o/{key}/sheet/{cast.evaluation.public_id}.xlsx").status_code == status


def test_a_stranger_finds_no_sheet(cast, players, browse):
    path = f"/demo/o/{{}}/sheet/{cast.evaluation.public_id}.xlsx"
    assert browse("stranger").get(path.format("lanchuan")).status_code == 404
    assert browse("stranger").get(path.format("dongling")).status_code == 404


REAL_SITE = """
import django
django.setup()
from django.conf import settings
from django.test import Client, override_settings
from django.urls import NoReverseMatch, resolve, Resolver404, reverse
assert settings.DEMO is False
for path in ("/demo/sign-in/", "/demo/", "/demo/o/lanchuan/sheet/x.xlsx"):
    try:
        resolve(path)
    except Resolver404:
        continue
    raise SystemExit(f"{path} is there")
try:
    reverse("demo:sign_in")
except NoReverseMatch:
    pass
else:
    raise SystemExit("demo:sign_in has an address")
with override_settings(MIDDLEWARE=[]):
    print(Client().post("/demo/sign-in/", {"person": "x"}).status_code)
"""


def test_a_real_site_has_no_such_address():
    environment = {**os.environ, "CRAFTPATH_TEST_DEMO": "0", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    told = subprocess.run(
        [sys.executable, "-c", REAL_SITE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stdout.strip(), told.returncode) == ("404", 0), told.stderr


def test_the_door_of_a_real_site_lists_nobody(players, settings):
    settings.DEMO = False
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/account/login/").content.decode()
    assert "/demo/" not in page
    assert "何静" not in page
