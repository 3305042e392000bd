"""The list of agreements, and one agreement with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.exchange.listing import Head
from craftpath.delivery.web.agreements.places import readable, tabs
from craftpath.delivery.web.agreements.showing import TONES
from craftpath.delivery.web.agreements.whole import whole_page
from craftpath.delivery.web.shell.lists import Told, exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.lists import listing as list_of
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.agreements import queries, texts
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement

ROWS = 30
MISSING = {"signatures": "awaiting_signatures", "start": "signed"}
BEFORE = ("draft", "checked")


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement of the list with what it still needs, what is to come, and the day of an early ending."""

    agreement: Agreement
    state: Any
    tone: str
    missing: str
    to_come: list[str]
    ends_on: date | None = None


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Agreements by state and by what is missing; above them whoever learns without one in the record."""
    state, missing, asked = _asked(request)
    page = Paginator(_wanted(state, missing, asked), ROWS).get_page(request.GET.get("page"))
    without = queries.without_agreement()
    shown = {
        "page": page,
        "ways": ways_out(request, "agreements"),
        "rows": _rows(list(page.object_list), request.today),
        "without": list(without[:ROWS]) if missing in {"", "agreement"} and not (state or asked) else [],
        "without_count": without.count(),
        "states": [(key, name) for key, name in texts.STATES.items()],
        "gaps": [
            ("signatures", _("Signatures")), ("start", _("To be activated")), ("number", _("Registration number")),
            ("agreement", _("An agreement")),
        ],
        "wanted": {"state": state, "missing": missing, "q": asked},
        "manages": bool(request.actor.may(Permission.MANAGE_AGREEMENTS)),
        "tabs": tabs(request, "agreements:list"),
    }  # fmt: skip
    return render(request, "agreements/list.html", shown)


def _asked(request: Request) -> tuple[str, str, str]:
    """State, what is missing, name or number."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:80]
    return request.GET.get("state", ""), request.GET.get("missing", ""), words


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def as_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The agreements of the page as a file, all that fit."""
    require_form(form)
    heads = [
        _("Apprentice"), _("Cohort"), _("Enterprise"), _("State"), _("Ends early on"), _("Missing, or to come"),
        _("From"), _("To"), Head(_("Registration number"), text=True, beyond=True),
    ]  # fmt: skip
    cells = [
        (
            row.agreement.enrolment.person.name, text(row.agreement.enrolment.cohort.name),
            text(row.agreement.enterprise.name), str(row.state), row.ends_on or Told(None, ""),
            "; ".join(row.to_come) or row.missing, row.agreement.starts_on, row.agreement.ends_on,
            row.agreement.registration_no,
        )
        for row in _rows(list(_wanted(*_asked(request))), request.today)
    ]  # fmt: skip
    made = list_of(_("Agreements"), text(request.organisation.name), heads, cells)
    return sent(request, made, form)


exported("agreements", screen="agreements:list", file="agreements:as_file", caption="Agreements")


def _wanted(state: str, missing: str, asked: str) -> QuerySet[Agreement]:
    """The agreements that were asked for; a void one only by its state."""
    found = queries.agreements().prefetch_related("document__parties__signature")
    found = found.filter(state=state) if state in texts.STATES else found.exclude(state="void")
    if missing == "number":
        found = found.filter(registration_no="", state__in=["signed", "active"])
    elif missing in MISSING:
        found = found.filter(state=MISSING[missing])
    if not asked:
        return found
    person = "enrolment__person"
    named = Q(**{f"{person}__name__icontains": asked}) | Q(**{f"{person}__name_latin__icontains": asked})
    return found.filter(named | Q(enrolment__number__icontains=asked))


def _rows(found: list[Agreement], today: date) -> list[Row]:
    """The lines of one page, with as many queries for thirty drafts as for one."""
    queries.as_of(found, today)
    held = queries.holding_up_each([row for row in found if row.state in BEFORE], "send")
    running = [row for row in found if row.state == "active"]
    ends, agreed = queries.leavings(running), queries.signed_amendments(running, "agreed")
    return [
        Row(
            row,
            texts.STATES[row.state],
            TONES[row.state],
            _missing(row, held),
            [_comes(one.number, one.takes_effect_on) for one in agreed.get(row.pk, ())
             if one.takes_effect_on > today],
            ends[row.pk].last_day if row.pk in ends else None,
        )
        for row in found
    ]  # fmt: skip


def _comes(number: int, on: date) -> str:
    return _("amendment %(number)s agreed, in force from %(day)s") % {"number": number, "day": day(on)}


def _missing(row: Agreement, held: Mapping[int, Sequence[Any]]) -> str:
    if row.state in BEFORE:
        count = len(held[row.pk])
        said = ngettext("%(count)s item holds it up", "%(count)s items hold it up", count)
        return said % {"count": count} if count else _("ready to be sent for signatures")
    if row.state == "awaiting_signatures" and row.document is not None:
        parties = row.document.parties.all()
        open_ones = [party.role for party in parties if not hasattr(party, "signature")]
        return listed(str(texts.PARTIES[role]) for role in open_ones)
    if row.state in {"signed", "registered"}:
        return _("ready to start")
    return ""


@require_GET
def own(request: Request, organisation: str) -> HttpResponse:
    """The apprentice's own agreement, or in a sentence that there is none."""
    mine = (
        queries.agreements()
        .filter(enrolment__person=request.user)
        .exclude(state__in=[*BEFORE, "void"])
        .first()
    )
    if mine is not None:
        return redirect("agreements:agreement", organisation, mine.public_id)
    return render(request, "agreements/none.html", {})


@require_GET
def agreement(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Where it stands, who signs, what the checklist says, what was agreed, and what came after."""
    found = readable(request, agreement)
    return render(request, "agreements/agreement.html", whole_page(request, found))
