"""What people do about it: acts, what came of them, corrections; each action, each state, each refusal."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.domain.support import actions, rules
from craftpath.domain.support.duties import acts_to_look_at, answers_to_read, corrections_to_answer
from craftpath.domain.support.models import Act, Correction, Look, Sign
from craftpath.domain.support.queries import record_at
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.support.world import look, look_of, office, refused, signs, wrote

pytestmark = pytest.mark.usefixtures("all_rows")
SOON = TODAY + timedelta(days=14)


@pytest.fixture
def row(cast: Cast) -> Enrolment:
    """Somebody without a mentor, at whom everybody has looked."""
    look()
    return Enrolment.objects.select_related("cohort__organisation", "person").get(number="26005")


def helped(cast: Cast, row: Enrolment, **instead: Any) -> Act:
    values = {
        "kind": "talk",
        "words": "聊了聊",
        "look_on": SOON,
        "made_id": uuid.uuid4(),
        "by": office(cast),
        "at": AT,
    }
    return actions.act_on(row, **values | instead)


def own_sign(cast: Cast) -> Sign:
    """Something that is said of the apprentice of the cast."""
    wrote(cast.enrolments["26002"], TODAY - timedelta(days=1))
    look()
    return Sign.objects.get(enrolment=cast.enrolments["26001"], rule="silent")


def test_an_act_is_kept_with_what_stood_then_and_the_signs_weigh_nothing(cast: Cast, row: Enrolment) -> None:
    made = helped(cast, row)
    assert (made.state, made.reasons, made.by) == ("open", ["mentorless"], cast.people["coordinator"])
    assert signs(cast, "26005") == {"mentorless": "acted"}
    kept = look_of(cast, "26005")
    assert (kept.weight, kept.next_act, kept.reasons[0][2]) == (0, "", 0)
    look()  # and at night it stays so
    assert look_of(cast, "26005").weight == 0


def test_nothing_happens_to_the_apprenticeship(cast: Cast, row: Enrolment) -> None:
    before = Enrolment.objects.filter(pk=row.pk).values().get()
    made = helped(cast, row)
    actions.look_at_act(made, outcome="worse", by=office(cast), at=AT)
    assert Enrolment.objects.filter(pk=row.pk).values().get() == before


def test_the_same_name_is_the_same_record(cast: Cast, row: Enrolment) -> None:
    name = uuid.uuid4()
    assert helped(cast, row, made_id=name).pk == helped(cast, row, made_id=name, words="又一次").pk
    assert Act.objects.count() == 1


@pytest.mark.parametrize(
    ("instead", "reason"),
    [
        ({"kind": "expel"}, "support.kind_unknown"),
        ({"kind": "fail"}, "support.kind_unknown"),
        ({"kind": "nothing", "words": "  "}, "support.say_why_nothing"),
        ({"words": "x" * 1001}, "support.too_long"),
        ({"look_on": TODAY}, "support.look_on_unclear"),
        ({"look_on": TODAY + timedelta(days=181)}, "support.look_on_unclear"),
    ],
)
def test_what_cannot_be_recorded(cast: Cast, row: Enrolment, instead: dict[str, Any], reason: str) -> None:
    with refused(reason):
        helped(cast, row, **instead)
    assert not Act.objects.exists()
    assert look_of(cast, "26005").weight == 40


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("hr", "kernel.role_lacks"), ("officer", "kernel.role_lacks"), ("auditor", "kernel.role_lacks"),
        ("administrator", "kernel.role_lacks"), ("assessor", "kernel.role_lacks"),
    ],
)  # fmt: skip
def test_who_has_no_part_in_it(cast: Cast, row: Enrolment, who: str, reason: str) -> None:
    place = {"hr": cast.jinheng, "officer": cast.city, "auditor": cast.city}.get(who, cast.college)
    with refused(reason):
        helped(cast, row, by=cast.actor(who, place))


def test_a_stranger_and_the_apprentice_do_not_act(cast: Cast, row: Enrolment) -> None:
    with refused("support.not_yours"):
        helped(cast, row, by=cast.actor("stranger", cast.neighbour))
    own = Enrolment.objects.select_related("cohort__organisation").get(number="26001")
    with refused("support.not_yours"):
        helped(cast, own, by=cast.actor("apprentice"))


def test_a_mentor_acts_for_the_own_apprentice_and_for_no_other(cast: Cast, row: Enrolment) -> None:
    mentor = cast.actor("mentor", cast.jinheng)
    own = Enrolment.objects.select_related("cohort__organisation").get(number="26001")
    assert helped(cast, own, by=mentor).by == mentor.person
    with refused("support.not_yours"):
        helped(cast, row, by=mentor)


def test_better_stays_quiet_and_as_before_speaks_again(cast: Cast, row: Enrolment) -> None:
    made = helped(cast, row)
    done = actions.look_at_act(made, outcome="better", by=office(cast), at=AT)
    assert (done.state, done.outcome, done.looked_by) == ("looked", "better", cast.people["coordinator"])
    assert signs(cast, "26005") == {"mentorless": "acted"}
    again = helped(cast, row)
    actions.look_at_act(again, outcome="same", by=office(cast), at=AT)
    assert signs(cast, "26005") == {"mentorless": "given"}
    assert look_of(cast, "26005").weight == 40


def test_it_is_looked_at_once_and_with_a_word_that_is_known(cast: Cast, row: Enrolment) -> None:
    made = helped(cast, row)
    with refused("support.outcome_unknown"):
        actions.look_at_act(made, outcome="expelled", by=office(cast), at=AT)
    actions.look_at_act(made, outcome="better", by=office(cast), at=AT)
    with refused("support.looked_already"):
        actions.look_at_act(made, outcome="worse", by=office(cast), at=AT)


def test_whoever_wrote_it_takes_it_back_and_the_sign_speaks_again(cast: Cast, row: Enrolment) -> None:
    made = helped(cast, row)
    with refused("support.others_act"):
        actions.take_back_act(made, by=cast.actor("trainer"), at=AT)
    gone = actions.take_back_act(made, by=office(cast), at=AT)
    assert (gone.state, gone.words) == ("taken_back", "")
    assert signs(cast, "26005") == {"mentorless": "given"}
    with refused("flow.not_now"):
        actions.take_back_act(made, by=office(cast), at=AT)
    assert record_at(cast.college, AT).acts == 0


def test_signs_are_renewed_only_where_somebody_acted(cast: Cast, row: Enrolment) -> None:
    assert actions.renew_signs(row, by=office(cast), at=AT) == 0
    helped(cast, row)
    assert actions.renew_signs(row, by=office(cast), at=AT) == 1


def test_after_the_end_nothing_is_recorded(cast: Cast, row: Enrolment) -> None:
    Enrolment.objects.filter(pk=row.pk).update(state="ended", ended_on=TODAY)
    row.refresh_from_db()
    with refused("support.not_active"):
        helped(cast, row)


def test_what_is_not_so_is_said_answered_and_read(cast: Cast) -> None:
    sign = own_sign(cast)
    asked = actions.ask_correction(sign, words=" 我在外地培训 ", by=cast.actor("apprentice"), at=AT)
    assert (asked.state, asked.words) == ("asked", "我在外地培训")
    assert [one["duty_subject"] for one in corrections_to_answer(Asked(AT, TODAY))] == [asked.public_id]
    done = actions.uphold_correction(asked, answer="确实如此", by=office(cast), at=AT)
    assert (done.state, done.answered_by) == ("upheld", cast.people["coordinator"])
    sign.refresh_from_db()
    assert sign.state == "corrected"
    assert "silent" not in {code for code, *_ in look_of(cast, "26001").reasons}
    assert not corrections_to_answer(Asked(AT, TODAY))
    assert [one["duty_who"] for one in answers_to_read(Asked(AT, TODAY))] == [cast.people["apprentice"].pk]
    actions.read_answer(done, by=cast.actor("apprentice"), at=AT)
    assert not answers_to_read(Asked(AT, TODAY))


def test_what_was_set_right_is_silent_until_it_was_once_otherwise(cast: Cast) -> None:
    sign = own_sign(cast)
    actions.correct_sign(sign, by=office(cast), at=AT)
    look(AT + timedelta(days=1))
    assert signs(cast, "26001") == {"silent": "corrected"}
    assert "silent" not in {code for code, *_ in look_of(cast, "26001").reasons}
    wrote(cast.enrolments["26001"], TODAY + timedelta(days=1))
    look(AT + timedelta(days=2))
    assert Sign.objects.get(pk=sign.pk).ended_at == AT + timedelta(days=2)
    wrote(cast.enrolments["26002"], TODAY + timedelta(days=29))
    look(AT + timedelta(days=30))  # and a month later it may speak again
    assert list(
        Sign.objects.filter(enrolment=cast.enrolments["26001"], rule="silent")
        .order_by("pk")
        .values_list("state")
    ) == [("corrected",), ("given",)]


def test_it_may_stay_as_it_is_with_a_reason(cast: Cast) -> None:
    asked = actions.ask_correction(own_sign(cast), words="不对", by=cast.actor("apprentice"), at=AT)
    with refused("support.no_words"):
        actions.reject_correction(asked, answer=" ", by=office(cast), at=AT)
    done = actions.reject_correction(asked, answer="日志里没有记录", by=office(cast), at=AT)
    assert done.state == "rejected"
    assert signs(cast, "26001") == {"silent": "given"}
    with refused("flow.not_now"):
        actions.uphold_correction(asked, answer="改主意了", by=office(cast), at=AT)


def test_only_the_apprentice_asks_and_once_at_a_time(cast: Cast) -> None:
    sign = own_sign(cast)
    for who in ("classmate", "coordinator", "trainer"):
        with refused("support.not_yours"):
            actions.ask_correction(sign, words="不对", by=cast.actor(who), at=AT)
    mine = cast.actor("apprentice")
    with refused("support.no_words"):
        actions.ask_correction(sign, words="", by=mine, at=AT)
    with refused("support.too_long"):
        actions.ask_correction(sign, words="长" * 1001, by=mine, at=AT)
    asked = actions.ask_correction(sign, words="不对", by=mine, at=AT)
    with refused("support.asked_already"):
        actions.ask_correction(sign, words="不对", by=mine, at=AT)
    assert actions.withdraw_correction(asked, by=mine, at=AT).state == "withdrawn"
    with refused("support.not_yours"):
        actions.withdraw_correction(asked, by=office(cast), at=AT)
    actions.ask_correction(sign, words="不对", by=mine, at=AT)


def test_only_whoever_runs_support_answers_and_never_about_oneself(cast: Cast) -> None:
    sign = own_sign(cast)
    asked = actions.ask_correction(sign, words="不对", by=cast.actor("apprentice"), at=AT)
    for who in ("trainer", "administrator"):
        with refused("kernel.role_lacks"):
            actions.uphold_correction(asked, answer="好", by=cast.actor(who), at=AT)
        with refused("kernel.role_lacks"):
            actions.correct_sign(sign, by=cast.actor(who), at=AT)
    with refused("support.own"):
        actions.uphold_correction(asked, answer="好", by=cast.actor("apprentice"), at=AT)


def test_a_correction_ends_with_its_sign(cast: Cast) -> None:
    sign = own_sign(cast)
    asked = actions.ask_correction(sign, words="不对", by=cast.actor("apprentice"), at=AT)
    wrote(cast.enrolments["26001"], TODAY)
    look(AT + timedelta(days=1))
    asked.refresh_from_db()
    assert asked.state == "lapsed"
    with refused("support.sign_over"):
        actions.ask_correction(sign, words="不对", by=cast.actor("apprentice"), at=AT)
    with refused("kernel.role_own"):
        actions.lapse_corrections([sign.pk], by=office(cast), at=AT)


def test_what_came_of_it_is_asked_of_whoever_did_it(cast: Cast, row: Enrolment) -> None:
    made = helped(cast, row)
    [duty] = acts_to_look_at(Asked(AT, TODAY))
    assert (duty["duty_subject"], duty["duty_anchor"], duty["duty_who"]) == (
        made.public_id, SOON, cast.people["coordinator"].pk,
    )  # fmt: skip
    actions.look_at_act(made, outcome="better", by=office(cast), at=AT)
    assert not acts_to_look_at(Asked(AT, TODAY))


def test_no_organisation_s_history_tells_of_it(cast: Cast, row: Enrolment) -> None:
    helped(cast, row)
    [entry] = AuditEntry.objects.filter(fact__startswith="support.")
    assert (entry.fact, entry.organisation) == ("support.help_recorded", None)
    assert "聊" not in str(entry.payload)


def test_two_years_after_the_end_it_is_forgotten(cast: Cast, row: Enrolment) -> None:
    helped(cast, row)
    other = own_sign(cast)
    Enrolment.objects.filter(pk=row.pk).update(state="ended", ended_on=TODAY)
    later = AT + rules.KEPT
    assert actions.forget_support(by=system(), at=later) == 0
    assert actions.forget_support(by=system(), at=later + timedelta(days=1)) > 0
    assert not Act.objects.filter(enrolment=row).exists()
    assert not Sign.objects.filter(enrolment=row).exists()
    assert not Look.objects.filter(enrolment=row).exists()
    assert Sign.objects.filter(pk=other.pk).exists()
    with refused("kernel.role_own"):
        actions.forget_support(by=office(cast), at=later)


def test_the_record_counts_people_and_what_it_missed(cast: Cast, row: Enrolment) -> None:
    """One of two who had a sign half a year ago left within the half year; a third left without one."""
    ago = AT - timedelta(days=200)
    Sign.objects.all().delete()
    for number in ("26001", "26002"):
        Sign.objects.create(
            enrolment=cast.enrolments[number], rule="silent", value=4, points=40, rules="x", given_at=ago
        )
    for number, days in (("26001", 150), ("26003", 100)):
        Enrolment.objects.filter(number=number).update(
            state="ended", ended_on=TODAY - timedelta(days=days), ended_because="not_suited"
        )
    Enrolment.objects.filter(number="26004").update(
        state="ended", ended_on=TODAY - timedelta(days=9), ended_because="completed"
    )
    found = record_at(cast.college, AT)
    assert (found.precision.count, found.precision.n) == (1, 2)
    assert (found.recall.count, found.recall.n) == (1, 2)


def test_mentors_change_and_with_them_who_may_see(cast: Cast, row: Enrolment) -> None:
    mentor = cast.actor("mentor", cast.jinheng)
    assert not rules.may_see(mentor, row)
    EnrolmentParty.objects.create(enrolment=row, person=mentor.person, role="mentor", starts_on=TODAY)
    assert rules.may_see(mentor, row)
    assert Person.objects.filter(pk=mentor.person.pk).exists()
    assert not Correction.objects.exists()
