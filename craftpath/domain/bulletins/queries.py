"""Reading bulletins, their voices and versions; what everybody may read of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Prefetch, Q

from craftpath.domain.bulletins.figures import figures
from craftpath.domain.bulletins.models import PURPOSE, Block, Bulletin, BulletinVersion, Voice
from craftpath.domain.bulletins.places import CHART, FIGURES, PICTURE, PLACES
from craftpath.kernel.consents import of_whom
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.kernel.files import KeptFile
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

_SIGNER = "craftpath.bulletins.voice"
SCHEMA = 1


# ---- Bulletins --------------------------------------------------------------------------------------


def bulletins() -> models.QuerySet[Bulletin]:
    """Those of the open scope, the newest number first."""
    rows = Bulletin.objects.select_related("organisation", "pilot", "made_by", "handed_by", "published_by")
    return rows.order_by("-number", "-pk")


def bulletins_of(organisation: Organisation) -> models.QuerySet[Bulletin]:
    """Those of an organisation and those below it."""
    return bulletins().filter(organisation__path__startswith=organisation.path)


def next_number(organisation: Organisation) -> int:
    """One above the highest."""
    highest = numbered(organisation).aggregate(last=models.Max("number"))
    return int(highest["last"] or 0) + 1


def numbered(organisation: Organisation) -> models.QuerySet[Bulletin]:
    """Those that have a number of an organisation: the number of a draft that was discarded is free again."""
    return Bulletin._base_manager.filter(organisation=organisation).exclude(state="discarded")


def blocks_of(bulletin: Bulletin) -> dict[str, Block]:
    """place → block, in the order of the places; one query."""
    rows = {one.place: one for one in bulletin.blocks.select_related("picture", "changed_by")}
    return {place.key: rows[place.key] for place in PLACES if place.key in rows}


def versions_of(bulletin: Bulletin) -> list[BulletinVersion]:
    """As it was handed in each time, the newest first."""
    return list(bulletin.versions.select_related("kept_by").order_by("-number"))


def last_version(bulletin: Bulletin) -> BulletinVersion | None:
    """As it was handed in last: what is reviewed, and what is published."""
    return bulletin.versions.order_by("number").last()


# ---- Voices -----------------------------------------------------------------------------------------


def voices_of(bulletin: Bulletin) -> list[Voice]:
    """Everybody who was written down, in that order."""
    rows = Voice._base_manager.filter(bulletin=bulletin).select_related("person").order_by("pk")
    found = list(rows)
    for row in found:
        row.bulletin = bulletin
    return found


def voices() -> models.QuerySet[Voice]:
    """Voices of the open scope."""
    return Voice.objects.select_related("bulletin__organisation", "person").order_by("pk")


def voices_said_by(person: Person) -> models.QuerySet[Voice]:
    """What somebody is quoted with anywhere, once it was asked about; the newest first."""
    rows = _asked().filter(person=person)
    return rows.select_related("bulletin__organisation").order_by("-asked_at", "-pk")


def agreeing(rows: Iterable[Voice]) -> list[Voice]:
    """Those who agree now: what they said here, and, with an account, their consent; one query."""
    said = [row for row in rows if row.state == "agreed"]
    people = {row.person_id for row in said if row.person_id is not None}
    consenting = of_whom(people, PURPOSE) if people else set()
    return [row for row in said if row.person_id is None or row.person_id in consenting]


def token_of(voice: Voice) -> str:
    """What stands in the link to a voice; it can be made again, so nothing is kept of it."""
    return Signer(salt=_SIGNER, sep=".").sign(voice.public_id)


def by_token(token: str) -> Voice | None:
    """The voice behind a link, once it was asked about; None for a link that was not made here."""
    try:
        public_id = Signer(salt=_SIGNER, sep=".").unsign(token)
    except BadSignature:
        return None
    return _asked().select_related("bulletin__organisation", "person").filter(public_id=public_id).first()


def _asked() -> models.QuerySet[Voice]:
    """Voices that were asked about, of bulletins that are still to be."""
    return Voice._base_manager.exclude(state="draft").exclude(bulletin__state="discarded")


def quoting(person: str) -> models.QuerySet[Bulletin]:
    """Published ones for which somebody, by the public id, was asked to be quoted."""
    return Bulletin._base_manager.filter(state="published", voices__person__public_id=person).distinct()


# ---- What everybody may read ------------------------------------------------------------------------


def _public() -> models.QuerySet[Bulletin]:
    """Published ones, and those that were withdrawn; asked without a reader, so without a scope."""
    rows = Bulletin._base_manager.filter(state__in=("published", "withdrawn"))
    newest = BulletinVersion.objects.order_by("number")
    return rows.select_related("organisation").prefetch_related(Prefetch("versions", newest))


def public_number(place: str, number: int) -> Bulletin | None:
    """A number of an organisation, by its key; withdrawn ones are found, too, and say so."""
    return _public().filter(organisation__key=place, number=number).first()


def public_list(organisation: Organisation) -> models.QuerySet[Bulletin]:
    """What is published at an organisation, the newest first."""
    return _public().filter(state="published", organisation=organisation).order_by("-number")


def public_content(bulletin: Bulletin) -> dict[str, Any]:
    """What is published, as it was handed in."""
    found = list(bulletin.versions.all())  # as `_public` has fetched them
    return dict(found[-1].content) if found else {}


def public_voices(bulletin: Bulletin, content: Mapping[str, Any]) -> list[Voice]:
    """Those of its voices that agree now, in their places; two queries at most."""
    wanted = content.get("voices", [])
    if not wanted:
        return []
    rows = Voice._base_manager.filter(bulletin=bulletin, public_id__in=wanted).select_related("person")
    return sorted(agreeing(rows), key=lambda row: wanted.index(row.public_id))


# ---- Content ----------------------------------------------------------------------------------------


def content_of(bulletin: Bulletin, today: date) -> dict[str, Any]:
    """Everything on the sheets as it is now, with its figures counted now.

    The name of the organisation is part of it: what is published does not change when that does.
    """
    blocks, counted = blocks_of(bulletin), figures_now(bulletin)
    return content_from(bulletin, blocks, voices_of(bulletin), counted, today)


def figures_now(bulletin: Bulletin) -> dict[str, Any]:
    """key → figure of its period, as it is counted now."""
    return dict(figures(bulletin.organisation, bulletin.since, bulletin.until))


def content_from(
    bulletin: Bulletin,
    blocks: Mapping[str, Block],
    spoken: Iterable[Voice],
    counted: Mapping[str, Any],
    today: date,
) -> dict[str, Any]:
    """The same of what was read already."""
    as_of = min(bulletin.until, today)
    said: dict[str, Any] = {}
    for place in PLACES:
        block = blocks.get(place.key)
        content = dict(block.content) if block is not None else {}
        if place.kind == FIGURES:
            keys = content.get("keys", [])
            content = {"figures": [counted[key].told(as_of) for key in keys if key in counted]}
        elif place.kind == CHART:
            key = content.get("key", "")
            content = {"figure": counted[key].told(as_of)} if key in counted else {}
        elif place.kind == PICTURE:
            content = {**content, **_picture(block.picture if block is not None else None)}
        said[place.key] = content
    return {
        "schema": SCHEMA,
        "organisation": Text.of(bulletin.organisation.name).as_json(),
        "pilot": bulletin.pilot.title.as_json() if bulletin.pilot is not None else {},
        "number": bulletin.number,
        "since": bulletin.since.isoformat(),
        "until": bulletin.until.isoformat(),
        "language": bulletin.language,
        "theme": bulletin.theme,
        "blocks": said,
        "voices": [voice.public_id for voice in spoken if voice.placed],
    }


def _picture(kept: KeptFile | None) -> dict[str, Any]:
    return {"picture": kept.public_id} if kept is not None else {}


def pictures_of(bulletin: Bulletin, content: Mapping[str, Any]) -> dict[str, KeptFile]:
    """public id → kept picture, of those that the content names; one query. Pictures never change, blocks may."""
    from craftpath.kernel.files import KeptFile as Kept  # noqa: PLC0415  (only types above)

    named = [one["picture"] for one in content.get("blocks", {}).values() if one.get("picture")]
    rows = Kept._base_manager.filter(public_id__in=named, organisation=bulletin.organisation)
    return {row.public_id: row for row in rows}


def digest(content: Mapping[str, Any]) -> str:
    """Of a content in its canonical form."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def waiting_for(organisation: Organisation, person: Person | None) -> models.QuerySet[Bulletin]:
    """In review at an organisation or below it, handed in by somebody else."""
    rows = bulletins_of(organisation).filter(state="review")
    return rows.exclude(Q(handed_by=person, handed_by__isnull=False)) if person is not None else rows
