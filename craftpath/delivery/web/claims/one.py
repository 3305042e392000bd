"""The page of one claim: for whoever claims, and for the officer with the evidence beside the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.claims import saying, signed
from craftpath.delivery.web.claims.forms import FileForm, RefuseForm, ReturnForm, VerifyForm
from craftpath.delivery.web.claims.places import own_claim, owns, read_claim, to_claim
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.claims import actions, queries, rules, standing
from craftpath.domain.claims.states import CLAIM, WRITABLE
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.claims.models import Claim

MOST_DOUBLES = 20


@require_GET
def claim(request: Request, organisation: str, claim: str) -> HttpResponse:
    """Everything of it that the reader may see."""
    return render(request, "claims/claim.html", page_of(request, read_claim(request, claim)))


def page_of(request: Request, row: Claim, **bound: Form) -> dict[str, Any]:
    """What the page shows: a constant number of queries however much it holds."""
    own, verifies = owns(request, row), bool(rules.may_verify(request.actor, row))
    doubles = list(queries.doubles_of(row)[:MOST_DOUBLES]) if verifies else []
    seen = own or verifies
    proofs = signed.of(request, row) if seen else []
    return {
        "row": row,
        "own": own,
        "verifies": verifies,
        "badge": saying.badge(row, request.today),
        "level": saying.level(row),
        "span": saying.span(row),
        "waits": saying.waits(row.claimed_at, request.today) if row.state == "claimed" else "",
        "fields": saying.fields(row),
        "place": text(row.organisation.name),
        "counts": rules.counts(row, request.today),
        "may_count": row.state in WRITABLE,
        "asked": [
            text(one.title) for one in standing.kinds_that_ask(row.scheme, row.level, request.organisation)
        ],
        "evidence": list(row.evidence.all()) if seen else [],
        "signed": proofs,
        "decisions": saying.decisions(row),
        "unread": saying.NOTICES[row.state] if _unread(row, own) else "",
        "crumbs": to_claim(request, row),
        "doubles": [_double(request, row, one) for one in doubles],
        "writes": own and row.state in WRITABLE,
        "can": {move for move in CLAIM.moves if CLAIM.can(row.state, move)} if seen else set(),
        "file": FileForm(),
        **(_forms(row, any(one["sure"] for one in proofs)) if verifies else {}),
    } | bound


def _unread(row: Claim, own: bool) -> bool:
    return own and row.decided_at is not None and row.told_at is None and row.state in saying.NOTICES


def _forms(row: Claim, sure: bool) -> dict[str, Form]:
    """What an officer may press; a signature that is sure is offered as the way it was verified, no more."""
    initial = {"how": "signature"} if sure else {}
    return {
        "verify": VerifyForm(row=row, doubles=queries.doubles_of(row).count(), initial=initial),
        "return": ReturnForm(row=row, auto_id="return_%s"),
        "refuse": RefuseForm(row=row, auto_id="refuse_%s"),
        "revoke": RefuseForm(row=row, auto_id="revoke_%s"),
    }


def _double(request: Request, row: Claim, other: Claim) -> dict[str, Any]:
    """The other side: by name where the reader looks after it, else only that there is one."""
    mine = bool(rules.may_verify(request.actor, other))
    return {
        "row": other if mine else None,
        "name": other.person.name if mine else "",
        "place": text(other.organisation.name),
        "badge": saying.badge(other, request.today),
        "level": saying.level(other) if mine else "",
        "issuer": other.issuer if mine else "",
        "differs": other.issuer_key != row.issuer_key,
    }


@require_POST
def own(request: Request, organisation: str, claim: str, verb: str) -> HttpResponse:
    """Whoever claims takes it back, or has read what was decided."""
    row = own_claim(request, claim)
    if verb == "withdraw":
        actions.withdraw_claim(row, by=request.actor, at=request.at)
        messages.success(request, _("Withdrawn. Its files are deleted."))
    elif verb == "read":
        actions.read_decision(row, by=request.actor, at=request.at)
    else:
        raise Http404
    return redirect("claims:claim", organisation, row.public_id)


_DONE = {
    "verify": lambda: _("Verified. It counts from now on."),
    "return": lambda: _("Given back with your words."),
    "refuse": lambda: pgettext("a claim", "Refused."),
    "revoke": lambda: _("Taken back. It counts no more."),
}
_ACTS = {
    "verify": actions.verify_claim,
    "return": actions.return_claim,
    "refuse": actions.refuse_claim,
    "revoke": actions.revoke_claim,
}


@require_POST
@needs(Permission.VERIFY_CLAIMS)
def decide(request: Request, organisation: str, claim: str, verb: str) -> HttpResponse:
    """Verify it, give it back, refuse it, take a verification back."""
    row = read_claim(request, claim)
    require(rules.may_verify(request.actor, row))
    if verb not in _ACTS:
        raise Http404
    form = _posted(request, row, verb)

    def act() -> None:
        given = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "looked"}
        _ACTS[verb](row, **given, by=request.actor, at=request.at)  # type: ignore[operator]

    status = tried(request, form, _DONE[verb](), act)
    if not status:
        return redirect("claims:claim", organisation, row.public_id)
    return render(request, "claims/claim.html", page_of(request, row, **{verb: form}), status=status)


def _posted(request: Request, row: Claim, verb: str) -> Form:
    if verb == "verify":
        return VerifyForm(request.POST, row=row, doubles=queries.doubles_of(row).count())
    if verb == "return":
        return ReturnForm(request.POST, row=row, auto_id="return_%s")
    return RefuseForm(request.POST, row=row, auto_id=f"{verb}_%s")
