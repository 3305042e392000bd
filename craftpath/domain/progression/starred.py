"""What gates give to counting: attempts of many classes at once, whoever asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from craftpath.domain.apprenticeships import starred as contracts
from craftpath.domain.progression.models import Passage
from craftpath.kernel.audit import AuditEntry

HEARD = {"progression.gate_opened": ("gate",), "progression.stage_repeated": ("gate",)}
"""Facts, and the tables of the star that they may change."""


def gates(cohorts: Collection[int]) -> Iterator[tuple[int, date, str, int, bool]]:
    """(enrolment, day, stage, which attempt, whether it was passed) of gates out of a stage; one question."""
    rows = Passage._base_manager.filter(enrolment__cohort__in=cohorts, gate="stage")
    told = rows.order_by("enrolment_id", "decided_at", "pk")
    tries: Counter[tuple[int, str]] = Counter()
    for who, stage, on, outcome in told.values_list("enrolment_id", "stage__key", "decided_on", "outcome"):
        tries[who, stage] += 1
        yield who, on, stage, tries[who, stage], outcome == "passed"


def concerned(entries: Sequence[AuditEntry]) -> Iterator[tuple[str, int]]:
    """(table, class) that these facts may have changed; one question."""
    about = [entry for entry in entries if entry.fact in HEARD]
    if about:
        cohorts = {one for entry in about for one in contracts.named(entry, "cohort")}
        people = {one for entry in about for one in contracts.named(entry, "enrolment")}
        yield from (("gate", pk) for pk in contracts.classes_named(cohorts, people))
