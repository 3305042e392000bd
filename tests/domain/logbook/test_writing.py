"""Saving and handing in: by the apprentice alone, once however often it arrives, nothing overwritten."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.logbook.actions import (
    Content,
    add_file,
    confirm_entries,
    save_entry,
    settle_version,
    submit_entry,
)
from craftpath.domain.logbook.models import Entry, OtherVersion
from craftpath.kernel.consents import give_consent, withdraw_consent
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.logbook.conftest import Writer

pytestmark = pytest.mark.usefixtures("all_rows")


def test_an_entry_arrives_once_however_often_it_is_sent(writer: Writer) -> None:
    name = uuid.uuid4()
    first, again = writer.save(name), writer.save(name)
    assert (first.how, again.how) == ("new", "same")
    assert Entry.objects.count() == 1


def test_a_change_made_on_the_newest_revision_is_taken(writer: Writer) -> None:
    name = uuid.uuid4()
    writer.save(name)
    saved = writer.save(name, base=1, text="改写：试切外圆并测量。")
    assert (saved.how, saved.entry.revision, saved.entry.text) == ("changed", 2, "改写：试切外圆并测量。")


def test_a_change_made_on_an_older_revision_is_kept_beside(writer: Writer) -> None:
    name = uuid.uuid4()
    writer.save(name)
    writer.save(name, base=1, text="手机上写的。")
    beside = writer.save(name, base=1, text="平板上写的。")
    assert beside.how == "beside"
    assert Entry.objects.get().text == "手机上写的。"
    assert [other.content["text"] for other in OtherVersion.objects.all()] == ["平板上写的。"]
    writer.save(name, base=1, text="平板上写的。")
    assert OtherVersion.objects.count() == 1


@pytest.mark.parametrize("take", [True, False])
def test_its_writer_chooses_between_two_versions_and_both_stay_in_the_record(
    writer: Writer, take: bool
) -> None:
    name = uuid.uuid4()
    writer.save(name)
    writer.save(name, base=1, text="手机上写的。")
    writer.save(name, base=1, text="平板上写的。")
    entry = settle_version(OtherVersion.objects.get(), take=take, by=writer.apprentice, at=AT)
    assert entry.text == ("平板上写的。" if take else "手机上写的。")
    texts = {entry.text} | {other.content["text"] for other in OtherVersion.objects.all()}
    assert texts == {"手机上写的。", "平板上写的。"}
    with pytest.raises(Refused, match="logbook.version_gone"):
        settle_version(OtherVersion.objects.earliest("pk"), take=take, by=writer.apprentice, at=AT)


def test_a_change_of_a_confirmed_entry_becomes_a_correction_once(writer: Writer) -> None:
    entry = writer.handed_in()
    confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    saved = writer.save(entry.made_id, base=1, minutes=300)
    assert (saved.how, saved.entry.corrects_id, saved.entry.minutes) == ("correction", entry.pk, 300)
    assert writer.save(entry.made_id, base=1, minutes=300).how == "same"
    entry.refresh_from_db()
    assert (entry.state, entry.minutes) == ("confirmed", 240)


def test_two_devices_that_correct_the_same_entry_stand_beside_each_other(writer: Writer) -> None:
    entry = writer.handed_in()
    confirm_entries({entry.public_id: 1}, by=writer.mentor, at=AT)
    first = writer.save(entry.made_id, base=1, text="手机上的更正。")
    second = writer.save(entry.made_id, base=1, text="平板上的更正。")
    assert (first.how, second.how, first.entry.pk) == ("correction", "beside", second.entry.pk)
    assert Entry.objects.get(pk=first.entry.pk).text == "手机上的更正。"
    assert OtherVersion.objects.get().content["text"] == "平板上的更正。"


def test_nobody_writes_another_s_log(writer: Writer, cast: Cast) -> None:
    for name in ("classmate", "coordinator", "trainer"):
        with pytest.raises(Refused, match="logbook.not_yours"):
            save_entry(
                cast.enrolments["26001"],
                made_id=uuid.uuid4(),
                content=Content(on=TODAY),
                by=cast.actor(name),
                at=AT,
            )


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"on": date(2025, 1, 1)}, "before_start"),
        ({"on": TODAY + timedelta(days=2)}, "not_yet"),
        ({"minutes": 25 * 60}, "more_than_a_day"),
        ({"minutes": -1}, "more_than_a_day"),
        ({"text": "长" * 4001}, "too_long"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(writer: Writer, values: dict, reason: str) -> None:
    with pytest.raises(Refused, match=f"logbook.{reason}"):
        writer.save(**values)
    assert not Entry.objects.exists()


def test_an_entry_after_the_end_is_refused(writer: Writer, cast: Cast) -> None:
    row = cast.enrolments["26001"]
    row.state, row.ended_on, row.ended_because = "ended", TODAY, "left"
    row.save()
    with pytest.raises(Refused, match="logbook.after_end"):
        writer.save()
    assert writer.save(on=TODAY - timedelta(days=1)).how == "new"


def test_an_empty_entry_waits_for_a_line_or_a_photo(writer: Writer) -> None:
    entry = writer.save(text="  ").entry
    with pytest.raises(Refused, match="logbook.empty"):
        submit_entry(entry, by=writer.apprentice, at=AT)


def test_handing_in_twice_is_one_time(writer: Writer) -> None:
    entry = writer.handed_in()
    again = submit_entry(entry, by=writer.apprentice, at=AT + timedelta(hours=1))
    assert again.submitted_at == AT


def test_likeness_points_to_the_earlier_entry(writer: Writer) -> None:
    first = writer.handed_in(on=TODAY - timedelta(days=3), text="上午安装夹具，下午试切外圆并测量尺寸。")
    copied = writer.handed_in(text="上午安装夹具，下午试切外圆并测量尺寸！")
    other = writer.handed_in(text="今天参加安全培训，练习使用灭火器和急救包。")
    assert copied.like_id == first.pk
    assert copied.likeness > 90
    assert other.likeness < 30


def test_a_draft_is_its_writer_s_alone(writer: Writer, cast: Cast) -> None:
    writer.save()
    with looking_for(writer.apprentice.scope):
        assert Entry.objects.count() == 1
    for name in ("coordinator", "trainer"):
        with looking_for(cast.actor(name).scope):
            assert not Entry.objects.exists()
    with looking_for(writer.mentor.scope):
        assert not Entry.objects.exists()


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["phone", "tablet", "confirm", "submit", "doubled"]), st.text("甲乙丙丁", max_size=3)
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=WRITES)
def test_whatever_two_devices_write_is_found_again_and_what_is_confirmed_stands(
    writer: Writer, writes: list[tuple[str, str]]
) -> None:
    """Each device changes what it last knew; the mentor confirms between. Nothing may be lost or altered."""
    with everywhere("a test looks at everything"):
        name = uuid.uuid4()
        known = {"phone": 0, "tablet": 0}
        sent: set[str] = set()
        sealed: dict[str, tuple[str, str]] = {}
        last = ("phone", "")
        for what, text in [("phone", "起"), *writes]:
            if what in known or what == "doubled":
                device, text = (what, text) if what in known else last
                saved = writer.save(name, base=known[device], text=text)
                sent.add(text)
                last = (device, text)
                if saved.how in ("new", "changed", "same") and saved.entry.made_id == name:
                    known[device] = saved.entry.revision
            else:
                for entry in Entry.objects.exclude(state="confirmed"):
                    if entry.text:
                        submit_entry(entry, by=writer.apprentice, at=AT)
                if what == "confirm":
                    waiting = dict(
                        Entry.objects.filter(state="submitted").values_list("public_id", "revision")
                    )
                    confirm_entries(waiting, by=writer.mentor, at=AT)
                    for entry in Entry.objects.filter(state="confirmed"):
                        sealed.setdefault(entry.public_id, (entry.text, entry.digest))
        rows = {row.public_id: row for row in Entry.objects.all()}
        assert {key: (rows[key].text, rows[key].digest) for key in sealed} == sealed
        kept = {row.text for row in rows.values()} | {
            other.content["text"] for other in OtherVersion.objects.all()
        }
        # A device that changed its own newest revision meant to replace it; what another device wrote stays.
        lost = sent - kept
        assert all(Content(on=TODAY, text=text).text in sent for text in lost)
        assert last[1] in kept
        Entry.objects.all().update(like=None, corrects=None)
        OtherVersion.objects.all().delete()
        from craftpath.domain.training.models import HourLine  # noqa: PLC0415  (only this test clears up)

        HourLine.objects.filter(reversal_of__isnull=False).delete()
        HourLine.objects.all().delete()
        Entry.objects.all().delete()


def test_a_voice_note_needs_a_consent_that_holds(writer: Writer, cast: Cast) -> None:
    entry = writer.save().entry
    sound = b"\x1aE\xdf\xa3" + b"\0" * 40
    with pytest.raises(Refused) as caught:
        add_file(entry, made_id=uuid.uuid4(), kind="voice", content=sound, by=writer.apprentice, at=AT)
    assert caught.value.verdict.reason == "kernel.consent_missing"
    give_consent(entry.enrolment.person, "voice_notes", by=writer.apprentice, at=AT)
    add_file(entry, made_id=uuid.uuid4(), kind="voice", content=sound, by=writer.apprentice, at=AT)
    withdraw_consent(entry.enrolment.person, "voice_notes", by=writer.apprentice, at=AT)
    with pytest.raises(Refused) as caught:
        add_file(entry, made_id=uuid.uuid4(), kind="voice", content=sound, by=writer.apprentice, at=AT)
    assert caught.value.verdict.reason == "kernel.consent_withdrawn"
    assert entry.files.count() == 1  # what was recorded with consent stays in the record
