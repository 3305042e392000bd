"""Drafts: how a survey begins, its questions in their order, one question, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.surveys import saying
from craftpath.delivery.web.surveys.forms import NewForm, QuestionForm, WordsForm, both
from craftpath.delivery.web.surveys.places import found, tabs, title_of, to_survey, to_surveys
from craftpath.domain.surveys import actions, queries, rules
from craftpath.domain.surveys.bank import Instrument, instrument, instruments
from craftpath.domain.surveys.comparing import changes
from craftpath.domain.surveys.faults import faults, only_one_language
from craftpath.domain.surveys.questions import Question
from craftpath.domain.surveys.texts import CHANGES, CONSTRUCTS, KINDS
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_SURVEYS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin with the bank, with an earlier survey, or with nothing."""
    earlier = list(queries.run_at(request.organisation)[:50])
    sources = [(f"bank-{one.key}", one.title.say(request.LANGUAGE_CODE)) for one in instruments()]
    sources += [(f"copy-{row.public_id}", title_of(row)) for row in earlier] + [("empty", _("Empty"))]
    form = NewForm(
        request.POST or None,
        sources=sources,
        initial={"source": request.GET.get("from", "bank-core_skills"), "anonymous": "yes"},
    )
    status = 200
    if request.method == "POST":
        made: list[Survey] = []
        status = tried(request, form, _("Begun. Look at the questions, then say whom it asks."),
                       lambda: made.append(_begun(request, form, earlier)))  # fmt: skip
        if not status:
            return redirect("surveys:survey", organisation, made[0].public_id)
    context = {"form": form, "crumbs": to_surveys(request, here(_("New survey"))), "earlier": earlier,
               "bank": instruments()}  # fmt: skip
    return render(request, "surveys/new.html", context, status=status)


def _begun(request: Request, form: NewForm, earlier: list[Survey]) -> Survey:
    kind, _dash, key = form.cleaned_data["source"].partition("-")
    source: Instrument | Survey | None = None
    if kind == "bank":
        source = instrument(key)
    elif kind == "copy":
        source = next(row for row in earlier if row.public_id == key)
    title, intro = form.text("title"), Text()
    if source is not None:
        title = title if title != Text() else Text.of(source.title)
        intro = Text.of(source.intro)
    return actions.draft_survey(
        request.organisation, title=title, intro=intro, source=source,
        anonymous=form.cleaned_data["anonymous"] == "yes", by=request.actor, at=request.at,
    )  # fmt: skip


@require_GET
def survey(request: Request, organisation: str, survey: str) -> HttpResponse:
    """The questions in their order; while it is a draft they can be moved, changed and taken out."""
    row = found(request, survey)
    return render(request, "surveys/survey.html", page_of(request, row))


def page_of(request: Request, row: Survey) -> dict[str, Any]:
    """What the page of the questions shows, for the page itself and for what is refused on it."""
    questions = row.asked_for
    wrong: dict[int, list[str]] = {}
    for fault in faults(questions, row.points):
        wrong.setdefault(fault.place, []).append(sentence(fault.verdict))
    before = queries.before(row)
    halves = set(only_one_language(questions, Text.of(row.title), Text.of(row.intro)))
    draft = row.state == "draft"
    return {
        "survey": row,
        "title": title_of(row),
        "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "survey"),
        "state": saying.state(row),
        "draft": draft,
        "lines": [
            (
                place,
                one,
                KINDS[one.kind],
                wrong.get(place, []) if draft else [],
                place in halves,
                _depends(questions, one),
                CONSTRUCTS.get(one.construct, one.construct),
            )
            for place, one in enumerate(questions, start=1)
        ],
        "wrong": wrong.get(0, []) if draft else [],
        "faults": sum(map(len, wrong.values())) if draft else 0,
        "halves": len(halves),
        "kinds": list(KINDS.items()),
        "changes": [(str(CHANGES[one.code]) % {"place": one.place, **one.facts}, one.serious)
                    for one in (changes(before, row) if before is not None else [])],
        "before": before,
        "waves": queries.waves_of(row),
    }  # fmt: skip


def _depends(questions: list[Question], one: Question) -> str:
    """The number of the question that it depends on."""
    if one.when is None:
        return ""
    return str(rules.place_of(questions, one.when.question) + 1)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Title, words before, points, promise."""
    row = found(request, survey)
    initial = both("title", row.title) | both("intro", row.intro)
    initial |= {"points": row.points, "months": row.months, "anonymous": "yes" if row.anonymous else "no"}  # type: ignore[dict-item]
    form = WordsForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = tried(request, form, pgettext("what was written", "Kept."), lambda: actions.describe_survey(
            row, title=form.text("title"), intro=form.text("intro"), points=form.cleaned_data["points"],
            anonymous=form.cleaned_data["anonymous"] == "yes", months=form.cleaned_data["months"],
            by=request.actor, at=request.at,
        ))  # fmt: skip
        if not status:
            return redirect("surveys:survey", organisation, row.public_id)
    context = {"survey": row, "title": title_of(row), "form": form, "tabs": tabs(request, row, "words"),
               "crumbs": to_surveys(request, here(title_of(row)))}  # fmt: skip
    return render(request, "surveys/words.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, organisation: str, survey: str, question: str) -> HttpResponse:
    """One question: `new-<kind>` for one that is still to be written."""
    row = found(request, survey)
    questions = row.asked_for
    one = _question(questions, question)
    place = rules.place_of(questions, one.key) if one.key else len(questions)
    earlier = [it for it in questions[:place] if it.kind in ("single", "multiple", "scale", "number")]
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        question=one,
        points=row.points,
        earlier=[
            (it.key, f"{rules.place_of(questions, it.key) + 1}. {text(it.title)[:60]}") for it in earlier
        ],
        skills=skill_groups(stored=[one.skill]) if one.kind == "need" else [],
    )
    status = 200
    if request.method == "POST":
        status = tried(request, form, pgettext("what was written", "Kept."), lambda: actions.write_question(
            row, form.made(earlier, new_public_id), by=request.actor, at=request.at
        ))  # fmt: skip
        if not status:
            return redirect("surveys:survey", organisation, row.public_id)
    elif one.when is not None:
        form.initial["value"] = _typed_values(questions, one)
    context = {
        "survey": row, "form": form, "one": one, "kind": KINDS[one.kind], "place": place + 1,
        "options": form.pairs("options") if one.kind in ("single", "multiple", "ranking") else [],
        "rows": form.pairs("rows") if one.kind == "matrix" else [],
        "labels": form.pairs("labels") if one.kind in ("scale", "matrix", "need") else [],
        "earlier": earlier,
        "crumbs": to_survey(request, row, here(_("Question %(place)s") % {"place": place + 1})),
    }  # fmt: skip
    return render(request, "surveys/question.html", context, status=status)


def _question(questions: list[Question], key: str) -> Question:
    kind = key.removeprefix("new-")
    if key.startswith("new-") and kind in KINDS:
        return Question("", kind, Text())
    place = rules.place_of(questions, key)
    if place < 0:
        raise Http404
    return questions[place]


def _typed_values(questions: list[Question], one: Question) -> str:
    """The values of a condition as they are typed: options by their numbers."""
    if one.when is None:
        return ""
    before = questions[rules.place_of(questions, one.when.question)]
    numbers = {option.key: str(at) for at, option in enumerate(before.options, start=1)}
    return ", ".join(numbers.get(value, value) for value in one.when.values)


@require_POST
def move(request: Request, organisation: str, survey: str, question: str) -> HttpResponse:
    """One place up or down, or to a place."""
    row = found(request, survey)
    place = rules.place_of(row.asked_for, question)
    step = {"up": -1, "down": 1}.get(request.POST.get("to", ""), 0)
    actions.move_question(row, question, max(0, place + step), by=request.actor, at=request.at)
    return redirect(f"{saying.page(request, row)}#q-{question}")


@require_POST
def remove(request: Request, organisation: str, survey: str, question: str) -> HttpResponse:
    """Take a question out."""
    row = found(request, survey)
    actions.remove_question(row, question, by=request.actor, at=request.at)
    messages.success(request, _("Taken out."))
    return redirect("surveys:survey", organisation, row.public_id)


@require_POST
def discard(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_survey(found(request, survey, gone=True), by=request.actor, at=request.at)
    messages.success(request, _("Thrown away."))
    return redirect("surveys:list", organisation)


@require_POST
def wave(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Begin the next wave; one that has been begun is it."""
    made = actions.draft_next_wave(found(request, survey), by=request.actor, at=request.at)
    messages.success(
        request, _("This is wave %(wave)s, a draft with the same questions.") % {"wave": made.wave}
    )
    return redirect("surveys:survey", organisation, made.public_id)
