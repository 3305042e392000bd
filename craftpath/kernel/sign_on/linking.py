"""One's own accounts elsewhere: which may be linked, which are, and how somebody ends a link."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.kernel.sign_on.facts import SignOnUnlinked
from craftpath.kernel.sign_on.keeping import serving
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider
from craftpath.kernel.signin import memberships_of
from craftpath.values.verdict import Refused, may_not


def linkable(person: Person, day: date) -> list[SignOnProvider]:
    """The ways of the organisations where somebody has a role, and of those above them."""
    paths = [one.organisation.path for one in memberships_of([person], day).get(person.pk, [])]
    return [row for row in serving() if any(path.startswith(row.organisation.path) for path in paths)]


def own_links(person: Person) -> QuerySet[SignOnLink]:
    """What somebody has linked, or had linked at the first sign-in; those of ways that are off too."""
    rows = SignOnLink._base_manager.filter(person=person, provider__removed_at=None)
    return rows.select_related("provider__organisation").order_by("pk")


@action
def end_link(link: SignOnLink, *, by: Actor, at: datetime) -> None:
    """End one's own link. Roles that came of its groups stay until somebody ends them."""
    if by.person is None or by.client is not None or link.person_id != by.person.pk:
        raise Refused(may_not("kernel.sign_on_by_hand"))
    provider = link.provider
    SignOnLink._base_manager.filter(pk=link.pk).delete()
    told = SignOnUnlinked(provider.name, by.person.public_id)
    tell(told, by=by, at=at, organisation=provider.organisation, subject=provider.ref)
