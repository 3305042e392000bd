"""How curricula are said: states, gaps and differences as sentences; hours typed and shown; bars as figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.templatetags.say import hours, listed, text
from craftpath.domain.curricula.hours import Sum
from craftpath.domain.curricula.texts import VERSION_STATES
from craftpath.values.text import Text
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.curricula.gaps import Gap
    from craftpath.domain.curricula.models import CurriculumVersion
    from craftpath.domain.programmes.models import HourBucket, Stage

TONES = {"draft": "plain", "in_review": "attention", "approved": "info", "active": "good", "retired": "plain"}
IN_MINUTES = ("minutes", "have", "target", "planned", "whole")
_CLOCK = re.compile(r"^(\d{1,5}):([0-5]\d)$")
_DECIMAL = re.compile(r"^\d{1,5}(?:[.,]\d{1,2})?$")
HOUR = 60


def state(version: CurriculumVersion) -> tuple[str, str]:
    """(words, tone) of a badge."""
    return str(VERSION_STATES[version.state]), TONES[version.state]


def gap(one: Gap) -> str:
    """A gap as a sentence in the reader's language."""
    facts = {name: _fact(name, value, one.code) for name, value in one.facts.items()}
    return sentence(not_now(one.code, **facts))


def _fact(name: str, value: Any, code: str) -> Any:
    if isinstance(value, Text):
        return text(value)
    if isinstance(value, list):
        return listed(text(one) for one in value)
    cap = name == "most" and code == "curricula.gap_over_cap"
    return hours(value) if (name in IN_MINUTES or cap) and isinstance(value, int) else value


def minutes_of(typed: str) -> int | None:
    """Hours as people type them, 40, 7.5, 7,5 or 7:30, in minutes; None if they cannot be read."""
    typed = typed.strip().replace("：", ":").replace("，", ",")
    clock = _CLOCK.match(typed)
    if clock and typed.isascii():
        return int(clock[1]) * HOUR + int(clock[2])
    if not typed.isascii() or not _DECIMAL.match(typed):
        return None
    return int((Decimal(typed.replace(",", ".")) * HOUR).to_integral_value())


def typed_hours(minutes: int) -> str:
    """Minutes as a field shows them: 40, 7.5 or 7:20."""
    whole, rest = divmod(minutes, HOUR)
    if not rest:
        return str(whole)
    return f"{whole}.5" if rest == HOUR // 2 else f"{whole}:{rest:02}"


def signed(minutes: int) -> str:
    """A difference with its sign: +5 h, −2 h."""
    return f"{'+' if minutes > 0 else '−'}{hours(abs(minutes))}"


@dataclass(frozen=True, slots=True)
class HourBar:
    """Hours of a stage and kind beside what is wanted, as words and as lengths in percent of a common scale."""

    name: str
    have: int
    target: int | None
    words: str
    tone: str
    length: str
    mark: str


def hour_bars(
    sums: Sequence[Sum], stages: Sequence[Stage], buckets: Sequence[HourBucket]
) -> dict[str, list[HourBar]]:
    """stage key → a bar for each kind of hours that is wanted or taught there; `""` is the whole path."""
    found: dict[str, list[HourBar]] = {}
    for stage in stages:
        found[stage.key] = _bars([one for one in sums if one.stage == stage.key], buckets)
    found[""] = _bars(sums, buckets)
    return found


def _bars(sums: Sequence[Sum], buckets: Sequence[HourBucket]) -> list[HourBar]:
    bars = []
    for bucket in buckets:
        rows = [one for one in sums if one.bucket == bucket.key]
        have = sum(one.minutes for one in rows)
        targets = [one.target for one in rows if one.target is not None]
        if have or targets:
            bars.append(_bar(bucket, have, sum(targets) if targets else None))
    return bars


def _bar(bucket: HourBucket, have: int, target: int | None) -> HourBar:
    over = 0 if target is None else have - target
    words = _("as planned") if not over else _over(over)
    tone = "none" if target is None else "good" if not over else "over" if over > 0 else "under"
    scale = max(have, target or 0, 1)
    return HourBar(
        text(bucket.name), have, target, "" if target is None else words, tone,
        f"{100 * have / scale:.1f}", f"{100 * (target or 0) / scale:.1f}",
    )  # fmt: skip


def _over(minutes: int) -> str:
    if minutes > 0:
        return _("%(hours)s too many") % {"hours": hours(minutes)}
    return _("%(hours)s missing") % {"hours": hours(-minutes)}


@dataclass(frozen=True, slots=True)
class Share:
    """A learning area with its part of all hours."""

    name: str
    minutes: int
    percent: str


def area_shares(minutes: dict[str, float], names: dict[str, str]) -> list[Share]:
    """Learning areas in the order of the programme, then what has none."""
    whole = sum(minutes.values()) or 1
    order = [*names, *(key for key in minutes if key and key not in names), ""]
    return [
        Share(
            names.get(key, key) or _("no learning area"),
            round(minutes[key]),
            f"{100 * minutes[key] / whole:.1f}",
        )
        for key in order
        if minutes.get(key)
    ]
