"""What questions give to counting: whether somebody answered, and how soon. Never who asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from craftpath.domain.questions.models import Question
from craftpath.kernel.audit import AuditEntry

HEARD = dict.fromkeys(("questions.asked", "questions.answered", "questions.withdrawn"), ("answer",))
"""Facts, and the tables of the star that they may change."""


def questions(organisations: Collection[int]) -> Iterator[tuple[int, datetime, datetime | None]]:
    """(organisation, asked, first answered) of those that were not withdrawn; one question."""
    rows = (
        Question._base_manager.filter(organisation__in=organisations)
        .exclude(state="withdrawn")
        .order_by("pk")
    )
    yield from rows.values_list("organisation_id", "asked_at", "answered_at").iterator()


def organisations() -> list[int]:
    """Where anybody asked; one question."""
    return list(Question._base_manager.order_by().values_list("organisation_id", flat=True).distinct())


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, organisation) that these facts may have changed; one question."""
    about = {entry.subject.rpartition("/")[2] for entry in entries if entry.fact in HEARD}
    if about:
        rows = Question._base_manager.filter(public_id__in=about).order_by()
        yield from (("answer", pk) for pk in rows.values_list("organisation_id", flat=True).distinct())
