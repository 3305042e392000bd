"""A write that a device has named is done once."""

from __future__ import annotations

import uuid

import pytest

from craftpath.kernel.receipts import Receipt, once
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT, Cast


def test_the_second_arrival_gets_the_first_one_s_outcome(cast: Cast) -> None:
    key, done = uuid.uuid4(), []

    def write() -> dict:
        done.append(1)
        return {"entry": "abc"}

    by = cast.actor("apprentice")
    answers = [once(key, "log.save", write, by=by, at=AT) for _ in range(3)]
    assert [answer.again for answer in answers] == [False, True, True]
    assert {answer.outcome["entry"] for answer in answers} == {"abc"}
    assert done == [1]


def test_what_is_refused_leaves_no_receipt_and_may_come_again(cast: Cast) -> None:
    key = uuid.uuid4()

    def refuse() -> dict:
        raise Refused(not_now("logbook.empty"))

    with pytest.raises(Refused):
        once(key, "log.save", refuse, by=cast.actor("apprentice"), at=AT)
    assert not Receipt.objects.exists()
    assert not once(key, "log.save", lambda: {"ok": True}, by=cast.actor("apprentice"), at=AT).again


def test_two_people_s_devices_may_give_the_same_name(cast: Cast) -> None:
    key = uuid.uuid4()
    for who in ("apprentice", "classmate"):
        assert not once(key, "log.save", lambda: {"ok": True}, by=cast.actor(who), at=AT).again
