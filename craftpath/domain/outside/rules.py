"""Who says what counts."""

from __future__ import annotations

from craftpath.domain.outside.models import LONGEST_NAME, Mapping
from craftpath.kernel.access import Actor
from craftpath.kernel.client_scopes import opens
from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

__all__ = ["LONGEST_NAME"]


def may_map(by: Actor, organisation: Organisation) -> Verdict:
    """Whoever looks after the organisation's cohorts."""
    return by.may_at(Permission.MANAGE_COHORTS, organisation)


def can_send(client: Client, organisation: Organisation) -> Verdict:
    """A service token of this organisation that may send statements."""
    sends = client.organisation_id == organisation.pk and client.is_service
    return YES if sends and opens(client.scopes, "xapi:write") else not_now("outside.no_program")


def can_change(mapping: Mapping) -> Verdict:
    """Not once it is switched off."""
    return YES if mapping.stopped_at is None else not_now("outside.stopped")
