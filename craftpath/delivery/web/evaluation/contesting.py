"""Contesting a decided result, and answering: raised by its apprentice, answered by somebody else than its judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.evaluation.deciding import in_force, stage_of, told
from craftpath.delivery.web.evaluation.forms import AnswerForm, ContestForm, CorrectionForm
from craftpath.delivery.web.evaluation.official import figure_of, made, may_read
from craftpath.delivery.web.evaluation.trail import to_stage
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.evaluation import actions, rules
from craftpath.domain.evaluation.texts import CONTEST_STATES
from craftpath.domain.evaluation.versions import contested, contests, derivation_of
from craftpath.domain.programmes.definition import items
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Contest

ROWS = 50
TONES = {"raised": "attention", "upheld": "plain", "corrected": "good", "withdrawn": "plain"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_RESULTS)
def raise_one(request: Request, organisation: str, evaluation: str, enrolment: str) -> HttpResponse:
    """An apprentice says what is wrong, in plain words."""
    version = in_force(evaluation, enrolment)
    require(rules.may_contest(request.actor, version))
    standing = contested([version]).get(version.pk)
    if standing is not None:
        messages.info(request, _("You have contested this result already; here is how it stands."))
        return redirect("evaluation:contest", organisation, standing.public_id)
    verdict = rules.can_contest(version, in_force=True, contested=False, on=request.today)
    form = ContestForm(request.POST or None, version=version)
    if request.method == "POST" and verdict and form.is_valid():
        made_one = actions.raise_contest(version, **form.cleaned_data, by=request.actor, at=request.at)
        messages.success(
            request, _("Your contest is on its way. Somebody else than the first judge answers it.")
        )
        return redirect("evaluation:contest", organisation, made_one.public_id)
    owner = step(request, version.enrolment.person.name, "evaluation:derivation", evaluation, enrolment)
    context = {
        "version": version,
        "figure": figure_of(version),
        "form": form,
        "verdict": verdict,
        "terms": rules.terms_of(version.decision.scheme.definition),
        "last_day": rules.last_day_to_contest(version),
        "crumbs": to_stage(request, version.evaluation, owner, here(_("Contest"))),
    }
    status = 409 if form.is_bound and not verdict else 422 if form.is_bound else 200
    return render(request, "evaluation/raise.html", context, status=status)


@require_GET
@needs(Permission.ANSWER_CONTESTS)
def contest_list(request: Request, organisation: str) -> HttpResponse:
    """The contests of this organisation: those that wait first, the most urgent at the top."""
    path = request.organisation.path
    found = contests().filter(version__evaluation__cohort__organisation__path__startswith=path)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    lines = [(row, str(CONTEST_STATES[row.state]), TONES[row.state], _late(request, row)) for row in page]
    return render(request, "evaluation/contests.html", {"page": page, "lines": lines})


def _late(request: Request, contest: Contest) -> bool:
    return contest.ended_at is None and contest.due_on < request.today


@require_GET
@needs(Permission.SEE_RESULTS)
def contest(request: Request, organisation: str, contest: str) -> HttpResponse:
    """One contest: the words, the marks in question, the answer or the place to give it."""
    return _page(request, _readable(request, contest))


def _readable(request: Request, public_id: str) -> Contest:
    found = get_object_or_404(contests(), public_id=public_id)
    if not may_read(request, found):
        raise Http404
    return found


def _page(request: Request, found: Contest, *, status: int = 200, **forms: Any) -> HttpResponse:
    version = found.version
    derived = derivation_of(version)
    names = {item.key: text(item.name) for item in items(version.decision.scheme.definition)}
    verdict = rules.may_answer(request.actor, found)
    ids = (version.evaluation.public_id, version.enrolment.public_id)
    owner = step(request, version.enrolment.person.name, "evaluation:derivation", *ids)
    context = {
        "contest": found,
        "version": version,
        "figure": figure_of(version),
        "made": made(version),
        "title": stage_of(version),
        "in_question": [(names.get(key, key), derived.marks.get(key)) for key in found.items],
        "state": str(CONTEST_STATES[found.state]),
        "tone": TONES[found.state],
        "late": _late(request, found),
        "waits": bool(rules.can_end(found)),
        "own": found.raised_by_id == request.user.pk,
        "verdict": verdict,
        "uphold": forms.get("uphold") or AnswerForm(auto_id="uphold-%s"),
        "correction": forms.get("correction") or _correction(found, derived.marks),
        "correcting": "correction" in forms,
        "crumbs": to_stage(request, version.evaluation, owner, here(_("Contest"))),
    }
    return render(request, "evaluation/contest.html", context, status=status)


def _correction(found: Contest, marks: Any, data: Any = None) -> CorrectionForm:
    return CorrectionForm(data, version=found.version, marks=marks, first=found.items, auto_id="correct-%s")


@require_POST
@needs(Permission.ANSWER_CONTESTS)
def uphold(request: Request, organisation: str, contest: str) -> HttpResponse:
    """Answer that the result stands."""
    found = _readable(request, contest)
    require(rules.may_answer(request.actor, found))
    form = AnswerForm(request.POST, auto_id="uphold-%s")
    if not form.is_valid():
        return _page(request, found, status=422, uphold=form)
    if _ended(request, found, ["upheld"], form.cleaned_data["answer"]):
        return redirect("evaluation:contest", organisation, contest)
    actions.uphold_result(found, answer=form.cleaned_data["answer"], by=request.actor, at=request.at)
    messages.success(request, _("Answered: the result stands. The apprentice sees your answer."))
    return redirect("evaluation:contest", organisation, contest)


@require_POST
@needs(Permission.ANSWER_CONTESTS)
def correct(request: Request, organisation: str, contest: str) -> HttpResponse:
    """Answer that the apprentice is right, with the marks that follow from it."""
    found = _readable(request, contest)
    require(rules.may_answer(request.actor, found))
    form = _correction(found, derivation_of(found.version).marks, request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, correction=form)
    answer = form.cleaned_data["reason"]
    if _ended(request, found, ["corrected"], answer):
        return redirect("evaluation:contest", organisation, contest)
    try:
        following = actions.correct_contested(found, form.new, answer=answer, by=request.actor, at=request.at)
    except Refused as refused:
        form.add_error(None, sentence(refused.verdict))
        return _page(request, found, status=409, correction=form)
    told(request, following)
    return redirect("evaluation:contest", organisation, contest)


@require_POST
@needs(Permission.SEE_RESULTS)
def withdraw(request: Request, organisation: str, contest: str) -> HttpResponse:
    """Take one's own contest back."""
    found = _readable(request, contest)
    require(rules.may_contest(request.actor, found.version))
    if _ended(request, found, ["withdrawn"], ""):
        return redirect("evaluation:contest", organisation, contest)
    actions.withdraw_contest(found, by=request.actor, at=request.at)
    messages.success(request, _("Withdrawn. The result stands as it was decided."))
    return redirect("evaluation:contest", organisation, contest)


def _ended(request: Request, found: Contest, states: Sequence[str], answer: str) -> bool:
    """Whether the same person has given the same answer already, as after a second press of the button."""
    same = found.state in states and found.answer == answer.strip() and found.ended_by_id == request.user.pk
    if same:
        messages.info(request, _("This is recorded already; nothing was done twice."))
    return same
