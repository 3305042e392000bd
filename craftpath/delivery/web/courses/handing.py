"""Assignments and checklists: handed in, ticked, and looked at by those who teach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.courses.forms import HandInForm, SettleForm
from craftpath.delivery.web.courses.learning import onward, page
from craftpath.delivery.web.courses.places import followed, tabs
from craftpath.delivery.web.courses.rendering import said
from craftpath.delivery.web.shell.downloads import played
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.courses import actions, queries
from craftpath.domain.courses.content import read
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.courses.models import HandIn, Tick


@require_POST
def hand_in(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Hand in words, a photo or both."""
    row = followed(request, run)
    key = plain_id(activity)
    form = HandInForm(request.POST, request.FILES, auto_id="hand_%s")

    def act() -> None:
        given = form.cleaned_data
        photo = given["photo"].read() if given.get("photo") else None
        actions.hand_in(
            row,
            key,
            made_id=given["made_id"],
            words=given["words"],
            photo=photo,
            by=request.actor,
            at=request.at,
        )

    status = tried(request, form, _("Handed in. A trainer looks at it."), act)
    if not status:
        return onward(request, row, key)
    return render(request, "courses/activity.html", page(request, row, key, hand_in=form), status=status)


@require_POST
def tick(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Keep the ticks of a checklist as they stand on the page."""
    row = followed(request, run)
    key = plain_id(activity)
    points = [plain_id(one) for one in request.POST.getlist("points")]
    actions.tick_points(row, key, points, by=request.actor, at=request.at)
    state = queries.states_of(row, request.user)[key].state
    if state == "waiting":
        messages.success(request, _("All ticked. Your mentor confirms it."))
    return onward(request, row, key) if state in ("done", "waiting") else redirect(
        "courses:activity", organisation, row.public_id, key
    )  # fmt: skip


@require_GET
@needs(Permission.WRITE_COURSES)
def desk(request: Request, organisation: str) -> HttpResponse:
    """What was handed in, the longest waiting first."""
    rows = list(queries.waiting_hand_ins(request.organisation)[:50])
    return render(request, "courses/desk.html", _desk(request, rows))


def _desk(request: Request, rows: list[HandIn], **forms: Any) -> dict[str, Any]:
    named = queries.named_in((one.run.version_id, one.activity_key) for one in rows)
    lines = []
    for one in rows:
        about = named.get((one.run.version_id, one.activity_key))
        form = forms.get(one.public_id) or SettleForm(auto_id=f"settle_{one.public_id}_%s")
        lines.append({"row": one, "title": text(about.title) if about else "", "form": form})
    return {"rows": lines, "tabs": tabs(request, "desk")}


def _handed(public_id: str) -> HandIn:
    return get_object_or_404(queries.handed_in(), public_id=plain_id(public_id))


@require_POST
def settle(request: Request, organisation: str, hand_in: str, verb: str) -> HttpResponse:
    """Done, or once more with what is to be better."""
    if verb not in ("done", "again"):
        raise Http404
    row = _handed(hand_in)
    form = SettleForm(request.POST, auto_id=f"settle_{row.public_id}_%s")

    def act() -> None:
        answer = form.cleaned_data["answer"]
        actions.settle_hand_in(row, again=verb == "again", answer=answer, by=request.actor, at=request.at)

    said_so = _("Noted as done.") if verb == "done" else _("Given back with your words.")
    status = tried(request, form, said_so, act)
    if not status:
        return redirect("courses:desk", organisation)
    rows = list(queries.waiting_hand_ins(request.organisation)[:50])
    return render(request, "courses/desk.html", _desk(request, rows, **{row.public_id: form}), status=status)


@require_GET
def photo(request: Request, organisation: str, hand_in: str) -> HttpResponseBase:
    """The photo of an assignment, for whoever handed it in and those who look at it."""
    row = _handed(hand_in)
    if row.photo is None:
        raise Http404
    return played(request, row.photo, "image/jpeg")


@require_GET
def confirming(request: Request, organisation: str) -> HttpResponse:
    """Points that the own apprentices have ticked, by apprentice and checklist."""
    rows = list(queries.ticks_to_confirm(request.user))
    named = queries.named_in((one.run.version_id, one.activity_key) for one in rows)
    groups: dict[tuple[int, int, str], list[Tick]] = {}
    for one in rows:
        groups.setdefault((one.run_id, one.person_id, one.activity_key), []).append(one)
    lists = []
    for some in groups.values():
        about = named.get((some[0].run.version_id, some[0].activity_key))
        words = {p.key: said(p.words) for p in read(about.kind, about.content).points} if about else {}
        lists.append(
            {
                "run": some[0].run,
                "person": some[0].person,
                "key": some[0].activity_key,
                "title": text(about.title) if about else "",
                "points": [(one.point, words[one.point], one.at) for one in some if one.point in words],
            }
        )
    return render(request, "courses/confirming.html", {"lists": lists, "tabs": tabs(request, "confirming")})


@require_POST
def confirm(request: Request, organisation: str, run: str, activity: str) -> HttpResponse:
    """Confirm what is ticked on the page; the rest is given back to be done again, or left for later."""
    row = get_object_or_404(queries.runs(), public_id=plain_id(run))
    person = get_object_or_404(Person, public_id=plain_id(request.POST.get("person", "")))
    points = [plain_id(one) for one in request.POST.getlist("points")]
    back = request.POST.get("do") == "return"
    count = actions.confirm_points(
        row, plain_id(activity), person, confirmed=() if back else points, returned=points if back else (),
        by=request.actor, at=request.at,
    )  # fmt: skip
    if count:
        messages.success(request, _("Given back.") if back else _("Confirmed."))
    return redirect("courses:confirming", organisation)
