"""Contests: in time, once, in words, answered by somebody without a hand in it, and taken into a later version."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from craftpath.domain.appraisals import actions
from craftpath.domain.appraisals.duties import contests_to_answer, rounds_to_publish
from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalCorrection
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.duties import Asked
from tests.cast import AT, TODAY, Cast
from tests.domain.appraisals.world import (
    DAY,
    computed,
    of,
    office,
    other,
    own,
    published,
    refused,
    shown,
    taught,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def one(cast: Cast) -> Appraisal:
    taught(cast)
    return of(shown(cast), "师傅001")


def line_of(row: Appraisal, at: int = 0) -> str:
    return f"{row.lines[at]['enrolment']}.{row.lines[at]['evaluation']}"


def contested(row: Appraisal, **more: Any) -> AppraisalContest:
    return actions.contest_appraisal(row, **({"words": "这名徒弟请了两个月病假。"} | own(row) | more))


def test_a_trainer_contests_a_line_once_and_may_take_it_back(cast: Cast) -> None:
    row = one(cast)
    made = contested(row, part="progress", line=line_of(row))
    assert contested(row, part="progress", line=line_of(row)) == made
    assert made.due_on == TODAY + 14 * DAY
    with refused("appraisals.contest_already"):
        contested(row, part="progress", line=line_of(row), words="别的话")
    assert contested(row, part="response").state == "open"
    assert actions.withdraw_contest(made, **own(row)).state == "withdrawn"
    assert actions.withdraw_contest(made, **own(row)).state == "withdrawn"
    assert contested(row, part="progress", line=line_of(row), words="再说一次").state == "open"


def test_what_cannot_be_contested_says_why(cast: Cast) -> None:
    row = one(cast)
    with refused("appraisals.contest_not_yours"):
        contested(row, **office(cast))
    for more in (
        {"part": "x"},
        {"part": "voice", "line": line_of(row)},
        {"part": "progress", "line": "no.line"},
    ):
        with refused("appraisals.contest_of_nothing"):
            contested(row, **more)
    for words in (" ", "长" * 1001):
        with refused("appraisals.no_words"):
            contested(row, words=words)
    with refused("appraisals.contest_too_late"):
        contested(row, at=AT + 11 * DAY)
    assert contested(row, at=AT + 10 * DAY).state == "open"


def test_after_publication_it_can_be_contested_for_the_days_of_the_scheme(cast: Cast) -> None:
    taught(cast)
    row = of(published(cast), "师傅001")
    with refused("appraisals.contest_too_late"):
        contested(row, at=AT + 42 * DAY)
    assert contested(row, at=AT + 41 * DAY).state == "open"


def test_before_it_is_shown_nobody_reads_or_contests_it(cast: Cast) -> None:
    taught(cast)
    row = of(computed(cast), "师傅001")
    with refused("appraisals.not_shown"):
        contested(row)
    with refused("appraisals.not_shown_yet"):
        actions.read_appraisal(row, **own(row))


def test_each_look_of_the_office_is_recorded_and_the_own_is_not(cast: Cast) -> None:
    row = one(cast)
    actions.read_appraisal(row, **own(row))
    assert not AuditEntry.objects.filter(fact="appraisals.appraisal_read").exists()
    actions.read_appraisal(row, **office(cast))
    [told] = AuditEntry.objects.filter(fact="appraisals.appraisal_read")
    assert told.person == cast.people["coordinator"]
    with refused("kernel.role_lacks"):
        actions.read_appraisal(row, by=cast.actor("trainer"), at=AT)


def test_somebody_without_a_hand_in_it_answers(cast: Cast) -> None:
    row = one(cast)
    made = contested(row, part="progress", line=line_of(row))
    for answer in (
        lambda by: actions.reject_contest(made, answer="不成立", **by),
        lambda by: actions.uphold_contest(made, remedy="line_out", answer="成立", **by),
    ):
        with refused("appraisals.contest_own_round"):
            answer(office(cast))
        with refused("kernel.role_lacks"):
            answer({"by": cast.actor("trainer"), "at": AT})
    with refused("appraisals.no_words"):
        actions.reject_contest(made, answer=" ", **other(cast))
    done = actions.reject_contest(made, answer="记录齐全", **other(cast))
    assert (done.state, done.answered_by) == ("rejected", cast.people["administrator"])
    assert actions.reject_contest(made, answer="记录齐全", **other(cast)).ended_at == done.ended_at
    with refused("appraisals.contest_ended"):
        actions.reject_contest(made, answer="换个说法", **other(cast))
    with refused("appraisals.contest_ended"):
        actions.withdraw_contest(made, **own(row))


def test_an_upheld_line_counts_no_longer_in_a_later_version(cast: Cast) -> None:
    row = one(cast)
    made = contested(row, part="progress", line=line_of(row))
    with refused("appraisals.remedy_does_not_fit"):
        actions.uphold_contest(made, remedy="x", answer="成立", **other(cast))
    for _ in range(2):
        done = actions.uphold_contest(made, remedy="line_out", answer="病假两个月，属实。", **other(cast))
    assert done.state == "upheld"
    assert AppraisalCorrection.objects.get().reason == "病假两个月，属实。"
    with refused("appraisals.to_correct"):
        actions.publish_round(row.round, **other(cast, AT + 11 * DAY))
    later = actions.follow_round(row.round, made_id=uuid.uuid4(), reason="申诉成立", **office(cast))
    later = shown(cast, computed(cast, later))
    row.round.refresh_from_db()
    assert row.round.state == "replaced"
    after = of(later, "师傅001")
    assert len(after.lines) == len(row.lines) - 1
    assert [why for _, _, why in after.left_out] == ["corrected"]
    assert published(cast, later).state == "published"
    with refused("appraisals.later_version"):
        contested(row)


def test_an_upheld_part_counts_no_longer_for_this_trainer_alone(cast: Cast) -> None:
    row = one(cast)
    made = contested(row, part="continuity")
    with refused("appraisals.remedy_does_not_fit"):
        actions.uphold_contest(made, remedy="line_out", answer="成立", **other(cast))
    actions.uphold_contest(made, remedy="part_out", answer="代班由办公室安排。", **other(cast))
    later = computed(cast, actions.follow_round(row.round, made_id=uuid.uuid4(), reason="x", **office(cast)))
    assert of(later, "师傅001").parts.get(key="continuity").why == "corrected"
    assert of(later, "师傅002").parts.get(key="continuity").why == ""


def test_the_office_is_asked_for_answers_and_to_publish(cast: Cast) -> None:
    row = one(cast)
    assert list(rounds_to_publish(Asked(at=AT, today=TODAY))) == []
    after = Asked(at=AT + 11 * DAY, today=TODAY + 11 * DAY)
    assert [found[0] for found in rounds_to_publish(after)] == [row.round.public_id]
    made = contested(row)
    assert [found["duty_subject"] for found in contests_to_answer(after)] == [made.public_id]
    assert list(rounds_to_publish(after)) == []
