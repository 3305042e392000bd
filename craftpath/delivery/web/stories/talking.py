"""Comments on a story, reports of them, and questions to its master."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.stories.forms import AskForm, CommentForm, ReasonForm
from craftpath.delivery.web.stories.places import seen, to_story
from craftpath.delivery.web.stories.story import page
from craftpath.domain.stories import actions, queries, rules
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.stories.models import Comment


@require_POST
def comment(request: Request, organisation: str, story: str) -> HttpResponse:
    """Say something to a story."""
    row = seen(request, story)
    form = CommentForm(request.POST, auto_id="comment_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.add_comment(
            row, made_id=given["made_id"], words=given["words"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("Thank you. Members read it now."), act)
    if not status:
        return redirect("stories:story", organisation, row.public_id)
    return render(request, "stories/story.html", page(request, row, comment=form), status=status)


@require_POST
def ask(request: Request, organisation: str, story: str) -> HttpResponse:
    """Ask the master in private."""
    row = seen(request, story)
    form = AskForm(request.POST, auto_id="ask_%s")

    def act() -> None:
        given = form.cleaned_data
        actions.ask_master(
            row, made_id=given["made_id"], words=given["words"], by=request.actor, at=request.at
        )

    status = tried(request, form, _("Asked. The answer will stand here."), act)
    if not status:
        return redirect("stories:story", organisation, row.public_id)
    return render(request, "stories/story.html", page(request, row, ask=form), status=status)


def _found(request: Request, public_id: str) -> Comment:
    """A comment that the reader may read."""
    row = get_object_or_404(queries.comment(plain_id(public_id)))
    seen(request, row.story.public_id)
    office, own = rules.may_check(request.actor, row.story), rules.is_author(request.actor, row)
    if row.hidden_at is not None and not office and not own:
        raise Http404
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, organisation: str, comment: str) -> HttpResponse:
    """Ask the office to look at a comment."""
    row = _found(request, comment)
    data, status = request.POST if request.method == "POST" else None, 200
    form = ReasonForm(data)
    if data is not None:

        def act() -> None:
            actions.report_comment(row, words=form.cleaned_data["because"], by=request.actor, at=request.at)

        status = tried(request, form, _("The office looks at it. Thank you."), act)
        if not status:
            return redirect("stories:story", organisation, row.story.public_id)
    context = {
        "comment": row,
        "form": form,
        "crumbs": to_story(request, row.story, here(_("Report a comment"))),
    }
    return render(request, "stories/report.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: Request, organisation: str, comment: str, verb: str) -> HttpResponse:
    """Let a comment stand, hide it for a reason, show it again; its author reads why."""
    row = _found(request, comment)
    if verb == "read":
        require(rules.may_read_reason(request.actor, row))
    else:
        require(rules.may_check(request.actor, row.story))
    if verb == "hide":
        return _hide(request, row)
    verbs = {"keep": actions.keep_comment, "show": actions.show_comment, "read": actions.read_reason}
    if verb not in verbs or request.method != "POST":
        raise Http404
    verbs[verb](row, by=request.actor, at=request.at)
    if verb == "read":
        return redirect("stories:mine", organisation)
    messages.success(request, _("The comment stands."))
    return redirect("stories:desk", organisation)


def _hide(request: Request, row: Comment) -> HttpResponse:
    data, status = request.POST if request.method == "POST" else None, 200
    form = ReasonForm(data)
    if data is not None:

        def act() -> None:
            actions.hide_comment(row, because=form.cleaned_data["because"], by=request.actor, at=request.at)

        status = tried(request, form, _("Hidden. Its author reads why."), act)
        if not status:
            return redirect("stories:desk", request.organisation.key)
    context = {
        "comment": row,
        "form": form,
        "crumbs": to_story(request, row.story, here(_("Hide a comment"))),
    }
    return render(request, "stories/hide.html", context, status=status)
