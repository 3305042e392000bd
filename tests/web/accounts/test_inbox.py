"""One's own notices: digests and instant ones with their links, read by one press; topics to choose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.delivery.jobs import digesting
from craftpath.kernel.access import system
from craftpath.kernel.alerts import Alert
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.digests import Digest, begin_round
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.topics import muted_by
from tests.cast import AT, TODAY, Cast

Browse = Callable[[str], Client]
INBOX, READ, TOPICS = (reverse(f"accounts:{name}") for name in ("inbox", "read", "topics"))


@pytest.fixture
def digest(cast: Cast) -> Digest:
    with everywhere("a test makes digests"):
        turn, _new = begin_round("Asia/Shanghai", TODAY, queue=False, by=system(), at=AT)
        digesting.go_on(turn, at=AT)
    return Digest.objects.get(person=cast.people["classmate"])


def test_a_digest_is_shown_with_links_until_it_is_read(browse: Browse, cast: Cast, digest: Digest) -> None:
    client = browse("classmate")
    shown = client.get(INBOX).content.decode()
    assert "Last week&#x27;s log to hand in" in shown
    assert reverse("logbook:week", args=["lanchuan"]) in shown
    assert "All read" in shown
    for _press in range(2):
        client.post(READ)
    assert "All read" not in client.get(INBOX).content.decode()
    assert Digest.objects.filter(read_at=None).exclude(person=cast.people["classmate"]).exists()


def test_what_was_said_at_once_stands_there_and_on_the_desk(browse: Browse, cast: Cast) -> None:
    with everywhere("a test looks at everything"):
        entry = AuditEntry.objects.latest("pk")
    Alert.objects.create(
        person=cast.people["apprentice"], entry=entry, code="learning.exam_cancelled",
        organisation=cast.college, subject="learning/session/abc", about={"en": "<i>Exam</i>"}, at=AT,
    )  # fmt: skip
    client = browse("apprentice")
    shown = client.get(INBOX).content.decode()
    assert "An exam preparation was cancelled" in shown
    assert "&lt;i&gt;Exam" in shown
    desk = reverse("desks:home", args=["lanchuan"])
    assert "1 new notice" in client.get(desk).content.decode()
    client.post(READ)
    assert "new notice" not in client.get(desk).content.decode()


def test_nobody_sees_the_notices_of_others(browse: Browse, digest: Digest) -> None:
    assert "Last week" not in browse("officer").get(INBOX).content.decode()


def test_topics_are_chosen_and_a_wrong_one_is_refused(browse: Browse, cast: Cast) -> None:
    client, person = browse("classmate"), cast.people["classmate"]
    assert client.post(TOPICS, {"topics": ["signing", "log"]}).status_code == 302
    assert "log" not in muted_by([person.pk])[person.pk]
    assert "results" in muted_by([person.pk])[person.pk]
    assert client.post(TOPICS, {"topics": ["gossip"]}).status_code == 422
    assert "results" in muted_by([person.pk])[person.pk]
    client.post(TOPICS, {})
    assert len(muted_by([person.pk])[person.pk]) == 10
