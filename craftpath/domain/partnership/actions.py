"""Writing cooperation agreements, and letting both sides sign them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from craftpath.domain.partnership import rules
from craftpath.domain.partnership.facts import CooperationFiled, CooperationMoved, CooperationSaved
from craftpath.domain.partnership.models import Cooperation
from craftpath.domain.partnership.states import COOPERATION
from craftpath.domain.partnership.wording import cooperation_paper
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.links import SignedLink
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.signing import Party, SigningParty, make_document, sign_document, withdraw_document
from craftpath.values.ref import Ref
from craftpath.values.verdict import require


@action
def draft_cooperation(
    *,
    enterprise: Organisation,
    college: Organisation,
    starts_on: date,
    ends_on: date,
    words: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Cooperation:
    """Write a draft."""
    require(rules.may_write(by, enterprise, college))
    require(rules.can_stand(enterprise, college))
    row = Cooperation(
        enterprise=enterprise,
        college=college,
        starts_on=starts_on,
        ends_on=ends_on,
        words=words,
        made_by=by.person,
        made_at=at,
    )
    row.save()
    _tell(CooperationSaved(row.public_id), row, by=by, at=at)
    return row


@action
def save_cooperation(
    cooperation: Cooperation,
    *,
    starts_on: date,
    ends_on: date,
    words: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Cooperation:
    """Change a draft, whole."""
    row = _locked(cooperation, by)
    row.state = COOPERATION.after(row.state, "save")
    row.starts_on, row.ends_on, row.words = starts_on, ends_on, words
    row.save(update_fields=["state", "starts_on", "ends_on", "words"])
    _tell(CooperationSaved(row.public_id), row, by=by, at=at)
    return row


@action
def send_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """Fix the text; from here on it is signed or taken back."""
    row = _locked(cooperation, by)
    require(rules.can_send(row))
    row.state = COOPERATION.after(row.state, "send")
    paper = cooperation_paper(row.enterprise.title, row.college.title, row.starts_on, row.ends_on, row.words)
    row.document = make_document(
        row.ref,
        kind="cooperation",
        content=paper.as_json(),
        text=paper.plain(),
        parties=[
            Party("enterprise", row.enterprise.title.both(), organisation=row.enterprise),
            Party("college", row.college.title.both(), organisation=row.college),
        ],
        organisation=row.college,
        by=by,
        at=at,
    )
    row.save(update_fields=["state", "document"])
    return row


@action
def recall_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """Take the text back to change it; signatures given so far bind nobody."""
    row = _locked(cooperation, by)
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
        _tell(CooperationMoved(row.public_id, row.state), row, by=by, at=at)
    return complete


@action
def file_cooperation(cooperation: Cooperation, *, number: str, by: Actor, at: datetime) -> Cooperation:
    """Note the authority's filing number."""
    row = _locked(cooperation, by)
    row.filing_no = number
    row.save(update_fields=["filing_no"])
    _tell(CooperationFiled(row.public_id, number), row, by=by, at=at)
    return row


@action
def end_cooperation(cooperation: Cooperation, *, on: date, by: Actor, at: datetime) -> Cooperation:
    """It ends on this day; agreements with apprentices go on."""
    return _move(cooperation, "end", ended_on=on, by=by, at=at)


@action
def void_cooperation(cooperation: Cooperation, *, by: Actor, at: datetime) -> Cooperation:
    """It never comes into force."""
    row = _locked(cooperation, by)
    if row.document is not None and row.document.is_open:
        withdraw_document(row.document, by=by, at=at)
    return _move(row, "void", by=by, at=at)


def _move(
    row: Cooperation, move: str, *, by: Actor, at: datetime, ended_on: date | None = None
) -> Cooperation:
    row = _locked(row, by)
    row.state, row.ended_on = COOPERATION.after(row.state, move), ended_on
    row.save(update_fields=["state", "ended_on"])
    _tell(CooperationMoved(row.public_id, row.state), row, by=by, at=at)
    return row


def _locked(cooperation: Cooperation, by: Actor) -> Cooperation:
    rows = Cooperation.objects.select_for_update(of=("self",))
    row = rows.select_related("enterprise", "college", "document").get(pk=cooperation.pk)
    require(rules.may_write(by, row.enterprise, row.college))
    return row


def _tell(fact: Fact, row: Cooperation, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.college, subject=row.ref)
