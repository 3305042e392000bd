"""The end: signed by the members, read by the trainer, and only confirmed facts counted."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.activity.models import Statement
from craftpath.domain.groups import actions, queries
from craftpath.domain.groups.confirmed import contribution_counts
from craftpath.domain.groups.models import Member, Presence, StudyGroup
from craftpath.domain.participation.queries import acts as stands
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, TODAY, Cast
from tests.domain.groups.world import DAY, hold, mate, met, refused, sessions

pytestmark = pytest.mark.usefixtures("all_rows")
RESULT = actions.Result(
    "全组都能独立读图。", "yes", again="每周先做一道题再讲", link="https://example.org/map"
)
LATER = AT + timedelta(weeks=3)


def _worked(cast: Cast) -> StudyGroup:
    """Two sessions were held: the second one without its host."""
    group = met(cast, "26002", "26003")
    first, second, *_rest = sessions(group)
    hold(cast, first, away=("26003",))
    hold(cast, second, away=("26002",), by=cast.actor("trainer"))
    actions.write_notes(group, text="a", revision=0, by=mate(cast, "26003"), at=AT)
    task = actions.add_task(group, words="x", made_id=uuid.uuid4(), by=mate(cast, "26001"), at=AT)
    actions.finish_task(task, by=mate(cast, "26002"), at=AT)
    return group


def _said(cast: Cast, group: StudyGroup) -> dict[tuple[str, str], tuple[int, int]]:
    numbers = {row.pk: number for number, row in cast.enrolments.items()}
    return {
        (numbers[one.enrolment], one.kind): (one.count, one.out_of) for one in queries.contributions(group)
    }


def test_what_the_record_says_of_each_member(cast: Cast) -> None:
    group = _worked(cast)
    assert _said(cast, group) == {
        ("26001", "led"): (1, 0), ("26001", "attended"): (2, 2), ("26001", "brought"): (1, 0),
        ("26002", "attended"): (1, 2), ("26002", "brought"): (1, 0), ("26002", "tasks"): (1, 0),
        ("26003", "attended"): (1, 2), ("26003", "notes"): (1, 0),
    }  # fmt: skip
    row = Presence.objects.filter(session__group=group, person=mate(cast, "26001").person).earliest("pk")
    actions.object_presence(row, says="not_there", by=mate(cast, "26001"), at=AT)
    assert _said(cast, group)["26001", "attended"] == (1, 2)
    assert ("26001", "led") not in _said(cast, group)


def test_ended_signed_confirmed_and_counted(cast: Cast) -> None:
    group = _worked(cast)
    trainer = cast.actor("trainer")
    with refused("groups.no_result"):
        actions.end_group(group, actions.Result(" ", "yes"), by=mate(cast, "26001"), at=LATER)
    with refused("groups.choice_unknown"):
        actions.end_group(group, actions.Result("x", "maybe"), by=mate(cast, "26001"), at=LATER)
    for _twice in range(2):
        group = actions.end_group(group, RESULT, by=mate(cast, "26001"), at=LATER)
    assert not [one for one in sessions(group) if one.state == "planned" and one.starts_at > LATER]
    led = (cast.enrolments["26001"].person.public_id, "led")
    there = (cast.enrolments["26002"].person.public_id, "attended")
    with refused("groups.signs_missing"):
        actions.confirm_result(group, facts=[led], by=trainer, at=LATER)
    for who in ("26002", "26003", "26003"):
        actions.sign_result(group, by=mate(cast, who), at=LATER)
    with refused("groups.not_inside"):
        actions.sign_result(group, by=mate(cast, "26004"), at=LATER)
    with refused("kernel.role_lacks"):
        actions.confirm_result(group, facts=[led], by=mate(cast, "26001"), at=LATER)
    with refused("groups.nothing_such"):
        actions.confirm_result(group, facts=[(led[0], "notes")], by=trainer, at=LATER)
    for _twice in range(2):
        group = actions.confirm_result(group, facts=[led, there, led], by=trainer, at=LATER)
    assert group.state == "confirmed"
    window = (TODAY, LATER.date())
    windows = {cast.enrolments[one].pk: window for one in ("26001", "26002", "26003")}
    assert contribution_counts(windows) == {
        cast.enrolments["26001"].pk: {"led": 1, "groups": 1}, cast.enrolments["26002"].pk: {"attended": 1, "groups": 1},
    }  # fmt: skip
    assert not contribution_counts({cast.enrolments["26001"].pk: (TODAY, TODAY)})
    told = AuditEntry.objects.filter(fact="groups.contribution_confirmed")
    assert sorted(row.payload["kind"] for row in told) == ["attended", "led"]
    assert Statement._base_manager.filter(verb="completed", object_id__contains=group.public_id).count() == 2
    assert {(act.enrolment.number, act.title) for act in stands()} == {
        ("26001", group.goal),
        ("26002", group.goal),
    }


def test_a_result_waits_so_long_for_signatures_and_no_longer(cast: Cast) -> None:
    group = actions.end_group(_worked(cast), RESULT, by=mate(cast, "26001"), at=LATER)
    assert list(queries.to_confirm()) == [group]
    actions.confirm_result(group, facts=[], by=cast.actor("trainer"), at=LATER + 14 * DAY)
    assert not queries.to_confirm()


def test_said_anew_all_sign_anew_and_an_end_can_be_taken_back(cast: Cast) -> None:
    group = actions.end_group(_worked(cast), RESULT, by=mate(cast, "26001"), at=LATER)
    actions.sign_result(group, by=mate(cast, "26002"), at=LATER)
    group = actions.end_group(
        group, actions.Result("多数人能读图。", "partly"), by=mate(cast, "26003"), at=LATER
    )
    signed = Member.objects.filter(group=group, signed_at__isnull=False)
    assert [row.enrolment.number for row in signed] == ["26003"]
    for _twice in range(2):
        group = actions.reopen_group(group, by=mate(cast, "26001"), at=LATER)
    assert group.state == "alive"
    assert [one for one in sessions(group) if one.starts_at > LATER]
    with refused("groups.over"):
        actions.sign_result(group, by=mate(cast, "26001"), at=LATER)


def test_a_file_that_nobody_can_open_is_refused(cast: Cast) -> None:
    group = _worked(cast)
    with refused("kernel.file_not_known"):
        actions.end_group(group, actions.Result("x", "yes", file=b"MZ\x00"), by=mate(cast, "26001"), at=LATER)
    good = actions.Result("x", "yes", file=b"%PDF-1.4 map", name="map.pdf")
    assert actions.end_group(group, good, by=mate(cast, "26001"), at=LATER).result_type == "application/pdf"
