"""The thread behind a link: the contact of whoever asked reads it and answers, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from craftpath.delivery.web.links.coding import (
    Asking,
    ask_code,
    behind_link,
    note_opened,
    refused,
    was_opened,
)
from craftpath.delivery.web.offers import saying
from craftpath.delivery.web.offers.forms import SayForm, StarsForm
from craftpath.delivery.web.offers.one import messages_of, recipients, sent_file
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.offers import actions, queries, rules
from craftpath.kernel.access import Actor
from craftpath.kernel.links import Purpose, SignedLink, can_use
from craftpath.values.ref import Ref
from craftpath.values.verdict import may_not

if TYPE_CHECKING:
    from craftpath.domain.offers.models import DeskRequest


@behind_link(Purpose.REPLY)
def thread(request: Request, token: str, found: SignedLink) -> HttpResponse:
    """Ask for the code; with it, show the thread and take what is said."""
    verdict = can_use(found, request.at)
    row = _asked_about(found)
    if not verdict or row is None:
        return refused(request, verdict if not verdict else may_not("kernel.link_unknown"))
    if not was_opened(request, found):
        asked = ask_code(request, found, _words(found))
        if asked is not None:
            return asked
        note_opened(request, found)
        return redirect("reply:thread", token)
    return _page(request, token, found, row)


@behind_link(Purpose.REPLY, reads=True)
def file(request: Request, token: str, found: SignedLink, message: str) -> HttpResponse:
    """A file of this thread and of no other, for whoever has opened the link with its code in this browser."""
    row = _asked_about(found)
    if row is None or not was_opened(request, found):
        raise Http404
    verdict = can_use(found, request.at)
    if not verdict:
        return refused(request, verdict)
    return sent_file(get_object_or_404(queries.message_with_file(plain_id(message)), request=row))


def _asked_about(found: SignedLink) -> DeskRequest | None:
    return queries.requests().filter(public_id=Ref.parse(found.subject).public_id).first()


def _words(found: SignedLink) -> Asking:
    said = _(
        "%(place)s answers %(name)s about what was asked, and told a code by another way. Without the code nobody "
        "reads it."
    )
    what = said % {"place": text(found.organisation.title), "name": found.name}
    return Asking(_("Your request at the service desk"), what, _("Go on"))


def _page(request: Request, token: str, found: SignedLink, row: DeskRequest) -> HttpResponse:
    said = queries.whole_thread(row)
    others = {one.key: one for one in queries.talking(said)}
    by = Actor(organisation=found.organisation)
    to = recipients(list(others.values()))
    judges = row.state == "done" and row.stars is None
    do = request.POST.get("do", "") if request.method == "POST" else ""
    say = SayForm(request.POST if do == "say" else None, request.FILES if do == "say" else None, to=to)
    stars, status = StarsForm(request.POST if do == "judge" else None), 0

    def answer() -> None:
        content, name = say.content()
        given = say.cleaned_data
        words = actions.Said(given["words"], content, name, others.get(given["to"]))
        actions.send_message(row, words, made_id=given["made_id"], link=found, by=by, at=request.at)

    def judge() -> None:
        given = stars.cleaned_data
        actions.judge_outcome(
            row, stars=given["stars"], words=given["words"], guest=True, by=by, at=request.at
        )

    if do == "say":
        status = tried(request, say, _("Sent."), answer)
    elif do == "judge":
        status = tried(request, stars, _("Thank you. The desk reads it."), judge)
    if do and not status:
        return redirect("reply:thread", token)
    context = {
        "row": row, "token": token, "kind": saying.kind(row), "badge": saying.badge(row, request.today),
        "clock": saying.clock(row), "said": messages_of(said, None), "say": say,
        "talks": bool(rules.can_talk(row, len(said))), "stars": stars if judges else None,
    }  # fmt: skip
    return render(request, "offers/reply.html", context, status=status or 200)
