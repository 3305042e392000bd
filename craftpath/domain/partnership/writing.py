"""Writing cooperation agreements, and letting all sides sign them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.facts import CooperationFiled, CooperationMoved, CooperationSaved
from craftpath.domain.partnership.models import Cooperation, Side
from craftpath.domain.partnership.queries import duties_of
from craftpath.domain.partnership.states import COOPERATION
from craftpath.domain.partnership.wording import cooperation_paper
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.links import SignedLink
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import Party, SigningParty, make_document, sign_document, withdraw_document
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import require


@action
def draft_cooperation(
    *,
    sides: Sequence[Organisation],
    starts_on: date,
    ends_on: date,
    words: dict[str, Any],
    name: dict[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Cooperation:
    """Write a draft; without a name it is called after its sides."""
    require(rules.may_write(by, sides))
    require(rules.can_stand(sides))
    keeper = next((side for side in sides if rules.role_of(side) == "college"), sides[0])
    row = Cooperation(
        organisation=keeper,
        name=name or _called(sides),
        starts_on=starts_on,
        ends_on=ends_on,
        words=words,
        made_by=by.person,
        made_at=at,
    )
    row.save()
    Side.objects.bulk_create(
        Side(cooperation=row, organisation=side, role=rules.role_of(side), order=order)
        for order, side in enumerate(sides, start=1)
    )
    tell_of(row, CooperationSaved(row.public_id), by=by, at=at)
    return row


def _called(sides: Sequence[Organisation]) -> dict[str, str]:
    said = {language: " · ".join(side.title.say(language) for side in sides) for language in ("zh", "en")}
    return Text(**said).as_json()


@action
def save_cooperation(
    cooperation: Cooperation,
    *,
    starts_on: date,
    ends_on: date,
    words: dict[str, Any],
    name: dict[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> Cooperation:
    """Change a draft, whole."""
    row, _sides = locked(cooperation, by)
    row.state = COOPERATION.after(row.state, "save")
    row.starts_on, row.ends_on, row.words, row.name = starts_on, ends_on, words, name or row.name
    row.save(update_fields=["state", "starts_on", "ends_on", "words", "name"])
    tell_of(row, CooperationSaved(row.public_id), by=by, at=at)
    return row


@action
def send_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """Fix the text; from here on it is signed or taken back."""
    row, sides = locked(cooperation, by)
    require(rules.can_send(row, [side.role for side in sides]))
    row.state = COOPERATION.after(row.state, "send")
    paper = cooperation_paper(row, sides, duties_of(row))
    row.document = make_document(
        row.ref,
        kind="cooperation",
        content=paper.as_json(),
        text=paper.plain(),
        parties=_parties(sides),
        organisation=row.organisation,
        by=by,
        at=at,
    )
    row.save(update_fields=["state", "document"])
    return row


def _parties(sides: Sequence[Side]) -> list[Party]:
    """Each side signs as what it is; of several of a kind the second one is `enterprise2`."""
    seen: Counter[str] = Counter()
    found = []
    for side in sides:
        seen[side.role] += 1
        number = seen[side.role] if seen[side.role] > 1 else ""
        name, place = side.organisation.title.both(), side.organisation
        found.append(Party(f"{side.role}{number}", name, organisation=place))
    return found


@action
def recall_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """Take the text back to change it; signatures given so far bind nobody."""
    row, _sides = locked(cooperation, by)
    row.state = COOPERATION.after(row.state, "recall")
    if row.document is not None:
        withdraw_document(row.document, by=by, at=at)
    row.document = None
    row.save(update_fields=["state", "document"])
    return row


@action
def sign_cooperation(
    party: SigningParty, *, seen: str, link: SignedLink | None = None, by: Actor, at: datetime
) -> bool:
    """Sign for one side; with the last signature it is in force. Returns whether it is."""
    complete = sign_document(party, seen=seen, link=link, by=by, at=at)
    public_id = Ref.parse(party.document.subject).public_id
    row = Cooperation._base_manager.select_for_update().get(public_id=public_id)
    if complete and row.state == "awaiting_signatures":
        row.state = COOPERATION.after(row.state, "sign")
        row.save(update_fields=["state"])
        tell_of(row, CooperationMoved(row.public_id, row.state), by=by, at=at)
    return complete


@action
def file_cooperation(cooperation: Cooperation, *, number: str, by: Actor, at: datetime) -> Cooperation:
    """Note the authority's filing number."""
    row, _sides = locked(cooperation, by)
    require(rules.can_give(row))
    row.filing_no = number
    row.save(update_fields=["filing_no"])
    tell_of(row, CooperationFiled(row.public_id, number), by=by, at=at)
    return row


@action
def end_cooperation(cooperation: Cooperation, *, on: date, by: Actor, at: datetime) -> Cooperation:
    """It ends on this day; agreements with apprentices go on."""
    return _move(cooperation, "end", ended_on=on, by=by, at=at)


@action
def void_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """It never comes into force."""
    row, _sides = locked(cooperation, by)
    if row.document is not None and row.document.is_open:
        withdraw_document(row.document, by=by, at=at)
    return _move(row, "void", by=by, at=at)


def _move(
    row: Cooperation, move: str, *, by: Actor, at: datetime, ended_on: date | None = None
) -> Cooperation:
    row, _sides = locked(row, by)
    row.state, row.ended_on = COOPERATION.after(row.state, move), ended_on
    row.save(update_fields=["state", "ended_on"])
    tell_of(row, CooperationMoved(row.public_id, row.state), by=by, at=at)
    return row


def locked(cooperation: Cooperation, by: Actor) -> tuple[Cooperation, list[Side]]:
    """The agreement, locked, with its sides; refused to whoever acts for none of them."""
    rows = Cooperation.objects.select_for_update(of=("self",)).select_related("organisation", "document")
    row = rows.get(pk=cooperation.pk)
    sides = list(row.sides.select_related("organisation").order_by("order"))
    require(rules.may_write(by, [side.organisation for side in sides]))
    return row, sides


def tell_of(row: Cooperation, fact: Fact, *, by: Actor, at: datetime) -> None:
    """Tell a fact in the history of the organisation that keeps the papers."""
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
