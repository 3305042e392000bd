"""Groups that a provider names at a sign-on, as roles: what comes, what goes, and what stays whatever it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from craftpath.kernel.access import Actor, Membership, actor_in
from craftpath.kernel.admission import give_role, may_give
from craftpath.kernel.leaving import end_roles
from craftpath.kernel.roles import Role
from craftpath.kernel.sign_ons import SignOnLink, SignOnProvider, SignOnRole
from craftpath.kernel.signin import open_memberships
from craftpath.values.verdict import Refused

Change = tuple[list[Role], list[SignOnRole]]  # roles that come, and rows that end


def changes_of(
    provider: SignOnProvider, links: Sequence[SignOnLink], known: Mapping[str, str], day: date
) -> list[Change]:
    """Which roles the groups of each would bring, and which that came this way before would end; two questions."""
    came: dict[int, dict[str, SignOnRole]] = {}
    given = SignOnRole._base_manager.filter(link__in=[link.pk for link in links], ended_at=None)
    for one in given.select_related("membership"):
        came.setdefault(one.link_id, {})[one.membership.role] = one
    held: dict[int, set[str]] = {}
    people = [link.person_id for link in links]
    rows = open_memberships(day).filter(person__in=people, organisation=provider.organisation)
    for person, role in rows.values_list("person_id", "role"):
        held.setdefault(person, set()).add(role)
    found: list[Change] = []
    for link in links:
        wanted = {known[group] for group in link.groups if group in known}
        here = came.get(link.pk, {})
        comes = [Role(role) for role in sorted(wanted - held.get(link.person_id, set()) - set(here))]
        found.append((comes, [one for role, one in here.items() if role not in wanted]))
    return found


def settle(provider: SignOnProvider, link: SignOnLink, known: Mapping[str, str], at: datetime) -> None:
    """Give and end what the groups of a link say, in the name of whoever let them count, while that one may give it.

    What may not be ended (nobody would be left) stays, and the sign-on goes on.
    """
    day = timezone.localtime(at).date()
    by = _giver(provider, day)
    if by is None:
        return
    [(comes, goes)] = changes_of(provider, [link], known, day)
    for role in comes:
        if may_give(by, role, provider.organisation):
            give_role([link.person], provider.organisation, role, on=day, by=by, at=at)
            row = Membership.objects.get(
                person=link.person, organisation=provider.organisation, role=role.value, ends_on__isnull=True
            )
            SignOnRole._base_manager.create(link=link, membership=row)
    for one in goes:
        try:
            with transaction.atomic():
                if one.membership.ends_on is None:
                    end_roles([one.membership], on=day, because=provider.name, by=by, at=at)
        except Refused:
            continue
        one.ended_at = at
        one.save(update_fields=["ended_at"])


def _giver(provider: SignOnProvider, day: date) -> Actor | None:
    """Whoever let the groups count, as an actor of today."""
    return actor_in(provider.groups_by, provider.organisation, day) if provider.groups_by else None
