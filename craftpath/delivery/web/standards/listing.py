"""What one is asked to judge, and all studies with how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, points
from craftpath.delivery.web.standards.places import TONES, looks_after, tabs
from craftpath.domain.exams import studies
from craftpath.domain.exams.texts import STUDY_STATES
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Adoption

A_PAGE = 30


@require_GET
@needs(Permission.SEE_RESULTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """The nearest day first; studies, the newest first, for whoever holds examinations."""
    mine = [to_judge(request, one) for one in studies.to_judge(request.user)]
    runs = looks_after(request)
    rows, page = [], None
    if runs:
        page = Paginator(studies.studies_with_counts(), A_PAGE).get_page(request.GET.get("page"))
        cuts = studies.cuts_of({row.paper_id for row in page})
        rows = [_row(request, row, cuts.get(row.paper_id)) for row in page]
    context = {
        "mine": mine,
        "rows": rows,
        "page": page,
        "runs": runs,
        "tabs": tabs(request, "standards:list"),
    }
    return render(request, "standards/list.html", context)


def to_judge(request: Request, one: studies.ToJudge) -> dict[str, Any]:
    """A line for somebody who is asked; also on the desk."""
    late = one.due_on < request.today and one.left > 0
    said = ngettext("%(count)s question left", "%(count)s questions left", one.left) % {"count": one.left}
    round_ = _("round %(number)s") % {"number": one.number}
    return {
        "label": one.judge.study.title,
        "note": " · ".join([round_, _("by %(day)s") % {"day": day(one.due_on)}]),
        "url": reverse("standards:judge", args=[request.organisation.key, one.judge.study.public_id]),
        "badge": said if one.left else _("all judged"),
        "tone": ("wrong" if late else "attention") if one.left else "good",
    }


def _row(request: Request, row: Any, cut: Adoption | None) -> dict[str, Any]:
    notes = [
        row.paper.title,
        ngettext("%(count)s judge", "%(count)s judges", row.asked) % {"count": row.asked},
    ]
    if row.pass_number:
        rounds = {"number": row.pass_number, "all": max(row.rounds, row.pass_number)}
        notes.append(_("round %(number)s of %(all)s") % rounds)
    if cut is not None and cut.study_id == row.pk:
        notes.append(_("%(cut)s of %(full)s points") % {"cut": points(cut.cut), "full": points(cut.full)})
    replaced = row.state == "adopted" and (cut is None or cut.study_id != row.pk)
    return {
        "label": row.title,
        "note": " · ".join(notes),
        "url": reverse("standards:study", args=[request.organisation.key, row.public_id]),
        "badge": _("replaced by a later one") if replaced else STUDY_STATES[row.state],
        "tone": "plain" if replaced else TONES[row.state],
    }
