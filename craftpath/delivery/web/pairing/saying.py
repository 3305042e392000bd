"""How pairs are said: names, shares, days, states as badges, loads as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.pairing.rules import BOTH_WAYS, WHOLE
from craftpath.domain.pairing.texts import KINDS, PAIR_STATES, ROLES

if TYPE_CHECKING:
    from craftpath.domain.pairing.loads import Load
    from craftpath.domain.pairing.models import Bond, Pair

TONES = {"proposed": "attention", "active": "good", "dissolved": "attention"}
STANDINGS = {"free": "good", "full": "plain", "over": "wrong"}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BondLine:
    """One arrow of a pair as a row."""

    bond: Bond
    role: str
    share: str
    days: str
    now: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A load as a bar: parts in percent of its length, which ends at the capacity or, beyond it, at the load."""

    said: str
    parts: Sequence[tuple[str, str, str]]
    """(kind, where it begins, how long it is), both in percent"""
    limit: str
    """where the capacity stands, in percent; empty at the very end"""
    standing: str


def kind(pair: Pair) -> str:
    """What kind of pair it is."""
    return str(KINDS[pair.kind])


def state(pair: Pair, today: date) -> tuple[str, str]:
    """(words, tone) of a badge: of an active pair also whether it is still to come or over."""
    if pair.state == "active" and pair.starts_on > today:
        return _("from %(day)s") % {"day": day(pair.starts_on)}, "info"
    if pair.state == "active" and pair.ends_on is not None and pair.ends_on <= today:
        return pgettext("a pair", "Ended"), "plain"
    return str(PAIR_STATES[pair.state]), TONES.get(pair.state, "plain")


def title(pair: Pair, bonds: Sequence[Bond]) -> str:
    """Who it is about: whoever learns, or everybody where all learn from one another."""
    names = list(dict.fromkeys(bond.learner.name for bond in bonds))
    return " ⇄ ".join(names) if pair.kind in BOTH_WAYS else listed(names)


def days(starts_on: date, ends_on: date | None) -> str:
    """From a day to the last day; `ends_on` is the first day without."""
    if ends_on is None:
        return _("since %(day)s") % {"day": day(starts_on)}
    if ends_on <= starts_on:
        return _("never began")
    return f"{day(starts_on)} – {day(ends_on - _DAY)}"


def last_day(ends_on: date | None) -> str:
    """The last day, in words; an open end in words too."""
    return day(ends_on - _DAY) if ends_on is not None else _("no last day")


def share(bond: Bond) -> str:
    """A share in percent; a deputy has none."""
    if bond.role == "deputy":
        return ""
    percent = bond.share * 100 / WHOLE
    return f"{percent:.0f} %" if percent == int(percent) else f"{percent:.1f} %"


def line(bond: Bond, today: date) -> BondLine:
    """One arrow as a row; asks nothing."""
    over = bond.ends_on is not None and bond.ends_on <= today
    spoken = days(bond.starts_on, bond.ends_on)
    return BondLine(bond, str(ROLES[bond.role]), share(bond), spoken, bond.on(today), over)


def of_most(load: Load) -> str:
    """Such as 3 of 8."""
    return _("%(load)s of %(capacity)s") % {"load": load.learners, "capacity": load.capacity}


def bar(load: Load) -> Bar:
    """The load by kind of pair."""
    length = max(load.learners, load.capacity, 1)
    parts, begun = [], 0
    for key, count in load.kinds:
        parts.append((key, f"{100 * begun / length:.2f}", f"{100 * count / length:.2f}"))
        begun += count
    limit = f"{100 * load.capacity / length:.2f}" if load.learners > load.capacity else ""
    return Bar(of_most(load), parts, limit, load.standing)


def pair_url(request: Request, pair: Pair) -> str:
    """The page of a pair."""
    return reverse("pairing:pair", args=[request.organisation.key, pair.public_id])


def place_of(bond: Bond) -> str:
    """Where somebody teaches."""
    return text(bond.place.name)
