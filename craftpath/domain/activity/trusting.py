"""Who says so: a program's token stands behind every statement that it sends, whatever the statement says itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q

from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person


def authority_of(client: Client) -> dict[str, Any]:
    """The person whose token it is, or the organisation's program; always the same for the same token."""
    own = client.person.public_id if client.person is not None else client.public_id
    return {
        "objectType": "Agent",
        "name": client.name,
        "account": {"homePage": settings.ADDRESS, "name": own},
    }


def people_named(identities: Iterable[str]) -> dict[str, int]:
    """Who these identities are here: an account of this site, or a mailbox that is somebody's; one query.

    identity → id of a person. Whoever is nobody here, and whoever's record has been merged away, is not in it.
    """
    start = f"account {settings.ADDRESS} "
    accounts = {own.removeprefix(start): own for own in identities if own.startswith(start)}
    mailboxes = {
        own.removeprefix("mbox mailto:").lower(): own for own in identities if own.startswith("mbox ")
    }
    named = Q(public_id__in=list(accounts)) | Q(email__in=list(mailboxes))
    found: dict[str, int] = {}
    if accounts or mailboxes:
        rows = Person.objects.filter(named, merged_into=None)
        for pk, public_id, email in rows.values_list("pk", "public_id", "email"):
            for own in (accounts.get(public_id), mailboxes.get((email or "").lower())):
                if own is not None:
                    found[own] = pk
    return found


def senders_named(identity: str, organisation: Organisation) -> tuple[int, ...]:
    """The tokens of an organisation whose authority has this identity."""
    start = f"account {settings.ADDRESS} "
    if not identity.startswith(start):
        return ()
    name = identity.removeprefix(start)
    own = Q(person__public_id=name) | Q(person=None, public_id=name)
    return tuple(Client._base_manager.filter(own, organisation=organisation).values_list("pk", flat=True))
