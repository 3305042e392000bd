"""How drafts are said: shares, wishes, reasons, gains as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.templatetags.say import hours, listed, text, together
from craftpath.domain.curricula.drafting_texts import (
    AT_LEAST_GAIN,
    AT_MOST_LOSS,
    GAINS,
    GIVEN_UP,
    NOT_PROVED,
    WHY_IN,
    WHY_OUT,
    WISHES,
)
from craftpath.domain.curricula.texts import TRAINERS

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Draft
    from craftpath.domain.programmes.models import HourBucket, LearningArea, Stage

MOST_NAMED = 4
HOUR = 60
TINY = 0.0005


def share(part: float, whole: float) -> str:
    """A part of all need in percent: 4.2 %."""
    value = 100 * part / whole if whole else 0.0
    return pgettext("a share", "under 0.1 %") if 0 < value < 100 * TINY else f"{value:.1f} %"


@dataclass(frozen=True, slots=True)
class Names:
    """What units, stages, kinds of hours and learning areas of a draft are called."""

    units: Mapping[str, str]
    stages: Mapping[str, str]
    kinds: Mapping[str, str]
    areas: Mapping[str, str]

    @classmethod
    def of(
        cls,
        draft: Draft,
        stages: Sequence[Stage],
        buckets: Sequence[HourBucket],
        areas: Sequence[LearningArea],
    ) -> Names:
        """Units as they were called when the draft was made."""
        return cls(
            {unit["key"]: text(unit["name"]) for unit in draft.inputs["units"]},
            {stage.key: text(stage.name) for stage in stages},
            {bucket.key: text(bucket.name) for bucket in buckets},
            {area.key: text(area.name) for area in areas},
        )

    def some(self, keys: Sequence[str]) -> str:
        """The first few units by name, and how many more."""
        named = [self.units.get(key, key) for key in keys[:MOST_NAMED]]
        more = len(keys) - MOST_NAMED
        return listed(named if more <= 0 else [*named, _("%(count)s more units") % {"count": more}])


def _facts(wish: Mapping[str, Any], names: Names, value: int | None) -> dict[str, str]:
    key = str(wish["key"])
    shown = {
        "area_min": names.areas,
        "pinned": names.units,
        "forbidden": names.units,
        "trainer": {one: str(words) for one, words in TRAINERS.items()},
    }.get(wish["kind"], names.kinds)
    return {
        "key": shown.get(key, key),
        "stage": names.stages.get(wish.get("stage", ""), str(wish.get("stage", ""))),
        "hours": hours(value or 0),
        "count": str(value or 0),
    }


def wish(one: Mapping[str, Any], names: Names) -> str:
    """A wish as it was asked."""
    return str(WISHES[one["kind"]]) % _facts(one, names, one["value"])


def way(one: Mapping[str, Any], names: Names) -> str:
    """A wish as it would have to be."""
    asked, value = one["wish"], one["value"]
    if value is None:
        return str(GIVEN_UP[asked["kind"]]) % _facts(asked, names, None)
    changed = str(WISHES[asked["kind"]]) % _facts(asked, names, value)
    return _("%(wish)s instead of %(was)s") % {"wish": changed, "was": hours(asked["value"] or 0)}


def why_in(one: Mapping[str, Any], names: Names, whole: float) -> str:
    """Why a unit is in the plan."""
    facts = {"loses": share(one["loses"], whole), "needed_by": names.some(one["needed_by"])}
    said = str(WHY_IN[one["code"]]) % facts
    if one["needed_by"] and one["code"] not in ("needed",):
        said = together([said, _("It comes before %(units)s.") % {"units": facts["needed_by"]}])
    return said


def why_out(one: Mapping[str, Any], names: Names, whole: float) -> str:
    """Why a unit is not in the plan, and what it would cost."""
    code, loss = one["code"], one["loss"] or 0.0
    if code == "forbidden":
        code = "forbidden" if loss < 0 else "forbidden_free"
    if code == "costs" and not one["leaves"]:
        code = "costs_move"
    elif code == "costs" and one["comes"]:
        code = "costs_swap"
    said = str(WHY_OUT[code]) % {
        "loss": _figure(code, loss, whole, proved(one)),
        "leaves": names.some(one["leaves"]),
        "comes": names.some(one["comes"]),
        "units": names.some(one["units"]),
        "wishes": listed([wish(each, names) for each in one["wishes"]]),
    }
    open_words = ("forbidden_free", "adds_nothing")
    return said if proved(one) or code not in open_words else together([said, str(NOT_PROVED)])


def _figure(code: str, loss: float, whole: float, exact: bool) -> str:
    if code == "forbidden":
        return at_least(-loss, whole, exact)
    return at_most(loss, whole, exact or code == "better")  # that plan is there


def proved(one: Mapping[str, Any]) -> bool:
    """Whether a loss is exact, and no limit of it."""
    return one["loss"] == one["least"]


def at_most(loss: float, whole: float, exact: bool, sign: str = "") -> str:
    """A loss, as far as it is known."""
    said = sign + share(abs(loss), whole)
    return said if exact else str(AT_MOST_LOSS) % {"loss": said}


def at_least(gain: float, whole: float, exact: bool, sign: str = "") -> str:
    """A gain, as far as it is known."""
    said = sign + share(gain, whole)
    return said if exact else str(AT_LEAST_GAIN) % {"gain": said}


def gain(one: Mapping[str, Any], names: Names) -> tuple[str, str]:
    """(10 h more in all, which units would change)."""
    what = str(GAINS[one["wish"]["kind"]]) % _facts(one["wish"], names, one["more"])
    changes = []
    if one["comes"]:
        changes.append(_("%(units)s would come in") % {"units": names.some(one["comes"])})
    if one["leaves"]:
        changes.append(_("%(units)s would leave") % {"units": names.some(one["leaves"])})
    return what, listed(changes)
