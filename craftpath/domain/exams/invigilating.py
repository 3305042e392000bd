"""Who watches over a sitting: named from those who may hold one, and nobody at two sittings at one time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.exams import rules
from craftpath.domain.exams.clashes import meanwhile
from craftpath.domain.exams.facts import InvigilatorsNamed
from craftpath.domain.exams.models import Candidate, Invigilator, Sitting
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role, of_office
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_INVIGILATORS = 12
ROLES = [role.value for role in Role if Permission.IMPORT_MARKS in of_office(role)]


def who_may_watch(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Whoever may hold sittings there: they can open the room, take people in and close it."""
    path, step = organisation.path, organisation.steplen
    above = [path[:end] for end in range(step, len(path) + 1, step)]
    held = memberships_on(on).filter(organisation__path__in=above, role__in=ROLES)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True).order_by("name", "pk")


def watchers_of(sitting: Sitting) -> list[Person]:
    """Who watches over a sitting, by name."""
    rows = Invigilator._base_manager.filter(sitting=sitting).select_related("person")
    return [row.person for row in rows.order_by("person__name", "pk")]


def watched_by(person: Person, start: datetime, end: datetime) -> QuerySet[Sitting]:
    """Sittings over which somebody watches and that begin in this time; the own ones need no further look."""
    rows = Sitting._base_manager.select_related("organisation", "cohort", "paper")
    mine = Invigilator._base_manager.filter(person=person).values("sitting_id")
    return rows.filter(pk__in=mine, starts_at__gte=start, starts_at__lt=end)


def can_all_watch(people: Iterable[int], starts_at: datetime, minutes: int, *, but: Sitting) -> Verdict:
    """None of these people (ids) watches over another sitting meanwhile; two queries."""
    others = meanwhile(starts_at, minutes, but=but)
    rows = Invigilator._base_manager.filter(sitting__in=others, person__in=list(people))
    found = rows.order_by("person__name").values_list("person__name", "sitting__paper__title").first()
    return YES if found is None else not_now("exams.watches_elsewhere", name=found[0], title=found[1])


@action
def name_invigilators(sitting: Sitting, people: Sequence[Person], *, by: Actor, at: datetime) -> list[Person]:
    """Let these people, and nobody else, watch over a sitting; those who do already changes nothing."""
    row = Sitting.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=sitting.pk)
    require(rules.may_hold(by, row.organisation))
    if row.state not in ("planned", "open"):
        raise Refused(not_now("exams.is_closed"))
    wanted = {person.pk: person for person in people}
    if len(wanted) > MOST_INVIGILATORS:
        raise Refused(not_now("exams.too_many_watch", most=MOST_INVIGILATORS))
    known = set(
        who_may_watch(row.organisation, localdate(at)).filter(pk__in=wanted).values_list("pk", flat=True)
    )
    sits = Candidate._base_manager.filter(sitting=row, enrolment__person__in=wanted).exists()
    if known != set(wanted) or sits:
        raise Refused(not_now("exams.cannot_watch"))
    # One after another for each person, so that nobody is named for two rooms at once.
    list(Person.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted).order_by("pk"))
    require(can_all_watch(wanted, row.starts_at, row.minutes, but=row))
    before = Invigilator._base_manager.filter(sitting=row)
    held = set(before.values_list("person_id", flat=True))
    if held == set(wanted):
        return watchers_of(row)
    before.exclude(person__in=wanted).delete()
    Invigilator.objects.bulk_create(
        Invigilator(sitting=row, person_id=pk, named_at=at) for pk in sorted(set(wanted) - held)
    )
    told = InvigilatorsNamed(sorted(person.public_id for person in wanted.values()))
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return watchers_of(row)


def names_within(organisation: Organisation, keys: Iterable[str], on: date) -> list[Person]:
    """Those of these public ids who may watch there."""
    return list(who_may_watch(organisation, on).filter(public_id__in=list(keys)))
