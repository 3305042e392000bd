"""Requests about one's own data: who asks, who answers, by when, and what a deletion leaves."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from craftpath.delivery.jobs.housekeeping import erase_when_due
from craftpath.domain.protection import actions
from craftpath.domain.protection.holds import holds_on
from craftpath.domain.protection.models import DataRequest
from craftpath.kernel.access import Actor, Membership
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.clients import Client, make_own_client
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.protection.world import asked, ended

pytestmark = pytest.mark.usefixtures("all_rows")


def reason(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.verdict.reason


def test_it_is_answered_within_fifteen_workdays(cast: Cast) -> None:
    row = asked(cast, "see")
    assert row.state == "asked"
    assert AT.date() == date(2026, 9, 14)
    # 25 September and the first week of October are free, two Saturdays are worked; see the official days of China.
    assert row.due_on > TODAY + timedelta(days=20)
    assert row.due_on <= TODAY + timedelta(days=31)


def test_the_same_form_twice_is_one_request(cast: Cast) -> None:
    made, person = uuid.uuid4(), Actor(organisation=None, person=cast.people["apprentice"])
    for _ in range(2):
        actions.ask_about_data(cast.college, "copy", "", made_id=made, by=person, at=AT)
    assert DataRequest._base_manager.count() == 1


def test_of_a_kind_one_is_open_at_a_time(cast: Cast) -> None:
    asked(cast, "copy")
    with pytest.raises(Refused) as caught:
        asked(cast, "copy")
    assert reason(caught) == "protection.asked_already"
    asked(cast, "see")


@pytest.mark.parametrize(
    ("kind", "words", "why"),
    [
        ("correct", "  ", "protection.say_something"),
        ("object", "", "protection.say_something"),
        ("see", "x" * 1001, "protection.too_long"),
        ("forget", "", "protection.kind_unknown"),
    ],
)
def test_what_is_asked_is_said(cast: Cast, kind: str, words: str, why: str) -> None:
    with pytest.raises(Refused) as caught:
        asked(cast, kind, words)
    assert reason(caught) == why
    assert not DataRequest._base_manager.exists()


def test_a_program_asks_and_answers_nothing(cast: Cast) -> None:
    make_own_client(
        cast.college,
        expires_at=AT + timedelta(days=9),
        name="x",
        scopes=["read"],
        by=Actor(organisation=None, person=cast.people["apprentice"]),
        at=AT,
    )
    client = Client._base_manager.get()
    by = Actor(organisation=None, person=cast.people["apprentice"], client=client)
    with pytest.raises(Refused) as caught:
        actions.ask_about_data(cast.college, "see", "", made_id=uuid.uuid4(), by=by, at=AT)
    assert reason(caught) == "protection.not_yours"


def test_the_office_answers_and_nobody_the_own_one(cast: Cast) -> None:
    row = asked(cast, "explain", "为什么？")
    for who in ("coordinator", "trainer"):
        with pytest.raises(Refused):
            actions.answer_request(row, "因为", by=cast.actor(who), at=AT)
    own = asked(cast, "see", who="administrator")
    with pytest.raises(Refused) as caught:
        actions.answer_request(own, "因为", by=cast.actor("administrator"), at=AT)
    assert reason(caught) == "protection.own"
    row = actions.answer_request(row, " 三项相加。 ", by=cast.actor("administrator"), at=AT)
    assert (row.state, row.answer, row.answered_by) == (
        "answered",
        "三项相加。",
        cast.people["administrator"],
    )
    with pytest.raises(Refused):
        actions.refuse_request(row, "晚了", by=cast.actor("administrator"), at=AT)


def test_it_is_taken_back_by_whoever_asked(cast: Cast) -> None:
    row = asked(cast, "see")
    with pytest.raises(Refused):
        actions.withdraw_request(row, by=Actor(organisation=None, person=cast.people["mentor"]), at=AT)
    me = Actor(organisation=None, person=cast.people["apprentice"])
    for _ in range(2):
        assert actions.withdraw_request(row, by=me, at=AT).state == "withdrawn"
    assert AuditEntry.objects.filter(fact="protection.withdrawn").count() == 1


def test_words_alone_answer_no_deletion(cast: Cast) -> None:
    row = asked(cast, "delete")
    with pytest.raises(Refused) as caught:
        actions.answer_request(row, "好", by=cast.actor("administrator"), at=AT)
    assert reason(caught) == "protection.erase_or_say_why"


def test_nobody_is_erased_while_the_apprenticeship_runs(cast: Cast) -> None:
    row = asked(cast, "delete")
    for act in (actions.erase_for, actions.lock_person):
        with pytest.raises(Refused) as caught:
            act(row, by=cast.actor("administrator"), at=AT)
        assert reason(caught) == "protection.apprenticeship_runs"
    assert Person.objects.get(pk=cast.people["apprentice"].pk).is_active


def test_nobody_with_a_role_of_an_office_is_erased(cast: Cast) -> None:
    row = asked(cast, "delete", who="trainer")
    with pytest.raises(Refused) as caught:
        actions.erase_for(row, by=cast.actor("administrator"), at=AT)
    assert reason(caught) == "protection.has_a_role"


def test_while_the_record_is_kept_one_is_locked_and_erased_by_itself_on_the_day(cast: Cast) -> None:
    row = asked(cast, "delete")
    ended(cast, 100)
    with pytest.raises(Refused) as caught:
        actions.erase_for(row, by=cast.actor("administrator"), at=AT)
    assert reason(caught) == "protection.record_kept"
    row = actions.lock_person(row, by=cast.actor("administrator"), at=AT)
    free = TODAY - timedelta(days=100) + timedelta(days=3 * 365)
    assert (row.state, row.hold, row.locked_until) == ("locked", "protection.record_kept", free)
    person = Person.objects.get(pk=cast.people["apprentice"].pk)
    assert not person.is_active
    assert person.name == cast.people["apprentice"].name  # kept, out of use
    assert erase_when_due(AT + timedelta(days=30)) == 0
    assert erase_when_due(AT + (free - TODAY)) == 1
    person.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, person.name, person.email) == ("erased", "—", None)
    assert erase_when_due(AT + (free - TODAY)) == 0


def test_whoever_has_nothing_to_keep_is_not_locked(cast: Cast) -> None:
    row = asked(cast, "delete")
    ended(cast, 4000)
    with pytest.raises(Refused) as caught:
        actions.lock_person(row, by=cast.actor("administrator"), at=AT)
    assert reason(caught) == "protection.nothing_holds"


def test_what_is_erased_has_no_name_no_sign_in_and_no_role(cast: Cast) -> None:
    person, name = cast.people["apprentice"], cast.people["apprentice"].name
    make_own_client(
        cast.college,
        expires_at=AT + timedelta(days=9),
        name="x",
        scopes=["read"],
        by=Actor(organisation=None, person=person),
        at=AT,
    )
    EmailAddress.objects.create(user=person, email="wu@example.cn", verified=True)
    row = asked(cast, "delete", "请删除")
    ended(cast, 4000)
    assert holds_on(person, TODAY) == []
    row = actions.erase_for(row, by=cast.actor("administrator"), at=AT)
    person.refresh_from_db()
    assert (row.state, row.words) == ("erased", "—")
    assert (person.name, person.phone, person.birth_date, person.is_active) == ("—", "", None, False)
    assert not person.has_usable_password()
    assert person.username.startswith("erased-")
    assert not Membership.objects.filter(person=person, ends_on=None).exists()
    assert not Client._base_manager.filter(person=person, revoked_at=None).exists()
    for model in apps.get_models():  # what libraries keep of somebody
        if not model.__module__.startswith("craftpath"):
            for field in model._meta.concrete_fields:
                if field.related_model is Person:
                    assert not model._base_manager.filter(**{field.name: person}).exists(), model
    told = AuditEntry.objects.get(fact="protection.erased")
    assert told.payload["person"] == person.public_id
    assert name not in str(told.payload)
    assert actions.erase_for(row, by=cast.actor("administrator"), at=AT).state == "erased"
    assert AuditEntry.objects.filter(fact="protection.erased").count() == 1
