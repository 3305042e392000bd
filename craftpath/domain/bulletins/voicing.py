"""Voices: written down, asked about, agreed to and taken back by those whose words they are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.bulletins import rules
from craftpath.domain.bulletins.facts import VoiceMoved, VoicePlaced
from craftpath.domain.bulletins.measuring import every_letter
from craftpath.domain.bulletins.models import Bulletin, Voice
from craftpath.domain.bulletins.places import SAID
from craftpath.domain.bulletins.states import VOICE
from craftpath.domain.bulletins.writing import draft, held, plain
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.consents import give_consent
from craftpath.kernel.facts import tell
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


def _held_voice(voice: Voice) -> Voice:
    rows = Voice._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("bulletin__organisation", "person").get(pk=voice.pk)


def _moved(row: Voice, move: str, by: Actor, at: datetime) -> Voice:
    row.state = VOICE.after(row.state, move)
    row.save(update_fields=["state", "words", "about", "asked_at", "answered_at"])
    told = VoiceMoved(row.public_id, row.state)
    tell(told, by=by, at=at, organisation=row.bulletin.organisation, subject=row.bulletin.ref)
    return row


def _said(words: Mapping[str, str]) -> dict[str, str]:
    found = {spoken: plain(words.get(spoken, "")) for spoken in SAID}
    return {spoken: said for spoken, said in found.items() if said}


@action
def add_voice(
    bulletin: Bulletin,
    *,
    made_id: uuid.UUID,
    person: Person | None,
    name: str,
    about: Mapping[str, str],
    words: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Voice:
    """Write down what somebody said. Nobody is quoted by this: whoever said it is asked first.

    It is put on the sheet if there is room. The same `made_id` again is the same voice.
    """
    row = draft(bulletin, by)
    known = Voice._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.bulletin_id != row.pk:
            raise Refused(may_not("bulletins.form_used"))
        return known
    require(rules.can_name(name))
    require(rules.can_quote(_said(words)))
    require(rules.can_keep(every_letter([*_said(about).values()])))
    room = bool(rules.can_place(Voice._base_manager.filter(bulletin=row, placed=True).count()))
    voice = Voice._base_manager.create(
        made_id=made_id, bulletin=row, person=person, name=plain(name), about=_said(about), words=_said(words),
        placed=room, made_by=by.person, made_at=at,
    )  # fmt: skip
    told = VoiceMoved(voice.public_id, voice.state)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return voice


@action
def reword_voice(
    voice: Voice, *, about: Mapping[str, str], words: Mapping[str, str], by: Actor, at: datetime
) -> Voice:
    """Write it otherwise: whoever agreed to other words is asked anew. The same words change nothing."""
    row = _held_voice(voice)
    draft(row.bulletin, by)
    require(rules.can_quote(_said(words)))
    require(rules.can_keep(every_letter([*_said(about).values()])))
    if (row.about, row.words) == (_said(about), _said(words)):
        return row
    row.about, row.words = _said(about), _said(words)
    if row.state == "draft":
        row.save(update_fields=["about", "words"])
        return row
    row.answered_at = None
    return _moved(row, "reword", by, at)


@action
def place_voice(voice: Voice, *, placed: bool, by: Actor, at: datetime) -> Voice:
    """Put it on the sheet, or take it off. Once more changes nothing."""
    row = _held_voice(voice)
    draft(row.bulletin, by)
    if row.placed is placed:
        return row
    if placed:
        others = Voice._base_manager.filter(bulletin=row.bulletin, placed=True).count()
        require(rules.can_place(others))
    row.placed = placed
    row.save(update_fields=["placed"])
    told = VoicePlaced(row.public_id, placed)
    tell(told, by=by, at=at, organisation=row.bulletin.organisation, subject=row.bulletin.ref)
    return row


@action
def ask_voice(voice: Voice, *, by: Actor, at: datetime) -> Voice:
    """Ask whoever said it, with an account on the own page, else by the link. Once more changes nothing."""
    row = _held_voice(voice)
    held(row.bulletin)
    require(rules.may_make(by, row.bulletin.organisation))
    if row.state == "asked":
        return row
    VOICE.after(row.state, "ask")
    require(rules.can_quote(row.words))
    row.asked_at = at
    return _moved(row, "ask", by, at)


@action
def agree_voice(
    voice: Voice, *, by_link: bool = False, of_age: bool = False, by: Actor, at: datetime
) -> Voice:
    """Agree to be quoted with these words: whose they are, signed in, or by the link for whoever has no account.

    With an account it is a consent to the purpose, too; whoever may not consent alone is refused there. By a link one
    says that one is of age, or that a guardian agrees. Once more changes nothing.
    """
    row = _held_voice(voice)
    require(_may_say(row, by_link, by))
    if by_link and not of_age:
        raise Refused(not_now("bulletins.not_of_age"))
    if row.state != "agreed":
        VOICE.after(row.state, "agree")
    if row.person is not None:
        give_consent(row.person, rules.PURPOSE, by=by, at=at)
    if row.state == "agreed":
        return row
    row.answered_at = at
    return _moved(row, "agree", by, at)


@action
def decline_voice(voice: Voice, *, by_link: bool = False, by: Actor, at: datetime) -> Voice:
    """Say no, or take the yes back, at any time: it is gone from the web page at once. Once more changes nothing."""
    row = _held_voice(voice)
    require(_may_say(row, by_link, by))
    if row.state == "declined":
        return row
    row.answered_at = at
    return _moved(row, "decline", by, at)


def _may_say(row: Voice, by_link: bool, by: Actor) -> Verdict:
    if by_link:
        return YES if row.person_id is None else may_not("bulletins.link_of_an_account")
    return rules.may_answer(by, row)
