"""Files beside an essay: kept once, by the device that answers, while it may; what nobody can open is refused."""

from __future__ import annotations

import io
import uuid
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.exams.actions import (
    Draft,
    add_answer_file,
    close_sitting,
    fix_paper,
    hand_in,
    make_paper,
    mark_essay,
    take_back_file,
    write_items,
)
from craftpath.domain.exams.filing import MOST_FILES, file_of, files_of
from craftpath.domain.exams.marking import essays_to_mark, scored
from craftpath.domain.exams.models import AnswerFile, Paper
from craftpath.engines.scoring import Kind
from craftpath.kernel.files import KeptFile
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.exams.hall import KINDS, NOBODY, OPENS, begin, candidate, opened
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
PROGRAM = "O0001\nG00 X100 Z100\nM30 (换刀)\n".encode()


def with_file(cast: Cast) -> Paper:
    """A paper of one essay that takes files, and one that takes none."""
    essay = next(one for one in KINDS if one.kind is Kind.ESSAY)
    drafts = [
        Draft(replace(essay, details=essay.details | {"file": wanted}), ready=True)
        for wanted in (True, False)
    ]
    by = cast.actor("trainer")
    items = write_items(cast.college, drafts, by=by, at=AT).items
    made = make_paper(
        items, organisation=cast.college, made_id=uuid.uuid4(), title="编程", minutes=60, by=by, at=AT
    )
    return fix_paper(made, by=by, at=AT)


def refused(reason: str) -> Any:
    return pytest.raises(Refused, match=f"^{reason}$")


def add(held: Any, content: bytes, order: int = 1, **other: Any) -> AnswerFile:
    given = {"made_id": uuid.uuid4(), "at": OPENS} | other
    return add_answer_file(held, order=order, content=content, by=NOBODY, **given)


def office(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


def test_a_program_a_photo_and_a_document_are_kept_once_each(cast: Cast) -> None:
    row, codes = opened(cast, paper=with_file(cast))
    held, made_id = begin(codes["26001"]), uuid.uuid4()
    first = add(held, PROGRAM, made_id=made_id)
    assert add(held, PROGRAM, made_id=made_id) == first
    add(held, picture("JPEG"))
    add(held, office("[Content_Types].xml", "word/document.xml"))
    mine = candidate(cast, row)
    kinds = [one.media_type for one in files_of(mine, first.line_id)]
    assert kinds[:2] == ["text/plain", "image/jpeg"]
    assert kinds[2].endswith("wordprocessingml.document")
    assert first.kept.bytes() == PROGRAM
    with refused("exams.too_many_files"):
        add(held, PROGRAM)
    assert MOST_FILES == 3


def test_it_is_taken_back_by_its_own_device_only(cast: Cast) -> None:
    row, codes = opened(cast, paper=with_file(cast))
    mine, other = begin(codes["26001"]), begin(codes["26002"])
    file = add(mine, PROGRAM)
    take_back_file(other, file.public_id, by=NOBODY, at=OPENS)
    assert file_of(candidate(cast, row), file.public_id) == file
    assert file_of(candidate(cast, row, "26002"), file.public_id) is None
    for _press in range(2):
        take_back_file(mine, file.public_id, by=NOBODY, at=OPENS)
    assert not AnswerFile.objects.exists()
    assert not KeptFile.objects.filter(pk=file.kept_id).exists()  # nothing of it stays behind


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2", b"<html><script>alert(1)</script>", b"  <svg/>", b"MZ\x90\0", b"PK\x03\x04broken",
     office("xl/workbook.xml", "xl/vbaProject.bin"), office("something.exe"), b"\x1b[31mred"],
)  # fmt: skip
def test_what_is_no_known_file_is_refused_and_kept_nowhere(cast: Cast, content: bytes) -> None:
    _row, codes = opened(cast, paper=with_file(cast))
    with refused("kernel.file_not_known"):
        add(begin(codes["26001"]), content)
    assert not AnswerFile.objects.exists()


def test_only_beside_a_question_that_asks_for_one_and_before_the_bell(cast: Cast) -> None:
    _row, codes = opened(cast, paper=with_file(cast))
    held = begin(codes["26001"])
    for order in (2, 3):
        with refused("exams.no_file_here"):
            add(held, PROGRAM, order=order)
    with refused("exams.after_the_bell"):
        add(held, PROGRAM, at=OPENS + timedelta(minutes=61))
    hand_in(held, by=NOBODY, at=OPENS)
    with refused("exams.handed_in_already"):
        add(held, PROGRAM)


def test_a_file_alone_is_an_essay_that_waits_for_its_marker(cast: Cast) -> None:
    row, codes = opened(cast, paper=with_file(cast))
    held = begin(codes["26001"])
    file = add(held, PROGRAM)
    row = close_sitting(row, by=cast.actor("trainer"), at=OPENS)
    [essay] = essays_to_mark(row, cast.actor("trainer"))
    assert list(essay.files) == [file]
    assert essay.text == ""
    assert scored(row).waits(0) == 1
    mark_essay(essay.candidate, essay.line, points=essay.most, by=cast.actor("trainer"), at=OPENS)
    assert scored(row).total(0) == essay.most
