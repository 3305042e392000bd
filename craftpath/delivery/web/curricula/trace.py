"""The chain from a task or a skill to outcome, unit and assessment, and back, from any thing that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import (
    found_version,
    numbered,
    to_version,
    version_tabs,
    version_url,
)
from craftpath.delivery.web.curricula.task_choices import called
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.serving import followed, task_id, task_ref, unserved
from craftpath.domain.curricula.tracing import KINDS, Node, chain
from craftpath.domain.occupations.queries import tasks_named
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import CurriculumVersion
    from craftpath.domain.occupations.models import Chart
    from craftpath.domain.occupations.queries import TaskRow

    Seen = Mapping[str, tuple[TaskRow, Chart]]
    """Tasks that outcomes point to and that the reader sees, each with its chart."""

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Link:
    """Something in the chain: its name, and the address that traces from it."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A task of the chart that no outcome serves, and where one is written for it; "" where the reader writes none."""

    name: str
    url: str


@require_GET
def trace(request: Request, organisation: str, version: str) -> HttpResponse:
    """Everything of the version in five lists; with `from` only what hangs on that one thing."""
    row = found_version(version)
    content = queries.content_of(row)
    told = [task for one in content.outcomes for task in one.tasks]
    seen = tasks_named({task_id(task) for task in told} - {""})
    start = _start(request, seen)
    found = chain(content, start)
    names = _names(found, seen)
    lists: list[tuple[str, str, list[Link]]] = []
    for one, head in _heads().items():
        nodes = _by_chart(found[one], seen) if one == "task" else found[one]
        links = [
            Link(
                names.get((one, node.key)) or text(node.name),
                f"{request.path}?{urlencode({'from': f'{one}:{node.key}'})}",
                start == (one, node.key),
            )
            for node in nodes
        ]
        lists.append((one, head, links))
    chart = followed(row.curriculum)
    context: dict[str, Any] = {
        "version": row,
        "title": text(row.curriculum.name),
        "name": numbered(row),
        "badge": saying.state(row),
        "lists": lists,
        "start": start,
        "chart": chart,
        "chart_url": chart_url(request, chart),
        "task_url": _task_url(request, start, seen),
        "missing": _missing(request, row, chart, told) if chart is not None and start is None else [],
        "tabs": version_tabs(request, row, "curricula:trace"),
        "crumbs": to_version(request, row, here(_("Trace"))),
    }
    return render(request, "curricula/trace.html", context)


def _heads() -> dict[str, str]:
    return {
        "task": _("Tasks"),
        "skill": _("Core skills"),
        "outcome": _("Outcomes"),
        "unit": pgettext("of a curriculum", "Units"),
        "assessment": _("Assessments"),
    }


def _start(request: Request, seen: Seen) -> tuple[str, str] | None:
    """What is traced from; a task that the reader does not see is none."""
    kind, _colon, key = request.GET.get("from", "")[:LONGEST].partition(":")
    hidden = kind == "task" and task_id({"ref": key}) and task_id({"ref": key}) not in seen
    return (kind, key) if kind in KINDS and not hidden else None


def _names(found: Mapping[str, list[Node]], seen: Seen) -> dict[tuple[str, str], str]:
    """(kind, key) → how it is called today, where it is known elsewhere: skills, and tasks by their sign."""
    skills = skills_by_key(node.key for node in found["skill"])
    names = {("skill", key): text(skill.name) for key, skill in skills.items()}
    return names | {("task", task_ref(key)): called(task) for key, (task, _chart) in seen.items()}


def _by_chart(nodes: list[Node], seen: Seen) -> list[Node]:
    """Tasks in the order of their chart, then those in words; not what the reader does not see."""
    place = {task_ref(key): at for at, key in enumerate(seen)}
    shown = [node for node in nodes if node.key in place or not task_id({"ref": node.key})]
    return sorted(shown, key=lambda node: place.get(node.key, len(place)))


def chart_url(request: Request, chart: Chart | None) -> str:
    """The page of a chart; "" for none."""
    key = request.organisation.key
    return reverse("occupations:chart", args=[key, chart.public_id]) if chart is not None else ""


def _task_url(request: Request, start: tuple[str, str] | None, seen: Seen) -> str:
    """The task that is traced from, on its chart."""
    key = task_id({"ref": start[1]}) if start is not None and start[0] == "task" else ""
    return f"{chart_url(request, seen[key][1])}#k-{key}" if key in seen else ""


def _missing(request: Request, row: CurriculumVersion, chart: Chart, told: list[Any]) -> list[Missing]:
    writes = bool(rules.may_design(request.actor, row.curriculum.organisation)) and bool(rules.can_edit(row))
    new = version_url(request, row, "new_outcome") if writes else ""
    return [
        Missing(called(task), f"{new}?{urlencode({'task': task.public_id})}" if new else "")
        for task in unserved(chart, told)
    ]
