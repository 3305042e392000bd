"""Planning a venture, who is in charge, and its way from planned to finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.ventures import rules
from craftpath.domain.ventures.basis import basis_of
from craftpath.domain.ventures.facts import ChargeGiven, VentureChanged, VentureMoved, VenturePlanned
from craftpath.domain.ventures.models import LONGEST_WORDS, OPEN, Charge, Side, Venture
from craftpath.domain.ventures.states import VENTURE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import keep
from craftpath.kernel.media import photo
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation


@dataclass(frozen=True, slots=True)
class Plan:
    """What is run together, what for, and when."""

    kind: str
    title: dict[str, str]
    goal: str
    starts_on: date
    ends_on: date


@action
def plan_venture(
    cooperation: Cooperation,
    plan: Plan,
    *,
    organisation: Organisation,
    roles: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Venture:
    """Plan it for the sides of an agreement; `roles` says by their public ids what each of them does."""
    basis = basis_of(cooperation)
    require(rules.may_plan(by, basis))
    require(rules.can_be_planned(plan.kind, plan.title, plan.goal, plan.starts_on, plan.ends_on, basis))
    row = Venture(
        cooperation=cooperation, organisation=organisation, made_by=by.person, made_at=at, **asdict(plan)
    )
    row.save()
    Side.objects.bulk_create(
        [
            Side(venture=row, organisation=side, role=roles.get(side.public_id, "").strip()[:160])
            for side in basis.sides
        ]
    )
    told(VenturePlanned(row.kind), row, by=by, at=at)
    return row


@action
def change_venture(
    venture: Venture, plan: Plan, *, roles: Mapping[str, str], by: Actor, at: datetime
) -> Venture:
    """Change its words, its days and what the sides do."""
    row = locked(venture)
    require(rules.may_run(by, row))
    require(rules.can_go_on(row))
    basis = basis_of(row.cooperation)
    require(rules.can_be_planned(plan.kind, plan.title, plan.goal, plan.starts_on, plan.ends_on, basis))
    changed = [name for name, value in asdict(plan).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, getattr(plan, name))
    if changed:
        row.save(update_fields=changed)
    for side in row.sides.all():
        role = roles.get(side.organisation.public_id, side.role).strip()[:160]
        if role != side.role:
            side.role = role
            side.save(update_fields=["role"])
            changed.append("sides")
    if changed:
        told(VentureChanged(changed), row, by=by, at=at)
    return row


@action
def name_in_charge(
    venture: Venture, side: Side, person: Person, *, role: str, by: Actor, at: datetime
) -> Charge:
    """Somebody of the own side is in charge."""
    row = locked(venture)
    require(rules.may_name_for(by, side))
    require(rules.can_be_named(side, person, localdate(at)))
    require(rules.can_go_on(row))
    require(rules.can_add(len(row.charges.all())))
    known = Charge.objects.filter(venture=row, person=person).first()
    if known is not None:
        return known
    made = Charge.objects.create(venture=row, side=side, person=person, role=role.strip()[:80])
    told(ChargeGiven(person.public_id, True), row, by=by, at=at)
    return made


@action
def release(charge: Charge, *, by: Actor, at: datetime) -> bool:
    """No longer in charge; says whether somebody was."""
    row = locked(charge.venture)
    require(rules.may_name_for(by, charge.side))
    gone, _ = Charge.objects.filter(pk=charge.pk).delete()
    if gone:
        told(ChargeGiven(charge.person.public_id, False), row, by=by, at=at)
    return bool(gone)


@action
def start_venture(venture: Venture, *, by: Actor, at: datetime) -> Venture:
    """It runs."""
    return _move(venture, "start", by=by, at=at)


@action
def stop_venture(venture: Venture, *, because: str, on: date, by: Actor, at: datetime) -> Venture:
    """It ends without a product, and why."""
    require(rules.can_say(because, "ventures.say_why"))
    return _move(venture, "stop", because=because.strip(), on=on, by=by, at=at)


@action
def resume_venture(venture: Venture, *, by: Actor, at: datetime) -> Venture:
    """It goes on after all, as long as the agreement does."""
    if not basis_of(venture.cooperation).in_force:
        raise Refused(not_now("ventures.no_basis"))
    return _move(venture, "resume", by=by, at=at)


@action
def finish_venture(
    venture: Venture,
    *,
    product: dict[str, str],
    words: str,
    picture: tuple[bytes, str] | None,
    on: date,
    by: Actor,
    at: datetime,
) -> Venture:
    """It is done: what came out, in words and with a photo."""
    row = locked(venture)
    require(rules.may_run(by, row))
    state = VENTURE.after(row.state, "finish")
    waiting = sum(one.done_on is None for one in row.milestones.all())
    if waiting:
        raise Refused(not_now("ventures.open_milestones", count=waiting))
    require(rules.can_have_ended(row, on, localdate(at)))
    if not Text.of(product).both().strip() or not words.strip() or len(words) > LONGEST_WORDS:
        raise Refused(not_now("ventures.no_product"))
    if picture is not None:
        content, name = picture
        row.product_photo = keep(photo(content).content, name, organisation=row.organisation, by=by, at=at)
    row.state, row.ended_on, row.because = state, on, ""
    row.product, row.product_words = product, words.strip()
    row.save(update_fields=["state", "ended_on", "because", "product", "product_words", "product_photo"])
    told(VentureMoved(row.state, ""), row, by=by, at=at)
    return row


def _move(
    venture: Venture, move: str, *, because: str = "", on: date | None = None, by: Actor, at: datetime
) -> Venture:
    row = locked(venture)
    require(rules.may_run(by, row))
    row.state = VENTURE.after(row.state, move)
    row.because, row.ended_on = because, None if row.state in OPEN else on
    row.save(update_fields=["state", "because", "ended_on"])
    told(VentureMoved(row.state, because), row, by=by, at=at)
    return row


def locked(venture: Venture) -> Venture:
    """As it is now, until the open transaction is through."""
    rows = Venture._base_manager.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("organisation", "cooperation")
    return rows.prefetch_related(
        "sides__organisation", "cooperation__sides__organisation", "charges", "milestones"
    ).get(pk=venture.pk)


def told(fact: Fact, row: Venture, *, by: Actor, at: datetime) -> None:
    """The fact, with the venture as its subject."""
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
