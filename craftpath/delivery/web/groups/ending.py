"""The end of a group: what came out, its file, and what the trainer confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.web.groups import saying
from craftpath.delivery.web.groups.forms import ResultForm
from craftpath.delivery.web.groups.places import found, to_group
from craftpath.delivery.web.questions.saying import name_of
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.groups import actions, queries, rules
from craftpath.domain.groups.texts import REACHED
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def end(request: Request, organisation: str, group: str) -> HttpResponse:
    """Write down what came out."""
    row = found(group)
    require(rules.may_lead(request.actor, row, queries.people_of(row)))
    start = {"result": row.result, "reached": row.reached, "again": row.again, "link": row.result_link}
    sent = request.method == "POST"
    form = ResultForm(request.POST if sent else None, request.FILES if sent else None, initial=start)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Written down. The members sign it off, each by one tap."),
            lambda: actions.end_group(row, form.said, by=request.actor, at=request.at),
        )  # fmt: skip
        if not status:
            return redirect("groups:group", organisation, row.public_id)
    title = _("What came out")
    context = {"form": form, "row": row, "title": title, "crumbs": to_group(request, row, title)}
    return render(request, "groups/end.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HOLD_SESSIONS)
def confirm(request: Request, organisation: str, group: str) -> HttpResponse:
    """Read the result and tick what members did, by the record of the group."""
    row = found(group)
    require(rules.may_tend(request.actor, row.organisation))
    done = queries.contributions(row)
    if request.method == "POST":
        keys = {f"{one.person.public_id}:{one.kind}": (one.person.public_id, one.kind) for one in done}
        facts = [keys[one] for one in request.POST.getlist("fact") if one in keys]
        actions.confirm_result(row, facts=facts, by=request.actor, at=request.at)
        messages.success(request, _("Confirmed. What you ticked can count in process evaluation."))
        return redirect("groups:group", organisation, row.public_id)
    members = queries.people_of(row)
    people: dict[str, list[Any]] = {}
    for one in done:
        key = f"{one.person.public_id}:{one.kind}"
        words = saying.contribution(one.kind, one.count, one.out_of)
        people.setdefault(name_of(one.person), []).append((key, words))
    title = pgettext("a result", "Read and confirm")
    context = {
        "row": row, "title": title, "crumbs": to_group(request, row, title), "people": list(people.items()),
        "reached": REACHED.get(row.reached, ""), "verdict": rules.can_confirm(row, members, request.at),
        "unsigned": [name_of(one.person) for one in rules.inside(members) if one.signed_at is None],
    }  # fmt: skip
    return render(request, "groups/confirm.html", context)


@require_GET
@needs(Permission.STUDY_TOGETHER)
def file(request: Request, organisation: str, group: str) -> HttpResponseBase:
    """The file of the result, for those who read the group."""
    row = found(group)
    if row.result_file is None or not rules.may_read(request.actor, row, queries.people_of(row)):
        raise Http404
    return shown_or_saved(row.result_file.bytes(), f"result-{row.public_id}", row.result_type)
