"""What the people of pairs do together, in a line each: for one's own pairs and for the page of a pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day
from craftpath.domain.mentoring import queries, rules
from craftpath.domain.mentoring.overview import AtWork, at_work
from craftpath.domain.mentoring.texts import RHYTHMS

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair

TONES = {"in_time": "good", "late": "attention", "never": "wrong"}


@dataclass(frozen=True, slots=True)
class Work:
    """One pair: who else is in it, what waits, and where to go."""

    pair: Pair
    others: str
    notes: Sequence[str]
    rhythm: tuple[Any, str] | None
    waits: int
    url: str
    meet: str
    """where to write a meeting down; empty for whoever does not meet in it"""


def works(request: Request, pairs: Iterable[Pair]) -> list[Work]:
    """One for each pair that the reader may look into, in their order; nine queries however many."""
    rows = [row for row in pairs if row.state in ("active", "ended") and rules.may_look(request.actor, row)]
    if not rows:
        return []
    known, waiting = at_work(rows, request.at), queries.waiting_for(request.user, rows)
    return [_work(request, known[row.pk], waiting.get(row.pk, 0)) for row in rows]


def _work(request: Request, now: AtWork, waits: int) -> Work:
    row, me = now.pair, request.user.pk
    people = [
        one for bond in row.bonds.all() if bond.role != "deputy" for one in (bond.teacher, bond.learner)
    ]
    ids = [request.organisation.key, row.public_id]
    takes = now.going and bool(rules.may_take_part(request.actor, row, now.today))
    return Work(
        row,
        " · ".join(dict.fromkeys(one.name for one in people if one.pk != me)),
        list(_notes(now)),
        (RHYTHMS[now.rhythm], TONES[now.rhythm]) if now.going and now.rhythm != "in_time" else None,
        waits,
        reverse("mentoring:pair", args=ids),
        reverse("mentoring:meet", args=ids) if takes else "",
    )


def _notes(now: AtWork) -> Iterable[str]:
    if now.graduated:
        yield _("graduated")
        return
    if now.going:
        said = _("next meeting by %(day)s") if now.rhythm == "in_time" else _("was due by %(day)s")
        yield said % {"day": day(now.next_on)}
    if now.open_goals:
        yield ngettext("%(count)s goal open", "%(count)s goals open", now.open_goals) % {
            "count": now.open_goals
        }
    elif now.going and now.lacking:
        yield _("a goal is missing")
    if now.talk_is_due:
        yield _("halfway talk due")
    if now.agreement is not None and now.agreement.state == "awaiting":
        yield _("agreement to sign")
