"""Whether there is room for bonds: capacity, qualification, ratio, one responsible, no circle; under locks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from craftpath.domain.apprenticeships.queries import hold
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.rules import Wanted
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.period import Period
from craftpath.values.verdict import Refused, not_now, require


def hold_office(organisation: Organisation) -> None:
    """Pairs of one office are formed one after another, so that two at once cannot take the same last place."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def require_room(kind: str, wanted: Sequence[Wanted], span: Period) -> None:
    """Refuse unless everybody's place, qualification, ratio and apprentices allow these bonds; holds what it looks at.

    Locks go from the office to the people to the apprentices, each in the order of their ids.
    """
    places = {one.place.pk: one.place for one in wanted}
    list(
        Organisation.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=places)
        .order_by("pk")
        .values_list("pk")
    )
    teachers = {one.teacher.pk for one in wanted}
    list(
        Person.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=teachers)
        .order_by("pk")
        .values_list("pk")
    )
    hold(one.enrolment.pk for one in wanted if one.enrolment is not None)
    _require_teachers(wanted, span)
    _require_places(wanted, span, places)
    if kind == "master_apprentice":
        _require_learners(wanted, span)
    if kind not in rules.BOTH_WAYS:
        _require_no_circle(wanted, span)


def _require_teachers(wanted: Sequence[Wanted], span: Period) -> None:
    standings = queries.teachings(((one.place, one.teacher) for one in wanted), hold=True)
    load = queries.carried((one.teacher.pk for one in wanted), span)
    new: dict[tuple[int, int], set[int]] = defaultdict(set)
    for one in wanted:
        new[one.place.pk, one.teacher.pk].add(one.learner.pk)
    for (place, teacher), learners in sorted(new.items()):
        # Whom somebody teaches already is no one more: another share of the same apprentice takes no other seat.
        beside = [row for row in load.get(teacher, []) if row[0] not in learners]
        require(rules.can_teach(standings[place, teacher], beside, len(learners), span))


def _require_places(wanted: Sequence[Wanted], span: Period, places: dict[int, Organisation]) -> None:
    new: dict[int, set[int]] = defaultdict(set)
    for one in wanted:
        if one.enrolment is not None:
            new[one.place.pk].add(one.learner.pk)
    for place, learners in sorted(new.items()):
        most = queries.room_at(queries.house_rule(places[place]))
        beside = [row for row in queries.carried_at(places[place], span) if row[0] not in learners]
        require(rules.can_carry(places[place].title.both(), most, beside, len(learners), span))


def _require_learners(wanted: Sequence[Wanted], span: Period) -> None:
    taken = queries.responsible_for(one.enrolment.pk for one in wanted if one.enrolment is not None)
    for one in wanted:
        row = one.enrolment
        if row is not None and one.role == "responsible":
            others = taken.setdefault(row.pk, [])
            require(rules.can_be_taught(one.learner.name, others, span, row.ended_on))
            others.append(span)


def _require_no_circle(wanted: Sequence[Wanted], span: Period) -> None:
    people = {one.learner.pk: one.learner for one in wanted} | {one.teacher.pk: one.teacher for one in wanted}
    way = rules.circle(
        queries.arrows(span, (one.learner.pk for one in wanted)),
        ((one.teacher.pk, one.learner.pk) for one in wanted),
    )
    if way:
        known = people | {row.pk: row for row in Person.objects.filter(pk__in=set(way) - set(people))}
        raise Refused(not_now("pairing.circle", way=" → ".join(known[pk].name for pk in way)))
