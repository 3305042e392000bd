"""The apprentice's own week, without JavaScript: every form is an ordinary one."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from craftpath.domain.logbook.actions import confirm_entries
from craftpath.domain.logbook.models import Entry, EntryFile, OtherVersion
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.logbook.conftest import Writer
from tests.photos import picture

WEEK = "/o/lanchuan/log/"


def form(**values: Any) -> dict[str, Any]:
    """What the form sends."""
    sent = {
        "made_id": str(uuid.uuid4()),
        "base": "0",
        "text": "试切外圆。",
        "hours": "7.5",
        "on": "2026-09-14",
    }
    return (
        sent | {"place": "车削一组", "bucket": "workplace", "skill": "", "unit": "", "do": "submit"} | values
    )


@pytest.fixture
def apprentice(browse: Callable[[str], Client]) -> Client:
    """Chen Yutong, signed in."""
    return browse("apprentice")


def entries() -> list[Entry]:
    """All there are."""
    with everywhere("a test looks at everything"):
        return list(Entry.objects.order_by("pk"))


def test_one_line_is_handed_in_and_comes_once_by_a_double_press(apprentice: Client) -> None:
    sent = form()
    for _ in range(2):
        assert apprentice.post(WEEK, sent).status_code == 302
    [entry] = entries()
    assert (entry.state, entry.minutes, entry.place, entry.bucket) == (
        "submitted",
        450,
        "车削一组",
        "workplace",
    )
    page = apprentice.get(WEEK + "?from=2026-09-14")
    assert "试切外圆。" in page.content.decode()
    assert page.headers["X-Offline"] == "keep"


def test_the_next_entry_begins_with_what_is_known(apprentice: Client) -> None:
    apprentice.post(WEEK, form())
    shown = apprentice.get(WEEK + "?from=2026-09-14").context["form"]
    assert (shown["place"].value(), float(shown["hours"].value()), shown["bucket"].value()) == (
        "车削一组",
        7.5,
        "workplace",
    )


def test_a_draft_is_kept_and_gone_on_with(apprentice: Client) -> None:
    sent = form(do="draft", text="")
    apprentice.post(WEEK, sent)
    [entry] = entries()
    assert entry.state == "draft"
    shown = apprentice.get(f"{WEEK}?entry={entry.public_id}").context["form"]
    assert (str(shown["made_id"].value()), shown["base"].value()) == (sent["made_id"], 1)


def test_a_photo_is_kept_small_and_without_its_place(apprentice: Client, cast: Cast, browse: Any) -> None:
    upload = SimpleUploadedFile("IMG_0001.jpg", picture(), "image/jpeg")
    assert apprentice.post(WEEK, form(text="", photo=upload)).status_code == 302
    [file] = EntryFile.objects.select_related("kept")
    with everywhere("a test looks at everything"):
        kept = Image.open(io.BytesIO(file.kept.bytes()))
    assert (max(kept.size), dict(kept.getexif()), (file.width, file.height)) == (1600, {}, kept.size)
    url = f"{WEEK}files/{file.public_id}/"
    answer = apprentice.get(url)
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    mentor = browse("mentor")
    assert mentor.get(f"/o/jinheng/log/files/{file.public_id}/").status_code == 200
    assert browse("classmate").get(url).status_code == 404
    assert browse("stranger").get(f"/o/dongling/log/files/{file.public_id}/").status_code == 404
    assert browse("").get(url).status_code == 302


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"GIF89a\x01\x00\x01\x00", b"\xff\xd8\xff\xe0 no more", b""]
)
def test_a_photo_that_is_none_is_refused_and_the_words_stay(apprentice: Client, content: bytes) -> None:
    upload = SimpleUploadedFile("photo.jpg", content, "image/jpeg")
    answer = apprentice.post(WEEK, form(photo=upload, text="这句话不能丢"))
    assert answer.status_code == 422
    assert "这句话不能丢" in answer.content.decode()
    assert not EntryFile.objects.exists()


def test_a_picture_that_unpacks_into_gigabytes_is_refused(apprentice: Client) -> None:
    bomb = io.BytesIO()
    Image.new("1", (40000, 40000)).save(bomb, "PNG")
    answer = apprentice.post(WEEK, form(photo=SimpleUploadedFile("p.png", bomb.getvalue(), "image/png")))
    assert answer.status_code == 422


def test_script_in_text_stays_text(apprentice: Client) -> None:
    apprentice.post(WEEK, form(text="<script>alert(1)</script>"))
    page = apprentice.get(WEEK + "?from=2026-09-14").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"hours": "25"}, "24"),
        ({"on": "2025-01-01"}, "before the first day"),
        ({"on": "not a day"}, "Day"),
        ({"text": "长" * 4001}, "4001"),
        ({"text": " ", "do": "submit"}, "Write a line"),
        ({"bucket": "nosuch"}, "Kind of hours"),
        ({"made_id": "x"}, ""),
    ],
)
def test_what_cannot_be_says_why_and_loses_nothing(apprentice: Client, values: dict, words: str) -> None:
    answer = apprentice.post(WEEK, form(**values))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_confirmed_entry_is_corrected_by_another_one(apprentice: Client, cast: Cast) -> None:
    writer = Writer(cast)
    with everywhere("a test looks at everything"):
        entry = writer.handed_in()
        confirm_entries({entry.public_id: 1}, by=writer.mentor, at=entry.saved_at)
    shown = apprentice.get(f"{WEEK}?entry={entry.public_id}")
    assert "as a correction" in shown.content.decode()
    apprentice.post(WEEK, form(made_id=str(entry.made_id), base="1", text="更正：只做了半天。", hours="4"))
    first, second = entries()
    assert (first.state, first.minutes, second.corrects_id, second.state) == (
        "confirmed",
        240,
        first.pk,
        "submitted",
    )


def test_two_versions_are_shown_and_one_is_chosen(apprentice: Client) -> None:
    sent = form(do="draft")
    apprentice.post(WEEK, sent)
    apprentice.post(WEEK, sent | {"base": "1", "text": "手机上写的。"})
    apprentice.post(WEEK, sent | {"base": "1", "text": "平板上写的。"})
    page = apprentice.get(WEEK + "?from=2026-09-14").content.decode()
    assert "手机上写的。" in page
    assert "平板上写的。" in page
    other = OtherVersion.objects.get()
    apprentice.post(f"{WEEK}versions/{other.public_id}/", {"do": "take"})
    assert entries()[0].text == "平板上写的。"
    assert apprentice.post(f"{WEEK}versions/{other.public_id}/", {"do": "take"}).status_code == 404


def test_another_s_entry_is_not_found_and_a_coordinator_keeps_no_log(cast: Cast, browse: Any) -> None:
    with everywhere("a test looks at everything"):
        entry = Writer(cast).handed_in()
    assert browse("classmate").get(f"{WEEK}?entry={entry.public_id}").status_code == 404
    assert browse("coordinator").get(WEEK).status_code == 403
    assert browse("stranger").get(WEEK).status_code == 404
    assert browse("").get(WEEK).status_code == 302
