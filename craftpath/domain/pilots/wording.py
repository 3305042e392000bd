"""Findings and lacks as sentences in the open language, for pages and papers alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craftpath.domain.pilots.registry import Found
from craftpath.domain.pilots.texts import CHECKS, FINDINGS, IN_HOURS, NOT_YET
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Cycle

AN_HOUR = 60


def spoken(name: Any) -> str:
    """A text in the open language."""
    return Text.of(name).say(get_language() or "zh-hans")


def found_in_words(found: Found) -> str:
    """What was found, with its figures."""
    if found.key in NOT_YET and not found.met:
        return str(NOT_YET[found.key])
    facts = dict(found.facts)
    if facts.get("of") == 0:
        return _("%(check)s: nothing to count yet") % {"check": CHECKS.get(found.key, found.key)}
    if found.key in IN_HOURS:
        facts |= {name: _hours(facts[name]) for name in ("done", "of")}
    if "on" in facts:
        facts["on"] = date_format(date.fromisoformat(facts["on"]), "DATE_FORMAT")
    sentence = FINDINGS.get(found.key)
    return str(sentence) % facts if sentence is not None else found.key


def _hours(minutes: int) -> str:
    return f"{minutes / AN_HOUR:.1f}".removesuffix(".0")


def lack_in_words(
    what: str, key: str, *, cycle: Cycle, step: Mapping[str, Any], found: Iterable[Found] = ()
) -> str:
    """What a step lacks: a deliverable, a finding with its figures, or a step before it that is open."""
    if what == "deliverable":
        names = {one["key"]: one["name"] for one in step["deliverables"]}
        return _("%(name)s: not handed in") % {"name": spoken(names.get(key, key))}
    if what == "before":
        places = {one["key"]: (n, one["name"]) for n, one in enumerate(cycle.steps, start=1)}
        order, name = places.get(key, (0, key))
        return _("Step %(order)s, “%(name)s”, is still open") % {"order": order, "name": spoken(name)}
    there = next((one for one in found if one.key == key), None)
    return found_in_words(there) if there else str(CHECKS.get(key, key))
