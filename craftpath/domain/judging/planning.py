"""Planning a practical assessment: what is judged, by which rubric, and who rates whose work."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.judging import queries, rules
from craftpath.domain.judging.drafting import use_rubric
from craftpath.domain.judging.facts import (
    PracticalCancelled,
    PracticalClosed,
    PracticalPlanned,
    PracticalReopened,
    RaterExcused,
    RatersAsked,
)
from craftpath.domain.judging.locking import locked
from craftpath.domain.judging.models import KINDS, RATERS, Judgement, Practical, Rater, Rating, Rubric
from craftpath.domain.judging.settling import rule_from
from craftpath.domain.judging.states import PRACTICAL
from craftpath.domain.programmes.definition import items
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.evaluation.models import Evaluation


@dataclass(frozen=True, slots=True)
class Panel:
    """Who rates: everybody's own mentor, people named with their kind, so many peers, the apprentice apart.

    `chair` is the id of one of those named.
    """

    mentors: bool = True
    people: Sequence[tuple[Person, str]] = ()
    chair: int | None = None
    peers: int = 0
    self_rating: bool = False


@action
def plan_practical(
    evaluation: Evaluation,
    *,
    made_id: uuid.UUID,
    item: str,
    rubric: Rubric,
    kind: str,
    title: str,
    brief: str = "",
    due_on: date,
    panel: Panel,
    by: Actor,
    at: datetime,
) -> Practical:
    """Ask the panel to judge everybody who is in the stage now; the same plan again (`made_id`) is the same row."""
    require(rules.may_plan(by, evaluation.cohort))
    standing = Practical._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    title = " ".join(title.split())
    require(rules.can_plan(title, due_on, timezone.localtime(at).date()))
    known = {one.key: one for one in items(evaluation.scheme.definition)}
    if item not in known or kind not in KINDS:
        raise Refused(not_now("judging.item_unknown", item=item))
    if known[item].source is not None or known[item].grades:
        raise Refused(not_now("judging.item_not_judged", item=known[item].name.both()))
    taken = queries.judged_items(evaluation).get(item)
    if taken is not None:
        raise Refused(not_now("judging.item_has_one", item=known[item].name.both(), title=taken.title))
    people = list(queries.in_stage(evaluation))
    if not people:
        raise Refused(not_now("judging.nobody_in_stage"))
    asked = _asked(people, panel)
    own = raters_row_of(evaluation, item)
    rule = rule_from(own, min(map(_ordinary, asked.values())))
    _check_panel(people, asked, rule)
    row = Practical(
        made_id=made_id,
        organisation=evaluation.cohort.organisation,
        evaluation=evaluation,
        item=item,
        rubric=use_rubric(rubric, by=by, at=at),
        kind=kind,
        title=title,
        brief=brief.strip(),
        due_on=due_on,
        rule=rule,
        made_by=by.person,
        made_at=at,
    )
    row.save()
    seats = [
        Rater(
            practical=row, enrolment=enrolment, person=who, kind=kind, is_chair=chair,
            asked_by=by.person, asked_at=at,
        )
        for enrolment in people
        for who, kind, chair in asked[enrolment.pk]
    ]  # fmt: skip
    Rater.objects.bulk_create(seats, batch_size=500)
    _tell(PracticalPlanned(item, len({seat.person_id for seat in seats}), len(people)), row, by=by, at=at)
    return row


def raters_row_of(evaluation: Evaluation, item: str) -> Mapping[str, Any] | None:
    """What the scheme says of an item's raters; None where it says nothing."""
    for part in evaluation.scheme.definition["component"]:
        for one in part.get("item", []):
            if one["key"] == item:
                found: Mapping[str, Any] | None = one.get("raters")
                return found
    return None


def _asked(people: Sequence[Enrolment], panel: Panel) -> dict[int, list[tuple[Person, str, bool]]]:
    """enrolment id → who is asked, as what, and who is the chair; nobody twice, nobody about himself."""
    if any(kind not in RATERS or kind in ("peer", "self") for _who, kind in panel.people):
        raise Refused(not_now("judging.raters_unknown"))
    mentors = mentors_of(people) if panel.mentors else {}
    found: dict[int, list[tuple[Person, str, bool]]] = {}
    for n, enrolment in enumerate(people):
        rows = [(who, "mentor", False) for who in mentors.get(enrolment.pk, [])[:1]]
        rows += [(who, kind, who.pk == panel.chair) for who, kind in panel.people]
        most = min(panel.peers, len(people) - 1)
        # The next ones by number, so that everybody rates as many works as rate the own one.
        rows += [(people[(n + step) % len(people)].person, "peer", False) for step in range(1, most + 1)]
        if panel.self_rating:
            rows.append((enrolment.person, "self", False))
        once: dict[int, tuple[Person, str, bool]] = {}
        for who, kind, chair in rows:
            if who.pk == enrolment.person_id and kind != "self":
                raise Refused(not_now("judging.rates_himself"))
            once.setdefault(who.pk, (who, kind, chair))
        if panel.chair in once:  # a mentor who is named as chair too
            who, kind, _chair = once[panel.chair]
            once[panel.chair] = (who, kind, True)
        found[enrolment.pk] = list(once.values())
    return found


def _ordinary(rows: Sequence[tuple[Person, str, bool]]) -> int:
    """How many of those asked about one work are ordinary raters."""
    return sum(kind != "self" and not chair for _who, kind, chair in rows)


def _check_panel(
    people: Sequence[Enrolment],
    asked: Mapping[int, Sequence[tuple[Person, str, bool]]],
    rule: Mapping[str, object],
) -> None:
    for enrolment in people:
        rows = asked[enrolment.pk]
        chairs = [who for who, _kind, chair in rows if chair]
        if rule["method"] == "chair":
            if not chairs:
                raise Refused(not_now("judging.chair_missing"))
            continue
        ordinary = _ordinary(rows)
        wanted = int(str(rule["raters"]))
        if ordinary < wanted:
            raise Refused(
                not_now("judging.too_few_raters", wanted=wanted, given=ordinary, name=enrolment.person.name)
            )


@action
def ask_raters(
    practical: Practical,
    enrolments: Collection[int],
    *,
    person: Person,
    kind: str,
    chair: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Ask one more person about these works, a third rater or a chair say; returns how many are new."""
    row = locked(practical)
    require(rules.may_publish(by, row))
    require(rules.can_rate(row, published=False))
    if kind not in RATERS or kind == "self":
        raise Refused(not_now("judging.raters_unknown"))
    works = queries.works(row, enrolments)
    if len(works) != len(set(enrolments)):
        raise Refused(not_now("judging.work_unknown"))
    seats = []
    for pk, work in works.items():
        enrolment = work.seats[0].rater.enrolment
        if enrolment.person_id == person.pk:
            raise Refused(not_now("judging.rates_himself"))
        standing = next((seat.rater for seat in work.seats if seat.rater.person_id == person.pk), None)
        if standing is not None:
            if standing.is_chair == chair and standing.excused_at is None:
                continue
            raise Refused(not_now("judging.asked_already", name=person.name))
        if chair and any(seat.rater.is_chair and seat.rater.excused_at is None for seat in work.seats):
            raise Refused(not_now("judging.asked_already", name=person.name))
        seats.append(
            Rater(
                practical=row, enrolment_id=pk, person=person, kind=kind, is_chair=chair,
                asked_by=by.person, asked_at=at,
            )
        )  # fmt: skip
    Rater.objects.bulk_create(seats, batch_size=500)
    for seat in seats:
        public_id = works[seat.enrolment_id].seats[0].rater.enrolment.public_id
        _tell(RatersAsked(public_id, [person.public_id], kind), row, by=by, at=at)
    return len(seats)


@action
def excuse_rater(rater: Rater, *, because: str, by: Actor, at: datetime) -> Rater:
    """Do without somebody who cannot rate, for a reason; pressed twice it is one excuse."""
    practical = locked(rater.practical)
    require(rules.may_publish(by, practical))
    require(rules.can_rate(practical, published=False))
    require(rules.can_give_reason(because))
    row = Rater.objects.select_for_update(of=("self",)).select_related("enrolment").get(pk=rater.pk)
    if row.excused_at is not None:
        return row
    if Rating._base_manager.filter(rater=row, is_current=True).exists():
        raise Refused(not_now("judging.rated_already"))
    row.excused_because, row.excused_by, row.excused_at = because.strip(), by.person, at
    row.save(update_fields=["excused_because", "excused_by", "excused_at"])
    _tell(RaterExcused(row.enrolment.public_id, row.excused_because), practical, by=by, at=at)
    return row


@action
def close_practical(practical: Practical, *, by: Actor, at: datetime) -> Practical:
    """Nobody rates here any more."""
    return _move(practical, "close", PracticalClosed(), by=by, at=at)


@action
def reopen_practical(practical: Practical, *, by: Actor, at: datetime) -> Practical:
    """Take ratings again."""
    return _move(practical, "reopen", PracticalReopened(), by=by, at=at)


@action
def cancel_practical(practical: Practical, *, because: str, by: Actor, at: datetime) -> Practical:
    """It does not count at all, as long as nothing of it is published."""
    require(rules.can_give_reason(because))
    if Judgement._base_manager.filter(practical=practical).exists():
        raise Refused(not_now("judging.is_published"))
    row = _move(practical, "cancel", PracticalCancelled(because.strip()), by=by, at=at)
    row.because = because.strip()
    row.save(update_fields=["because"])
    return row


def _move(practical: Practical, move: str, fact: Fact, *, by: Actor, at: datetime) -> Practical:
    row = locked(practical)
    require(rules.may_publish(by, row))
    row.state = PRACTICAL.after(row.state, move)
    row.save(update_fields=["state"])
    _tell(fact, row, by=by, at=at)
    return row


def _tell(fact: Fact, row: Practical, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
