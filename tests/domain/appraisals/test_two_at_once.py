"""At the same moment: one answer counts once, one contest has one answer, one period has one round."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from craftpath.domain.appraisals import actions
from craftpath.domain.appraisals.models import AppraisalContest, AppraisalRound, Voice, VoiceAsked
from craftpath.kernel.access import Actor
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.appraisals.world import STARTS, of, office, opened, other, own, shown, taught

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite lets in one writer at a time anyway"
    ),
]


def _both(*deeds: Callable[[], object]) -> list[str]:
    """What each of two threads that begin together hears: "" for a yes, else the code."""
    begin, heard = threading.Barrier(len(deeds)), [""] * len(deeds)

    def act(at: int) -> None:
        try:
            with everywhere("two at once"):
                begin.wait(timeout=20)
                deeds[at]()
        except Refused as refused:
            heard[at] = refused.verdict.reason
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=[at]) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(heard)


def test_one_answer_pressed_twice_counts_once(cast: Cast) -> None:
    with everywhere("a test"):
        taught(cast, 1, 2, decided=False)
        actions.ask_voices(opened(cast), **office(cast))
        rows = VoiceAsked._base_manager.select_related("round__organisation", "enrolment__person")
        row = rows.get(enrolment=cast.enrolments["26001"])
    steps = {"shows": 5, "helps": 5, "respects": 5}
    by = Actor(cast.college, row.enrolment.person)
    assert _both(*[lambda: actions.give_voice(row, steps=steps, by=by, at=AT)] * 2) == ["", ""]
    assert sum(Voice._base_manager.values_list("count", flat=True)) == 3


def test_a_contest_is_upheld_or_rejected_and_not_both(cast: Cast) -> None:
    with everywhere("a test"):
        taught(cast)
        one = of(shown(cast), "师傅001")
        made = actions.contest_appraisal(one, part="continuity", words="请再看", **own(one))
        by = other(cast)
    heard = _both(
        lambda: actions.reject_contest(made, answer="维持", **by),
        lambda: actions.uphold_contest(made, remedy="part_out", answer="成立", **by),
    )
    assert heard == ["", "appraisals.contest_ended"]
    assert AppraisalContest._base_manager.exclude(state="open").count() == 1


def test_a_period_gets_one_round(cast: Cast) -> None:
    def open_() -> object:
        return actions.open_round(cast.college, made_id=uuid.uuid4(), starts_on=STARTS, **by)

    with everywhere("a test"):
        by = office(cast)
        actions.drop_round(opened(cast), **by)  # the scheme is written down
    assert _both(open_, open_) == ["", "appraisals.round_already"]
    assert AppraisalRound._base_manager.exclude(state="dropped").count() == 1
