"""Who is due for a kind of certificate by the record, and who is on the way.

For each purpose that the record knows one function finds everybody whom it is about, whether there yet or not, in a
constant number of queries (for skills: for each cohort). Where a certificate stands in something that only a noun above
knows (a workshop, a diploma), that noun says who is due and issues by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.everybody import enrolments_everywhere
from craftpath.domain.apprenticeships.queries import begun_stages
from craftpath.domain.certificates.providing import (
    LEAST_PROOFS,
    months_in,
    of_programme,
    served,
    skill_levels,
)
from craftpath.domain.certificates.texts import LINES, UNITS
from craftpath.domain.courses.queries import followers
from craftpath.kernel.people import Person
from craftpath.values.paper import day
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.certificates.models import Kind
    from craftpath.domain.courses.models import Follower

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a kind is about: on which ground (a Ref as text), what the paper says besides, and whether now."""

    person: Person
    ground: str
    lines: tuple[Line, ...] = ()
    verdict: Verdict = field(default=YES)


Find = Callable[["Kind", Sequence[int] | None, date], Iterator[Candidate]]
GROUNDS: dict[str, Find] = {}
FIELDS = {
    "stage": ("stage",),
    "course": ("course",),
    "skill": ("skill", "at_least"),
    "service": ("at_least", "unit"),
    "qualification": (),
    "workshop": (),
    "diploma": (),
}
"""What the ground of a purpose must say."""
SERVICE = ("months", "pairs")


def about(purpose: str) -> Callable[[Find], Find]:
    """Register who finds the people of a purpose: asked for a kind, people (ids; None: all of the issuer's), a day."""

    def register(find: Find) -> Find:
        if GROUNDS.setdefault(purpose, find) is not find:
            raise TypeError(f"two answer who is due for a {purpose}")
        return find

    return register


def candidates(kind: Kind, people: Sequence[int] | None, on: date) -> list[Candidate] | None:
    """Everybody whom a kind is about; None where only a noun above knows that."""
    find = GROUNDS.get(kind.purpose)
    return list(find(kind, people, on)) if find is not None else None


@about("stage")
def by_stage(kind: Kind, people: Sequence[int] | None, on: date) -> Iterator[Candidate]:
    """Whoever has begun the stage in a cohort of the issuer; due once a decision let them leave it."""
    rows = begun_stages().filter(
        of_programme(kind.ground, "stage__programme__"),
        stage__key=kind.ground["stage"],
        enrolment__cohort__organisation__path__startswith=kind.organisation.path,
    )
    if people is not None:
        rows = rows.filter(enrolment__person__in=people)
    related = ("enrolment__person", "enrolment__cohort__programme", "enrolment__enterprise", "stage")
    for row in rows.select_related(*related).order_by("enrolment__number", "pk"):
        there = row.state == "passed" and row.passed_on is not None and row.passed_on <= on
        yield Candidate(
            row.enrolment.person,
            str(Ref("apprenticeships", "enrolment", row.enrolment.public_id)),
            (
                _line("programme", row.enrolment.cohort.programme.name),
                _line("stage", row.stage.name),
                *((_line("enterprise", row.enrolment.enterprise.name),) if row.enrolment.enterprise else ()),
                _line("passed_on", day(row.passed_on).as_json() if row.passed_on else ""),
            ),
            YES if there else not_now("certificates.stage_open"),
        )


@about("course")
def by_course(kind: Kind, people: Sequence[int] | None, on: date) -> Iterator[Candidate]:
    """Whoever follows the course at the issuer; due once everything is done. Of two runs the finished one counts."""
    rows = followers().filter(
        run__course__public_id=kind.ground["course"],
        run__organisation__path__startswith=kind.organisation.path,
    )
    if people is not None:
        rows = rows.filter(person__in=people)
    found: dict[int, Follower] = {}
    for row in rows:
        if row.person_id not in found or (found[row.person_id].finished_at is None and row.finished_at):
            found[row.person_id] = row
    ground = str(Ref("courses", "course", kind.ground["course"]))
    for row in found.values():
        there = row.finished_at is not None and localdate(row.finished_at) <= on
        lines = [_line("course", row.run.course.title)]
        if there and row.finished_at is not None:
            lines.append(_line("finished_on", day(localdate(row.finished_at)).as_json()))
        if there and row.score is not None:
            lines.append(_line("score", f"{row.score.normalize():f} %"))
        yield Candidate(
            row.person, ground, tuple(lines), YES if there else not_now("certificates.course_open")
        )


@about("skill")
def by_skill(kind: Kind, people: Sequence[int] | None, on: date) -> Iterator[Candidate]:
    """The apprentices of the issuer; due where the record shows the skill at the level."""
    rows = {row.public_id: row for row in _apprentices(kind, people)}
    found = skill_levels(kind.ground["skill"], [row.person_id for row in rows.values()], on)
    want = int(kind.ground["at_least"])
    for public_id, row in rows.items():
        have = found.get((row.person_id, public_id))
        yield Candidate(
            row.person,
            str(Ref("apprenticeships", "enrolment", public_id)),
            (_line("programme", row.cohort.programme.name), _line("level", f"{have} / 4")) if have else (),
            _shown(have, want),
        )


def _shown(have: int | None, want: int) -> Verdict:
    if have is None:
        return not_now("certificates.skill_unseen", least=LEAST_PROOFS)
    return YES if have >= want else not_now("certificates.skill_below", have=have, want=want)


@about("service")
def by_service(kind: Kind, people: Sequence[int] | None, on: date) -> Iterator[Candidate]:
    """Whoever has taught apprentices at the issuer or below, or apprentices of its cohorts, for so long or so many."""
    want, unit = int(kind.ground["at_least"]), str(kind.ground["unit"])
    found = served(people, on, kind.organisation.path)
    named = Person.objects.in_bulk(found)
    for person, bonds in found.items():
        months, learners = months_in(bonds), len({one.learner_id for one in bonds})
        have = months if unit == "months" else learners
        yield Candidate(
            named[person],
            str(Ref("kernel", "person", named[person].public_id)),
            (
                _line("taught_since", day(min(one.starts_on for one in bonds)).as_json()),
                _line("months", _count("months", months)),
                _line("apprentices", _count("apprentices", learners)),
            ),
            YES if have >= want else not_now("certificates.service_short", have=have, want=want, unit=unit),
        )


@about("qualification")
def by_requirements(kind: Kind, people: Sequence[int] | None, on: date) -> Iterator[Candidate]:
    """The apprentices of the issuer: what the kind asks decides alone, so it must ask something."""
    verdict = YES if kind.requirements else not_now("certificates.asks_nothing")
    seen: set[int] = set()
    for row in _apprentices(kind, people):
        if row.person_id not in seen:
            seen.add(row.person_id)
            ground = str(Ref("kernel", "person", row.person.public_id))
            yield Candidate(row.person, ground, (_line("programme", row.cohort.programme.name),), verdict)


def _apprentices(kind: Kind, people: Sequence[int] | None) -> list[Enrolment]:
    """Of the issuer's own cohorts, and those who learn at its place: an enterprise certifies its own."""
    path = kind.organisation.path
    ours = Q(cohort__organisation__path__startswith=path) | Q(enterprise__path__startswith=path)
    rows = enrolments_everywhere().filter(ours).exclude(state="enrolled")
    if people is not None:
        rows = rows.filter(person__in=people)
    return list(rows)


def _line(label: str, value: str | dict[str, str]) -> Line:
    return {"label": LINES[label].as_json(), "value": Text.of(value).as_json()}


def _count(unit: str, count: int) -> dict[str, str]:
    return {"zh": UNITS[unit].zh.format(count), "en": UNITS[unit].en.format(count)}
