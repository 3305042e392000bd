"""What the outbox may bring to logs: entries, files, confirmations, returns, talks."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

from craftpath.delivery.web.logbook import saying
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import plain_id
from craftpath.delivery.web.sync.taking import NotYet, Unreadable, Write, takes
from craftpath.domain.apprenticeships.queries import enrolments, enrolments_of
from craftpath.domain.logbook import actions, queries
from craftpath.domain.logbook.texts import OUTCOMES
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.standards.queries import skills_by_key

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry

MOST_REVISIONS = 1_000_000


@takes("log.save")
def save(write: Write) -> dict[str, Any]:
    """An entry as a device has it, handed in or not: `entry` is the device's name for it, `base` what it knew."""
    data, request = write.data, write.request
    enrolment = _enrolment(write)
    saved = actions.save_entry(
        enrolment,
        made_id=uuid.UUID(str(data["entry"])),
        content=_content(data, enrolment),
        base=min(int(data.get("base") or 0), MOST_REVISIONS),
        written_at=write.written_at,
        by=request.actor,
        at=request.at,
    )
    entry = saved.entry
    if data.get("submit") and saved.how != "beside" and entry.state != "confirmed":
        entry = actions.submit_entry(entry, by=request.actor, at=request.at)
    return {
        "how": saved.how,
        "entry": str(entry.made_id),
        "id": entry.public_id,
        "revision": entry.revision,
        "state": entry.state,
    }


def _enrolment(write: Write) -> Enrolment:
    found = enrolments_of(write.request.user).filter(public_id=plain_id(str(write.data["enrolment"]))).first()
    if found is None:
        raise Unreadable("enrolment")
    return found


def _content(data: Any, enrolment: Enrolment) -> actions.Content:
    """The words of a device; what is no bucket or skill here is left empty rather than lost with the rest."""
    buckets = buckets_by_programme([enrolment.cohort.programme_id]).get(enrolment.cohort.programme_id, [])
    bucket, skill = str(data.get("bucket") or ""), str(data.get("skill") or "")
    return actions.Content(
        on=date.fromisoformat(str(data["on"])),
        text=str(data.get("text") or "").replace("\r\n", "\n").replace("\x00", ""),
        minutes=int(data.get("minutes") or 0),
        bucket=bucket if bucket in {row.key for row in buckets} else "",
        place=str(data.get("place") or "").replace("\x00", "")[:120],
        unit=plain_slug(str(data.get("unit") or "")),
        skill=skill if skill in skills_by_key([skill]) else "",
    )


def plain_slug(text: str) -> str:
    """A key, or nothing if it cannot be one."""
    return (
        text
        if len(text) <= 60 and text.replace("-", "").replace("_", "").isalnum() and text.isascii()
        else ""
    )


@takes("log.file")
def file(write: Write) -> dict[str, Any]:
    """A photo or recording of an entry that is here already; with `submit` the entry is handed in with it."""
    data, request = write.data, write.request
    entry = queries.entry_made(_enrolment(write).pk, uuid.UUID(str(data["entry"])))
    if entry is None:
        raise NotYet
    if write.file is None:
        raise Unreadable("file")
    added = actions.add_file(
        entry,
        made_id=uuid.UUID(str(data["file"])),
        kind="voice" if data.get("kind") == "voice" else "photo",
        content=write.file.read(),
        by=request.actor,
        at=request.at,
    )
    if data.get("submit") and entry.state in ("draft", "returned"):
        actions.submit_entry(entry, by=request.actor, at=request.at)
    return {"entry": str(entry.made_id), "file": added.public_id}


@takes("log.confirm", says=saying.confirmed)
def confirm(write: Write) -> dict[str, Any]:
    """Entries as a mentor has read them: public id → revision; those that cannot be are named with the reason."""
    read = {plain_id(str(key)): int(value) for key, value in dict(write.data["read"]).items()}
    outcome = actions.confirm_entries(read, by=write.request.actor, at=write.request.at)
    return {
        "done": [entry.public_id for entry in outcome.done],
        "refused": {key: sentence(verdict) for key, verdict in outcome.refused.items()},
    }


def _entry(write: Write) -> Entry:
    found = queries.entry(plain_id(str(write.data["entry"])))
    if found is None:
        raise Unreadable("entry")
    return found


@takes("log.return", says=saying.sent_back)
def send_back(write: Write) -> dict[str, Any]:
    """One entry goes back, as it was read."""
    entry = actions.return_entry(
        _entry(write),
        revision=int(write.data["revision"]),
        phrase=str(write.data.get("phrase") or ""),
        words=str(write.data.get("words") or "").replace("\x00", ""),
        by=write.request.actor,
        at=write.request.at,
    )
    return {"id": entry.public_id, "state": entry.state}


@takes("log.observe", says=saying.recorded)
def observe(write: Write) -> dict[str, Any]:
    """A job that a mentor saw."""
    data, request = write.data, write.request
    enrolment = enrolments().filter(public_id=plain_id(str(data["enrolment"]))).first()
    if enrolment is None:
        raise Unreadable("enrolment")
    skill = str(data.get("skill") or "")
    kept = actions.observe_job(
        enrolment,
        made_id=uuid.UUID(str(data["observation"])),
        on=date.fromisoformat(str(data["on"])),
        job=str(data.get("job") or "").replace("\x00", ""),
        seen_as=str(data.get("seen_as") or ""),
        words=str(data.get("words") or "").replace("\x00", ""),
        skill=skill if skill in skills_by_key([skill]) else "",
        written_at=write.written_at,
        by=request.actor,
        at=request.at,
    )
    return {"observation": kept.public_id}


@takes("log.talk", says=saying.recorded)
def talk(write: Write) -> dict[str, Any]:
    """The talk of a month."""
    outcome = str(write.data["outcome"])
    if outcome not in OUTCOMES:
        raise Unreadable("outcome")
    held = actions.hold_talk(_entry(write), outcome=outcome, by=write.request.actor, at=write.request.at)
    return {"talk": held.public_id}
