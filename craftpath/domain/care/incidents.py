"""What is done about an incident: triage, investigation, notifications, measures, its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from craftpath.domain.care import rules
from craftpath.domain.care.facts import IncidentMoved, IncidentNotified, MeasureAgreed, MeasureDone
from craftpath.domain.care.models import SEVERITIES, Incident, Measure, Notification
from craftpath.domain.care.reporting import renew_notifications
from craftpath.domain.care.states import INCIDENT
from craftpath.domain.care.wording import LONGEST, words_of
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import YES, Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.people import Person

MOST_MEASURES = 30


@action
def triage_incident(
    incident: Incident, *, severity: str, absence_days: int | None = None, by: Actor, at: datetime
) -> Incident:
    """Say how severe it is; what has to be notified follows from it."""
    row = _locked(incident, by)
    if severity not in SEVERITIES:
        raise Refused(not_now("care.word_unknown"))
    row.state = INCIDENT.after(row.state, "triage")
    row.severity, row.absence_days = severity, absence_days
    row.save(update_fields=["state", "severity", "absence_days"])
    renew_notifications(row, at=at)
    return _moved(row, by=by, at=at)


@action
def investigate_incident(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """Begin to look into how it came about."""
    row = _locked(incident, by)
    row.state = INCIDENT.after(row.state, "investigate")
    row.save(update_fields=["state"])
    return _moved(row, by=by, at=at)


@action
def act_on_incident(incident: Incident, *, findings: str, by: Actor, at: datetime) -> Incident:
    """Write down what was found; from here on measures are carried out."""
    row = _locked(incident, by)
    row.state = INCIDENT.after(row.state, "act")
    row.findings = words_of(findings, LONGEST)
    row.save(update_fields=["state", "findings"])
    return _moved(row, by=by, at=at)


@action
def close_incident(incident: Incident, *, outcome: str, by: Actor, at: datetime) -> Incident:
    """End it, with words that the apprentice and the reporter read."""
    row = _locked(incident, by)
    waiting = Notification.objects.filter(incident=row, done_at__isnull=True, waived_at__isnull=True)
    undone = Measure.objects.filter(incident=row, done_at__isnull=True)
    require(rules.can_close_incident(row, waiting.count(), undone.count()))
    row.state = INCIDENT.after(row.state, "close")
    row.outcome, row.closed_by, row.closed_at = words_of(outcome, LONGEST), by.person, at
    row.save(update_fields=["state", "outcome", "closed_by", "closed_at"])
    return _moved(row, by=by, at=at)


@action
def notify_authority(
    incident: Incident, key: str, *, on: date, number: str, by: Actor, at: datetime
) -> Notification:
    """Note that a notification was made: on which day, and under which number or with whom."""
    row, found = _waiting(incident, key, by)
    if not _day(row.occurred_at, row) <= on <= _day(at, row):
        raise Refused(not_now("care.notified_when"))
    found.done_on, found.number = on, words_of(number, 80)
    found.done_by, found.done_at = by.person, at
    found.save(update_fields=["done_on", "number", "done_by", "done_at"])
    _tell(IncidentNotified(row.public_id, key, waived=False), row, by=by, at=at)
    return found


@action
def waive_notification(
    incident: Incident, key: str, *, because: str, by: Actor, at: datetime
) -> Notification:
    """Say why a notification need not be made."""
    row, found = _waiting(incident, key, by)
    found.waived_because, found.waived_by, found.waived_at = words_of(because, 400), by.person, at
    found.save(update_fields=["waived_because", "waived_by", "waived_at"])
    _tell(IncidentNotified(row.public_id, key, waived=True), row, by=by, at=at)
    return found


@action
def agree_measure(
    incident: Incident, *, what: str, owner: Person, due_on: date, by: Actor, at: datetime
) -> Measure:
    """Give somebody something to do by a day; the same again is the same measure."""
    row = _locked(incident, by)
    if row.state == "closed":
        raise Refused(not_now("care.incident_closed"))
    if due_on < _day(at, row):
        raise Refused(not_now("care.due_in_the_past"))
    words = words_of(what, 400)
    same = Measure.objects.filter(incident=row, what=words, owner=owner, done_at__isnull=True).first()
    if same is not None:
        return same
    if Measure.objects.filter(incident=row).count() >= MOST_MEASURES:
        raise Refused(not_now("care.too_many_measures", most=MOST_MEASURES))
    made = Measure(incident=row, what=words, owner=owner, due_on=due_on, made_by=by.person, made_at=at)
    made.save()
    _tell(MeasureAgreed(row.public_id, due_on.isoformat()), row, by=by, at=at)
    return made


@action
def finish_measure(measure: Measure, *, by: Actor, at: datetime) -> Measure:
    """Carried out: by its owner, or noted by who looks after the incident. Twice is once."""
    row = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)
    incident = _row(row.incident_id)
    own = by.person is not None and row.owner_id == by.person.pk
    require(YES if own else rules.may_handle_incident(by, incident))
    if row.done_at is None:
        row.done_by, row.done_at = by.person, at
        row.save(update_fields=["done_by", "done_at"])
        _tell(MeasureDone(incident.public_id), incident, by=by, at=at)
    return row


@action
def read_end(incident: Incident, *, by: Actor, at: datetime) -> Incident:
    """The apprentice or the reporter has read how it ended."""
    row = _row(incident.pk)
    person = by.person.pk if by.person else 0
    mine = {"apprentice_read_at": row.enrolment.person_id, "reporter_read_at": row.reported_by_id}
    names = [name for name, who in mine.items() if who == person]
    if not names:
        raise Refused(may_not("care.not_yours"))
    for name in names:
        setattr(row, name, getattr(row, name) or at)
    row.save(update_fields=names)
    return row


def _day(moment: datetime, row: Incident) -> date:
    """The day of a moment where the college is."""
    return moment.astimezone(ZoneInfo(row.organisation.time_zone)).date()


def _waiting(incident: Incident, key: str, by: Actor) -> tuple[Incident, Notification]:
    row = _locked(incident, by)
    found = Notification.objects.filter(incident=row, key=key).first()
    if found is None or not found.open:
        raise Refused(not_now("care.notified_already"))
    return row, found


def _locked(incident: Incident, by: Actor) -> Incident:
    row = _row(incident.pk)
    require(rules.may_handle_incident(by, row))
    return row


def _row(pk: int) -> Incident:
    rows = Incident._base_manager.select_for_update(of=("self",))
    return rows.select_related("enrolment", "organisation", "host").get(pk=pk)


def _moved(row: Incident, *, by: Actor, at: datetime) -> Incident:
    _tell(IncidentMoved(row.public_id, row.state), row, by=by, at=at)
    return row


def _tell(told: Fact, row: Incident, *, by: Actor, at: datetime) -> None:
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
