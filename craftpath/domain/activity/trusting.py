"""Who says so: a program's token stands behind every statement that it sends, whatever the statement says itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q

from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation


def authority_of(client: Client) -> dict[str, Any]:
    """The person whose token it is, or the organisation's program; always the same for the same token."""
    own = client.person.public_id if client.person is not None else client.public_id
    return {
        "objectType": "Agent",
        "name": client.name,
        "account": {"homePage": settings.ADDRESS, "name": own},
    }


def senders_named(identity: str, organisation: Organisation) -> tuple[int, ...]:
    """The tokens of an organisation whose authority has this identity."""
    start = f"account {settings.ADDRESS} "
    if not identity.startswith(start):
        return ()
    name = identity.removeprefix(start)
    own = Q(person__public_id=name) | Q(person=None, public_id=name)
    return tuple(Client._base_manager.filter(own, organisation=organisation).values_list("pk", flat=True))
