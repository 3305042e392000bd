"""A change asked for in private: who asks, who reads, and that nobody else ever hears of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db.utils import IntegrityError
from django.utils import timezone

from craftpath.domain.pairing.actions import (
    ask_for_change,
    dissolve_pair,
    see_wish,
    settle_wish,
    withdraw_wish,
)
from craftpath.domain.pairing.models import ChangeWish, Pair
from craftpath.kernel.access import Actor, join
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere, looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import formed, of, refused, somebody

pytestmark = pytest.mark.usefixtures("all_rows")
WORDS = "师傅总是不在。"


def asked(cast: Cast) -> tuple[Pair, ChangeWish]:
    pair = formed(cast, of(cast, "26001", cast.people["mentor"]))
    row = ask_for_change(pair, wish="another_teacher", words=WORDS, by=cast.actor("apprentice"), at=AT)
    return pair, row


def test_who_learns_asks_and_the_same_again_is_one_wish(cast: Cast) -> None:
    pair, row = asked(cast)
    assert (row.state, row.organisation, row.words) == ("asked", cast.college, WORDS)
    again = ask_for_change(pair, wish="another_teacher", words=WORDS, by=cast.actor("apprentice"), at=AT)
    assert again.pk == row.pk
    with refused("pairing.wish_open"):
        ask_for_change(pair, wish="other_times", by=cast.actor("apprentice"), at=AT)
    with pytest.raises(IntegrityError):
        ChangeWish.objects.create(
            pair=pair, person=row.person, organisation=cast.college, wish="talk_first", asked_at=AT
        )


def test_nobody_else_asks_and_what_is_asked_is_known(cast: Cast) -> None:
    pair = formed(cast, of(cast, "26001", cast.people["mentor"]))
    for who, place in [("coordinator", None), ("mentor", cast.jinheng), ("classmate", None)]:
        with refused("pairing.only_who_learns"):
            ask_for_change(pair, wish="talk_first", by=cast.actor(who, place), at=AT)
    with refused("pairing.wish_unknown"):
        ask_for_change(pair, wish="more_money", by=cast.actor("apprentice"), at=AT)
    with refused("pairing.wish_too_long"):
        ask_for_change(pair, wish="talk_first", words="x" * 501, by=cast.actor("apprentice"), at=AT)


def test_the_college_reads_and_answers(cast: Cast) -> None:
    _, row = asked(cast)
    by = cast.actor("coordinator")
    assert see_wish(row, by=by, at=AT).state == "seen"
    assert see_wish(row, by=by, at=AT).state == "seen"
    with refused("pairing.no_answer"):
        settle_wish(row, answer="  ", by=by, at=AT)
    assert settle_wish(row, answer="下周换师傅。", by=by, at=AT).state == "settled"
    assert settle_wish(row, answer="下周换师傅。", by=by, at=AT).answered_by == cast.people["coordinator"]
    with refused("flow.not_now"):
        withdraw_wish(row, by=cast.actor("apprentice"), at=AT)
    assert AuditEntry.objects.filter(fact="pairing.change_settled").count() == 1


def test_whoever_asked_takes_it_back(cast: Cast) -> None:
    pair, row = asked(cast)
    with refused("pairing.wish_not_yours"):
        withdraw_wish(row, by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        assert withdraw_wish(row, by=cast.actor("apprentice"), at=AT).state == "withdrawn"
    assert ask_for_change(pair, wish="talk_first", by=cast.actor("apprentice"), at=AT).pk != row.pk


def test_no_teacher_no_enterprise_and_no_stranger_sees_or_settles_it(cast: Cast) -> None:
    _, row = asked(cast)
    for who, place in [("mentor", cast.jinheng), ("hr", cast.jinheng), ("stranger", cast.neighbour),
                       ("classmate", None)]:  # fmt: skip
        actor = cast.actor(who, place)
        with looking_for(actor.scope):
            assert not ChangeWish.objects.exists()
        with pytest.raises(Exception, match="pairing.wish_not_yours|kernel.role_lacks|kernel.belongs"):
            settle_wish(row, answer="x", by=actor, at=AT)
    for who in ("coordinator", "apprentice"):
        with looking_for(cast.actor(who).scope):
            assert ChangeWish.objects.get() == row


def test_a_coordinator_who_teaches_in_the_pair_is_the_teacher(cast: Cast) -> None:
    join([cast.people["mentor"]], cast.college, Role.COORDINATOR, on=TODAY)
    _, row = asked(cast)
    teacher = cast.actor("mentor")
    with looking_for(teacher.scope):
        assert not ChangeWish.objects.exists()
    with refused("pairing.wish_not_yours"):
        see_wish(row, by=teacher, at=AT)
    assert cast.people["mentor"].pk not in told(cast)


def told(cast: Cast) -> set[int]:
    with everywhere("a test asks for everybody"):
        rows = KINDS["pairing.wish"].find(Asked(timezone.now(), TODAY))
        return {row[3] for row in rows}


def test_history_holds_no_word_and_no_place(cast: Cast) -> None:
    pair, row = asked(cast)
    see_wish(row, by=cast.actor("coordinator"), at=AT)
    entries = AuditEntry.objects.filter(fact__startswith="pairing.change_")
    assert {entry.organisation for entry in entries} == {None}
    kept = json.dumps([[entry.payload, entry.subject] for entry in entries], ensure_ascii=False)
    assert WORDS not in kept
    assert pair.public_id not in kept


def test_only_the_office_is_reminded_until_it_has_read(cast: Cast) -> None:
    _, row = asked(cast)
    offices = {cast.people["coordinator"].pk, cast.people["administrator"].pk}
    assert told(cast) == offices
    assert KINDS["pairing.wish"].others == frozenset()
    see_wish(row, by=cast.actor("coordinator"), at=AT)
    assert told(cast) == set()


def test_an_objection_ends_a_pair_within_its_days(cast: Cast) -> None:
    teacher = somebody("孙师傅")
    pair = formed(cast, of(cast, "26005", teacher), on=TODAY - timedelta(days=3))
    with refused("pairing.not_in_it"):
        dissolve_pair(pair, because="x", by=cast.actor("apprentice"), at=AT)
    own = Actor(cast.jinheng, teacher)
    with refused("pairing.no_reason"):
        dissolve_pair(pair, because=" ", by=own, at=AT)
    assert dissolve_pair(pair, because="不合适", by=own, at=AT).state == "dissolved"
    assert pair.bonds.get().ends_on == TODAY
    old = formed(cast, of(cast, "26005", teacher), on=TODAY, kind="master_apprentice")
    with refused("pairing.objection_over"):
        dissolve_pair(old, because="不合适", by=own, at=AT + timedelta(days=31))
    assert Person.objects.filter(pk=teacher.pk).exists()
