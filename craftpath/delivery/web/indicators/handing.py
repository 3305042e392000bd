"""What leaves the house and what comes back: published figures, hand-overs to a lake, roll-ups that are taken in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.exchange.insight.rollups import Looked, look
from craftpath.delivery.exchange.insight.texts import FAULTS
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.handing_forms import CountyForm, HandoverForm, RollupForm
from craftpath.delivery.web.indicators.places import indicator_of, tabs
from craftpath.delivery.web.shell.downloads import streamed
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.insight import actions, queries, rules
from craftpath.domain.insight.publishers import county_of
from craftpath.domain.insight.texts import STATES
from craftpath.engines.indicators import CATALOGUE
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text
from craftpath.values.verdict import not_now

if TYPE_CHECKING:
    from craftpath.domain.insight.models import Handover

PUBLISHES, HANDS = Permission.PUBLISH_FIGURES, Permission.HAND_FIGURES_OVER
A_PAGE = 20
TONES = {"asked": "info", "made": "good", "refused": "attention"}
ZIP = "application/zip"


@require_GET
@needs(PUBLISHES, HANDS)
def handover(request: Request, organisation: str) -> HttpResponse:
    """What is published, where the organisation lies, what was handed over, and the forms for more."""
    return _page(request)


def _page(request: Request, *, status: int = 200, **forms: Any) -> HttpResponse:
    of = request.organisation
    county = county_of(of)
    published = set(queries.published(of))
    rows = queries.handovers().filter(organisation=of)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(request, "handover"),
        "publishes": bool(rules.may_publish(request.actor, of)),
        "hands": bool(rules.may_hand_over(request.actor, of)),
        "county": county,
        "county_form": CountyForm(initial=_said(county)),
        "handover_form": HandoverForm(),
        "rollup_form": RollupForm(),
        "published": [(one.key, saying.name(one)) for one in CATALOGUE if one.key in published],
        "page": page,
        "lines": [(row, str(STATES[row.state]), TONES[row.state], _why(row)) for row in page],
        **forms,
    }
    return render(request, "indicators/handover.html", context, status=status)


def _said(county: Any) -> dict[str, str]:
    if county is None:
        return {}
    name = Text.of(county.name)
    return {"code": county.code, "name_zh": name.zh, "name_en": name.en}


def _why(row: Handover) -> str:
    return sentence(not_now(row.reason, name=row.organisation.title.both())) if row.reason else ""


def _done(request: Request, form: Any, name: str, done: str, act: Callable[[], object]) -> HttpResponse:
    status = tried(request, form, done, act)
    if status:
        return _page(request, status=status, **{name: form})
    return redirect("indicators:handover", request.organisation.key)


@require_POST
@needs(PUBLISHES)
def county(request: Request, organisation: str) -> HttpResponse:
    """Say where it lies."""
    form = CountyForm(request.POST)

    def act() -> None:
        actions.set_county(
            request.organisation, form.cleaned_data["code"], form.name, by=request.actor, at=request.at
        )

    return _done(request, form, "county_form", pgettext("what was written", "Kept."), act)


@require_POST
@needs(HANDS)
def ask(request: Request, organisation: str) -> HttpResponse:
    """Ask for a hand-over; a worker makes it."""
    form = HandoverForm(request.POST)

    def act() -> None:
        given = form.cleaned_data
        actions.ask_handover(
            request.organisation, made_id=given["made_id"], receiver=given["receiver"], purpose=given["purpose"],
            by=request.actor, at=request.at,
        )  # fmt: skip

    return _done(request, form, "handover_form", _("It is being made. The file stands here in a few minutes."), act)


@require_POST
@needs(HANDS)
def take(request: Request, organisation: str) -> HttpResponse:
    """Take a roll-up in: whole, or not at all, with every fault and its line."""
    form = RollupForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=422, rollup_form=form)
    given = form.cleaned_data
    report = given["report"].read() if given["report"] else None
    found = look(given["figures"].read(), report, source=given["source"], at=request.at)
    if found.said is None:
        return _page(request, status=422, rollup_form=form, faults=_faults(found), more=found.more)
    said = found.said

    def act() -> None:
        actions.take_rollup(request.organisation, said, by=request.actor, at=request.at)

    status = tried(request, form, _("Taken in. The page of the nation shows it."), act)
    if status:
        return _page(request, status=status, rollup_form=form)
    return redirect("indicators:national", organisation)


def _faults(found: Looked) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, str(FAULTS[one.code]) % {"given": one.given}) for one in found.faults]


@require_GET
@needs(HANDS)
def archive(request: Request, organisation: str, handover: str) -> HttpResponseBase:
    """The file of a hand-over."""
    rows = queries.handovers().filter(organisation=request.organisation)
    row = get_object_or_404(rows, public_id=plain_id(handover))
    if row.kept is None:
        raise Http404
    return streamed(row.kept.opened(), row.kept.size, row.kept.name, ZIP)


@require_POST
@needs(PUBLISHES)
def publish(request: Request, organisation: str, indicator: str, verb: str) -> HttpResponse:
    """Show an indicator to everybody, or to members only."""
    found = indicator_of(indicator)
    match verb:
        case "publish":
            actions.publish_indicator(request.organisation, found.key, by=request.actor, at=request.at)
            messages.success(request, _("Published. Everybody reads it from now on."))
        case "withdraw":
            actions.withdraw_indicator(request.organisation, found.key, by=request.actor, at=request.at)
            messages.success(request, _("Taken back. Only members read it."))
        case _:
            raise Http404
    return redirect("indicators:one", organisation, found.key)
