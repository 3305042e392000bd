"""Who says what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.domain.outside.models import (
    LONGEST_ID,
    LONGEST_NAME,
    LONGEST_TITLE,
    STATUSES,
    Mapping,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.client_scopes import opens
from craftpath.kernel.clients import Client
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import YES, Verdict, not_now

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort

__all__ = ["LONGEST_ID", "LONGEST_NAME", "LONGEST_TITLE", "STATUSES"]

MOST_COLUMNS = 200
"""Columns of one organisation's programs for one cohort."""
MOST_MARKS = 5
"""Marks of one apprentice in one column."""


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


def may_keep_columns(by: Actor, cohort: Cohort) -> Verdict:
    """Whoever may record marks there may keep some beside them."""
    return by.may_at(Permission.IMPORT_MARKS, cohort.organisation)
