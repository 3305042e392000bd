"""Groups that a provider names at a sign-on, as roles: what comes, what goes, and what stays whatever it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


def change_of(
    provider: SignOnProvider, link: SignOnLink, groups: Iterable[str], known: Mapping[str, str], day: date
) -> tuple[list[Role], list[SignOnRole]]:
    """Which roles these groups would bring, and which that came this way before would end."""
    wanted = {known[group] for group in groups if group in known}
    came = {
        one.membership.role: one
        for one in SignOnRole._base_manager.filter(link=link, ended_at=None).select_related("membership")
    }
    held = open_memberships(day).filter(person=link.person, organisation=provider.organisation)
    standing = set(held.values_list("role", flat=True)) | set(came)
    comes = [Role(role) for role in sorted(wanted - standing)]
    return comes, [one for role, one in came.items() if role not in wanted]


def settle(
    provider: SignOnProvider, link: SignOnLink, groups: list[str], known: Mapping[str, str], at: datetime
) -> None:
    """Give and end, in the name of whoever let the groups count and only while that one may give the roles.

    What may not be ended (nobody would be left) stays, and the sign-on goes on.
    """
    day = timezone.localtime(at).date()
    by = _giver(provider, day)
    if by is None:
        return
    comes, goes = change_of(provider, link, groups, known, day)
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
