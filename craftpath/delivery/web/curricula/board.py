"""A version as a board: stages as columns, units in order with hours, what does not fit, and what there is to add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import (
    found_version,
    numbered,
    own_words,
    revision_of,
    sees_all,
    sees_library,
    to_version,
    version_tabs,
    version_url,
)
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import move_unit, put_in, set_minutes, take_out
from craftpath.domain.curricula.gaps import Gap, area_minutes, by_unit, gaps_of
from craftpath.domain.curricula.library import is_key
from craftpath.domain.curricula.texts import PLACES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit, CurriculumVersion
    from craftpath.domain.curricula.queries import Content
    from craftpath.domain.standards.models import Skill

MOST_SKILLS = 3
HOURS = "hours-"
VERBS = ("", "move", "out", "in")


@dataclass(frozen=True, slots=True)
class UnitShown:
    """A unit as a card of the board; `typed` is what its field shows, `wrong` why that cannot be read."""

    unit: ChosenUnit
    place: str
    typed: str
    now: str
    wrong: str
    skills: list[str]
    more_skills: int
    needs: list[tuple[str, str, bool]]
    gaps: list[str]
    outcomes: int
    before: str
    after: str
    is_first: bool
    is_last: bool


@dataclass(slots=True)
class Refusal:
    """What a press on the board could not do: a sentence, what was typed, and which fields cannot be read."""

    said: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    status: int = 200


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: Request, organisation: str, version: str) -> HttpResponse:
    """Everybody who sees the version reads the board; whoever designs finds its buttons while it is a draft."""
    row = found_version(version)
    refusal = Refusal()
    if request.method == "POST":
        require(rules.may_design(request.actor, row.curriculum.organisation))
        refusal = _pressed(request, row)
        if not refusal.status:
            return redirect(version_url(request, row))
        row = found_version(version)
    return render(request, "curricula/board.html", page_of(request, row, refusal), status=refusal.status)


def _pressed(request: Request, row: CurriculumVersion) -> Refusal:
    """Keep the hours that were typed, then do what the pressed button says; status 0 once it is done."""
    typed = own_words(request.POST, HOURS)
    minutes = {key: saying.minutes_of(value) for key, value in typed.items()}
    wrong = {key: _("Write hours as 40, 7.5 or 7:30.") for key, value in minutes.items() if value is None}
    if wrong:
        return Refusal("", typed, wrong, 422)
    known = {key: value for key, value in minutes.items() if value is not None}
    try:
        _do(request, row, known)
    except Refused as refused:
        if refused.verdict.who:
            raise
        return Refusal(sentence(refused.verdict), typed, {}, 409)
    return Refusal(status=0)


def _do(request: Request, row: CurriculumVersion, minutes: dict[str, int]) -> None:
    verb, _colon, rest = request.POST.get("do", "")[:200].partition(":")
    if verb not in VERBS:
        raise Http404
    who: dict[str, Any] = {"by": request.actor, "at": request.at}
    revision = revision_of(request.POST)
    known = dict(row.units.values_list("key", "minutes"))
    if any(known.get(key) != value for key, value in minutes.items()):
        revision = set_minutes(row, minutes, revision=revision, **who).revision
    if verb == "move":
        key, stage, place = [*rest.split("/"), "", "", ""][:3]
        at = int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else 1
        move_unit(row, key, stage=stage, place=at, revision=revision, **who)
    elif verb == "out":
        take_out(row, rest, revision=revision, **who)
        messages.success(request, _("The unit is out of this version."))
    elif verb == "in":
        card = _card(row, request.POST.get("card", ""))
        put_in(row, card, stage=request.POST.get("stage", "")[:60], revision=revision, **who)
        messages.success(request, _("The unit is in this version."))
    elif not request.htmx:
        messages.success(request, _("The hours are kept."))


def _card(row: CurriculumVersion, key: str) -> Any:
    rows = queries.cards().filter(organisation=row.curriculum.organisation, key=key)
    card = rows.first() if is_key(key) else None
    if card is None:
        raise Refused(not_now("curricula.card_unknown"))
    return card


def page_of(request: Request, row: CurriculumVersion, refusal: Refusal) -> dict[str, Any]:
    """Everything that the board shows."""
    content = queries.content_of(row)
    gaps = gaps_of(content)
    skills = skills_by_key(key for unit in content.units for key in unit.skills)
    edits = bool(rules.may_design(request.actor, row.curriculum.organisation)) and bool(rules.can_edit(row))
    bars = saying.hour_bars(content.sums(), content.stages, content.buckets)
    chosen = {unit.key for unit in content.units}
    offered = [card for card in queries.cards_to_choose(row) if card.key not in chosen] if edits else []
    return {
        "version": row,
        "title": text(row.curriculum.name),
        "name": numbered(row),
        "badge": saying.state(row),
        "columns": [
            (stage, _cards(content, stage.key, gaps, skills, refusal), bars[stage.key])
            for stage in content.stages
        ],
        "whole": bars[""],
        "gaps": [(one, saying.gap(one)) for one in gaps],
        "areas": saying.area_shares(area_minutes(content), {a.key: text(a.name) for a in content.areas}),
        "offered": [
            (card.key, f"{text(card.name)} · {saying.typed_hours(card.minutes)} h") for card in offered
        ],
        "stages": [(stage.key, text(stage.name)) for stage in content.stages],
        "edits": edits,
        "sees_all": sees_all(request.actor),
        "sees_library": sees_library(request.actor, row.curriculum.organisation),
        "designs": bool(rules.may_design(request.actor, row.curriculum.organisation)),
        "refusal": refusal,
        "counts": (len(content.units), len(content.outcomes), len(content.assessments)),
        "tabs": version_tabs(request, row, "curricula:version"),
        "crumbs": to_version(request, row),
    }


def _cards(
    content: Content, stage: str, gaps: list[Gap], skills: Mapping[str, Skill], refusal: Refusal
) -> list[UnitShown]:
    units = content.of_stage(stage)
    order = [one.key for one in content.stages]
    at = order.index(stage)
    found = by_unit(gaps)
    place = {one.key: number for number, one in enumerate(content.units)}
    titles = {one.key: text(one.name) for one in content.units}
    return [
        _shown(
            unit,
            [saying.gap(one) for one in found.get(unit.key, [])],
            [text(skills[key].name) if key in skills else key for key in unit.skills],
            [
                (key, titles.get(key, key), key in place and place[key] < place[unit.key])
                for key in unit.prerequisites
            ],
            refusal,
            outcomes=len(content.outcomes_of(unit.key)),
            before=order[at - 1] if at else "",
            after=order[at + 1] if at + 1 < len(order) else "",
            is_last=unit is units[-1],
        )
        for unit in units
    ]


def _shown(
    unit: ChosenUnit,
    gaps: list[str],
    skills: list[str],
    needs: list[tuple[str, str, bool]],
    refusal: Refusal,
    **more: Any,
) -> UnitShown:
    now = saying.typed_hours(unit.minutes)
    return UnitShown(
        unit=unit,
        place=str(PLACES[unit.place]),
        typed=refusal.typed.get(unit.key, now),
        now=now,
        wrong=refusal.wrong.get(unit.key, ""),
        skills=skills[:MOST_SKILLS],
        more_skills=max(0, len(skills) - MOST_SKILLS),
        needs=needs,
        gaps=gaps,
        is_first=unit.order == 1,
        **more,
    )
