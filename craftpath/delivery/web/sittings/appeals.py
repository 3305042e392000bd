"""Appeals for those who look at them: the list, the second opinion without the first points, the decision."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.exams.answers import answer_in_words, worth
from craftpath.delivery.web.exams.showing import addresses, block, candidate, key_in_words
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.sittings.places import to_list
from craftpath.delivery.web.sittings.saying import points_typed
from craftpath.domain.exams import actions, candidacies, queries
from craftpath.domain.exams.appealing import may_assess, may_decide
from craftpath.domain.exams.taking import answers_of
from craftpath.domain.exams.texts import APPEAL_STATES, KINDS
from craftpath.domain.judging.actions import decide_appeal
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Appeal, AppealedLine

A_PAGE = 40
LOOKS = frozenset({Permission.IMPORT_MARKS, Permission.ANSWER_CONTESTS})
TONES = {
    "lodged": "attention",
    "assessed": "attention",
    "upheld": "plain",
    "changed": "good",
    "rejected": "plain",
    "withdrawn": "plain",
}


def _looks(request: Request) -> None:
    if not LOOKS & request.actor.permissions:
        raise PermissionDenied


@require_GET
def appeals(request: Request, organisation: str) -> HttpResponse:
    """All appeals here and below, those that wait first."""
    _looks(request)
    path = request.organisation.path
    rows = candidacies.appeals().filter(candidate__sitting__organisation__path__startswith=path)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": one,
            # Whoever may still give the second opinion does not read whose paper it is.
            "name": _("Appeal %(id)s") % {"id": one.public_id[:6]} if one.state == "lodged" else _name(one),
            "state": APPEAL_STATES[one.state],
            "tone": TONES[one.state],
            "late": one.ended_at is None and one.due_on < request.today,
        }
        for one in page
    ]
    context = {"lines": lines, "page": page, "crumbs": to_list(request, here(_("Appeals")))}
    return render(request, "sittings/appeals.html", context)


def _name(one: Appeal) -> str:
    return str(one.candidate.enrolment.person.name)


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: Request, organisation: str, appeal: str) -> HttpResponse:
    """One appeal: the second opinion if it waits for one, else everything that was given, and the decision."""
    _looks(request)
    row = get_object_or_404(candidacies.appeals(), public_id=plain_id(appeal))
    fault, status = "", 200
    if request.method == "POST":
        try:
            said = _done(request, row)
        except Refused as refused:
            if refused.verdict.who:
                raise
            fault, status = sentence(refused.verdict), 409
        else:
            if said:
                messages.success(request, said)
            return redirect("sittings:appeal", organisation, appeal)
    decide = may_decide(request.actor, row)
    blind = row.state == "lodged"
    context = {
        "appeal": row,
        "state": APPEAL_STATES[row.state],
        "tone": TONES[row.state],
        "blind": blind,
        "assess": may_assess(request.actor, row) if blind else None,
        "decide": decide,
        "fault": fault,
        "typed_answer": request.POST.get("answer", "") if fault else "",
        "lines": [_line(request, row, one, fault) for one in _shown(row)],
        "crumbs": to_list(
            request,
            step(request, _("Appeals"), "sittings:appeals"),
            here(_("Appeal %(id)s") % {"id": row.public_id[:6]} if blind else _name(row)),
        ),
    }
    return render(request, "sittings/appeal.html", context, status=status)


def _shown(row: Appeal) -> list[tuple[AppealedLine, Any]]:
    given = answers_of(row.candidate)
    return [
        (one, given[one.line_id].given if one.line_id in given else None)
        for one in candidacies.lines_in_question(row)
    ]


def _line(request: Request, row: Appeal, shown: tuple[AppealedLine, Any], fault: str) -> dict[str, Any]:
    """A question in question. While the second opinion waits, nothing is said of the first points."""
    one, given = shown
    version = one.line.version
    content = queries.content_of(version, version.item.kind)
    address = addresses(request.organisation.key)
    name = f"points-{one.line_id}"
    second = "" if one.second_points is None else worth(Fraction(one.second_points))
    before = worth(row.candidate.outcome.lines.get(str(one.line_id), "0"))
    return {
        "name": name,
        "words_name": f"words-{one.line_id}",
        "number": one.line.order,
        "kind": KINDS[version.item.kind],
        "stem": candidate(content, address, None, version.stimulus)["stem"],
        "guide": block(content.details.get("guide"), address) if version.item.kind == "essay" else "",
        "key": " · ".join(key_in_words(content)),
        "given": answer_in_words(content, given),
        "most": worth(Fraction(version.points)),
        "second": second,
        "second_words": one.second_words,
        "first": "" if row.state == "lodged" else before,
        "points": "" if one.points is None else worth(Fraction(one.points)),
        "typed": request.POST.get(name, "") if fault else (second if row.state == "assessed" else ""),
        "typed_words": request.POST.get(f"words-{one.line_id}", "") if fault else "",
    }


def _done(request: Request, row: Appeal) -> str:
    do, by, at = request.POST.get("do"), request.actor, request.at
    answer = request.POST.get("answer", "").replace("\0", "").replace("\r\n", "\n")
    ids = [one.line_id for one in candidacies.lines_in_question(row)]
    points: dict[int, Decimal] = {one: points_typed(request.POST.get(f"points-{one}", "")) for one in ids}
    if do == "assess":
        words = {one: request.POST.get(f"words-{one}", "").replace("\0", "") for one in ids}
        actions.assess_appeal(row, {one: (points[one], words[one]) for one in ids}, by=by, at=at)
        return _("Given. Somebody else decides now.")
    if do == "reject":
        actions.reject_appeal(row, answer=answer, by=by, at=at)
        return _("Not admitted. The candidate was told.")
    if do == "decide":
        done = decide_appeal(row, points, answer=answer, by=by, at=at)
        if done.state == "changed":
            return _("Decided: the points and the mark were corrected. The candidate was told.")
        return _("Decided: the marking stands. The candidate was told.")
    return ""
