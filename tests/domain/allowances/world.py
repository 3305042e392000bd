"""Rules, pairs and short ways for the tests of allowances, in the month of the cast's today."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from craftpath.domain.allowances import actions
from craftpath.domain.allowances.actions import NewRule
from craftpath.domain.allowances.models import Calculation, RuleBook, Run
from craftpath.domain.pairing.models import Bond
from craftpath.kernel.access import Actor, join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.pairing.world import formed, of, somebody

MONTH = TODAY.replace(day=1)
FLAT = NewRule(name="带徒津贴", amount=200_00, kinds=("master_apprentice",))


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^allowances.{reason}$")


def hr(cast: Cast, n: int = 1) -> Actor:
    """The enterprise's personnel office; the second is somebody else of it."""
    if n == 1:
        return cast.actor("hr", cast.jinheng)
    return Actor(cast.jinheng, other(cast), frozenset({Role.HR}))


def other(cast: Cast) -> Person:
    found = Person.objects.filter(username="hr-2").first()
    if found is None:
        found = Person.objects.create_user("hr-2", password="x", name="沈会计")
        join([found], cast.jinheng, Role.HR, on=date(2026, 1, 1))
    return found


def book(
    cast: Cast,
    *new: NewRule,
    valid_from: date = date(2026, 1, 1),
    adopt: bool = True,
    results_from: str = "",
    **caps: int,
) -> RuleBook:
    """Adopted rules of the enterprise; caps by scope."""
    by = {"by": hr(cast), "at": AT}
    row = actions.draft_book(cast.jinheng, valid_from=valid_from, **by)
    row = actions.date_book(row, valid_from=valid_from, results_from=results_from, **by)
    for rule in list(row.rules.all()):
        actions.remove_rule(rule, **by)
    for one in new or (FLAT,):
        actions.write_rule(row, one, **by)
    for scope, most in caps.items():
        actions.set_cap(row, scope=scope, most=most, **by)
    return actions.adopt_book(row, **by) if adopt else row


def bond(
    cast: Cast, number: str = "26001", teacher: Person | None = None, on: date = MONTH, **more: Any
) -> Bond:
    """A pair of an apprentice of the cast with a new teacher, or with one."""
    pair = formed(cast, of(cast, number, teacher or somebody("孙师傅")), on=on, **more)
    return pair.bonds.get()


def asked(cast: Cast, month: date = MONTH, by: Actor | None = None) -> Calculation:
    return actions.ask_run(cast.jinheng, month=month, made_id=str(uuid.uuid4()), by=by or hr(cast), at=AT)


def computed(cast: Cast, month: date = MONTH, by: Actor | None = None, **more: Any) -> Run:
    """A month that a worker computed."""
    row = asked(cast, month, by)
    actions.carry_out(row, by=by or hr(cast), at=AT, **more)
    row.refresh_from_db()
    assert row.state == "done", (row.state, row.reason, row.facts)
    return Run.objects.get(pk=row.run_id)


def approved(cast: Cast, month: date = MONTH, **more: Any) -> Run:
    run = actions.check_run(computed(cast, month, **more), by=hr(cast), at=AT)
    return actions.approve_run(run, by=hr(cast, 2), at=AT)


def amounts(run: Run) -> list[tuple[str, str, int]]:
    """(kind, apprentice's name, amount) of each line."""
    rows = run.lines.order_by("about", "learner__name", "kind", "pk")
    return [(row.kind, row.learner.name, row.amount) for row in rows]
