"""What sides pledge and give: valued by the rule that all agreed on, confirmed by another side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.facts import (
    ContributionGiven,
    ContributionMoved,
    PledgeMade,
    PledgeWithdrawn,
    RulesAgreed,
    RulesProposed,
)
from craftpath.domain.partnership.models import (
    Contribution,
    Cooperation,
    CountedBooking,
    Pledge,
    RuleAgreement,
    RuleBook,
    Side,
)
from craftpath.domain.partnership.queries import book_in_force, counter_of
from craftpath.domain.partnership.states import CONTRIBUTION
from craftpath.domain.partnership.writing import locked, tell_of
from craftpath.engines.valuation import Given, Kind, RateMissing, Valued, value
from craftpath.kernel import exhibits
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.files import keep
from craftpath.values.text import Text
from craftpath.values.verdict import YES, Refused, not_now, require


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that shows it."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What a partner used of a side's thing at one price: hours, minor units an hour, and the bookings' public ids."""

    kind: str
    words: str
    given_on: date
    hours: Decimal
    price: int
    currency: str
    bookings: tuple[str, ...]


def rates_of(book: RuleBook) -> dict[str, int]:
    """Rate → minor units."""
    return {row["key"]: row["minor"] for row in book.rates}


@action
def propose_rules(
    cooperation: Cooperation,
    *,
    rates: Sequence[Mapping[str, Any]],
    currency: str = "CNY",
    by: Actor,
    at: datetime,
) -> RuleBook:
    """Write the next version of the rates; one's own side agrees to it by proposing it."""
    row, sides = locked(cooperation, by)
    require(rules.can_give(row))
    clear = len(rates) <= rules.MOST_RATES and all(
        one["minor"] > 0 and Text.of(one["name"]).both().strip() for one in rates
    )
    require(YES if clear else not_now("partnership.rates_unclear", most=rules.MOST_RATES))
    last = RuleBook.objects.filter(cooperation=row).aggregate(last=Max("version"))["last"] or 0
    kept = [{**one, "key": one.get("key") or f"r{last + 1}-{n}"} for n, one in enumerate(rates, start=1)]
    book = RuleBook(
        cooperation=row, version=last + 1, currency=currency, rates=kept, made_by=by.person, made_at=at
    )
    book.save()
    tell_of(row, RulesProposed(book.public_id, book.version), by=by, at=at)
    own = rules.own_side(by, sides)
    if own is not None:
        _agreed(row, book, own, len(sides), by=by, at=at)
    return book


@action
def agree_rules(book: RuleBook, *, by: Actor, at: datetime) -> RuleBook:
    """Agree for one's own side; with the last side the version holds for what is entered from then on."""
    row, sides = locked(book.cooperation, by)
    held = RuleBook.objects.select_for_update(of=("self",)).get(pk=book.pk)
    newer = RuleBook.objects.filter(cooperation=row, version__gt=held.version).exists()
    require(not_now("partnership.older_rules") if newer else YES)
    agreed = set(held.agreements.values_list("side_id", flat=True))
    own = rules.own_side(by, [side for side in sides if side.pk not in agreed])
    require(YES if own is not None else not_now("partnership.agreed_already"))
    if own is not None:
        _agreed(row, held, own, len(sides), by=by, at=at)
    return held


def _agreed(row: Cooperation, book: RuleBook, side: Side, sides: int, *, by: Actor, at: datetime) -> None:
    RuleAgreement(book=book, side=side, agreed_by=by.person, at=at).save()
    whole = book.agreements.count() == sides
    if whole:
        book.agreed_at = at
        book.save(update_fields=["agreed_at"])
    tell_of(row, RulesAgreed(book.public_id, book.version, whole), by=by, at=at)


@action
def pledge(
    side: Side,
    *,
    year: int,
    kind: str,
    words: str,
    minor: int,
    currency: str = "CNY",
    by: Actor,
    at: datetime,
) -> Pledge:
    """Plan to give something in a year."""
    row, sides = locked(side.cooperation, by)
    own = next(one for one in sides if one.pk == side.pk)
    require(rules.may_act_for(by, own))
    require(rules.can_give(row))
    require(YES if row.starts_on.year <= year <= row.ends_on.year else not_now("partnership.outside_term"))
    made = Pledge(
        side=own,
        year=year,
        kind=kind,
        words=words,
        minor=minor,
        currency=currency,
        made_by=by.person,
        made_at=at,
    )
    made.save()
    tell_of(row, PledgeMade(made.public_id, year), by=by, at=at)
    return made


@action
def withdraw_pledge(pledged: Pledge, *, by: Actor, at: datetime) -> Pledge:
    """Take a line out of the plan; the history keeps it."""
    row, _sides = locked(pledged.side.cooperation, by)
    held = (
        Pledge.objects.select_for_update(of=("self",)).select_related("side__organisation").get(pk=pledged.pk)
    )
    require(rules.may_act_for(by, held.side))
    require(YES if held.withdrawn_at is None else not_now("partnership.pledge_gone"))
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    tell_of(row, PledgeWithdrawn(held.public_id, held.year), by=by, at=at)
    return held


def valued(book: RuleBook, kind: str, figures: Mapping[str, Decimal], rate: str) -> Valued:
    """What it is worth by this version; refused with the reason where it cannot be said."""
    try:
        worth = value(Given(Kind(kind), figures, rate), rates_of(book))
    except RateMissing:
        raise Refused(not_now("partnership.rate_missing")) from None
    except ValueError:
        raise Refused(not_now("partnership.figures_unclear")) from None
    require(YES if worth.minor < rules.MOST_WORTH else not_now("partnership.worth_too_much"))
    return worth


@action
def give_contribution(
    side: Side,
    *,
    kind: str,
    words: str,
    given_on: date,
    figures: Mapping[str, Decimal],
    rate: str = "",
    evidence: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> Contribution:
    """Enter what one's own side gave; it waits for another side. Money figures are minor units."""
    row, own, book = _giving(side, given_on, by, at)
    worth = valued(book, kind, figures, rate)
    made = Contribution(
        side=own, kind=kind, words=words, given_on=given_on, quantity=worth.quantity, unit=worth.unit,
        minor=worth.minor, currency=book.currency, book=book, rate=rate, steps=[list(step) for step in worth.steps],
        made_by=by.person, made_at=at,
    )  # fmt: skip
    if evidence is not None:
        looked = exhibits.look_at(evidence.content)
        made.evidence = keep(looked.content, evidence.name, organisation=own.organisation, by=by, at=at)
        made.media_type = looked.media_type
    made.save()
    _tell_given(row, made, by=by, at=at)
    return made


@action
def give_booked(side: Side, booked: Booked, *, by: Actor, at: datetime) -> Contribution:
    """Enter what a partner booked and used of one's own side, at the price it had; it waits for another side."""
    row, own, book = _giving(side, booked.given_on, by, at)
    twice = CountedBooking.objects.filter(booking__in=booked.bookings).exists()
    require(not_now("partnership.counted_already") if twice or not booked.bookings else YES)
    figures = {"hours": booked.hours, "price_hour": Decimal(booked.price)}
    worth = valued(book, booked.kind, figures, "")
    made = Contribution(
        side=own, kind=booked.kind, words=booked.words, given_on=booked.given_on, quantity=worth.quantity,
        unit=worth.unit, minor=worth.minor, currency=booked.currency, book=book,
        steps=[list(step) for step in worth.steps], made_by=by.person, made_at=at,
    )  # fmt: skip
    made.save()
    CountedBooking.objects.bulk_create(
        CountedBooking(contribution=made, booking=public_id) for public_id in booked.bookings
    )
    _tell_given(row, made, by=by, at=at)
    return made


def _giving(side: Side, given_on: date, by: Actor, at: datetime) -> tuple[Cooperation, Side, RuleBook]:
    row, sides = locked(side.cooperation, by)
    own = next(one for one in sides if one.pk == side.pk)
    require(rules.may_act_for(by, own))
    require(rules.can_give(row))
    require(YES if given_on <= localdate(at) else not_now("partnership.too_early"))
    require(YES if row.starts_on <= given_on <= row.ends_on else not_now("partnership.outside_term"))
    book = book_in_force(row)
    if book is None:
        raise Refused(not_now("partnership.no_rules"))
    return row, own, book


@action
def counter_contribution(contribution: Contribution, *, words: str, by: Actor, at: datetime) -> Contribution:
    """Take back what was confirmed, by a line of the opposite value that another side confirms as well."""
    row, held = _held(contribution, by)
    require(rules.may_act_for(by, held.side))
    require(
        YES
        if held.state == "confirmed" and held.counters_id is None
        else not_now("partnership.not_confirmed")
    )
    require(not_now("partnership.countered_already") if counter_of(held) is not None else YES)
    made = Contribution(
        side=held.side, kind=held.kind, words=words, given_on=held.given_on, quantity=-held.quantity, unit=held.unit,
        minor=-held.minor, currency=held.currency, book=held.book, rate=held.rate, steps=held.steps, counters=held,
        made_by=by.person, made_at=at,
    )  # fmt: skip
    made.save()
    _tell_given(row, made, by=by, at=at)
    return made


@action
def confirm_contribution(contribution: Contribution, *, by: Actor, at: datetime) -> Contribution:
    """Another side says that it was given."""
    return _looked(contribution, "confirm", by=by, at=at)


@action
def question_contribution(contribution: Contribution, *, words: str, by: Actor, at: datetime) -> Contribution:
    """Another side asks how that can be."""
    return _looked(contribution, "question", words=words, by=by, at=at)


@action
def answer_contribution(contribution: Contribution, *, words: str, by: Actor, at: datetime) -> Contribution:
    """The giver explains it; it waits again."""
    row, held = _held(contribution, by)
    require(rules.may_act_for(by, held.side))
    held.answer = words
    return _moved(row, held, "answer", ["answer"], by=by, at=at)


@action
def withdraw_contribution(contribution: Contribution, *, by: Actor, at: datetime) -> Contribution:
    """The giver takes back what nobody has confirmed; bookings that it counted can be counted again."""
    row, held = _held(contribution, by)
    require(rules.may_act_for(by, held.side))
    CountedBooking.objects.filter(contribution=held).delete()
    return _moved(row, held, "withdraw", [], by=by, at=at)


def _held(contribution: Contribution, by: Actor) -> tuple[Cooperation, Contribution]:
    row, _sides = locked(contribution.side.cooperation, by)
    rows = Contribution.objects.select_for_update(of=("self",))
    return row, rows.select_related("side__organisation", "side__cooperation", "book").get(pk=contribution.pk)


def _looked(
    contribution: Contribution, move: str, *, words: str = "", by: Actor, at: datetime
) -> Contribution:
    row, held = _held(contribution, by)
    sides = list(row.sides.select_related("organisation").order_by("order"))
    require(rules.may_look(by, held, sides))
    held.looked_by, held.looked_at = by.person, at
    held.looked_side = rules.own_side(by, [one for one in sides if one.pk != held.side_id])
    held.question = words or held.question
    return _moved(row, held, move, ["looked_by", "looked_at", "looked_side", "question"], by=by, at=at)


def _moved(
    row: Cooperation, held: Contribution, move: str, fields: list[str], *, by: Actor, at: datetime
) -> Contribution:
    held.state = CONTRIBUTION.after(held.state, move)
    held.save(update_fields=["state", *fields])
    tell_of(row, ContributionMoved(held.public_id, held.state), by=by, at=at)
    return held


def _tell_given(row: Cooperation, made: Contribution, *, by: Actor, at: datetime) -> None:
    told = ContributionGiven(made.public_id, made.kind, made.minor, made.currency)
    tell_of(row, told, by=by, at=at)
