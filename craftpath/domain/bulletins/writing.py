"""Writing: a bulletin is begun, its blocks are saved as one goes, pictures are hung, its look is chosen."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from craftpath.domain.bulletins import rules
from craftpath.domain.bulletins.facts import BlockChanged, BulletinBegun, LookChanged
from craftpath.domain.bulletins.measuring import every_letter
from craftpath.domain.bulletins.models import Block, Bulletin, BulletinVersion
from craftpath.domain.bulletins.places import (
    BY_KEY,
    CHART,
    DATES,
    FIGURES,
    MOST_DATES,
    MOST_FIGURES,
    PICTURE,
    PLACES,
    SAID,
    VOICES,
)
from craftpath.domain.bulletins.queries import figures_now, next_number, numbered
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import KeptFile, drop, keep
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot

QUIET = timedelta(hours=1)
"""For so long what one person writes in one place is one line of the history."""
_CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def held(bulletin: Bulletin) -> Bulletin:
    """The bulletin under a lock: two presses of one button stand in line here."""
    rows = Bulletin._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "pilot").get(pk=bulletin.pk)


def draft(bulletin: Bulletin, by: Actor) -> Bulletin:
    """The same of one that may be written in."""
    row = held(bulletin)
    require(rules.may_make(by, row.organisation))
    require(rules.can_write(row))
    return row


@dataclass(frozen=True, slots=True)
class Look:
    """Languages, colours, and the days that it tells of."""

    since: date
    until: date
    language: str = "both"
    theme: str = "indigo"


@action
def begin_bulletin(
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    number: int,
    look: Look,
    pilot: Pilot | None = None,
    by: Actor,
    at: datetime,
) -> Bulletin:
    """Begin a number with all its places, still empty. The same `made_id` again is the same bulletin."""
    require(rules.may_make(by, organisation))
    require(rules.can_begin(number, look.since, look.until, pilot, organisation))
    require(rules.can_look(look.language, look.theme))
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # numbers are given in line
    known = Bulletin._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.organisation_id != organisation.pk or known.made_by_id != (
            by.person.pk if by.person else None
        ):
            raise Refused(may_not("bulletins.form_used"))
        return known
    if numbered(organisation).filter(number=number).exists():
        raise Refused(not_now("bulletins.number_taken", number=number, free=next_number(organisation)))
    row = Bulletin._base_manager.create(
        organisation=organisation, made_id=made_id, number=number, pilot=pilot, since=look.since, until=look.until,
        language=look.language, theme=look.theme, made_by=by.person, made_at=at,
    )  # fmt: skip
    Block.objects.bulk_create([Block(bulletin=row, place=place.key) for place in PLACES])
    tell(BulletinBegun(number), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def set_look(bulletin: Bulletin, look: Look, *, by: Actor, at: datetime) -> Bulletin:
    """Choose languages, colours and days. The same again changes nothing."""
    row = draft(bulletin, by)
    require(rules.can_tell_of(look.since, look.until))
    require(rules.can_look(look.language, look.theme))
    if (row.since, row.until, row.language, row.theme) == (look.since, look.until, look.language, look.theme):
        return row
    row.since, row.until, row.language, row.theme = look.since, look.until, look.language, look.theme
    row.save(update_fields=["since", "until", "language", "theme"])
    tell(LookChanged(row.number), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def save_block(
    bulletin: Bulletin, place: str, content: Mapping[str, Any], *, revision: int, by: Actor, at: datetime
) -> Block:
    """Write in a place on the revision that one has read.

    What stands there already changes nothing, however often it is sent; words on an older revision are refused, so
    that nobody writes over what a colleague wrote meanwhile.
    """
    row = draft(bulletin, by)
    if place not in BY_KEY or BY_KEY[place].kind == VOICES:
        raise Refused(not_now("bulletins.place_unknown"))
    block = _held_block(row, place)
    clean = _clean(row, block, content)
    if clean == block.content:
        return block
    if revision != block.revision:
        who = block.changed_by.name if block.changed_by is not None else "–"
        raise Refused(not_now("bulletins.changed_meanwhile", who=who))
    block.content = clean
    return _written(row, block, by, at)


@action
def hang_picture(
    bulletin: Bulletin,
    place: str,
    content: bytes,
    name: str,
    *,
    alt: Mapping[str, str],
    by: Actor,
    at: datetime,
) -> Block:
    """Hang a picture, or another one; it is drawn anew, so that it tells neither where nor with what it was taken."""
    row = draft(bulletin, by)
    if place not in BY_KEY or BY_KEY[place].kind != PICTURE:
        raise Refused(not_now("bulletins.place_unknown"))
    words = _said(alt)
    if not any(words.values()):
        raise Refused(not_now("bulletins.picture_without_words"))
    require(rules.can_keep(every_letter(words)))
    found = media.photo(content)
    block = _held_block(row, place)
    if block.picture is not None and block.picture.bytes() == found.content:
        return block
    old = block.picture
    block.picture = keep(found.content, name, organisation=row.organisation, by=by, at=at)
    # Who is on the new one is a question of its own.
    block.content = {key: one for key, one in block.content.items() if key == "caption"} | {"alt": words}
    made = _written(row, block, by, at)
    _let_go(old)
    return made


@action
def remove_picture(bulletin: Bulletin, place: str, *, by: Actor, at: datetime) -> Block:
    """Take a picture down with its words; twice is once."""
    row = draft(bulletin, by)
    if place not in BY_KEY or BY_KEY[place].kind != PICTURE:
        raise Refused(not_now("bulletins.place_unknown"))
    block = _held_block(row, place)
    if block.picture is None:
        return block
    old, block.picture, block.content = block.picture, None, {}
    made = _written(row, block, by, at)
    _let_go(old)
    return made


def _let_go(old: KeptFile | None) -> None:
    """Forget a picture that no version shows."""
    if old is None:
        return
    versions = BulletinVersion.objects.filter(bulletin__organisation=old.organisation_id)
    shown = any(
        old.public_id in every_letter(content) for content in versions.values_list("content", flat=True)
    )
    if not shown and not Block.objects.filter(picture=old).exists():
        drop(old)


def _held_block(row: Bulletin, place: str) -> Block:
    rows = Block.objects.select_for_update(of=("self",), no_key=True).select_related("picture", "changed_by")
    return rows.get(bulletin=row, place=place)


def _written(row: Bulletin, block: Block, by: Actor, at: datetime) -> Block:
    """Save it, and tell it unless the same person has just been told of here."""
    mine = block.changed_by_id is not None and by.person is not None and block.changed_by_id == by.person.pk
    fresh = not mine or block.changed_at is None or at - block.changed_at > QUIET
    block.revision += 1
    block.changed_by, block.changed_at = by.person, at
    block.save(update_fields=["content", "picture", "revision", "changed_by", "changed_at"])
    if fresh:
        told = BlockChanged(row.number, block.place)
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return block


# ---- What a place keeps -----------------------------------------------------------------------------


def _clean(row: Bulletin, block: Block, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the place keeps of what was sent: its own fields, as texts, within bounds."""
    place = BY_KEY[block.place]
    if place.kind == FIGURES:
        keys = [key for key in dict.fromkeys(content.get("keys", [])) if isinstance(key, str) and key]
        _known(row, keys)
        return {"keys": keys[:MOST_FIGURES]}
    if place.kind == CHART:
        key = str(content.get("key", ""))
        _known(row, [key] if key else [])
        return {"key": key} if key else {}
    if place.kind == DATES:
        return {"lines": _dates(content.get("lines", []))}
    clean: dict[str, Any] = {field.name: _said(content.get(field.name)) for field in place.fields}
    if place.kind == PICTURE:
        clean["alt"] = _said(content.get("alt"))
        clean["people"] = content.get("people") if content.get("people") in ("nobody", "agreed") else ""
        clean["agreed"] = plain(str(content.get("agreed", "")))[: rules.LONGEST_REASON]
    require(rules.can_keep(every_letter(clean)))
    return clean


def _known(row: Bulletin, keys: list[str]) -> None:
    if keys and not set(keys) <= set(figures_now(row)):
        raise Refused(not_now("bulletins.figure_unknown"))


def _said(words: Any) -> dict[str, str]:
    table = words if isinstance(words, Mapping) else {}
    found = {spoken: plain(str(table.get(spoken, "") or "")) for spoken in SAID}
    return {spoken: said for spoken, said in found.items() if said}


def plain(words: str) -> str:
    """Words without what no sheet shows: control characters, marks that turn the direction, spaces at the ends."""
    return _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")).strip()


def _dates(lines: Any) -> list[dict[str, Any]]:
    found = []
    for line in list(lines)[:MOST_DATES] if isinstance(lines, list | tuple) else ():
        on, what = str(line.get("on", "")).strip(), _said(line.get("what"))
        if not on and not what:
            continue
        try:
            day = date.fromisoformat(on)
        except ValueError:
            raise Refused(not_now("bulletins.date_unclear")) from None
        require(rules.can_keep(every_letter(what)))
        found.append({"on": day.isoformat(), "what": what})
    return sorted(found, key=lambda one: one["on"])
