"""What somebody says of a pair: that it is of two persons, or that two records nobody found should be compared."""

from __future__ import annotations

from datetime import datetime

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.kernel.twins import rules
from craftpath.kernel.twins.facts import RecordsParted
from craftpath.kernel.twins.finding import BY_HAND, POSSIBLE
from craftpath.kernel.twins.states import TWINS
from craftpath.kernel.twins.tables import LONGEST, Twins
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, not_now, require


@action
def part_twins(pair: Twins, *, because: str, by: Actor, at: datetime) -> Twins:
    """They look alike and are two persons: remembered, and not proposed again."""
    row = Twins.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    people = [row.first, row.second]
    require(rules.may_merge(by, people, rules.memberships_ever(people)))
    if row.state == "apart":
        return row
    require(not_now("twins.merged_now") if row.state == "merged" else YES)
    row.state, row.said_by, row.said_at = TWINS.after(row.state, "part"), by.person, at
    row.because = because.strip()[:LONGEST]
    row.save(update_fields=["state", "said_by", "said_at", "because"])
    for person in people:
        told = RecordsParted([one.public_id for one in people], row.because)
        tell(told, by=by, at=at, subject=Ref("kernel", "person", person.public_id))
    return row


@action
def compare_people(one: Person, other: Person, *, by: Actor, at: datetime) -> Twins:
    """Put two records side by side that nothing has found alike; said apart before, they are open again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    require(rules.may_merge(by, [first, second], rules.memberships_ever([first, second])))
    require(rules.can_merge(first, second))
    row, _new = Twins.objects.get_or_create(
        first=first,
        second=second,
        defaults={"strength": POSSIBLE, "reasons": [BY_HAND], "found_at": at},
    )
    if row.state == "apart":
        row.state, row.said_by, row.said_at = TWINS.after(row.state, "reopen"), by.person, at
        row.reasons = list(dict.fromkeys([*row.reasons, BY_HAND]))
        row.save(update_fields=["state", "said_by", "said_at", "reasons"])
    return row
