"""Sharing rules: written, offered, accepted, replaced, revoked; what cannot stand; who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.domain.partnership.actions import end_cooperation
from craftpath.domain.sharing import actions, queries
from craftpath.domain.sharing.duties import rules_that_end, rules_to_answer
from craftpath.domain.sharing.models import SharingRule
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain import hearing
from tests.domain.sharing.world import agreement, drafted, in_force, offered, office, terms

DAY = timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_a_rule_is_offered_accepted_by_its_hash_and_revoked_by_either_side(cast: Cast) -> None:
    row = offered(cast)
    assert queries.standing(row, TODAY).verdict.reason == "sharing.not_accepted"
    with pytest.raises(Refused, match=r"sharing.text_changed"):
        actions.accept_rule(row, seen="0" * 64, by=office(cast), at=AT)
    row = actions.accept_rule(row, seen=row.sha256, by=office(cast), at=AT)
    assert queries.standing(row, TODAY).verdict
    with pytest.raises(Refused, match=r"sharing.reason_unsaid"):
        actions.revoke_rule(row, because="  ", by=office(cast), at=AT)
    row = actions.revoke_rule(row, because="项目结束", by=office(cast), at=AT)
    assert (row.state, row.ended_because) == ("revoked", "项目结束")
    assert queries.standing(row, TODAY).verdict.reason == "sharing.ended"
    with pytest.raises(Refused, match=r"flow.not_now"):
        actions.save_rule(row, terms(cast), by=cast.actor("coordinator"), at=AT)


def test_one_press_more_writes_no_second_draft(cast: Cast) -> None:
    first = drafted(cast)
    assert drafted(cast) == first
    assert drafted(cast, columns=("number",)) != first
    actions.discard_rule(first, by=cast.actor("coordinator"), at=AT)
    assert drafted(cast) != first


def test_what_is_in_force_is_replaced_and_never_edited(cast: Cast) -> None:
    first = in_force(cast)
    by = cast.actor("coordinator")
    with pytest.raises(Refused, match=r"flow.not_now"):
        actions.save_rule(first, terms(cast), by=by, at=AT)
    second = actions.draft_next_version(first, by=by, at=AT)
    with pytest.raises(Refused, match=r"sharing.replaced_already"):
        actions.draft_next_version(first, by=by, at=AT)
    second = actions.save_rule(second, terms(cast, columns=("number",)), by=by, at=AT)
    second = actions.offer_rule(second, by=by, at=AT)
    assert SharingRule.objects.get(pk=first.pk).state == "in_force"
    second = actions.accept_rule(second, seen=second.sha256, by=office(cast), at=AT)
    assert SharingRule.objects.get(pk=first.pk).state == "replaced"
    assert (second.number, second.version, second.columns) == (first.number, 2, ["number"])
    assert second.sha256 != first.sha256


def nexts(cast: Cast, rule: SharingRule, begins: date, **instead: Any) -> SharingRule:
    """The next version, accepted today, which begins on a day."""
    by = cast.actor("coordinator")
    row = actions.draft_next_version(rule, by=by, at=AT)
    row = actions.save_rule(row, terms(cast, starts_on=begins, **instead), by=by, at=AT)
    row = actions.offer_rule(row, by=by, at=AT)
    return actions.accept_rule(row, seen=row.sha256, by=office(cast), at=AT)


def showing(day: date) -> list[int]:
    """The versions that show something on a day."""
    rows = SharingRule.objects.order_by("version")
    return [one.rule.version for one in queries.standings(rows, day) if one.verdict]


def test_the_version_before_holds_until_the_day_on_which_the_next_one_begins(cast: Cast) -> None:
    first, begins = in_force(cast), TODAY + timedelta(days=10)
    second = nexts(cast, first, begins)
    days = [TODAY, begins - DAY, begins, begins + DAY]
    assert [showing(day) for day in days] == [[1], [1], [2], [2]]
    first.refresh_from_db()
    held = queries.standing(first, begins - DAY)
    assert (held.state, held.last) == ("in_force", begins - DAY)
    ended = queries.standing(first, begins)
    assert (ended.state, ended.verdict.reason) == ("replaced", "sharing.next_holds")
    assert queries.standing(second, begins - DAY).state == "not_begun"
    assert AuditEntry.objects.filter(fact="sharing.rule_followed", subject=str(first.ref)).count() == 1
    late = datetime.combine(begins, AT.timetz())
    with pytest.raises(Refused, match=r"sharing.next_holds"):
        actions.look_at_rule(first, lines=1, people=(), by=office(cast), at=late)
    assert queries.showing(begins, [cast.college.path]) == [second]


def test_of_three_versions_never_two_hold_on_one_day(cast: Cast) -> None:
    first = in_force(cast)
    second = nexts(cast, first, TODAY + timedelta(days=20))
    third = nexts(
        cast, second, TODAY + timedelta(days=10)
    )  # before the second one, which therefore never shows
    days = [TODAY + timedelta(days=n) for n in (0, 9, 10, 19, 20, 40)]
    assert [showing(day) for day in days] == [[1], [1], [3], [3], [3], [3]]
    nexts(cast, third, TODAY)
    assert [showing(day) for day in days] == [[4]] * 6


def test_revoking_the_next_version_lengthens_nothing_and_lets_another_be_written(cast: Cast) -> None:
    first, begins = in_force(cast), TODAY + timedelta(days=10)
    second = nexts(cast, first, begins, columns=("number",))
    actions.revoke_rule(second, because="x", by=office(cast), at=AT)
    assert [showing(day) for day in (begins - DAY, begins)] == [[1], []]
    assert list(rules_that_end(Asked(at=AT, today=TODAY))) == [
        (first.public_id, begins - DAY, cast.college.pk, None)
    ]
    nexts(cast, first, begins + DAY)
    assert [showing(day) for day in (begins - DAY, begins, begins + DAY)] == [[1], [], [3]]
    assert list(rules_that_end(Asked(at=AT, today=TODAY))) == []


def test_the_next_version_keeps_its_receiver(cast: Cast) -> None:
    by = cast.actor("coordinator")
    second = actions.draft_next_version(in_force(cast), by=by, at=AT)
    elsewhere = terms(cast, receiver=cast.qinghe, purpose="subsidy_file", basis="law", basis_words="第三条")
    with pytest.raises(Refused, match=r"sharing.other_receiver"):
        actions.save_rule(second, elsewhere, by=by, at=AT)


def test_a_rule_ends_with_its_agreement_though_its_own_day_is_later(cast: Cast) -> None:
    row = in_force(cast)
    later = TODAY + timedelta(days=30)
    assert queries.standing(row, later).verdict
    end_cooperation(agreement(cast), on=later, by=cast.actor("coordinator"), at=AT)
    found = queries.standing(row, later)
    assert (found.verdict.reason, found.state) == ("sharing.basis_over", "over")
    assert found.last == later - timedelta(days=1) < row.ends_on
    assert queries.standing(row, later - timedelta(days=1)).verdict


@pytest.mark.parametrize(
    ("reason", "instead"),
    [
        ("sharing.column_unknown", {"columns": ("number", "birth_date")}),
        ("sharing.column_unknown", {"columns": ()}),
        ("sharing.whom_unclear", {"whom": "all"}),
        ("sharing.cohort_missing", {"cohort": ""}),
        ("sharing.purpose_unknown", {"purpose": "curiosity"}),
        ("sharing.purpose_asks_consent", {"purpose": "training_partner"}),
        ("sharing.purpose_asks_no_consent", {"basis": "consent"}),
        ("sharing.basis_unsaid", {"basis": "law", "basis_words": " "}),
        ("sharing.basis_unsaid", {"basis": "public_interest"}),
        ("sharing.no_agreement", {"agreement": ""}),
        ("sharing.no_agreement", {"agreement": "partnership/cooperation/forged"}),
        ("sharing.no_agreement", {"starts_on": date(2030, 1, 1), "ends_on": date(2030, 2, 1)}),
        ("sharing.outlives_basis", {"ends_on": date(2029, 1, 1)}),
        ("sharing.days_unclear", {"ends_on": TODAY - timedelta(days=1)}),
        ("sharing.too_long", {"ends_on": date(2032, 1, 1)}),
        ("sharing.too_long", {"ends_on": TODAY.replace(year=TODAY.year + 5)}),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused(cast: Cast, reason: str, instead: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=reason):
        drafted(cast, **instead)
    assert not SharingRule.objects.exists()


def test_a_rule_does_not_come_into_force_once_its_agreement_has_ended(cast: Cast) -> None:
    row = offered(cast)
    end_cooperation(agreement(cast), on=TODAY, by=cast.actor("coordinator"), at=AT)
    with pytest.raises(Refused, match=r"sharing.no_agreement"):
        actions.accept_rule(row, seen=row.sha256, by=office(cast), at=AT)


def test_nobody_shares_with_oneself(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"sharing.same_side"):
        drafted(cast, receiver=cast.college)


ACTS: dict[str, Callable[[Cast], Any]] = {
    "the receiver offers": lambda cast: actions.offer_rule(drafted(cast), by=office(cast), at=AT),
    "the giver accepts": lambda cast: _accept(cast, cast.actor("coordinator")),
    "an authority above the giver writes": lambda cast: actions.draft_rule(
        terms(cast), giver=cast.college, by=cast.actor("officer", cast.college), at=AT
    ),
    "another enterprise revokes": lambda cast: actions.revoke_rule(
        in_force(cast), because="x", by=cast.actor("hr", cast.jinheng), at=AT
    ),
    "an authority above the giver looks": lambda cast: actions.look_at_rule(
        in_force(cast), lines=1, people=(), by=cast.actor("officer"), at=AT
    ),
    "the giver looks": lambda cast: actions.look_at_rule(
        in_force(cast), lines=1, people=(), by=cast.actor("coordinator"), at=AT
    ),
    "the partner's mentor looks": lambda cast: actions.look_at_rule(
        in_force(cast), lines=1, people=(), by=office(cast, Role.MENTOR), at=AT
    ),
}


def _accept(cast: Cast, by: Any) -> SharingRule:
    row = offered(cast)
    return actions.accept_rule(row, seen=row.sha256, by=by, at=AT)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_each_side_does_its_own_part_only(cast: Cast, act: Callable[[Cast], Any]) -> None:
    with pytest.raises(Refused) as refused:
        act(cast)
    assert refused.value.verdict.who


def test_a_look_is_noted_with_everybody_whose_line_it_shows(cast: Cast) -> None:
    row, by = in_force(cast), office(cast)
    people = [one.person_id for one in cast.enrolments.values()]
    look = actions.look_at_rule(row, lines=len(people), people=people, by=by, at=AT)
    assert queries.looks().get() == look
    assert by.person is not None
    assert queries.open_look(row, by.person, AT + timedelta(minutes=29)) == look
    assert queries.open_look(row, by.person, AT + timedelta(minutes=31)) is None
    assert queries.covers(look, people[:2])
    assert not queries.covers(look, [*people, by.person.pk])
    own = queries.looked_at(cast.people["apprentice"]).get()
    assert str(own.look) == f"恒泰重工 Hengtai Heavy Industry · 名册 Roster · {row.label} · 2026-09-14"


def test_nobody_looks_once_it_is_over(cast: Cast) -> None:
    row = actions.revoke_rule(in_force(cast), because="x", by=cast.actor("coordinator"), at=AT)
    with pytest.raises(Refused, match=r"sharing.ended"):
        actions.look_at_rule(row, lines=0, people=(), by=office(cast), at=AT)


def test_what_ends_and_what_waits_are_duties_of_those_who_can_act(cast: Cast) -> None:
    asked = Asked(at=AT, today=TODAY)
    row = in_force(cast)
    assert list(rules_that_end(asked)) == [(row.public_id, row.ends_on, cast.college.pk, None)]
    waiting = offered(cast, "attendance")
    told = rules_to_answer(asked).get()
    assert (told["duty_subject"], told["duty_place"]) == (waiting.public_id, waiting.receiver_id)
    actions.draft_next_version(row, by=cast.actor("coordinator"), at=AT)
    assert list(rules_that_end(asked)) == []


def test_the_giver_hears_of_the_end_thirty_days_before_and_the_receiver_does_not(cast: Cast) -> None:
    row = in_force(cast)
    day = row.ends_on - timedelta(days=30)
    assert hearing.rows("sharing.ends", day - timedelta(days=1)) == []
    assert hearing.rows("sharing.ends", day) == [(row.public_id, 0, row.ends_on, 0)]
    people = {"coordinator": cast.people["coordinator"], "hr": cast.people["hr"]}
    people["partner"] = Person.objects.get(username="ht-hr")
    assert hearing.who_hears(people, "sharing.ends", day + timedelta(days=16)) == {"coordinator": False}
    assert hearing.queries("sharing.ends", day) == 2


def test_every_kind_of_data_can_be_written_as_a_rule(cast: Cast) -> None:
    for kind in CLASSES:
        row = drafted(cast, kind)
        assert row.columns == [one.key for one in CLASSES[kind].columns]
