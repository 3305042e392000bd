"""What every action on an agreement does first: lock it, and ask who may."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.agreements import rules
from craftpath.domain.agreements.facts import AgreementMoved
from craftpath.domain.agreements.models import Agreement
from craftpath.domain.agreements.states import AGREEMENT
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import require

_WITH = (
    "enrolment__person",
    "enrolment__enterprise",
    "enrolment__cohort__programme",
    "enrolment__cohort__organisation",
    "enterprise",
    "organisation",
    "mentor",
    "document",
)


def locked(agreement: Agreement, *, by: Actor) -> Agreement:
    """The row as it is now, for this actor to write."""
    row = Agreement.objects.select_for_update(of=("self",)).select_related(*_WITH).get(pk=agreement.pk)
    require(rules.may_write(by, row))
    return row


def unscoped(public_id: str) -> Agreement:
    """The row of a text that was just signed, perhaps by somebody who sees nothing else of it."""
    rows = Agreement._base_manager.select_for_update(of=("self",)).select_related(*_WITH)
    return rows.get(public_id=public_id)


def move(row: Agreement, name: str, *columns: str) -> None:
    """Make a move and save it with these columns."""
    row.state = AGREEMENT.after(row.state, name)
    row.save(update_fields=["state", *columns])


def told(fact: Fact, row: Agreement, *, by: Actor, at: datetime) -> None:
    """Tell a fact about an agreement."""
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)


def told_state(row: Agreement, *, by: Actor, at: datetime) -> None:
    """Tell where it stands now."""
    told(AgreementMoved(row.public_id, row.state), row, by=by, at=at)
