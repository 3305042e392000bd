"""Partnerships: the list, writing one, one with its sides, duties and signatures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from craftpath.delivery.web.agreements.places import enterprises
from craftpath.delivery.web.committees.forms import both
from craftpath.delivery.web.partnership.forms import CooperationForm, DutyForm
from craftpath.delivery.web.partnership.places import READERS, found, frame
from craftpath.delivery.web.partnership.saying import badge
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, tried
from craftpath.delivery.web.shell.requests import Request, plain_id, plain_words
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.signing.showing import lines, text_of
from craftpath.domain.committees.queries import next_meetings
from craftpath.domain.partnership import actions, queries, rules
from craftpath.domain.partnership.states import COOPERATION
from craftpath.domain.partnership.texts import REPEATS, ROLES, STATES
from craftpath.domain.partnership.wording import cooperation_paper
from craftpath.kernel.organisations import SCHOOLS, Kind, Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import may_sign

if TYPE_CHECKING:
    from craftpath.domain.partnership.models import Cooperation, SideDuty

MOST = 200
ON_A_PAGE = 30


@require_GET
@needs(*READERS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Those of one's organisation, newest first: state, sides, open duties, the next meeting."""
    state = request.GET.get("state", "")
    rows = queries.cooperations()
    page = Paginator(rows.filter(state=state) if state in STATES else rows, ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    some = list(page)
    duties = queries.open_duties(some, request.today)
    meetings = next_meetings([row.ref for row in some], request.at)
    shown = [
        {
            "row": row,
            "badge": badge(row, request.today),
            "sides": [text(side.organisation.name) for side in row.sides.all()],
            "duties": duties.get(row.pk, (0, 0)),
            "meeting": meetings.get(str(row.ref)),
        }
        for row in some
    ]
    context = {
        "lines": shown,
        "page": page,
        "state": state,
        "states": list(STATES.items()),
        "runs": bool(request.actor.may(Permission.RUN_PARTNERSHIPS)),
        "shares": bool(request.actor.may(Permission.SEE_SHARED)),
    }
    return render(request, "partnership/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RUN_PARTNERSHIPS)
def write(request: Request, organisation: str, cooperation: str = "") -> HttpResponse:
    """Write a new one, or change a draft."""
    known = found(cooperation) if cooperation else None
    if known is not None and not COOPERATION.can(known.state, "save"):
        return redirect("partnership:cooperation", organisation, known.public_id)
    form = _form(request, known)
    if request.method == "POST" and form.is_valid():
        by: dict[str, Any] = {"by": request.actor, "at": request.at}
        with refusals_in(form):
            if known is not None:
                row = actions.save_cooperation(known, **form.values(), **by)
            else:
                row = actions.draft_cooperation(sides=form.chosen(), **form.values(), **by)
            messages.success(request, _("Saved."))
            return redirect("partnership:cooperation", organisation, row.public_id)
    crumbs = [step(request, pgettext("in the rail", "Partnerships"), "partnership:list"), here(_("Write"))]
    shown = {"form": form, "known": known, "crumbs": crumbs}
    return render(request, "partnership/write.html", shown, status=422 if form.errors else 200)


def _form(request: Request, known: Cooperation | None) -> CooperationForm:
    own = list(request.organisation.below().filter(kind__in=SCHOOLS).order_by("path")[:MOST])
    every = Organisation.objects.order_by("path")
    public = every.filter(kind__in=[Kind.CITY, Kind.MINISTRY])
    colleges = own or list(every.filter(kind__in=SCHOOLS)[:MOST])
    others = [*public[:MOST], *(every.filter(kind__in=SCHOOLS)[:MOST] if own else [])]
    return CooperationForm(
        request.POST or None, enterprises=enterprises(request), colleges=colleges, others=others, known=known,
        on=request.today, own=request.organisation,
    )  # fmt: skip


@require_GET
@needs(*READERS)
def cooperation(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """One partnership: where it stands, who signs, who has to do what until when, what was agreed."""
    return _shown(request, found(cooperation))


def _shown(
    request: Request, row: Cooperation, form: DutyForm | None = None, status: int = 200
) -> HttpResponse:
    sides = list(row.sides.all())
    writes = bool(rules.may_write(request.actor, [side.organisation for side in sides]))
    signing = lines(row.document) if row.document is not None else []
    waits = row.document is not None and row.document.is_open
    duties = queries.duties_of(row)
    shown = frame(request, row, "partnership:cooperation") | {
        "paper": text_of(row.document) if row.document else cooperation_paper(row, sides, duties),
        "badge": badge(row, request.today),
        "sides": [(text(side.organisation.name), ROLES[side.role]) for side in sides],
        "can": {move: writes and COOPERATION.can(row.state, move) for move in COOPERATION.moves},
        "signing": signing,
        "signs": waits
        and any(may_sign(request.actor, line.party) and line.signature is None for line in signing),
        "waits": waits,
        "shares": bool(request.actor.may(Permission.SEE_SHARED)),
        "partner": _other_side(request, row),
        "writes": writes,
        "duties": [_duty(request, row, one) for one in duties],
        "duty_form": form or _duty_form(request, row, None),
    }
    return render(request, "partnership/cooperation.html", shown, status=status)


def _duty(request: Request, row: Cooperation, one: SideDuty) -> dict[str, Any]:
    mine = bool(rules.may_act_for(request.actor, one.side))
    last = queries.last_done(one)
    return {
        "row": one,
        "side": text(one.side.organisation.name),
        "words": text(one.words),
        "repeats": REPEATS[one.repeats],
        "late": one.due_on is not None and one.due_on < request.today and row.state == "in_force",
        "last": last,
        "does": mine and row.state == "in_force" and one.due_on is not None,
        "drops": row.state == "draft",
    }


def _duty_form(request: Request, row: Cooperation, data: Any) -> DutyForm | None:
    """Sides for which the reader may write a duty: all of them in a draft, the own one afterwards."""
    sides = list(row.sides.all())
    if not rules.may_write(request.actor, [side.organisation for side in sides]):
        return None
    if row.state == "in_force":
        sides = [side for side in sides if rules.may_act_for(request.actor, side)]
    return DutyForm(data, sides=sides) if row.state in ("draft", "in_force") else None


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def take_duty(request: Request, organisation: str, cooperation: str) -> HttpResponse:
    """Take on a duty."""
    row = found(cooperation)
    form = _duty_form(request, row, request.POST)
    if form is None:
        raise Http404

    def take() -> None:
        given = form.cleaned_data
        actions.take_duty(
            form.sides[given["side"]], words=both(form, "words"), due_on=given["due_on"],
            repeats=given["repeats"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Noted."), take)
    if status:
        return _shown(request, row, form, status)
    return redirect("partnership:cooperation", organisation, row.public_id)


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def duty(request: Request, organisation: str, duty: str, verb: str) -> HttpResponse:
    """Tick a duty off for its day, or take it out of a draft."""
    row = get_object_or_404(queries.duties(), public_id=plain_id(duty))
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "do":
        actions.do_duty(
            row,
            due_on=_day(request.POST.get("due", "")),
            note=plain_words(request, "note").strip()[:400],
            **by,
        )
    elif verb == "drop":
        actions.drop_duty(row, **by)
    else:
        raise Http404
    messages.success(request, _("Recorded."))
    return redirect("partnership:cooperation", organisation, row.side.cooperation.public_id)


def _day(text: str) -> date:
    """A day as the page wrote it; one that nothing is due on for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _other_side(request: Request, found: Cooperation) -> str:
    """The key of the first side that is not the reader's own."""
    others = (
        side.organisation
        for side in found.sides.all()
        if not side.organisation.path.startswith(request.organisation.path)
    )
    return next((other.key for other in others), "")


_VERBS: dict[str, Callable[..., Any]] = {
    "send": actions.send_cooperation,
    "recall": actions.recall_cooperation,
    "void": actions.void_cooperation,
}


@require_POST
@needs(Permission.RUN_PARTNERSHIPS)
def do(request: Request, organisation: str, cooperation: str, verb: str) -> HttpResponse:
    """Send for signatures, take back, make void, end today, or note the filing number."""
    row = found(cooperation)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb in _VERBS:
        _VERBS[verb](row, **by)
    elif verb == "end":
        actions.end_cooperation(row, on=request.today, **by)
    elif verb == "file":
        actions.file_cooperation(row, number=plain_words(request, "number").strip()[:60], **by)
    else:
        raise Http404
    messages.success(request, _("Recorded."))
    return redirect("partnership:cooperation", organisation, row.public_id)
