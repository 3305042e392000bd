"""What a page of the report speaks of: these sittings, this form; and the frame around every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.itemreport.words import used_methods
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import found, to_list
from craftpath.domain.exams import queries, rules
from craftpath.domain.exams.analysis import Sheet
from craftpath.domain.exams.reporting import alike, size_of
from craftpath.domain.exams.tables import counted, known

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Paper, Sitting

AT_ONCE = 40_000
"""Answers that are counted while the page waits; with more the page comes first, its figures when they are there."""
FITTED = {"model", "question", "linking", "keep"}
"""Pages with a model, which may take longer than all counting."""
ENOUGH = 100
"""Answers from which on a figure may raise a flag."""


@dataclass(slots=True)
class Reading:
    """What one request reads: all sittings that are counted, their forms, and the form that was chosen."""

    request: Request
    sitting: Sitting
    together: list[Sitting]
    all: bool
    sheets: Mapping[int, Sheet] = field(default_factory=dict)
    papers: Mapping[int, Paper] = field(default_factory=dict)
    sheet: Sheet | None = None

    @property
    def held(self) -> list[Sitting]:
        """The sittings that are counted."""
        return self.together if self.all else [self.sitting]

    @property
    def may_keep(self) -> bool:
        """Whether the reader may take figures over to the questions."""
        return bool(rules.may_write(self.request.actor, self.sitting.organisation))

    @property
    def query(self) -> str:
        """What the address says of sittings and form."""
        said = {"all": "1"} if self.all else {}
        if self.sheet is not None and len(self.sheets) > 1:
            said["form"] = self.papers[self.sheet.paper].public_id
        return f"?{urlencode(said)}" if said else ""

    def address(self, page: str, *ids: str) -> str:
        """A page of this report, about the same sittings and form."""
        key = self.request.organisation.key
        return reverse(f"itemreport:{page}", args=[key, self.sitting.public_id, *ids]) + self.query


Fill = Callable[[Reading], dict[str, Any]]


def page(request: Request, sitting: str, template: str, fill: Fill) -> HttpResponse:
    """A page of the report: `fill` adds its own figures; nothing is counted before the sitting is closed.

    Where there is much to count, the page comes at once and asks for its figures by itself; without a script one asks
    by a link.
    """
    name = template.removeprefix("itemreport/").removesuffix(".html")
    row = found(sitting)
    reading = read(request, row)
    context: dict[str, Any] = {"sitting": row, "reading": reading, "closed": row.state == "closed"}
    waits = False
    if row.state == "closed":
        waits = not (request.htmx or request.GET.get("now")) and _much(reading, reading.held, name)
        if not waits:
            count(reading, reading.held)
    if reading.sheet is not None:
        context |= fill(reading)
    context |= {
        "crumbs": _crumbs(request, row, context.get("here", "")),
        "tabs": _tabs(reading, name),
        "scopes": _scopes(reading),
    }
    context |= {"forms": _forms(reading, name), "waits": waits, "now": again(request, now="1")}
    context["again"] = _sat_again(reading, name)
    context["methods"] = used_methods(context.get("how", ()))
    return render(request, template, context)


def _much(reading: Reading, held: list[Sitting], name: str) -> bool:
    """Whether there is so much to count that the page comes without its figures first."""
    if size_of(held) <= AT_ONCE:
        return False
    return name in FITTED or known(*_in_order(reading, held)) is None


def _in_order(reading: Reading, held: list[Sitting]) -> list[Sitting]:
    """The sitting of the page first: its form leads."""
    return [reading.sitting, *(one for one in held if one.pk != reading.sitting.pk)]


def read(request: Request, row: Sitting) -> Reading:
    """The sittings that are asked for; nothing is counted yet."""
    together = alike(row) if row.state == "closed" else []
    return Reading(request, row, together, bool(request.GET.get("all")) and len(together) > 1)


def count(reading: Reading, held: list[Sitting]) -> None:
    """Count what was answered and take the form that is asked for, else the one that most had."""
    reading.sheets = counted(*_in_order(reading, held)).sheets
    reading.papers = {row.pk: row for row in queries.papers_of(reading.sheets)}
    asked = plain_id(reading.request.GET.get("form", ""))
    wanted = next((pk for pk, paper in reading.papers.items() if paper.public_id == asked), None)
    first = next(iter(reading.sheets), None)
    chosen = wanted or first
    reading.sheet = None if chosen is None else reading.sheets[chosen]


def _sat_again(reading: Reading, name: str) -> int:
    """How many are left out of what the page shows, since they had sat the paper before."""
    if name == "markers" or reading.sheet is None:
        return 0
    shown = reading.sheets.values() if name == "linking" else [reading.sheet]
    return sum(one.again for one in shown)


def _crumbs(request: Request, row: Sitting, last: str) -> list[dict[str, str]]:
    """To the report, or to a page of its own below it."""
    way = [step(request, row.paper.title, "sittings:sitting", row.public_id)]
    if last:
        return to_list(
            request, *way, step(request, _("Item report"), "itemreport:overview", row.public_id), here(last)
        )
    return to_list(request, *way, here(_("Item report")))


def _tabs(reading: Reading, name: str) -> list[dict[str, Any]]:
    words = (
        ("overview", _("Overview")),
        ("questions", _("Questions")),
        ("model", _("Model")),
        ("linking", pgettext("of a paper", "Forms")),
        ("fairness", _("Fairness")),
        ("markers", _("Markers")),
    )
    current = "questions" if name in ("question", "keep") else name
    return [{"label": label, "url": reading.address(key), "current": key == current} for key, label in words]


def _scopes(reading: Reading) -> list[dict[str, Any]]:
    """This sitting alone, or all of the same papers; nothing where there is no other."""
    count = len(reading.together)
    if count < 2:  # noqa: PLR2004  (one other at least)
        return []
    choices = (("", _("This sitting")), ("1", _("All %(count)s sittings of these papers") % {"count": count}))
    return [
        {
            "label": label,
            "url": again(reading.request, all=value, now=""),
            "current": bool(value) == reading.all,
        }
        for value, label in choices
    ]


def _forms(reading: Reading, name: str) -> list[dict[str, Any]]:
    """The forms to choose from, where a page speaks of one."""
    if len(reading.sheets) < 2 or name in ("linking", "markers", "question"):  # noqa: PLR2004
        return []
    return [
        {
            "label": reading.papers[pk].title,
            "url": again(reading.request, form=reading.papers[pk].public_id),
            "current": reading.sheet is sheet,
            "n": sheet.n,
        }
        for pk, sheet in reading.sheets.items()
    ]


def again(request: Request, **other: str) -> str:
    """The address of this page with something else chosen; an empty value goes."""
    said = request.GET.copy()
    for name, value in other.items():
        said.pop(name, None)
        if value:
            said[name] = value
    return f"?{said.urlencode()}"
