"""One request: what is asked, where it stands, who fits, the thread, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from craftpath.delivery.web.history.things import named
from craftpath.delivery.web.offers import saying
from craftpath.delivery.web.offers.forms import AgreeForm, FinishForm, ReasonForm, SayForm, StarsForm
from craftpath.delivery.web.offers.places import READERS, found, to_here
from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.offers import queries, rules
from craftpath.domain.offers.states import REQUEST
from craftpath.domain.offers.texts import PARTS
from craftpath.kernel.links import Purpose, links_on

if TYPE_CHECKING:
    from craftpath.domain.offers.models import DeskRequest, Message
    from craftpath.kernel.organisations import Organisation


@require_GET
@needs(*READERS)
def one(request: Request, organisation: str, request_id: str) -> HttpResponse:
    """The page of a request."""
    return render(request, "offers/request.html", page_of(request, found(request_id)))


def page_of(request: Request, row: DeskRequest, *, wrong: str = "", form: Any = None) -> dict[str, Any]:
    """All that the page shows; `wrong` names the form that was sent and could not be taken."""
    said = queries.thread(row)
    part, leads = rules.part_of(request.actor, row), bool(rules.may_lead(request.actor, row))
    others = queries.talking(said)
    sides = leads or (row.partner is not None and bool(rules.may_ask(request.actor, row.partner)))
    forms = _forms(request, row, part, leads=leads, sides=sides, others=others, messages=len(said))
    if wrong:
        forms[wrong] = form
    subject = str(row.ref)
    return {
        "row": row,
        "badge": saying.badge(row, request.today),
        "clock": saying.clock(row),
        "kind": saying.kind(row),
        "when": saying.when(row),
        "languages": saying.languages(row),
        "skills": list(saying.skill_names(row.skills).values()),
        "contact": bool(part == "asker" or part == "desk" or row.partner) and sides,
        "said": messages_of(said, request.user.pk),
        "fits": _fits(request, row) if leads and row.state in ("open", "answered") else [],
        "outcome": named(request, [row.outcome]).get(row.outcome) if row.outcome else None,
        "forms": forms,
        "wrong": wrong,
        "edits": leads and bool(rules.can_change(row)),
        "starts": sides and REQUEST.can(row.state, "start"),
        "expires": leads and REQUEST.can(row.state, "expire") and bool(rules.can_expire(row, request.today)),
        "links": leads and row.is_going,
        "link": links_on([subject], Purpose.REPLY).get(subject) if leads else None,
        "crumbs": to_here(request, row.title),
    }


def messages_of(rows: list[Message], reader: int | None) -> list[dict[str, Any]]:
    """The thread as it is drawn."""
    return [
        {
            "row": row,
            "part": str(PARTS[row.part]),
            "where": text(row.counterpart.name) if row.counterpart and row.part == "other" else "",
            "to": text(row.counterpart.name) if row.counterpart and row.part == "asker" else "",
            "mine": reader is not None and row.author_id == reader,
        }
        for row in rows
    ]


def recipients(others: list[Organisation]) -> list[tuple[str, str]]:
    """To whom the asker writes: the desk, or one of those who answered."""
    return [("", _("The service desk")), *((one.key, text(one.name)) for one in others)]


def _forms(
    request: Request,
    row: DeskRequest,
    part: str,
    *,
    leads: bool,
    sides: bool,
    others: list[Organisation],
    messages: int,
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if part and rules.can_talk(row, messages):
        made["say"] = SayForm(None, to=recipients(others) if part == "asker" else ())
    if leads and REQUEST.can(row.state, "agree") and others:
        made["agree"] = AgreeForm(partners=[(one.key, text(one.name)) for one in others])
    if rules.keeps_desk(request.actor, row) and REQUEST.can(row.state, "decline"):
        made["decline"] = ReasonForm(key="decline")
    if leads and REQUEST.can(row.state, "withdraw"):
        made["withdraw"] = ReasonForm(key="withdraw")
    if sides and REQUEST.can(row.state, "finish"):
        made["finish"] = FinishForm()
    if part == "asker" and row.state == "done" and row.stars is None:
        made["judge"] = StarsForm()
    return made


def _fits(request: Request, row: DeskRequest) -> list[dict[str, Any]]:
    return [
        {
            "row": other,
            "points": fit.points,
            "why": saying.reasons(fit),
            "url": reverse("offers:request", args=[request.organisation.key, other.public_id]),
            "note": saying.note(other),
        }
        for other, fit in queries.fitting(row, request.today)
    ]


@require_GET
@needs(*READERS)
def file(request: Request, organisation: str, message: str) -> HttpResponse:
    """The file of a message."""
    row = get_object_or_404(queries.message_with_file(plain_id(message)))
    return sent_file(row)


def sent_file(row: Message) -> HttpResponse:
    """Pictures and videos to look at, all else to save."""
    assert row.kept is not None  # noqa: S101 - the query asks for messages with a file only
    name = row.kept.name.rpartition(".")[0] or row.kept.name
    return shown_or_saved(row.kept.bytes(), name, row.media_type)
