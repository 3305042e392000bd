"""One's own pairs: those that wait for one's yes, who teaches me, whom I teach, and what I asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.pairing.working import works
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.pairing import queries
from craftpath.domain.pairing.loads import loads
from craftpath.domain.pairing.rules import BOTH_WAYS, WHOLE
from craftpath.domain.pairing.texts import WISH_STATES, WISHES

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Bond, ChangeWish, Pair

MOST = 60
WISH_TONES = {"asked": "info", "seen": "info", "settled": "good", "withdrawn": "plain"}


@dataclass(frozen=True, slots=True)
class Taught:
    """A pair in which one learns: the teachers of today, the deputy, and what one asked for."""

    pair: Pair
    kind: str
    url: str
    teachers: Sequence[saying.BondLine]
    until: str
    wish: ChangeWish | None
    wish_state: tuple[str, str]
    wish_name: str


@dataclass(frozen=True, slots=True)
class Teaching:
    """Somebody whom one teaches."""

    bond: Bond
    kind: str
    url: str
    line: saying.BondLine
    deputy: str
    share: str
    """only of those whom one does not teach alone"""


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """What waits for a yes first; the same few queries however many."""
    me = request.user.pk
    own = queries.pairs().filter(Q(bonds__teacher=me) | Q(bonds__learner=me)).distinct()
    rows = list(own.order_by("-starts_on", "-pk")[:MOST])
    open_ones = [row for row in rows if row.state == "active" and not _over(request, row)]
    wishes = {row.pair_id: row for row in reversed(queries.wishes().filter(person=me)[:MOST])}
    taught = [pair for pair in open_ones if any(bond.learner_id == me for bond in pair.bonds.all())]
    return render(
        request,
        "pairing/mine.html",
        {
            "waiting": [
                (row, saying.kind(row), _others(request, row)) for row in rows if _waits(request, row)
            ],
            "taught": [_taught(request, row, wishes.get(row.pk)) for row in taught],
            "teaching": [one for row in open_ones for one in _teaching(request, row)],
            "load": _load(request, open_ones),
            "works": works(request, [row for row in open_ones if row.starts_on <= request.today]),
            "older": [
                _older(request, row) for row in rows if row not in open_ones and not _waits(request, row)
            ],
            "wish_names": WISHES.items(),
            "tabs": tabs(request, "pairing:mine"),
        },
    )


def _older(request: Request, row: Pair) -> tuple[str, str, str]:
    """(who, what and when, where it stands) in a line."""
    title = saying.title(row, list(row.bonds.all()))
    note = f"{saying.kind(row)} · {saying.days(row.starts_on, row.ends_on)}"
    return title, note, saying.pair_url(request, row)


def _over(request: Request, row: Pair | Bond) -> bool:
    return row.ends_on is not None and row.ends_on <= request.today


def _waits(request: Request, row: Pair) -> bool:
    """Whether a proposal waits for the reader's own yes."""
    me = request.user.pk
    return row.state == "proposed" and any(
        (bond.teacher_id == me and bond.accepted_at is None)
        or (bond.learner_id == me and bond.learner_accepted_at is None)
        for bond in row.bonds.all()
    )


def _others(request: Request, row: Pair) -> str:
    me = request.user.pk
    people = [person for bond in row.bonds.all() for person in (bond.teacher, bond.learner)]
    return " · ".join(dict.fromkeys(person.name for person in people if person.pk != me))


def _taught(request: Request, row: Pair, wish: ChangeWish | None) -> Taught:
    mine = [
        bond for bond in row.bonds.all() if bond.learner_id == request.user.pk and not _over(request, bond)
    ]
    lines = [saying.line(bond, request.today) for bond in mine]
    return Taught(
        row,
        saying.kind(row),
        saying.pair_url(request, row),
        lines,
        saying.last_day(row.ends_on),
        wish,
        (str(WISH_STATES[wish.state]), WISH_TONES[wish.state]) if wish else ("", "plain"),
        str(WISHES[wish.wish]) if wish else "",
    )


def _teaching(request: Request, row: Pair) -> Iterable[Teaching]:
    today = request.today
    for bond in row.bonds.all():
        if bond.teacher_id != request.user.pk or _over(request, bond):
            continue
        deputy = next(
            (one for one in row.bonds.all() if one.instead_of_id == bond.pk and one.on(today)), None
        )
        kind = saying.kind(row) if row.kind in BOTH_WAYS or bond.enrolment_id is None else ""
        url, line = saying.pair_url(request, row), saying.line(bond, today)
        part = line.share if bond.share < WHOLE else ""
        yield Teaching(bond, kind, url, line, deputy.teacher.name if deputy else "", part)


def _load(request: Request, rows: Iterable[Pair]) -> saying.Bar | None:
    """The own load at the place where one teaches; of several the first."""
    own = [bond for row in rows for bond in row.bonds.all() if bond.teacher_id == request.user.pk]
    if not own:
        return None
    return saying.bar(loads([(own[0].place, own[0].teacher)], request.today)[0])
