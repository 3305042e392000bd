"""An appraisal in words and rows: parts, lines, what was left out, and for whom names are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.templatetags.say import text, together
from craftpath.domain.appraisals.definition import Definition
from craftpath.domain.appraisals.texts import HINTS, LEFT_OUT, PARTS, UNITS, WHYS
from craftpath.domain.apprenticeships.queries import enrolments

if TYPE_CHECKING:
    from craftpath.domain.appraisals.models import Appraisal, AppraisalPart

MINUS = "−"


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part: its name, figure with unit, n, weight, points; or why there is none."""

    key: str
    name: str
    hint: str
    figure: str
    interval: str
    n: str
    weight: int
    reached: str
    points: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One apprentice's result in one stage: expected, reached, difference, share, and what it brought."""

    key: str
    name: str
    stage: str
    start: str
    expected: str
    reached: str
    difference: str
    colleagues: str
    share: str
    points: str


@dataclass(frozen=True, slots=True)
class Left:
    """What did not count, and why."""

    name: str
    why: str


def signed(value: float | None, places: int = 1) -> str:
    """With its sign, a true minus, and no sign before a nought."""
    if value is None:
        return "–"
    rounded = round(value, places)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.{places}f}"


def plain(value: float | None, places: int = 1) -> str:
    """A figure with its places; nothing prints –."""
    return "–" if value is None else f"{value:.{places}f}".replace("-", MINUS)


def figure(key: str, value: float, *, short: bool = False) -> str:
    """The figure of a part with its unit; `short` leaves out a decimal that is 0."""
    places = 0 if short and value == round(value) else 1
    if key == "progress":
        return _("%(points)s points") % {"points": signed(value, places)}
    if key == "response":
        return _("%(days)s days") % {"days": plain(value, places)}
    if key == "voice":
        return plain(value, places) if short else _("%(mean)s of 5") % {"mean": plain(value)}
    return f"{plain(value, 0)} %"


def part_line(part: AppraisalPart) -> PartLine:
    """One part as a row."""
    said = part.figure is not None and not part.why
    low, high = part.low, part.high
    places = 0 if part.key == "verification" else 1
    shown = signed if part.key == "progress" else plain
    between = low is not None and high is not None and part.key != "continuity"
    interval = (
        _("%(low)s to %(high)s") % {"low": shown(low, places), "high": shown(high, places)}
        if said and between
        else ""
    )
    n = _("%(n)s %(what)s") % {"n": part.n, "what": UNITS[part.key]}
    return PartLine(
        part.key,
        str(PARTS[part.key]),
        str(HINTS[part.key]),
        figure(part.key, part.figure) if said and part.figure is not None else "",
        interval,
        n,
        part.weight,
        plain(part.reached, 0),
        plain(part.points),
        str(WHYS.get(part.why, part.why)) if part.why else "",
    )


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """enrolment's public id → name, of those whom the reader sees; one query."""
    rows = enrolments().filter(public_id__in=set(ids))
    return dict(rows.order_by().values_list("public_id", "person__name"))


def named(names: dict[str, str], enrolment: str) -> str:
    """The name, or that it is not the reader's to see."""
    return names.get(enrolment) or pgettext("of an appraisal", "An apprentice (not shown to you)")


def case_lines(row: Appraisal, names: dict[str, str]) -> list[CaseLine]:
    """Line by line, as they stand in the row; what they brought adds up to the effect."""
    return [
        CaseLine(
            f"{one['enrolment']}.{one['evaluation']}",
            named(names, one["enrolment"]),
            text(one["stage"]),
            plain(one["start"]) if one["start"] is not None else _("unknown"),
            plain(one["predicted"]),
            plain(one["result"]),
            signed(one["difference"]),
            signed(one["colleagues"]) if one["colleagues"] else "",
            f"{100 * one['share']:.0f} %",
            signed(one["contribution"], 2),
        )
        for one in row.lines
    ]


def left_out(row: Appraisal, names: dict[str, str]) -> list[Left]:
    """What did not count."""
    return [
        Left(named(names, enrolment), str(LEFT_OUT.get(why, why)))
        for enrolment, _evaluation, why in row.left_out
    ]


def progress_words(row: Appraisal) -> str:
    """How the effect came about, in sentences."""
    effect: dict[str, Any] = row.effect
    if effect.get("value") is None:
        return ""
    first = ngettext(
        "The result of %(count)s apprentice lies %(raw)s points from what start, stage and programme predict.",
        "The results of %(count)s apprentices lie %(raw)s points from what start, stage and programme predict, "
        "on the average.",
        effect["apprentices"],
    ) % {"count": effect["apprentices"], "raw": signed(effect["raw"])}
    second = _(
        "Of that, %(value)s count: the fewer apprentices, the more of a difference may be chance, and the nearer the "
        "figure is drawn to 0."
    ) % {"value": signed(effect["value"])}
    third = _("With 95 %% certainty it lies between %(low)s and %(high)s.") % {
        "low": signed(effect["low"]),
        "high": signed(effect["high"]),
    }
    return together([first, second, third])


def band_name(rule: Definition, row: Appraisal) -> str:
    """The name of the band in which a score lies."""
    return text(rule.bands[row.band].name.as_json()) if row.band is not None else ""


def choices(row: Appraisal, lines: Sequence[CaseLine]) -> list[tuple[str, str]]:
    """What can be contested: the whole, a part, a line."""
    found = [("", _("The appraisal as a whole"))]
    found += [(part.key, str(PARTS[part.key])) for part in row.parts.all()]
    found += [
        (f"progress.{line.key}", _("%(part)s: %(name)s, %(stage)s") % {
            "part": PARTS["progress"], "name": line.name, "stage": line.stage,
        })
        for line in lines
    ]  # fmt: skip
    return found


def matter(part: str, line: str, names: dict[str, str]) -> str:
    """What a contest is about."""
    if not part:
        return _("The appraisal as a whole")
    if not line:
        return str(PARTS[part])
    return _("%(part)s: %(name)s") % {"part": PARTS[part], "name": named(names, line.partition(".")[0])}
