"""How plans are said: clashes as sentences, sums as verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import day, hours, listed, text
from craftpath.domain.training.clashes import Clash
from craftpath.domain.training.coverage import Sum
from craftpath.domain.training.texts import CLASHES, LEVELS

if TYPE_CHECKING:
    from craftpath.domain.training.models import Department, PlanUnit, Stay

TONES = {"block": "wrong", "warn": "attention", "info": "info"}
NAMED = 6  # people of one clash before "and more"


@dataclass(frozen=True, slots=True)
class Names:
    """What clashes point to, by the ids that they hold."""

    units: Mapping[str, str]
    departments: Mapping[int, str]
    people: Mapping[int, str]
    apprentices: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """A clash in words: what, when, who, and how grave."""

    sentence: str
    when: str
    who: str
    level: str
    tone: str
    grave: str
    stays: Sequence[str]


def names_of(stays: Iterable[Stay], apprentices: Mapping[int, str], units: Iterable[PlanUnit] = ()) -> Names:
    """The names of everything that these stays touch; no query where they were read with it."""
    stays = list(stays)
    departments = {stay.department.pk: stay.department for stay in stays if stay.department is not None}
    return Names(
        {unit.key: text(unit.name) for unit in units} | {s.unit.key: text(s.unit.name) for s in stays},
        {key: room(one) for key, one in departments.items()},
        {s.responsible.pk: s.responsible.name for s in stays if s.responsible is not None},
        apprentices,
    )


def room(department: Department) -> str:
    """A department, as it is called where several enterprises have one of the name."""
    return f"{text(department.name)} · {text(department.host.name)}"


def say_clash(clash: Clash, names: Names) -> Said:
    """The sentence of a clash; people whom the reader may not see are counted in it and not named."""
    facts: dict[str, Any] = dict(clash.facts)
    for key in ("unit", "other"):
        if key in facts:
            facts[key] = names.units.get(facts[key], facts[key])
    if "of_age" in facts:
        facts["of_age"] = day(date.fromisoformat(facts["of_age"]))
    facts["department"] = names.departments.get(facts.get("department", 0), "–")
    facts["person"] = names.people.get(facts.get("person", 0), "–")
    known = [names.apprentices[who] for who in clash.enrolment_ids if who in names.apprentices]
    more = _("and %(count)s others") % {"count": len(clash.enrolment_ids) - len(known[:NAMED])}
    return Said(
        sentence=str(CLASHES[clash.reason]) % facts,
        when=span(clash.first, clash.last),
        who=listed(known[:NAMED] + ([more] if len(clash.enrolment_ids) > len(known[:NAMED]) else [])),
        level=clash.level,
        tone=TONES[clash.level],
        grave=str(LEVELS[clash.level]),
        stays=clash.stays,
    )


def span(first: date, last: date) -> str:
    """From one day to another, as people say it."""
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def say_sum(one: Sum) -> tuple[str, str]:
    """(words, tone) of what a bucket has against what is asked."""
    if one.verdict == "short":
        return _("%(hours)s missing") % {"hours": hours(-one.off)}, "attention"
    if one.verdict == "over":
        return _("%(hours)s too many") % {"hours": hours(one.off)}, "attention"
    if one.verdict == "even":
        return _("as asked"), "good"
    return "", "plain"
