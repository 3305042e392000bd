"""Muting topics: one's own, as a whole, and nothing that is not one."""

from __future__ import annotations

import pytest

from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.topics import mute_topics, muted_by
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = pytest.mark.usefixtures("all_rows")


def test_muting_replaces_what_was_muted_and_twice_is_once(cast: Cast) -> None:
    person = cast.people["mentor"]
    by = Actor(organisation=None, person=person)
    mute_topics(["log", "results"], by=by, at=AT)
    mute_topics(["log"], by=by, at=AT)
    told = AuditEntry.objects.filter(fact="kernel.topics_muted").count()
    mute_topics(["log"], by=by, at=AT)
    assert muted_by([person.pk]) == {person.pk: {"log"}}
    assert AuditEntry.objects.filter(fact="kernel.topics_muted").count() == told == 2


def test_a_topic_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        mute_topics(["gossip"], by=Actor(organisation=None, person=cast.people["mentor"]), at=AT)
    assert caught.value.verdict.reason == "kernel.topic_unknown"
