"""Reading: a licence on each text, notes that are one's own until shared, and what is confirmed as a fact."""

from __future__ import annotations

import uuid
import zipfile
from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from craftpath.delivery.exchange.own_record import write_record
from craftpath.domain.activity.models import Statement
from craftpath.domain.forums.actions import Rhythm, plan_series
from craftpath.domain.forums.models import Post
from craftpath.domain.forums.queries import forums, invited
from craftpath.domain.participation.queries import acts as stands
from craftpath.domain.reading import actions, queries
from craftpath.domain.reading.models import Note, ReadingRecord, ReadingText
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS, REACTIONS, Told
from craftpath.kernel.tenancy import everywhere, looking_for
from tests.cast import AT, Cast
from tests.domain.forums.world import due, refused
from tests.domain.reading.world import OWN, added, listed, noted

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_list_is_seen_by_those_for_whom_it_is_and_opened_by_who_hosts(cast: Cast) -> None:
    row = listed(cast)
    with refused("kernel.role_lacks"):
        listed(cast, "apprentice")
    for who, place in (("apprentice", cast.college), ("mentor", cast.jinheng), ("coordinator", cast.college)):
        with looking_for(cast.actor(who, place).scope):
            assert queries.lists(cast.people[who]).get() == row
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not queries.lists().exists()
    with refused("reading.not_the_keeper"):
        added(cast, row, "apprentice")


def test_without_the_right_to_copy_a_text_is_only_linked(cast: Cast) -> None:
    row = listed(cast)
    with refused("reading.may_not_be_copied"):
        added(cast, row, **{**OWN, "licence": "linked"})
    with refused("reading.licence_missing"):
        added(cast, row, **{**OWN, "licence": ""})
    with refused("reading.permission_unsaid"):
        added(cast, row, **{**OWN, "licence": "permitted"})
    with refused("reading.nowhere"):
        added(cast, row, title="一本书", licence="linked")
    with refused("forums.no_link"):
        added(cast, row, title="一本书", licence="linked", link="javascript:alert(1)")
    text = added(cast, row, title="机械加工手册", licence="linked", source="院图书馆 TG-62")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingText.objects.filter(pk=text.pk).update(body="copied")


def test_a_note_is_read_by_nobody_else_until_it_is_shared_as_a_thread_of_the_club(cast: Cast) -> None:
    row = listed(cast)
    text = added(cast, row)
    name = uuid.uuid4()
    note = noted(cast, text, made_id=name)
    assert noted(cast, text, made_id=name).pk == noted(cast, text).pk == note.pk
    by = {"by": cast.actor("apprentice"), "at": AT}
    assert not queries.note(note.public_id, cast.people["trainer"]).exists()
    with refused("reading.no_club"):
        actions.share_note(note, **by)
    forum = actions.open_club(row, made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT)
    assert actions.open_club(row, made_id=uuid.uuid4(), by=cast.actor("trainer"), at=AT).pk == forum.pk
    with refused("questions.not_own"):
        actions.share_note(note, by=cast.actor("classmate"), at=AT)
    actions.share_note(note, **by)
    actions.share_note(note, **by)
    post = Post.objects.get()
    assert post.text == "> 物象曲成\n\n和我们锻打一样。"
    assert queries.shared(text) == [post]
    actions.drop_note(note, **by)
    assert not Note.objects.exists()
    assert Post.objects.get().state == "open"  # others may have replied


def test_the_club_meets_in_its_forum_and_invites_who_reads_along(cast: Cast) -> None:
    row = listed(cast)
    for who in ("apprentice", "classmate"):
        actions.join_list(row, by=cast.actor(who), at=AT)
    actions.leave_list(row, by=cast.actor("classmate"), at=AT)
    rhythm = Rhythm(every=1, weekday=2, at=time(18))
    forum = actions.open_club(row, made_id=uuid.uuid4(), rhythm=rhythm, by=cast.actor("trainer"), at=AT)
    [meeting] = plan_series(forum, made_id=uuid.uuid4(), count=1, by=cast.actor("trainer"), at=AT)
    assert {one.person for one in invited(meeting)} == {cast.people["apprentice"], cast.people["trainer"]}
    with looking_for(cast.actor("classmate").scope):
        assert forums().get() == forum
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert not forums().exists()


def test_what_is_read_until_when_waits_for_those_who_read_along(cast: Cast) -> None:
    row = listed(cast)
    text = added(cast, row, **OWN, until_on=AT.date() + timedelta(days=3))
    assert due("reading.read") == set()
    actions.join_list(row, by=cast.actor("apprentice"), at=AT)
    me = {"by": cast.actor("apprentice"), "at": AT}
    actions.keep_record(text, pages=1, **me)
    assert due("reading.read") == {cast.people["apprentice"].pk}
    actions.keep_record(text, pages=2, minutes=30, finished=True, **me)
    assert due("reading.read") == set()
    assert due("reading.confirm") == {cast.people["trainer"].pk}


def test_a_confirmed_reading_is_a_fact_and_may_be_taken_back(cast: Cast) -> None:
    text = added(cast, listed(cast))
    me, keeper = {"by": cast.actor("apprentice"), "at": AT}, {"by": cast.actor("trainer"), "at": AT}
    record = actions.keep_record(text, pages=3, minutes=40, sentence="锻打靠火候。", **me)
    with refused("flow.not_now"):
        actions.confirm_reading(record, **keeper)
    record = actions.keep_record(text, pages=3, minutes=40, sentence="锻打靠火候。", finished=True, **me)
    with refused("reading.not_the_keeper"):
        actions.confirm_reading(record, by=cast.actor("classmate"), at=AT)
    own = actions.keep_record(text, finished=True, **keeper)
    with refused("reading.own_record"):
        actions.confirm_reading(own, **keeper)
    actions.confirm_reading(record, **keeper)
    actions.confirm_reading(record, **keeper)
    entry = AuditEntry.objects.get(fact="reading.finished")
    assert entry.payload["person"] == cast.people["apprentice"].public_id
    for _twice in range(2):
        for reaction in REACTIONS["reading.finished"]:
            reaction(Told(FACTS["reading.finished"](**entry.payload), entry))
    with everywhere("the statements of everybody"):
        assert Statement.objects.get(verb="completed").person == cast.people["apprentice"]
    act = stands().get()
    assert (act.enrolment.number, act.title, act.confirmed_by) == (
        "26001",
        text.title,
        cast.people["trainer"],
    )
    with refused("reading.confirmed_already"):
        actions.keep_record(text, pages=4, finished=True, **me)
    actions.reopen_reading(record, **keeper)
    entry = AuditEntry.objects.filter(fact="reading.finished").latest("pk")
    assert entry.payload["confirmed"] is False
    for reaction in REACTIONS["reading.finished"]:
        reaction(Told(FACTS["reading.finished"](**entry.payload), entry))
    assert not stands().exists()
    with refused("reading.figures_odd"):
        actions.keep_record(text, pages=10_000, **me)


def test_a_text_that_somebody_read_stays_and_a_closed_list_takes_nothing(cast: Cast) -> None:
    row = listed(cast)
    text, unread = added(cast, row), added(cast, row, title="舟车", licence="public_domain", source="卷九")
    actions.keep_record(text, pages=1, by=cast.actor("apprentice"), at=AT)
    keeper = {"by": cast.actor("trainer"), "at": AT}
    actions.drop_text(unread, **keeper)
    with refused("reading.text_in_use"):
        actions.drop_text(text, **keeper)
    said = actions.TextSaid(**OWN, step="全文", until_on=date(2026, 10, 1))
    assert actions.change_text(text, said=said, **keeper).step == "全文"
    actions.close_list(row, **keeper)
    with refused("reading.closed"):
        actions.join_list(row, by=cast.actor("apprentice"), at=AT)
    with refused("reading.closed"):
        added(cast, row)
    actions.reopen_list(row, **keeper)
    added(cast, row)


def test_ones_own_record_has_what_one_read_and_nobody_elses(cast: Cast) -> None:
    text = added(cast, listed(cast))
    actions.keep_record(text, sentence="锻打靠火候。", finished=True, by=cast.actor("apprentice"), at=AT)
    actions.keep_record(text, sentence="别人的一句", by=cast.actor("classmate"), at=AT)
    noted(cast, text)
    noted(cast, text, "classmate", words="别人的批注")
    assert ReadingRecord.objects.count() == 2
    stream = BytesIO()
    write_record(stream, cast.people["apprentice"], at=AT)
    with zipfile.ZipFile(stream) as archive:
        words = archive.read("record.json").decode()
    assert "锻打靠火候" in words
    assert "和我们锻打一样" in words
    assert "别人的" not in words
