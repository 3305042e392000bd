"""The whole record as one signed file: a Comprehensive Learner Record that any program can check.

Certificates go into it as they were signed. Every other entry becomes a credential of its own, signed with the same
key: `achievementType` says its section, results say its lines. What was brought along from elsewhere stays out: this
site saw its signature and not the facts.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timezone import localdate

from craftpath.domain.certificates.keys import issuer_id, method_of, signing_key
from craftpath.domain.certificates.queries import certificates_of
from craftpath.domain.passport import rules, wording
from craftpath.domain.passport.facts import RecordCarried
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.queries import issuing_place
from craftpath.domain.passport.record import KIND, PLACE, STATE, Entry, Line, Record, told
from craftpath.engines.credentials import documents, sign
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.engines.credentials import SigningKey
    from craftpath.kernel.people import Person


MOST = 200
"""Credentials of one file, the newest of each section first: of more it says that it is a part."""


@dataclass(frozen=True, slots=True)
class _Signer:
    """Who signs, as what, and when."""

    issuer: documents.Issuer
    key: SigningKey
    at: datetime

    def signed(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with a proof."""
        method = method_of(self.issuer.id, self.key.public_multikey)
        return sign(document, self.key, method=method, created=self.at)


@action
def carry_record(person: Person, *, by: Actor, at: datetime) -> str:
    """The record as JSON-LD, signed with the key of the organisation where the person learned last."""
    require(rules.is_own(by, person))
    place = issuing_place(person, localdate(at))
    if place is None:
        raise Refused(not_now("passport.nobody_to_sign"))
    _row, key = signing_key(place, by=system(place), at=at)
    issuer = documents.Issuer(issuer_id(place, key), _called(place).both(), settings.ADDRESS)
    found = record_of(person, localdate(at))
    content = written(
        found, source_of(person), _holder(person), issuer=issuer, key=key, at=at, inside=_certificates(person)
    )
    tell(RecordCarried("jsonld"), by=by, at=at, subject=Ref("kernel", "person", person.public_id))
    return content


def written(
    found: Record,
    source: str,
    holder: documents.Holder,
    *,
    issuer: documents.Issuer,
    key: SigningKey,
    at: datetime,
    inside: Iterable[dict[str, Any]] = (),
) -> str:
    """The file: `source` names the record, `inside` are credentials that are signed already."""
    signer = _Signer(issuer, key, at)
    credentials = [*inside, *_entries(found, holder, signer)]
    require(rules.can_be_carried(len(credentials)))
    document = documents.record(
        id=source,
        issuer=issuer,
        holder=holder,
        credentials=credentials[:MOST],
        name=f"学习档案 Learner record · {found.name}",
        valid_from=at,
        partial=len(credentials) > MOST,
    )
    return json.dumps(signer.signed(document), ensure_ascii=False, indent=1)


def _called(place: Organisation) -> Text:
    """The name of whoever signs; of a campus with its college, since elsewhere nobody knows whose it is."""
    own = Text.of(place.name)
    above = Organisation.objects.filter(path=place.path[: -Organisation.steplen]).first()
    if place.kind != Kind.CAMPUS or above is None:
        return own
    whole = Text.of(above.name)
    return Text(f"{whole.say('zh')}{own.say('zh')}", f"{own.say('en')}, {whole.say('en')}")


def source_of(person: Person) -> str:
    """What every file of this record is called, so that a newer one is known as such."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{settings.ADDRESS}/record/{person.public_id}").urn


def _holder(person: Person) -> documents.Holder:
    """By name; by mail so that only whoever knows the address recognises it. No day of birth, no number."""
    some = [documents.Identifier(person.name, "name")]
    if person.name_latin and person.name_latin != person.name:
        some.append(documents.Identifier(person.name_latin, "name"))
    if person.email:
        some.append(documents.Identifier(person.email.lower(), "emailAddress", secrets.token_hex(8)))
    return documents.Holder(identifiers=tuple(some))


def _certificates(person: Person) -> Iterable[dict[str, Any]]:
    """Those that nobody took back, with the signature that they have."""
    rows = certificates_of(person).filter(state="issued").exclude(key__state="revoked")
    return (row.credential for row in rows)


def _entries(found: Record, holder: documents.Holder, signer: _Signer) -> Iterable[dict[str, Any]]:
    for section, entry in found.entries():
        signed_already = entry.ref is not None and entry.ref.noun == "certificates"
        if entry.origin is None and not signed_already:
            yield signer.signed(_credential(section, entry, holder, signer))


def _credential(section: str, entry: Entry, holder: documents.Holder, signer: _Signer) -> dict[str, Any]:
    name = uuid.uuid5(
        uuid.NAMESPACE_URL, f"{settings.ADDRESS}/{section}/{entry.ref}/{entry.title}/{entry.first}"
    )
    lines = list(_lines(entry))
    scales = [documents.Scale(f"{name.urn}#{end}", one.label.both(), kind="Result") for end, one in lines]
    document = documents.achievement(
        id=name.urn,
        issuer=signer.issuer,
        holder=holder,
        what=documents.Achievement(
            id=f"{name.urn}#achievement",
            name=entry.title.both(),
            description=wording.SECTIONS[section].both(),
            criteria=wording.AS_KEPT.both(),
            kind=KIND + section,
            scales=tuple(scales),
        ),
        valid_from=signer.at,
        results=[
            documents.Result(scale.id, value=told(one.value))
            for scale, (_end, one) in zip(scales, lines, strict=True)
        ],
    )
    document["credentialSubject"] |= {
        name: _midnight(day)
        for name, day in (("activityStartDate", entry.first), ("activityEndDate", entry.last))
        if day is not None
    }
    return document


def _lines(entry: Entry) -> Iterable[tuple[str, Line]]:
    if entry.where:
        yield PLACE, Line(wording.PLACE, " · ".join(one.both() for one in entry.where))
    if entry.state:
        yield STATE, Line(wording.STATE, wording.STATES[entry.state])
    yield from ((str(n), one) for n, one in enumerate(entry.lines, start=1))


def _midnight(day: date) -> str:
    return f"{datetime.combine(day, time(), UTC):%Y-%m-%dT%H:%M:%SZ}"
