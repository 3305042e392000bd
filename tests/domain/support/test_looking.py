"""Looks and signs: what the rules say of facts, kept current, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import end_enrolments
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.domain.apprenticeships.noticed import Among
from craftpath.domain.logbook.models import Entry
from craftpath.domain.support import actions
from craftpath.domain.support.models import Look, Sign
from craftpath.domain.support.queries import need_of
from craftpath.domain.support.ruling import RULES, VERSION
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.support.world import EVERYBODY, look, look_of, office, reasons, refused, signs, wrote

pytestmark = pytest.mark.usefixtures("all_rows")


def test_everybody_in_training_is_looked_at(cast: Cast) -> None:
    assert look() == 5
    assert Look.objects.count() == 5
    assert look_of(cast, "26001").looked_at == AT


def test_whoever_has_no_mentor_stands_first_and_the_next_act_is_the_house_s(cast: Cast) -> None:
    look()
    days = (TODAY - cast.enrolments["26005"].starts_on).days
    assert reasons(cast, "26005")["mentorless"] == (days, 40)
    need = need_of([row.pk for row in cast.enrolments.values()])
    assert max(need.values(), key=lambda one: one.weight).enrolment == cast.enrolments["26005"].pk
    assert need[cast.enrolments["26005"].pk].next_act == "find_mentor"


def test_need_is_one_query_however_many(cast: Cast) -> None:
    look()
    for few in (1, 5):
        ids = [row.pk for row in cast.enrolments.values()][:few]
        with CaptureQueriesContext(connection) as seen:
            assert len(need_of(ids)) == few
        assert len(seen) == 1


def test_where_nobody_keeps_a_log_nobody_is_silent(cast: Cast) -> None:
    look()
    assert look_of(cast, "26001").figures["silent_weeks"] is None
    assert "silent" not in reasons(cast, "26001")


def test_silence_is_counted_in_whole_weeks_and_ends_with_a_word(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY - timedelta(days=1))
    wrote(cast.enrolments["26002"], TODAY - timedelta(days=13))
    wrote(cast.enrolments["26003"], TODAY - timedelta(days=14))
    look()
    assert {n: reasons(cast, n).get("silent") for n in ("26001", "26002", "26003")} == {
        "26001": None, "26002": None, "26003": (2, 20),
    }  # fmt: skip
    assert reasons(cast, "26004")["silent"] == (8, 40)  # nothing at all in eight weeks
    wrote(cast.enrolments["26004"], TODAY)
    look(AT + timedelta(hours=12))
    assert "silent" not in reasons(cast, "26004")
    assert signs(cast, "26004")["silent"] == "lapsed"


def test_a_draft_is_no_word_and_its_text_is_nobody_s_business(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY - timedelta(days=1))
    row = wrote(cast.enrolments["26002"], TODAY - timedelta(days=1))
    Entry.objects.filter(pk=row.pk).update(
        state="draft", first_submitted_at=None, submitted_at=None, confirmed_by=None, confirmed_at=None
    )
    with CaptureQueriesContext(connection) as seen:
        look()
    assert reasons(cast, "26002")["silent"] == (8, 40)
    assert not any('"logbook_entry"."text"' in query["sql"] for query in seen)


def test_what_waits_for_the_mentor_is_the_house_s(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY - timedelta(days=9), answered=False)
    wrote(cast.enrolments["26001"], TODAY)
    look()
    assert reasons(cast, "26001")["waiting"] == (8, 10)  # handed in at six in the evening of the ninth day
    assert look_of(cast, "26001").next_act == "answer_log"


def test_whoever_began_so_lately_is_asked_for_nothing_yet(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY)
    Enrolment.objects.filter(number="26005").update(starts_on=TODAY - timedelta(days=13))
    look()
    assert "mentorless" not in reasons(cast, "26005")
    assert "silent" not in reasons(cast, "26005")


def test_marks_under_the_line_so_far_speak_once_enough_is_in(cast: Cast) -> None:
    from craftpath.domain.evaluation.models import Result

    Result.objects.filter(enrolment=cast.enrolments["26002"]).update(
        to_date="15", open="70", complete=False, total=None, passed=None
    )
    look()
    assert reasons(cast, "26002")["marks"] == (100, 40)  # 50 of 100 so far against 60
    Result.objects.filter(enrolment=cast.enrolments["26002"]).update(to_date="14", open="71")
    look()
    assert "marks" not in reasons(cast, "26002")


def test_a_sign_keeps_what_it_rested_on_and_by_which_rules(cast: Cast) -> None:
    look()
    [row] = Sign.objects.filter(enrolment=cast.enrolments["26005"], rule="mentorless")
    assert (row.state, row.given_at, row.rules, row.figures["mentorless_days"]) == (
        "given", AT, VERSION, row.value,
    )  # fmt: skip
    look(AT + timedelta(days=3))
    row.refresh_from_db()
    assert (row.given_at, row.state) == (AT, "given")  # once, as it was said
    assert Sign.objects.filter(enrolment=cast.enrolments["26005"], rule="mentorless").count() == 1


def test_looking_twice_changes_nothing(cast: Cast) -> None:
    look()
    before = list(Look.objects.order_by("pk").values()), list(Sign.objects.order_by("pk").values())
    look()
    assert (list(Look.objects.order_by("pk").values()), list(Sign.objects.order_by("pk").values())) == before


def test_one_and_all_say_the_same(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY - timedelta(days=20))
    look()
    together = list(Look.objects.order_by("pk").values())
    Look.objects.all().delete()
    Sign.objects.all().delete()
    for row in cast.enrolments.values():
        actions.look_again([row.pk], by=system(), at=AT)
    assert list(Look.objects.order_by("pk").values()) == together


def test_a_night_in_portions_says_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from craftpath.domain.support import looking

    look()
    together = list(Look.objects.order_by("pk").values())
    Look.objects.all().delete()
    Sign.objects.all().delete()
    monkeypatch.setattr(looking, "A_PORTION", 2)
    assert actions.look_at_everybody(by=system(), at=AT) == 5
    assert list(Look.objects.order_by("pk").values()) == together


def test_the_number_of_queries_does_not_grow_with_the_people(cast: Cast) -> None:
    wrote(cast.enrolments["26001"], TODAY)
    look()

    def asked(among: Among) -> int:
        with CaptureQueriesContext(connection) as seen:
            actions.look_again(among, by=system(), at=AT)
        return len(seen)

    assert asked(Among.of([cast.enrolments["26005"].pk])) == asked(EVERYBODY)


def test_whoever_has_ended_is_looked_at_no_more(cast: Cast) -> None:
    look()
    end_enrolments([cast.enrolments["26005"]], because="not_suited", on=TODAY, by=office(cast), at=AT)
    look()
    assert not Look.objects.filter(pk=cast.enrolments["26005"].pk).exists()
    assert set(signs(cast, "26005").values()) == {"lapsed"}
    assert Enrolment.objects.get(number="26004").state == "active"  # and nobody else is moved


def test_only_the_program_looks(cast: Cast) -> None:
    for who in ("coordinator", "administrator", "trainer"):
        with refused("kernel.role_own"):
            actions.look_again([1], by=cast.actor(who), at=AT)
        with refused("kernel.role_own"):
            actions.lapse_signs([1], by=cast.actor(who), at=AT)


def test_a_fact_is_heard_at_once(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    from craftpath.domain.support.reactions import on_parties_appointed
    from craftpath.kernel.facts import FACTS, Told

    look()
    row = cast.enrolments["26005"]
    EnrolmentParty.objects.create(
        enrolment=row, person=Person.objects.get(name="吴海燕"), role="mentor", starts_on=TODAY
    )
    fact = FACTS["apprenticeships.parties_appointed"](enrolments=[row.public_id], person="x", role="mentor")
    on_parties_appointed(Told(fact, AuditEntry(at=AT, organisation=cast.college)))
    assert "mentorless" not in reasons(cast, "26005")


def test_no_rule_is_silent_about_whose_it_is() -> None:
    from craftpath.domain.support.models import RULES as KNOWN
    from craftpath.domain.support.ruling import NEXT, WHOSE
    from craftpath.domain.support.texts import NEXT_ACTS, UNITS
    from craftpath.domain.support.texts import RULES as TEXTS

    codes = {rule.code for rule in RULES} | {"pattern"}
    assert set(KNOWN) == codes == set(WHOSE) == set(NEXT) == set(TEXTS) == set(UNITS)
    assert set(NEXT.values()) <= set(NEXT_ACTS)
