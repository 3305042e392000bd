"""Buttons of a group: coming in and leaving, notes, tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.groups.forms import NotesForm, TaskForm
from craftpath.delivery.web.groups.one import page_of
from craftpath.delivery.web.groups.places import found, to_group
from craftpath.delivery.web.questions.places import own_class
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.groups import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not, require

Act = Callable[..., object]
PLAIN: dict[str, tuple[Act, Callable[[], str]]] = {
    "accept": (actions.accept_invitation, lambda: _("You are in. The next session is below.")),
    "decline": (actions.decline_invitation, lambda: _("Noted: you stay out.")),
    "leave": (actions.leave_group, lambda: _("You have left the group. What you did stays in its record.")),
    "dissolve": (actions.dissolve_group, lambda: _("The group is dissolved.")),
    "reopen": (actions.reopen_group, lambda: _("The group goes on.")),
    "sign": (actions.sign_result, lambda: _("Signed off.")),
}
TASKS: dict[str, Act] = {
    "finish": actions.finish_task,
    "reopen": actions.reopen_task,
    "drop": actions.drop_task,
}


@require_POST
@needs(Permission.STUDY_TOGETHER)
def group_do(request: Request, organisation: str, group: str, verb: str) -> HttpResponse:
    """Come in, stay out, ask, leave, part, go on, sign."""
    row = found(group)
    if verb == "ask":
        own = own_class(request)
        if own is None:
            raise Refused(may_not("groups.not_of_class"))
        actions.ask_to_join(row, own, by=request.actor, at=request.at)
        messages.success(request, _("Asked. The members answer."))
    elif verb in PLAIN:
        act, done = PLAIN[verb]
        act(row, by=request.actor, at=request.at)
        messages.success(request, done())
    else:
        raise Http404
    if verb in ("decline", "leave"):
        return redirect("groups:list", organisation)
    return redirect("groups:group", organisation, row.public_id)


@require_POST
@needs(Permission.STUDY_TOGETHER)
def request_do(request: Request, organisation: str, group: str, member: str, verb: str) -> HttpResponse:
    """Let somebody in who asked, or not."""
    row = found(group)
    people = {one.public_id: one.person for one in queries.people_of(row)}
    if member not in people or verb not in ("admit", "refuse"):
        raise Http404
    come = verb == "admit"
    actions.answer_request(row, people[member], come=come, by=request.actor, at=request.at)
    messages.success(request, _("Let in.") if come else _("Not this time."))
    return redirect("groups:group", organisation, row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.STUDY_TOGETHER)
def notes(request: Request, organisation: str, group: str) -> HttpResponse:
    """Read the notes, write them anew, look at what they were."""
    row = found(group)
    members = queries.people_of(row)
    if not rules.may_read(request.actor, row, members):
        raise Refused(may_not("groups.not_inside"))
    start = {"text": row.notes, "revision": row.notes_revision}
    form = NotesForm(request.POST if request.method == "POST" else None, initial=start)
    writes = rules.is_inside(request.actor, members) and row.state == "alive"
    status = 200
    if request.method == "POST":
        require(rules.may_work(request.actor, members))
        joined: list[bool] = []
        status = tried(
            request, form, pgettext("notes", "Kept."),
            lambda: joined.append(
                actions.write_notes(row, **form.cleaned_data, by=request.actor, at=request.at)[1]
            ),
        )  # fmt: skip
        if not status:
            if joined[0]:
                said = _("Somebody else wrote at the same time. Both are kept: look whether it reads well.")
                messages.warning(request, said)
            return redirect("groups:notes", organisation, row.public_id)
    title = pgettext("of a study group", "Notes")
    context = {
        "form": form, "row": row, "title": title, "writes": writes, "crumbs": to_group(request, row, title),
        "versions": list(queries.versions_of(row)[:50]),
    }  # fmt: skip
    return render(request, "groups/notes.html", context, status=status)


@require_POST
@needs(Permission.STUDY_TOGETHER)
def add_task(request: Request, organisation: str, group: str) -> HttpResponse:
    """Put something on the list."""
    row = found(group)
    members = queries.people_of(row)
    require(rules.may_work(request.actor, members))
    form = TaskForm(request.POST, members=rules.inside(members))

    def act() -> None:
        given = form.cleaned_data
        actions.add_task(
            row, words=given["words"], person=form.known.get(given["person"]), until=given["until"],
            made_id=given["made_id"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("On the list."), act)
    if status:
        return render(request, "groups/group.html", page_of(request, row, task=form), status=status)
    return redirect("groups:group", organisation, row.public_id)


@require_POST
@needs(Permission.STUDY_TOGETHER)
def task_do(request: Request, organisation: str, task: str, verb: str) -> HttpResponse:
    """Done, taken up again, dropped."""
    row = get_object_or_404(queries.task(plain_id(task)))
    if verb not in TASKS:
        raise Http404
    TASKS[verb](row, by=request.actor, at=request.at)
    return redirect("groups:group", organisation, row.group.public_id)
