"""The list of agreements, and one agreement with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.agreements.places import readable, tabs, trail
from craftpath.delivery.web.agreements.showing import TONES, pay_lines, points, tally
from craftpath.delivery.web.agreements.smaller import AbsenceForm
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.signing.showing import lines
from craftpath.domain.agreements import queries, rules, texts
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.states import AGREEMENT
from craftpath.domain.agreements.terms import Terms
from craftpath.kernel.roles import Permission
from craftpath.kernel.signing import may_sign

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement

ROWS = 30
MISSING = {"signatures": "awaiting_signatures", "start": "signed"}
BEFORE = ("draft", "checked")


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement of the list with what it still needs."""

    agreement: Agreement
    state: Any
    tone: str
    missing: str


@require_GET
@needs(Permission.SEE_AGREEMENTS)
def listing(request: Request, organisation: str) -> HttpResponse:
    """Agreements by state and by what is missing; above them whoever learns without one in the record."""
    found = queries.agreements().prefetch_related("document__parties__signature")
    state, missing = request.GET.get("state", ""), request.GET.get("missing", "")
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]
    found = found.filter(state=state) if state in texts.STATES else found.exclude(state="void")
    if missing == "number":
        found = found.filter(registration_no="", state__in=["signed", "active"])
    elif missing in MISSING:
        found = found.filter(state=MISSING[missing])
    if asked:
        names = Q(enrolment__person__name__icontains=asked) | Q(
            enrolment__person__name_latin__icontains=asked
        )
        found = found.filter(names | Q(enrolment__number__icontains=asked))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    without = queries.without_agreement()
    manages = bool(request.actor.may(Permission.MANAGE_AGREEMENTS))
    shown = {
        "page": page,
        "rows": [Row(row, texts.STATES[row.state], TONES[row.state], _missing(row)) for row in page.object_list],
        "without": list(without[:ROWS]) if missing in {"", "agreement"} and not (state or asked) else [],
        "without_count": without.count(),
        "states": [(key, name) for key, name in texts.STATES.items()],
        "gaps": [
            ("signatures", _("Signatures")), ("start", _("To be activated")), ("number", _("Registration number")),
            ("agreement", _("An agreement")),
        ],
        "wanted": {"state": state, "missing": missing, "q": asked},
        "manages": manages,
        "tabs": tabs(request, "agreements:list"),
    }  # fmt: skip
    return render(request, "agreements/list.html", shown)


def _missing(row: Agreement) -> str:
    if row.state in BEFORE:
        count = len(queries.holding_up(row, "send"))
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
    return render(request, "agreements/agreement.html", page(request, found))


def page(request: Request, found: Agreement, **more: Any) -> dict[str, Any]:
    """Everything that the page of an agreement shows."""
    law, terms = law_of(found.jurisdiction), Terms.from_json(found.terms)
    writes = bool(rules.may_write(request.actor, found))
    mine = rules.is_own(request.actor, found)
    signing = lines(found.document) if found.document is not None else []
    waits = found.document is not None and found.document.is_open
    checked = points(queries.findings_of(found), queries.waivers_of(found), law) if writes or not mine else []
    pauses = queries.pauses_of(found)
    amendments = queries.amendments_of(found)
    can = {move: writes and AGREEMENT.can(found.state, move) for move in AGREEMENT.moves}
    return {
        "agreement": found,
        "person": found.enrolment.person,
        "state": texts.STATES[found.state],
        "tone": TONES[found.state],
        "terms": terms,
        "pay": pay_lines(terms),
        "frequency": texts.FREQUENCIES.get(terms.pay_frequency, "–"),
        "record_form": texts.RECORD_FORMS.get(terms.record_form, "–"),
        "signing": signing,
        "signs": waits and any(
            may_sign(request.actor, line.party) and line.signature is None for line in signing
        ),
        "hands_over": waits and writes,
        "points": checked,
        "tally": tally(checked),
        "can": can,
        "edits": bool(rules.can_change(found)) and writes,
        "blocked": bool(queries.holding_up(found, "send", "activate")) if can["activate"] else False,
        "amendments": [(row, texts.AMENDMENT_STATES[row.state], TONES[row.state]) for row in amendments],
        "amends": writes and bool(
            rules.can_amend(found, waiting=any(row.state == "awaiting_signatures" for row in amendments))
        ),
        "pauses": [(row, texts.REASONS_TO_PAUSE[row.because]) for row in pauses],
        "paused": any(row.resumed_on is None for row in pauses),
        "absences": _absences(found),
        "absence_form": AbsenceForm(),
        "may_ask": found.state == "active" and bool(rules.may_ask_absence(request.actor, found)),
        "leaving": _leaving(found, writes or mine),
        "writes": writes,
        "mine": mine,
        "over": found.ends_on < request.today,
        "today": request.today,
        "crumbs": trail(request, found),
        "pdf": reverse("signing:pdf", args=[request.organisation.key, found.document.public_id])
        if found.document is not None
        else "",
        **more,
    }  # fmt: skip


def _absences(found: Agreement) -> list[tuple[Any, Any, str]]:
    rows = queries.absences().filter(agreement=found)[:10]
    return [(row, texts.ABSENCE_STATES[row.state], TONES[row.state]) for row in rows]


def _leaving(found: Agreement, readable: bool) -> dict[str, Any] | None:
    row = queries.leaving_of(found) if readable else None
    if row is None:
        return None
    return {
        "row": row,
        "because": texts.REASONS_TO_LEAVE[row.because],
        "initiator": texts.INITIATORS[row.initiator],
        "follows": row.consequences,
    }
