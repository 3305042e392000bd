"""Files of a course: told by their bytes, kept in parts, shown by their public ids."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from craftpath.domain.courses import rules
from craftpath.domain.courses.models import Course, CourseFile
from craftpath.domain.courses.writing import to_write
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at, small_enough
from craftpath.kernel.files import drop, keep, keep_file
from craftpath.values.verdict import Refused, not_now, require

_HEAD = 64
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG")
_VIDEOS = ((4, b"ftyp", "video/mp4"), (0, b"\x1aE\xdf\xa3", "video/webm"))
_SOUNDS = (
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftypM4A", "audio/mp4"),
)


def kind_of(head: bytes) -> tuple[str, str]:
    """(kind, media type) by the first bytes of a file; what is no picture, video or recording is a file."""
    if head.startswith(_PICTURES) or head[8:12] == b"WEBP":
        return "picture", ""
    for kind, marks in (("audio", _SOUNDS), ("video", _VIDEOS)):
        for place, mark, media_type in marks:
            if head[place : place + len(mark)] == mark:
                return kind, media_type
    return "file", ""


@action
def add_file(
    course: Course, place: Path, name: str, *, heard_only: bool = False, by: Actor, at: datetime
) -> CourseFile:
    """Keep a file from the disk. Videos and recordings are copied in parts and never read whole.

    A WebM may be either; `heard_only` says that it is a recording. Pictures are drawn anew; whatever else is known is
    given out as a download only.
    """
    row = to_write(course, by)
    with place.open("rb") as stream:
        kind, media_type = kind_of(stream.read(_HEAD))
    if heard_only and media_type in ("video/webm", "video/mp4"):
        kind, media_type = "audio", media_type.replace("video", "audio")
    require(small_enough(place.stat().st_size, rules.MOST_BYTES[kind]))
    if kind in ("video", "audio"):
        file = keep_file(place, name, organisation=row.organisation, by=by, at=at)
        return CourseFile.objects.create(course=row, file=file, kind=kind, media_type=media_type)
    return _small(row, place.read_bytes(), name, by, at)


@action
def add_small_file(course: Course, content: bytes, name: str, *, by: Actor, at: datetime) -> CourseFile:
    """The same of a picture or a file that is in memory already, as those of a text are."""
    return _small(to_write(course, by), content, name, by, at)


def _small(row: Course, content: bytes, name: str, by: Actor, at: datetime) -> CourseFile:
    if kind_of(content[:_HEAD])[0] == "picture":
        require(small_enough(len(content), rules.MOST_BYTES["picture"]))
        drawn = media.drawing(content)
        kind, media_type, content = "picture", drawn.media_type, drawn.content
    else:
        looked = look_at(content)
        kind, media_type, content = "file", looked.media_type, looked.content
    file = keep(content, name, organisation=row.organisation, by=by, at=at)
    return CourseFile.objects.create(course=row, file=file, kind=kind, media_type=media_type)


@action
def keep_captions(file: CourseFile, content: bytes, language: str, *, by: Actor, at: datetime) -> CourseFile:
    """Captions of a video or a recording, as WebVTT; they take the place of earlier ones."""
    row = to_write(file.course, by)
    one = CourseFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    require(small_enough(len(content), rules.CAPTION_BYTES))
    if one.kind not in ("video", "audio") or not is_vtt(content):
        raise Refused(not_now("courses.no_captions"))
    before = one.captions
    one.captions = keep(content, "captions.vtt", organisation=row.organisation, by=by, at=at)
    one.captions_language = "en" if language == "en" else "zh"
    one.save(update_fields=["captions", "captions_language"])
    if before is not None:
        drop(before)
    return one


def is_vtt(content: bytes) -> bool:
    """Whether it is WebVTT in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return text.startswith("WEBVTT") and "-->" in text and "\x00" not in text
