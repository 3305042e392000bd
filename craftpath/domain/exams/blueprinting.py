"""Blueprints are written and changed."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.exams import rules
from craftpath.domain.exams.facts import BlueprintChanged, BlueprintMade
from craftpath.domain.exams.faults import Fault
from craftpath.domain.exams.models import LONGEST_BLUEPRINT_TITLE, Blueprint
from craftpath.domain.exams.queries import items_by_id
from craftpath.domain.exams.wishes import Wish
from craftpath.domain.programmes.queries import outcomes_known
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@action
def make_blueprint(
    wish: Wish, *, organisation: Organisation, made_id: uuid.UUID, title: str, by: Actor, at: datetime
) -> Blueprint:
    """Write down what forms have to be; the same form (`made_id`) writes it once."""
    require(rules.may_write(by, organisation))
    # Two presses at once: one after the other.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = Blueprint._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    title = _titled(title)
    _check(wish)
    row = Blueprint(
        made_id=made_id,
        organisation=organisation,
        title=title,
        wanted=wish.as_json(),
        made_by=by.person,
        made_at=at,
        changed_by=by.person,
        changed_at=at,
    )
    row.save()
    tell(BlueprintMade(wish.forms), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def change_blueprint(
    blueprint: Blueprint, wish: Wish, *, title: str, seen: int, by: Actor, at: datetime
) -> Blueprint:
    """Other wishes or another title; the same again changes nothing. `seen` is the `number` that one began with."""
    rows = Blueprint.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=blueprint.pk)
    require(rules.may_write(by, row.organisation))
    title = _titled(title)
    _check(wish)
    wanted = wish.as_json()
    if (row.title, row.wanted) == (title, wanted):
        return row
    if seen != row.number:
        raise Refused(not_now("exams.blueprint_moved"))
    row.title, row.wanted, row.number = title, wanted, row.number + 1
    row.changed_by, row.changed_at = by.person, at
    row.save(update_fields=["title", "wanted", "number", "changed_by", "changed_at"])
    tell(BlueprintChanged(row.number), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _titled(title: str) -> str:
    title = " ".join(title.split())
    require(rules.can_title(title, LONGEST_BLUEPRINT_TITLE))
    return title


def _check(wish: Wish) -> None:
    """Outcomes and questions that the writer does not see cannot be asked for."""
    named = {row.outcome for row in wish.rows if row.outcome is not None}
    unknown = named - outcomes_known(named) if named else set()
    faults = tuple(
        Fault("exams.blueprint_word_unknown", f"rows-{n}")
        for n, row in enumerate(wish.rows)
        if row.outcome in unknown
    )
    keys = [one.item for one in wish.named]
    there = {item.public_id for item in items_by_id(keys)} if keys else set()
    faults += tuple(
        Fault("exams.blueprint_word_unknown", f"named-{n}") for n, key in enumerate(keys) if key not in there
    )
    if faults:
        raise Refused(not_now("exams.blueprint_faulty", faults=faults))
