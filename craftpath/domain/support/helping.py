"""What a person does about it, and what came of it. Nothing follows by itself."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.support import rules
from craftpath.domain.support.facts import HelpLookedAt, HelpRecorded, HelpTakenBack
from craftpath.domain.support.models import Act, Sign
from craftpath.domain.support.states import ACT, SIGN
from craftpath.domain.support.weighing import hold_looks, weigh
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment


@action
def act_on(
    enrolment: Enrolment,
    *,
    kind: str,
    words: str = "",
    look_on: date | None = None,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Act:
    """Write down what was done; the signs that spoke are acted on. The same `made_id` again is the same record."""
    require(rules.may_see(by, enrolment))
    if by.person is None:
        raise Refused(may_not("support.not_yours"))
    _hold(enrolment)
    known = Act._base_manager.filter(made_id=made_id, enrolment=enrolment, by=by.person).first()
    if known is not None:
        return known
    look_on = look_on or localdate(at) + rules.USUAL_AHEAD
    require(rules.can_be_recorded(kind, words, look_on, localdate(at)))
    if enrolment.state not in ("active", "suspended"):
        raise Refused(not_now("support.not_active"))
    spoke = list(_standing(enrolment, "given").values_list("rule", flat=True))
    row = Act.objects.create(
        made_id=made_id, enrolment=enrolment, kind=kind, words=words.strip(), reasons=spoke, by=by.person, at=at,
        look_on=look_on,
    )  # fmt: skip
    _standing(enrolment, "given").update(state=SIGN.after("given", "act"))
    weigh(enrolment)
    _said(HelpRecorded(kind), row, by=by, at=at)
    return row


@action
def look_at_act(act: Act, *, outcome: str, by: Actor, at: datetime) -> Act:
    """Say what came of it; where it is not better, the signs that still hold speak again."""
    row = _held(act)
    require(rules.may_see(by, row.enrolment))
    require(rules.can_be_looked_at(row, outcome))
    row.state = ACT.after(row.state, "look")
    row.outcome, row.looked_by, row.looked_at = outcome, by.person, at
    row.save(update_fields=["state", "outcome", "looked_by", "looked_at"])
    if outcome in ("same", "worse"):
        renew_signs(row.enrolment, by=by, at=at)
    _said(HelpLookedAt(outcome), row, by=by, at=at)
    return row


@action
def take_back_act(act: Act, *, by: Actor, at: datetime) -> Act:
    """It was a mistake: whoever wrote it takes it back, until somebody has looked at what came of it."""
    row = _held(act)
    if by.person is None or by.person.pk != row.by_id:
        raise Refused(may_not("support.others_act"))
    row.state = ACT.after(row.state, "take")
    row.words = ""
    if row.kind == "nothing":
        row.words = "–"
    row.save(update_fields=["state", "words"])
    if not Act._base_manager.filter(enrolment=row.enrolment, state="open").exists():
        renew_signs(row.enrolment, by=by, at=at)
    _said(HelpTakenBack(row.kind), row, by=by, at=at)
    return row


def _hold(enrolment: Enrolment) -> None:
    hold([enrolment.pk])
    hold_looks(Q(pk=enrolment.pk))


@action
def renew_signs(enrolment: Enrolment, *, by: Actor, at: datetime) -> int:
    """What was acted on and holds still speaks again."""
    _hold(enrolment)
    turned = _standing(enrolment, "acted").update(state=SIGN.after("acted", "renew"))
    weigh(enrolment)
    return turned


def _standing(enrolment: Enrolment, state: str) -> models.QuerySet[Sign]:
    return Sign._base_manager.filter(enrolment=enrolment, state=state, ended_at__isnull=True).order_by()


def _held(act: Act) -> Act:
    rows = Act._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("enrolment__cohort__organisation", "by").get(pk=act.pk)


def _said(fact: Fact, row: Act, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, subject=row.ref)
