"""Pages of the directory: what a group would change is seen before it changes anything."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from craftpath.kernel.access import Membership
from craftpath.kernel.directory.tables import DirectoryGroup
from tests.cast import Cast
from tests.house.visitors import signed_in
from tests.scim.pushing import pusher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
HERE = "/o/lanchuan/directory/"


def _words(answer: Any) -> str:
    return unescape(answer.content.decode())


def _hidden(answer: Any) -> dict[str, str]:
    return dict(re.findall(r'name="(role|seen)" value="([^"]*)"', _words(answer)))


def test_looking_changes_nothing_and_the_button_does_just_what_was_seen(cast: Cast) -> None:
    push = pusher(cast)
    zhang, known = push.person("zhang", displayName="张伟"), push.person(cast.people["trainer"].username)
    group = push.group("教师", zhang["id"], known["id"])
    browser = signed_in(cast, "administrator")
    listed = _words(browser.get(HERE))
    assert "教师" in listed
    assert "http://testserver/scim/v2" in listed
    way = f"{HERE}{group['id']}/"
    before = Membership.objects.count()
    looked = browser.get(f"{way}?role=trainer")
    assert "张伟" in _words(looked)
    assert Membership.objects.count() == before
    done = browser.post(f"{way}decide/", _hidden(looked))
    assert (done.status_code, done.url) == (302, way)
    assert Membership.objects.filter(person__username="zhang", role="trainer").count() == 1
    assert DirectoryGroup.objects.get().role == "trainer"
    assert browser.post(f"{way}decide/", _hidden(looked)).status_code == 409, "it is not as it was seen"


def test_another_group_than_the_one_that_was_seen_is_refused(cast: Cast) -> None:
    push = pusher(cast)
    group = push.group("A", push.person("zhang")["id"])
    browser = signed_in(cast, "administrator")
    way = f"{HERE}{group['id']}/"
    looked = browser.get(f"{way}?role=trainer")
    li = push.person("li")
    push.patch(f"/Groups/{group['id']}", {"op": "add", "path": "members", "value": [{"value": li["id"]}]})
    assert browser.post(f"{way}decide/", _hidden(looked)).status_code == 409
    assert not Membership.objects.filter(person__username__in=["zhang", "li"]).exists()


@pytest.mark.parametrize("role", ["apprentice", "emperor", "%00"])
def test_what_no_group_can_mean_is_not_looked_at(cast: Cast, role: str) -> None:
    group = pusher(cast).group("A")
    browser = signed_in(cast, "administrator")
    assert browser.get(f"{HERE}{group['id']}/?role={role}").status_code == 200
    sent = {"role": role, "seen": "x"}
    assert browser.post(f"{HERE}{group['id']}/decide/", sent).status_code == 409


def test_only_whoever_runs_the_organisation_sees_it(cast: Cast) -> None:
    group = pusher(cast).group("A")
    for who, status in (("coordinator", 403), ("trainer", 403)):
        browser = signed_in(cast, who)
        assert browser.get(HERE).status_code == status
        assert browser.get(f"{HERE}{group['id']}/").status_code == status
    stranger = signed_in(cast, "stranger")
    assert stranger.get(HERE).status_code == 404
    assert stranger.get(f"/o/{cast.neighbour.key}/directory/{group['id']}/").status_code == 404


def test_one_group_and_many_take_the_same_questions(cast: Cast) -> None:
    push, browser = pusher(cast), signed_in(cast, "administrator")
    first = push.group("A", push.person("p")["id"])
    browser.get(HERE)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(HERE).status_code == 200
            assert browser.get(f"{HERE}{first['id']}/?role=trainer").status_code == 200
        counts.append(len(asked))
        ids = [push.person(f"q{timezone.now().timestamp()}")["id"] for _ in range(4)]
        for name in "BCD":
            push.group(name, *ids)
        value = [{"value": one} for one in ids]
        push.patch(f"/Groups/{first['id']}", {"op": "add", "path": "members", "value": value})
    assert counts[0] == counts[1]
