"""A city's star is handed over: asked for by an officer, written by a worker, kept as a record of its own.

Names never leave, and keys leave as pseudonyms only: a keyed hash whose secret is sealed here. Whoever has the lake
cannot try all public ids, since without the secret no hash can be made; the same person has the same pseudonym in each
hand-over of this city, so that cohorts can be followed, and another one in every other city.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from craftpath.domain.apprenticeships import starred as apprenticeships
from craftpath.domain.insight import rules
from craftpath.domain.insight.dimensions import Classes, Counties
from craftpath.domain.insight.facts import HandoverAsked, HandoverFetched, HandoverMade, HandoverRefused
from craftpath.domain.insight.models import County, Handover, LakeKey
from craftpath.domain.insight.publishing import hold
from craftpath.domain.insight.rows import CLASS_ROWS, HOUSE_ROWS, Houses, Row, owners
from craftpath.domain.insight.states import HANDOVER
from craftpath.engines.indicators import DIMENSIONS, NOT_APPLICABLE, STAR, VERSION
from craftpath.engines.indicators.star import Kind
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tokens import sealed, unsealed
from craftpath.values.verdict import Refused, Verdict, not_now, require

BYTES, LETTERS = 32, 32
AT_ONCE = 200  # classes that are read at one time
JOB = "handover"
Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written: what stands in its manifest, and an archive on the disk where the site keeps one."""

    digest: str
    files: int
    rows: int
    path: Path | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class CityKeys:
    """The keys of a city, opened: how a key becomes a pseudonym, and what signs."""

    secret: bytes
    signs: Ed25519PrivateKey

    def pseudonym(self, kind: str, key: str) -> str:
        """Thirty-two letters for a key of one kind; what does not apply stays so."""
        if key == NOT_APPLICABLE:
            return key
        return hmac.new(self.secret, f"{kind}:{key}".encode(), hashlib.sha256).hexdigest()[:LETTERS]

    @property
    def public(self) -> str:
        """The public half of what signs, in hexadecimal."""
        return self.signs.public_key().public_bytes_raw().hex()


@action
def ask_handover(
    organisation: Organisation,
    *,
    made_id: UUID,
    receiver: str,
    purpose: str,
    later: bool = True,
    by: Actor,
    at: datetime,
) -> Handover:
    """Ask for the star of a city; a worker makes it, unless whoever asks does so at once. Pressed twice: once."""
    require(rules.may_hand_over(by, organisation))
    require(rules.can_ask(receiver, purpose))
    hold(organisation)
    known = Handover._base_manager.filter(made_id=made_id).first()
    if known is not None:
        return known
    row = Handover(
        made_id=made_id,
        organisation=organisation,
        city=city_code(organisation),
        receiver=receiver.strip(),
        purpose=purpose.strip(),
        asked_by=by.person,
        asked_at=at,
    )
    row.save()
    told = HandoverAsked(row.receiver, row.purpose)
    tell(told, by=by, at=at, organisation=organisation, subject=row.ref)
    if later:
        enqueue(JOB, row.pk)
    return row


@action
def make_handover(handover: Handover, packed: Packed, *, by: Actor, at: datetime) -> Handover:
    """Keep what was written, and the record of it. Another worker may have been quicker: then nothing changes."""
    require(rules.may_hand_over(by, handover.organisation))
    row = _held(handover)
    if row.state != HANDOVER.start:
        return row
    if packed.path is not None:
        row.kept = keep_file(packed.path, packed.name, organisation=row.organisation, by=by, at=at)
    row.state, row.ended_at = HANDOVER.after(row.state, "make"), at
    row.digest, row.files, row.rows, row.schema = packed.digest, packed.files, packed.rows, VERSION
    row.signer = LakeKey.objects.get(organisation=row.organisation).public
    row.save()
    told = HandoverMade(row.digest, packed.files, packed.rows)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def refuse_handover(handover: Handover, verdict: Verdict, *, by: Actor, at: datetime) -> Handover:
    """It came to nothing; the reason is kept for whoever asked."""
    row = _held(handover)
    if row.state == HANDOVER.start:
        row.state, row.ended_at, row.reason = HANDOVER.after(row.state, "refuse"), at, verdict.reason
        row.save(update_fields=["state", "ended_at", "reason"])
        tell(HandoverRefused(row.reason), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def fetch_handover(handover: Handover, *, by: Actor, at: datetime) -> Handover:
    """Whoever may hand over downloads the archive, and it is recorded."""
    require(rules.may_hand_over(by, handover.organisation))
    if handover.kept_id is not None:
        told = HandoverFetched(handover.digest)
        tell(told, by=by, at=at, organisation=handover.organisation, subject=handover.ref)
    return handover


@action
def city_keys(organisation: Organisation, *, by: Actor, at: datetime) -> CityKeys:
    """The keys with which a city hands over; made at the first time, and sealed at once."""
    require(rules.may_hand_over(by, organisation))
    hold(organisation)
    row = LakeKey.objects.filter(organisation=organisation).first()
    if row is None:
        signs = Ed25519PrivateKey.generate()
        row = LakeKey(
            organisation=organisation,
            secret=sealed(secrets.token_hex(BYTES)),
            signs=sealed(signs.private_bytes_raw().hex()),
            public=signs.public_key().public_bytes_raw().hex(),
            made_at=at,
        )
        row.save()
    secret, private = unsealed(row.secret), unsealed(row.signs)
    if not secret or not private:
        raise Refused(not_now("insight.keys_not_opened"))
    return CityKeys(bytes.fromhex(secret), Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private)))


def city_code(organisation: Organisation) -> str:
    """The code under which a city stands in a lake; refused where nobody has said it."""
    row = County._base_manager.filter(organisation=organisation).first()
    if row is None:
        raise Refused(not_now("insight.no_county", name=organisation.title.both()))
    return row.code


def star_of(organisation: Organisation, keys: CityKeys, at: datetime) -> Iterator[tuple[str, Columns]]:
    """(table, columns) of what belongs to the organisation and those below it, a portion at a time, pseudonymised."""
    counties = Counties()
    inside = set(organisation.below().values_list("pk", flat=True))
    classes = [pk for pk, college in apprenticeships.classes() if college in inside]
    for first in range(0, len(classes), AT_ONCE):
        known = Classes(classes[first : first + AT_ONCE], now=at, counties=counties)
        for table, rows in CLASS_ROWS.items():
            yield from _columns(table, rows(known), keys)
    for table, rows_of in HOUSE_ROWS.items():
        there = Houses(sorted(owners(table) & inside), now=at, counties=counties)
        yield from _columns(table, rows_of(there), keys)


def _columns(table: str, rows: Iterator[Row], keys: CityKeys) -> Iterator[tuple[str, Columns]]:
    kept = list(rows)
    if not kept:
        return
    star = STAR[table]
    columns: Columns = dict(
        zip(DIMENSIONS, map(list, zip(*(dims for _owner, dims, _own in kept), strict=True)), strict=True)
    )
    own = map(list, zip(*(own for _owner, _dims, own in kept), strict=True))
    columns |= dict(zip((column.name for column in star.own), own, strict=True))
    for column in star.columns:
        if column.kind is Kind.KEY:
            columns[column.name] = _hidden(column.name, columns[column.name], keys.pseudonym)
    yield table, columns


def _hidden(kind: str, values: Sequence[str], pseudonym: Callable[[str, str], str]) -> list[str]:
    known = {value: pseudonym(kind, value) for value in set(values)}
    return [known[value] for value in values]


def _held(handover: Handover) -> Handover:
    return (
        Handover._base_manager.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=handover.pk)
    )
