"""One thread with its posts, and their photos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.forums import saying
from craftpath.delivery.web.forums.forms import WriteForm
from craftpath.delivery.web.forums.places import found_photo, found_thread, to_forum
from craftpath.delivery.web.questions.forms import ReasonForm, ReportForm
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.forums import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.forums.models import Thread

A_PAGE = 50


@require_GET
@needs(Permission.ASK_QUESTIONS)
def thread(request: Request, organisation: str, thread: str) -> HttpResponse:
    """The posts in their order; the form stands below them."""
    return render(request, "forums/thread.html", page_of(request, found_thread(thread)))


def page_of(request: Request, row: Thread, *, form: WriteForm | None = None) -> dict[str, Any]:
    """What the page of a thread shows; about ten queries however many posts."""
    pages = Paginator(queries.in_thread(row), A_PAGE)
    shown = pages.get_page(request.GET.get("page"))
    writes = bool(rules.can_write(row)) and bool(rules.may_ask(request.actor))
    answered = request.GET.get("quote", "") if writes else ""
    posts = saying.posts(request, row, shown.object_list, queries.hidings_in(row))
    quoted = next((one for one in posts if one.row.public_id == answered and "quote" in one.can), None)
    if form is None and writes:
        form = WriteForm(initial={"quoted": quoted.row.public_id} if quoted else {})
    return {
        "crumbs": to_forum(request, row.forum, row.title),
        "row": row,
        "page": shown,
        "posts": posts,
        "quoted": quoted,
        "form": form if writes else None,
        "hosts": bool(rules.may_host(request.actor, row.forum)),
        "report": ReportForm(auto_id=False),
        "reason": ReasonForm(auto_id=False),
    }


@require_GET
@needs(Permission.ASK_QUESTIONS)
def photo(request: Request, organisation: str, photo: str) -> HttpResponse:
    """A photo, to whoever may read what it belongs to."""
    row = found_photo(photo)
    if row.post.state != "open":
        own = rules.is_own(request.actor, row.post) and row.post.state == "hidden"
        if not own and not rules.may_tend(request.actor, row.post.thread.forum.organisation):
            raise Http404
    return shown_or_saved(row.kept.bytes(), row.public_id, row.media_type)
