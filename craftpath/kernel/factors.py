"""The second factor of sign-in: who has one, which organisation asks its staff for one, and how it is lost.

The factors themselves (a code from an app, a passkey, recovery codes) are allauth's, and so are their tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import STAFF, Permission
from craftpath.kernel.sign_ons import SignOnLink
from craftpath.kernel.tenancy import paths_to
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


@fact
@dataclass(frozen=True)
class SecondFactorAsked(Fact):
    """An organisation asks its staff for a second factor from now on, or does so no longer."""

    code: ClassVar[str] = "kernel.second_factor_asked"
    asked: bool


def asks_second_factor(path: str = "path") -> Exists:
    """For a query: whether the organisation whose `path` it is, or one above it, asks its staff for a second factor."""
    above = Organisation.objects.filter(second_factor=True).annotate(
        below=ExpressionWrapper(OuterRef(path), output_field=CharField())
    )
    return Exists(above.filter(below__startswith=F("path")))


def lacks_second_factor(person: Person, organisation: Organisation) -> Q:
    """For a query: whether the organisation, or one above it, asks its staff for one and the person has none."""
    asking = Organisation.objects.filter(second_factor=True, path__in=paths_to(organisation.path))
    return Q(Exists(asking.order_by())) & ~Q(Exists(Authenticator.objects.filter(user=person)))


def is_staff(actor: Actor) -> bool:
    """Whether the actor holds a role that may be asked for a second factor; apprentices and mentors never are."""
    return bool(actor.roles & STAFF)


def has_second_factor(person: Person) -> bool:
    """Whether the person signs in with more than a password; one query."""
    return bool(Authenticator.objects.filter(user=person).exists())


def with_factors(people: Iterable[Person]) -> set[int]:
    """The ids of those who sign in with more than a password; one query."""
    rows = Authenticator.objects.filter(user__in=[person.pk for person in people])
    return set(rows.values_list("user_id", flat=True))


def forget_factors(people: Iterable[Person]) -> int:
    """Take away every second factor and every link to another sign-in; the caller has asked who may."""
    ids = [person.pk for person in people]
    SocialAccount.objects.filter(user__in=ids).delete()
    SignOnLink._base_manager.filter(person__in=ids).delete()
    return int(Authenticator.objects.filter(user__in=ids).delete()[0])


@action
def ask_second_factor(organisation: Organisation, *, asked: bool, by: Actor, at: datetime) -> bool:
    """Ask the staff here and below for a second factor, or no longer. Returns whether that changed anything."""
    row = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    require(by.may_at(Permission.RUN_ORGANISATION, row))
    if row.second_factor == asked:
        return False
    Organisation.objects.filter(pk=row.pk).update(second_factor=asked)
    ref = Ref("kernel", "organisation", row.public_id)
    tell(SecondFactorAsked(asked), by=by, at=at, organisation=row, subject=ref)
    return True
