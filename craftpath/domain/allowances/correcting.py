"""A settled month that was wrong: what comes out today is set against the books in the next run, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.allowances import rules
from craftpath.domain.allowances.facts import CorrectionAsked
from craftpath.domain.allowances.models import LONGEST_REASON, Correction, Line, Run
from craftpath.domain.allowances.running import hold_organisation
from craftpath.domain.pairing.queries import bonds_under
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond


@action
def ask_correction(
    organisation: Organisation,
    *,
    month: date,
    because: str,
    bond: Bond | None = None,
    by: Actor,
    at: datetime,
) -> Correction:
    """Let the next run look at a settled month again, of one pair or of all. While one waits, the same is the same."""
    require(rules.may_run(by, organisation))
    require(rules.has_words(because, LONGEST_REASON))
    hold_organisation(organisation)
    run = Run._base_manager.filter(organisation=organisation, month=month).first()
    ended = bond.ends_on if bond is not None else None
    booked = (
        bond is not None
        and Line._base_manager.filter(run__organisation=organisation, about=month, bond=bond.pk).exists()
    )
    require(rules.can_correct(run, month, ended, booked))
    rows = Correction._base_manager.filter(
        organisation=organisation, month=month, bond=bond, run__isnull=True
    )
    waiting = rows.first()
    if waiting is not None:
        return waiting
    row = Correction.objects.create(
        organisation=organisation,
        month=month,
        bond=bond,
        because=because.strip(),
        made_by=by.person,
        made_at=at,
    )
    told = CorrectionAsked(month=f"{month:%Y-%m}", because=row.because)
    tell(told, by=by, at=at, organisation=organisation, subject=run.ref if run else None)
    return row


def bond_named(organisation: Organisation, name: str, teacher: str = "") -> Bond:
    """The newest pair of an apprentice with this name, of those that the organisation pays or paid.

    Refused if nobody, or more than one apprentice, is called so.
    """
    rows = bonds_under(organisation).filter(learner__name=name.strip()).select_related("learner", "teacher")
    if teacher.strip():
        rows = rows.filter(teacher__name=teacher.strip())
    found = list(rows.exclude(role="deputy").order_by("-starts_on", "-pk")[:40])
    if not found:
        raise Refused(not_now("allowances.nobody_named", name=name.strip()))
    if len({row.learner_id for row in found}) > 1:
        raise Refused(not_now("allowances.several_named", name=name.strip()))
    return found[0]
