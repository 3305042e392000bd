"""Files beside an essay: put there and taken back by the device that answers, until the paper is handed in."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from craftpath.domain.exams.models import AnswerFile, Candidate, PaperLine
from craftpath.domain.exams.taking import Held, can_answer, locked
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.files import drop, keep
from craftpath.values.verdict import Refused, not_now, require

MOST_FILES = 3


@action
def add_answer_file(
    held: Held, *, order: int, made_id: uuid.UUID, content: bytes, by: Actor, at: datetime
) -> AnswerFile:
    """Keep a file beside an essay that asks for one; the same press (`made_id`) keeps it once."""
    row = locked(held)
    require(can_answer(row, held.grip, at))
    line = PaperLine.objects.filter(paper=row.paper_id, order=order).select_related("version__item").first()
    if line is None or line.version.item.kind != "essay" or not line.version.details.get("file"):
        raise Refused(not_now("exams.no_file_here"))
    rows = AnswerFile._base_manager.filter(candidate=row, line=line)
    known = rows.filter(made_id=made_id).first()
    if known is not None:
        return known
    if rows.count() >= MOST_FILES:
        raise Refused(not_now("exams.too_many_files", most=MOST_FILES))
    found = look_at(content)
    kept = keep(found.content, found.kind, organisation=row.sitting.organisation, by=by, at=at)
    file = AnswerFile(
        made_id=made_id, candidate=row, line=line, kept=kept, media_type=found.media_type, added_at=at
    )
    file.save()
    return file


@action
def take_back_file(held: Held, public_id: str, *, by: Actor, at: datetime) -> None:
    """It was not meant; one that is gone already is no fault."""
    row = locked(held)
    require(can_answer(row, held.grip, at))
    file = file_of(row, public_id)
    if file is not None:
        file.delete()
        drop(file.kept)


def files_of(candidate: Candidate, line: int) -> list[AnswerFile]:
    """What one has put beside a question; one query. Whoever asks holds the paper."""
    rows = AnswerFile._base_manager.filter(candidate=candidate, line=line).select_related("kept")
    return list(rows.order_by("pk"))


def was_added(candidate: Candidate, made_id: uuid.UUID) -> bool:
    """Whether the file of this press stands beside an answer."""
    return AnswerFile._base_manager.filter(candidate=candidate, made_id=made_id).exists()


def file_of(candidate: Candidate, public_id: str) -> Any:
    """A file of one's own, or None."""
    rows = AnswerFile._base_manager.filter(candidate=candidate, public_id=public_id)
    return rows.select_related("kept").first()
