"""The mentor's week, one apprentice's log, and who is silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.logbook import saying
from craftpath.delivery.web.logbook.cards import Card, cards
from craftpath.delivery.web.logbook.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.telling import tell_all
from craftpath.delivery.web.sync.pages import kept_offline
from craftpath.domain.apprenticeships.queries import enrolments, mentors_of, working_with
from craftpath.domain.logbook import actions, queries
from craftpath.domain.logbook.oddities import oddities
from craftpath.domain.logbook.rules import may_confirm
from craftpath.domain.logbook.texts import OUTCOMES, PHRASES
from craftpath.kernel.links import Purpose, SignedLink, can_use, links_on
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.kernel.people import Person

A_PAGE = 30
MOST = 500  # entries that one press answers


@dataclass(frozen=True, slots=True)
class Group:
    """What looks normal of one apprentice."""

    name: str
    enrolment: Enrolment
    cards: Sequence[Card]
    minutes: int


@require_GET
@needs(Permission.CONFIRM_LOGS)
@kept_offline
def team(request: Request, organisation: str) -> HttpResponse:
    """Everything that waits for this mentor or trainer: what looks normal in one press, oddities one by one."""
    waiting = queries.waiting_for(request.user)
    odd = oddities(waiting, request.today)
    shown = {card.entry.pk: card for card in cards(waiting, odd)}
    normal = [entry for entry in waiting if entry.pk not in odd]
    mine = working_with(request.user)
    context = {
        "odd": [shown[entry.pk] for entry in waiting if entry.pk in odd],
        "groups": _groups(normal, shown),
        "normal": normal,
        "people": len({entry.enrolment_id for entry in normal}),
        "phrases": [(key, str(words)) for key, words in PHRASES.items()],
        "talks": cards(queries.talk_due(mine, request.today)),
        "outcomes": [(key, str(words)) for key, words in OUTCOMES.items()],
        "mine": len(mine),
        "tabs": tabs(request, "logbook:team"),
    }
    return render(request, "logbook/team.html", context)


def _groups(normal: Sequence[Entry], shown: dict[int, Card]) -> list[Group]:
    found = []
    for _pk, rows in groupby(normal, key=lambda entry: entry.enrolment_id):
        entries = list(rows)
        first = entries[0].enrolment
        minutes = sum(entry.minutes for entry in entries)
        found.append(Group(first.person.name, first, [shown[entry.pk] for entry in entries], minutes))
    return found


@require_POST
@needs(Permission.CONFIRM_LOGS)
def confirm(request: Request, organisation: str) -> HttpResponse:
    """Confirm entries as they stood on the page: each value is `entry.revision`."""
    read: dict[str, int] = {}
    for value in request.POST.getlist("entry")[:MOST]:
        public_id, _dot, revision = value.partition(".")
        if plain_id(public_id) and revision.isascii() and revision.isdigit():
            read[public_id] = int(revision[:9])
    outcome = actions.confirm_entries(read, by=request.actor, at=request.at)
    refused = {key: sentence(verdict) for key, verdict in outcome.refused.items()}
    tell_all(request, saying.confirmed({"done": outcome.done, "refused": refused}))
    return redirect("logbook:team", organisation)


def _entry(public_id: str) -> Entry:
    found = queries.entry(plain_id(public_id))
    if found is None:
        raise Http404
    return found


@require_POST
def send_back(request: Request, organisation: str, entry: str) -> HttpResponse:
    """Send one back with a phrase, own words, or both."""
    found, revision = _entry(entry), request.POST.get("revision", "")
    require(may_confirm(request.actor, found, working_with(request.user)))
    try:
        actions.return_entry(
            found,
            revision=int(revision[:9]) if revision.isascii() and revision.isdigit() else 0,
            phrase=request.POST.get("phrase", ""),
            words=request.POST.get("words", "").replace("\x00", ""),
            by=request.actor,
            at=request.at,
        )
    except Refused as refusal:
        messages.warning(request, sentence(refusal.verdict))
    else:
        tell_all(request, saying.sent_back({}))
    return redirect("logbook:team", organisation)


@require_POST
def talk(request: Request, organisation: str, entry: str) -> HttpResponse:
    """Record the talk of the month."""
    found, outcome = _entry(entry), request.POST.get("outcome", "")
    if outcome not in OUTCOMES:
        raise Http404
    actions.hold_talk(found, outcome=outcome, by=request.actor, at=request.at)
    tell_all(request, saying.recorded({}))
    return redirect("logbook:team", organisation)


@require_GET
@needs(Permission.SEE_RESULTS)
def of_one(request: Request, organisation: str, enrolment: str) -> HttpResponse:
    """One apprentice's log, the newest day first."""
    row = get_object_or_404(enrolments(), public_id=enrolment)
    page = Paginator(queries.pages_of(row.pk), A_PAGE).get_page(request.GET.get("page"))
    context = {"enrolment": row, "page": page, "cards": cards(list(page.object_list))}
    return render(request, "logbook/of_one.html", context)


@require_GET
@needs(Permission.SEE_RESULTS)
def entry(request: Request, organisation: str, entry: str) -> HttpResponse:
    """One entry, as the hours that rest on it point to it."""
    found = _entry(entry)
    context = {"entry": found, "card": cards([found])[0]}
    return render(request, "logbook/one.html", context)


@dataclass(frozen=True, slots=True)
class Silent:
    """A pair in which nobody has answered, as a line says it."""

    enrolment: Enrolment
    mentors: Sequence[tuple[Person, SignedLink | None]]  # each with the link that was given and still serves
    waiting: int
    days: int


def _lent(people: Iterable[Person], at: datetime) -> dict[int, SignedLink]:
    """person id → the link that was given here and still serves; one query."""
    subjects = {f"kernel/person/{person.public_id}": person.pk for person in people}
    links = links_on(list(subjects), Purpose.CONFIRM)
    return {subjects[subject]: link for subject, link in links.items() if can_use(link, at)}


@require_GET
@needs(Permission.MANAGE_COHORTS)
def board(request: Request, organisation: str) -> HttpResponse:
    """Whose entries nobody answers, and who does not write: for who can do something about it."""
    found = queries.silent(request.at)
    here = enrolments().filter(state="active")
    rows = {row.pk: row for row in here.filter(pk__in=[one.enrolment_id for one in found])}
    mentors = mentors_of(rows.values())
    lent = _lent([person for row in mentors.values() for person in row], request.at)
    silent = [
        Silent(
            rows[one.enrolment_id],
            [(person, lent.get(person.pk)) for person in mentors.get(one.enrolment_id, ())],
            one.waiting,
            (request.at - one.since).days,
        )
        for one in found
        if one.enrolment_id in rows
    ]
    quiet = Paginator(
        queries.not_writing(here, request.today - timedelta(days=queries.OVERDUE_DAYS)), A_PAGE
    ).get_page(request.GET.get("page"))
    context = {
        "silent": silent,
        "quiet": quiet,
        "days": queries.SILENT_DAYS,
        "overdue": queries.OVERDUE_DAYS,
    }
    return render(request, "logbook/board.html", context)
