"""Who hears at once of an examination: its candidates, that it was planned, moved, cancelled, published, decided on."""

from __future__ import annotations

from collections.abc import Iterable

from craftpath.domain.exams.facts import (
    AppealAssessed,
    AppealEnded,
    CandidateAdded,
    CandidateRemoved,
    OutcomesPublished,
    SittingCancelled,
    SittingMoved,
    SittingPlanned,
)
from craftpath.domain.exams.models import Appeal, Candidate, Sitting
from craftpath.kernel.access import system
from craftpath.kernel.alerts import alert
from craftpath.kernel.facts import Told, on
from craftpath.kernel.instant_kinds import learn_instants
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref

learn_instants("exams", "craftpath.domain.exams")


@on(SittingPlanned)
def on_sitting_planned(told: Told) -> None:
    """Everybody who is on the list."""
    _tell_all(told, "exams.planned")


@on(SittingMoved)
def on_sitting_moved(told: Told) -> None:
    """The same people."""
    _tell_all(told, "exams.moved")


@on(SittingCancelled)
def on_sitting_cancelled(told: Told) -> None:
    """The same people."""
    _tell_all(told, "exams.cancelled")


@on(CandidateAdded)
def on_candidate_added(told: Told) -> None:
    """Whoever sits in addition."""
    _tell(told, "exams.planned", _sitting(told), _person(told.fact.enrolment))


@on(CandidateRemoved)
def on_candidate_removed(told: Told) -> None:
    """Whoever does not sit after all."""
    _tell(told, "exams.taken_out", _sitting(told), _person(told.fact.enrolment))


@on(OutcomesPublished)
def on_outcomes_published(told: Told) -> None:
    """Whoever can read a result that is new or another one."""
    rows = Candidate.objects.filter(public_id__in=told.fact.candidates)
    people = Person.objects.filter(pk__in=rows.values("enrolment__person"))
    _tell(told, "exams.result", _sitting(told), people.iterator(2_000))


@on(AppealAssessed)
def on_appeal_assessed(told: Told) -> None:
    """The candidate: it goes on."""
    _tell_candidate(told, "exams.appeal_second")


@on(AppealEnded)
def on_appeal_ended(told: Told) -> None:
    """The candidate, unless it was the candidate who took it back."""
    if told.fact.state != "withdrawn":
        _tell_candidate(told, "exams.appeal_ended")


def _sitting(told: Told) -> Sitting:
    public_id = Ref.parse(told.entry.subject).public_id
    return Sitting.objects.select_related("paper").get(public_id=public_id)


def _person(enrolment: str) -> list[Person]:
    return list(Person.objects.filter(enrolments__public_id=enrolment))


def _tell_all(told: Told, code: str) -> None:
    row = _sitting(told)
    people = Person.objects.filter(pk__in=Candidate.objects.filter(sitting=row).values("enrolment__person"))
    _tell(told, code, row, people.iterator(2_000))


def _tell_candidate(told: Told, code: str) -> None:
    rows = Appeal.objects.select_related("candidate__sitting__paper", "candidate__enrolment__person")
    one = rows.get(public_id=Ref.parse(told.entry.subject).public_id).candidate
    _tell(told, code, one.sitting, [one.enrolment.person])


def _tell(told: Told, code: str, row: Sitting, people: Iterable[Person]) -> None:
    title = row.paper.title
    by, at = system(told.entry.organisation), told.entry.at
    alert(people, code, subject=row.ref, about={"zh": title, "en": title}, entry=told.entry, by=by, at=at)
