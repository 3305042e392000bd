"""How diplomas, their tables and what is worth credits are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from craftpath.delivery.web.credits.saying import DIPLOMA_TONES, percent
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.domain.certificates.levels import level, schemes
from craftpath.domain.credits.points import shown
from craftpath.domain.credits.texts import DIPLOMA_STATES, OUTCOMES

if TYPE_CHECKING:
    from craftpath.domain.credits.models import ConversionRule, Diploma, EarningRule


@dataclass(frozen=True, slots=True)
class Goal:
    """A diploma in a list."""

    label: str
    note: str
    url: str
    badge: str
    tone: str
    example: bool


def goal(request: Request, row: Diploma, *, asks: bool = False) -> Goal:
    """A diploma by its institution and its total; `asks` leads to asking for it."""
    key = request.organisation.key
    url = reverse("credits:diploma", args=[key, row.public_id])
    if asks:
        url = f"{reverse('credits:ask', args=[key])}?diploma={row.public_id}"
    note = _("%(place)s · %(points)s points") % {
        "place": text(row.organisation.name),
        "points": shown(row.total),
    }
    label = _("%(diploma)s (example)") % {"diploma": text(row.title)} if row.example else text(row.title)
    badge = "" if asks else str(DIPLOMA_STATES[row.state])
    return Goal(label, note, url, badge, DIPLOMA_TONES[row.state], row.example)


def facts(row: Diploma) -> list[tuple[str, str]]:
    """What holds for the whole diploma."""
    named = {
        "year": _("Counts of one year at most"),
        "half": _("Counts of one half-year at most"),
        "certificates": _("Certificates that count at most"),
    }
    told = [(_("Institution"), text(row.organisation.name)), (_("Points in all"), shown(row.total))]
    if row.share is not None:
        told.append((_("By conversion at most"), percent(row.share)))
    for key, label in named.items():
        if key in row.limits:
            value = row.limits[key]
            told.append((label, str(value) if key == "certificates" else shown(value)))
    return told


def areas(row: Diploma) -> list[tuple[str, str, str, str]]:
    """(key, name, at least, at most) of each area."""
    return [
        (area.key, text(area.name), shown(area.least), shown(area.most) if area.most is not None else "–")
        for area in row.areas.all()
    ]


def minima(row: Diploma) -> list[tuple[str, str]]:
    """(institution, at least)."""
    return [(text(one.name) or one.institution, shown(one.least)) for one in row.minima.all()]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a rule of what is worth credits."""

    key: str
    what: str
    to: str
    figure: str
    caps: str
    days: str
    standing: tuple[str, str]
    ends: bool


def about(rule: ConversionRule | EarningRule, area: str = "") -> str:
    """What a row is about: 专业技能, or a certificate with its scheme and level."""
    outcome = str(OUTCOMES[rule.outcome]) if rule.outcome else ""
    return " · ".join(one for one in (area, outcome, _level(rule.scheme, rule.level), rule.subject) if one)


def _level(scheme: str, key: str) -> str:
    """A level with its scheme, in words."""
    found = level(scheme, key)
    if found is None:
        return " ".join(one for one in (scheme, key) if one)
    name = next(text(one.name) for one in schemes() if one.key == scheme)
    return f"{name} {text(found.name)}"


def days(first: date | None, last: date | None) -> str:
    """From a day, to a day."""
    if first is not None and last is not None:
        return f"{day(first)} – {day(last)}"
    if first is not None:
        return _("from %(first)s") % {"first": day(first)}
    return _("until %(last)s") % {"last": day(last)} if last is not None else _("at any time")


def standing(first: date | None, last: date | None, today: date) -> tuple[str, str]:
    """(tone, word): in force, still to come, or ended."""
    if first is not None and today < first:
        return "info", pgettext("a row of rules", "to come")
    if last is not None and last < today:
        return "plain", pgettext("a row of rules", "ended")
    return "good", pgettext("a row of rules", "in force")


def table(row: Diploma, names: Mapping[str, str], today: date) -> list[Row]:
    """The rows of the table: those in force first, then those to come, then those that ended."""
    own = {area.key: text(area.name) for area in row.areas.all()}
    rows = [
        Row(
            rule.public_id,
            about(rule, names.get(rule.area, rule.area)),
            own.get(rule.to_area, rule.to_area),
            percent(rule.rate),
            shown(rule.cap) if rule.cap is not None else "–",
            days(rule.valid_from, rule.valid_to),
            standing(rule.valid_from, rule.valid_to, today),
            rule.valid_to is None or rule.valid_to > today,
        )
        for rule in row.rules.all()
    ]
    order = {"good": 0, "info": 1, "plain": 2}
    return sorted(rows, key=lambda one: order[one.standing[0]])


def earning(rule: EarningRule, today: date) -> Row:
    """What an outcome is worth."""
    caps = (
        (rule.cap_half, _("%(points)s a half-year")),
        (rule.cap_year, _("%(points)s a year")),
        (rule.cap_total, _("%(points)s in all")),
    )
    told = [words % {"points": shown(cap)} for cap, words in caps if cap is not None]
    if rule.expires_months:
        months = rule.expires_months
        told.append(
            ngettext("expires after %(count)s month", "expires after %(count)s months", months) % {"count": months}
        )  # fmt: skip
    return Row(
        rule.public_id,
        text(rule.name) or about(rule),
        text(rule.area.name),
        shown(rule.points),
        pgettext("between the names of a list", ", ").join(told),
        days(rule.valid_from, rule.valid_to),
        standing(rule.valid_from, rule.valid_to, today),
        rule.valid_to is None or rule.valid_to > today,
    )


def steps(row: Diploma, today: date) -> list[tuple[str, str, str, str, str, bool]]:
    """(public id, name, area, points, weeks and days, whether it can be ended) of what is on offer."""
    own = {area.key: text(area.name) for area in row.areas.all()}
    found = []
    for one in row.offers.all():
        weeks = ngettext("%(count)s week", "%(count)s weeks", one.weeks) % {"count": one.weeks}
        dated = days(one.valid_from, one.valid_to) if one.valid_from or one.valid_to else ""
        note = pgettext("between the names of a list", ", ").join(part for part in (weeks, dated) if part)
        going = one.valid_to is None or one.valid_to > today
        found.append(
            (one.public_id, text(one.name), own.get(one.area, one.area), shown(one.points), note, going)
        )
    return found
