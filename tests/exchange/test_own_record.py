"""A person's whole record: all of it, and nothing of anybody else."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import Any

import pytest
from PIL import Image

from craftpath.delivery.exchange.own_record import about, exported, write_record
from craftpath.domain.evaluation.models import Mark
from craftpath.domain.logbook.actions import Content, add_file, save_entry
from craftpath.kernel.consents import give_consent
from craftpath.kernel.sheets import SheetImport
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing import furnish
from tests.house.making import make_sheet

pytestmark = pytest.mark.usefixtures("all_rows")


def record_of(cast: Cast, who: str) -> tuple[dict[str, Any], zipfile.ZipFile]:
    stream = io.BytesIO()
    write_record(stream, cast.people[who], at=AT)
    archive = zipfile.ZipFile(stream)
    return json.loads(archive.read("record.json")), archive


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """Log, roll, hours, marks, a photo each of two apprentices, a consent."""
    furnish(cast)
    for number, who in (("26001", "apprentice"), ("26002", "classmate")):
        actor = cast.actor(who)
        saved = save_entry(
            cast.enrolments[number],
            made_id=uuid.uuid4(),
            content=Content(on=TODAY, text=f"日志 {number}", minutes=60, bucket="workplace"),
            by=actor,
            at=AT,
        )
        add_file(saved.entry, made_id=uuid.uuid4(), kind="photo", content=picture(), by=actor, at=AT)
    give_consent(cast.people["apprentice"], "research", by=cast.actor("apprentice"), at=AT)
    return cast


def test_it_holds_what_every_noun_keeps_of_the_person(lived: Cast) -> None:
    record, archive = record_of(lived, "apprentice")
    tables = record["tables"]
    assert set(tables) >= {
        "kernel.Person", "kernel.Membership", "kernel.ConsentEvent", "apprenticeships.Enrolment",
        "apprenticeships.EnrolmentParty", "evaluation.Mark", "learning.Attendance", "logbook.Entry",
        "logbook.EntryFile", "logbook.Talk", "training.HourLine",
    }  # fmt: skip
    assert [row["name"] for row in tables["kernel.Person"]] == ["陈雨桐"]
    assert "日志 26001" in {row["text"] for row in tables["logbook.Entry"]}
    assert len(tables["evaluation.Mark"]) == Mark.objects.filter(enrolment__number="26001").count()
    assert [row["words"] for row in tables["learning.Attendance"]] == ["我请假了。"]
    photo, _another = [row["kept"] for row in tables["logbook.EntryFile"]]
    assert photo in archive.namelist()
    assert archive.read(photo)[:2] == b"\xff\xd8"


def test_it_holds_nothing_of_anybody_else_and_no_secret(lived: Cast) -> None:
    record, archive = record_of(lived, "apprentice")
    text = json.dumps(record, ensure_ascii=False)
    assert "日志 26002" not in text
    assert "林浩然" not in text
    assert "password" not in text
    assert lived.people["apprentice"].password not in text
    # Two of the log; one of an incident, a work that is judged, an essay, a meeting, a product, a question, a post
    # of a forum, a work of a course, a request for credits; three of certificates from elsewhere.
    assert sum(name.startswith("files/") for name in archive.namelist()) == 14


def test_a_pair_is_told_to_those_in_it_and_a_wish_to_whoever_has_it(lived: Cast) -> None:
    own, _ = record_of(lived, "apprentice")
    assert [row["words"] for row in own["tables"]["pairing.ChangeWish"]] == ["我想谈谈。"]
    teacher, _ = record_of(lived, "mentor")
    assert len(teacher["tables"]["pairing.Bond"]) == len(teacher["tables"]["pairing.Pair"]) == 2
    assert len(own["tables"]["pairing.Bond"]) == len(own["tables"]["pairing.Pair"]) == 1
    for who in ("mentor", "classmate", "hr", "coordinator"):
        record, _ = record_of(lived, who)
        assert "pairing.ChangeWish" not in record["tables"], who


def test_whoever_brought_a_sheet_gets_the_fact_and_not_the_file(lived: Cast) -> None:
    make_sheet(lived)
    record, archive = record_of(lived, "coordinator")
    assert len(record["tables"]["kernel.SheetImport"]) == SheetImport.objects.count()
    # What somebody has put beside a message of their own is theirs.
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert [name for name in files if not name.endswith("-plan.pdf")] == []
    assert "logbook.Entry" not in record["tables"]
    assert "evaluation.Mark" not in record["tables"]


def test_a_file_that_the_disk_lost_is_said_and_stops_nothing(
    lived: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    record, _ = record_of(lived, "apprentice")
    assert [row["kept"].endswith("(lost)") for row in record["tables"]["logbook.EntryFile"]] == [True, True]


def test_every_table_that_is_exported_knows_whose_its_rows_are() -> None:
    from django.apps import apps

    from craftpath.kernel.people import Person

    for label, columns in exported():
        model = apps.get_model(label)
        done_by = [name for name in columns if model._meta.get_field(name).related_model is Person]
        assert about(model) or done_by, label
