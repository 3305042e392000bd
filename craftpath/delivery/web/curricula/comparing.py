"""Two versions of a curriculum: what became of each unit, outcome and assessment, as sentences and side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.changes import GROUPS, change
from craftpath.delivery.web.curricula.places import OFFICE, found_curriculum, numbered, to_curricula
from craftpath.delivery.web.papers.sending import languages, own_language
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.curricula import queries
from craftpath.domain.curricula.comparing import changes, moved_within
from craftpath.domain.curricula.queries import Content

if TYPE_CHECKING:
    from craftpath.domain.curricula.models import ChosenUnit, CurriculumVersion


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A unit in one of the two columns: its mark says what became of it."""

    name: str
    minutes: int
    mark: str
    words: str


@require_GET
@needs(*OFFICE)
def compare(request: Request, organisation: str, curriculum: str) -> HttpResponse:
    """The two newest, or those that the address names."""
    row = found_curriculum(curriculum)
    versions = queries.versions_by_curriculum([row.pk]).get(row.pk, [])
    after = _asked(request, "after", versions) or (versions[0] if versions else None)
    earlier = [one for one in versions if after is not None and one.number < after.number]
    before = _asked(request, "before", versions) or (earlier[0] if earlier else after)
    context: dict[str, Any] = {
        "curriculum": row,
        "title": text(row.name),
        "languages": languages(),
        "own_language": own_language(),
        "choices": [(str(one.number), f"{numbered(one)} · {saying.state(one)[0]}") for one in versions],
        "crumbs": to_curricula(
            request,
            step(request, text(row.name), "curricula:curriculum", row.public_id),
            here(_("Compare versions")),
        ),
    }
    if before is not None and after is not None:
        old, new = queries.content_of(before), queries.content_of(after)
        context |= compared(old, new)
    return render(request, "curricula/compare.html", context)


def _asked(request: Request, name: str, versions: list[CurriculumVersion]) -> CurriculumVersion | None:
    wanted = request.GET.get(name, "")[:5]
    return next((one for one in versions if str(one.number) == wanted), None)


def compared(old: Content, new: Content) -> dict[str, Any]:
    """Sentences by what they speak of, and each stage side by side."""
    found = changes(old, new)
    groups = [
        (head, [change(one) for one in found if one.code.partition("_")[0] == kind]) for kind, head in GROUPS
    ]
    return {
        "before": old.version,
        "after": new.version,
        "names": (numbered(old.version), numbered(new.version)),
        "groups": [(head, said) for head, said in groups if said],
        "count": len(found),
        "stages": [
            (text(stage.name), _column(old, new, stage.key, left=True), _column(old, new, stage.key, left=False),
             _hours(old, stage.key), _hours(new, stage.key))
            for stage in new.stages
        ],
    }  # fmt: skip


def _hours(content: Content, stage: str) -> int:
    return sum(unit.minutes for unit in content.of_stage(stage))


def _column(old: Content, new: Content, stage: str, *, left: bool) -> list[UnitCell]:
    here_, there = (old, new) if left else (new, old)
    others = {unit.key: unit for unit in there.units}
    shifted = moved_within(old, new)
    return [
        _cell(unit, others.get(unit.key), unit.key in shifted, left=left) for unit in here_.of_stage(stage)
    ]


def _cell(unit: ChosenUnit, other: ChosenUnit | None, shifted: bool, *, left: bool) -> UnitCell:
    if other is None:
        mark, words = ("out", pgettext("of a version", "left out")) if left else ("in", _("added"))
    elif other.stage != unit.stage:
        mark, words = "moved", _("moved")
    elif other.minutes != unit.minutes:
        difference = unit.minutes - other.minutes
        mark, words = "hours", "" if left else saying.signed(difference)
    else:
        mark, words = ("moved", _("moved within the stage")) if shifted else ("same", "")
    return UnitCell(text(unit.name), unit.minutes, mark, words)
