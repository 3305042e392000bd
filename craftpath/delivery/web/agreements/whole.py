"""Everything that the page of one agreement shows: as it stands today, what is to come, and who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from craftpath.delivery.web.agreements.places import trail
from craftpath.delivery.web.agreements.showing import (
    TONES,
    amendment_said,
    left_of,
    not_of_an_agreement,
    pay_lines,
    points,
    tally,
)
from craftpath.delivery.web.agreements.smaller import AbsenceForm
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.signing.showing import lines
from craftpath.domain.agreements import queries, rules, texts
from craftpath.domain.agreements.law import law_of
from craftpath.domain.agreements.states import AGREEMENT
from craftpath.domain.agreements.terms import Terms
from craftpath.kernel.signing import may_sign

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement


def whole_page(request: Request, found: Agreement, **more: Any) -> dict[str, Any]:
    """The context of the page; `more` replaces parts of it, such as a form with its faults."""
    writes, mine = bool(rules.may_write(request.actor, found)), rules.is_own(request.actor, found)
    return {
        "agreement": found,
        "person": found.enrolment.person,
        "state": texts.STATES[found.state],
        "tone": TONES[found.state],
        "writes": writes,
        "mine": mine,
        "over": found.ends_on < request.today,
        "today": request.today,
        "crumbs": trail(request, found),
        **_terms(found),
        **_signing(request, found, writes),
        **_checked(found, writes, mine),
        **_changes(request, found, writes),
        **_away(request, found),
        **_ending(request, found, writes, mine),
        **more,
    }


def _terms(found: Agreement) -> dict[str, Any]:
    terms = Terms.from_json(found.terms)
    return {
        "terms": terms,
        "pay": pay_lines(terms),
        "frequency": texts.FREQUENCIES.get(terms.pay_frequency, "–"),
        "record_form": texts.RECORD_FORMS.get(terms.record_form, "–"),
    }


def _signing(request: Request, found: Agreement, writes: bool) -> dict[str, Any]:
    document = found.document
    signing = lines(document) if document is not None else []
    waits = document is not None and document.is_open
    mine = any(may_sign(request.actor, line.party) and line.signature is None for line in signing)
    key = request.organisation.key
    return {
        "signing": signing,
        "signs": waits and mine,
        "hands_over": waits and writes,
        "pdf": reverse("signing:pdf", args=[key, document.public_id]) if document is not None else "",
    }


def _checked(found: Agreement, writes: bool, mine: bool) -> dict[str, Any]:
    """The checklist, which the apprentice is not shown; and which buttons there are."""
    can = {move: writes and AGREEMENT.can(found.state, move) for move in AGREEMENT.moves}
    shown = writes or not mine
    findings, waivers = (queries.findings_of(found), queries.waivers_of(found)) if shown else ([], {})
    checked = points(findings, waivers, law_of(found.jurisdiction))
    return {
        "points": checked,
        "tally": tally(checked),
        "not_of": not_of_an_agreement(),
        "can": can,
        "edits": bool(rules.can_change(found)) and writes,
        "blocked": can["activate"] and bool(queries.blocking(findings, waivers, "send", "activate")),
    }


def _changes(request: Request, found: Agreement, writes: bool) -> dict[str, Any]:
    rows = queries.amendments_of(found)
    waits = any(row.state == "awaiting_signatures" for row in rows)
    return {
        "amendments": [(row, *amendment_said(row, request.today)) for row in rows],
        "amends": writes and bool(rules.can_amend(found, waiting=waits)),
        "to_come": [row for row in rows if row.state == "agreed" and row.takes_effect_on > request.today],
    }


def _away(request: Request, found: Agreement) -> dict[str, Any]:
    pauses = queries.pauses_of(found)
    rows = queries.absences().filter(agreement=found)[:10]
    asks = found.state == "active" and bool(rules.may_ask_absence(request.actor, found))
    year = max(request.today, found.starts_on).year
    book = queries.leave_books([found])[found.pk] if asks else None
    return {
        "leave": left_of(book, year, request.today),
        "pauses": [(row, texts.REASONS_TO_PAUSE[row.because]) for row in pauses],
        "paused": any(row.resumed_on is None for row in pauses),
        "absences": [(row, texts.ABSENCE_STATES[row.state], TONES[row.state]) for row in rows],
        "absence_form": AbsenceForm(),
        "may_ask": asks,
    }


def _ending(request: Request, found: Agreement, writes: bool, mine: bool) -> dict[str, Any]:
    """The early ending that stands and those that were taken back; until its day everybody sees the day alone."""
    rows = queries.leavings_of(found)
    standing = next((row for row in rows if row.taken_back_at is None), None)
    ends_on = standing.last_day if standing is not None and found.state == "active" else None
    known = standing if writes or mine else None
    return {
        "ends_early_on": ends_on,
        "leaves": writes and bool(rules.can_terminate(found, announced=ends_on is not None)),
        "takes_back": writes and ends_on is not None,
        "taken_back": [row for row in rows if row.taken_back_at is not None] if writes or mine else [],
        "leaving": known
        and {
            "row": known,
            "because": texts.REASONS_TO_LEAVE[known.because],
            "initiator": texts.INITIATORS[known.initiator],
            "follows": known.consequences,
        },
    }
