"""Who may merge two records, and whether they can be merged now: asked alike by page, button and action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from craftpath.kernel.access import Actor, ActorKind, Membership
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.kernel.tenancy import paths_to
from craftpath.kernel.twins.tables import Merge
from craftpath.values.verdict import YES, Verdict, may_not, not_now

Held = Mapping[int, Sequence[Membership]]


def memberships_ever(people: Iterable[Person]) -> dict[int, list[Membership]]:
    """person id → every role that the person has or had: what was done in it would move. One query."""
    found: dict[int, list[Membership]] = {}
    rows = Membership.objects.filter(person__in=[one.pk for one in people]).select_related("organisation")
    for row in rows.order_by("pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


def may_merge(by: Actor, people: Sequence[Person], held: Held) -> Verdict:
    """Those who look after both persons with all their roles, past ones too; nobody for oneself.

    A merge gives the roles of one record to whoever signs in as the other. So nobody merges what may do more.
    """
    verdict = by.may(Permission.MERGE_PEOPLE)
    if not verdict or by.kind is ActorKind.SYSTEM:
        return verdict
    if by.person is not None and by.person.pk in {one.pk for one in people}:
        return may_not("twins.yourself")
    path = by.organisation.path if by.organisation is not None else ""
    for one in people:
        rows = held.get(one.pk, ())
        inside = [row for row in rows if path and row.organisation.path.startswith(path)]
        if len(inside) < len(rows) or not rows:
            return may_not("twins.elsewhere", name=one.name if inside else "")
        if any(not of_office(Role(row.role)) <= by.permissions for row in rows):
            return may_not("kernel.role_above_own")
    return YES


def shared_path(held: Iterable[Sequence[Membership]]) -> str:
    """The path of the lowest organisation under which all these roles lie; "" where nothing is above them all."""
    ways = [set(paths_to(row.organisation.path)) for rows in held for row in rows]
    return max(set.intersection(*ways), key=len, default="") if ways else ""


def above_all(held: Held) -> Organisation | None:
    """The lowest organisation that looks after all these roles, if there is one."""
    found: Organisation | None = Organisation.objects.filter(path=shared_path(held.values())).first()
    return found


def can_merge(stays: Person, goes: Person) -> Verdict:
    """Whether both are still records of their own, and the one that stays signs in."""
    if stays.pk == goes.pk:
        return not_now("twins.one_record")
    for one in (stays, goes):
        if one.merged_into_id is not None:
            return not_now("twins.gone_already", name=one.name)
    return YES if stays.is_active else not_now("twins.stays_inactive", name=stays.name)


def can_undo(merge: Merge) -> Verdict:
    """Whether nothing was merged on top of it; `merge` is not undone yet."""
    later = Merge._base_manager.filter(goes=merge.stays_id, state="merged").exists()
    return not_now("twins.merged_on") if later else YES
