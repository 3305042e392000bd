"""Differences between two versions as sentences, one for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from craftpath.delivery.web.shell.templatetags.say import hours, listed, text
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.curricula.comparing import Change

GROUPS = (
    ("unit", pgettext_lazy("of a curriculum", "Units")),
    ("outcome", gettext_lazy("Outcomes")),
    ("assessment", gettext_lazy("Assessments")),
    ("target", gettext_lazy("Hours of stages")),
)

CHANGES = {
    "unit_added": gettext_lazy("“%(unit)s” is new in %(stage)s, with %(minutes)s."),
    "unit_left_out": gettext_lazy("“%(unit)s” is left out; it had %(minutes)s in %(stage)s."),
    "unit_moved": gettext_lazy("“%(unit)s” moves from %(before)s to %(after)s."),
    "unit_shifted": gettext_lazy("“%(unit)s” moves within %(stage)s, from place %(before)s to %(after)s."),
    "unit_hours": gettext_lazy("“%(unit)s” has %(after)s instead of %(before)s."),
    "unit_renamed": gettext_lazy("“%(before)s” is called “%(after)s” now."),
    "unit_bucket": gettext_lazy("“%(unit)s” counts as another kind of hours."),
    "unit_asks": gettext_lazy("“%(unit)s” practises or needs something else."),
    "unit_described": gettext_lazy("“%(unit)s” is described differently: %(what)s."),
    "outcome_added": gettext_lazy("“%(outcome)s” is new."),
    "outcome_left_out": gettext_lazy("“%(outcome)s” is left out."),
    "outcome_renamed": gettext_lazy("“%(before)s” reads “%(after)s” now."),
    "outcome_serves": gettext_lazy("“%(outcome)s” serves other tasks or skills."),
    "outcome_area": gettext_lazy("“%(outcome)s” belongs to another learning area."),
    "outcome_taught": gettext_lazy("“%(outcome)s” is taught in %(after)s instead of %(before)s."),
    "outcome_seen": gettext_lazy("“%(outcome)s” is shown by %(after)s instead of %(before)s."),
    "assessment_added": gettext_lazy("“%(assessment)s” is new."),
    "assessment_left_out": gettext_lazy("“%(assessment)s” is left out."),
    "assessment_changed": gettext_lazy("“%(assessment)s” is described differently."),
    "target_changed": gettext_lazy("%(stage)s, %(bucket)s: %(after)s instead of %(before)s."),
}
DESCRIBED = {
    "hazardous": gettext_lazy("hazardous"),
    "place": pgettext_lazy("of a unit", "Where"),
    "area": gettext_lazy("Learning area"),
    "trainer": gettext_lazy("Taught by"),
    "room": gettext_lazy("Room or equipment"),
    "resources": gettext_lazy("Resources"),
}
IN_HOURS = ("unit_hours", "target_changed")


def change(one: Change) -> str:
    """A difference as a sentence in the reader's language."""
    facts = {
        name: _fact(value, name == "minutes" or one.code in IN_HOURS) for name, value in one.facts.items()
    }
    if "what" in one.facts:
        facts["what"] = listed(DESCRIBED[part] for part in one.facts["what"])
    return str(CHANGES[one.code]) % facts


def _fact(value: Any, in_hours: bool) -> Any:
    if isinstance(value, Text):
        return text(value)
    if isinstance(value, list):
        return listed(text(one) for one in value) or _("nothing")
    return hours(value) if in_hours and isinstance(value, int) else value
