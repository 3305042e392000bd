"""How the way to a diploma is said: sentences, bars, steps, credits that are used, and why others are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.credits.points import shown
from craftpath.engines.credits import Unused, WhyNot
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Diploma
    from craftpath.domain.credits.planning import AreaWay, Way


@dataclass(frozen=True, slots=True)
class Bar:
    """Lengths in per cent of the drawing: what is held, what the steps bring; the mark is what is asked."""

    held: str
    coming: str
    mark: str


def _bar(held: int, coming: int, asked: int) -> Bar:
    whole = max(held + coming, asked, 1)
    return Bar(*(f"{100 * part / whole:.2f}" for part in (held, coming, asked)))


@dataclass(frozen=True, slots=True)
class Line:
    """A diploma beside others."""

    title: str
    place: str
    url: str
    bar: Bar
    held: str
    total: str
    away: str
    steps: str
    weeks: str
    badge: tuple[str, str]


def title(row: Diploma) -> str:
    """Its name; what is an example says so."""
    return _("%(diploma)s (example)") % {"diploma": text(row.title)} if row.example else text(row.title)


def sorted_by(order: str, found: Iterable[Way]) -> list[Way]:
    """The nearest first, or the soonest; what no steps on offer reach comes last when weeks are asked."""

    def nearest(way: Way) -> tuple[int, ...]:
        return way.away, way.missing, way.weeks, way.diploma.pk

    def soonest(way: Way) -> tuple[int, ...]:
        return way.missing, way.weeks, way.away, way.diploma.pk

    return sorted(found, key=soonest if order == "soonest" else nearest)


def line(request: Request, way: Way, whose: str) -> Line:
    """A diploma with its figures; `whose` is the account of somebody else."""
    key, goal = request.organisation.key, way.diploma
    args = [key, whose, goal.public_id] if whose else [key, goal.public_id]
    return Line(
        title(goal),
        text(goal.organisation.name),
        reverse("credits:way_of" if whose else "credits:way", args=args),
        _bar(way.held, way.coming, goal.total),
        shown(way.held),
        shown(goal.total),
        shown(way.away),
        _steps_said(way),
        str(way.weeks) if way.steps else "–",
        _badge(way),
    )


def _badge(way: Way) -> tuple[str, str]:
    if not way.away:
        return "good", pgettext("a diploma", "Reached")
    if not way.missing:
        return "info", pgettext("a diploma", "Within reach")
    return "attention", _("%(points)s points stay missing") % {"points": shown(way.missing)}


def _steps_said(way: Way) -> str:
    if not way.away:
        return _("none needed")
    count = len(way.steps)
    if not count:
        return _("none on offer")
    return ngettext("%(count)s step", "%(count)s steps", count) % {"count": count}


def weeks_said(weeks: int) -> str:
    """So many weeks."""
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}


def sentence_of(way: Way) -> str:
    """How far away, and what is quickest from there."""
    if not way.away:
        return _("Your credits reach it. Ask for conversion; the institution decides.")
    facts = {"points": shown(way.away), "weeks": weeks_said(way.weeks), "missing": shown(way.missing)}
    count = len(way.steps)
    if not count:
        return _("%(points)s points away. No step that is on offer today brings it nearer.") % facts
    if way.missing:
        said = ngettext(
            "%(points)s points away. This step comes nearest: %(weeks)s. Then %(missing)s points are still missing.",
            "%(points)s points away. These %(count)s steps come nearest: %(weeks)s. "
            "Then %(missing)s points are still missing.",
            count,
        )
    else:
        said = ngettext(
            "%(points)s points away. This step is quickest: %(weeks)s.",
            "%(points)s points away. These %(count)s steps are quickest: %(weeks)s, one after another.",
            count,
        )
    return said % {**facts, "count": count}


def steps(way: Way) -> list[tuple[str, str]]:
    """(name, note) of each step, the shortest first."""
    names = {area.key: text(area.name) for area in way.diploma.areas.all()}
    said = _("%(area)s · %(points)s points · %(weeks)s")
    return [
        (
            text(one.name),
            said
            % {
                "area": names.get(one.area, one.area),
                "points": shown(one.points),
                "weeks": weeks_said(one.weeks),
            },
        )
        for one in way.steps
    ]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area of the diploma, held beside needed."""

    name: str
    bar: Bar
    held: str
    coming: str
    least: str
    most: str
    lacks: str
    full: bool


def areas(way: Way) -> list[AreaLine]:
    """Each area of the diploma, then all of it."""
    names = {area.key: text(area.name) for area in way.diploma.areas.all()}
    found = [_area(names[one.key], one) for one in way.areas]
    total = way.diploma.total
    lacks = max(0, total - way.held - way.coming)
    bar = _bar(way.held, way.coming, total)
    whole = AreaLine(
        pgettext("of a diploma", "In all"),
        bar,
        shown(way.held),
        shown(way.coming),
        shown(total),
        "–",
        shown(lacks),
        not lacks,
    )
    return [*found, whole]


def _area(name: str, one: AreaWay) -> AreaLine:
    held = one.had + one.held
    lacks = max(0, one.least - held - one.coming)
    most = "–" if one.most is None else shown(one.most)
    bar = _bar(held, one.coming, one.least)
    return AreaLine(
        name, bar, shown(held), shown(one.coming), shown(one.least), most, shown(lacks), not lacks
    )


def used(way: Way) -> list[tuple[str, str, str, str]]:
    """(credit, its points, the area, what it gives) of what would be used."""
    names = {area.key: text(area.name) for area in way.diploma.areas.all()}
    return [
        (text(one.credit.title), shown(one.credit.points), names.get(one.area, one.area), shown(one.points))
        for one in way.used
    ]


def unused(way: Way) -> list[tuple[str, str, str]]:
    """(credit, its points, why not)."""
    return [(text(credit.title), shown(credit.points), why(one)) for credit, one in way.unused]


def why(one: Unused) -> str:
    """Why a credit would not be used, in a sentence."""
    facts = one.facts
    if one.code is WhyNot.NOT_YET:
        return _("It is earned on %(on)s only.") % {"on": _day(facts["earned"])}
    if one.code is WhyNot.EXPIRED:
        return sentence(not_now("credits.expired", on=facts["expires"]))
    if one.code is WhyNot.NO_RULE:
        return _("The table has no row that takes it.")
    if one.code is WhyNot.NOT_ON_DAY:
        if "first" in facts:
            return _("Its row holds from %(first)s on only.") % {"first": _day(facts["first"])}
        return _("Its row held until %(last)s.") % {"last": _day(facts["last"])}
    if one.code is WhyNot.GIVES_NOTHING:
        return sentence(not_now("credits.gives_nothing"))
    if one.code is WhyNot.TOO_LARGE:
        said = _("It gives %(points)s points, and only %(most)s fit. A credit is used whole.")
        return said % {"points": _points(facts["points"]), "most": _points(facts["most"])}
    if one.code is WhyNot.NOT_NEEDED:
        return _("Not needed: with it nothing would come nearer.")
    return sentence(_crowded(one))


def _crowded(one: Unused) -> Any:
    """The refusal that its request would meet, once the others have their place."""
    facts = one.facts
    kind = {WhyNot.CAP_REACHED: "rule", WhyNot.AREA_FULL: "area"}.get(one.code)
    kind = kind or str(facts["limit"]).partition(":")[0]
    if kind == "certificates":
        return not_now("credits.over_certificates", cap=facts["count"])
    left = int(facts["most"]) - int(facts["taken"])  # type: ignore[call-overload]
    return not_now(f"credits.over_{kind}", left=shown(left), amount=_points(facts["points"]))


def _points(value: Any) -> str:
    return shown(int(value))


def _day(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)
