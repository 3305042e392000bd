"""One round: the newest proposal by teacher, what matters, what was asked and pinned, and the way to pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.matching import saying
from craftpath.delivery.web.matching.forms import AskForm, DropForm, PublishForm, sliders
from craftpath.delivery.web.matching.places import LOOKS_AFTER, found, may_run, to_rounds
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import listed
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.matching import queries
from craftpath.domain.matching.gathering import gather, seats_of, standing_bonds
from craftpath.domain.matching.scoring import perfect
from craftpath.domain.pairing.texts import KINDS

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Mark, Proposal, ProposedPair, Round, Seat


@dataclass(frozen=True, slots=True)
class ArrowLine:
    """A learner with a teacher in a proposal."""

    arrow: ProposedPair
    fit: int | None
    note: str
    pinned: bool
    share: str


@dataclass(frozen=True, slots=True)
class TeacherCard:
    """A teacher of the round with whom the proposal gives to them; bar parts in percent of the room."""

    seat: Seat
    said: str
    carried: str
    added: str
    lines: Sequence[ArrowLine] = field(default=())


@require_GET
@needs(LOOKS_AFTER)
def show(request: Request, organisation: str, row: str) -> HttpResponse:
    """The round as it is; `with` names the proposal to compare with."""
    return render(request, "matching/round.html", page_of(request, found(request, row)))


def page_of(request: Request, row: Round, *, wrong: str = "", form: Form | None = None) -> dict[str, Any]:
    """What the page shows; a form that was refused comes back opened."""
    kept = queries.proposals(row)
    latest = kept[0] if kept else None
    other = _other(request, kept)
    arrows = queries.proposed(latest) if latest else []
    before = queries.proposed(other) if other else []
    runs = may_run(request, row)
    seats = seats_of(row)
    table = gather(row) if row.state in ("open", "asking") else None
    marks = queries.marks(row)
    rooms = (
        {seat.pk: (table.room[at], table.carried[at]) for at, seat in enumerate(table.teachers)}
        if table
        else {}
    )
    learners = [seat for seat in seats if seat.side != "teaches"]
    now = {pk: [bond.teacher for bond in bonds] for pk, bonds in standing_bonds(row, learners).items()}
    placed = {arrow.learner_id for arrow in arrows}
    groups = groups_of(row, arrows)
    cards = _cards(row, seats, arrows, rooms, now, before, marks)
    stale = latest is not None and table is not None and table.digest != latest.digest
    forms: dict[str, Form] = {
        "ask": AskForm(None, initial={"until": row.answers_until}),
        "drop": DropForm(None),
        "publish": PublishForm(None, groups=groups, number=latest.number if latest else 0),
    }
    if wrong and form is not None:
        forms[wrong] = form
    return {
        "row": row,
        "kind_name": KINDS[row.kind],
        "span": saying.span(row),
        "badge": saying.state(row),
        "latest": latest,
        "runs": runs,
        "stale": stale,
        "figures": _figures(row, latest, len(learners), len(placed)),
        "cards": [card for card in cards if card.lines],
        "idle": [card for card in cards if not card.lines] if latest else [],
        "rings": _rings(row, arrows),
        "without": _without(row, table, learners, arrows) if latest else [],
        "sliders": sliders(row.weights, saying.criteria(row.kind)),
        "keeps": row.kind not in ("mutual", "red_white"),
        "marks": marks,
        "can_ask": row.kind != "mutual",
        "stated": queries.stated(row) if row.answers_until else 0,
        "people": len(seats),
        "others": [one for one in kept if latest is not None and one.number != latest.number],
        "other": other,
        "compared": saying.compared(row, latest, other, saying.means(arrows), saying.means(before))
        if latest and other
        else [],
        "changes": _changes(arrows, before) if other else [],
        "forms": forms,
        "wrong": wrong,
        "groups": len({arrow.group for arrow in arrows}),
        "crumbs": to_rounds(request, here(row.name)),
    }


def _other(request: Request, kept: Sequence[Proposal]) -> Proposal | None:
    """The proposal to compare with: the one that was asked for, else the one before."""
    asked = request.GET.get("with", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 0  # noqa: PLR2004
    return next((one for one in kept[1:] if one.number == number), kept[1] if len(kept) > 1 else None)


def _figures(row: Round, latest: Proposal | None, learners: int, placed: int) -> dict[str, Any]:
    if latest is None:
        return {}
    return {
        "fit": saying.fit(latest.total, latest.most),
        "placed": placed,
        "learners": learners,
        "without": latest.without,
        "changed": latest.changed,
        "proven": latest.bound == latest.total,
    }


def _cards(
    row: Round,
    seats: Sequence[Seat],
    arrows: Sequence[ProposedPair],
    rooms: Mapping[int, tuple[int, int]],
    now: Mapping[int, Sequence[Any]],
    before: Sequence[ProposedPair],
    marks: Sequence[Mark],
) -> list[TeacherCard]:
    """Every teacher with the learners that the proposal gives; nothing of rings, which have a list of their own."""
    if row.kind == "mutual":
        return []
    pinned = {(mark.teacher_id, mark.learner_id) for mark in marks if mark.mark == "pin"}
    by_teacher: dict[int, list[ProposedPair]] = {}
    for arrow in arrows:
        by_teacher.setdefault(arrow.teacher_id, []).append(arrow)
    most = perfect(row.weights, row.kind)
    earlier = _by_learner(before)
    return [
        _card(
            seat,
            [
                ArrowLine(
                    arrow,
                    saying.fit(arrow.worth, most),
                    _note(arrow, now.get(arrow.learner.person_id, ()), earlier.get(arrow.learner_id)),
                    (seat.pk, arrow.learner_id) in pinned,
                    f"{arrow.share / 10:.0f} %" if len(row.shares) > 1 else "",
                )
                for arrow in by_teacher.get(seat.pk, [])
            ],
            rooms.get(seat.pk),
        )
        for seat in seats
        if seat.side != "learns"
    ]


def _note(arrow: ProposedPair, now: Sequence[Any], earlier: Sequence[str] | None) -> str:
    """What is taught, whom somebody has now, and whom the proposal before gave, where it is somebody else."""
    said = [f"{arrow.subject} ⇄ {arrow.subject_back}" if arrow.subject_back else arrow.subject]
    if any(person.pk == arrow.teacher.person_id for person in now):
        said.append(pgettext("of pairs", "as now"))
    elif now:
        said.append(_("now with %(names)s") % {"names": listed(person.name for person in now)})
    if earlier and arrow.teacher.person.name not in earlier:
        said.append(_("before: %(names)s") % {"names": listed(earlier)})
    return " · ".join(one for one in said if one)


def _card(seat: Seat, lines: Sequence[ArrowLine], room: tuple[int, int] | None) -> TeacherCard:
    if room is None:
        return TeacherCard(seat, "", "0", "0", lines)
    most, carried = room
    length = max(most, carried + len(lines), 1)
    facts = {"carried": carried, "added": len(lines), "most": most}
    said = _("%(carried)s + %(added)s of %(most)s") % facts if carried else _("%(added)s of %(most)s") % facts
    return TeacherCard(seat, said, f"{100 * carried / length:.2f}", f"{100 * len(lines) / length:.2f}", lines)


def _rings(row: Round, arrows: Sequence[ProposedPair]) -> list[list[ProposedPair]]:
    """The rings of a round among equals, each in the order of its arrows."""
    if row.kind != "mutual":
        return []
    groups: dict[int, dict[int, ProposedPair]] = {}
    for arrow in arrows:
        groups.setdefault(arrow.group, {})[arrow.teacher_id] = arrow
    found = []
    for _number, by_teacher in sorted(groups.items()):
        first = min(by_teacher)
        ring, at = [], first
        while True:
            ring.append(by_teacher[at])
            at = by_teacher[at].learner_id
            if at == first:
                break
        found.append(ring)
    return found


def groups_of(row: Round, arrows: Sequence[ProposedPair]) -> dict[int, str]:
    """group → the two names, of pairs that need a project."""
    if row.kind != "red_white":
        return {}
    return {one.group: f"{one.teacher.person.name} ⇄ {one.learner.person.name}" for one in arrows}


def _without(row: Round, table: Any, learners: Sequence[Seat], arrows: Sequence[ProposedPair]) -> list[Seat]:
    """Who needs a teacher and has none in the proposal."""
    placed = {arrow.learner_id for arrow in arrows}
    if row.kind == "red_white":
        placed |= {arrow.teacher_id for arrow in arrows}
    needs = {seat.pk: table.needs[at] for at, seat in enumerate(table.learners)} if table else {}
    return [seat for seat in learners if seat.pk not in placed and needs.get(seat.pk, 1)]


def _changes(arrows: Sequence[ProposedPair], before: Sequence[ProposedPair]) -> list[tuple[str, str, str]]:
    """(learner, teachers then, teachers now) of everybody whose teachers differ."""
    now, then = _by_learner(arrows), _by_learner(before)
    names = {one.learner_id: one.learner.person.name for one in (*before, *arrows)}
    nobody = _("nobody")
    return [
        (names[pk], listed(then.get(pk, [nobody])), listed(now.get(pk, [nobody])))
        for pk in sorted(names, key=lambda pk: (names[pk], pk))
        if set(now.get(pk, [])) != set(then.get(pk, []))
    ]


def _by_learner(arrows: Sequence[ProposedPair]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in arrows:
        found.setdefault(one.learner_id, []).append(one.teacher.person.name)
    return found
