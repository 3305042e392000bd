"""Telling: answers, details, recordings and pictures; what is refused with a reason."""

from __future__ import annotations

import struct

import pytest

from craftpath.domain.stories import actions, rules
from craftpath.domain.stories.captions import vtt
from craftpath.domain.stories.models import Story, StoryVersion
from craftpath.kernel.files import KeptFile
from craftpath.kernel.media import seconds
from tests.cast import AT, Cast
from tests.domain.stories.world import MADE, begun, handed_in, member, mentor, office, refused, told
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def mp4(length: float = 90, *, brand: bytes = b"isom", wide: bool = False) -> bytes:
    """A film as a phone begins it: its kind, then how long it is."""
    if wide:
        head = b"\x01\0\0\0" + struct.pack(">QQIQ", 0, 0, 1000, int(length * 1000))
    else:
        head = b"\0\0\0\0" + struct.pack(">IIII", 0, 0, 1000, int(length * 1000))
    mvhd = struct.pack(">I", len(head) + 8) + b"mvhd" + head
    moov = struct.pack(">I", len(mvhd) + 8) + b"moov" + mvhd
    return struct.pack(">I", 16) + b"ftyp" + brand + b"\0\0\0\0" + moov


def webm(length: float) -> bytes:
    return b"\x1aE\xdf\xa3" + b"\x2a\xd7\xb1\x83" + (1_000_000).to_bytes(3, "big") + b"\x44\x89\x88" + struct.pack(
        ">d", length * 1000
    )  # fmt: skip


def test_a_form_that_is_sent_twice_begins_one_story(cast: Cast) -> None:
    first, again = begun(cast, made_id=MADE), begun(cast, made_id=MADE)
    assert first == again
    assert Story._base_manager.count() == 1
    with refused("stories.form_used"):
        begun(cast, made_id=MADE, by=office(cast))


def test_an_apprentice_tells_none_and_a_master_none_for_somebody_else(cast: Cast) -> None:
    with refused("kernel.role_lacks"):
        begun(cast, by=member(cast), organisation=cast.college)
    with refused("kernel.role_lacks"):
        begun(cast, teller=None, name="老李")


def test_answers_are_kept_one_by_one_and_taken_out_by_no_words(cast: Cast) -> None:
    row = told(cast)
    row = actions.keep_answer(row, "advice", "多看，多问。", by=mentor(cast), at=AT)
    assert list(row.answers) == ["first_spoiled", "advice"]
    row = actions.keep_answer(row, "first_spoiled", "  ", by=mentor(cast), at=AT)
    assert row.answers == {"advice": "多看，多问。"}
    with refused("stories.prompt_unknown"):
        actions.keep_answer(row, "shoe_size", "43", by=mentor(cast), at=AT)


def test_words_are_counted_as_people_read_them(cast: Cast) -> None:
    assert rules.words_in("车小了 two microns，又车 1 刀") == 9
    row = begun(cast)
    actions.keep_answer(row, "first_day", "好" * rules.MOST_WORDS, by=mentor(cast), at=AT)
    with refused("stories.too_many_words"):
        actions.keep_answer(row, "advice", "多", by=mentor(cast), at=AT)


def test_nobody_else_writes_it_and_nothing_changes_once_it_is_handed_in(cast: Cast) -> None:
    row = handed_in(cast)
    with refused("stories.not_a_draft"):
        actions.keep_answer(row, "advice", "x", by=mentor(cast), at=AT)
    back = actions.take_back_story(row, by=mentor(cast), at=AT)
    with refused("kernel.role_lacks"):
        actions.keep_answer(back, "advice", "x", by=member(cast), at=AT)


def test_each_hand_in_keeps_a_version_only_if_something_changed(cast: Cast) -> None:
    row = actions.take_back_story(handed_in(cast), by=mentor(cast), at=AT)
    row = actions.take_back_story(actions.hand_in_story(row, by=mentor(cast), at=AT), by=mentor(cast), at=AT)
    assert StoryVersion.objects.count() == 1
    actions.keep_answer(row, "first_spoiled", "两根轴。", by=mentor(cast), at=AT)
    actions.hand_in_story(row, by=mentor(cast), at=AT)
    said = [one.content["answers"]["first_spoiled"] for one in StoryVersion.objects.order_by("number")]
    assert said == ["一根轴，车小了两丝。", "两根轴。"]


def test_skills_are_those_of_a_list_and_a_few(cast: Cast) -> None:
    row, by = begun(cast), mentor(cast)
    with refused("stories.skill_unknown"):
        actions.keep_details(row, actions.Details("题", "周师傅", skills=["no-such"]), by=by, at=AT)
    with refused("stories.too_many_skills"):
        actions.keep_details(row, actions.Details("题", "周师傅", skills=list("abcdefghi")), by=by, at=AT)


@pytest.mark.parametrize("content", [mp4(179), mp4(179, wide=True), webm(179)])
def test_a_video_of_three_minutes_is_kept(cast: Cast, content: bytes) -> None:
    row = begun(cast, form="video")
    row = actions.keep_recording(row, content, "IMG_1.MOV", by=mentor(cast), at=AT)
    assert row.media_type in ("video/mp4", "video/webm")
    assert row.recording is not None
    assert row.recording.bytes() == content


@pytest.mark.parametrize("content", [mp4(181), mp4(181, wide=True), webm(181)])
def test_a_longer_one_is_refused_by_what_it_says_itself(cast: Cast, content: bytes) -> None:
    row = begun(cast, form="video")
    with refused("stories.too_long"):
        actions.keep_recording(row, content, "long.mp4", by=mentor(cast), at=AT)
    assert KeptFile.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"\0\0\0\x08moov", b"\0\0\0\x10ftypisom" + b"\xff\xff\xff\xffmoov", mp4()[:-4]]
)
def test_how_long_is_not_known_of_a_broken_file(content: bytes) -> None:
    assert seconds(content) is None


def test_a_file_is_what_its_bytes_are_whatever_it_is_called(cast: Cast) -> None:
    film, tape = begun(cast, form="video"), begun(cast, form="audio")
    with refused("kernel.file_not_known"):
        actions.keep_recording(film, b"<html><script>alert(1)</script>", "story.mp4", by=mentor(cast), at=AT)
    with refused("stories.not_a_video"):
        actions.keep_recording(film, b"%PDF-1.7\n%%EOF", "story.mp4", by=mentor(cast), at=AT)
    with refused("kernel.not_a_recording"):
        actions.keep_recording(tape, b"<html>", "story.m4a", by=mentor(cast), at=AT)
    with refused("stories.form_without_recording"):
        actions.keep_recording(begun(cast), mp4(), "x.mp4", by=mentor(cast), at=AT)


def test_a_recording_in_place_of_another_leaves_one_file_unless_a_version_names_it(cast: Cast) -> None:
    row, by = begun(cast, form="video"), mentor(cast)
    actions.keep_recording(row, mp4(1), "a.mp4", by=by, at=AT)
    actions.keep_recording(row, mp4(2), "b.mp4", by=by, at=AT)
    assert KeptFile.objects.count() == 1
    actions.keep_transcript(row, "那天……", by=by, at=AT)
    row = actions.take_back_story(actions.hand_in_story(row, by=by, at=AT), by=by, at=AT)
    actions.drop_file(row, "recording", by=by, at=AT)
    assert KeptFile.objects.count() == 1


def test_a_recording_is_handed_in_only_with_what_is_said(cast: Cast) -> None:
    row, by = begun(cast, form="video"), mentor(cast)
    actions.keep_recording(row, mp4(), "a.mp4", by=by, at=AT)
    with refused("stories.incomplete"):
        actions.hand_in_story(row, by=by, at=AT)
    actions.keep_transcript(row, "那天……", by=by, at=AT)
    assert actions.hand_in_story(row, by=by, at=AT).state == "review"


def test_a_picture_needs_words_and_loses_where_it_was_taken(cast: Cast) -> None:
    row, by = begun(cast), mentor(cast)
    with refused("stories.picture_without_words"):
        actions.keep_picture(row, picture(), "a.jpg", words=" ", by=by, at=AT)
    row = actions.keep_picture(row, picture(), "a.jpg", words="一双手，一把锉刀", by=by, at=AT)
    assert row.picture is not None
    assert b"Exif" not in row.picture.bytes()


def test_captions_are_made_where_every_line_has_a_later_time() -> None:
    assert vtt("0:00 那天\n0:04 车 <小> 了 & 完了") == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n那天\n\n00:00:04.000 --> 00:00:12.000\n车 &lt;小&gt; 了 &amp; 完了\n"
    )
    assert vtt("那天\n0:04 车小了") == ""
    assert vtt("0:04 那天\n0:04 车小了") == ""
    assert vtt("") == ""
