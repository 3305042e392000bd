"""How coming to a workshop sounds as a statement in `activity`, and what of it is worth credits."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localdate

from craftpath.domain.activity.actions import NewStatement, record_statements
from craftpath.domain.credits.actions import look_what_is_earned, take_back_of
from craftpath.domain.credits.queries import earning_rules
from craftpath.domain.workshops.crediting import source_of
from craftpath.domain.workshops.facts import CertificateRevoked, CertificatesIssued, CheckedIn
from craftpath.domain.workshops.models import Certificate, Registration
from craftpath.kernel.access import system
from craftpath.kernel.facts import Told, on
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref


@on(CheckedIn)
def on_checked_in(told: Told) -> None:
    """Somebody was there; a guest is nobody here, and what was taken back says nothing."""
    rows = Registration._base_manager.select_related("person", "workshop")
    row = rows.filter(public_id=told.fact.registration).first()
    if row is None or row.person is None or told.fact.way == "undone":
        return
    statement = NewStatement(
        key=f"workshop:{row.public_id}:{told.fact.on}",
        person=row.person,
        verb="attended",
        object_id=f"{settings.ADDRESS}/workshops/{row.workshop.public_id}",
        object_name={"zh-Hans": row.workshop.name.say("zh"), "en": row.workshop.name.say("en")},
        at=told.entry.at,
    )
    organisation = told.entry.organisation
    record_statements([statement], organisation=organisation, by=system(organisation), at=told.entry.at)


@on(CertificatesIssued)
def on_certificates_issued(told: Told) -> None:
    """Those with an account here have earned it, where a rule says so."""
    if not earning_rules().filter(outcome="workshop").exists():
        return
    rows = Certificate._base_manager.filter(
        workshop__public_id=Ref.parse(told.entry.subject).public_id, revoked_at__isnull=True
    )
    held = rows.order_by().values("registration__person")
    for person in Person.objects.filter(pk__in=held).order_by("pk"):
        look_what_is_earned(person, by=system(), at=told.entry.at)


@on(CertificateRevoked)
def on_certificate_revoked(told: Told) -> None:
    """What stood on it does not stand; a second time changes nothing."""
    row = Certificate._base_manager.select_related("record").get(public_id=told.fact.certificate)
    at = told.entry.at
    take_back_of([source_of(row)], because=told.fact.because, on=localdate(at), by=system(), at=at)
