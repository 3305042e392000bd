"""Cooperation agreements: the list, writing one, one with its signatures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.agreements.places import enterprises, tabs
from craftpath.delivery.web.agreements.showing import TONES
from craftpath.delivery.web.partnership.forms import CooperationForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.signing.showing import lines
from craftpath.domain.partnership import actions, queries, rules
from craftpath.domain.partnership.states import COOPERATION
from craftpath.domain.partnership.texts import STATES
from craftpath.domain.partnership.wording import HEADINGS, cooperation_paper
from craftpath.kernel.organisations import SCHOOLS, Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import may_sign
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation

MOST = 200


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Those of one's organisation, newest first."""
    rows = [(row, STATES[row.state], _tone(row)) for row in queries.cooperations()[:MOST]]
    shown = {
        "rows": rows,
        "manages": bool(request.actor.may(Permission.MANAGE_AGREEMENTS)),
        "tabs": tabs(request, "partnership:list"),
    }
    return render(request, "partnership/list.html", shown)


def _tone(row: Cooperation) -> str:
    return TONES.get(row.state, "plain")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def write(request: Request, organisation: str, cooperation: str = "") -> HttpResponse:
    """Write a new one, or change a draft."""
    known = get_object_or_404(queries.cooperations(), public_id=cooperation) if cooperation else None
    if known is not None and not COOPERATION.can(known.state, "save"):
        return redirect("partnership:cooperation", organisation, known.public_id)
    colleges = Organisation.objects.filter(kind__in=SCHOOLS).order_by("path")
    own = request.organisation.below().filter(kind__in=SCHOOLS).order_by("path")
    form = CooperationForm(
        request.POST or None,
        enterprises=enterprises(request),
        colleges=list(own[:MOST]) or list(colleges[:MOST]),
        known=known,
        on=request.today,
    )
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"by": request.actor, "at": request.at}
        with refusals_in(form):
            if known is not None:
                row = actions.save_cooperation(known, **form.values(), **by)
            else:
                given = form.cleaned_data
                sides = {side: form.sides[given[side]] for side in ("enterprise", "college")}
                row = actions.draft_cooperation(**sides, **form.values(), **by)
            messages.success(request, _("Saved."))
            return redirect("partnership:cooperation", organisation, row.public_id)
    shown = {"form": form, "known": known, "crumbs": _crumbs(request, here(_("Write")))}
    return render(request, "partnership/write.html", shown, status=422 if form.errors else 200)


def _crumbs(request: Request, last: dict[str, str]) -> list[dict[str, str]]:
    return [step(request, _("Cooperation"), "partnership:list"), last]


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def cooperation(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """One agreement: where it stands, who signs, what was agreed."""
    found = get_object_or_404(queries.cooperations(), public_id=cooperation)
    writes = bool(rules.may_write(request.actor, found.enterprise, found.college))
    signing = lines(found.document) if found.document is not None else []
    waits = found.document is not None and found.document.is_open
    shown = {
        "cooperation": found,
        "paper": cooperation_paper(
            found.enterprise.title, found.college.title, found.starts_on, found.ends_on, found.words
        ),
        "parts": [(text(heading), Text.of(found.words.get(part))) for part, heading in HEADINGS.items()],
        "state": STATES[found.state],
        "tone": _tone(found),
        "can": {move: writes and COOPERATION.can(found.state, move) for move in COOPERATION.moves},
        "signing": signing,
        "signs": waits
        and any(may_sign(request.actor, line.party) and line.signature is None for line in signing),
        "waits": waits,
        "writes": writes,
        "title": f"{text(found.enterprise.name)} · {text(found.college.name)}",
        "crumbs": _crumbs(request, here(text(found.enterprise.name))),
    }
    return render(request, "partnership/cooperation.html", shown)


_VERBS: dict[str, Callable[..., Any]] = {
    "send": actions.send_cooperation,
    "recall": actions.recall_cooperation,
    "void": actions.void_cooperation,
}


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def do(request: Request, organisation: str, cooperation: str, verb: str) -> HttpResponse:
    """Send for signatures, take back, make void, end today, or note the filing number."""
    found = get_object_or_404(queries.cooperations(), public_id=cooperation)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _VERBS:
        _VERBS[verb](found, **by)
    elif verb == "end":
        actions.end_cooperation(found, on=request.today, **by)
    elif verb == "file":
        number = request.POST.get("number", "").replace("\0", "").strip()[:60]
        actions.file_cooperation(found, number=number, **by)
    else:
        raise Http404
    messages.success(request, _("Recorded."))
    return redirect("partnership:cooperation", organisation, cooperation)
