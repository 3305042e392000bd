"""The library of country cases: filtered by step and country, read in two languages, own ones with consent."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.pilots.forms import CaseForm, ConsentForm, both
from craftpath.delivery.web.pilots.places import READERS, found_case, tabs, to_here
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.pilots import actions, queries, rules
from craftpath.domain.pilots.texts import CASE_STATES, PLACES, SURE
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import CountryCase

A_PAGE = 24
TONES = {"read": "good", "memory": "attention", "own": "info"}


def place_name(code: str) -> str:
    """The name of a country, or its letters where it is none of those known here."""
    return str(PLACES.get(code, code))


def step_names() -> dict[str, str]:
    """key → name of the steps of every cycle that the reader may use, the own ones last so that their names count."""
    found: dict[str, str] = {}
    for cycle in reversed(queries.newest_cycles()):
        found |= {one["key"]: text(one["name"]) for one in cycle.steps}
    return found


def card(row: CountryCase, names: dict[str, str]) -> dict[str, Any]:
    """A case as a card."""
    return {
        "case": row,
        "place": place_name(row.place),
        "steps": [names[key] for key in row.steps if key in names],
        "sure": (str(SURE[row.sure]), TONES[row.sure]),
        "state": "" if row.state == "published" else str(CASE_STATES[row.state]),
        "whose": text(row.organisation.name) if row.organisation else "",
    }


@require_GET
@needs(*READERS)
def cases(request: Request, organisation: str) -> HttpResponse:
    """Own cases first; the same queries for six and for sixty."""
    rows, names = list(queries.cases()), step_names()
    step, place = request.GET.get("step", ""), request.GET.get("place", "")
    shown = [row for row in rows if (step not in names or step in row.steps) and place in ("", row.place)]
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "tabs": tabs(request, "pilots:cases"),
        "cards": [card(row, names) for row in page.object_list],
        "page": page,
        "step": step,
        "steps": list(names.items()),
        "place": place,
        "places": [(one, place_name(one)) for one in dict.fromkeys(row.place for row in rows)],
        "writes": bool(rules.may_start(request.actor, request.organisation)),
    }
    return render(request, "pilots/cases.html", context)


@require_GET
@needs(*READERS)
def case(request: Request, organisation: str, case: str) -> HttpResponse:
    """One case, in both languages side by side."""
    return render(request, "pilots/case.html", _page(request, found_case(case)))


def _page(request: Request, row: CountryCase, form: ConsentForm | None = None) -> dict[str, Any]:
    own = row.organisation is not None and bool(rules.may_start(request.actor, row.organisation))
    sides = [
        (language, name, row.title.get(language), row.done.get(language, ""), row.learnt.get(language, ""))
        for language, name in (("zh", "中文"), ("en", "English"))
        if row.title.get(language) or row.done.get(language)
    ]
    return {
        **card(row, step_names()),
        "sides": sides,
        "own": own,
        "publishes": own and row.state != "published",
        "withdraws": own and row.state == "published",
        "form": form or ConsentForm(auto_id="consent_%s"),
        "crumbs": to_here(request, text(row.title)),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def write(request: Request, organisation: str) -> HttpResponse:
    """A new case of this organisation."""
    require(rules.may_start(request.actor, request.organisation))
    return _write(request, None, {"made_id": uuid.uuid4(), "place": "CN"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PILOTS)
def edit(request: Request, organisation: str, case: str) -> HttpResponse:
    """An own case written anew."""
    row = found_case(case)
    if row.organisation is None:
        raise Http404
    require(rules.may_start(request.actor, row.organisation))
    first: dict[str, Any] = {
        "made_id": uuid.uuid4(),
        "place": row.place,
        "steps": row.steps,
        "source": row.source,
    }
    for name, said in (("title", row.title), ("done", row.done), ("learnt", row.learnt)):
        first |= {f"{name}_{language}": said.get(language, "") for language in ("zh", "en")}
    return _write(request, row, first)


def _write(request: Request, row: CountryCase | None, first: dict[str, Any]) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = CaseForm(data, steps=list(step_names().items()), initial=first)
    status = 200
    if data is not None:
        kept: list[CountryCase] = []

        def act() -> None:
            given = form.cleaned_data
            told = actions.Told(
                given["place"].upper(), both(given, "title"), both(given, "done"), both(given, "learnt"),
                given["steps"], given["source"],
            )  # fmt: skip
            kept.append(
                actions.write_case(
                    told,
                    organisation=request.organisation,
                    made_id=given["made_id"],
                    case=row,
                    by=request.actor,
                    at=request.at,
                )  # fmt: skip
            )

        status = tried(request, form, pgettext("what was written", "Kept."), act)
        if not status:
            return redirect("pilots:case", request.organisation.key, kept[0].public_id)
    context = {
        "form": form,
        "case": row,
        "crumbs": to_here(request, text(row.title) if row else _("New case")),
    }
    return render(request, "pilots/case_form.html", context, status=status)


@require_POST
@needs(Permission.RUN_PILOTS)
def move(request: Request, organisation: str, case: str, verb: str) -> HttpResponse:
    """Publish it with consent, or withdraw it."""
    row = found_case(case)
    if verb == "withdraw":
        actions.withdraw_case(row, by=request.actor, at=request.at)
        messages.success(request, _("Withdrawn: only your organisation reads it now."))
        return redirect("pilots:case", organisation, row.public_id)
    if verb != "publish":
        raise Http404
    require(rules.may_start(request.actor, row.organisation or request.organisation))
    form = ConsentForm(request.POST, auto_id="consent_%s")
    status = tried(
        request, form, _("Published for your organisation and all below it."),
        lambda: actions.publish_case(row, consent=form.cleaned_data["consent"], by=request.actor, at=request.at),
    )  # fmt: skip
    if not status:
        return redirect("pilots:case", organisation, row.public_id)
    return render(request, "pilots/case.html", _page(request, row, form), status=status)
