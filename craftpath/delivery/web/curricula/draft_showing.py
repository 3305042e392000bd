"""One draft: how far it is; once it is there, its hours, what it covers, why each unit is in or out, what more buys."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.curricula import draft_saying as said
from craftpath.delivery.web.curricula.draft_saying import Names, share
from craftpath.delivery.web.curricula.drafting import TONES, called, drafts_url, found_draft, may_draft
from craftpath.delivery.web.curricula.places import numbered, to_version
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import hours, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula.drafting import SECONDS
from craftpath.domain.curricula.drafting_texts import DRAFT_STATES
from craftpath.domain.programmes.queries import areas_of, buckets_by_programme, stages_of
from craftpath.domain.standards.queries import skills_by_key
from craftpath.kernel.progress import progress_of
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import Draft

TINY = 1e-9


@dataclass(frozen=True, slots=True)
class HoursLine:
    """Hours of a kind in a stage: what the plan has of what it may have, with lengths in percent of the longest."""

    name: str
    have: str
    most: str
    length: str
    mark: str


@dataclass(frozen=True, slots=True)
class CoverLine:
    """How much of a skill is covered before and after, in percent, and what its weight is."""

    name: str
    weight: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of the list with its reason; `adds` names skills, `kind` is what is said of it: pin, forbid or nothing."""

    key: str
    name: str
    note: str
    why: str
    adds: str
    kind: str
    cost: str = ""


@require_GET
@needs(Permission.DESIGN_CURRICULA, Permission.APPROVE_CURRICULA)
def shown(request: Request, organisation: str, draft: str) -> HttpResponse:
    """How far it is; once it is through, what came of it. Asked by htmx, only the part that changes."""
    row = found_draft(draft)
    if row.state != "asked" and request.htmx:
        response = HttpResponse(status=204)
        response.headers["HX-Refresh"] = "true"
        return response
    context: dict[str, Any] = {
        "draft": row,
        "version": row.version,
        "title": text(row.version.curriculum.name),
        "name": f"{numbered(row.version)} · {called(row)}",
        "state": DRAFT_STATES[row.state],
        "tone": TONES[row.state],
        "may": may_draft(request, row.version),
        "made_id": uuid.uuid4(),
        "list_url": drafts_url(request, row.version),
        "crumbs": to_version(
            request,
            row.version,
            step(request, _("Draft from needs"), "curricula:drafts", row.version.public_id),
            here(called(row)),
        ),
    }
    if row.state == "asked":
        far = progress_of(row.public_id)
        context |= {
            "begun": far is not None,
            "percent": round(100 * far.share) if far else 0,
            "most": SECONDS,
        }
    elif row.reason:
        context["reason"] = sentence(Verdict(row.reason, row.facts))
    elif row.found:
        context |= _found(row)
    part = "#progress" if request.htmx else ""
    return render(request, f"curricula/draft.html{part}", context)


def names_of(row: Draft) -> Names:
    """What is named in a draft is called; three queries."""
    programme = row.version.curriculum.programme_id
    buckets = buckets_by_programme([programme]).get(programme, [])
    return Names.of(row, stages_of(programme), buckets, areas_of(programme))


def _found(row: Draft) -> dict[str, Any]:
    names = names_of(row)
    if row.state == "impossible":
        return {
            "conflict": [said.wish(one, names) for one in row.found["conflict"]],
            "way": [said.way(one, names) for one in row.found["way"]],
        }
    found = row.found
    minutes = sum(unit["minutes"] for unit in found["units"])
    skills = {key: text(one.name) for key, one in skills_by_key(row.wanted["weights"]).items()}
    return {
        "figures": [
            (_("Need covered"), share(found["objective"], found["whole"]), _so_far(found)),
            (_("Hours"), hours(minutes), _of_total(row)),
            (
                pgettext("how many", "Units"),
                str(len(found["units"])),
                _("of %(count)s in the library") % {"count": len(row.inputs["units"])},
            ),
        ],
        "proven": found["proven"],
        "proof": _proof(found),
        "habit": _habit(found),
        "bars": hours_lines(row, names),
        "cover": cover_lines(row, skills),
        "stages": _stages(row, names, skills),
        "out": _out(row, names),
        "gains": _gains(found, names),
        "gains_open": any(_open(one) for one in found["gains"]),
    }


def _so_far(found: Mapping[str, Any]) -> str:
    return _("%(share)s as the version is now") % {"share": share(found["now"], found["whole"])}


def _of_total(row: Draft) -> str:
    total = row.wanted["total"]
    return "" if total is None else _("limit %(hours)s") % {"hours": hours(total)}


def _proof(found: Mapping[str, Any]) -> str:
    if found["proven"]:
        return _("Proved: no plan that keeps your wishes covers more.")
    if any(one["code"] == "better" for one in found["out"]):
        return _(
            "This is not the best plan: a better one turned up with the reasons, see the units that are left out."
            " No plan covers more than %(share)s."
        ) % {"share": share(found["bound"], found["whole"])}
    return _("No plan covers more than %(share)s; whether this is the best was not proved in the time.") % {
        "share": share(found["bound"], found["whole"])
    }


def _habit(found: Mapping[str, Any]) -> str:
    """What always taking the unit that brings most an hour would have come to."""
    if found["habit"] is None:
        return _("Always taking what brings most an hour would not keep your wishes.")
    return _("Always taking what brings most an hour would cover %(share)s.") % {
        "share": share(found["habit"], found["whole"])
    }


def hours_lines(row: Draft, names: Names) -> list[tuple[str, list[HoursLine]]]:
    """Stage by stage, a line for each kind of hours that the plan has or may have there."""
    kind = {unit["key"]: unit["kind"] for unit in row.inputs["units"]}
    have: Counter[tuple[str, str]] = Counter()
    for unit in row.found["units"]:
        have[unit["stage"], kind[unit["key"]]] += unit["minutes"]
    most = {(stage, one): minutes for stage, one, minutes in row.wanted["cells"]}
    cells = have.keys() | most.keys()
    scale = max([*have.values(), *most.values(), 1])
    found = []
    for stage in row.inputs["stages"]:
        lines = [
            _hours_line(names.kinds.get(key, key), have[stage, key], most.get((stage, key)), scale)
            for key in dict.fromkeys(key for at, key in sorted(cells) if at == stage)
        ]
        found.append((names.stages.get(stage, stage), lines))
    return found


def _hours_line(name: str, have: int, most: int | None, scale: int) -> HoursLine:
    limit = "" if most is None else _("limit %(hours)s") % {"hours": hours(most)}
    return HoursLine(
        name, hours(have), limit, f"{100 * have / scale:.1f}", f"{100 * (most or 0) / scale:.1f}"
    )


def cover_lines(row: Draft, skills: Mapping[str, str]) -> list[CoverLine]:
    """Skills by weight, the heaviest first."""
    found, weights = row.found, row.wanted["weights"]
    lines = []
    for key in sorted(found["covered"], key=lambda one: (-float(weights[one]), one)):
        before, after = 100 * found["before"].get(key, 0.0), 100 * found["covered"][key]
        lines.append(
            CoverLine(
                skills.get(key, key),
                weights[key],
                f"{before:.0f}",
                f"{after:.0f}",
            )
        )
    return lines


def _stages(row: Draft, names: Names, skills: Mapping[str, str]) -> list[tuple[str, str, list[UnitLine]]]:
    found = []
    for stage in row.inputs["stages"]:
        units = [unit for unit in row.found["units"] if unit["stage"] == stage]
        minutes = hours(sum(unit["minutes"] for unit in units))
        found.append(
            (names.stages.get(stage, stage), minutes, [_in(row, one, names, skills) for one in units])
        )
    return found


def _in(row: Draft, one: Mapping[str, Any], names: Names, skills: Mapping[str, str]) -> UnitLine:
    adds = sorted(one["adds"].items(), key=lambda pair: -pair[1])
    told = [f"{skills.get(key, key)} +{100 * more:.0f} %" for key, more in adds]
    return UnitLine(
        one["key"],
        names.units.get(one["key"], one["key"]),
        hours(one["minutes"]),
        said.why_in(one, names, row.found["whole"]),
        " · ".join(told),
        row.wanted["pins"].get(one["key"], ""),
    )


def _out(row: Draft, names: Names) -> list[UnitLine]:
    """The dearest last: what could come in almost for nothing is looked at first."""
    minutes = {unit["key"]: unit["minutes"] for unit in row.inputs["units"]}
    rows = sorted(row.found["out"], key=lambda one: (one["loss"] is None, one["loss"] or 0.0, one["key"]))
    return [
        UnitLine(
            one["key"],
            names.units.get(one["key"], one["key"]),
            hours(minutes[one["key"]]),
            said.why_out(one, names, row.found["whole"]),
            "",
            row.wanted["pins"].get(one["key"], ""),
            said.at_most(one["loss"], row.found["whole"], said.proved(one), "−")
            if one["code"] == "costs"
            else "",
        )
        for one in rows
    ]


def _open(one: Mapping[str, Any]) -> bool:
    """Whether more could be bought than was found in the time."""
    return bool(one["most"] - one["gain"] > TINY)


def _gains(found: Mapping[str, Any], names: Names) -> list[tuple[str, str, str]]:
    """(10 h more in all, +2.1 %, which units would change), the most first; what buys nothing is left out."""
    worth: Sequence[Mapping[str, Any]] = [one for one in found["gains"] if one["gain"] > TINY]
    lines = []
    for one in sorted(worth, key=lambda one: -one["gain"]):
        what, changes = said.gain(one, names)
        exact = not _open(one)
        lines.append((what, said.at_least(one["gain"], found["whole"], exact, "+"), changes))
    return lines
