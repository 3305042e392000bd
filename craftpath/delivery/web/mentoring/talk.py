"""The halfway talk of a pair: answered alone, read side by side, agreed on and closed; the office reads less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.mentoring.forms import AnswerForm, StepsForm, WhyForm
from craftpath.delivery.web.mentoring.places import found, head
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.mentoring import actions, queries, rules
from craftpath.domain.mentoring.seeds import MARKS as STEPS
from craftpath.domain.mentoring.seeds import questions
from craftpath.domain.mentoring.texts import MARKS, TALK_STATES
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import HalfwayTalk, TalkSide
    from craftpath.domain.pairing.models import Pair

PAGE = "mentoring/talk.html"
TONES = {"open": "info", "closed": "good", "waived": "plain"}


@dataclass(frozen=True, slots=True)
class Said:
    """What one person answered to one question; `dots` are the five steps, filled up to the mark."""

    name: str
    mark: Any
    dots: Sequence[bool]
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Where the talk stands; whoever is a side of it answers here."""
    row = found(request, pair)
    if request.method != "POST":
        return render(request, PAGE, _page(request, row))
    require(rules.may_take_part(request.actor, row, request.today))
    newest = _newest(row)
    asked = newest.questions if newest is not None and newest.state == "open" else questions()
    form = AnswerForm(request.POST, questions=asked, language=_language())
    status = tried(
        request, form, _("Answered. The others do not see it before they have answered too."),
        lambda: actions.answer_talk(row, answers=form.answers, by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:talk", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "answer", form), status=status)


@require_POST
def agree(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Write down what was agreed."""
    row, newest = _open(request, pair)
    form = StepsForm(request.POST)
    status = tried(
        request, form, _("Kept. Everybody closes the talk on these words."),
        lambda: actions.agree_steps(
            newest, steps=form.cleaned_data["steps"], seen=form.cleaned_data["seen"], by=request.actor, at=request.at
        ),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:talk", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "agree", form), status=status)


@require_POST
def close(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Agree to what stands there."""
    row, newest = _open(request, pair)
    given = request.POST.get("seen", "")
    seen = int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else -1  # noqa: PLR2004
    done = actions.close_talk(newest, seen=seen, by=request.actor, at=request.at)
    said = (
        _("The talk is closed.") if done.state == "closed" else _("Noted. The others have still to close it.")
    )
    messages.success(request, said)
    return redirect("mentoring:talk", organisation, row.public_id)


@require_POST
def waive(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Do without it, with a reason."""
    row = found(request, pair)
    require(rules.may_finish(request.actor, row))
    form = WhyForm(request.POST, auto_id="waive_%s")
    status = tried(
        request, form, _("Waived. The reason stands with the pair."),
        lambda: actions.waive_talk(
            row, because=form.cleaned_data["because"], by=request.actor, at=request.at
        ),
    )  # fmt: skip
    if not status:
        return redirect("mentoring:talk", organisation, row.public_id)
    return render(request, PAGE, _page(request, row, "waive", form), status=status)


def _open(request: Request, pair: str) -> tuple[Pair, HalfwayTalk]:
    """The pair with its newest talk, for a side of it."""
    row = found(request, pair)
    if not rules.in_pair(request.actor, row):
        raise Refused(may_not("mentoring.not_in_it"))
    newest = _newest(row)
    if newest is None:
        raise Http404
    return row, newest


def _newest(row: Pair) -> HalfwayTalk | None:
    return next(iter(queries.talks_of([row]).get(row.pk, [])), None)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _page(request: Request, row: Pair, wrong: str = "", form: Form | None = None) -> dict[str, Any]:
    context = head(request, row, "mentoring:talk")
    now, writable = context["now"], bool(rules.can_write(row, context["now"].graduated))
    talks = queries.talks_of([row]).get(row.pk, [])
    newest = talks[0] if talks and talks[0].state == "open" else None
    sides = list(newest.sides.all()) if newest is not None else []
    mine = next((one for one in sides if one.person_id == request.user.pk), None)
    answered = mine is not None and mine.answers is not None
    due = now.talk_on
    takes = context["writes"] and (newest is None or mine is not None)
    early = due is not None and (due - request.today).days > rules.AHEAD_DAYS
    asks = writable and takes and due is not None and not early and not answered
    shown = newest is not None and rules.shown(newest, [one.answers is not None for one in sides], request.at)
    together = shown and mine is not None
    asked = newest.questions if newest is not None else questions()
    return context | {
        "talk": newest,
        "state": (TALK_STATES[newest.state], TONES[newest.state]) if newest else None,
        "due": due,
        "early": early,
        "answer_form": _answering(asks, wrong, form, asked),
        "answered": answered,
        "waits_for": [one.person.name for one in sides if one.answers is None]
        if answered and not shown
        else [],
        "side_by_side": _side_by_side(asked, sides) if together and newest is not None else [],
        "people": [one.person.name for one in sides if one.answers is not None],
        "missing": [one.person.name for one in sides if one.answers is None] if together else [],
        "steps_form": _steps(newest, wrong, form) if together and writable and newest is not None else None,
        "closed": [one.person.name for one in sides if one.closed_at is not None],
        "may_close": together
        and writable
        and bool(newest and newest.next_steps)
        and bool(mine and not mine.closed_at),
        "waive_form": _waiving(request, row, wrong, form, due) if writable else None,
        "wrong": wrong,
        "earlier": [_earlier(request, one) for one in talks if one.state != "open"],
        "ends": [(step, MARKS[step]) for step in (STEPS[0], STEPS[-1])],
    }


def _answering(asks: bool, wrong: str, form: Form | None, asked: Sequence[Any]) -> Form | None:
    if wrong == "answer":
        return form
    return AnswerForm(None, questions=asked, language=_language()) if asks else None


def _steps(newest: HalfwayTalk, wrong: str, form: Form | None) -> Form | None:
    if wrong == "agree":
        return form
    return StepsForm(initial={"steps": newest.next_steps, "seen": newest.revision})


def _waiving(request: Request, row: Pair, wrong: str, form: Form | None, due: Any) -> Form | None:
    if wrong == "waive":
        return form
    may = due is not None and bool(rules.may_finish(request.actor, row))
    return WhyForm(auto_id="waive_%s") if may else None


def _side_by_side(asked: Sequence[Any], sides: Sequence[TalkSide]) -> list[tuple[str, list[Said]]]:
    language = _language()
    return [
        (
            Text(one["zh"], one["en"]).say(language),
            [_said(one["key"], side) for side in sides if side.answers],
        )
        for one in asked
    ]


def _said(key: str, side: TalkSide) -> Said:
    given = (side.answers or {})[key]
    dots = [step <= given["mark"] for step in STEPS]
    return Said(side.person.name, MARKS[given["mark"]], dots, given["words"])


def _earlier(request: Request, one: HalfwayTalk) -> dict[str, Any]:
    """A talk that is over: its sides read their answers again, everybody else only that it was and what was agreed."""
    sides = list(one.sides.all())
    mine = any(side.person_id == request.user.pk and side.answers for side in sides)
    return {
        "talk": one,
        "state": (TALK_STATES[one.state], TONES[one.state]),
        "side_by_side": _side_by_side(one.questions, sides) if mine and one.state == "closed" else [],
    }
