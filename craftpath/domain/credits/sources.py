"""Where credits come from: providers that know what somebody has reached. Nobody types an earned credit.

A provider gets one person and hands back what stands today; it is asked while the open scope is that person's own. A
noun above registers its own with `provides`, as do those below whose facts are read here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.courses import stages_passed
from craftpath.domain.certificates.queries import certificates_of, in_standing
from craftpath.domain.claims.counting import counting
from craftpath.domain.claims.queries import claims_of
from craftpath.domain.courses.queries import finished_by
from craftpath.domain.participation.queries import acts
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that somebody has reached, and the fact on which it stands (`source`, a Ref as text).

    `reached` names it: whoever reaches the same thing twice earns it once.
    """

    kind: str
    source: str
    reached: str
    title: dict[str, str]
    on: date
    institution: Organisation | None
    scheme: str = ""
    level: str = ""
    subject: str = ""


Provider = Callable[["Person"], Iterable[Outcome]]
PROVIDERS: dict[str, Provider] = {}


def provides(kind: str) -> Callable[[Provider], Provider]:
    """Register whoever knows one kind of outcomes; a kind has one provider."""

    def register(provider: Provider) -> Provider:
        if PROVIDERS.setdefault(kind, provider) is not provider:
            raise TypeError(f"two providers know {kind}")
        return provider

    return register


def outcomes_of(person: Person) -> list[Outcome]:
    """Everything that somebody has reached, in the order in which it was reached."""
    with looking_for(Scope(person.pk)):
        found = [one for _kind, provider in sorted(PROVIDERS.items()) for one in provider(person)]
    return sorted(found, key=lambda one: (one.on, one.reached, one.source))


@provides("stage")
def _stages(person: Person) -> Iterable[Outcome]:
    for row in stages_passed(person):
        programme, cohort = row.stage.programme, row.enrolment.cohort
        if row.passed_on is None:
            continue
        yield Outcome(
            kind="stage",
            source=f"apprenticeships/enrolment/{row.enrolment.public_id}",
            reached=f"stage/{programme.key}/{Text.of(cohort.occupation).say('zh')[:60]}/{row.stage.key}",
            title=row.stage.name,
            on=row.passed_on,
            institution=cohort.organisation,
            subject=row.stage.key,
        )


@provides("course")
def _courses(person: Person) -> Iterable[Outcome]:
    for row in finished_by(person):
        course = row.run.course
        zone = ZoneInfo(row.run.organisation.time_zone)
        if row.finished_at is None:
            continue
        yield Outcome(
            kind="course",
            source=str(course.ref),
            reached=f"course/{course.public_id}",
            title=course.title,
            on=row.finished_at.astimezone(zone).date(),
            institution=course.organisation,
            subject=course.public_id,
        )


@provides("activity")
def _activities(person: Person) -> Iterable[Outcome]:
    rows = acts().filter(enrolment__person=person).select_related("enrolment__cohort__organisation")
    for row in rows:
        yield Outcome(
            kind="activity",
            source=f"participation/act/{row.public_id}",
            reached=f"activity/{row.about}",
            title={"zh": row.title, "en": row.title},
            on=row.on,
            institution=row.enrolment.cohort.organisation,
            subject=row.kind,
        )


PAPERS = ("stage", "course", "workshop")
"""Purposes of certificates that say on paper what earns by itself: nobody earns twice for one thing."""


@provides("certificate")
def _certificates(person: Person) -> Iterable[Outcome]:
    """Those of this site that were neither revoked nor replaced, also after their last day."""
    today = localdate()
    rows = certificates_of(person).filter(in_standing("valid", today) | in_standing("expired", today))
    for row in rows.exclude(kind__purpose__in=PAPERS):
        kind = row.kind
        yield Outcome(
            kind="certificate",
            source=str(row.ref),
            reached=_level(kind.scheme, kind.level, kind.occupation_id)
            or f"certificate/{row.organisation.key}/{kind.key}",
            title=kind.title,
            on=row.issued_on,
            institution=row.organisation,
            scheme=kind.scheme,
            level=kind.level,
            subject=kind.key,
        )


@provides("outside")
def _outside(person: Person) -> Iterable[Outcome]:
    """Verified ones of elsewhere, from the day on which somebody verified them."""
    today = localdate()
    for row in claims_of(person).filter(counting(today), decided_at__isnull=False):
        yield Outcome(
            kind="outside",
            source=str(row.ref),
            reached=_level(row.scheme, row.level, row.occupation_id) or f"outside/{row.public_id}",
            title={"zh": row.title, "en": row.title},
            on=localdate(row.decided_at),
            institution=row.verified_in,
            scheme=row.scheme,
            level=row.level,
        )


def _level(scheme: str, level: str, occupation: int | None) -> str:
    """One level of a scheme in one occupation is one outcome, whoever printed the certificate."""
    return f"level/{scheme}/{level}/{occupation or ''}" if level else ""
