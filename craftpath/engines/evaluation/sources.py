"""Items that nobody marks: where their marks come from, and what counted facts are worth.

A source names a kind of confirmed fact, what each outcome counts (0 to 1), and from how many on it counts at all.
The mark is the share of what could be reached, of full marks; `steps` put thresholds in its place. Counts come from
elsewhere as plain whole numbers, so the same facts always give the same mark, whoever wrote how much about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.engines.evaluation.exact import as_decimal
from craftpath.engines.evaluation.table import Reader
from craftpath.values.faults import Fault

HALF, ONE, NONE = Decimal("0.5"), Decimal(1), Decimal(0)
PLACES = 1  # of a mark that is worked out: it is read like one that somebody gave
MOST_STEPS = 10
MOST_DAYS = 60
MOST_LEAST = 500
UNANSWERED = "unanswered"
"""The count of what nobody has confirmed yet, behind the last thing that somebody did confirm."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of source counts: outcome → what it is worth; the scheme may change those in `free`.

    `at_least` is the usual least number. `within_days`, `unanswered` and `every_days` (one fact is expected in so many
    days) are None where they mean nothing.
    """

    worth: Mapping[str, Decimal]
    free: tuple[str, ...]
    at_least: int
    within_days: int | None = None
    unanswered: int | None = None
    every_days: int | None = None


KINDS: Mapping[str, Kind] = {
    "attendance": Kind(
        {"present": ONE, "late": HALF, "left_early": HALF, "absent": NONE}, ("late", "left_early"), 5
    ),
    "weeks_confirmed": Kind({"on_time": ONE, "late": NONE, "missed": NONE}, ("late",), 4, 7, 4),
    "talks": Kind({"agrees": ONE, "partly": HALF, "differs": NONE}, ("partly",), 2),
    "reviews": Kind({"on_time": ONE, "late": HALF, "missed": NONE}, ("late",), 1),
    "activities": Kind({"confirmed": ONE, "lacking": NONE}, (), 1, every_days=45),
}
FREE = ("late", "left_early", "partly")
"""Outcomes whose worth a scheme may change, of any kind."""


@dataclass(frozen=True, slots=True)
class Step:
    """From this share on, in percent, so many percent of full marks."""

    share: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """Where the marks of an item come from; `worth` holds what the scheme says of the outcomes in `FREE`."""

    kind: str
    worth: tuple[tuple[str, Decimal], ...] = ()
    at_least: int = 1
    within_days: int = 0
    unanswered: int = 0
    every_days: int = 0
    steps: tuple[Step, ...] = ()

    def worth_of(self) -> dict[str, Decimal]:
        """outcome → what it counts; an outcome that is not in it is left out of the sum."""
        return {**KINDS[self.kind].worth, **dict(self.worth)}


@dataclass(frozen=True, slots=True)
class Worked:
    """What counts come to: the mark, and the share behind it; neither while it stays open, and then why.

    `reason` is "", too_few or unanswered.
    """

    counted: int
    share: Fraction | None = None
    score: Decimal | None = None
    reason: str = ""


def work_out(source: Source, counts: Mapping[str, int], most: Decimal) -> Worked:
    """The mark, out of `most`, half up to one place; half of it may be open, and then there is none."""
    worth = source.worth_of()
    counted = sum(counts.get(name, 0) for name in worth)
    if counted < max(1, source.at_least):
        return Worked(counted, reason="too_few")
    limit = KINDS[source.kind].unanswered
    if limit is not None and counts.get(UNANSWERED, 0) > source.unanswered:
        return Worked(counted, reason="unanswered")
    reached = sum((Fraction(value) * counts.get(name, 0) for name, value in worth.items()), Fraction(0))
    share = reached / counted
    given = _stepped(source.steps, share) * Fraction(most)
    scale = 10**PLACES
    rounded = (2 * given.numerator * scale + given.denominator) // (2 * given.denominator)
    return Worked(counted, share, as_decimal(rounded, PLACES))


def _stepped(steps: tuple[Step, ...], share: Fraction) -> Fraction:
    """The share of full marks; without steps it is the share itself."""
    if not steps:
        return share
    reached = [step.points for step in steps if share * 100 >= Fraction(step.share)]
    return Fraction(max(reached, default=NONE)) / 100


def read_source(reader: Reader, row: Mapping[str, Any], place: str) -> Source | None:
    """The source that an item's row names, as a table or as the name of a kind; None where a person marks it."""
    given = row.get("source")
    if not given:
        return None
    if isinstance(given, str):
        given = {"kind": given}
    if not isinstance(given, Mapping):
        reader.note("not_tables", f"{place}source")
        return None
    place = f"{place}source."
    name = reader.text(given, "kind", place)
    kind = KINDS.get(name)
    if kind is None:
        if name:
            reader.note("not_one_of", f"{place}kind", given=name, allowed=", ".join(KINDS))
        return None
    worth = ((one, reader.number(given, one, place, kind.worth[one])) for one in kind.free)
    return Source(
        kind=name,
        worth=tuple((one, value) for one, value in worth if value is not None),
        at_least=reader.whole(given, "at_least", place, kind.at_least),
        within_days=reader.whole(given, "within_days", place, kind.within_days or 0),
        unanswered=reader.whole(given, "unanswered", place, kind.unanswered or 0),
        every_days=reader.whole(given, "every_days", place, kind.every_days or 0),
        steps=tuple(
            Step(
                reader.number(step, "share", f"{place}steps[{n}].") or NONE,
                reader.number(step, "points", f"{place}steps[{n}].") or NONE,
            )
            for n, step in enumerate(reader.tables(given, "steps", place))
        ),
    )


def source_of(row: Mapping[str, Any]) -> Source | None:
    """The same for a row of a scheme that holds; None where a person marks it."""
    return read_source(Reader(), row, "")


def source_row(source: Source) -> dict[str, Any]:
    """The same as plain values; what its kind does not use is left out."""
    kind = KINDS[source.kind]
    row: dict[str, Any] = {"kind": source.kind, **{name: _text(value) for name, value in source.worth}}
    row["at_least"] = source.at_least
    if kind.within_days is not None:
        row["within_days"] = source.within_days
    if kind.unanswered is not None:
        row["unanswered"] = source.unanswered
    if kind.every_days is not None:
        row["every_days"] = source.every_days
    if source.steps:
        row["steps"] = [{"share": _text(one.share), "points": _text(one.points)} for one in source.steps]
    return row


def _text(value: Decimal) -> str:
    """A figure without needless zeros."""
    return f"{value.normalize():f}" if value else "0"


def source_faults(source: Source, place: str) -> Iterator[Fault]:
    """What makes no sense in it, each with its place."""
    kind = KINDS[source.kind]
    for name, value in source.worth:
        if not 0 <= value <= 1:
            yield Fault("worth_out_of_range", f"{place}.{name}", {"given": value})
    if not 1 <= source.at_least <= MOST_LEAST:
        yield Fault("least_out_of_range", f"{place}.at_least", {"given": source.at_least, "most": MOST_LEAST})
    if kind.every_days is not None and not 1 <= source.every_days <= MOST_LEAST:
        yield Fault(
            "least_out_of_range", f"{place}.every_days", {"given": source.every_days, "most": MOST_LEAST}
        )
    for name, usual in (("within_days", kind.within_days), ("unanswered", kind.unanswered)):
        given = getattr(source, name)
        if usual is not None and not 0 <= given <= MOST_DAYS:
            yield Fault("between_zero_and", f"{place}.{name}", {"given": given, "most": MOST_DAYS})
    if len(source.steps) > MOST_STEPS:
        yield Fault("too_many_steps", f"{place}.steps", {"most": MOST_STEPS})
    shares = [step.share for step in source.steps]
    points = [step.points for step in source.steps]
    if not all(0 <= value <= 100 for value in shares + points):
        yield Fault("steps_out_of_range", f"{place}.steps")
    elif shares != sorted(set(shares), reverse=True) or points != sorted(points, reverse=True):
        yield Fault("steps_not_falling", f"{place}.steps")
