"""The shelf: cases, toolkits and good practice of workshops; for those who work here also of library and pilots.

Each keeps its own door: a reader finds of the library and of pilots what opens there, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.frameworks.choosing import Choices
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.places import list_tabs
from craftpath.domain.pilots import queries as pilots
from craftpath.domain.resources import queries as library
from craftpath.domain.standards.queries import core_skills
from craftpath.domain.workshops import queries
from craftpath.domain.workshops.texts import KINDS, SHELVES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Case

A_PAGE = 24
MOST = 200
"""Things of the library, or country cases, among the others; who looks for more looks there."""
OF_LIBRARY = ("toolkit", "case")
FACETS = ("shelf", "place", "skill", "step", "kind")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on the shelf."""

    shelf: str
    title: str
    words: str
    place: str
    url: str
    skills: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    kind: str = ""
    whose: str = ""

    @property
    def label(self) -> str:
        """As what it stands there."""
        return str(SHELVES[self.shelf])


def things(*, inside: Request | None = None) -> list[Thing]:
    """Everything: published cases, and inside what the reader finds in the library and in pilots; constant queries."""
    found = [
        Thing(
            one.shelf, one.title, one.situation[:200], one.city, reverse("workshop:shelved", args=[one.public_id]),
            (one.skill,) if one.skill else (), (one.step,) if one.step else (), one.kind, one.organisation_name,
        )
        for one in queries.shelved()
    ]  # fmt: skip
    return found if inside is None else found + _of_library(inside) + _of_pilots(inside)


def _of_library(request: Request) -> list[Thing]:
    """What the library calls a toolkit or a case, as far as the reader sees it; what changed last first."""
    key = request.organisation.key
    return [
        Thing(
            one.kind, text(one.title), text(one.abstract)[:200], "",
            reverse("resources:resource", args=[key, one.public_id]), tuple(one.skills),
            whose=text(one.organisation.name),
        )
        for one in library.shared().filter(kind__in=OF_LIBRARY)[:MOST]
    ]  # fmt: skip


def _of_pilots(request: Request) -> list[Thing]:
    """Country cases and issued reports, for those who may open them."""
    if not request.actor.permissions & {Permission.RUN_PILOTS, Permission.SEE_FIGURES}:
        return []
    key = request.organisation.key
    told = [
        Thing(
            "country", text(one.title), text(one.done)[:200], one.place,
            reverse("pilots:case", args=[key, one.public_id]), steps=tuple(one.steps), whose=one.source,
        )
        for one in pilots.cases()[:MOST]
    ]  # fmt: skip
    for row in pilots.newest_reports():
        url = reverse("pilots:report", args=[key, row.round.pilot.public_id, row.round.number, row.version])
        told.append(
            Thing("report", text(row.round.pilot.name), _("Round %(number)s") % {"number": row.round.number},
                  text(row.round.pilot.organisation.name), url)
        )  # fmt: skip
    return told


def shown(asked: QueryDict, rows: list[Thing]) -> dict[str, Any]:
    """What a page of the shelf shows: facets with what there is, then what fits all that were chosen."""
    chosen = {name: asked.get(name, "") for name in FACETS}
    fits = [one for one in rows if all(not want or _fits(one, name, want) for name, want in chosen.items())]
    skills = {one.key: text(one.name) for one in core_skills()}
    steps = dict(saying.steps())
    return {
        "page": Paginator(fits, A_PAGE).get_page(asked.get("page")),
        "chosen": chosen,
        "shelves": _there([(key, str(name)) for key, name in SHELVES.items()], {one.shelf for one in rows}),
        "places": [(one, one) for one in sorted({one.place for one in rows if one.place})],
        "skills": _there(list(skills.items()), {skill for one in rows for skill in one.skills}),
        "steps": _there(list(steps.items()), {step for one in rows for step in one.steps}),
        "kinds": _there([(key, str(name)) for key, name in KINDS.items()], {one.kind for one in rows}),
        "names": {**skills, **steps},
    }


def _fits(one: Thing, name: str, want: str) -> bool:
    several = {"step": one.steps, "skill": one.skills}
    return want in several[name] if name in several else getattr(one, name) == want


def _there(choices: Choices, known: set[str]) -> Choices:
    return [one for one in choices if one[0] in known]


@require_GET
def shelf(request: Request, organisation: str) -> HttpResponse:
    """For those who work here."""
    rows = things(inside=request)
    context = shown(request.GET, rows) | {"tabs": list_tabs(request, "shelf")}
    context["library_url"] = reverse("resources:list", args=[organisation])
    return render(request, "workshops/shelf.html", context)


def read(case: Case, files: list[str]) -> dict[str, Any]:
    """What the page of a case says."""
    skills = {one.key: text(one.name) for one in core_skills()}
    return {
        "case": case,
        "title": case.title,
        "shelf": SHELVES[case.shelf],
        "kind": KINDS[case.kind],
        "skill": skills.get(case.skill, ""),
        "step": dict(saying.steps()).get(case.step, ""),
        "files": list(zip(files, (one.file.name for one in case.files.all()), strict=False)),
    }
