"""One's own page of a workshop, behind link and code: the slip, changes, joining on line, hall, case, proof."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.printouts.workshops import certificate_paper
from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.delivery.web.papers.sending import look_of, sent
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.workshops import saying
from craftpath.delivery.web.workshops.forms import CaseForm, ComerForm
from craftpath.delivery.web.workshops.public import SESSION, visitor, visitors
from craftpath.domain.standards.queries import core_skills
from craftpath.domain.workshops import actions, queries, rules
from craftpath.domain.workshops.texts import CASE_STATES, REGISTRATION_STATES
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration

View = Callable[..., HttpResponseBase]
NOBODY = Actor(organisation=None)


def behind_code(view: View) -> View:
    """Whose registration it is shows by the account, or by the code that was typed on this device."""

    @visitors("")  # a whole hall asks and votes behind one address
    @wraps(view)
    def entered(request: Request, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = queries.by_token(token)
        if row is None:
            raise Http404
        by = visitor(request)
        if by.person is None or by.person.pk != row.person_id:
            by = NOBODY
            if not request.session.get(f"{SESSION}{row.public_id}"):
                return _code(request, row, token)
        return view(request, row, by, token, *args, **kwargs)

    return entered


def _code(request: Request, row: Registration, token: str) -> HttpResponse:
    """Nothing of anybody is shown before the code."""
    said = ""
    if request.method == "POST" and "code" in request.POST:
        limited = ratelimit.consume_or_429(request, action="workshop_code")
        if limited:
            return limited
        verdict = actions.try_badge(row, request.POST["code"][:40], by=NOBODY, at=request.at)
        if verdict:
            request.session[f"{SESSION}{row.public_id}"] = True
            return redirect("workshop:mine", token)
        said = sentence(verdict)
    context = {"workshop": row.workshop, "token": token, "said": said, "title": text(row.workshop.title)}
    return render(request, "workshops/code.html", context, status=409 if said else 200)


@behind_code
def mine(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """The slip with its code, and everything that can be done now."""
    workshop = row.workshop
    day = queries.day_at(workshop, request.at)
    certificate = queries.certificate_for(row)
    came = queries.came(row)
    survey = workshop.survey
    context = {
        "row": row, "workshop": workshop, "token": token, "title": text(workshop.title),
        "state": (str(REGISTRATION_STATES[row.state]), saying.SEATED[row.state]),
        "before": queries.waiting_before(row) if row.state == "waiting" else 0,
        "code": qr(f"workshop:{row.badge}"),
        "link": saying.link_of(request, row),
        "can_join": bool(day and rules.can_join(row, day, request.at)),
        "can_talk": bool(rules.can_use(row) and rules.can_take_part(workshop)),
        "can_send": bool(rules.can_send_case(workshop, request.today)),
        "agenda": saying.agenda(workshop),
        "cases": [(one, str(CASE_STATES[one.state])) for one in queries.own_cases(row)],
        "certificate": certificate,
        "certificate_days": saying.attended(certificate) if certificate else [],
        "survey_url": _survey(survey) if came and survey is not None and survey.state == "open" else "",
        "over": not rules.can_change(workshop),
    }  # fmt: skip
    return render(request, "workshops/mine.html", context)


def _survey(survey: Any) -> str:
    return reverse("survey:enter", args=[survey.door]) if survey.door else ""


@behind_code
def change(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """Say it otherwise."""
    sites = queries.sites_of(row.workshop)
    data, status = request.POST if request.method == "POST" else None, 200
    form = ComerForm(data, workshop=row.workshop, sites=sites, row=row)
    if request.method == "POST":
        status = tried(
            request, form, _("Kept."),
            lambda: actions.change_registration(row, form.comer, by=by, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("workshop:mine", token)
    context = {"form": form, "row": row, "token": token, "title": _("Change the registration")}
    return render(request, "workshops/change_mine.html", context, status=status)


def _post(request: Request) -> None:
    if request.method != "POST":
        raise Http404


@behind_code
def withdraw(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """Not come after all."""
    _post(request)
    actions.withdraw_registration(row, by=by, at=request.at)
    messages.success(request, _("You have withdrawn. You can register again while it is open."))
    return redirect("workshop:mine", token)


@behind_code
def join(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """Join on line: the link opens in another window, this page stays and says that it is open."""
    day = queries.day_at(row.workshop, request.at)
    if day is None:
        raise Refused(not_now("workshops.join_not_yet"))
    if request.method == "POST":
        if "beat" in request.POST:
            found = actions.stay_online(row, day, by=by, at=request.at)
            if request.htmx:
                minutes = found.minutes if found else 0
                return render(request, "workshops/minutes.html", {"minutes": minutes})
            return redirect("workshop:join", token)
        actions.join_online(row, day, by=by, at=request.at)
        return redirect("workshop:join", token)
    found = next(
        (one for one in queries.presences_on(day, [row]).get(row.pk, []) if one.way == "online"), None
    )
    if found is None:
        return redirect("workshop:mine", token)
    context = {
        "row": row, "token": token, "title": text(row.workshop.title), "minutes": found.minutes, "day": day,
        "link": row.workshop.link, "can_join": rules.can_join(row, day, request.at),
    }  # fmt: skip
    return render(request, "workshops/join.html", context)


@behind_code
def hall(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """Questions and polls; a part alone for a page that asks whether something is new."""
    require(rules.is_registered(row))
    which = request.GET.get("part", "")
    if request.htmx and which in ("questions", "polls"):
        context = _questions(row) if which == "questions" else _polls(row)
        sign = _sign(context)
        if request.GET.get("seen") == sign:
            return HttpResponse(status=204)
        return render(
            request, f"workshops/hall_{which}.html", context | {"token": token, "sign": sign, "row": row}
        )
    questions, polls = _questions(row), _polls(row)
    context = {
        **questions, **polls, "row": row, "token": token, "title": text(row.workshop.title),
        "questions_sign": _sign(questions), "polls_sign": _sign(polls),
        "can_talk": rules.can_take_part(row.workshop) if rules.can_use(row) else rules.can_use(row),
        "hidden": [one for one in queries.own_questions(row) if one.state == "hidden"],
    }  # fmt: skip
    return render(request, "workshops/hall.html", context)


def _questions(row: Registration) -> dict[str, Any]:
    supported = queries.supported_by(row)
    rows = queries.questions_in(row.workshop)
    return {
        "questions": [
            (one, saying.asker(one), one.pk in supported, one.registration_id == row.pk) for one in rows
        ]
    }


def _polls(row: Registration) -> dict[str, Any]:
    return {"polls": saying.polls(queries.polls_in(row.workshop), queries.voted_by(row))}


def _sign(context: dict[str, Any]) -> str:
    """What tells two looks apart, short: the same while nothing has changed."""
    words = [
        [(one.pk, one.supports, one.state, mine) for one, _who, mine, _own in context.get("questions", ())],
        [(one.row.pk, one.row.state, one.row.votes, one.voted, one.bars) for one in context.get("polls", ())],
    ]
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]


@behind_code
def ask(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """Ask the hall."""
    _post(request)
    actions.ask_live(row, plain_words(request)[:300], named="named" in request.POST, by=by, at=request.at)
    messages.success(request, _("Asked. Others can support it."))
    return redirect("workshop:hall", token)


@behind_code
def support(request: Request, row: Registration, by: Actor, token: str, question: str) -> HttpResponse:
    """Want it answered too."""
    _post(request)
    found = next((one for one in queries.questions_in(row.workshop) if one.public_id == question), None)
    if found is None:
        raise Http404
    actions.support_question(found, row, by=by, at=request.at)
    return redirect("workshop:hall", token)


@behind_code
def vote(request: Request, row: Registration, by: Actor, token: str, poll: str) -> HttpResponse:
    """Answer a poll."""
    _post(request)
    found = next((one for one in queries.polls_in(row.workshop) if one.public_id == poll), None)
    if found is None:
        raise Http404
    given = [one.replace("\0", "")[:40] for one in request.POST.getlist("answer")[:10]]
    actions.vote(found, row, given, by=by, at=request.at)
    messages.success(request, _("Counted. Your answer is kept nowhere."))
    return redirect("workshop:hall", token)


@behind_code
def case(request: Request, row: Registration, by: Actor, token: str, case: str = "") -> HttpResponse:
    """Send a case in, or one that was returned once more."""
    known = next((one for one in queries.own_cases(row) if case and one.public_id == case), None)
    if case and (known is None or known.state != "returned"):
        raise Http404
    names = [name for name in CaseForm.base_fields if name != "attached"]
    initial = {name: getattr(known, name) for name in names} if known is not None else {}
    posted = request.method == "POST"
    form = CaseForm(
        request.POST if posted else None, request.FILES if posted else None,
        skills=skill_groups(core_skills()), steps=saying.steps(), initial=initial,
    )  # fmt: skip
    status = 200
    if posted:
        status = tried(
            request,
            form,
            _("Sent. You read here what becomes of it."),
            lambda: _sent(request, row, by, form, known),
        )
        if not status:
            return redirect("workshop:mine", token)
    context = {
        "form": form, "row": row, "token": token, "title": _("Send a case in"), "case": known,
        "call": row.workshop.call, "until": row.workshop.call_until,
    }  # fmt: skip
    return render(request, "workshops/case.html", context, status=status)


def _sent(request: Request, row: Registration, by: Actor, form: CaseForm, known: Any) -> None:
    files = [(one.name, one.read()) for one in form.cleaned_data["attached"][:5]]
    actions.send_case(row, form.told, files=files, case=known, by=by, at=request.at)


@behind_code
def certificate(request: Request, row: Registration, by: Actor, token: str) -> HttpResponse:
    """The own certificate as PDF."""
    found = queries.certificate_for(row)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("workshop:check"))
    return sent(
        certificate_paper(found, address, queries.days_of(row.workshop)),
        look_of(request.GET),
        number=found.number,
    )


@behind_code
def material(request: Request, row: Registration, by: Actor, token: str, material: str) -> HttpResponse:
    """A file of an agenda item, for those who are registered."""
    require(rules.is_registered(row))
    found = get_object_or_404(queries.material(row.workshop, plain_id(material)))
    return shown_or_saved(found.file.bytes(), f"{found.title[:60]}", found.media_type)
