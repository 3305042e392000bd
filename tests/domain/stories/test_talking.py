"""Comments, reports of them, and questions to the master."""

from __future__ import annotations

import uuid

import pytest

from craftpath.domain.stories import actions, queries
from craftpath.domain.stories.models import Comment, CommentReport, MasterQuestion
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, Cast
from tests.domain.stories.world import (
    MADE,
    begun,
    commented,
    handed_in,
    member,
    mentor,
    office,
    published,
    refused,
)

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_comment_is_there_at_once_and_pressed_twice_once(cast: Cast) -> None:
    row = published(cast)
    for _ in range(2):
        actions.add_comment(row, made_id=MADE, words="学到了。", by=member(cast), at=AT)
    assert [one.words for one in queries.comments(row)] == ["学到了。"]
    with refused("stories.form_used"):
        actions.add_comment(row, made_id=MADE, words="我的。", by=member(cast, "classmate"), at=AT)


def test_nothing_is_said_to_a_story_that_is_not_shown_or_closed(cast: Cast) -> None:
    with refused("stories.not_shown"):
        commented(cast, handed_in(cast))
    row = actions.turn_comments(published(cast), open=False, by=mentor(cast), at=AT)
    with refused("stories.comments_closed"):
        commented(cast, row)
    with refused("kernel.role_lacks"):
        actions.turn_comments(row, open=True, by=member(cast), at=AT)


def test_a_report_waits_for_the_office_once_a_person(cast: Cast) -> None:
    row = commented(cast)
    for _ in range(2):
        actions.report_comment(row, words="有辱人格", by=member(cast, "classmate"), at=AT)
    assert queries.reported(cast.jinheng).count() == 1
    with refused("stories.not_to_report"):
        actions.report_comment(row, words="我自己的", by=member(cast), at=AT)
    actions.keep_comment(row, by=office(cast), at=AT)
    assert queries.reported(cast.jinheng).count() == 0
    assert CommentReport.objects.get().settled_at == AT


def test_hidden_for_a_reason_that_its_author_reads_and_the_history_keeps(cast: Cast) -> None:
    row = commented(cast)
    actions.report_comment(row, words="不友善", by=member(cast, "classmate"), at=AT)
    with refused("stories.reason_missing"):
        actions.hide_comment(row, because="", by=office(cast), at=AT)
    with refused("kernel.role_lacks"):
        actions.hide_comment(row, because="x", by=mentor(cast), at=AT)
    actions.hide_comment(row, because="请对事不对人", by=office(cast), at=AT)
    assert [one.because for one in queries.reasons_to_read(cast.people["apprentice"])] == ["请对事不对人"]
    entry = AuditEntry.objects.filter(fact="stories.comment_settled").get()
    assert (entry.payload["hidden"], entry.payload["because"]) == (True, "请对事不对人")
    with refused("stories.not_the_author"):
        actions.read_reason(row, by=member(cast, "classmate"), at=AT)
    actions.read_reason(row, by=member(cast), at=AT)
    assert not queries.reasons_to_read(cast.people["apprentice"]).exists()
    actions.show_comment(row, by=office(cast), at=AT)
    assert Comment.objects.get().hidden_at is None


def test_a_question_goes_to_the_master_alone_and_comes_back_answered(cast: Cast) -> None:
    row = published(cast)
    for _ in range(2):
        asked = actions.ask_master(row, made_id=MADE, words="后来呢？", by=member(cast), at=AT)
    assert MasterQuestion.objects.count() == 1
    with refused("stories.not_asked"):
        actions.answer_question(asked, answer="x", by=office(cast), at=AT)
    actions.answer_question(asked, answer="补了一道工序。", by=mentor(cast), at=AT)
    assert [one.answer for one in queries.asked_by(cast.people["apprentice"], row)] == ["补了一道工序。"]
    assert queries.asked_by(cast.people["classmate"], row) == []
    assert not AuditEntry.objects.filter(payload__icontains="后来呢").exists()


def test_nobody_asks_oneself_or_a_master_without_an_account(cast: Cast) -> None:
    row = published(cast)
    with refused("stories.own_story"):
        actions.ask_master(row, made_id=uuid.uuid4(), words="?", by=mentor(cast), at=AT)
    by = office(cast)
    other = begun(cast, by=by, teller=None, name="老李")
    actions.keep_answer(other, "advice", "慢就是快。", by=by, at=AT)
    actions.agree_story(other, reach="inside", how="口头", by=by, at=AT)
    actions.hand_in_story(other, by=by, at=AT)
    actions.publish_story(other, checks=["names", "licence", "consent"], by=by, at=AT)
    with refused("stories.nobody_answers"):
        actions.ask_master(other, made_id=uuid.uuid4(), words="?", by=member(cast), at=AT)
