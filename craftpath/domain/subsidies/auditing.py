"""Audits: an auditor sees one file until a day; a sample that anybody can draw again; findings with answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from craftpath.domain.subsidies import queries, rules
from craftpath.domain.subsidies.facts import AuditEnded, AuditOpened, FindingMoved
from craftpath.domain.subsidies.models import Audit, FilePerson, Finding, SubsidyFile
from craftpath.domain.subsidies.opening import held
from craftpath.domain.subsidies.papering import required
from craftpath.domain.subsidies.states import FINDING
from craftpath.engines.allowances.sampling import draw
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person


@action
def invite_auditor(
    file: SubsidyFile,
    *,
    username: str,
    opens_on: date,
    closes_on: date,
    size: int,
    because: str,
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> Audit:
    """Invite somebody with the role of an auditor, on whatever organisation of the site, and draw the sample.

    The seed is made here and now, so that nobody can choose who is drawn. `closes_on` is the first day without access.
    The same `made_id` again gives the audit that is there.
    """
    file = held(file)
    require(rules.may_decide(by, file))
    before = Audit._base_manager.filter(file=file, made_id=made_id).first() if made_id else None
    if before is not None:
        return before
    people = [row for row in queries.people_of(file) if not row.excluded]
    today = localdate(at)
    require(rules.can_say_why(because))
    require(rules.can_invite(opens_on, closes_on, today, size, len(people)))
    auditor = _auditor(username, today)
    require(rules.decides_apart(Actor(file.authority, auditor), queries.filers(file)))
    listed, seed = [row.public_id for row in people], new_public_id()
    row = Audit.objects.create(
        file=file,
        auditor=auditor,
        invited_by=by.person,
        invited_at=at,
        opens_on=opens_on,
        closes_on=closes_on,
        because=because.strip(),
        seed=seed,
        listed=listed,
        drawn=list(draw(listed, size, seed)),
        made_id=made_id,
    )
    told = AuditOpened(
        person=auditor.public_id, until=closes_on, seed=seed, drawn=len(row.drawn), listed=len(listed)
    )
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return row


def _auditor(username: str, day: date) -> Person:
    given = username.replace("\0", "").strip()
    held_ = memberships_on(day).filter(
        role=Role.AUDITOR.value, person__username__iexact=given, person__is_active=True
    )
    found = held_.select_related("person").first()
    if found is None:
        raise Refused(not_now("subsidies.auditor_unknown", given=given[:80]))
    return found.person


@action
def end_audit(audit: Audit, *, by: Actor, at: datetime) -> Audit:
    """Let the access end today; findings stay. Once more changes nothing."""
    file = held(audit.file)
    require(rules.may_decide(by, file))
    row, today = Audit._base_manager.get(pk=audit.pk), localdate(at)
    if row.closes_on <= today:
        return row
    row.opens_on, row.closes_on = min(row.opens_on, today), today
    row.save(update_fields=["opens_on", "closes_on"])
    tell(AuditEnded(until=today), by=by, at=at, organisation=file.organisation, subject=file.ref)
    return row


@action
def raise_finding(
    audit: Audit,
    *,
    severity: str,
    words: str,
    member: FilePerson | None = None,
    paper: str = "",
    made_id: str = "",
    by: Actor,
    at: datetime,
) -> Finding:
    """Write down what was found; the claimant reads it and answers. The same `made_id` again is the same finding."""
    file = held(audit.file)
    require(rules.may_audit(by, audit, localdate(at)))
    before = Finding._base_manager.filter(audit=audit, made_id=made_id).first() if made_id else None
    if before is not None:
        return before
    require(rules.can_find(severity, words))
    if member is not None and member.file_id != file.pk:
        raise Refused(not_now("subsidies.paper_of_whom"))
    if paper and paper not in {one.paper for one in required(file)}:
        raise Refused(not_now("subsidies.paper_unknown"))
    row = Finding.objects.create(
        audit=audit,
        member=member,
        paper=paper,
        severity=severity,
        words=words.strip(),
        found_at=at,
        made_id=made_id,
    )
    return _told(row, file, by, at)


@action
def answer_finding(finding: Finding, *, answer: str, by: Actor, at: datetime) -> Finding:
    """Answer as the claimant; the same answer again changes nothing."""
    row, file = _held(finding)
    require(rules.may_file(by, file))
    require(rules.can_word(answer))
    if row.state == "answered" and row.answer == answer.strip():
        return row
    row.state = FINDING.after(row.state, "answer")
    row.answer, row.answered_by, row.answered_at = answer.strip(), by.person, at
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return _told(row, file, by, at)


@action
def reopen_finding(finding: Finding, *, by: Actor, at: datetime) -> Finding:
    """Ask for a better answer; the one that was given stays to be read until then."""
    row, file = _held(finding)
    require(rules.may_audit(by, row.audit, localdate(at)))
    if row.state == "open":
        return row
    row.state = FINDING.after(row.state, "reopen")
    row.save(update_fields=["state"])
    return _told(row, file, by, at)


@action
def close_finding(finding: Finding, *, by: Actor, at: datetime) -> Finding:
    """Be content with the answer: the auditor, or the authority once the access has ended."""
    row, file = _held(finding)
    if not rules.may_audit(by, row.audit, localdate(at)):
        require(rules.may_decide(by, file))
    if row.state == "closed":
        return row
    row.state, row.closed_at = FINDING.after(row.state, "close"), at
    row.save(update_fields=["state", "closed_at"])
    return _told(row, file, by, at)


def _held(finding: Finding) -> tuple[Finding, SubsidyFile]:
    rows = Finding._base_manager.select_for_update(of=("self",), no_key=True).select_related(
        "audit__file", "audit__auditor"
    )
    row = rows.get(pk=finding.pk)
    return row, held(row.audit.file)


def _told(row: Finding, file: SubsidyFile, by: Actor, at: datetime) -> Finding:
    told = FindingMoved(state=row.state, severity=row.severity)
    tell(told, by=by, at=at, organisation=file.organisation, subject=file.ref)
    return row
