"""With whom somebody learned and what was made and taken part in: masters, works, courses, workshops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from craftpath.domain.courses.queries import finished_by
from craftpath.domain.judging.queries import judgements_of
from craftpath.domain.mentoring.queries import products_of
from craftpath.domain.passport import wording
from craftpath.domain.passport.gathering import Asked, gives
from craftpath.domain.passport.record import Entry, Line
from craftpath.domain.passport.training import aimed_at, in_hours, said
from craftpath.domain.workshops.queries import attended_by
from craftpath.values.ref import Ref
from craftpath.values.text import Text

_DAY, _TENTH = timedelta(days=1), Decimal("0.1")


def _last(ends_on: date | None) -> date | None:
    """The last day of something that keeps the first day without it."""
    return ends_on - _DAY if ends_on is not None else None


@gives("masters")
def masters(asked: Asked) -> Iterator[Entry]:
    """Who taught one: by pairs, and by the roster where no pair says so."""
    taught = set()
    for bond in asked.bonds:
        if bond.learner_id != asked.person.pk:
            continue
        taught.add(bond.teacher_id)
        lines = [Line(wording.ROLE, wording.MASTERS[bond.role])]
        if bond.subject:
            lines.append(Line(wording.SUBJECT, bond.subject))
        last = _last(bond.ends_on)
        yield Entry(
            Text.of(bond.teacher.name), bond.starts_on, last, said(bond.place), tuple(lines),
            "current" if last is None or last >= asked.today else "over", bond.pair.ref,
        )  # fmt: skip
    for row in asked.enrolments:
        for party in row.parties.all():
            if party.role == "mentor" and party.person_id not in taught:
                yield Entry(
                    Text.of(party.person.name), party.starts_on, _last(party.ends_on),
                    said(row.enterprise or row.cohort.organisation),
                    (Line(wording.ROLE, wording.MASTERS["mentor"]),),
                    "over" if party.ends_on else "current",
                    Ref("apprenticeships", "enrolment", row.public_id),
                )  # fmt: skip


@gives("works")
def works(asked: Asked) -> Iterator[Entry]:
    """What one made with others in a pair, and practical works whose mark is published."""
    pairs = {bond.pair_id: bond.pair for bond in asked.bonds}
    for pk, product in products_of(pairs).items():
        shown = list(product.showings.all())
        lines = [Line(wording.SHOWN, f"{one.on.isoformat()} {one.audience}") for one in shown]
        yield Entry(
            Text.of(product.title), shown[-1].on if shown else localdate(product.kept_at), None,
            said(pairs[pk].organisation), tuple(lines), "done", product.ref,
        )  # fmt: skip
    known = {row.pk: row for row in asked.enrolments}
    for row in judgements_of(known):
        of = known[row.enrolment_id]
        yield Entry(
            Text.of(row.practical.title), localdate(row.made_at), None, said(row.practical.organisation),
            (Line(wording.OCCUPATION, aimed_at(of.cohort)), Line(wording.MARK, row.mark.quantize(_TENTH))),
            "done", row.practical.ref,
        )  # fmt: skip


@gives("courses")
def courses(asked: Asked) -> Iterator[Entry]:
    """Courses that one has finished."""
    for row in finished_by(asked.person):
        course = row.run.course
        lines = (Line(wording.SCORE, row.score),) if row.score is not None else ()
        yield Entry(
            Text.of(course.title), localdate(row.begun_at), localdate(row.finished_at), said(course.organisation),
            lines, "done", course.ref,
        )  # fmt: skip


@gives("workshops")
def workshops(asked: Asked) -> Iterator[Entry]:
    """Workshops at which one was, with the certificate of attendance while it holds."""
    for row in attended_by(asked.person):
        lines = [Line(wording.HOURS, in_hours(row.minutes))]
        certificate = getattr(row, "certificate", None)
        if certificate is not None and certificate.revoked_at is None:
            lines.append(Line(wording.NUMBER, certificate.number))
        yield Entry(
            Text.of(row.workshop.title), row.first, row.last, said(row.workshop.organisation), tuple(lines),
            "done", row.workshop.ref,
        )  # fmt: skip
