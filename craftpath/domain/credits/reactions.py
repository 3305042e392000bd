"""What credits hear: something was reached, so it is looked at once; something does not stand, so it is taken back."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.timezone import localdate

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.certificates.facts import CertificateRevoked, CertificatesIssued, KeyRevoked
from craftpath.domain.certificates.queries import certificates
from craftpath.domain.claims.facts import ClaimDecided
from craftpath.domain.claims.queries import claims
from craftpath.domain.courses.facts import CourseFinished
from craftpath.domain.credits import bridges  # noqa: F401  (registers what credits offer)
from craftpath.domain.credits.actions import look_what_is_earned, take_back_of
from craftpath.domain.credits.facts import CreditsEarned
from craftpath.domain.credits.models import EarningRule, Entry
from craftpath.domain.participation.facts import ActsConfirmed, ActsWithdrawn
from craftpath.domain.participation.queries import whose
from craftpath.domain.progression.facts import GateOpened
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.text import Text


@on(GateOpened)
def on_gate_opened(told: Told) -> None:
    """Stages were passed."""
    if told.fact.gate == "stage":
        rows = enrolments().filter(public_id__in=told.fact.enrolments)
        _look(told, rows.order_by().values_list("person", flat=True))


@on(CourseFinished)
def on_course_finished(told: Told) -> None:
    """A course was done."""
    _look(told, Person.objects.filter(public_id=told.fact.person).values_list("pk", flat=True))


@on(ActsConfirmed)
def on_acts_confirmed(told: Told) -> None:
    """Somebody took part in something, and it was confirmed."""
    rows = enrolments().filter(pk__in=whose(told.fact.acts))
    _look(told, rows.order_by().values_list("person", flat=True))


@on(CertificatesIssued)
def on_certificates_issued(told: Told) -> None:
    """Certificates were issued."""
    rows = certificates().filter(public_id__in=told.fact.certificates)
    _look(told, rows.order_by().values_list("person", flat=True))


@on(ClaimDecided)
def on_claim_decided(told: Told) -> None:
    """A certificate of elsewhere was verified, or is not any more."""
    claim = claims().filter(public_id=Ref.parse(told.entry.subject).public_id).first()
    if claim is None:
        return
    if claim.state == "verified":
        _look(told, [claim.person_id])
    else:
        _take_back(told, [str(claim.ref)], told.fact.words or told.fact.phrase)


@on(CertificateRevoked)
def on_certificate_revoked(told: Told) -> None:
    """A certificate does not hold."""
    _take_back(told, [told.entry.subject], told.fact.because)


@on(KeyRevoked)
def on_key_revoked(told: Told) -> None:
    """None that the key signed does."""
    rows = certificates().filter(key__public=told.fact.public)
    _take_back(told, [str(row.ref) for row in rows], told.fact.because)


@on(ActsWithdrawn)
def on_acts_withdrawn(told: Told) -> None:
    """Something was not so after all."""
    _take_back(told, [f"participation/act/{one}" for one in told.fact.acts], told.fact.because)


def _look(told: Told, people: Iterable[int]) -> None:
    if not EarningRule.objects.exists():
        return
    at = told.entry.at
    for person in Person.objects.filter(pk__in=set(people)).order_by("pk"):
        look_what_is_earned(person, by=system(), at=at)


def _take_back(told: Told, sources: list[str], because: str) -> None:
    by, at = system(), told.entry.at
    take_back_of(sources, because=because or "–", on=localdate(at), by=by, at=at)


@on(CreditsEarned)
def on_credits_earned(told: Told) -> None:
    """How it sounds as statements: whoever earned a credit did so on that day, once."""
    rows = Entry._base_manager.filter(public_id__in=told.fact.entries).select_related("account__person")
    statements = [
        NewStatement(
            key=f"credit:{row.public_id}",
            person=row.account.person,
            verb="scored",
            object_id=f"{settings.ADDRESS}/credits/{row.public_id}",
            object_name={
                language: words
                for language, words in (("zh-Hans", Text.of(row.title).zh), ("en", Text.of(row.title).en))
                if words
            },
            at=told.entry.at,
            result={"score": {"raw": row.points / 100}},
        )
        for row in rows.order_by("pk")
    ]
    place = told.entry.organisation
    record_statements(statements, organisation=place, by=system(place), at=told.entry.at)
