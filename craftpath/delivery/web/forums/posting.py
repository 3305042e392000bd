"""Beginning a thread, writing in it, and the buttons of threads and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.forums.forms import ThreadForm, WriteForm
from craftpath.delivery.web.forums.one import page_of as forum_page
from craftpath.delivery.web.forums.places import found, found_post, found_thread, to_forum
from craftpath.delivery.web.forums.thread import A_PAGE
from craftpath.delivery.web.forums.thread import page_of as thread_page
from craftpath.delivery.web.questions.forms import ChangeForm
from craftpath.delivery.web.questions.ruling import press, warn
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.domain.forums import actions, queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Post, Thread


@require_POST
@needs(Permission.ASK_QUESTIONS)
def begin(request: Request, organisation: str, forum: str) -> HttpResponse:
    """Begin a thread; what cannot be stays in the form, with the reason."""
    row = found(forum)
    form = ThreadForm(request.POST, request.FILES, hosts=bool(rules.may_host(request.actor, row)))
    made: list[Thread] = []
    typed = form.is_valid()
    if typed:
        given = form.cleaned_data
        with refusals_in(form):
            made.append(
                actions.start_thread(
                    row, made_id=given["made_id"], title=given["title"], text=given["text"],
                    photos=form.photos_given(), news=given.get("news", False), by=request.actor, at=request.at,
                )
            )  # fmt: skip
    if not made:
        status = 409 if typed else 422
        return render(request, "forums/forum.html", forum_page(request, row, form=form), status=status)
    return redirect("forums:thread", organisation, made[0].public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def post(request: Request, organisation: str, thread: str) -> HttpResponse:
    """Write in a thread."""
    row = found_thread(thread)
    form = WriteForm(request.POST, request.FILES)
    made: list[Post] = []
    typed = form.is_valid()
    if typed:
        given = form.cleaned_data
        quoted = queries.posts().filter(thread=row, public_id=plain_id(given["quoted"])).first()
        with refusals_in(form):
            made.append(
                actions.post(
                    row, made_id=given["made_id"], text=given["text"], photos=form.photos_given(), quoted=quoted,
                    by=request.actor, at=request.at,
                )
            )  # fmt: skip
    if not made:
        status = 409 if typed else 422
        return render(request, "forums/thread.html", thread_page(request, row, form=form), status=status)
    before = queries.in_thread(row).filter(pk__lt=made[0].pk).count()
    page = reverse("forums:thread", args=[organisation, row.public_id])
    return redirect(f"{page}?page={before // A_PAGE + 1}#post-{made[0].public_id}")


@require_POST
@needs(Permission.ASK_QUESTIONS)
def thread_do(request: Request, organisation: str, thread: str, verb: str) -> HttpResponse:
    """Note that it was read; the host pins and closes it."""
    row = found_thread(thread)
    by: dict[str, Any] = {"by": request.actor, "at": request.at}
    if verb == "seen":
        actions.read_thread(row, **by)
        return HttpResponse(status=204)
    turned = {
        "pin": ("pinned", True),
        "unpin": ("pinned", False),
        "close": ("closed", True),
        "open": ("closed", False),
    }
    if verb not in turned:
        raise Http404
    name, value = turned[verb]
    as_is: dict[str, Any] = {"pinned": row.pinned, "closed": row.closed}
    actions.turn_thread(row, **as_is | {name: value}, **by)
    messages.success(request, _("Noted."))
    return redirect("forums:thread", organisation, row.public_id)


@require_POST
@needs(Permission.ASK_QUESTIONS)
def post_do(request: Request, organisation: str, post: str, verb: str) -> HttpResponse:
    """Withdraw, report, hide."""
    row = found_post(post)
    form, status = press(request, row, verb, actions, rules, row.thread.forum.organisation)
    return _told(request, form, row, status)


def _to(request: Request, row: Post) -> HttpResponse:
    """Back to the thread, or to its forum where the thread went with its first post."""
    if queries.threads().filter(pk=row.thread_id).exists():
        return redirect("forums:thread", request.organisation.key, row.thread.public_id)
    return redirect("forums:forum", request.organisation.key, row.thread.forum.public_id)


def _told(request: Request, form: Any, row: Post, status: int) -> HttpResponse:
    if not status:
        return _to(request, row)
    warn(request, form)
    return render(request, "forums/thread.html", thread_page(request, row.thread), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_QUESTIONS)
def change(request: Request, organisation: str, post: str) -> HttpResponse:
    """Word an own post anew."""
    row = found_post(post)
    require(rules.may_change(request.actor, row))
    start = {"text": row.text, "revision": row.revision}
    form = ChangeForm(request.POST if request.method == "POST" else None, initial=start, skills=None)
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("Changed. What it said before can still be read."),
            lambda: actions.change_post(
                row, text=form.cleaned_data["text"], revision=form.cleaned_data["revision"], by=request.actor,
                at=request.at,
            ),
        )  # fmt: skip
        if not status:
            return _to(request, row)
    title = pgettext("a post", "Change the post")
    context = {"form": form, "row": row, "title": title, "crumbs": to_forum(request, row.thread.forum, title)}
    return render(request, "forums/change.html", context, status=status)
