"""How pilots are said: where a step stands, its badge, what is to be done in which room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.needs.queries import listed, published, unread
from craftpath.domain.needs.rules import may_read
from craftpath.domain.pilots.wording import found_in_words, lack_in_words
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.pilots.finding import Standing
    from craftpath.domain.pilots.models import RoundStep
    from craftpath.kernel.organisations import Organisation

TONES = {
    "done": "good",
    "waived": "attention",
    "late": "wrong",
    "now": "info",
    "begun": "plain",
    "ahead": "plain",
}
CHANGE_TONES = {
    "proposed": "attention", "accepted": "info", "finished": "good", "postponed": "plain", "declined": "plain",
}  # fmt: skip
_SEES, _RATES = Permission.SEE_FIGURES, Permission.SEE_RESULTS
ROOMS: dict[str, tuple[str, Permission]] = {
    "skills_known": ("frameworks:list", _SEES),
    "needs_published": ("needs:list", Permission.RUN_SURVEYS),
    "answers_in": ("surveys:list", Permission.RUN_SURVEYS),
    "skills_covered": ("curricula:list", Permission.DESIGN_CURRICULA),
    "plans_cover": ("training:plans", _SEES),
    "units_teamed": ("teaching:teams", _RATES),
    "sessions_staffed": ("learning:sessions", _RATES),
    "sessions_held": ("learning:sessions", _RATES),
    "hours_taught": ("teaching:taught", _RATES),
    "rubrics_ready": ("judging:rubrics", Permission.IMPORT_MARKS),
    "practicals_published": ("judging:board", Permission.IMPORT_MARKS),
    "results_decided": ("apprenticeships:cohorts", _SEES),
}
"""In which room something that lacks is done, and who finds it there."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do, and where."""

    label: str
    url: str


def condition(step: RoundStep, steps: Sequence[RoundStep], today: date, begun: Iterable[int] = ()) -> str:
    """Where a step stands: done, waived, late, now (the first open one), begun or ahead."""
    if step.state != "open":
        return str(step.state)
    if step.due_on is not None and step.due_on < today:
        return "late"
    if next(one for one in steps if one.state == "open").pk == step.pk:
        return "now"
    return "begun" if step.pk in set(begun) else "ahead"


def condition_words(found: str) -> str:
    """The same in words."""
    return {
        "done": pgettext("a step of a pilot", "Done"),
        "waived": pgettext("a step of a pilot", "Closed with a reason"),
        "late": pgettext("a step of a pilot", "Overdue"),
        "now": pgettext("a step of a pilot", "Now"),
        "begun": pgettext("a step of a pilot", "Begun"),
        "ahead": pgettext("a step of a pilot", "To come"),
    }[found]


def badge(found: str) -> tuple[str, str]:
    """(words, tone) of where a step stands."""
    return condition_words(found), TONES[found]


def checklist(one: Standing) -> list[tuple[str, bool]]:
    """(words, whether it is there) of everything that a step asks for."""
    words, there = one.step.words, {given.key for given in one.given}
    lines = [(text(each["name"]), each["key"] in there) for each in words["deliverables"]]
    return lines + [(found_in_words(each), each.met) for each in one.checks]


def lacks(one: Standing) -> list[str]:
    """What a step lacks, as sentences."""
    step = one.step
    return [
        lack_in_words(
            lack.what, lack.key, cycle=step.round.cycle, step=step.words, found=(*one.checks, *one.shows)
        )
        for lack in one.lacks
    ]


def step_url(request: Request, step: RoundStep) -> str:
    """The page of a step."""
    return reverse("pilots:step", args=[request.organisation.key, step.public_id])


def acts(request: Request, one: Standing) -> list[Act]:
    """What to do now for a step: each lack with the room where it is supplied; "" where the reader has no door."""
    here = step_url(request, one.step)
    found = []
    for lack, said in zip(one.lacks, lacks(one), strict=True):
        if lack.what == "deliverable":
            found.append(Act(said, f"{here}#give"))
        elif lack.what == "finding":
            found.append(Act(said, room(request, lack.key, one.step)))
    return found


def room(request: Request, key: str, step: RoundStep) -> str:
    """Where a finding is worked at, if the reader may go there and the room exists."""
    own = {"report_issued": "pilots:reports", "changes_decided": "pilots:changes"}
    if key in own:
        ids = [request.organisation.key, step.round.pilot.public_id, step.round.number]
        return reverse(own[key], args=ids)
    name, permission = ROOMS.get(key, ("", Permission.RUN_ORGANISATION))
    if not name or permission not in request.actor.permissions:
        return ""
    nearer = _nearer(request, key)
    if nearer:
        return nearer
    try:
        return reverse(name, args=[request.organisation.key])
    except NoReverseMatch:
        return ""


def _nearer(request: Request, key: str) -> str:
    """The very thing that is next, where the record says which: an analysis to publish or to draft from, or to make.

    Without one, a survey that is over and that no analysis reads leads to the form with that survey chosen.
    """
    here = request.organisation
    if key == "skills_covered":
        row = published(here).first()
        seen = row is not None and may_read(request.actor, row, asked=False)
        return f"{_page('needs:analysis', here, row.public_id)}#draft" if row is not None and seen else ""
    if key != "needs_published":
        return ""
    done = listed(here).filter(state="computed").first()
    if done is not None and may_read(request.actor, done, asked=False):
        return _page("needs:analysis", here, done.public_id)
    for survey in unread(here):
        if any(one.kind == "need" for one in survey.asked_for):
            return f"{_page('needs:new', here)}?survey={survey.public_id}"
    return ""


def _page(name: str, organisation: Organisation, *ids: str) -> str:
    return reverse(name, args=[organisation.key, *ids])


def people(rows: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """(id, name · place) as choices."""
    return [(one.public_id, f"{one.name} · {text(place.name)}") for place, one in rows]


def of_steps(done: int, of: int) -> str:
    """2 of 6 steps closed."""
    return _("%(done)s of %(of)s closed") % {"done": done, "of": of}
