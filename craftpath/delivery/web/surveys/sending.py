"""Whom a survey asks: chosen, counted, looked at, then opened; links and slips; a look at it as on a phone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.exchange.surveys.audience import Audience, audience_of, classes_for, stages_for
from craftpath.delivery.web.shell.codes import qr
from craftpath.delivery.web.shell.picking import tree
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.surveys import posing, saying
from craftpath.delivery.web.surveys.forms import MEMBERS
from craftpath.delivery.web.surveys.places import found, tabs, title_of, to_surveys
from craftpath.delivery.web.surveys.sending_forms import OpenForm, WhomForm
from craftpath.domain.surveys import actions, queries, rules
from craftpath.domain.surveys.comparing import changes, turned
from craftpath.domain.surveys.faults import faults
from craftpath.domain.surveys.opening import Choice, chosen
from craftpath.domain.surveys.texts import CHANGES, ROLE_NAMES
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Asked, Survey

SLIPS = 60
LENGTH = timedelta(days=14)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Whom it asks, what is kept of them, and how many that are today."""
    row = found(request, survey)
    form, status = _whom(request, row), 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept. Look at the numbers, then open it."), lambda: _address(request, row, form)
        )
        if not status:
            return redirect("surveys:send", organisation, row.public_id)
    return render(request, "surveys/send.html", _send_page(request, row, form), status=status)


def _whom(request: Request, row: Survey) -> WhomForm:
    classes = classes_for(row)
    sampling = row.sampling
    draw = next((name for name in ("percent", "size") if name in sampling), "all")
    initial = {
        **row.audience,
        "outsiders": "\n".join(", ".join(filter(None, one)) for one in row.audience.get("outsiders", ())),
        "groups": row.groups,
        "draw": draw,
        "amount": sampling.get(draw),
        "least": sampling.get("least", rules.FEWEST),
        "seed": sampling.get("seed", 1),
    }
    return WhomForm(
        request.POST if request.method == "POST" and "whom" in request.POST else None,
        cohorts=[(one.public_id, text(one.name)) for one in classes],
        stages=[(key, name.say(get_language() or "zh")) for key, name in stages_for(classes).items()],
        rows=tree(row.organisation),
        initial=initial,
    )


def _address(request: Request, row: Survey, form: WhomForm) -> None:
    given = form.cleaned_data
    audience = {name: given[name] for name in ("roles", "cohorts", "stages", "below")}
    audience |= {"outsiders": form.named(), "places": [one.key for one in given["places"]]}
    actions.address_survey(
        row,
        audience=audience,
        groups=given["groups"],
        sampling=form.sampling(),
        by=request.actor,
        at=request.at,
    )


def _send_page(
    request: Request, row: Survey, form: WhomForm, opening: OpenForm | None = None
) -> dict[str, Any]:
    audience = audience_of(row, request.today)
    choice = chosen(row, audience.candidates)
    before = queries.before(row)
    otherwise = turned(changes(before, row)) if before is not None else []
    first = {"opens_on": request.today, "closes_on": request.today + LENGTH, "link": row.door is not None}
    return {
        "survey": row,
        "title": title_of(row),
        "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "send"),
        "form": form,
        "opening": opening or OpenForm(None, initial=first),
        "people": len(choice.chosen),
        "there": len({one.key for one in audience.candidates}),
        "cells": _cells(row, audience, choice),
        "by_role": _by_role(choice),
        "faults": [sentence(one.verdict) for one in faults(row.asked_for, row.points)],
        "turned": [str(CHANGES[one.code]) % {"place": one.place, **one.facts} for one in otherwise],
        "fewest": rules.FEWEST,
    }


def _cells(row: Survey, audience: Audience, choice: Choice) -> list[tuple[str, int, int, str]]:
    """(combination, asked, there, what one who is asked stands for) as they would be kept today."""
    row.group_names = audience.names  # shown with the words of today; nothing is saved here
    told = []
    for cell in choice.cells:
        at = dict(zip(row.groups, cell["at"], strict=True))
        weight = cell["population"] / cell["invited"] if cell["invited"] else 0
        told.append(
            (
                saying.cell_name(row, at),
                cell["invited"],
                cell["population"],
                f"{weight:.2f}".rstrip("0").rstrip("."),
            )
        )
    return told if row.groups else []


def _by_role(choice: Choice) -> list[tuple[str, int]]:
    roles = (*MEMBERS, "guest")
    counts = {role: sum(one.role == role for one, _groups in choice.chosen) for role in roles}
    return [(str(ROLE_NAMES[role]), count) for role, count in counts.items() if count]


@require_POST
def open_now(request: Request, organisation: str, survey: str) -> HttpResponse:
    """Ask those of today; refused with all that was typed where it cannot be."""
    row = found(request, survey)
    form = OpenForm(request.POST)
    status = tried(
        request,
        form,
        _("Open. Those who are asked find it on their home page."),
        lambda: _open(request, row, form),
    )
    if not status:
        return redirect("surveys:watch", organisation, row.public_id)
    if row.state != "draft":
        messages.info(request, _("This survey has been opened already."))
        return redirect("surveys:survey", organisation, row.public_id)
    context = _send_page(request, row, _whom(request, row), form)
    return render(request, "surveys/send.html", context, status=status)


def _open(request: Request, row: Survey, form: OpenForm) -> None:
    before = queries.before(row)
    if before is not None and turned(changes(before, row)) and not request.POST.get("turned"):
        raise Refused(not_now("surveys.confirm_turned"))
    audience = audience_of(row, request.today)
    actions.open_survey(
        row,
        audience.candidates,
        group_names=audience.names,
        by=request.actor,
        at=request.at,
        **form.cleaned_data,
    )


@require_GET
def preview(request: Request, organisation: str, survey: str) -> HttpResponse:
    """As somebody in a role reads it, in one language or the other; nothing that is chosen here is sent."""
    row = found(request, survey)
    roles = row.audience.get("roles") or ["guest"]
    role = request.GET.get("as", "")
    role = role if role in ROLE_NAMES else roles[0]
    language = "en" if request.GET.get("in", request.LANGUAGE_CODE) == "en" else "zh-hans"
    with override(language):
        steps = posing.steps(row, role)
        kept = saying.what_is_kept(row, {"role": role})
    context = {
        "survey": row, "title": title_of(row), "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "preview"), "steps": steps, "kept": kept, "shown_in": language, "role": role,
        "roles": [(one, str(ROLE_NAMES[one])) for one in {**dict.fromkeys(roles), "guest": None}],
        "minutes": _minutes(steps), "by_link": role == "guest",
    }  # fmt: skip
    return render(request, "surveys/preview.html", context)


def _minutes(steps: list[posing.Step]) -> int:
    """About how long it takes: eight seconds a rating or choice, half a minute for words of one's own."""
    seconds = 0
    for step in steps:
        for posed in step.posed:
            seconds += (
                30 if posed.question.kind == "text" else 8 * max(1, len(posed.scales), len(posed.places))
            )
    return max(1, round(seconds / 60))


@require_GET
def slips(request: Request, organisation: str, survey: str) -> HttpResponse:
    """The open link with its code, and a slip with a personal link for each of `slips_for`."""
    row = found(request, survey)
    if row.state != "open":
        return redirect("surveys:survey", organisation, row.public_id)
    page = Paginator(queries.slips_for(row), SLIPS).get_page(request.GET.get("page"))
    link = _address_of(request, row.door) if row.door else ""
    context = {
        "survey": row, "title": title_of(row), "crumbs": to_surveys(request, here(title_of(row))),
        "tabs": tabs(request, row, "slips"), "page": page, "link": link, "code": qr(link) if link else "",
        "slips": [_slip(request, one) for one in page.object_list],
        "mail": _mail(row, link),
    }  # fmt: skip
    return render(request, "surveys/slips.html", context)


def _slip(request: Request, asked: Asked) -> tuple[str, str, str]:
    link = _address_of(request, queries.personal_token(asked))
    return (asked.person.name if asked.person is not None else asked.name, link, qr(link))


def _address_of(request: Request, token: str) -> str:
    return request.build_absolute_uri(reverse("survey:enter", args=[token]))


def _mail(row: Survey, link: str) -> str:
    """A text to send round, in both languages."""
    if not link:
        return ""
    parts = []
    for language in ("zh-hans", "en"):
        with override(language):
            values = {"title": title_of(row), "day": saying.day(row.closes_on), "link": link}
            parts.append(
                _(
                    "Please answer our survey “%(title)s” by %(day)s: %(link)s\n"
                    "It is anonymous and takes a few minutes."
                )
                % values
            )
    return "\n\n".join(parts)
