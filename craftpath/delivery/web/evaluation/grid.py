"""The marks of a cohort as a grid: people down, items across, each mark leading to where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.knowledge import marks_knowledge
from craftpath.delivery.exchange.plans import KnownPerson
from craftpath.delivery.exchange.templates import marks_sheet
from craftpath.delivery.exchange.writing import write_csv, write_xlsx
from craftpath.delivery.web.components.rows import heading, number, row, rows, words
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.evaluation import queries, rules
from craftpath.domain.evaluation.grid import GridMark, grid_marks, people_in
from craftpath.domain.evaluation.texts import MARK_STATES
from craftpath.domain.programmes.definition import ItemInfo, components
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.evaluation.models import Evaluation

PEOPLE = 20  # on one page
LOOKS = {"absent": "grid-wrong", "deferred": "grid-wait", "exempt": "grid-plain"}


@require_GET
@needs(Permission.SEE_RESULTS)
def grid(request: Request, organisation: str, evaluation: str) -> HttpResponse:
    """Twenty people a page; nothing is changed here, marks come by sheets."""
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    page = Paginator(people_in(found), PEOPLE).get_page(request.GET.get("page"))
    people = [result.enrolment for result in page.object_list]
    parts = components(found.scheme.definition)
    columns = [item for part in parts for item in part.items]
    context = {
        "evaluation": found,
        "crumbs": to_stage(request, found, here(_("Marks"))),
        "page": page,
        "parts": [(text(part.name), len(part.items)) for part in parts],
        "columns": [(text(item.name), f"{item.max:f}") for item in columns],
        "body": _body(organisation, found, people, columns),
        "may_import": bool(rules.may_record_marks(request.actor, found.cohort)),
    }
    return render(request, "evaluation/grid.html", context)


def _body(
    organisation: str, found: Evaluation, people: Sequence[Enrolment], columns: Sequence[ItemInfo]
) -> SafeString:
    marks = grid_marks(found, people)
    said = {status: str(name) for status, name in MARK_STATES.items()}
    # Addresses differ in their last part only: one is made for all.
    of_person = reverse("evaluation:cohort", args=[organisation, found.public_id])
    of_mark = reverse("evaluation:mark", args=[organisation, "-"]).removesuffix("-/")
    return rows(
        row(
            heading(one.person.name, f"{of_person}{one.public_id}/", one.number),
            (_cell(marks.get((one.pk, item.key)), said, of_mark) for item in columns),
        )
        for one in people
    )


def _cell(mark: GridMark | None, said: dict[str, str], address: str) -> str:
    if mark is None:
        return words("–", look="number grid-none")
    url = f"{address}{mark.mark}/"
    if mark.score is None:
        return words(said[mark.status], url=url, look=LOOKS.get(mark.status, "grid-none"))
    whole, _dot, rest = mark.score.partition(".")
    rest = rest.rstrip("0")
    return number(f"{whole}.{rest}" if rest else whole, url=url)


@require_GET
@needs(Permission.SEE_RESULTS)
def grid_export(request: Request, organisation: str, evaluation: str, form: str) -> HttpResponse:
    """All of the grid as a mark sheet, which changes nothing when it is imported as it is."""
    if form not in ("xlsx", "csv"):
        raise Http404
    found = get_object_or_404(queries.evaluations(), public_id=evaluation)
    known = marks_knowledge(found)
    shown = [result.enrolment for result in people_in(found)]
    people = [KnownPerson(one.public_id, one.number, {"name": one.person.name}) for one in shown]
    sheet = marks_sheet(known.items, people, request.LANGUAGE_CODE, known.marks)
    name = f"marks-{found.public_id}.{form}"
    if form == "csv":
        return attachment(write_csv([tuple(sheet.header), *sheet.rows]), name, CSV)
    return attachment(write_xlsx([sheet]), name, XLSX)
