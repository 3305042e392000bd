"""Who may run cohorts and enrol, and whether now."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from craftpath.domain.apprenticeships.models import (
    Cohort,
    Enrolment,
    EnrolmentParty,
    PartyRole,
    enrolment_seen_by,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import Scope, below
from craftpath.values.verdict import YES, Verdict, not_now

__all__ = [
    "assessed_by",
    "can_enrol",
    "classes_of",
    "cohorts_seen_by",
    "enrolment_seen_by",
    "hosts_seen_by",
    "may_appoint",
    "may_change_contract",
    "may_import_roster",
    "may_place",
    "may_manage",
    "may_manage_cohorts",
    "seen_by_helpers",
]


def may_manage_cohorts(actor: Actor) -> Verdict:
    """Coordinators and administrators."""
    return actor.may(Permission.MANAGE_COHORTS)


def may_manage(actor: Actor, cohort: Cohort) -> Verdict:
    """The same, and the cohort is their organisation's own or lies below it."""
    return actor.may_at(Permission.MANAGE_COHORTS, cohort.organisation)


def may_import_roster(actor: Actor, cohort: Cohort) -> Verdict:
    """The same people; a roster changes who is enrolled."""
    return actor.may_at(Permission.IMPORT_ROSTER, cohort.organisation)


def may_place(actor: Actor, cohort: Cohort, enterprise: Organisation | None) -> Verdict:
    """Who looks after agreements gives a place: of the college, or of the enterprise where the apprentice works."""
    verdict = actor.may_at(Permission.MANAGE_AGREEMENTS, cohort.organisation)
    if verdict or enterprise is None:
        return verdict
    return actor.may_at(Permission.MANAGE_AGREEMENTS, enterprise)


def may_appoint(actor: Actor, enrolment: Enrolment) -> Verdict:
    """Who runs the cohort, and who forms pairs at the college or where the apprentice works."""
    if actor.may_at(Permission.MANAGE_COHORTS, enrolment.cohort.organisation):
        return YES
    verdict = actor.may_at(Permission.FORM_PAIRS, enrolment.cohort.organisation)
    if verdict or enrolment.enterprise is None:
        return verdict
    return actor.may_at(Permission.FORM_PAIRS, enrolment.enterprise)


def may_change_contract(actor: Actor, enrolment: Enrolment) -> Verdict:
    """The same of an apprentice who has a place."""
    return may_place(actor, enrolment.cohort, enrolment.enterprise)


def can_enrol(cohort: Cohort) -> Verdict:
    """Until the cohort is completed."""
    return not_now("apprenticeships.cohort_completed") if cohort.state == "completed" else YES


def cohorts_seen_by(scope: Scope, field: str) -> Q:
    """The condition, for a higher noun, that the cohort in `field` is seen."""
    return Q(**{f"{field}__in": Cohort.seen_in(scope).values("pk")})


def seen_by_helpers(scope: Scope, prefix: str = "enrolment__") -> Q:
    """The condition, for a row with an enrolment: one's own, those of one's college, those with whom one works.

    No enterprise sees such rows as a whole.
    """
    mine = enrolment_seen_by(Scope(scope.person_id, within=scope.within), prefix)
    return mine | below(scope, f"{prefix}cohort__organisation")


def classes_of(scope: Scope) -> QuerySet[Cohort]:
    """The classes in which the reader learns, or works with somebody who learns; a link opens none of them."""
    rows = Cohort._base_manager.order_by()
    if scope.within:
        return rows.none()
    mine = Enrolment._base_manager.filter(person=scope.person_id).order_by()
    helped = EnrolmentParty.objects.filter(person=scope.person_id, ends_on__isnull=True).order_by()
    return rows.filter(Q(pk__in=mine.values("cohort_id")) | Q(pk__in=helped.values("enrolment__cohort_id")))


def apprentices_seen_by(scope: Scope, field: str) -> Q:
    """The condition, for a higher noun, that the person in `field` is an apprentice whom one sees."""
    seen = Enrolment._base_manager.filter(enrolment_seen_by(scope, "")).order_by()
    return Q(**{f"{field}__in": seen.values("person_id")})


def hosts_seen_by(scope: Scope, field: str) -> Q:
    """The condition, for a higher noun, that an apprentice whom one sees learns at the organisation in `field`."""
    seen = Enrolment._base_manager.filter(enrolment_seen_by(scope, ""), enterprise__isnull=False)
    return Q(**{f"{field}__in": seen.order_by().values("enterprise_id")})


def assessed_by(scope: Scope, field: str) -> Q:
    """The condition, for a higher noun, that the reader is an assessor of the enrolment in `field`."""
    mine = EnrolmentParty.objects.filter(
        person=scope.person_id, role=PartyRole.ASSESSOR, ends_on__isnull=True
    )
    return Q(**{f"{field}__in": mine.values("enrolment_id")})
