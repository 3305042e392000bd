"""The library as it is narrowed down, as a sheet: a line for each resource with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from craftpath.delivery.exchange.resources.described import address_of
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.delivery.web.resources import saying
from craftpath.delivery.web.resources.finding import answer
from craftpath.delivery.web.shell.downloads import CSV, XLSX, attachment
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.programmes.queries import areas_everywhere, stages_everywhere
from craftpath.domain.resources import queries
from craftpath.domain.resources.texts import KINDS, LANGUAGES, LICENCES, REACHES
from craftpath.domain.standards.queries import skills_by_key
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.delivery.exchange.book import Row
    from craftpath.delivery.web.resources.finding import Answer
    from craftpath.domain.resources.models import Resource

MOST = 5_000
_AT_ONCE = 500


@require_safe
def sheet(request: Request, organisation: str, form: str) -> HttpResponse:
    """What the list finds; without words all of it, not only the latest few hundred."""
    if form not in ("xlsx", "csv"):
        raise Http404
    found = answer(request)
    ids = found.ids if found.asked else _all(found)
    name = _("Resource library")
    made = OutSheet(name, _header(), _lines(ids))
    file = f"{name} {request.today.isoformat()}.{form}"
    if form == "csv":
        return attachment(write_csv([tuple(made.header), *made.rows]), file, CSV)
    return attachment(write_xlsx([made]), file, XLSX)


def _all(found: Answer) -> list[str]:
    """Public ids of all that is offered and fits what was chosen, the latest first."""
    ids = list(islice(queries.narrowed(found.chosen), MOST + 1))
    if len(ids) > MOST:
        raise Refused(not_now("resources.sheet_too_long", most=MOST))
    return ids


def _header() -> list[str]:
    return [
        _("Title in Chinese"), _("Title in English"), pgettext("of resource", "Kind"), _("Licence"),
        _("Who gave leave, and for what"), _("Authors"), _("Occupation"), _("Skills"), _("Stage"),
        _("Learning area"), _("Language"), _("For whom"), _("Other words for it"),
        _("What it is about, in Chinese"), _("What it is about, in English"), _("Shared with"),
        _("Belongs to"), pgettext("of a file", "Form"), _("Address"), _("Version"), _("Places that use it"),
        pgettext("of a resource", "Stars"), pgettext("of a resource", "Stars given"), _("Reviews without a lack"),
        _("Recommended"), pgettext("of a resource", "Last changed"),
    ]  # fmt: skip


def _lines(ids: Sequence[str]) -> Iterator[Row]:
    stages, areas = (
        {one.key: text(one.name) for one in some} for some in (stages_everywhere(), areas_everywhere())
    )
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = {row.public_id: row for row in queries.shared().filter(public_id__in=some)}
        marks = queries.marks_of(rows.values())
        skills = skills_by_key({key for row in rows.values() for key in row.skills})
        for one in some:
            if one in rows:
                yield _line(rows[one], marks[rows[one].pk], skills, stages, areas)


def _line(
    row: Resource, marks: queries.Marks, skills: Any, stages: dict[str, str], areas: dict[str, str]
) -> Row:
    title, abstract, current = Text.of(row.title), Text.of(row.abstract), row.current
    names = [text(skills[key].name) for key in row.skills if key in skills]
    said = (
        title.zh, title.en, str(KINDS[row.kind]), str(LICENCES[row.licence]), row.licence_words, row.authors,
        text(row.occupation.name) if row.occupation else "", "; ".join(names), stages.get(row.stage, row.stage),
        areas.get(row.area, row.area), str(LANGUAGES[row.language]), row.audience, row.keywords, abstract.zh,
        abstract.en, str(REACHES[row.reach]), text(row.organisation.name), saying.form(current),
        current.link if current is not None and current.link else address_of(row),
        current.number if current is not None else None, marks.uses,
        Decimal(f"{marks.stars:.2f}") if marks.stars is not None else None, marks.n, marks.reviewed,
        _("yes") if row.recommended_at else "", localdate(row.changed_at),
    )  # fmt: skip
    return tuple(None if cell == "" else cell for cell in said)
