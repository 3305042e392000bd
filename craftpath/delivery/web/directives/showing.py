"""One notice, plan or quota as a reader finds it: opened by a press, understood, answered."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.directives.forms import AnswerForm, PublishForm, ReasonForm
from craftpath.delivery.web.directives.places import TONES, found, to_list
from craftpath.delivery.web.directives.progress import progress_of
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.directives import actions, queries, rules
from craftpath.domain.directives.reach import seats_of
from craftpath.domain.directives.states import DIRECTIVE
from craftpath.domain.directives.texts import KINDS, STATES

if TYPE_CHECKING:
    from craftpath.domain.directives.models import Answer, Directive
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changed: pieces of text with `same`, `gone` or `new`."""

    number: int
    because: str
    at: Any
    pieces: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An organisation of the reader's that answers."""

    place: Organisation
    answer: Answer | None
    form: AnswerForm
    open: bool


@require_GET
def directive(request: Request, organisation: str, directive: str) -> HttpResponse:
    """The head at once; the words once they are opened, since whoever sent them sees that."""
    row = found(request, directive)
    return render(request, "directives/directive.html", page_of(request, row))


def page_of(request: Request, row: Directive, **forms: Any) -> dict[str, Any]:
    """Everything that the page shows; `forms` are those that were refused."""
    office = bool(rules.may_issue(request.actor, row.organisation))
    seats = seats_of(row, request.user, request.today) if rules.is_out(row, request.today) else []
    reading = queries.own_readings(request.user, [row]).get(row.pk)
    closed = bool(seats) and not office and row.state == "published" and reading is None
    return {
        "row": row,
        "kind": str(KINDS[row.kind]),
        "state": (str(STATES[row.state]), TONES[row.state]),
        "later": row.shown_from is not None and row.shown_from > request.today,
        "closed": closed,
        "asked_to_read": bool(seats) and row.state == "published" and reading is None,
        "reading": reading,
        "to_understand": bool(seats) and row.state == "published" and row.understood and reading is not None
        and reading.number == row.number and reading.understood_at is None,
        "office": office,
        "can": {move: office and DIRECTIVE.can(row.state, move) for move in DIRECTIVE.moves},
        "quotas": [] if closed else progress_of(row),
        "files": [] if closed else list(queries.files_of(row)),
        "changes": [] if closed else _changes(row),
        "asks": [] if closed else _asks(request, row, seats, forms.get("answer")),
        "count": queries.counts([row], request.today)[row.pk] if office and row.state != "draft" else None,
        "publishing": forms.get("publish") or PublishForm(auto_id="publish_%s"),
        "withdrawing": forms.get("withdraw") or ReasonForm(auto_id="withdraw_%s"),
        "refused": "withdraw" in forms,
        "crumbs": to_list(request, here(text(row.title))),
    }  # fmt: skip


def _asks(request: Request, row: Directive, seats: list[Any], refused: Any) -> list[Asked]:
    if row.answer == "none" or row.state != "published":
        return []
    given = {one.organisation_id: one for one in queries.answers_to(row)}
    places = {seat.organisation_id: seat.organisation for seat in seats}.values()
    return [
        Asked(
            place,
            given.get(place.pk),
            refused[1] if refused and refused[0] == place.key else _form(row, place, given),
            bool(rules.can_answer(row, given=place.pk in given, today=request.today)),
        )
        for place in places
    ]


def _form(row: Directive, place: Organisation, given: dict[int, Answer]) -> AnswerForm:
    known = given.get(place.pk)
    first = {"words": known.words, "figure": known.figure} if known else {}
    return AnswerForm(None, None, asked=row.answer, initial=first, auto_id=f"{place.key}_%s")


def _changes(row: Directive) -> list[Change]:
    """The newest correction first, each against the version after it."""
    later, found = (row.title, row.words), []
    for version in queries.versions_of(row):
        before = "\n".join((text(version.title), text(version.words)))
        after = "\n".join(text(one) for one in later)
        found.append(
            Change(version.number + 1, version.because, version.corrected_at, _pieces(before, after))
        )
        later = (version.title, version.words)
    return found


def _pieces(before: str, after: str) -> list[tuple[str, str]]:
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 2000)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", before[a:b]))
            continue
        found += [("gone", before[a:b])] if b > a else []
        found += [("new", after[c:d])] if d > c else []
    return found


@require_POST
def open_it(request: Request, organisation: str, directive: str) -> HttpResponse:
    """Open it: who did so, and when, stands in the receipts."""
    row = found(request, directive)
    actions.open_directive(row, by=request.actor, at=request.at)
    return redirect("directives:directive", organisation, row.public_id)


@require_POST
def understood(request: Request, organisation: str, directive: str) -> HttpResponse:
    """Read and understood."""
    row = found(request, directive)
    actions.understand_directive(row, by=request.actor, at=request.at)
    messages.success(request, _("Noted: read and understood."))
    return redirect("directives:directive", organisation, row.public_id)


@require_POST
def answer(request: Request, organisation: str, directive: str, place: str) -> HttpResponse:
    """Answer for one of one's organisations; what was typed stays where it is refused."""
    row = found(request, directive)
    seats = seats_of(row, request.user, request.today)
    chosen = next((seat.organisation for seat in seats if seat.organisation.key == place), None)
    if chosen is None or row.answer == "none":
        raise Http404
    form = AnswerForm(request.POST, request.FILES, asked=row.answer, auto_id=f"{chosen.key}_%s")

    def act() -> None:
        given = form.cleaned_data
        file = given.get("file")
        actions.answer_directive(
            row, chosen, words=given.get("words", ""), figure=given.get("figure"),
            content=file.read() if file else b"", name=file.name if file else "", by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Answered. You can put it right until the last day."), act)
    if not status:
        return redirect("directives:directive", organisation, row.public_id)
    context = page_of(request, row, answer=(chosen.key, form))
    return render(request, "directives/directive.html", context, status=status)
