"""The library: cards made, changed, taken in from a sheet, offered no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from craftpath.domain.curricula import rules
from craftpath.domain.curricula.facts import CardMoved, CardSaved, CardsTakenIn
from craftpath.domain.curricula.library import library_faults
from craftpath.domain.curricula.models import CardOutcome, UnitCard
from craftpath.domain.curricula.states import CARD
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require


@dataclass(frozen=True, slots=True)
class OutcomeValues:
    """An outcome as somebody wants it; `tasks` are `{"ref", "words"}`."""

    key: str
    name: dict[str, str]
    skills: Sequence[str] = ()
    area: str = ""
    tasks: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class CardValues:
    """A card as somebody wants it: what the columns of `UnitCard` hold, and its outcomes."""

    key: str
    name: dict[str, str]
    minutes: int
    place: str
    bucket: str
    stages: Sequence[str] = ()
    area: str = ""
    skills: dict[str, int] = field(default_factory=dict)
    prerequisites: Sequence[str] = ()
    trainer: str = ""
    room: str = ""
    hazardous: bool = False
    resources: Sequence[dict[str, str]] = ()
    outcomes: Sequence[OutcomeValues] = ()

    def columns(self) -> dict[str, Any]:
        """What the row keeps, lists as JSON has them."""
        return {
            "name": self.name,
            "minutes": self.minutes,
            "place": self.place,
            "bucket": self.bucket,
            "stages": list(self.stages),
            "area": self.area,
            "skills": dict(self.skills),
            "prerequisites": list(self.prerequisites),
            "trainer": self.trainer,
            "room": self.room,
            "hazardous": self.hazardous,
            "resources": [dict(one) for one in self.resources],
        }


@action
def save_card(
    organisation: Organisation,
    values: CardValues,
    *,
    revision: int | None = None,
    by: Actor,
    at: datetime,
) -> UnitCard:
    """Make a card, or with a `revision` change the one of this key; refused if somebody else changed it since.

    The same values once more change nothing.
    """
    require(rules.may_design(by, organisation))
    hold_library(organisation)
    known = cards_by_key(organisation)
    row = known.get(values.key)
    if row is not None and values_of(row) == _plain(values):
        return row
    if row is None and revision is not None:
        raise Refused(not_now("curricula.card_unknown"))
    if row is not None and revision is None:
        raise Refused(not_now("curricula.card_exists", key=values.key))
    if row is not None and row.revision != revision:
        raise Refused(not_now("curricula.card_changed_meanwhile"))
    _require_library(
        {**{key: values_of(one) for key, one in known.items()}, values.key: values}, [values.key]
    )
    before = _before(row) if row is not None else {}
    row = _write(organisation, row, values, by=by, at=at)
    tell(CardSaved(row.key, before), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def key_of_same(library: Mapping[str, UnitCard], values: CardValues) -> str:
    """The key of a card that says the same, whatever key these values have; "" for none."""
    wanted = _plain(values)
    return next((key for key, row in library.items() if values_of(row) == replace(wanted, key=key)), "")


@action
def take_in_cards(
    organisation: Organisation, wanted: Sequence[CardValues], *, by: Actor, at: datetime
) -> tuple[list[str], list[str]]:
    """Make the cards that are new and change those that differ; returns the keys of both. The same again: none."""
    require(rules.may_design(by, organisation))
    hold_library(organisation)
    known = cards_by_key(organisation)
    standing = {key: values_of(one) for key, one in known.items()}
    differ = [one for one in wanted if standing.get(one.key) != _plain(one)]
    if len({one.key for one in wanted}) != len(wanted):
        raise Refused(not_now("curricula.key_twice"))
    _require_library({**standing, **{one.key: one for one in wanted}}, [one.key for one in differ])
    for one in differ:
        _write(organisation, known.get(one.key), one, by=by, at=at)
    new = [one.key for one in differ if one.key not in known]
    changed = [one.key for one in differ if one.key in known]
    if differ:
        told = CardsTakenIn(new, changed)
        subject = Ref("kernel", "organisation", organisation.public_id)
        tell(told, by=by, at=at, organisation=organisation, subject=subject)
    return new, changed


@action
def retire_card(card: UnitCard, *, by: Actor, at: datetime) -> UnitCard:
    """Offer a card no more; versions that have it keep it."""
    return _moved(card, "retire", by, at)


@action
def offer_card(card: UnitCard, *, by: Actor, at: datetime) -> UnitCard:
    """Offer a card again."""
    return _moved(card, "offer", by, at)


def _moved(card: UnitCard, move: str, by: Actor, at: datetime) -> UnitCard:
    hold_library(card.organisation)
    card = UnitCard._base_manager.select_related("organisation").get(pk=card.pk)
    require(rules.may_design(by, card.organisation))
    if card.state in CARD.moves[move].values():
        return card
    card.state = CARD.after(card.state, move)
    card.save(update_fields=["state"])
    told = CardMoved(card.key, card.state)
    tell(told, by=by, at=at, organisation=card.organisation, subject=card.ref)
    return card


def hold_library(organisation: Organisation) -> None:
    """Keep others from the library until the open transaction ends."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def cards_by_key(organisation: Organisation) -> dict[str, UnitCard]:
    """key → card of the library, with its outcomes; two queries."""
    rows = UnitCard._base_manager.filter(organisation=organisation).prefetch_related("outcomes")
    return {row.key: row for row in rows}


def values_of(card: UnitCard) -> CardValues:
    """A card as values: what a form, a sheet or a comparison begins with."""
    outcomes = tuple(
        OutcomeValues(one.key, dict(one.name), tuple(one.skills), one.area, tuple(one.tasks))
        for one in card.outcomes.all()
    )
    return CardValues(
        card.key, dict(card.name), card.minutes, card.place, card.bucket, tuple(card.stages), card.area,
        dict(card.skills), tuple(card.prerequisites), card.trainer, card.room, card.hazardous,
        tuple(card.resources), outcomes,
    )  # fmt: skip


def _plain(values: CardValues) -> CardValues:
    """With tuples for all sequences, so that two that say the same are equal."""
    outcomes = tuple(
        OutcomeValues(one.key, dict(one.name), tuple(one.skills), one.area, tuple(one.tasks))
        for one in values.outcomes
    )
    return CardValues(
        values.key, dict(values.name), values.minutes, values.place, values.bucket, tuple(values.stages),
        values.area, dict(values.skills), tuple(values.prerequisites), values.trainer, values.room,
        values.hazardous, tuple(values.resources), outcomes,
    )  # fmt: skip


def _require_library(library: dict[str, CardValues], of: Sequence[str]) -> None:
    if len(library) > rules.MOST_CARDS:
        raise Refused(not_now("curricula.too_many_cards", most=rules.MOST_CARDS))
    for fault in library_faults(library, of):
        raise Refused(not_now(fault.code, **fault.facts))


def _before(card: UnitCard) -> dict[str, object]:
    return values_of(card).columns()


def _write(
    organisation: Organisation, row: UnitCard | None, values: CardValues, *, by: Actor, at: datetime
) -> UnitCard:
    new = row is None
    row = row or UnitCard(organisation=organisation, key=values.key)
    for name, value in values.columns().items():
        setattr(row, name, value)
    row.changed_by, row.changed_at = by.person, at
    row.revision = 1 if new else row.revision + 1
    row.save()
    if not new:
        row.outcomes.all().delete()
    CardOutcome.objects.bulk_create(
        CardOutcome(
            card=row, order=order, key=one.key, name=one.name, skills=list(one.skills), area=one.area,
            tasks=list(one.tasks),
        )
        for order, one in enumerate(values.outcomes, start=1)
    )  # fmt: skip
    return row
