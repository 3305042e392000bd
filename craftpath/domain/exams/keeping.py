"""Pictures, packages and shared texts are kept, each once."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from craftpath.domain.exams import rules
from craftpath.domain.exams.facts import StimulusWritten
from craftpath.domain.exams.models import Package, Picture, Stimulus
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.kernel.media import drawing
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require


@action
def keep_picture(
    organisation: Organisation, content: bytes, *, name: str = "", by: Actor, at: datetime
) -> Picture:
    """Keep a picture for items, drawn anew; the same picture again is the one that is there."""
    require(rules.may_write(by, organisation))
    given = hashlib.sha256(content).hexdigest()
    known = Picture.objects.filter(organisation=organisation, sha256=given).first()
    if known is not None:
        return known
    medium = drawing(content)
    digest = hashlib.sha256(medium.content).hexdigest()
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    known = Picture.objects.filter(organisation=organisation, sha256=digest).first()
    if known is not None:
        return known
    file = keep(medium.content, name or "picture", organisation=organisation, by=by, at=at)
    return Picture.objects.create(
        organisation=organisation,
        file=file,
        sha256=digest,
        media_type=medium.media_type,
        width=medium.width or 1,
        height=medium.height or 1,
    )


@action
def keep_package(
    organisation: Organisation, content: bytes, *, name: str, by: Actor, at: datetime
) -> Package:
    """Keep a package that was looked at; the same file, not taken in yet, is the one that is there."""
    require(rules.may_write(by, organisation))
    digest = hashlib.sha256(content).hexdigest()
    waiting = Package.objects.filter(
        organisation=organisation, made_by=by.person, taken_at=None, file__sha256=digest
    )
    found = waiting.first()
    if found is not None:
        return found
    file = keep(content, name or "package", organisation=organisation, by=by, at=at)
    return Package.objects.create(organisation=organisation, file=file, made_by=by.person, made_at=at)


@action
def write_stimulus(
    organisation: Organisation, *, title: Text, body: Text, by: Actor, at: datetime
) -> Stimulus:
    """Keep a text that several items refer to; the same again is the one that is there."""
    require(rules.may_write(by, organisation))
    if not (body.zh.strip() or body.en.strip()):
        raise Refused(not_now("exams.stem_missing"))
    plain = json.dumps([title.as_json(), body.as_json()], sort_keys=True, ensure_ascii=False)
    mark = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    stimulus, new = Stimulus.objects.get_or_create(
        organisation=organisation,
        fingerprint=mark,
        defaults={"title": title.as_json(), "body": body.as_json(), "made_by": by.person, "made_at": at},
    )
    if new:
        subject = Ref("exams", "stimulus", stimulus.public_id)
        tell(
            StimulusWritten(stimulus=stimulus.public_id),
            by=by,
            at=at,
            organisation=organisation,
            subject=subject,
        )
    return stimulus
