"""Where somebody is among the pages of one pair: the row of an address, its tabs and crumbs, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.places import found as found_pair
from craftpath.delivery.web.pairing.places import to_pairs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.mentoring import queries, rules
from craftpath.domain.mentoring.overview import AtWork, at_work
from craftpath.domain.pairing.rules import BOTH_WAYS
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.mentoring.models import Goal, Meeting, PairAgreement
    from craftpath.domain.pairing.models import Pair

TONES = {"in_time": "good", "late": "attention", "never": "wrong"}


def found(request: Request, public_id: str) -> Pair:
    """A pair that the reader sees and may look into; 404 for who sees no such pair, a refusal for who only sees it."""
    row = found_pair(public_id)
    require(rules.may_look(request.actor, row))
    return row


def found_goal(request: Request, public_id: str) -> Goal:
    """A goal of such a pair."""
    row = get_object_or_404(queries.goals(), public_id=plain_id(public_id))
    row.pair = found(request, row.pair.public_id)
    return row


def found_meeting(request: Request, public_id: str) -> Meeting:
    """A meeting of such a pair."""
    row = get_object_or_404(queries.meetings(), public_id=plain_id(public_id))
    row.pair = found(request, row.pair.public_id)
    return row


def found_agreement(request: Request, public_id: str) -> PairAgreement:
    """An agreement of such a pair."""
    row = get_object_or_404(queries.agreements(), public_id=plain_id(public_id))
    row.pair = found(request, row.pair.public_id)
    return row


def stands(request: Request, row: Pair) -> AtWork:
    """How the pair stands today."""
    return at_work([row], request.at)[row.pk]


def head(request: Request, row: Pair, current: str, *further: str) -> dict[str, Any]:
    """Title, what it is, tabs and crumbs, as every page of the pair has them; eight queries."""
    bonds = list(row.bonds.all())
    title, now = saying.title(row, bonds), stands(request, row)
    last = here(further[0]) if further else here(_("Working together"))
    crumbs = [step(request, title, "pairing:pair", row.public_id)]
    if further:
        crumbs.append(step(request, _("Working together"), "mentoring:pair", row.public_id))
    names = " → ".join((_names(row, "teacher"), _names(row, "learner")))
    return {
        "pair": row,
        "title": title if row.kind in BOTH_WAYS else names,
        "kind": saying.kind(row),
        "days": saying.days(row.starts_on, row.ends_on),
        "now": now,
        "tabs": _tabs(request, row, current),
        "crumbs": to_pairs(request, *crumbs, last),
        "writes": bool(rules.may_take_part(request.actor, row, request.today))
        and bool(rules.can_write(row, now.graduated)),
        "runs": bool(rules.may_run(request.actor, row)),
    }


def _names(row: Pair, side: str) -> str:
    lasting = [one for one in row.bonds.all() if one.role != "deputy" and one.ends_on in (None, row.ends_on)]
    return "、".join(dict.fromkeys(getattr(one, side).name for one in lasting))


def _tabs(request: Request, row: Pair, current: str) -> list[dict[str, Any]]:
    places = [
        ("mentoring:pair", _("Goals and meetings")),
        ("mentoring:talk", _("Halfway talk")),
        ("mentoring:product", pgettext("of a pair", "Product")),
        ("mentoring:agreement", pgettext("of a pair", "Agreement")),
        ("mentoring:graduation", pgettext("of a pair", "Graduation")),
    ]
    ids = [request.organisation.key, row.public_id]
    return [
        {"label": label, "url": reverse(name, args=ids), "current": name == current} for name, label in places
    ]


def or_404(value: Any) -> Any:
    """What is there."""
    if value is None:
        raise Http404
    return value
